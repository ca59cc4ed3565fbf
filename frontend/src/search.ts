/* Search as one types; and by a tune: typed, played on a small piano, or sung. */

import { annotations, author, text, times } from "./annotations";
import { ask, Refused, toast, tried } from "./ask";
import { clock, h, one } from "./dom";
import { sung } from "./microphone";
import { findInto } from "./places";
import { player } from "./player";
import { plain, settings, trackAt } from "./settings";
import { fromRows, inWords, laidOut, name, NAMES, Roll, sound, spoken, tune, type Note } from "./tune";

interface Hit {
  kind: string;
  words: string;
  address: string;
}

const MOST = 100, LEAST_NOTES = 4;

export function mountSearch(root: HTMLElement, signal: AbortSignal): void {
  const index = plain<Hit[]>(document, "search-index") ?? [];
  const form = one<HTMLFormElement>(root, ".search-form");
  const input = one<HTMLInputElement>(form, "input");
  const show = (): void => showHits(root, index, input.value);
  form.addEventListener("submit", (event) => { event.preventDefault(); show(); });
  input.addEventListener("input", show);
  if (!input.value) input.value = new URLSearchParams(location.hash.slice(1)).get("q") ?? "";
  if (settings.api && settings.canWrite) void addComments(index).then(show);
  if (input.value) show();
  const byTune = root.querySelector<HTMLElement>(".by-tune");
  if (byTune) mountTune(byTune, signal);
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

interface Transcribed {
  notes: number[][];
  outcome: "notes" | "silent" | "no pitch";
}

const NOTHING_SUNG = {
  "silent": "Nothing was heard. Is it the right microphone, and is it switched on?",
  "no pitch": "There was sound, but no note in it. Sing, hum or whistle a little closer to the microphone.",
  "notes": `Fewer than ${LEAST_NOTES} notes were heard: so few come everywhere. Sing on a little longer.`,
};

function mountTune(root: HTMLElement, signal: AbortSignal): void {
  root.hidden = false;
  const form = one<HTMLFormElement>(root, "form");
  const input = one<HTMLInputElement>(form, "input[name=notes]");
  const notes = (): Note[] => { const read = tune(input.value); return typeof read === "string" ? [] : read; };
  const roll = new Roll(one(root, ".notes-sung"), notes, (changed) => { input.value = inWords(changed); });
  const write = (words: string): void => { input.value = words; roll.show(); };
  input.addEventListener("input", () => roll.show());
  one(root, ".piano").append(...keys((pitch) => {
    write(`${input.value} ${name(pitch)}`.trim());
    sound([{ pitch, beats: 1 }]);
  }));
  const find = (): void => {
    const asked = understood(input);
    if (asked) void tried(() => findInto(one(root, ".answer"), { notes: laidOut(asked) }));
  };
  form.addEventListener("submit", (event) => { event.preventDefault(); find(); });
  one(form, "[data-do=hear]").addEventListener("click", () => { const asked = understood(input, 1); if (asked) sound(asked); });
  one(form, "[data-do=wipe]").addEventListener("click", () => { write(""); input.focus(); });
  equipSinging(root, signal, (heard) => { write(inWords(fromRows(heard))); find(); });
}

function understood(input: HTMLInputElement, least = LEAST_NOTES): Note[] | null {
  const notes = tune(input.value);
  if (typeof notes === "string") toast(`“${notes}” is no note. Notes are written C D Eb4 F#4 G/2.`);
  else if (notes.length < least) toast(`A tune needs ${least} note${least === 1 ? "" : "s"} at least: so few come everywhere.`);
  else return notes;
  input.focus();
  return null;
}

/* The button begins and ends it; so does Escape, silence, or the page being left. */
function equipSinging(root: HTMLElement, page: AbortSignal, take: (rows: number[][]) => void): void {
  const button = one<HTMLButtonElement>(root, "[data-do=sing]"), box = one(root, ".listening");
  const status = one(root, ".sung-status"), level = one<HTMLMeterElement>(box, "meter");
  let ends: AbortController | null = null;
  const end = (): void => ends?.abort();
  const begin = async (): Promise<void> => {
    ends = new AbortController();
    player.pause();
    button.textContent = "Stop";
    status.textContent = "Listening. Sing, hum or whistle the tune; a pause ends it.";
    const sound = await sung(ends.signal, (loud, timeS) => { box.hidden = false; level.value = loud; one(box, ".soft").textContent = clock(timeS); });
    if (page.aborted) return;
    status.textContent = "Writing it down …";
    const heard = await ask<Transcribed>(`${settings.api}sung?rate_hz=${sound.rateHz}`, "POST", new Blob([sound.samples.buffer as ArrayBuffer]));
    if (heard.notes.length < LEAST_NOTES) throw new Refused(NOTHING_SUNG[heard.outcome]);
    status.textContent = `${heard.notes.length} notes were heard. Put right what is wrong, and search again.`;
    take(heard.notes);
  };
  button.addEventListener("click", () => {
    if (ends) { end(); return; }
    void begin().catch((error: unknown) => {
      if (!(error instanceof Refused)) throw error;
      status.textContent = error.message;
    }).finally(() => { ends = null; box.hidden = true; button.textContent = "Sing, hum or whistle"; });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !ends) return;
    event.preventDefault();
    end();
  }, { signal: page });
  page.addEventListener("abort", end);
}

function keys(press: (pitch: number) => void): HTMLElement[] {
  return Array.from({ length: 25 }, (_, k) => {
    const pitch = 60 + k, isBlack = (NAMES[pitch % 12] ?? "").length > 1;
    return h("button", { type: "button", class: isBlack ? "black" : "white", "aria-label": spoken(pitch), click: () => press(pitch) },
      isBlack ? "" : h("span", { "aria-hidden": "true" }, pitch % 12 ? "" : name(pitch)));
  });
}
