/* Everything on a page that names a place in a track: a click plays it, and it lights up in time. */

import { all } from "./dom";
import { player } from "./player";
import { trackCalled } from "./settings";

interface Mark {
  element: Element;
  n: number;
  fromS: number;
  untilS: number;
  sounds: boolean;
}

const PLACES = "[data-track][data-from]";
let marks: Mark[] = [];

export function equipMarks(): void {
  document.addEventListener("click", (event) => {
    const place = (event.target as Element).closest?.(`${PLACES}:not(li):not(p)`);
    if (!place || !(event instanceof MouseEvent) || event.ctrlKey || event.metaKey) return;
    const track = trackCalled(place.getAttribute("data-track") ?? "");
    if (!player.canPlay(track)) return;
    event.preventDefault();
    const until = place.getAttribute("data-until");
    const isNote = place.classList.contains("note");
    void player.playFrom(track.n, Number(place.getAttribute("data-from")), until && !isNote ? Number(until) : null);
  });
  player.onTick(light);
  player.onChange(light);
}

/* To be called whenever a page, or a part of it, has come. */
export function gatherMarks(): void {
  marks = all<Element>(document, PLACES).map((element) => ({
    element,
    n: trackCalled(element.getAttribute("data-track") ?? "")?.n ?? -1,
    fromS: Number(element.getAttribute("data-from")),
    untilS: Number(element.getAttribute("data-until") ?? Infinity),
    sounds: false,
  }));
  for (const { element, n } of marks)
    if (element instanceof HTMLButtonElement && element.matches(PLACES))
      element.disabled = !player.canPlay(trackCalled(`track-${n}`));
  light();
}

function light(): void {
  const n = player.playing ? player.track?.n : -1, timeS = player.timeS;
  for (const mark of marks) {
    const sounds = mark.n === n && mark.fromS <= timeS && timeS < mark.untilS && mark.untilS < Infinity;
    if (sounds !== mark.sounds) mark.element.classList.toggle("sounding", sounds);
    mark.sounds = sounds;
  }
}

/* One stop of the Tab key for a lane of links; the arrow keys walk along it. */
export function equipLane(lane: Element): void {
  const links = all<SVGElement>(lane, "a.occurrence");
  links.forEach((link, k) => {
    link.setAttribute("tabindex", k ? "-1" : "0");
    link.addEventListener("keydown", (event) => {
      const to = { ArrowLeft: k - 1, ArrowRight: k + 1, Home: 0, End: links.length - 1 }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      links[to]?.focus();
    });
    link.addEventListener("focus", () => links.forEach((other) => other.setAttribute("tabindex", other === link ? "0" : "-1")));
  });
}

