/* What people write, as W3C Web Annotations. */

import { ask } from "./ask";
import { settings } from "./settings";

export interface Annotation {
  id: string;
  motivation: string;
  creator?: { name?: string };
  created: string;
  modified: string;
  target: string | { source: string; title?: string; selector?: { value?: string } };
  body?: { value?: string };
  track?: number;
}

export interface Thread {
  said: Annotation;
  answers: Thread[];
}

interface Collection {
  items?: Annotation[];
  first?: { items?: Annotation[] };
}

export async function annotations(n?: number): Promise<Annotation[]> {
  const found = await ask<Collection>(`${settings.api}annotations${n === undefined ? "" : `?track=${n}`}`);
  return found.first?.items ?? found.items ?? [];
}

export function text(one: Annotation): string {
  return one.body?.value ?? "";
}

export function sourceOf(one: Annotation): string {
  return typeof one.target === "string" ? one.target : one.target.source;
}

/* Where it points: nothing, a moment, or a stretch. */
export function times(one: Annotation): number[] {
  const value = typeof one.target === "string" ? "" : one.target.selector?.value ?? "";
  return (/^t=([\d.]+)(?:,([\d.]+))?$/.exec(value)?.slice(1) ?? []).filter((part) => part !== undefined).map(Number);
}

/* Answers under what they answer; an answer to what was taken away stands alone. */
export function threads(every: Annotation[]): Thread[] {
  const known = new Map(every.map((said) => [said.id, { said, answers: [] } as Thread]));
  const roots: Thread[] = [];
  for (const thread of known.values()) (known.get(sourceOf(thread.said))?.answers ?? roots).push(thread);
  return roots.sort((a, b) => (times(a.said)[0] ?? -1) - (times(b.said)[0] ?? -1));
}

export function written(value: string, target: Annotation["target"], motivation: string): Record<string, unknown> {
  return {
    "@context": "http://www.w3.org/ns/anno.jsonld", type: "Annotation", motivation,
    body: { type: "TextualBody", format: "text/plain", value }, target,
  };
}

export function targetAt(n: number, title: string, at: number[]): Annotation["target"] {
  const source = `track:${n}`;
  if (!at.length) return { source, title };
  const value = `t=${at.map((timeS) => String(Math.round(timeS * 1000) / 1000)).join(",")}`;
  const selector = { type: "FragmentSelector", conformsTo: "http://www.w3.org/TR/media-frags/", value };
  return { source, title, selector };
}
