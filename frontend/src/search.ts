/* Search as one types; and by a tune, typed or played on a small piano. */

import { annotations, author, text, times } from "./annotations";
import { toast, tried } from "./ask";
import { h, one } from "./dom";
import { findInto } from "./places";
import { plain, settings, trackAt } from "./settings";
import { awake } from "./sound";

interface Hit {
  kind: string;
  words: string;
  address: string;
}

const MOST = 100, BEAT_S = 0.4, LEAST_NOTES = 4;
const STEPS: Record<string, number> = { c: 0, d: 2, e: 4, f: 5, g: 7, a: 9, b: 11 };
const NAMES = ["C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B"];

export function mountSearch(root: HTMLElement): void {
  const index = plain<Hit[]>(document, "search-index") ?? [];
  const form = one<HTMLFormElement>(root, ".search-form");
  const input = one<HTMLInputElement>(form, "input");
  const show = (): void => showHits(root, index, input.value);
  form.addEventListener("submit", (event) => { event.preventDefault(); show(); });
  input.addEventListener("input", show);
  if (!input.value) input.value = new URLSearchParams(location.hash.slice(1)).get("q") ?? "";
  if (settings.api && settings.canWrite) void addComments(index).then(show);
  if (input.value) show();
  const tune = root.querySelector<HTMLElement>(".by-tune");
  if (tune) mountTune(tune);
}

async function addComments(index: Hit[]): Promise<void> {
  const said = await annotations().catch(() => []);
  for (const each of said) {
    const track = trackAt(each.unsung.track);
    const at = times(each)[0];
    if (track) index.push({ kind: "comment", words: `${author(each)} on ${track.title}: ${text(each)}`, address: at === undefined ? track.page : `${track.page}#t=${at.toFixed(1)}` });
  }
}

export function plainWords(words: string): string {
  return words.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

function showHits(root: HTMLElement, index: Hit[], query: string): void {
  const wanted = plainWords(query).split(/\s+/).filter(Boolean);
  const found = wanted.length ? index.filter((hit) => wanted.every((word) => plainWords(hit.words).includes(word))) : [];
  one(root, ".hits").replaceChildren(...found.slice(0, MOST).map((hit) =>
    h("li", {}, h("span", { class: "kind-of" }, hit.kind), " ", h("a", { href: hit.address }, hit.words))));
  one(root, ".found").textContent = !wanted.length ? "" : found.length
    ? `${found.length} place${found.length === 1 ? "" : "s"} for “${query.trim()}”.`
    : `Nothing here is called “${query.trim()}”.`;
  history.replaceState(history.state, "", wanted.length ? `#${new URLSearchParams({ q: query.trim() })}` : location.pathname);
}

/* ---- by a tune ---- */

interface Note {
  pitch: number;
  beats: number;
}

function mountTune(root: HTMLElement): void {
  root.hidden = false;
  const form = one<HTMLFormElement>(root, "form");
  const input = one<HTMLInputElement>(form, "input[name=notes]");
  one(root, ".piano").append(...keys((pitch) => {
    input.value = `${input.value} ${NAMES[pitch % 12]}${Math.floor(pitch / 12) - 1}`.trim();
    sound([{ pitch, beats: 1 }]);
  }));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const notes = understood(input);
    if (notes) void tried(() => findInto(one(root, ".answer"), { notes: laidOut(notes) }));
  });
  one(form, "[data-do=hear]").addEventListener("click", () => { const notes = understood(input, 1); if (notes) sound(notes); });
  one(form, "[data-do=wipe]").addEventListener("click", () => { input.value = ""; input.focus(); });
}

function understood(input: HTMLInputElement, least = LEAST_NOTES): Note[] | null {
  const notes = tune(input.value);
  if (typeof notes === "string") toast(`“${notes}” is no note. Notes are written C D Eb4 F#4 G/2.`);
  else if (notes.length < least) toast(`A tune needs ${least} note${least === 1 ? "" : "s"} at least: so few come everywhere.`);
  else return notes;
  input.focus();
  return null;
}

/* Notes from words, or the word that is none. Without an octave, the nearest to the note before. */
export function tune(words: string): Note[] | string {
  const notes: Note[] = [];
  let before = 60;
  for (const word of words.split(/[\s,|]+/).filter(Boolean)) {
    const found = /^([A-Ga-g])(##|bb|[#♯b♭]?)(-?\d)?(?:\/(\d{1,2}(?:\.\d+)?))?$/.exec(word);
    if (!found) return word;
    const [, letter = "", sign = "", octave, beats] = found;
    const bend = [...sign].reduce((sum, one) => sum + (one === "#" || one === "♯" ? 1 : -1), 0);
    const step = (STEPS[letter.toLowerCase()] ?? 0) + bend;
    const near = step + 12 * Math.round((before - step) / 12);
    before = octave === undefined ? near : 12 * (Number(octave) + 1) + step;
    notes.push({ pitch: before, beats: Math.max(Number(beats ?? 1), 0.1) });
  }
  return notes;
}

function laidOut(notes: Note[]): number[][] {
  let atS = 0;
  return notes.map(({ pitch, beats }) => {
    const row = [atS, beats * BEAT_S, pitch];
    atS += beats * BEAT_S;
    return row;
  });
}

function sound(notes: Note[]): void {
  const context = awake();
  for (const [atS = 0, lastsS = 0, pitch = 60] of laidOut(notes)) {
    const startS = context.currentTime + 0.02 + atS;
    const tone = new OscillatorNode(context, { type: "triangle", frequency: 440 * 2 ** ((pitch - 69) / 12) });
    const gain = new GainNode(context, { gain: 0 });
    gain.gain.setValueAtTime(0, startS);
    gain.gain.linearRampToValueAtTime(0.3, startS + 0.01);
    gain.gain.exponentialRampToValueAtTime(0.001, startS + Math.max(lastsS, 0.3));
    tone.connect(gain).connect(context.destination);
    tone.start(startS);
    tone.stop(startS + Math.max(lastsS, 0.3));
  }
}

function keys(press: (pitch: number) => void): HTMLElement[] {
  return Array.from({ length: 25 }, (_, k) => {
    const pitch = 60 + k, name = NAMES[pitch % 12] ?? "";
    const spoken = `${name.replace("#", " sharp").replace(/(.)b$/, "$1 flat")} ${Math.floor(pitch / 12) - 1}`;
    return h("button", { type: "button", class: name.length > 1 ? "black" : "white", "aria-label": spoken, click: () => press(pitch) },
      name.length > 1 ? "" : h("span", { "aria-hidden": "true" }, name === "C" ? `C${Math.floor(pitch / 12) - 1}` : ""));
  });
}

