/* A tune as words, and as notes that can be seen, heard and put right. */

import { all, h } from "./dom";
import { awake } from "./sound";

export interface Note {
  pitch: number;
  beats: number;
}

export const BEAT_S = 0.4;
export const NAMES = ["C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B"];
const STEPS: Record<string, number> = { c: 0, d: 2, e: 4, f: 5, g: 7, a: 9, b: 11 };
const SHORTEST_BEATS = 0.1;

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
    notes.push({ pitch: before, beats: Math.max(Number(beats ?? 1), SHORTEST_BEATS) });
  }
  return notes;
}

export function inWords(notes: Note[]): string {
  return notes.map(({ pitch, beats }) => {
    const lasts = Math.max(SHORTEST_BEATS, Math.round(beats * 20) / 20);
    return name(pitch) + (lasts === 1 ? "" : `/${lasts}`);
  }).join(" ");
}

export function name(pitch: number): string {
  return `${NAMES[pitch % 12]}${Math.floor(pitch / 12) - 1}`;
}

export function spoken(pitch: number): string {
  return name(pitch).replace("#", " sharp ").replace(/^(.)b/, "$1 flat ");
}

/* Rows of onset and duration in seconds, and pitch: as the server takes and gives them. */
export function laidOut(notes: Note[]): number[][] {
  let atS = 0;
  return notes.map(({ pitch, beats }) => {
    const row = [atS, beats * BEAT_S, pitch];
    atS += beats * BEAT_S;
    return row;
  });
}

export function fromRows(rows: number[][]): Note[] {
  return rows.map(([, lastsS = BEAT_S, pitch = 60]) => ({ pitch, beats: lastsS / BEAT_S }));
}

/* ---- heard ---- */

let sounding: OscillatorNode[] = [];

export function sound(notes: Note[]): void {
  const context = awake();
  for (const tone of sounding) tone.stop();
  sounding = laidOut(notes).map(([atS = 0, lastsS = 0, pitch = 60]) => {
    const startS = context.currentTime + 0.02 + atS, endS = startS + Math.max(lastsS, 0.3);
    const tone = new OscillatorNode(context, { type: "triangle", frequency: 440 * 2 ** ((pitch - 69) / 12) });
    const gain = new GainNode(context, { gain: 0 });
    gain.gain.setValueAtTime(0, startS);
    gain.gain.linearRampToValueAtTime(0.3, startS + 0.01);
    gain.gain.exponentialRampToValueAtTime(0.001, endS);
    tone.connect(gain).connect(context.destination);
    tone.start(startS);
    tone.stop(endS);
    return tone;
  });
}

/* ---- seen ---- */

/* The notes of `read` as a row of buttons, higher where they are higher; `write` takes them changed. */
export class Roll {
  private chosen = 0;

  constructor(private readonly box: HTMLElement, private readonly read: () => Note[], private readonly write: (notes: Note[]) => void) {
    box.addEventListener("keydown", (event) => this.onKey(event));
    box.addEventListener("click", (event) => this.onClick(event));
    box.addEventListener("focusin", (event) => {
      const note = (event.target as Element).closest<HTMLElement>("[data-note]");
      if (note) this.mark(Number(note.dataset["note"]));
    });
  }

  show(hasFocus = false): void {
    const notes = this.read();
    this.chosen = Math.max(0, Math.min(this.chosen, notes.length - 1));
    const row = this.box.querySelector<HTMLElement>(".notes-row");
    this.box.hidden = !notes.length;
    if (!row) return;
    const pitches = notes.map((one) => one.pitch), lowest = Math.min(...pitches), highest = Math.max(...pitches);
    row.style.setProperty("--range", String(Math.max(highest - lowest, 7)));
    row.replaceChildren(...notes.map((one, k) => this.button(one, k, notes.length, one.pitch - lowest)));
    this.mark(this.chosen);
    if (hasFocus) this.box.querySelector<HTMLElement>(`[data-note="${this.chosen}"]`)?.focus();
  }

  private mark(chosen: number): void {
    this.chosen = chosen;
    for (const note of all(this.box, "[data-note]")) {
      const isChosen = Number(note.dataset["note"]) === chosen;
      note.tabIndex = isChosen ? 0 : -1;
      note.setAttribute("aria-pressed", String(isChosen));
    }
  }

  private button(note: Note, k: number, count: number, height: number): HTMLElement {
    const made = h("button", {
      type: "button", "data-note": k, "aria-label": `${spoken(note.pitch)}, ${k + 1} of ${count}`,
    }, name(note.pitch));
    made.style.setProperty("--beats", note.beats.toFixed(2));
    made.style.setProperty("--height", String(height));
    return made;
  }

  private onClick(event: Event): void {
    const target = event.target as Element;
    const note = target.closest<HTMLElement>("[data-note]");
    if (note) return this.choose(Number(note.dataset["note"]), true);
    const does = target.closest<HTMLElement>("[data-note-do]")?.dataset["noteDo"];
    if (does === "remove") this.remove();
    else if (does) this.move(does === "up" ? 1 : -1);
  }

  private onKey(event: KeyboardEvent): void {
    if (!(event.target as Element).closest("[data-note]") || event.ctrlKey || event.altKey || event.metaKey) return;
    const acts: Record<string, () => void> = {
      ArrowUp: () => this.move(1, true), ArrowDown: () => this.move(-1, true),
      ArrowLeft: () => this.choose(this.chosen - 1), ArrowRight: () => this.choose(this.chosen + 1),
      Home: () => this.choose(0), End: () => this.choose(this.read().length - 1),
      Delete: () => this.remove(true), Backspace: () => this.remove(true),
    };
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  private choose(k: number, isHeard = false): void {
    this.chosen = k;
    this.show(true);
    const note = this.read()[this.chosen];
    if (isHeard && note) sound([{ ...note, beats: 1 }]);
  }

  private move(by: number, hasFocus = false): void {
    const notes = this.read();
    const note = notes[this.chosen];
    if (!note) return;
    note.pitch = Math.max(12, Math.min(119, note.pitch + by));
    this.write(notes);
    this.show(hasFocus);
    sound([{ ...note, beats: 1 }]);
  }

  private remove(hasFocus = false): void {
    const notes = this.read();
    notes.splice(this.chosen, 1);
    this.write(notes);
    this.show(hasFocus);
  }
}
