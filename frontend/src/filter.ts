/* What a reader wants to see of the map: in the address, in words, and as a test of each occurrence. */

import type { Row } from "./order";

export const LIKELY = 80, CONFIRMED = 1, REJECTED = 2;

export interface Wanted {
  order: string;
  motif: string;
  character: string;
  instrument: string;
  mood: string;
  sure: boolean;
}

export interface Choices {
  tracks: { moods: string[] }[];
  motifs: { label: string; title: string }[];
  characters: string[];
  instruments: string[];
  moods: string[];
  orders: { name: string }[];
}

const EVERYTHING: Wanted = { order: "", motif: "", character: "", instrument: "", mood: "", sure: false };
export const NAMES = ["motif", "character", "instrument", "mood"] as const;

/* What the address asks for; what this album does not have is not asked for. */
export function wantedIn(hash: string, rows: Choices): Wanted {
  const asked = new URLSearchParams(hash.slice(1));
  const known: Record<string, string[]> = {
    order: rows.orders.map((it) => it.name), motif: rows.motifs.map((it) => it.label),
    character: rows.characters, instrument: rows.instruments, mood: rows.moods,
  };
  const found = Object.entries(known).map(([name, all]) => [name, all.find((one) => one === asked.get(name)) ?? ""]);
  return { ...EVERYTHING, ...Object.fromEntries(found), sure: asked.get("sure") === "1" };
}

/* The part of the address behind `#`; nothing where everything is shown as the album has it. */
export function hashOf(wanted: Wanted): string {
  const said = Object.entries(wanted).filter(([, value]) => value).map(([name, value]) => [name, value === true ? "1" : value]);
  return said.length ? `#${new URLSearchParams(said)}` : "";
}

export function isNarrowed(wanted: Wanted): boolean {
  return wanted.sure || NAMES.some((name) => wanted[name] !== "");
}

export function everything(wanted: Wanted): Wanted {
  return { ...EVERYTHING, order: wanted.order };
}

/* A test of each occurrence, whoever is there. */
export function fits(wanted: Wanted, rows: Choices): (row: Row) => boolean {
  const motif = rows.motifs.findIndex((it) => it.label === wanted.motif);
  const instrument = rows.instruments.indexOf(wanted.instrument);
  return ([of, track, , , percent, verdict, , players]) =>
    (motif < 0 || of === motif)
    && (instrument < 0 || players.includes(instrument))
    && (wanted.mood === "" || (rows.tracks[track]?.moods.includes(wanted.mood) ?? false))
    && (!wanted.sure || verdict === CONFIRMED || (verdict !== REJECTED && percent >= LIKELY));
}

/* "No likely occurrence of Motif A where Anna is there and the harp plays." */
export function nothingLeft(wanted: Wanted, rows: Choices): string {
  const title = rows.motifs.find((it) => it.label === wanted.motif)?.title;
  const where = [
    wanted.character && `${wanted.character} is there`,
    wanted.instrument && `${wanted.instrument} can be heard`,
    wanted.mood && `the track stands out as ${wanted.mood}`,
  ].filter(Boolean);
  const last = where.pop();
  const conditions = last ? ` where ${where.length ? `${where.join(", ")} and ` : ""}${last}` : "";
  return `No ${wanted.sure ? "likely " : ""}occurrence${title ? ` of ${title}` : ""}${conditions}.`;
}
