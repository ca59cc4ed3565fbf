/* The one player: it outlives the pages, so that music goes on while a reader wanders. */

import { tried, toast } from "./ask";
import { addressOf, isAttached } from "./attached";
import { calm } from "./dom";
import { trackAt, type Track } from "./settings";
import { awake, excerpt, looped, type Cut, type Playing } from "./sound";

export interface Row {
  cuts: Cut[];
  at: number;
}

type Watcher = () => void;

class Player {
  readonly audio = new Audio();
  track: Track | null = null;
  row: Row | null = null;
  /* A loop or a comparison that plays from memory. */
  memory: Playing | null = null;
  /* What was last asked for as a stretch: what a loop goes round. */
  stretch: Cut | null = null;
  private pair: Cut[] = [];
  private untilS: number | null = null;
  private wantedS: number | null = null;
  private loading = 0;
  private readonly watchers = new Set<Watcher>();
  private readonly tickers = new Set<Watcher>();

  constructor() {
    this.audio.preload = "metadata";
    for (const name of ["play", "pause", "ended"]) this.audio.addEventListener(name, () => this.changed());
    for (const name of ["timeupdate", "seeked"]) this.audio.addEventListener(name, () => this.ticked());
    this.audio.addEventListener("error", () => {
      if (this.audio.getAttribute("src")) toast("The recording could not be played: it has moved, or its format is unknown here.");
    });
  }

  get playing(): boolean {
    return this.memory !== null || (!this.audio.paused && !this.audio.ended);
  }

  get timeS(): number {
    return this.memory?.timeS() ?? this.wantedS ?? this.audio.currentTime;
  }

  get level(): number {
    return this.audio.volume;
  }

  get comparing(): boolean {
    return this.memory !== null && this.pair.length === 2;
  }

  get looping(): boolean {
    return this.memory !== null && this.pair.length === 1;
  }

  set level(value: number) {
    this.audio.volume = Math.max(0, Math.min(1, value));
    this.memory?.level(this.audio.volume);
  }

  onChange(watcher: Watcher, signal?: AbortSignal): void {
    this.watchers.add(watcher);
    signal?.addEventListener("abort", () => this.watchers.delete(watcher));
  }

  onTick(watcher: Watcher, signal?: AbortSignal): void {
    this.tickers.add(watcher);
    signal?.addEventListener("abort", () => this.tickers.delete(watcher));
  }

  canPlay(track: Track | undefined): track is Track {
    return track !== undefined && !track.isScore && (track.audio !== "" || isAttached(track));
  }

  /* ---- along a track ---- */

  async playFrom(n: number, timeS: number, untilS: number | null = null, inRow = false): Promise<void> {
    if (!inRow) this.endRow();
    const track = trackAt(n);
    this.stretch = track && untilS !== null ? { track, fromS: timeS, untilS, lufs: null } : null;
    await this.go(n, timeS, untilS);
    await this.audio.play().catch(() => undefined); // a failure is told by the error event
  }

  async go(n: number, timeS: number, untilS: number | null = null): Promise<void> {
    const track = trackAt(n);
    if (!this.canPlay(track)) return;
    this.endMemory();
    const turn = ++this.loading;
    this.untilS = untilS;
    this.wantedS = Math.max(0, Math.min(timeS, track.durationS - 0.01));
    if (this.track !== track || !this.audio.getAttribute("src")) {
      this.audio.pause();
      this.track = track;
      this.changed();
      let address = "";
      if (!(await tried(async () => { address = await addressOf(track); })) || turn !== this.loading) return;
      this.audio.src = address;
    }
    if (this.audio.readyState > 0) this.goToWanted();
    else this.audio.addEventListener("loadedmetadata", () => { if (turn === this.loading) this.goToWanted(); }, { once: true });
    this.ticked();
  }

  seek(timeS: number): void {
    if (!this.track) return;
    this.endRow();
    void this.move(timeS);
  }

  private async move(timeS: number): Promise<void> {
    const wasPlaying = this.playing;
    if (!this.track) return;
    await this.go(this.track.n, timeS);
    if (wasPlaying) await this.audio.play().catch(() => undefined);
  }

  private goToWanted(): void {
    if (this.wantedS === null) return;
    this.audio.currentTime = this.wantedS;
    this.wantedS = null;
  }

  pause(): void {
    this.endMemory();
    this.audio.pause();
  }

  toggle(): void {
    if (this.playing) return this.pause();
    if (this.track) void this.audio.play().catch(() => undefined);
  }

  /* ---- in a row ---- */

  startRow(cuts: Cut[]): void {
    this.row = { cuts, at: -1 };
    this.stepInRow(1);
  }

  /* Wherever a reader goes by hand, a row that was playing is over. */
  private endRow(): void {
    if (!this.row) return;
    this.row = null;
    this.changed();
  }

  stepInRow(direction: number): boolean {
    const cut = this.row?.cuts[this.row.at + direction];
    if (!this.row || !cut) { this.row = null; this.changed(); return false; }
    this.row.at += direction;
    void this.playFrom(cut.track.n, cut.fromS, cut.untilS, true);
    this.changed();
    return true;
  }

  /* ---- from memory ---- */

  async loop(cuts: Cut[]): Promise<void> {
    awake();
    const turn = ++this.loading;
    const buffers: AudioBuffer[] = [];
    const done = await tried(async () => { for (const one of cuts) buffers.push(await excerpt(one)); });
    if (!done || turn !== this.loading) return;
    this.pause();
    ++this.loading;
    this.row = null;
    this.pair = cuts;
    this.memory = looped(cuts, buffers, this.level);
    this.track = this.memory.cut.track;
    this.audio.removeAttribute("src");
    this.changed();
  }

  swap(): void {
    if (!this.memory) return;
    this.memory.swap();
    this.track = this.memory.cut.track;
    this.changed();
  }

  /* The stream takes over where the memory was. */
  private endMemory(): void {
    if (!this.memory) return;
    const timeS = this.memory.timeS();
    this.memory.stop();
    this.memory = null;
    this.pair = [];
    this.wantedS = timeS;
    const track = this.track;
    if (track) {
      const turn = ++this.loading;
      void addressOf(track).then((address) => {
        if (turn !== this.loading) return;
        this.audio.src = address;
        this.audio.addEventListener("loadedmetadata", () => { if (turn === this.loading) this.goToWanted(); }, { once: true });
      });
    }
    this.changed();
  }

  /* ---- telling ---- */

  private changed(): void {
    for (const watcher of this.watchers) watcher();
    this.ticked();
    if (this.playing) this.run();
  }

  private running = false;

  private run(): void {
    if (this.running) return;
    this.running = true;
    const step = (): void => {
      if (!this.playing) { this.running = false; return; }
      if (!calm.matches || this.memory) this.ticked();
      requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  }

  private ticked(): void {
    this.stopWhereWanted();
    for (const ticker of this.tickers) ticker();
  }

  private stopWhereWanted(): void {
    if (this.memory || this.wantedS !== null || this.untilS === null) return;
    if (this.audio.currentTime < this.untilS && !this.audio.ended) return;
    this.untilS = null;
    this.audio.pause();
    if (this.row) this.stepInRow(1);
  }
}

export const player = new Player();
