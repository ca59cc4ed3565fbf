/* A track: its lanes as one line of time to point at, to select on, and to look closer at. */

import { ask, toast, tried } from "./ask";
import { all, clock, one } from "./dom";
import { refresh } from "./go";
import { equipLanes, equipPointer, lanesOf, type Lanes } from "./lanes";
import { findInto } from "./places";
import { player } from "./player";
import { whenSettled } from "./settling";
import { settings } from "./settings";

const LEAST_S = 0.2;
const ZOOMS = [1, 2, 4, 8, 16];
const MOST_PX = 16000;

interface View extends Lanes {
  zoom: number;
  selection: [number, number] | null;
}

export function mountTrack(root: HTMLElement, signal: AbortSignal): void {
  const found = lanesOf(root);
  if (!found) return;
  const view: View = { ...found, zoom: 0, selection: null };
  root.classList.add("live");
  equipLanes(view, signal, () => momentOf()?.[0] ?? 0);
  player.onTick(() => { if (view.zoom && player.playing && isHere(view)) keepInSight(view, player.timeS); }, signal);
  equipPointer(view, {
    moved: (fromS, timeS) => select(view, fromS, timeS),
    ended: () => remember(view),
  });
  equipTools(view, signal);
  equipSelection(view, signal);
  readMoment(view);
  window.addEventListener("hashchange", () => readMoment(view), { signal });
  if (root.dataset["peaks"]) void drawWave(view, root.dataset["peaks"], signal);
}

/* ---- looking closer ---- */

function isHere(view: View): boolean {
  return player.track?.n === view.track.n;
}

function keepInSight(view: View, timeS: number): void {
  const box = one(view.root, ".lanes-scroll");
  const plot = view.grid.getBoundingClientRect();
  const at = plot.left + plot.width * timeS / view.durationS - box.getBoundingClientRect().left;
  if (at < 0 || at > box.clientWidth * 0.9) box.scrollLeft += at - box.clientWidth * 0.3;
}

function equipTools(view: View, signal: AbortSignal): void {
  const { root } = view;
  one(root, "[data-tools]").hidden = false;
  const roll = root.querySelector<HTMLElement>(".roll-lane");
  const box = one<HTMLInputElement>(root, "[data-show=roll]");
  box.addEventListener("change", () => { if (roll) roll.hidden = !box.checked; });
  const zoom = (to: number): void => {
    view.zoom = Math.max(0, Math.min(to, ZOOMS.length - 1));
    root.classList.toggle("zoomed", view.zoom > 0);
    view.lanes.style.setProperty("--zoom", String(ZOOMS[view.zoom]));
    root.dispatchEvent(new Event("zoomed"));
    keepInSight(view, isHere(view) ? player.timeS : view.selection?.[0] ?? 0);
  };
  all(root, "[data-zoom]").forEach((button) => button.addEventListener("click", () =>
    zoom({ in: view.zoom + 1, out: view.zoom - 1, whole: 0 }[button.dataset["zoom"] ?? "whole"] ?? 0)));
  one(root, ".lanes-scroll").addEventListener("wheel", (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    zoom(view.zoom - Math.sign(event.deltaY));
  }, { passive: false, signal });
}

async function drawWave(view: View, address: string, signal: AbortSignal): Promise<void> {
  const peaks = await ask<{ low: number[]; high: number[] }>(address).catch(() => null);
  if (!peaks || signal.aborted || !peaks.low.length) return;
  one(view.root, ".wave-lane").hidden = false;
  const canvas = one<HTMLCanvasElement>(view.root, ".wave-lane canvas");
  const draw = (): void => {
    const wide = Math.min(Math.round(canvas.clientWidth * devicePixelRatio), MOST_PX);
    canvas.width = wide;
    canvas.height = Math.round(56 * devicePixelRatio);
    const paint = canvas.getContext("2d");
    if (!paint || !wide) return;
    paint.fillStyle = getComputedStyle(canvas).color;
    const middle = canvas.height / 2, each = peaks.low.length / wide;
    for (let x = 0; x < wide; x++) {
      const [start, end] = [Math.floor(x * each), Math.max(Math.ceil((x + 1) * each), Math.floor(x * each) + 1)];
      const high = Math.max(...peaks.high.slice(start, end)), low = Math.min(...peaks.low.slice(start, end));
      paint.fillRect(x, middle - high / 128 * middle, 1, Math.max(1, (high - low) / 128 * middle));
    }
  };
  draw();
  view.root.addEventListener("zoomed", draw, { signal });
  const watcher = new ResizeObserver(draw);
  watcher.observe(canvas);
  signal.addEventListener("abort", () => watcher.disconnect());
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw, { signal });
}

/* ---- selecting ---- */

function select(view: View, oneS: number, otherS: number): void {
  const [fromS, untilS] = oneS < otherS ? [oneS, otherS] : [otherS, oneS];
  view.selection = [fromS, Math.min(Math.max(untilS, fromS + LEAST_S), view.durationS)];
  showSelection(view);
}

function showSelection(view: View): void {
  const form = one<HTMLFormElement>(view.root, ".selection"), band = one(view.lanes, ".selected");
  form.hidden = band.hidden = view.selection === null;
  if (!view.selection) {
    delete view.root.dataset["selectedFrom"];
    return;
  }
  const [fromS, untilS] = view.selection;
  view.root.dataset["selectedFrom"] = fromS.toFixed(3);
  view.root.dataset["selectedUntil"] = untilS.toFixed(3);
  view.lanes.style.setProperty("--from", String(fromS / view.durationS));
  view.lanes.style.setProperty("--until", String(untilS / view.durationS));
  field(form, "from").value = fromS.toFixed(1);
  field(form, "until").value = untilS.toFixed(1);
}

function field(form: HTMLFormElement, name: string): HTMLInputElement {
  return form.elements.namedItem(name) as HTMLInputElement;
}

/* The address of the page is that of the selection: it can be sent to somebody. */
function remember(view: View): void {
  if (!view.selection) return;
  const [fromS, untilS] = view.selection;
  history.replaceState(history.state, "", `#t=${fromS.toFixed(1)},${untilS.toFixed(1)}`);
}

function momentOf(): [number, number | null] | null {
  const found = /^#t=(\d+(?:\.\d+)?)(?:,(\d+(?:\.\d+)?))?$/.exec(location.hash);
  return found ? [Number(found[1]), found[2] ? Number(found[2]) : null] : null;
}

function readMoment(view: View): void {
  const moment = momentOf();
  if (!moment) return;
  const [fromS, untilS] = moment;
  if (untilS !== null && untilS > fromS) select(view, fromS, untilS);
  if (!player.playing) void player.go(view.track.n, fromS);
}

function equipSelection(view: View, signal: AbortSignal): void {
  const form = one<HTMLFormElement>(view.root, ".selection");
  const answer = one(view.root, ".answer");
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", (event) => {
    if (!(event.target as Element).matches("[type=number]")) return;
    const [fromS, untilS] = [Number(field(form, "from").value), Number(field(form, "until").value)];
    if (untilS > fromS && untilS <= view.durationS + 0.1) { select(view, fromS, untilS); remember(view); }
    else { toast("A passage ends after it begins, and inside the track."); showSelection(view); }
  });
  const acts: Record<string, (fromS: number, untilS: number) => void> = {
    play: (fromS, untilS) => void player.playFrom(view.track.n, fromS, untilS),
    loop: (fromS, untilS) => void player.loop([{ track: view.track, fromS, untilS, lufs: null }]),
    find: (fromS, untilS) => void tried(() => findInto(answer, { track: view.track.n, from_s: fromS, to_s: untilS })),
    state: (fromS, untilS) => void tried(() => state(view, form, fromS, untilS)),
    comment: (fromS, untilS) => document.dispatchEvent(new CustomEvent("unsung-comment", { detail: [fromS, untilS] })),
    clear: () => { view.selection = null; answer.hidden = true; showSelection(view); history.replaceState(history.state, "", location.pathname + location.search); },
  };
  all(form, "[data-do]").forEach((button) => button.addEventListener("click", () => {
    if (view.selection) acts[button.dataset["do"] ?? ""]?.(...view.selection);
  }));
  document.addEventListener("unsung-key", (event) => {
    if (!(event instanceof CustomEvent) || !["i", "o"].includes(event.detail)) return;
    event.preventDefault();
    const nowS = isHere(view) ? player.timeS : 0;
    const [fromS, untilS] = view.selection ?? [nowS, Math.min(nowS + 5, view.durationS)];
    if (event.detail === "i") select(view, nowS, untilS > nowS ? untilS : Math.min(nowS + 5, view.durationS));
    else select(view, Math.min(fromS, nowS), nowS);
    remember(view);
  }, { signal });
}

async function state(view: View, form: HTMLFormElement, fromS: number, untilS: number): Promise<void> {
  const motif = (form.elements.namedItem("motif") as HTMLSelectElement).value;
  const reply = await ask<{ settled?: boolean }>(`${settings.api}statements`, "POST", { motif, track: view.track.n, from_s: fromS, to_s: untilS, holds: true });
  await refresh();
  void whenSettled(reply);
  toast(`Kept: motif ${motif} is stated from ${clock(fromS)} to ${clock(untilS)}.`, undo);
}

export function undo(): void {
  void tried(async () => {
    const reply = await ask<{ settled?: boolean }>(`${settings.api}undo`, "POST", {});
    await refresh();
    void whenSettled(reply);
    toast("Taken back.");
  });
}
