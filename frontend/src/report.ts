/* The report's script: the explorer's player on a page that lies on disk. */

import { equipDock } from "./dock";
import { all } from "./dom";
import { cutOf, equipRow } from "./in_a_row";
import { equipKeys, openHelp } from "./keys";
import { equipLanes, equipPointer, lanesOf } from "./lanes";
import { equipLane, equipMarks, gatherMarks } from "./marks";
import { player } from "./player";
import { readSettings, settings } from "./settings";
import { mountTable } from "./table";
import type { Cut } from "./sound";

function mountTrack(root: HTMLElement): void {
  const view = lanesOf(root);
  if (!view) return;
  equipLanes(view);
  equipPointer(view, {
    moved: (_fromS, timeS) => void player.go(view.track.n, timeS),
    ended: (timeS) => void player.playFrom(view.track.n, timeS),
  });
  view.lanes.classList.toggle("live", player.canPlay(view.track));
}

function mountMotif(part: HTMLElement): void {
  const links = all(part, ".occurrences > li:not(.rejected) a.play-one").filter(cutOf).sort(inStoryOrder);
  const box = part.querySelector<HTMLElement>(".in-a-row");
  if (box) equipRow(box, () => links)();
  const prototype = part.querySelector<HTMLElement>(":scope > .note a.play-one");
  all(part, "[data-act=after]").forEach((button) => {
    const cuts = [prototype, button.parentElement?.querySelector<HTMLElement>("a.play-one")].map((it) => it && cutOf(it));
    button.hidden = cuts.some((cut) => !cut);
    button.addEventListener("click", () => player.startRow(cuts as Cut[]));
  });
}

function inStoryOrder(one: HTMLElement, other: HTMLElement): number {
  const [a, b] = [cutOf(one), cutOf(other)];
  return a && b ? a.track.n - b.track.n || a.fromS - b.fromS : 0;
}

document.documentElement.classList.add("js");
readSettings(document);
all(document, "table.sortable").forEach((table) => mountTable(table as HTMLTableElement));
if (document.querySelector(".dock")) {
  equipMarks();
  equipDock(openHelp);
  equipKeys();
  all(document, ".help, .keys-help").forEach((help) => { help.hidden = !settings.tracks.some((track) => player.canPlay(track)); });
  all(document, ".help [data-act=help]").forEach((button) => button.addEventListener("click", openHelp));
  all(document, ".track").forEach(mountTrack);
  all(document, ".motif-part").forEach(mountMotif);
  all(document, ".motif-map .figure").forEach(equipLane);
  gatherMarks();
}
