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
  motif: string;
}

interface Question {
  track?: number;
  from_s?: number;
  to_s?: number;
  notes?: number[][];
}

const LIKELY = 0.5, MOST_OPEN = 10;

export async function findInto(box: HTMLElement, question: Question): Promise<void> {
  box.hidden = false;
  box.replaceChildren(h("p", { class: "soft", role: "status" }, "Listening for it through the album …"));
  const answer = await ask<{ places: Place[] }>(`${settings.api}find`, "POST", { ...question }).catch((error: unknown) => {
    box.hidden = true;
    throw error;
  });
  const places = answer.places.filter((place) => !isAsked(place, question));
  if (!places.length) {
    box.replaceChildren(h("p", { role: "status" }, "Nothing else on this album is so like it that luck would not explain it as well. A longer passage, or one with a clearer tune, may tell more."));
    return;
  }
  const likely = places.filter((place) => place.confidence >= LIKELY).slice(0, MOST_OPEN);
  const others = places.slice(likely.length);
  box.replaceChildren(
    h("p", { role: "status" }, said(places.length, likely.length)),
    h("ol", { class: "places-found" }, ...likely.map(row)),
    ...(others.length ? [h("details", {}, h("summary", {}, `${others.length} more, less sure`), h("ol", { class: "places-found" }, ...others.map(row)))] : []));
  gatherMarks();
}

function said(every: number, likely: number): string {
  if (!likely) return "No place is likely the same; what comes nearest is folded below.";
  return `${likely === 1 ? "One place is" : `${likely} places are`} like it, the surest first${every > likely ? "; more are folded below" : ""}.`;
}

/* The passage that was asked about is like itself, which is no news. */
function isAsked(place: Place, { track, from_s = 0, to_s = 0 }: Question): boolean {
  const shared = Math.min(place.to_s, to_s) - Math.max(place.from_s, from_s);
  return place.track === track && shared > 0.5 * Math.min(to_s - from_s, place.to_s - place.from_s);
}

function row(place: Place): HTMLElement {
  const track = trackAt(place.track);
  const link = h("a", { href: `${track?.page ?? ""}#t=${place.from_s.toFixed(1)},${place.to_s.toFixed(1)}` }, place.title);
  const play = placeLink(place.track, place.title, place.from_s, place.to_s, track?.audio ?? "");
  const motif = settings.motifs.find((one) => one.label === place.motif);
  const name = motif ? h("a", { href: motif.page }, motif.title) : null;
  return h("li", {}, play, " ", link, name && " · ", name, " ", h("span", { class: "soft" }, words(place)));
}

function words(place: Place): string {
  const by = place.transposition_semitones;
  const height = by ? `${Math.abs(by)} semitone${Math.abs(by) === 1 ? "" : "s"} ${by > 0 ? "higher" : "lower"}` : "at the same pitch";
  const pace = Math.abs(place.tempo_ratio - 1) > 0.03 ? `${place.tempo_ratio.toFixed(2)} times the tempo` : "";
  return [height, pace, `confidence ${place.confidence.toFixed(2)}`].filter(Boolean).join(" · ");
}

