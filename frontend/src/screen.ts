/* The film itself: the reader's own file, or a small copy that is made of it on demand. */

import { ask, tried } from "./ask";
import { all, one } from "./dom";
import { player } from "./player";

export interface Shown {
  shown: boolean;
  media: string;
  is_copy: boolean;
  has_picture: boolean;
  stills: string;
  step_s: number;
  still_px: number;
  needs: string;
  making: boolean;
  share: number;
  at_most_mb: number;
  words: string;
}

export type Spoken = [fromS: number, untilS: number, who: string, text: string];

const GLANCE_MS = 1000;

export class Screen {
  readonly video: HTMLVideoElement;
  told: Shown | null = null;

  constructor(
    private readonly root: HTMLElement, private readonly api: string, spoken: Spoken[],
    private readonly signal: AbortSignal, private readonly changed: () => void,
  ) {
    this.video = one<HTMLVideoElement>(root, "video");
    this.video.volume = player.level;
    caption(this.video, spoken);
    this.video.addEventListener("error", () => this.cannot("This browser cannot play the film as it is."));
    this.video.addEventListener("loadedmetadata", () => {
      if (this.told?.has_picture && !this.video.videoWidth) this.cannot("This browser plays the sound of the film, not its picture.");
    });
    signal.addEventListener("abort", () => { this.video.pause(); this.video.removeAttribute("src"); this.video.load(); });
    all(root, "[data-copy]").forEach((button) => button.addEventListener("click", () =>
      void tried(async () => this.tell(await ask<Shown>(`${api}/copy${button.dataset["copy"] === "stop" ? "/stop" : ""}`, "POST", {})))));
    void this.look();
  }

  get isReady(): boolean {
    return Boolean(this.told?.media);
  }

  get plays(): boolean {
    return !this.video.paused && !this.video.ended;
  }

  async playFrom(timeS: number): Promise<void> {
    this.go(timeS);
    await this.video.play().catch(() => undefined); // a failure is told by the error event
  }

  go(timeS: number): void {
    if (this.video.readyState > 0) this.video.currentTime = timeS;
    else this.video.addEventListener("loadedmetadata", () => { this.video.currentTime = timeS; }, { once: true, signal: this.signal });
  }

  private async look(): Promise<void> {
    const told = await ask<Shown>(this.api).catch(() => null);
    if (told && !this.signal.aborted) this.tell(told);
  }

  private tell(told: Shown): void {
    const isNew = told.media !== this.told?.media || told.is_copy !== this.told?.is_copy;
    this.told = told;
    if (told.media && isNew) this.open(told.media);
    one(this.root, ".shown").hidden = !told.media;
    one(this.root, ".shown").classList.toggle("mute-picture", !told.has_picture);
    this.say(this.wordsOf(told), told.shown && !told.media);
    if (told.making) setTimeout(() => { if (!this.signal.aborted) void this.look(); }, GLANCE_MS);
    this.changed();
  }

  private open(address: string): void {
    const timeS = this.video.currentTime;
    this.video.src = `${address}?v=${this.told?.is_copy ? "copy" : "own"}`;
    if (timeS) this.go(timeS);
  }

  private wordsOf(told: Shown): string {
    if (!told.shown || told.words) return told.words;
    if (told.media) return told.is_copy ? "A small copy of the film plays." : "";
    if (told.making) return `A small copy is being made: ${Math.round(told.share * 100)} %.`;
    const begun = told.share > 0 ? ` ${Math.round(told.share * 100)} % of it is there already.` : "";
    return `The film cannot be played as it is: ${told.needs}. A small copy of it can be made beside the music, of ${told.at_most_mb} MB at most.${begun}`;
  }

  private cannot(words: string): void {
    if (this.video.getAttribute("src")) this.say(words, Boolean(this.told && !this.told.is_copy));
  }

  private say(words: string, offersCopy: boolean): void {
    const making = this.told?.making ?? false;
    one(this.root, ".film-state").textContent = words;
    one(this.root, ".copy").hidden = !offersCopy;
    const progress = one<HTMLProgressElement>(this.root, "progress");
    progress.hidden = !making;
    progress.value = this.told?.share ?? 0;
    one(this.root, "[data-copy=make]").hidden = making;
    one(this.root, "[data-copy=make]").textContent = this.told?.share ? "Go on with the copy" : "Make a small copy";
    one(this.root, "[data-copy=stop]").hidden = !making;
  }
}

function caption(video: HTMLVideoElement, spoken: Spoken[]): void {
  const said = spoken.filter(([, , , text]) => text);
  if (!said.length) return;
  const track = video.addTextTrack("captions", "Lines");
  for (const [fromS, untilS, who, text] of said) track.addCue(new VTTCue(fromS, untilS, plainCue(who ? `${who}: ${text}` : text)));
}

/* Words stay words: a cue is a small language of its own. */
function plainCue(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
