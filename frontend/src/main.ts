/* The explorer's script: mounts what a page holds, and keeps the music going between pages. */

import { mountArticle } from "./article";
import { toast } from "./ask";
import { attach, isAttached } from "./attached";
import { equipDock } from "./dock";
import { all, h } from "./dom";
import { mountExchange } from "./exchange";
import { mountFilm } from "./film";
import { equipWays, goTo } from "./go";
import { equipKeys, openHelp } from "./keys";
import { mountLibrary } from "./library";
import { mountMap } from "./map";
import { equipMarks, gatherMarks } from "./marks";
import { mountMotif } from "./motif";
import { mountSearch } from "./search";
import { readSettings, settings } from "./settings";
import { mountTable } from "./table";
import { mountTalk } from "./talk";
import { mountTrack } from "./track";

const ISLANDS: Record<string, (root: HTMLElement, signal: AbortSignal) => void> = {
  film: mountFilm, map: mountMap, track: mountTrack, motif: mountMotif, talk: mountTalk, exchange: mountExchange,
  search: mountSearch, library: mountLibrary, article: mountArticle, table: (root) => mountTable(root as HTMLTableElement),
};

let page = new AbortController();

function mount(): void {
  page.abort();
  page = new AbortController();
  document.documentElement.classList.add("js");
  for (const root of all(document, "[data-island]")) ISLANDS[root.dataset["island"] ?? ""]?.(root, page.signal);
  all<HTMLButtonElement>(document, "[data-act=attach]").forEach(equipAttach);
  gatherMarks();
}

function equipAttach(button: HTMLButtonElement): void {
  button.hidden = false;
  const input = h("input", { type: "file", multiple: true, hidden: true, accept: "audio/*,.flac,.opus,.ogg,.m4a", "aria-label": "Your files of this album" });
  button.after(input);
  button.addEventListener("click", () => input.click());
  const rest = button.textContent;
  input.addEventListener("change", () => void attach([...(input.files ?? [])], (words) => { button.textContent = words; }).then((words) => {
    toast(words);
    const found = settings.tracks.filter(isAttached).length;
    button.textContent = found ? `${found} of ${settings.tracks.length} attached` : rest;
    input.value = "";
    gatherMarks();
    document.dispatchEvent(new Event("unsung-attached"));
  }));
}

readSettings(document);
if (document.querySelector(".dock")) {
  equipMarks();
  equipDock(openHelp);
  equipKeys((address) => void goTo(address).then(() => document.querySelector<HTMLInputElement>("input[type=search]")?.focus()));
  equipWays(mount);
}
mount();
