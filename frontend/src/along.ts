/* What runs above the motifs along the same axis: expression, loudness and keys. */

import { h } from "./dom";
import type { Colours } from "./looks";
import { onAxis, type Axis, type Stretch } from "./order";

export interface Lanes {
  stepS: number;
  expression: [low: number, high: number];
  loudestLufs: number;
  keyNames: [look: string, name: string][];
  tracks: { arousal: number[]; tension: number[]; loudness: number[]; keys: [untilS: number, key: number][] }[];
}

export type Turn = [track: number, atS: number, number: string];

export interface Window {
  paint: CanvasRenderingContext2D;
  colours: Colours;
  family: string;
  fromS: number;
  untilS: number;
  wide: number;
  x: (timeS: number) => number;
}

const EXPRESSION_PX = 46, LOUDNESS_PX = 30, KEYS_PX = 12, GAP_PX = 5;
const TOP = { expression: GAP_PX, loudness: EXPRESSION_PX + 2 * GAP_PX, keys: EXPRESSION_PX + LOUDNESS_PX + 3 * GAP_PX };
export const LANES_PX = TOP.keys + KEYS_PX + 2 * GAP_PX;
const LEAST_PX_A_POINT = 1.5, LEAST_NUMBER_PX = 14;

/* The colours of the keys, as the style sheet has them. */
export function keyColours(lanes: Lanes, within: Element): string[] {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  within.append(svg);
  const fills = lanes.keyNames.map(([look]) => {
    const rect = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    rect.setAttribute("class", look);
    svg.append(rect);
    const fill = getComputedStyle(rect).fill;
    return fill.includes("url") ? "" : fill;
  });
  svg.remove();
  return fills;
}

export function drawLanes(lanes: Lanes, turns: Turn[], axis: Axis, fills: string[], top: number, on: Window): void {
  for (const stretch of axis.stretches) {
    if (stretch[3] > on.untilS || stretch[3] + stretch[4] < on.fromS) continue;
    drawExpression(lanes, stretch, top + TOP.expression, on);
    drawLoudness(lanes, stretch, top + TOP.loudness, on);
    drawKeys(lanes, stretch, fills, top + TOP.keys, on);
  }
  drawTurns(turns, axis, top + TOP.expression, on);
  if (on.wide < 480) drawNames(top, on);
}

/* The places in a track's curve that are seen, no more of them than there is room for. */
function steps(lanes: Lanes, stretch: Stretch, count: number, on: Window): { first: number; last: number; by: number } {
  const [, fromS, untilS, atS, lastsS] = stretch, ratio = (untilS - fromS) / lastsS;
  const seenFromS = fromS + Math.max(0, on.fromS - atS) * ratio, seenUntilS = Math.min(untilS, fromS + (on.untilS - atS) * ratio);
  const pxAStep = lanes.stepS / ratio * on.wide / (on.untilS - on.fromS);
  return {
    first: Math.max(0, Math.floor(seenFromS / lanes.stepS) - 1),
    last: Math.min(count - 1, Math.ceil(seenUntilS / lanes.stepS)),
    by: Math.max(1, Math.ceil(LEAST_PX_A_POINT / pxAStep)),
  };
}

/* The points of a curve; each stands for the middle of its step, cut to the stretch. */
function points(lanes: Lanes, stretch: Stretch, curve: number[], on: Window, of: (values: number[]) => number): [number, number][] {
  const { first, last, by } = steps(lanes, stretch, curve.length, on), found: [number, number][] = [];
  for (let k = first; k <= last; k += by) {
    const atS = Math.min(Math.max((k + by / 2) * lanes.stepS, stretch[1]), stretch[2]);
    found.push([on.x(onAxis(stretch, atS)), of(by === 1 ? [curve[k] ?? 0] : curve.slice(k, k + by))]);
  }
  return found;
}

const mean = (values: number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length;

function line(paint: CanvasRenderingContext2D, found: [number, number][]): void {
  paint.beginPath();
  found.forEach(([x, y], k) => (k ? paint.lineTo(x, y) : paint.moveTo(x, y)));
}

function drawExpression(lanes: Lanes, stretch: Stretch, top: number, on: Window): void {
  const { paint, colours } = on, [low, high] = lanes.expression, track = lanes.tracks[stretch[0]];
  const y = (values: number[]): number => top + EXPRESSION_PX * (1 - (mean(values) / 10 - low) / (high - low));
  const aroused = points(lanes, stretch, track?.arousal ?? [], on, y), tense = points(lanes, stretch, track?.tension ?? [], on, y);
  const first = aroused[0], last = aroused.at(-1);
  if (!first || !last) return;
  line(paint, [[first[0], top + EXPRESSION_PX], ...aroused, [last[0], top + EXPRESSION_PX]]);
  paint.fillStyle = colours.hill;
  paint.fill();
  line(paint, aroused);
  Object.assign(paint, { strokeStyle: colours.curve, lineWidth: 1.2 });
  paint.stroke();
  line(paint, tense);
  Object.assign(paint, { strokeStyle: colours.accent, lineWidth: 1 });
  paint.setLineDash([4, 3]);
  paint.stroke();
  paint.setLineDash([]);
}

/* Ten decibels less sound half as loud: they are drawn half as high. */
function drawLoudness(lanes: Lanes, stretch: Stretch, top: number, on: Window): void {
  const { paint, colours } = on, curve = lanes.tracks[stretch[0]]?.loudness ?? [], middle = top + LOUDNESS_PX / 2;
  const half = (values: number[]): number => LOUDNESS_PX / 2 * Math.min(1, 2 ** ((-Math.min(...values) / 2 - lanes.loudestLufs) / 10));
  const found = points(lanes, stretch, curve, on, half);
  if (!found.length) return;
  line(paint, [...found.map(([x, px]): [number, number] => [x, middle - px]), ...found.reverse().map(([x, px]): [number, number] => [x, middle + px])]);
  paint.fillStyle = colours.hill;
  paint.fill();
}

function drawKeys(lanes: Lanes, stretch: Stretch, fills: string[], top: number, on: Window): void {
  const { paint, colours } = on;
  let startS = 0;
  for (const [untilS, key] of lanes.tracks[stretch[0]]?.keys ?? []) {
    const fromS = Math.max(startS, stretch[1]), endS = Math.min(untilS, stretch[2]);
    startS = untilS;
    if (endS <= fromS) continue;
    const left = Math.max(on.x(onAxis(stretch, fromS)), 0), right = Math.min(on.x(onAxis(stretch, endS)), on.wide);
    if (right <= left) continue;
    paint.fillStyle = fills[key] || colours.rule;
    paint.globalAlpha = fills[key] ? 1 : 0.5;
    paint.fillRect(left, top, right - left, KEYS_PX);
  }
  paint.globalAlpha = 1;
}

/* Their numbers, where there is room: what sounds often turns often. */
function drawTurns(turns: Turn[], axis: Axis, top: number, on: Window): void {
  const { paint, colours } = on;
  Object.assign(paint, { font: `600 11px ${on.family}`, textAlign: "center", fillStyle: colours.ink, strokeStyle: colours.ink, lineWidth: 1 });
  const found = turns.flatMap(([track, atS, number]) => axis.stretches
    .filter((it) => it[0] === track && atS >= it[1] && atS < it[2])
    .map((it): [number, string] => [on.x(onAxis(it, atS)), number]));
  let free = 0;
  for (const [x, number] of found.sort((a, b) => a[0] - b[0])) {
    if (x < free || x > on.wide) continue;
    paint.beginPath(); paint.moveTo(x, top + 12); paint.lineTo(x, top + EXPRESSION_PX); paint.stroke();
    paint.fillText(number, x, top + 9);
    free = x + LEAST_NUMBER_PX;
  }
  paint.textAlign = "start";
}

const NAMES: [string, number][] = [["energy, tension", TOP.expression + 10], ["loudness", TOP.loudness + 10], ["keys", TOP.keys + 10]];

/* Where there is no room beside them. */
function drawNames(top: number, on: Window): void {
  const { paint, colours } = on;
  Object.assign(paint, { font: `10px ${on.family}`, fillStyle: colours.ink, strokeStyle: colours.paper, lineWidth: 3, lineJoin: "round" });
  for (const [name, y] of NAMES) { paint.strokeText(name, 2, top + y); paint.fillText(name, 2, top + y); }
}

/* What an instant of a track has, in words; `y` from the top of the lanes. */
export function laneWords(lanes: Lanes, track: number, timeS: number, y: number): string {
  const of = lanes.tracks[track], k = Math.floor(timeS / lanes.stepS);
  if (!of) return "";
  if (y < TOP.loudness) {
    const [aroused, tense] = [of.arousal[k], of.tension[k]];
    return aroused === undefined || tense === undefined ? "" : `energy ${(aroused / 10).toFixed(1)}, tension ${(tense / 10).toFixed(1)}`;
  }
  if (y < TOP.keys) {
    const quiet = of.loudness[k];
    return quiet === undefined ? "" : quiet >= 140 ? "silent" : `−${(quiet / 2).toFixed(1)} LUFS`;
  }
  return lanes.keyNames[of.keys.find(([untilS]) => timeS < untilS)?.[1] ?? -1]?.[1] ?? "";
}

/* The names of the lanes, to stand beside the canvas. */
export function laneNames(): HTMLElement {
  return h("ul", { class: "map-lanes", "aria-hidden": "true" }, h("li", {}, "Energy, tension"), h("li", {}, "Loudness"), h("li", {}, "Keys"));
}
