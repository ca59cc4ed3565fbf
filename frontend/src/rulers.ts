/* What stands above the tracks in another order than the album's: the film's clock, scenes, and what is apart. */

import { clock } from "./dom";
import type { Axis } from "./order";
import type { Window } from "./along";

export const RULER_PX = 19;
const TICKS_S = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200], LEAST_TICK_PX = 64;
const ROOM_PX = { chapter: 36, apart: 60, last: 40 };

export function rulersOf(axis: Axis): number {
  return Number(axis.order?.isClock ?? false) + Number((axis.order?.chapters.length ?? 0) > 0);
}

export function drawRulers(axis: Axis, high: number, on: Window): void {
  const { paint, colours } = on, top = (rulersOf(axis) - 1) * RULER_PX;
  Object.assign(paint, { font: `11px ${on.family}`, fillStyle: colours.soft, strokeStyle: colours.rule, lineWidth: 1 });
  if (axis.order?.isClock) drawClock(axis, on);
  for (const [title, fromS, untilS] of axis.order?.chapters ?? []) {
    const left = on.x(fromS), right = on.x(untilS);
    if (right < 0 || left > on.wide) continue;
    paint.beginPath(); paint.moveTo(Math.round(left) + 0.5, top); paint.lineTo(Math.round(left) + 0.5, high); paint.stroke();
    writeWithin(title, left, right, top + 14, ROOM_PX.chapter, on);
  }
  if (axis.apartS < axis.wholeS) drawApart(axis, high, on);
}

function drawClock(axis: Axis, on: Window): void {
  const untilS = Math.min(on.untilS, axis.apartS), pxASecond = on.wide / (on.untilS - on.fromS);
  const step = TICKS_S.find((one) => one * pxASecond >= LEAST_TICK_PX) ?? 7200;
  for (let tickS = Math.ceil(on.fromS / step) * step; tickS < untilS; tickS += step) {
    const x = on.x(tickS);
    if (on.x(untilS) - x < ROOM_PX.last) break;
    on.paint.fillText(clock(tickS), x + 3, 13);
    on.paint.fillRect(Math.round(x), 4, 1, 12);
  }
}

function drawApart(axis: Axis, high: number, on: Window): void {
  const left = on.x(axis.apartS), right = on.x(axis.wholeS);
  if (right < 0 || left > on.wide) return;
  on.paint.fillStyle = on.colours.rule;
  on.paint.fillRect(left - 2, 0, 2, high);
  on.paint.fillStyle = on.colours.ink;
  writeWithin(`not ${axis.order?.inside ?? ""}`, left, right, 14, ROOM_PX.apart, on);
}

function writeWithin(text: string, left: number, right: number, y: number, least: number, on: Window): void {
  const from = Math.max(left, 0) + 4, room = Math.min(right, on.wide) - from - 2;
  if (room > least - 6) on.paint.fillText(fitted(text, room, on.paint), from, y);
}

/* As much of a text as there is room for. */
export function fitted(text: string, wide: number, paint: CanvasRenderingContext2D): string {
  const needed = paint.measureText(text).width;
  if (needed <= wide) return text;
  return `${text.slice(0, Math.max(Math.floor(text.length * wide / needed) - 1, 1)).trimEnd()}…`;
}
