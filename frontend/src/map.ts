/* The motif map on a canvas: thousands of occurrences, drawn again at every frame that needs it. */

import { all, clock, h, one, placeLink } from "./dom";
import { gatherMarks } from "./marks";
import { player } from "./player";
import { plain, trackAt } from "./settings";

type Row = [motif: number, track: number, startS: number, endS: number, percent: number, verdict: number, number: number, players: number[]];

interface Rows {
  tracks: { n: number; title: string; durationS: number; moods: string[]; page: string }[];
  motifs: { label: string; title: string; page: string }[];
  instruments: string[];
  moods: string[];
  occurrences: Row[];
}

interface Look {
  fill: string;
  letter: string;
  weave: CanvasPattern | null;
}

const LANE_PX = 30, AXIS_PX = 24, INSET_PX = 4, LIKELY = 80, MOST_LISTED = 150, CONFIRMED = 1, REJECTED = 2;

export function mountMap(root: HTMLElement, signal: AbortSignal): void {
  const rows = plain<Rows>(document, "map-rows");
  if (!rows) return;
  root.hidden = false;
  const map = new MotifMap(root, rows, signal);
  equipForm(root, rows, map);
}

function equipForm(root: HTMLElement, rows: Rows, map: MotifMap): void {
  const form = one<HTMLFormElement>(root, "form.tools");
  const select = (name: string): HTMLSelectElement => form.elements.namedItem(name) as HTMLSelectElement;
  rows.motifs.forEach((it, k) => select("motif").append(h("option", { value: k }, it.title)));
  rows.instruments.forEach((name, k) => select("instrument").append(h("option", { value: k }, name)));
  rows.moods.forEach((name) => select("mood").append(h("option", { value: name }, name)));
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", () => map.choose({
    motif: select("motif").value, instrument: select("instrument").value, mood: select("mood").value,
    sure: (form.elements.namedItem("sure") as HTMLInputElement).checked,
  }));
  all(form, "[data-map]").forEach((button) => button.addEventListener("click", () => map.act(button.dataset["map"] ?? "")));
}

class MotifMap {
  private readonly canvas: HTMLCanvasElement;
  private readonly paint: CanvasRenderingContext2D;
  private readonly starts: number[] = [];
  private readonly wholeS: number;
  private readonly lanes: number[][];
  private readonly isShown: Uint8Array;
  private fromS = 0;
  private untilS: number;
  private looks: Look[] = [];
  private colours = { ink: "", soft: "", faint: "", paper: "", accent: "" };
  private under = -1;
  private wide = 1;
  private high = 1;
  private family = "sans-serif";
  private asked = false;

  constructor(private readonly root: HTMLElement, private readonly rows: Rows, signal: AbortSignal) {
    this.canvas = one<HTMLCanvasElement>(root, "canvas");
    this.paint = this.canvas.getContext("2d") as CanvasRenderingContext2D;
    let sumS = 0;
    for (const track of rows.tracks) { this.starts.push(sumS); sumS += track.durationS; }
    this.wholeS = this.untilS = sumS || 1;
    this.isShown = new Uint8Array(rows.occurrences.length).fill(1);
    this.lanes = rows.motifs.map(() => []);
    rows.occurrences.forEach((row, k) => this.lanes[row[0]]?.push(k));
    this.fit();
    this.point();
    const watcher = new ResizeObserver(() => this.fit());
    watcher.observe(this.canvas.parentElement as Element);
    signal.addEventListener("abort", () => watcher.disconnect());
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.fit(), { signal });
    player.onTick(() => this.ask(), signal);
    one<HTMLDetailsElement>(root, ".map-list").addEventListener("toggle", () => this.list());
    one(root, ".map-now").textContent = this.counted();
  }

  /* ---- what is shown ---- */

  choose(wanted: { motif: string; instrument: string; mood: string; sure: boolean }): void {
    this.rows.occurrences.forEach((row, k) => {
      const [motif, track, , , percent, verdict, , players] = row;
      this.isShown[k] = Number(
        (wanted.motif === "" || motif === Number(wanted.motif))
        && (wanted.instrument === "" || players.includes(Number(wanted.instrument)))
        && (wanted.mood === "" || (this.rows.tracks[track]?.moods.includes(wanted.mood) ?? false))
        && (!wanted.sure || percent >= LIKELY || verdict === CONFIRMED));
    });
    one(this.root, ".map-now").textContent = this.counted();
    this.list();
    this.ask();
  }

  private counted(): string {
    const shown = this.isShown.reduce((sum, one) => sum + one, 0), every = this.isShown.length;
    return shown === every ? `${every} occurrences.` : `${shown} of ${every} occurrences.`;
  }

  act(name: string): void {
    const lastsS = this.untilS - this.fromS, middleS = (this.fromS + this.untilS) / 2;
    if (name === "whole") this.look(0, this.wholeS);
    if (name === "in") this.look(middleS - lastsS / 4, middleS + lastsS / 4);
    if (name === "out") this.look(middleS - lastsS, middleS + lastsS);
    if (name === "left") this.look(this.fromS - lastsS / 3, this.untilS - lastsS / 3);
    if (name === "right") this.look(this.fromS + lastsS / 3, this.untilS + lastsS / 3);
  }

  look(fromS: number, untilS: number): void {
    const lastsS = Math.max(Math.min(untilS - fromS, this.wholeS), Math.min(5, this.wholeS));
    this.fromS = Math.max(0, Math.min(fromS, this.wholeS - lastsS));
    this.untilS = this.fromS + lastsS;
    this.ask();
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
      const atS = this.fromS + lastsS * event.offsetX / this.wide;
      const by = Math.exp(Math.max(-50, Math.min(event.deltaY, 50)) * 0.01);
      const share = event.offsetX / this.wide;
      this.look(atS - lastsS * by * share, atS + lastsS * by * (1 - share));
    } else if (Math.abs(event.deltaX) > Math.abs(event.deltaY) || event.shiftKey) {
      const byS = (event.deltaX || event.deltaY) * lastsS / this.wide;
      this.look(this.fromS + byS, this.untilS + byS);
    } else return;
    event.preventDefault();
  }

  private at(x: number, y: number): number {
    const lane = this.lanes[Math.floor((y - AXIS_PX) / LANE_PX)] ?? [];
    if (y < AXIS_PX) return -1;
    return lane.findLast((k) => {
      const [left, wide] = this.place(k);
      return this.isShown[k] && x >= left - 2 && x <= left + wide + 2;
    }) ?? -1;
  }

  private hover(x: number, y: number): void {
    const tip = one(this.root, ".tip");
    this.under = x < 0 ? -1 : this.at(x, y);
    this.canvas.classList.toggle("over", this.under >= 0);
    tip.hidden = this.under < 0;
    if (this.under >= 0) {
      tip.textContent = this.words(this.under);
      tip.style.setProperty("left", `${Math.max(0, Math.min(x, this.wide - 240))}px`);
      tip.style.setProperty("top", `${y + 18}px`);
    }
    this.ask();
  }

  private press(x: number, y: number): void {
    const k = this.at(x, y), row = this.rows.occurrences[k];
    if (!row) return this.pressAxis(x, y);
    const track = this.rows.tracks[row[1]];
    if (track) void player.playFrom(track.n, row[2], row[3]);
    one(this.root, ".map-now").replaceChildren(this.words(k), " ", ...this.links(row));
  }

  /* On the numbers above the lanes: that track alone, as wide as the map. */
  private pressAxis(x: number, y: number): void {
    if (y > AXIS_PX) return;
    const timeS = this.fromS + (this.untilS - this.fromS) * x / this.wide;
    const k = this.starts.findLastIndex((startS) => startS <= timeS);
    this.look(this.starts[k] ?? 0, (this.starts[k] ?? 0) + (this.rows.tracks[k]?.durationS ?? this.wholeS));
  }

  private words(k: number): string {
    const [motif, track, startS, endS, percent, verdict] = this.rows.occurrences[k] as Row;
    const said = verdict === CONFIRMED ? ", confirmed" : verdict === REJECTED ? ", rejected" : `, confidence ${(percent / 100).toFixed(2)}`;
    return `${this.rows.motifs[motif]?.title} in ${this.rows.tracks[track]?.title}, ${clock(startS)}–${clock(endS)}${said}`;
  }

  private links(row: Row): (Node | string)[] {
    const [motif, track] = [this.rows.motifs[row[0]], this.rows.tracks[row[1]]];
    return [h("a", { href: motif?.page ?? "" }, "the motif"), " · ", h("a", { href: `${track?.page}#t=${row[2].toFixed(1)}` }, "the track there")];
  }

  /* ---- drawing ---- */

  ask(): void {
    if (this.asked) return;
    this.asked = true;
    requestAnimationFrame(() => { this.asked = false; this.draw(); });
  }

  private fit(): void {
    const box = this.canvas.parentElement as HTMLElement;
    const height = AXIS_PX + LANE_PX * this.lanes.length;
    this.wide = Math.max(1, box.clientWidth);
    this.high = height;
    this.canvas.width = Math.round(this.wide * devicePixelRatio);
    this.canvas.height = Math.round(height * devicePixelRatio);
    this.canvas.style.setProperty("height", `${height}px`);
    const style = getComputedStyle(this.root);
    this.family = style.fontFamily;
    for (const name of ["ink", "soft", "faint", "paper", "accent"] as const) this.colours[name] = style.getPropertyValue(`--${name}`).trim();
    this.looks = all(this.root, ".map-names .swatch").map((swatch) => this.lookOf(swatch));
    this.draw();
  }

  private lookOf(swatch: Element): Look {
    const weave = /weave-(\d)/.exec(swatch.querySelector(".woven")?.getAttribute("class") ?? "")?.[1];
    return {
      fill: getComputedStyle(one<Element>(swatch, ".motif")).fill,
      letter: swatch.querySelector("text")?.textContent ?? "",
      weave: weave ? this.weaveOf(weave) : null,
    };
  }

  private weaveOf(name: string): CanvasPattern | null {
    const drawn = document.querySelector(`#weave-${name} path`)?.getAttribute("d");
    const tile = document.createElement("canvas");
    tile.width = tile.height = 8;
    const paint = tile.getContext("2d");
    if (!drawn || !paint) return null;
    Object.assign(paint, { strokeStyle: this.colours.paper, globalAlpha: 0.55, lineWidth: 1.5 });
    paint.stroke(new Path2D(drawn));
    return this.paint.createPattern(tile, "repeat");
  }

  private x(timeS: number): number {
    return (timeS - this.fromS) / (this.untilS - this.fromS) * this.wide;
  }

  private place(k: number): [number, number] {
    const [, track, startS, endS] = this.rows.occurrences[k] as Row;
    const left = this.x((this.starts[track] ?? 0) + startS);
    return [left, Math.max(3, this.x((this.starts[track] ?? 0) + endS) - left)];
  }

  private draw(): void {
    const { paint } = this;
    paint.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
    paint.clearRect(0, 0, this.wide, this.high);
    this.drawTracks();
    this.rows.motifs.forEach((_, motif) => this.drawLane(motif));
    this.drawHead();
  }

  private drawTracks(): void {
    const { paint, colours } = this;
    paint.font = `11px ${this.family}`;
    let free = -99;
    this.rows.tracks.forEach((track, k) => {
      const left = this.x(this.starts[k] ?? 0), right = this.x((this.starts[k] ?? 0) + track.durationS);
      if (right < 0 || left > this.wide) return;
      paint.fillStyle = colours.faint;
      paint.globalAlpha = 0.6;
      if (k % 2 === 0) paint.fillRect(left, AXIS_PX, right - left, this.high);
      paint.globalAlpha = 1;
      paint.fillStyle = colours.soft;
      const at = Math.max(left, 0) + 3;
      if (at < free || right - at < 8) return;
      const name = right - at > 90 ? `${track.n}  ${track.title}` : String(track.n);
      paint.save();
      paint.beginPath(); paint.rect(at, 0, Math.max(right - at - 4, 18), AXIS_PX); paint.clip();
      paint.fillText(name, at, 15);
      paint.restore();
      free = Math.min(at + paint.measureText(name).width + 6, right + 2);
    });
  }

  private drawLane(motif: number): void {
    const { paint, colours } = this, look = this.looks[motif];
    const top = AXIS_PX + motif * LANE_PX + INSET_PX, high = LANE_PX - 2 * INSET_PX;
    if (!look) return;
    for (const k of this.lanes[motif] ?? []) {
      const [left, wide] = this.place(k);
      if (left + wide < 0 || left > this.wide) continue;
      const [, , , , percent, verdict] = this.rows.occurrences[k] as Row;
      const strength = verdict === CONFIRMED ? 1 : 0.2 + 0.8 * (percent / 100) ** 2;
      paint.globalAlpha = this.isShown[k] ? strength : 0.07;
      this.drawBlock(look, left, top, wide, high, verdict);
      if (k === this.under || this.sounds(k)) {
        Object.assign(paint, { globalAlpha: 1, strokeStyle: colours.ink, lineWidth: 2 });
        paint.strokeRect(left - 1, top - 1, wide + 2, high + 2);
      }
    }
    paint.globalAlpha = 1;
  }

  private drawBlock(look: Look, left: number, top: number, wide: number, high: number, verdict: number): void {
    const { paint, colours } = this;
    if (verdict === REJECTED) {
      Object.assign(paint, { strokeStyle: look.fill, lineWidth: 1.5 });
      paint.setLineDash([3, 2]);
      paint.strokeRect(left, top, wide, high);
      paint.setLineDash([]);
      return;
    }
    paint.fillStyle = look.fill;
    paint.fillRect(left, top, wide, high);
    if (look.weave && wide > 8) { paint.fillStyle = look.weave; paint.fillRect(left, top, wide, high); }
    if (verdict === CONFIRMED) { Object.assign(paint, { strokeStyle: colours.ink, lineWidth: 1.5 }); paint.strokeRect(left, top, wide, high); }
    if (wide < 22) return;
    paint.fillStyle = colours.ink;
    paint.font = `700 12px ${this.family}`;
    paint.textAlign = "center";
    paint.fillText(look.letter, left + wide / 2, top + high / 2 + 4);
    paint.textAlign = "start";
  }

  private sounds(k: number): boolean {
    const [, track, startS, endS] = this.rows.occurrences[k] as Row;
    return player.playing && this.rows.tracks[track]?.n === player.track?.n && startS <= player.timeS && player.timeS < endS;
  }

  private drawHead(): void {
    const k = this.rows.tracks.findIndex((one) => one.n === player.track?.n);
    if (k < 0) return;
    this.paint.fillStyle = this.colours.accent;
    this.paint.fillRect(this.x((this.starts[k] ?? 0) + player.timeS) - 1, 0, 2, this.high);
  }

  /* ---- the same as a list, for keys and for ears ---- */

  private list(most = MOST_LISTED): void {
    const box = one<HTMLDetailsElement>(this.root, ".map-list");
    if (!box.open) return;
    const shown = this.rows.occurrences.map((_, k) => k).filter((k) => this.isShown[k]).sort((a, b) => this.order(a) - this.order(b));
    one(box, "ol").replaceChildren(...shown.slice(0, most).map((k) => this.item(k)));
    box.querySelector(".more")?.remove();
    if (shown.length > most) {
      box.append(h("p", { class: "more" }, h("button", { type: "button", click: () => this.list(most + MOST_LISTED) }, `${shown.length - most} more`)));
    }
    gatherMarks();
  }

  private order(k: number): number {
    const [, track, startS] = this.rows.occurrences[k] as Row;
    return (this.starts[track] ?? 0) + startS;
  }

  private item(k: number): HTMLElement {
    const row = this.rows.occurrences[k] as Row;
    const [motif, track] = [this.rows.motifs[row[0]], this.rows.tracks[row[1]]];
    const known = track && trackAt(track.n);
    const where = track?.title ?? "";
    return h("li", {},
      known && player.canPlay(known) ? placeLink(known.n, where, row[2], row[3], known.audio) : h("span", { class: "chip" }, `${clock(row[2])}–${clock(row[3])}`),
      " ", h("a", { href: motif?.page ?? "" }, motif?.title ?? ""), " in ",
      h("a", { href: `${track?.page}#t=${row[2].toFixed(1)}` }, where),
      " ", h("span", { class: "soft" }, row[5] === CONFIRMED ? "confirmed" : row[5] === REJECTED ? "rejected" : (row[4] / 100).toFixed(2)));
  }
}
