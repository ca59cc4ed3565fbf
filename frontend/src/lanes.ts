/* The lanes of a track as one line of time: where the music is in them, what they say there, and
pointing at them. */

import { clock, one } from "./dom";
import { player } from "./player";
import { trackAt, type Track } from "./settings";

export interface Lanes {
  root: HTMLElement;
  track: Track;
  durationS: number;
  lanes: HTMLElement;
  grid: Element;
}

/* What dragging along the lanes does: at every move, and at the end. */
export interface Drag {
  moved(fromS: number, timeS: number): void;
  ended(timeS: number): void;
}

const CLICK_PX = 4;

export function lanesOf(root: HTMLElement): Lanes | null {
  const track = trackAt(Number(root.dataset["n"]));
  if (!track) return null;
  const durationS = Number(root.dataset["durationS"]);
  return { root, track, durationS, lanes: one(root, ".lanes"), grid: one(root, ".grid") };
}

/* ---- where the music is ---- */

export function equipLanes(view: Lanes, signal?: AbortSignal, beginsS: () => number = () => 0): void {
  const { root, track } = view;
  const button = root.querySelector<HTMLButtonElement>("[data-act=play-here]");
  const seek = one<HTMLInputElement>(root, ".seek");
  const here = (): boolean => player.track?.n === track.n;
  button?.addEventListener("click", () => { if (here()) player.toggle(); else void player.playFrom(track.n, beginsS()); });
  seek.addEventListener("input", () => (here() ? player.seek(Number(seek.value)) : void player.go(track.n, Number(seek.value))));
  const show = (): void => {
    seek.hidden = track.isScore;
    showButton(view, button, here() && player.playing);
  };
  player.onChange(show, signal);
  document.addEventListener("unsung-attached", show, { ...(signal && { signal }) });
  player.onTick(() => { if (here()) showTime(view, player.timeS, seek); }, signal);
  show();
  if (here()) showTime(view, player.timeS, seek);
}

function showButton({ root, track }: Lanes, button: HTMLButtonElement | null, plays: boolean): void {
  if (!button) return;
  button.hidden = false;
  button.disabled = !player.canPlay(track);
  root.querySelector(".unattached")?.toggleAttribute("hidden", player.canPlay(track));
  button.classList.toggle("playing", plays);
  button.setAttribute("aria-label", `${plays ? "Pause" : "Play"} ${track.title}`);
}

function showTime(view: Lanes, timeS: number, seek: HTMLInputElement): void {
  one(view.lanes, ".playhead").hidden = false;
  view.lanes.style.setProperty("--at", String(Math.min(timeS / view.durationS, 1)));
  seek.value = String(timeS);
  seek.setAttribute("aria-valuetext", `${clock(timeS)} of ${clock(Math.round(view.durationS))}`);
  readOut(view, timeS);
}

function readOut(view: Lanes, timeS: number): void {
  const table = one<HTMLTableElement>(view.root, "table.values");
  const stepS = Number(table.dataset["stepS"]);
  const rows = table.tBodies[0]?.rows;
  const row = rows?.[Math.min(Math.floor(timeS / stepS), rows.length - 1)];
  if (!row) return;
  const heads = table.tHead?.rows[0]?.cells;
  const words = [...row.cells].slice(1).map((cell, k) => {
    const unit = /\d$/.test(cell.textContent ?? "") ? heads?.[k + 1]?.dataset["unit"] : "";
    return `${cell.textContent} ${unit ?? ""}`.trim();
  });
  one(view.root, ".readout").textContent = [clock(timeS, true), ...words].join(" · ");
}

/* ---- pointing ---- */

export function equipPointer(view: Lanes, drag: Drag): void {
  const { lanes, grid, durationS, track } = view;
  lanes.classList.add("live");
  let pressed: { x: number; timeS: number } | null = null;
  const timeAt = (event: PointerEvent): number => {
    const box = grid.getBoundingClientRect();
    return durationS * Math.max(0, Math.min((event.clientX - box.left) / box.width, 1));
  };
  lanes.addEventListener("pointermove", (event) => {
    const timeS = timeAt(event);
    if (pressed && Math.abs(event.clientX - pressed.x) >= CLICK_PX) drag.moved(pressed.timeS, timeS);
    else readOut(view, timeS);
  });
  lanes.addEventListener("pointerdown", (event) => {
    const inside = event.clientX >= grid.getBoundingClientRect().left;
    if (event.button !== 0 || !inside || (event.target as Element).closest(".seek, button, a")) return;
    pressed = { x: event.clientX, timeS: timeAt(event) };
    if (event.pointerType === "mouse") lanes.setPointerCapture(event.pointerId);
  });
  lanes.addEventListener("pointerup", (event) => {
    if (!pressed) return;
    const isClick = Math.abs(event.clientX - pressed.x) < CLICK_PX;
    pressed = null;
    if (!isClick) return drag.ended(timeAt(event));
    const block = document.elementFromPoint(event.clientX, event.clientY)?.closest("[data-from]");
    void player.playFrom(track.n, block ? Number(block.getAttribute("data-from")) : timeAt(event));
  });
  lanes.addEventListener("pointercancel", () => { pressed = null; });
}
