/* What people write, as W3C Web Annotations. */

import { ask } from "./ask";
import { settings } from "./settings";

export interface Annotation {
  id: string;
  creator?: { name?: string };
  created: string;
  modified: string;
  /* What a page needs, besides what the standard says. */
  unsung: { track: number; from_s: number | null; to_s: number | null; reply_to: string | null; text: string };
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
  return one.unsung.text;
}

export function author(one: Annotation): string {
  return one.creator?.name ?? "somebody";
}

/* Where it points: nothing, a moment, or a stretch. An answer points nowhere by itself. */
export function times(one: Annotation): number[] {
  if (one.unsung.reply_to) return [];
  return [one.unsung.from_s, one.unsung.to_s].filter((timeS): timeS is number => timeS !== null);
}

/* Answers under what they answer; an answer to what was taken away stands alone. */
export function threads(every: Annotation[]): Thread[] {
  const known = new Map(every.map((said) => [said.id, { said, answers: [] } as Thread]));
  const roots: Thread[] = [];
  for (const thread of known.values()) (known.get(thread.said.unsung.reply_to ?? "")?.answers ?? roots).push(thread);
  return roots.sort((a, b) => (times(a.said)[0] ?? -1) - (times(b.said)[0] ?? -1));
}
