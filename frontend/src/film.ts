/* The film on one line of time: played itself, or the album at the same moment of its music. */

import { toast } from "./ask";
import { all, calm, clock, h, one } from "./dom";
import { player } from "./player";
import { Screen, type Spoken } from "./screen";
import { plain, trackAt } from "./settings";

type Placed = [n: number, fromS: number, untilS: number, trackFromS: number, ratio: number, sure: number];

interface Rows {
  durationS: number;
  api: string;
  placements: Placed[];
  scenes: [fromS: number, untilS: number, title: string][];
  spoken: Spoken[];
}

type Side = "film" | "album";

const STEPS_S = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600];
const TICK_PX = 90, LEAST_SHOWN_S = 15, STILL_PX = 96, WORD_PX = 30, LETTER_PX = 14, PAGE_S = 5;

export function mountFilm(root: HTMLElement, signal: AbortSignal): void {
  const rows = plain<Rows>(document, "film-rows");
  if (rows) new Film(root, rows, signal);
}

class Film {
  private readonly lanes: HTMLElement;
  private readonly plot: HTMLElement;
  private readonly box: HTMLElement;
  private readonly seek: HTMLInputElement;
  private readonly screen: Screen | null;
  private side: Side = "album";
  private timeS = 0;
  private placed: Placed | null = null;
  private zoom = 1;
  private chosen = false;

  constructor(private readonly root: HTMLElement, private readonly rows: Rows, private readonly signal: AbortSignal) {
    this.lanes = one(root, ".film-lanes");
    this.box = one(root, ".lanes-scroll");
    this.plot = one(root, ".lane.axis .plot");
    this.seek = one<HTMLInputElement>(root, ".seek");
    one(root, ".screen").hidden = one(root, "[data-tools]").hidden = this.seek.hidden = false;
    this.lanes.classList.add("live");
    this.screen = rows.api ? new Screen(root, rows.api, rows.spoken, signal, () => this.changed()) : null;
    this.equipPlaying();
    this.equipPointer();
    this.equipTools();
    this.equipTables();
    this.readMoment();
    this.changed();
    this.fit();
  }

  /* ---- where it is ---- */

  /* The surest music that sounds there. */
  private musicAt(timeS: number): Placed | null {
    const here = this.rows.placements.filter(([, fromS, untilS]) => fromS <= timeS && timeS < untilS);
    return here.sort((a, b) => b[5] - a[5])[0] ?? null;
  }

  private inTrack([, fromS, , trackFromS, ratio]: Placed, timeS: number): number {
    return trackFromS + (timeS - fromS) * ratio;
  }

  private inFilm([, fromS, , trackFromS, ratio]: Placed, trackS: number): number {
    return fromS + (trackS - trackFromS) / ratio;
  }

  /* Where the film plays what the album plays just now; nearest to where it was, if at several places. */
  private placeOfAlbum(): Placed | null {
    const at = (one: Placed): number => this.inFilm(one, player.timeS);
    const there = this.rows.placements.filter((one) => one[0] === player.track?.n && one[1] - 0.5 <= at(one) && at(one) < one[2] + 0.5);
    if (this.placed && there.includes(this.placed)) return this.placed;
    return there.sort((a, b) => Math.abs(at(a) - this.timeS) - Math.abs(at(b) - this.timeS))[0] ?? null;
  }

  /* ---- playing ---- */

  private go(timeS: number, plays: boolean): void {
    this.timeS = Math.max(0, Math.min(timeS, this.rows.durationS - 0.05));
    if (this.side === "film" && this.screen) {
      player.pause();
      if (plays) void this.screen.playFrom(this.timeS);
      else this.screen.go(this.timeS);
    } else this.goOnAlbum(plays);
    history.replaceState(history.state, "", `#t=${this.timeS.toFixed(1)}`);
    this.show();
  }

  private goOnAlbum(plays: boolean): void {
    this.screen?.video.pause();
    this.placed = this.musicAt(this.timeS);
    if (this.placed && player.canPlay(trackAt(this.placed[0]))) {
      const trackS = this.inTrack(this.placed, this.timeS);
      if (plays) void player.playFrom(this.placed[0], trackS);
      else void player.go(this.placed[0], trackS);
      return;
    }
    player.pause();
    if (plays) toast(this.nothingThere());
  }

  private nothingThere(): string {
    const silent = this.placed ?? this.musicAt(this.timeS);
    if (silent) return `${trackAt(silent[0])?.title ?? "The music"} sounds there, but its sound is not here to be played.`;
    const next = this.rows.placements.find(([, fromS]) => fromS > this.timeS);
    const where = `No music of the album sounds in the film at ${clock(this.timeS)}`;
    return next ? `${where}; the next begins at ${clock(next[1])}.` : `${where}.`;
  }

  private swap(to: Side = this.side === "film" ? "album" : "film"): void {
    if (to === this.side || (to === "film" && !this.screen?.isReady)) return;
    this.ticked();
    const plays = this.screen?.plays || player.playing;
    const music = this.musicAt(this.timeS);
    if (to === "album" && plays && !(music && player.canPlay(trackAt(music[0])))) { this.placed = null; toast(this.nothingThere()); return; }
    this.side = to;
    this.chosen = true;
    this.go(this.timeS, plays);
    this.changed();
  }

  private playFilm(timeS: number): void {
    if (this.screen?.isReady) this.side = "film";
    this.go(timeS, true);
    this.changed();
  }

  private stepInMusic(direction: number): void {
    const starts = this.rows.placements.map(([, fromS]) => fromS).sort((a, b) => a - b);
    const to = direction > 0 ? starts.find((s) => s > this.timeS + 0.5) : starts.findLast((s) => s < this.timeS - 1.5);
    if (to !== undefined) this.go(to + 0.001, this.screen?.plays || player.playing);
  }

  private equipPlaying(): void {
    const video = this.screen?.video;
    const signal = this.signal;
    video?.addEventListener("play", () => { player.pause(); this.side = "film"; this.chosen = true; this.changed(); this.run(); }, { signal });
    for (const name of ["timeupdate", "seeked"]) video?.addEventListener(name, () => this.ticked(), { signal });
    player.onChange(() => {
      if (!player.playing) return;
      this.screen?.video.pause();
      if (this.side === "film" && this.placeOfAlbum()) { this.side = "album"; this.changed(); }
    }, signal);
    player.onTick(() => { if (this.side === "album" && player.playing) this.ticked(); }, signal);
    all(this.root, "[data-plays]").forEach((button) => button.addEventListener("click", () => this.swap(button.dataset["plays"] as Side)));
    document.addEventListener("unsung-key", (event) => this.onKey(event as CustomEvent<string>), { signal });
    window.addEventListener("hashchange", () => this.readMoment(), { signal });
  }

  private run(): void {
    if (calm.matches) return;
    const step = (): void => {
      if (this.signal.aborted || !this.screen?.plays) return;
      this.ticked();
      requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  }

  private ticked(): void {
    if (this.side === "film") {
      if (this.screen && (this.screen.plays || this.screen.video.currentTime > 0)) this.timeS = this.screen.video.currentTime;
    } else {
      this.placed = this.placeOfAlbum();
      if (!this.placed) return;
      this.timeS = Math.max(this.placed[1], Math.min(this.inFilm(this.placed, player.timeS), this.placed[2]));
    }
    this.show();
  }

  private onKey(event: CustomEvent<string>): void {
    const by = (s: number) => (): void => this.go(this.timeS + s, this.screen?.plays ?? false);
    const acts: Record<string, () => void> = {
      n: () => this.stepInMusic(1), p: () => this.stepInMusic(-1),
      "+": () => this.look(this.zoom * 2), "-": () => this.look(this.zoom / 2),
    };
    if (this.screen?.isReady && !player.comparing) acts["x"] = () => this.swap();
    if (this.side === "film" && this.screen?.isReady) {
      const { video } = this.screen;
      const toggle = (): void => { if (this.screen?.plays) video.pause(); else this.go(this.timeS, true); };
      Object.assign(acts, {
        " ": toggle, k: toggle, ArrowLeft: by(-PAGE_S), ArrowRight: by(PAGE_S), j: by(-10), l: by(10),
        ",": by(-0.1), ".": by(0.1), m: () => { video.muted = !video.muted; },
      });
      if (/^\d$/.test(event.detail)) acts[event.detail] = () => this.go(this.rows.durationS * Number(event.detail) / 10, this.screen?.plays ?? false);
    }
    const act = acts[event.detail];
    if (!act) return;
    event.preventDefault();
    act();
  }

  private readMoment(): void {
    const found = /^#t=(\d+(?:\.\d+)?)/.exec(location.hash);
    if (found && !player.playing && !this.screen?.plays) {
      this.timeS = Math.min(Number(found[1]), this.rows.durationS);
      if (this.side === "film") this.screen?.go(this.timeS);
      this.show();
    }
  }

  /* ---- showing ---- */

  private changed(): void {
    const ready = this.screen?.isReady ?? false;
    if (ready && !this.chosen && !player.playing && this.side === "album") {
      this.side = "film";
      this.screen?.go(this.timeS);
    }
    if (!ready) this.side = "album";
    all<HTMLButtonElement>(this.root, "[data-plays]").forEach((button) => {
      button.setAttribute("aria-pressed", String(button.dataset["plays"] === this.side));
      button.disabled = button.dataset["plays"] === "film" && !ready;
    });
    one(this.root, ".strip-lane").hidden = !this.screen?.told?.stills;
    this.drawStrip();
    this.show();
  }

  private show(): void {
    one(this.lanes, ".playhead").hidden = false;
    this.lanes.style.setProperty("--at", String(Math.min(this.timeS / this.rows.durationS, 1)));
    this.seek.value = String(this.timeS);
    const music = this.musicAt(this.timeS);
    const said = `${clock(this.timeS)} of ${clock(Math.round(this.rows.durationS))}${music ? `, ${trackAt(music[0])?.title ?? ""}` : ""}`;
    if (this.seek.getAttribute("aria-valuetext") !== said) this.seek.setAttribute("aria-valuetext", said);
    one(this.root, ".at").textContent = clock(this.timeS, true);
    const line = this.rows.spoken.find(([fromS, untilS]) => fromS <= this.timeS && this.timeS < untilS);
    one(this.root, ".beside .now-said").textContent = line?.[3] ? (line[2] ? `${line[2]}: ${line[3]}` : line[3]) : "";
    this.readOut(this.timeS);
    if (this.zoom > 1 && (this.screen?.plays || player.playing)) this.keepInSight();
  }

  private readOut(timeS: number): void {
    const scene = this.rows.scenes.find(([fromS, untilS]) => fromS <= timeS && timeS < untilS)?.[2];
    const music = this.rows.placements.filter(([, fromS, untilS]) => fromS <= timeS && timeS < untilS)
      .map((one) => `${trackAt(one[0])?.title ?? ""} ${clock(this.inTrack(one, timeS))}`);
    const words = [clock(timeS, true), scene, ...music, ...this.values(timeS)].filter(Boolean);
    one(this.root, ".readout").textContent = words.join(" · ");
  }

  private values(timeS: number): string[] {
    const table = this.root.querySelector<HTMLTableElement>("table.values");
    const cells = table?.tBodies[0]?.rows[Math.floor(timeS / Number(table.dataset["stepS"]))]?.cells;
    const heads = table?.tHead?.rows[0]?.cells;
    return [...(cells ?? [])].slice(1).flatMap((cell, k) => {
      const head = heads?.[k + 1], value = cell.textContent ?? "";
      if (!/\d$/.test(value)) return [];
      return [`${head?.firstChild?.textContent?.trim().toLowerCase()} ${value} ${head?.dataset["unit"] ?? ""}`.trim()];
    });
  }

  private keepInSight(): void {
    const at = this.plot.offsetLeft + this.plot.clientWidth * this.timeS / this.rows.durationS - this.box.scrollLeft;
    if (at < 0 || at > this.box.clientWidth * 0.9) this.box.scrollLeft += at - this.box.clientWidth * 0.3;
  }

  /* ---- looking closer ---- */

  private look(zoom: number, aroundS = this.timeS): void {
    const most = 2 ** Math.ceil(Math.log2(Math.max(1, this.rows.durationS / LEAST_SHOWN_S)));
    this.zoom = Math.max(1, Math.min(zoom, most));
    this.root.classList.toggle("zoomed", this.zoom > 1);
    this.lanes.style.setProperty("--zoom", String(this.zoom));
    this.fit();
    this.box.scrollLeft = this.plot.offsetLeft + this.plot.clientWidth * aroundS / this.rows.durationS - this.box.clientWidth / 2;
  }

  /* Words where there is room for them. */
  private fit(): void {
    const wide = this.plot.clientWidth;
    for (const block of all<SVGElement>(this.lanes, ".in-film")) {
      const word = block.querySelector("text")?.textContent ?? "";
      block.classList.toggle("tight", Number(block.dataset["share"]) * wide < (word.length > 1 ? WORD_PX : LETTER_PX));
    }
    one(this.root, ".strip-lane .plot").replaceChildren();
    this.drawSeen();
  }

  /* The part of the film that is in sight. */
  private get seen(): [fromS: number, untilS: number, pxPerS: number] {
    const pxPerS = this.plot.clientWidth / this.rows.durationS;
    const leftPx = this.box.scrollLeft - this.plot.offsetLeft;
    return [Math.max(0, leftPx / pxPerS), Math.min(this.rows.durationS, (leftPx + this.box.clientWidth) / pxPerS), pxPerS];
  }

  private drawSeen(): void {
    if (!this.plot.clientWidth) return;
    this.drawTicks();
    this.drawStrip();
  }

  private drawTicks(): void {
    const [fromS, untilS, pxPerS] = this.seen;
    const stepS = STEPS_S.find((step) => step * pxPerS >= TICK_PX) ?? 7200;
    const first = Math.floor(fromS / stepS), last = Math.floor((untilS - 0.04 * (untilS - fromS)) / stepS);
    const ticks = Array.from({ length: Math.max(0, last - first + 1) }, (_, k) => {
      const text = document.createElementNS("http://www.w3.org/2000/svg", "text");
      for (const [name, value] of [["x", `${100 * (first + k) * stepS / this.rows.durationS}%`], ["dx", "3"], ["y", "14"]] as const) text.setAttribute(name, value);
      text.textContent = clock((first + k) * stepS);
      return text;
    });
    one(this.plot, ".ticks").replaceChildren(...ticks);
  }

  private drawStrip(): void {
    const told = this.screen?.told, strip = one(this.root, ".strip-lane .plot");
    if (!told?.stills || !this.plot.clientWidth) return;
    const [fromS, untilS, pxPerS] = this.seen;
    const everyS = Math.max(told.step_s, STILL_PX / pxPerS);
    for (let k = Math.floor(fromS / everyS); k * everyS < untilS - 0.1; k++) {
      const number = Math.round(k * everyS / told.step_s);
      if (strip.querySelector(`[data-k="${k}"]`) || number * told.step_s >= this.rows.durationS) continue;
      const still = h("img", { src: `${told.stills}${number}`, alt: "", width: STILL_PX, "data-k": k, draggable: "false", error: () => still.remove() });
      still.style.setProperty("left", `${100 * k * everyS / this.rows.durationS}%`);
      strip.append(still);
    }
  }

  private equipTools(): void {
    const { signal } = this;
    const zooms: Record<string, () => number> = { in: () => this.zoom * 2, out: () => this.zoom / 2, whole: () => 1 };
    all(this.root, "[data-zoom]").forEach((button) => button.addEventListener("click", () => this.look(zooms[button.dataset["zoom"] ?? ""]?.() ?? 1)));
    all(this.root, "[data-music]").forEach((button) => button.addEventListener("click", () => this.stepInMusic(Number(button.dataset["music"]))));
    this.seek.addEventListener("input", () => this.go(Number(this.seek.value), this.screen?.plays || player.playing));
    this.box.addEventListener("scroll", () => this.drawSeen(), { signal });
    this.box.addEventListener("wheel", (event) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      this.look(event.deltaY < 0 ? this.zoom * 2 : this.zoom / 2, this.timeAt(event));
    }, { passive: false, signal });
    const watcher = new ResizeObserver(() => this.fit());
    watcher.observe(this.box);
    signal.addEventListener("abort", () => watcher.disconnect());
  }

  private timeAt(event: MouseEvent): number {
    const box = this.plot.getBoundingClientRect();
    return this.rows.durationS * Math.max(0, Math.min((event.clientX - box.left) / box.width, 1));
  }

  private equipPointer(): void {
    this.lanes.addEventListener("pointermove", (event) => this.readOut(this.timeAt(event)));
    this.lanes.addEventListener("pointerleave", () => this.readOut(this.timeS));
    this.lanes.addEventListener("click", (event) => {
      const inside = event.clientX >= this.plot.getBoundingClientRect().left;
      if (inside && !(event.target as Element).closest(".seek, .label")) this.go(this.timeAt(event), true);
    });
  }

  /* ---- tables ---- */

  private equipTables(): void {
    for (const cell of all(this.root, "td[data-film]")) this.playable(cell, Number(cell.dataset["film"]));
    const own = [["placements", this.rows.placements.map(([, fromS]) => fromS)], ["dialogue", this.rows.spoken.map(([fromS]) => fromS)]] as const;
    for (const [name, starts] of own) {
      const lines = all<HTMLTableRowElement>(this.root, `table.${name} tbody tr`);
      if (lines.length === starts.length) lines.forEach((line, k) => this.playable(line.cells[0], starts[k] ?? 0));
    }
    const kinds = this.root.querySelector<HTMLElement>("[data-kinds]");
    if (!kinds) return;
    kinds.hidden = false;
    kinds.addEventListener("change", () => {
      const shown = all<HTMLInputElement>(kinds, "input:checked").map((box) => box.name);
      for (const line of all(this.root, "tr[data-kind]")) line.hidden = !shown.includes(line.dataset["kind"] ?? "");
    });
  }

  /* The time in a cell becomes what plays the film there. */
  private playable(cell: HTMLElement | undefined, timeS: number): void {
    const words = cell?.textContent?.trim() ?? "";
    const play = (): void => this.playFilm(timeS);
    cell?.replaceChildren(h("button", { type: "button", class: "chip", "aria-label": `Play in the film at ${words}`, click: play }, words));
  }
}
