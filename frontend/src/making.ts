/* What takes the machine a while: asked for again until it is there, and told how far it is. */

import { Refused } from "./ask";

export interface Making {
  making: string;
  spent_s: number;
}

const GLANCE_MS = 1000;

export async function madeAtLast<T extends object>(again: () => Promise<T | Making>, say: (words: string) => void, signal: AbortSignal): Promise<T> {
  for (;;) {
    const told = await again();
    if (!("making" in told)) return told;
    if (signal.aborted) throw new Refused("");
    say(`${told.making}: ${Math.round(told.spent_s)} s so far. The first time this takes up to a minute.`);
    await new Promise((done) => setTimeout(done, GLANCE_MS));
  }
}
