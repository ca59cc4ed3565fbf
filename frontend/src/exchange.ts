/* Comments of the whole album: the latest, and the way in and out. */

import { annotations, author, text, times } from "./annotations";
import { ask, toast, tried } from "./ask";
import { clock, h, one } from "./dom";
import { settings, trackAt } from "./settings";
import { undo } from "./track";

const LATEST = 8;

export function mountExchange(root: HTMLElement): void {
  const label = one(root, "label.file");
  label.hidden = false;
  const input = one<HTMLInputElement>(label, "input");
  input.addEventListener("change", () => void bringIn(root, input));
  const back = one<HTMLButtonElement>(root, "[data-do=undo]");
  back.hidden = false;
  back.addEventListener("click", undo);
  void showLatest(root);
}

async function showLatest(root: HTMLElement): Promise<void> {
  await tried(async () => {
    const every = (await annotations());
    const latest = every.sort((a, b) => (a.modified < b.modified ? 1 : -1)).slice(0, LATEST);
    const list = one(root, "ol.latest");
    list.replaceChildren(...latest.map((said) => {
      const track = trackAt(said.unsung.track);
      const at = times(said)[0];
      const where = [track?.title ?? "a track that is not here", at === undefined ? "" : clock(at)].filter(Boolean).join(", ");
      const link = track ? h("a", { href: at === undefined ? track.page : `${track.page}#t=${at.toFixed(1)}` }, where) : where;
      return h("li", {}, h("p", { class: "by" }, link, " ", h("b", {}, author(said))), h("p", { class: "words" }, text(said)));
    }));
    if (!latest.length) list.replaceChildren(h("li", { class: "nothing-said" }, "Nobody wrote anything yet. Every track has a place for it."));
  });
}

async function bringIn(root: HTMLElement, input: HTMLInputElement): Promise<void> {
  const file = input.files?.[0];
  input.value = "";
  if (!file) return;
  await tried(async () => {
    const told = await ask<{ imported: number; known_already: number; refused: string[] }>(`${settings.api}annotations/import`, "POST", await file.text());
    const refused = told.refused.length ? ` ${told.refused.length} could not be read: ${told.refused[0]}.` : "";
    toast(`${told.imported} new from ${file.name}, ${told.known_already} known already.${refused}`);
    await showLatest(root);
  });
}
