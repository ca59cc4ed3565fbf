/* The article's script: opens the evidence beside the text, and plays its passages by the one player. */

import { attach } from "./attached";
import { all, one } from "./dom";
import { player } from "./player";
import { plain, readSettings, settings, trackAt, type Track } from "./settings";

interface Opened {
  mark: HTMLAnchorElement;
  card: HTMLElement;
  home: HTMLElement;
}

interface Passage {
  element: HTMLElement;
  button: HTMLButtonElement;
  label: string;
  track: Track | undefined;
  fromS: number;
  untilS: number;
}

let opened: Opened | null = null;
let passages: Passage[] = [];
let current: Passage | null = null;
let starting = false;

/* ---- evidence ---- */

function equipMark(mark: HTMLAnchorElement): void {
  const card = one(document, mark.hash);
  mark.setAttribute("aria-expanded", "false");
  mark.setAttribute("aria-controls", card.id);
  mark.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (opened?.mark === mark) close(true);
    else open(mark, card);
  });
  mark.addEventListener("keydown", (event) => {
    if (event.key !== " ") return;
    event.preventDefault();
    mark.click();
  });
}

/* The card itself moves below the paragraph of its mark, and goes home when it is closed. */
function open(mark: HTMLAnchorElement, card: HTMLElement): void {
  close(false);
  let block: HTMLElement = mark;
  while (block.parentElement && block.parentElement.id !== "text") block = block.parentElement;
  opened = { mark, card, home: card.parentElement as HTMLElement };
  block.after(card);
  card.classList.add("open");
  one(card, ".close").hidden = false;
  mark.setAttribute("aria-expanded", "true");
  placeCard();
  card.focus({ preventScroll: true });
  bringIntoView(card);
}

function close(returns: boolean): void {
  if (!opened) return;
  const { mark, card, home } = opened;
  if (current && card.contains(current.element)) stop();
  opened = null;
  card.classList.remove("open");
  one(card, ".close").hidden = true;
  home.append(card);
  mark.setAttribute("aria-expanded", "false");
  if (returns) mark.focus();
}

/* In the margin, a card stands level with its mark. */
function placeCard(): void {
  if (!opened) return;
  const top = opened.mark.getBoundingClientRect().top - one(document, "#text").getBoundingClientRect().top;
  opened.card.style.setProperty("--top", `${Math.max(0, Math.round(top) - 14)}px`);
}

function bringIntoView(card: HTMLElement): void {
  const box = card.getBoundingClientRect();
  if (box.top < 0 || box.bottom > innerHeight)
    card.scrollIntoView({ block: box.height > innerHeight ? "start" : "nearest" });
}

/* ---- passages ---- */

/* A clip holds its passage alone, and so is a track of its own. */
function passageOf(element: HTMLElement, k: number): Passage {
  const button = one<HTMLButtonElement>(element, ".sound");
  const [fromS, untilS] = [Number(element.dataset["from"]), Number(element.dataset["until"])];
  const clip = element.querySelector("audio");
  const track = clip ? clipped(clip, -1 - k, untilS - fromS) : trackAt(Number(element.dataset["track"] ?? NaN));
  const label = button.getAttribute("aria-label") ?? "";
  return { element, button, label, track, ...(clip ? { fromS: 0, untilS: untilS - fromS } : { fromS, untilS }) };
}

function clipped(clip: HTMLAudioElement, n: number, durationS: number): Track {
  const track: Track = { n, title: clip.ariaLabel ?? "", file: `clip ${n}`, durationS, page: "", audio: clip.src, excerpt: "", isScore: false };
  settings.tracks.push(track);
  return track;
}

function equipPassage(passage: Passage): void {
  passage.button.addEventListener("click", () => {
    if (current === passage) stop();
    else void play(passage);
  });
}

async function play(passage: Passage): Promise<void> {
  if (!passage.track) return;
  stop();
  current = passage;
  starting = true;
  passage.element.classList.add("playing");
  passage.button.setAttribute("aria-label", passage.label.replace("Play", "Stop"));
  await player.playFrom(passage.track.n, passage.fromS, passage.untilS);
  if (current === passage) starting = false;
  show();
}

function show(): void {
  for (const { button, track } of passages) button.hidden = !player.canPlay(track);
  if (current && !starting && !player.playing) ended();
}

function stop(): void {
  starting = false;
  player.pause();
  ended();
}

function ended(): void {
  if (!current) return;
  const { element, button, label } = current;
  current = null;
  element.classList.remove("playing");
  element.style.setProperty("--at", "0");
  button.setAttribute("aria-label", label);
}

function follow(): void {
  if (!current || starting) return;
  const share = (player.timeS - current.fromS) / (current.untilS - current.fromS);
  current.element.style.setProperty("--at", Math.min(Math.max(share, 0), 1).toFixed(3));
}

/* ---- the reader's album ---- */

function equipAttaching(box: HTMLElement): void {
  box.hidden = false;
  const status = one(box, ".attached");
  for (const name of ["folder", "files"]) {
    const input = one<HTMLInputElement>(box, `#${name}`);
    one(box, `[data-act=${name}]`).addEventListener("click", () => input.click());
    input.addEventListener("change", () => {
      const files = [...(input.files ?? [])];
      player.pause();
      if (files.length) void attach(files, (words) => { status.textContent = words; }).then((words) => {
        status.textContent = words;
        show();
      });
      input.value = "";
    });
  }
}

/* ---- the claims ---- */

function equipSaving(button: HTMLElement): void {
  button.hidden = false;
  button.addEventListener("click", () => {
    const claims = JSON.stringify(plain(document, "claims"), null, 1);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([claims], { type: "application/json" }));
    link.download = "claims.json";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  });
}

document.documentElement.classList.add("js");
readSettings(document);
all<HTMLAnchorElement>(document, "a.mark").forEach(equipMark);
all(document, ".card .close").forEach((button) => button.addEventListener("click", () => close(true)));
document.addEventListener("keydown", (event) => { if (event.key === "Escape" && opened) close(true); });
addEventListener("resize", placeCard);
addEventListener("beforeprint", () => close(false));
passages = all(document, ".passage").map(passageOf);
passages.forEach(equipPassage);
player.onChange(show);
player.onTick(follow);
show();
all(document, ".attach").forEach(equipAttaching);
all(document, "[data-act=save]").forEach(equipSaving);
