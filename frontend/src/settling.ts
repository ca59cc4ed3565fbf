/* What people say counts at once; what follows from it for the motifs takes the machine a moment. */

import { ask } from "./ask";
import { refresh } from "./go";
import { settings } from "./settings";

const EVERY_MS = 1500, MOST_ROUNDS = 20;
let waiting = 0;

/* Shows the page anew once the machine has worked it out, unless a reader writes or has left. */
export async function whenSettled(reply: { settled?: boolean }): Promise<void> {
  if (reply.settled !== false) return;
  const turn = ++waiting, address = location.href;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    await new Promise((done) => setTimeout(done, EVERY_MS));
    if (turn !== waiting || location.href !== address) return;
    const { settled } = await ask<{ settled: boolean }>(`${settings.api}map`).catch(() => ({ settled: false }));
    if (!settled) continue;
    if (!document.activeElement?.matches("input, textarea, select")) await refresh();
    return;
  }
}
