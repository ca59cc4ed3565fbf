/* Which track a file sounds like, and how much later it begins: by how loud it is from moment to
moment, which was published of every track and is measured here of the file in the same way. */

import { plain, settings, type Track } from "./settings";

export interface Prints {
  floorDb: number;
  stepsPerDb: number;
  soundRateHz: number;
  weighting: number[][];
  clocks: Record<string, [number, number]>;
  loudness: Record<string, string>;
}

export interface Likeness {
  track: Track;
  /* How far the two differ from moment to moment, as a share of how far the track itself moves. */
  apart: number;
  apartDb: number;
  offsetS: number;
}

/* How loud a file is, 50 times a second, each value the mean of 400 ms. */
export interface Curve {
  db: Float32Array;
  durationS: number;
}

const HOP_S = 0.02, WINDOW_S = 0.4;
const LATEST_S = 2.5, COARSE_S = 0.1;
const BENEATH_DB = 40, LEAST_MOVES_DB = 0.5, LEAST_S = 2;

let loading: Promise<Prints | null> | null = null;

export function prints(): Promise<Prints | null> {
  return (loading ??= loaded());
}

async function loaded(): Promise<Prints | null> {
  if (!settings.prints) return plain<Prints>(document, "prints");
  const script = document.createElement("script");
  script.src = settings.prints;
  const done = new Promise<boolean>((told) => { script.onload = () => told(true); script.onerror = () => told(false); });
  document.head.append(script);
  return (await done) ? (self as unknown as { unsungPrints?: Prints }).unsungPrints ?? null : null;
}

/* ---- measuring ---- */

export async function curveOf(file: Blob, known: Prints): Promise<Curve | null> {
  const context = new OfflineAudioContext(1, 1, known.soundRateHz);
  const sound = await context.decodeAudioData(await file.arrayBuffer()).catch(() => null);
  return sound && { db: loudness(sound, known), durationS: sound.duration };
}

function loudness(sound: AudioBuffer, known: Prints): Float32Array {
  const hop = Math.round(HOP_S * sound.sampleRate), hops = Math.floor(sound.length / hop);
  const power = new Float64Array(hops);
  for (let channel = 0; channel < sound.numberOfChannels; channel++)
    addPower(sound.getChannelData(channel), known.weighting, hop, power);
  const wide = Math.round(WINDOW_S / HOP_S);
  const db = new Float32Array(Math.max(0, hops - wide + 1));
  let sum = power.subarray(0, wide - 1).reduce((whole, one) => whole + one, 0);
  for (let k = 0; k < db.length; k++) {
    sum += power[k + wide - 1] ?? 0;
    db[k] = Math.max(known.floorDb, 10 * Math.log10(Math.max(sum, 1e-12) / wide / hop) - 0.691);
    sum -= power[k] ?? 0;
  }
  return db;
}

/* The weighting of the loudness standard: two filters, one after the other. */
function addPower(samples: Float32Array, weighting: number[][], hop: number, power: Float64Array): void {
  const [[a0 = 0, a1 = 0, a2 = 0, , a4 = 0, a5 = 0] = [], [b0 = 0, b1 = 0, b2 = 0, , b4 = 0, b5 = 0] = []] = weighting;
  let p = 0, q = 0, r = 0, s = 0;
  for (let k = 0, at = 0; k < power.length; k++) {
    let sum = 0;
    for (const end = at + hop; at < end; at++) {
      const x = samples[at] ?? 0;
      const y = a0 * x + p;
      p = a1 * x - a4 * y + q;
      q = a2 * x - a5 * y;
      const z = b0 * y + r;
      r = b1 * y - b4 * z + s;
      s = b2 * y - b5 * z;
      sum += z * z;
    }
    power[k] = (power[k] ?? 0) + sum;
  }
}

/* ---- comparing ---- */

/* Whether a track is long and moved enough to be told from others. */
export function isTelling(track: Track, known: Prints): boolean {
  const row = rowOf(track, known), rateHz = known.clocks[track.n]?.[0] ?? 1;
  return row.length / rateHz >= LEAST_S && spread(row) >= LEAST_MOVES_DB;
}

/* The track laid over the file wherever it fits best. */
export function likeness(curve: Curve, track: Track, known: Prints): Likeness {
  const row = rowOf(track, known);
  const [rateHz, firstS] = known.clocks[track.n] ?? [1, 0];
  const at = (offsetS: number): number => difference(row, rateHz, firstS + offsetS, curve);
  const coarse = lowest(at, -LATEST_S, LATEST_S, COARSE_S);
  const fine = lowest(at, coarse - COARSE_S, coarse + COARSE_S, HOP_S);
  const [before, here, after] = [at(fine - HOP_S), at(fine), at(fine + HOP_S)].map((one) => one * one) as [number, number, number];
  const bend = before - 2 * here + after;
  const aside = bend > 0 && Number.isFinite(bend) ? Math.max(-0.5, Math.min(0.5, (before - after) / (2 * bend))) : 0;
  const apartDb = Math.sqrt(here);
  return { track, apart: apartDb / spread(row), apartDb, offsetS: fine + HOP_S * aside };
}

function rowOf(track: Track, known: Prints): Float32Array {
  return Float32Array.from(atob(known.loudness[track.n] ?? ""), (sign) => known.floorDb + sign.charCodeAt(0) / known.stepsPerDb);
}

function lowest(at: (x: number) => number, from: number, to: number, step: number): number {
  let best = from, least = Infinity;
  for (let k = 0; k <= Math.round((to - from) / step); k++) {
    const here = at(from + k * step);
    if (here < least) { least = here; best = from + k * step; }
  }
  return best;
}

/* How far two curves lie apart once one is turned up to the other (root mean square, in decibels);
what is far below the loudest does not count: coders leave nothing of it. */
function difference(row: Float32Array, rateHz: number, firstS: number, curve: Curve): number {
  const start = Math.round((firstS - WINDOW_S / 2) / HOP_S), step = Math.round(1 / rateHz / HOP_S);
  const floor = row.reduce((most, one) => Math.max(most, one), -Infinity) - BENEATH_DB;
  let sum = 0, squares = 0, count = 0;
  for (let k = 0; k < row.length; k++) {
    const heard = curve.db[start + k * step];
    if (heard === undefined) continue;
    const apart = Math.max(heard, floor) - Math.max(row[k] ?? floor, floor);
    sum += apart;
    squares += apart * apart;
    count++;
  }
  if (count < 0.8 * row.length) return Infinity;
  return Math.sqrt(Math.max(0, squares / count - (sum / count) ** 2));
}

function spread(row: Float32Array): number {
  const floor = row.reduce((most, one) => Math.max(most, one), -Infinity) - BENEATH_DB;
  const held = row.map((one) => Math.max(one, floor));
  const mean = held.reduce((sum, one) => sum + one, 0) / held.length;
  return Math.sqrt(held.reduce((sum, one) => sum + (one - mean) ** 2, 0) / held.length);
}
