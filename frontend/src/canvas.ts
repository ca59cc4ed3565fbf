/* The motif map on a canvas: thousands of occurrences, drawn again at every frame that needs it. */

import { drawLanes, keyColours, LANES_PX, laneWords, type Lanes, type Turn, type Window } from "./along";
import { clock, h, one } from "./dom";
import { CONFIRMED, REJECTED } from "./filter";
import { coloursOf, drawBlock, looksOf, strength, type Look } from "./looks";
import { onAxis, type Axis, type Row } from "./order";
import { player } from "./player";
import { drawRulers, fitted, RULER_PX, rulersOf } from "./rulers";

export interface Rows {
  tracks: { n: number; title: string; durationS: number; moods: string[]; page: string }[];
  motifs: { label: string; title: string; page: string }[];
  occurrences: Row[];
  lanes: Lanes;
  turns: Turn[];
}

const LANE_PX = 30, TITLES_PX = 24, INSET_PX = 4;

export class MapCanvas {
  private readonly canvas: HTMLCanvasElement;
  private readonly paint: CanvasRenderingContext2D;
  private isShown: Uint8Array = new Uint8Array(0);
  private fromS = 0;
  private untilS = 1;
  private looks: Look[] = [];
  private fills: string[] = [];
  private colours = coloursOf(document.documentElement);
  private under = -1;
  private wide = 1;
  private high = 1;
  private family = "sans-serif";
  private asked = false;

  constructor(
    private readonly root: HTMLElement, private readonly rows: Rows, private axis: Axis,
    private readonly pressed: (appearance: number) => void, signal: AbortSignal,
  ) {
    this.canvas = one<HTMLCanvasElement>(root, "canvas");
    this.paint = this.canvas.getContext("2d") as CanvasRenderingContext2D;
    this.lay(axis, new Uint8Array(axis.rowOf.length).fill(1));
    this.point();
    const watcher = new ResizeObserver(() => this.fit());
    watcher.observe(this.canvas.parentElement as Element);
    signal.addEventListener("abort", () => watcher.disconnect());
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.fit(), { signal });
    player.onTick(() => this.ask(), signal);
  }

  /* ---- what is shown ---- */

  lay(axis: Axis, isShown: Uint8Array): void {
    this.axis = axis;
    this.isShown = isShown;
    this.under = -1;
    [this.fromS, this.untilS] = [0, axis.wholeS];
    this.fit();
  }

  show(isShown: Uint8Array): void {
    this.isShown = isShown;
    this.ask();
  }

  act(name: string): void {
    const lastsS = this.untilS - this.fromS, middleS = (this.fromS + this.untilS) / 2;
    if (name === "whole") this.look(0, this.axis.wholeS);
    if (name === "in") this.look(middleS - lastsS / 4, middleS + lastsS / 4);
    if (name === "out") this.look(middleS - lastsS, middleS + lastsS);
    if (name === "left") this.look(this.fromS - lastsS / 3, this.untilS - lastsS / 3);
    if (name === "right") this.look(this.fromS + lastsS / 3, this.untilS + lastsS / 3);
  }

  look(fromS: number, untilS: number): void {
    const { wholeS } = this.axis;
    const lastsS = Math.max(Math.min(untilS - fromS, wholeS), Math.min(5, wholeS));
    this.fromS = Math.max(0, Math.min(fromS, wholeS - lastsS));
    this.untilS = this.fromS + lastsS;
    this.ask();
  }

  /* ---- where things stand ---- */

  private get titlesTop(): number {
    return rulersOf(this.axis) * RULER_PX;
  }

  private get motifsTop(): number {
    return this.titlesTop + TITLES_PX + LANES_PX;
  }

  private x(timeS: number): number {
    return (timeS - this.fromS) / (this.untilS - this.fromS) * this.wide;
  }

  private timeAt(x: number): number {
    return this.fromS + (this.untilS - this.fromS) * x / this.wide;
  }

  private place(k: number): [left: number, wide: number] {
    const left = this.x(this.axis.fromS[k] ?? 0);
    return [left, Math.max(3, this.x(this.axis.untilS[k] ?? 0) - left)];
  }

  /* The stretch at an instant of the axis, the last to begin where several sound at once. */
  private stretchAt(timeS: number): number {
    return this.axis.stretches.findLastIndex(([, , , atS, lastsS]) => atS <= timeS && timeS < atS + lastsS);
  }

  /* ---- pointing ---- */

  private point(): void {
    const { canvas } = this;
    let pressed: { x: number; fromS: number; moved: boolean } | null = null;
    canvas.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      pressed = { x: event.offsetX, fromS: this.fromS, moved: false };
      if (event.pointerType === "mouse") canvas.setPointerCapture(event.pointerId);
    });
    canvas.addEventListener("pointermove", (event) => {
      if (!pressed) return this.hover(event.offsetX, event.offsetY);
      const byPx = event.offsetX - pressed.x;
      pressed.moved ||= Math.abs(byPx) > 4;
      if (!pressed.moved) return;
      const lastsS = this.untilS - this.fromS;
      const fromS = pressed.fromS - byPx * lastsS / this.wide;
      this.look(fromS, fromS + lastsS);
    });
    canvas.addEventListener("pointerup", (event) => {
      if (pressed && !pressed.moved) this.press(event.offsetX, event.offsetY);
      pressed = null;
    });
    canvas.addEventListener("pointercancel", () => { pressed = null; });
    canvas.addEventListener("pointerleave", () => this.hover(-1, -1));
    canvas.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
  }

  private wheel(event: WheelEvent): void {
    const lastsS = this.untilS - this.fromS;
    if (event.ctrlKey || event.metaKey) {
      const atS = this.timeAt(event.offsetX), share = event.offsetX / this.wide;
      const by = Math.exp(Math.max(-50, Math.min(event.deltaY, 50)) * 0.01);
      this.look(atS - lastsS * by * share, atS + lastsS * by * (1 - share));
    } else if (Math.abs(event.deltaX) > Math.abs(event.deltaY) || event.shiftKey) {
      const byS = (event.deltaX || event.deltaY) * lastsS / this.wide;
      this.look(this.fromS + byS, this.untilS + byS);
    } else return;
    event.preventDefault();
  }

  private at(x: number, y: number): number {
    const lane = this.axis.lanes[Math.floor((y - this.motifsTop) / LANE_PX)];
    if (!lane || y < this.motifsTop) return -1;
    return lane.findLast((k) => {
      const [left, wide] = this.place(k);
      return this.isShown[k] && x >= left - 2 && x <= left + wide + 2;
    }) ?? -1;
  }

  private hover(x: number, y: number): void {
    const tip = one(this.root, ".tip");
    this.under = x < 0 ? -1 : this.at(x, y);
    this.canvas.classList.toggle("over", this.under >= 0);
    const words = this.under >= 0 ? this.words(this.under) : x < 0 ? "" : this.wordsAbove(x, y);
    tip.hidden = words === "";
    tip.textContent = words;
    tip.style.setProperty("left", `${Math.max(0, Math.min(x, this.wide - 240))}px`);
    tip.style.setProperty("top", `${y + 18}px`);
    this.ask();
  }

  private press(x: number, y: number): void {
    const k = this.at(x, y);
    if (k >= 0) this.pressed(k);
    else if (y < this.titlesTop) this.pressRuler(x);
    else if (y < this.titlesTop + TITLES_PX) this.pressTitle(x);
  }

  /* On a track's title: that stretch alone, as wide as the map. */
  private pressTitle(x: number): void {
    const [, , , atS, lastsS] = this.axis.stretches[this.stretchAt(this.timeAt(x))] ?? [0, 0, 0, 0, this.axis.wholeS];
    this.look(atS, atS + lastsS);
  }

  private pressRuler(x: number): void {
    const timeS = this.timeAt(x), chapter = this.axis.order?.chapters.find(([, fromS, untilS]) => fromS <= timeS && timeS < untilS);
    if (chapter) this.look(chapter[1], chapter[2]);
  }

  words(k: number): string {
    const [motif, track, startS, endS, percent, verdict] = this.rows.occurrences[this.axis.rowOf[k] ?? 0] as Row;
    const said = verdict === CONFIRMED ? ", confirmed" : verdict === REJECTED ? ", rejected" : `, confidence ${(percent / 100).toFixed(2)}`;
    return `${this.rows.motifs[motif]?.title} in ${this.rows.tracks[track]?.title}, ${clock(startS)}–${clock(endS)}${this.whenInOrder(k)}${said}`;
  }

  /* `, at 12:03 in the film`; nothing along the album. */
  whenInOrder(k: number): string {
    const { order, apartS, fromS } = this.axis, atS = fromS[k] ?? 0;
    if (!order) return "";
    if (atS >= apartS) return `, not ${order.inside}`;
    if (order.isClock) return `, at ${clock(atS)} ${order.inside}`;
    const chapter = order.chapters.find(([, begins, ends]) => begins <= atS && atS < ends);
    return chapter ? `, in ${chapter[0]}` : "";
  }

  private wordsAbove(x: number, y: number): string {
    const below = y - this.titlesTop - TITLES_PX, timeS = this.timeAt(x), { order } = this.axis;
    if (below < -TITLES_PX) return order?.chapters.find(([, fromS, untilS]) => fromS <= timeS && timeS < untilS)?.[0] ?? "";
    const stretch = this.axis.stretches[this.stretchAt(timeS)];
    if (!stretch || below >= LANES_PX) return "";
    const inTrackS = stretch[1] + (timeS - stretch[3]) * (stretch[2] - stretch[1]) / stretch[4];
    const track = this.rows.tracks[stretch[0]], said = below < 0 ? "" : laneWords(this.rows.lanes, stretch[0], inTrackS, below);
    return below < 0 ? `${track?.n}  ${track?.title}` : said && `${said}, ${clock(inTrackS)} of ${track?.title}`;
  }

  /* ---- drawing ---- */

  ask(): void {
    if (this.asked) return;
    this.asked = true;
    requestAnimationFrame(() => { this.asked = false; this.draw(); });
  }

  private fit(): void {
    const box = this.canvas.parentElement as HTMLElement;
    this.high = this.motifsTop + LANE_PX * this.axis.lanes.length;
    this.wide = Math.max(1, box.clientWidth);
    this.canvas.width = Math.round(this.wide * devicePixelRatio);
    this.canvas.height = Math.round(this.high * devicePixelRatio);
    this.canvas.style.setProperty("height", `${this.high}px`);
    this.root.style.setProperty("--above", `${this.motifsTop}px`);
    this.root.style.setProperty("--lanes", `${LANES_PX}px`);
    this.readStyle();
    this.draw();
  }

  private readStyle(): void {
    this.family = getComputedStyle(this.root).fontFamily;
    this.colours = coloursOf(this.root);
    this.looks = looksOf(this.root, this.paint, this.colours.paper);
    this.fills = keyColours(this.rows.lanes, this.root);
  }

  private draw(): void {
    const { paint } = this;
    paint.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
    paint.clearRect(0, 0, this.wide, this.high);
    const on: Window = {
      paint, colours: this.colours, family: this.family, fromS: this.fromS, untilS: this.untilS, wide: this.wide,
      x: (timeS) => this.x(timeS),
    };
    this.drawTracks();
    if (this.axis.order) drawRulers(this.axis, this.high, on);
    drawLanes(this.rows.lanes, this.rows.turns, this.axis, this.fills, this.titlesTop + TITLES_PX, on);
    this.axis.lanes.forEach((_, motif) => this.drawLane(motif));
    this.drawHead();
  }

  private drawTracks(): void {
    const { paint, colours, titlesTop } = this;
    paint.font = `11px ${this.family}`;
    let free = -99;
    this.axis.stretches.forEach(([of, , , atS, lastsS], k) => {
      const left = this.x(atS), right = this.x(atS + lastsS), track = this.rows.tracks[of];
      if (right < 0 || left > this.wide || !track) return;
      paint.fillStyle = colours.faint;
      paint.globalAlpha = (this.axis.order?.isClock && atS < this.axis.apartS) || k % 2 === 0 ? 0.6 : 0;
      paint.fillRect(left, titlesTop + TITLES_PX, right - left, this.high);
      paint.globalAlpha = 1;
      paint.fillStyle = colours.soft;
      const at = Math.max(left, 0) + 3;
      if (at < free || right - at < 8) return;
      const name = right - at > 90 ? `${track.n}  ${track.title}` : String(track.n);
      paint.fillText(fitted(name, Math.max(right - at - 4, 30), paint), at, titlesTop + 15);
      free = Math.min(at + paint.measureText(name).width + 6, right + 2);
    });
  }

  private drawLane(motif: number): void {
    const { paint, colours, axis } = this, look = this.looks[motif], lane = axis.lanes[motif];
    const top = this.motifsTop + motif * LANE_PX + INSET_PX, high = LANE_PX - 2 * INSET_PX;
    if (!look || !lane) return;
    for (let at = this.firstSeen(lane); at < lane.length; at++) {
      const k = lane[at] as number;
      if ((axis.fromS[k] ?? 0) > this.untilS) break;
      const [left, wide] = this.place(k);
      if (left + wide < 0) continue;
      const [, , , , percent, verdict] = this.rows.occurrences[axis.rowOf[k] ?? 0] as Row;
      paint.globalAlpha = strength(percent, verdict, this.isShown[k] === 1);
      drawBlock(paint, look, { left, top, wide, high }, verdict, colours.ink, this.family);
      if (k === this.under || this.sounds(k)) {
        Object.assign(paint, { globalAlpha: 1, strokeStyle: colours.ink, lineWidth: 2 });
        paint.strokeRect(left - 1, top - 1, wide + 2, high + 2);
      }
    }
    paint.globalAlpha = 1;
  }

  /* The first appearance of a lane that may reach into what is seen, by halving. */
  private firstSeen(lane: Int32Array): number {
    const fromS = this.fromS - this.axis.longestS;
    let [low, high] = [0, lane.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.axis.fromS[lane[middle] ?? 0] ?? 0) < fromS) low = middle + 1;
      else high = middle;
    }
    return Math.max(0, low - 1);
  }

  private sounds(k: number): boolean {
    const [, track, startS, endS] = this.rows.occurrences[this.axis.rowOf[k] ?? 0] as Row;
    return player.playing && this.rows.tracks[track]?.n === player.track?.n && startS <= player.timeS && player.timeS < endS;
  }

  /* Where the player is: on every stretch in which that instant sounds. */
  private drawHead(): void {
    const of = this.rows.tracks.findIndex((one) => one.n === player.track?.n), atS = player.timeS;
    this.paint.fillStyle = this.colours.accent;
    for (const stretch of this.axis.stretches) {
      if (stretch[0] !== of || atS < stretch[1] || atS >= stretch[2]) continue;
      this.paint.fillRect(this.x(onAxis(stretch, atS)) - 1, this.titlesTop, 2, this.high);
    }
  }
}

export function occurrenceLinks(rows: Rows, row: Row): (Node | string)[] {
  const [motif, track] = [rows.motifs[row[0]], rows.tracks[row[1]]];
  return [h("a", { href: motif?.page ?? "" }, "the motif"), " · ", h("a", { href: `${track?.page}#t=${row[2].toFixed(1)}` }, "the track there")];
}
