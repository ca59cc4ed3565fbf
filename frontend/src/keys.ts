/* Shortcuts of single keys; a reader can switch them off, and they never take a key from a field. */

import { loopHere, step, toggleHere } from "./dock";
import { one } from "./dom";
import { player } from "./player";

const NAME = "unsung-shortcuts";
const dialog = (): HTMLDialogElement => one<HTMLDialogElement>(document, "#shortcuts");
const box = (): HTMLInputElement => one<HTMLInputElement>(document, "#use-shortcuts");

export function openHelp(): void {
  dialog().showModal();
}

export function equipKeys(goTo: (address: string) => void = () => undefined): void {
  try {
    box().checked = localStorage.getItem(NAME) !== "off";
    box().addEventListener("change", () => localStorage.setItem(NAME, box().checked ? "on" : "off"));
  } catch { /* a browser may keep no memory: then they are on at every visit */ }
  document.addEventListener("keydown", (event) => onKey(event, goTo));
}

/* What the page itself does with a key goes before: it listens for `unsung-key`. */
function onKey(event: KeyboardEvent, goTo: (address: string) => void): void {
  const target = event.target as Element;
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || dialog().open || !box().checked) return;
  if (target.closest("input:not([type=checkbox]), select, textarea, audio, [contenteditable]")) return;
  if ((event.key === " " || event.key === "Enter") && target.closest("button, a, summary, label")) return;
  if (event.key.startsWith("Arrow") && target.closest("[role=region][tabindex]")) return; // there they scroll
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const own = new CustomEvent("unsung-key", { detail: key, cancelable: true });
  const act = document.dispatchEvent(own) ? actOf(key, goTo) : () => undefined;
  if (!act) return;
  event.preventDefault();
  act();
}

let levelBefore = 1;

function mute(): void {
  if (player.level > 0) levelBefore = player.level;
  setLevel(player.level > 0 ? 0 : levelBefore);
}

function setLevel(value: number): void {
  player.level = value;
  one<HTMLInputElement>(document, ".dock .level input").value = String(player.level);
}

function actOf(key: string, goTo: (address: string) => void): (() => void) | undefined {
  const by = (seconds: number) => (): void => player.seek(player.timeS + seconds);
  const louder = (change: number) => (): void => setLevel(player.level + change);
  if (/^\d$/.test(key)) return () => player.track && player.seek(player.track.durationS * Number(key) / 10);
  const acts: Record<string, () => void> = {
    " ": toggleHere, k: toggleHere, "?": openHelp,
    ArrowLeft: by(-5), ArrowRight: by(5), j: by(-10), l: by(10), ",": by(-0.1), ".": by(0.1),
    n: () => step(1), p: () => step(-1), x: () => player.swap(), m: mute,
    "/": () => {
      const way = [...document.querySelectorAll<HTMLAnchorElement>(".bar nav a")].find((link) => link.textContent === "Search");
      if (way) goTo(way.href);
    },
  };
  if (document.querySelector(".dock [data-act=loop]")) acts["r"] = loopHere;
  if (player.playing) Object.assign(acts, { ArrowUp: louder(0.1), ArrowDown: louder(-0.1) });
  return acts[key];
}
