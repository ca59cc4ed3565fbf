/* What a person says of whole motifs: these two are one, these places are a motif of their own. */

import { ask, toast, tried } from "./ask";
import { h, one } from "./dom";
import { whenSettled } from "./settling";
import { settings, trackCalled } from "./settings";
import { undo } from "./track";

interface Reply {
  label: string;
  settled: boolean;
}

/* ---- two that are one ---- */

export function equipJoining(root: HTMLElement): void {
  const form = root.querySelector<HTMLFormElement>(".join-form");
  if (!form) return;
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const motif = root.dataset["label"], other = String(new FormData(form).get("other"));
    void tried(async () => {
      await say("joinings", { motif, other });
      toast(`Motifs ${motif} and ${other} are one now: motif ${motif}.`, undo);
    });
  });
}

/* ---- places of their own ---- */

export function equipParting(root: HTMLElement, rows: HTMLElement[]): void {
  const form = root.querySelector<HTMLFormElement>(".parting");
  const places = rows.filter((row) => row.querySelector("[data-pick]"));
  if (!form || places.length < 2) return;
  one(root, ".parting-hint").hidden = false;
  const boxes = places.map((row) => one<HTMLInputElement>(row, "[data-pick]"));
  const show = (): void => showChosen(root, form, boxes);
  equipBoxes(boxes, show);
  one(form, "[data-do=none]").addEventListener("click", () => { boxes.forEach((box) => { box.checked = false; }); show(); boxes[0]?.focus(); });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void part(root, form, places.filter((_row, k) => boxes[k]?.checked));
  });
}

/* A click ticks one, with Shift all from the last one on; Shift and an arrow go on to the next. */
function equipBoxes(boxes: HTMLInputElement[], show: () => void): void {
  let last = 0;
  const tick = (from: number, to: number, on: boolean): void => {
    for (let k = Math.min(from, to); k <= Math.max(from, to); k++) { const box = boxes[k]; if (box) box.checked = on; }
    last = to;
    show();
  };
  boxes.forEach((box, k) => {
    one<HTMLElement>(box.closest("li") ?? box, ".pick").hidden = false;
    box.addEventListener("click", (event) => tick(event.shiftKey ? last : k, k, box.checked));
    box.addEventListener("keydown", (event) => {
      const to = k + ({ ArrowDown: 1, ArrowUp: -1 }[event.key] ?? 0);
      if (!event.shiftKey || to === k || !boxes[to]) return;
      event.preventDefault();
      tick(k, to, true);
      boxes[to]?.focus();
    });
  });
}

function showChosen(root: HTMLElement, form: HTMLFormElement, boxes: HTMLInputElement[]): void {
  const count = boxes.filter((box) => box.checked).length, isAll = count === boxes.length;
  form.hidden = count === 0;
  one<HTMLButtonElement>(form, "button.strong").disabled = isAll;
  const words = isAll ? `All ${count} places are chosen. Leave at least one with motif ${root.dataset["label"]}.` : `${count} of ${boxes.length} places chosen.`;
  const status = one(form, "[role=status]");
  if (status.textContent !== words) status.textContent = words;
}

async function part(root: HTMLElement, form: HTMLFormElement, chosen: HTMLElement[]): Promise<void> {
  const places = chosen.map((row) => ({
    track: trackCalled(row.dataset["track"] ?? "")?.n,
    from_s: Number(row.dataset["from"]), to_s: Number(row.dataset["until"]),
  }));
  const motif = root.dataset["label"], name = String(new FormData(form).get("called"));
  await tried(async () => {
    const { label } = await say("partings", { motif, places, name });
    const page = settings.motifs.find((it) => it.label === label)?.page;
    const called = page ? h("a", { href: page }, `motif ${label}`) : `motif ${label}`;
    toast([places.length === 1 ? "One place is now " : `${places.length} places are now `, called, "."], undo);
  });
}

/* Said, and shown once it is known what follows. */
async function say(what: string, said: Record<string, unknown>): Promise<Reply> {
  const reply = await ask<Reply>(`${settings.api}${what}`, "POST", said);
  toast("Kept. Working out what follows …");
  await whenSettled(reply, true);
  one(document, "main").focus({ preventScroll: true });
  return reply;
}
