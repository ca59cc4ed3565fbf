/* Comments of the whole album: the latest, and the way in and out. */

import { annotations, sourceOf, text, times } from "./annotations";
import { ask, toast, tried } from "./ask";
import { clock, h, one } from "./dom";
import { settings } from "./settings";

const LATEST = 8;

export function mountExchange(root: HTMLElement): void {
  const label = one(root, "label.file");
  label.hidden = false;
  const input = one<HTMLInputElement>(label, "input");
  input.addEventListener("change", () => void bringIn(root, input));
  void showLatest(root);
}

async function showLatest(root: HTMLElement): Promise<void> {
  await tried(async () => {
    const every = (await annotations()).filter((said) => !sourceOf(said).startsWith("urn:uuid:"));
    const latest = every.sort((a, b) => (a.modified < b.modified ? 1 : -1)).slice(0, LATEST);
    const list = one(root, "ol.latest");
    list.replaceChildren(...latest.map((said) => {
      const title = typeof said.target === "string" ? "" : said.target.title ?? "";
      const track = settings.tracks.find((one) => one.n === said.track) ?? settings.tracks.find((one) => one.title === title);
      const at = times(said)[0];
      const where = [track?.title ?? title, at === undefined ? "" : clock(at)].filter(Boolean).join(", ");
      const link = track ? h("a", { href: at === undefined ? track.page : `${track.page}#t=${at.toFixed(1)}` }, where) : where;
      return h("li", {}, h("p", { class: "by" }, link, " ", h("b", {}, said.creator?.name ?? "somebody")), h("p", { class: "words" }, text(said)));
    }));
    if (!latest.length) list.replaceChildren(h("li", { class: "nothing-said" }, "Nobody wrote anything yet. Every track has a place for it."));
  });
}

async function bringIn(root: HTMLElement, input: HTMLInputElement): Promise<void> {
  const file = input.files?.[0];
  input.value = "";
  if (!file) return;
  await tried(async () => {
    const told = await ask<{ added?: number; kept?: number }>(`${settings.api}annotations/import`, "POST", await file.text());
    const count = told.added ?? told.kept;
    toast(count === undefined ? `${file.name} was merged.` : `${file.name} was merged: ${count} new.`);
    await showLatest(root);
  });
}
