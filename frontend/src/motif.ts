/* A motif: every occurrence to hear, to compare with the prototype, to confirm or to reject. */

import { ask, toast, tried } from "./ask";
import { all, calm, one } from "./dom";
import { refresh } from "./go";
import { cutOf, equipRow } from "./in_a_row";
import { equipLane } from "./marks";
import { player } from "./player";
import { whenSettled } from "./settling";
import { settings, trackCalled } from "./settings";
import { undo } from "./track";

export function mountMotif(root: HTMLElement, signal: AbortSignal): void {
  all(root, ".motif-map .figure").forEach(equipLane);
  const rows = all(root, ".trail > li");
  const box = root.querySelector<HTMLElement>(".in-a-row");
  const showRow = box ? equipRow(box, () => rows.filter((row) => !row.classList.contains("rejected")), signal) : () => undefined;
  const ready = (): void => { showRow(); showCompare(root, rows); };
  ready();
  document.addEventListener("unsung-attached", ready, { signal });
  rows.forEach((row) => {
    row.querySelector("[data-act=compare]")?.addEventListener("click", () => compare(root, row));
    equipJudging(root, row);
  });
  equipNaming(root);
  player.onChange(() => showCompare(root, rows), signal);
  const chosen = rows.find((row) => row.dataset["number"] === root.dataset["chosen"]);
  chosen?.scrollIntoView({ block: "center", behavior: calm.matches ? "auto" : "smooth" });
}

/* ---- side by side ---- */

function compare(root: HTMLElement, row: HTMLElement): void {
  const [prototype, here] = [cutOf(one(root, "#prototype")), cutOf(row)];
  if (!prototype || !here) return;
  if (player.comparing && row.classList.contains("compared-now")) return player.swap();
  all(root, ".compared-now").forEach((other) => other.classList.remove("compared-now"));
  row.classList.add("compared-now");
  void player.loop([prototype, here]);
}

function showCompare(root: HTMLElement, rows: HTMLElement[]): void {
  const prototype = cutOf(one(root, "#prototype"));
  for (const row of rows) {
    const button = row.querySelector<HTMLButtonElement>("[data-act=compare]");
    if (!button) continue;
    button.hidden = !prototype || !cutOf(row);
    const isOn = player.comparing && row.classList.contains("compared-now");
    if (!player.comparing) row.classList.toggle("compared-now", false);
    button.textContent = isOn ? (player.memory?.side ? "hearing B" : "hearing A") : "A/B";
  }
}

/* ---- what a person says ---- */

function equipJudging(root: HTMLElement, row: HTMLElement): void {
  const box = row.querySelector<HTMLElement>(".judge");
  if (!box) return;
  box.hidden = false;
  all(box, "[data-holds]").forEach((button) => button.addEventListener("click", () => void tried(async () => {
    const holds = button.dataset["holds"] === "yes";
    const at = { track: trackCalled(row.dataset["track"] ?? "")?.n, from_s: Number(row.dataset["from"]), to_s: Number(row.dataset["until"]) };
    const reply = await ask<{ settled?: boolean }>(`${settings.api}statements`, "POST", { motif: root.dataset["label"], ...at, holds });
    await refresh();
    void whenSettled(reply);
    toast(holds ? "Confirmed: it is stated there." : "Rejected: it is not there.", undo);
  })));
}

function equipNaming(root: HTMLElement): void {
  const form = root.querySelector<HTMLFormElement>(".name-form");
  form?.addEventListener("submit", (event) => {
    event.preventDefault();
    const said = Object.fromEntries(new FormData(form)) as Record<string, string>;
    void tried(async () => {
      await ask(`${settings.api}names`, "POST", { motif: root.dataset["label"], ...said });
      await refresh();
      toast(`Kept: it is called ${said["name"]}.`, undo);
    });
  });
}
