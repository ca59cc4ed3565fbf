/* What "find more like this" answers: places, in words, to be played. */

import { ask } from "./ask";
import { h, placeLink } from "./dom";
import { gatherMarks } from "./marks";
import { settings, trackAt } from "./settings";

interface Place {
  track: number;
  title: string;
  from_s: number;
  to_s: number;
  transposition_semitones: number;
  tempo_ratio: number;
  confidence: number;
  changes: string[];
}

export async function findInto(box: HTMLElement, question: Record<string, unknown>): Promise<void> {
  box.hidden = false;
  box.replaceChildren(h("p", { class: "soft", role: "status" }, "Listening for it through the album …"));
  const { places } = await ask<{ places: Place[] }>(`${settings.api}find`, "POST", question).catch((error: unknown) => {
    box.hidden = true;
    throw error;
  });
  if (!places.length) {
    box.replaceChildren(h("p", { role: "status" }, "Nothing else on this album is so like it that luck would not explain it as well. A longer passage, or one with a clearer tune, may tell more."));
    return;
  }
  const head = h("p", { role: "status" }, places.length === 1 ? "One place is like it." : `${places.length} places are like it, the surest first.`);
  box.replaceChildren(head, h("ol", { class: "places-found" }, ...places.map(row)));
  gatherMarks();
}

function row(place: Place): HTMLElement {
  const track = trackAt(place.track);
  const link = h("a", { href: `${track?.page ?? ""}#t=${place.from_s.toFixed(1)},${place.to_s.toFixed(1)}` }, place.title);
  const play = placeLink(place.track, place.title, place.from_s, place.to_s, track?.audio ?? "");
  return h("li", {}, play, " ", link, " ", h("span", { class: "soft" }, words(place)));
}

function words(place: Place): string {
  const by = place.transposition_semitones;
  const height = by ? `${Math.abs(by)} semitone${Math.abs(by) === 1 ? "" : "s"} ${by > 0 ? "higher" : "lower"}` : "at the same pitch";
  const pace = Math.abs(place.tempo_ratio - 1) > 0.03 ? `${place.tempo_ratio.toFixed(2)} times the tempo` : "";
  return [height, pace, `confidence ${place.confidence.toFixed(2)}`].filter(Boolean).join(" · ");
}

