/* The bar at the foot of every page: what plays, where it is, and how to move in it. */

import { all, calm, clock, one } from "./dom";
import { player } from "./player";
import { settings, trackAt, type Track } from "./settings";

const dock = (): HTMLElement => one(document, ".dock");

export function equipDock(openHelp: () => void): void {
  const acts: Record<string, () => void> = {
    toggle: toggleHere, next: () => step(1), previous: () => step(-1), loop: loopHere, help: openHelp,
  };
  for (const [name, act] of Object.entries(acts))
    all(dock(), `[data-act=${name}]`).forEach((button) => button.addEventListener("click", act));
  const level = one<HTMLInputElement>(dock(), ".level input");
  level.addEventListener("input", () => { player.level = Number(level.value); });
  const along = one<HTMLInputElement>(dock(), ".along");
  along.addEventListener("input", () => player.seek(Number(along.value)));
  all(dock(), "[data-side]").forEach((button) =>
    button.addEventListener("click", () => { if (player.memory?.side !== Number(button.dataset["side"])) player.swap(); }));
  player.onChange(show);
  player.onTick(showTime);
  equipMediaKeys();
}

/* Before anything was played: the track that a reader looks at. */
export function toggleHere(): void {
  const track = player.track ?? inSight();
  if (player.track || !track) player.toggle();
  else void player.playFrom(track.n, 0);
}

function inSight(): Track | undefined {
  const seen = all(document, ".track[data-n]").filter((part) => part.getBoundingClientRect().bottom > 80);
  return seen.map((part) => trackAt(Number(part.dataset["n"]))).find((track) => player.canPlay(track));
}

/* On to the next occurrence of a row, else to the next track. */
export function step(direction: number): void {
  if (player.row) { player.stepInRow(direction); return; }
  const known = settings.tracks.filter((one) => player.canPlay(one));
  const next = known[(player.track ? known.findIndex((one) => one.n === player.track?.n) : -1) + direction];
  if (!next) return;
  void player.playFrom(next.n, 0);
  if (next.page.startsWith("#")) one(document, next.page).scrollIntoView({ behavior: calm.matches ? "auto" : "smooth" });
}

/* Round and round the selection, or the stretch that was played last. */
export function loopHere(): void {
  if (player.looping) { const timeS = player.timeS; player.pause(); if (player.track) void player.playFrom(player.track.n, timeS); return; }
  const selected = document.querySelector<HTMLElement>("[data-selected-from]");
  const track = selected && trackAt(Number(selected.dataset["n"]));
  const cut = track && selected
    ? { track, fromS: Number(selected.dataset["selectedFrom"]), untilS: Number(selected.dataset["selectedUntil"]), lufs: null }
    : player.row?.cuts[player.row.at] ?? player.stretch;
  if (cut) void player.loop([cut]);
}

function show(): void {
  const { track } = player;
  if (!track) return;
  dock().hidden = false;
  document.body.classList.add("docked");
  const link = one<HTMLAnchorElement>(dock(), ".title");
  link.textContent = track.title;
  link.href = track.page;
  one(dock(), ".what").textContent = what();
  const main = one(dock(), "[data-act=toggle]");
  main.classList.toggle("playing", player.playing);
  main.setAttribute("aria-label", player.playing ? "Pause" : "Play");
  dock().querySelector("[data-act=loop]")?.setAttribute("aria-pressed", String(player.looping));
  dock().querySelector(".sides")?.toggleAttribute("hidden", !player.comparing);
  all(dock(), "[data-side]").forEach((button, k) => button.setAttribute("aria-pressed", String(player.memory?.side === k)));
  showMedia();
}

function what(): string {
  if (player.comparing) return player.memory?.side ? "B: as it is here" : "A: the prototype";
  if (player.looping) return "looping";
  return player.row && player.row.at >= 0 ? `${player.row.at + 1} of ${player.row.cuts.length}` : "";
}

function showTime(): void {
  const { track, timeS } = player;
  if (!track) return;
  const along = one<HTMLInputElement>(dock(), ".along");
  along.max = String(track.durationS);
  if (document.activeElement !== along || player.playing) along.value = String(timeS);
  const said = `${clock(timeS)} of ${clock(Math.round(track.durationS))}`;
  if (along.getAttribute("aria-valuetext") !== said) {
    along.setAttribute("aria-valuetext", said);
    one(dock(), ".time").textContent = `${clock(timeS)} / ${clock(Math.round(track.durationS))}`;
  }
}

/* ---- the keys of a keyboard or a headset ---- */

function equipMediaKeys(): void {
  if (!("mediaSession" in navigator)) return;
  const keys: [MediaSessionAction, MediaSessionActionHandler][] = [
    ["play", () => player.toggle()], ["pause", () => player.pause()],
    ["nexttrack", () => step(1)], ["previoustrack", () => step(-1)],
    ["seekto", (how) => player.seek(how.seekTime ?? player.timeS)],
    ["seekbackward", (how) => player.seek(player.timeS - (how.seekOffset ?? 10))],
    ["seekforward", (how) => player.seek(player.timeS + (how.seekOffset ?? 10))],
  ];
  for (const [name, act] of keys) navigator.mediaSession.setActionHandler(name, act);
}

function showMedia(): void {
  if (!("mediaSession" in navigator) || !player.track) return;
  const { title, durationS } = player.track;
  navigator.mediaSession.metadata = new MediaMetadata({ title, album: settings.album });
  navigator.mediaSession.playbackState = player.playing ? "playing" : "paused";
  navigator.mediaSession.setPositionState({ duration: durationS, position: Math.min(player.timeS, durationS), playbackRate: 1 });
}
