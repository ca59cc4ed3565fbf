/* A motif's occurrences, one after the other, through all tracks. */

import { calm, clock, one } from "./dom";
import { player } from "./player";
import { trackCalled } from "./settings";
import type { Cut } from "./sound";

/* What an element of the page names, if it can be played. */
export function cutOf(element: HTMLElement): Cut | null {
  const track = trackCalled(element.dataset["track"] ?? "");
  if (!player.canPlay(track)) return null;
  const lufs = element.dataset["lufs"];
  return { track, fromS: Number(element.dataset["from"]), untilS: Number(element.dataset["until"]), lufs: lufs ? Number(lufs) : null };
}

/* Equips the box with the button; what comes back shows it again when other tracks can be played. */
export function equipRow(box: HTMLElement, elements: () => HTMLElement[], signal?: AbortSignal): () => void {
  const button = one<HTMLButtonElement>(box, "button"), status = one(box, "[role=status]");
  const cuts = (): Cut[] => elements().map(cutOf).filter((cut): cut is Cut => cut !== null);
  let ours: Cut[] = [];
  const plays = (): boolean => player.row !== null && player.row.cuts === ours;
  button.onclick = () => {
    if (plays()) { player.row = null; player.pause(); }
    else player.startRow(ours = cuts());
  };
  player.onChange(() => {
    button.textContent = plays() ? "Stop" : "Play all in a row";
    const cut = plays() ? player.row?.cuts[player.row.at] : undefined;
    const words = cut ? `${(player.row?.at ?? 0) + 1} of ${ours.length}: ${cut.track.title}, ${clock(cut.fromS)}` : "";
    if (status.textContent === words) return;
    status.textContent = words;
    if (cut) bringIntoView(elements(), cut);
  }, signal);
  return () => { box.hidden = cuts().length < 2; };
}

function bringIntoView(elements: HTMLElement[], cut: Cut): void {
  const playing = elements.find((it) => cutOf(it)?.track.n === cut.track.n && Number(it.dataset["from"]) === cut.fromS);
  playing?.scrollIntoView({ block: "nearest", behavior: calm.matches ? "auto" : "smooth" });
}
