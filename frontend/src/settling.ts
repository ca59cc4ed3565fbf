/* What people say counts at once; what follows from it for the motifs takes the machine a moment. */

import { ask } from "./ask";
import { all } from "./dom";
import { refresh } from "./go";
import { settings } from "./settings";

const EVERY_MS = 500, MOST_ROUNDS = 120;
let waiting = 0;

/* Shows the page anew once the machine has worked it out, unless a reader writes or has left.
   `isBusy`: until then nothing more can be said here, for what is on the page no longer holds. */
export async function whenSettled(reply: { settled?: boolean }, isBusy = false): Promise<void> {
  const turn = ++waiting, address = location.href;
  if (isBusy) showBusy(true);
  try {
    for (let round = 0, settled = reply.settled !== false; !settled && round < MOST_ROUNDS; round++) {
      await new Promise((done) => setTimeout(done, EVERY_MS));
      if (turn !== waiting || location.href !== address) return;
      ({ settled } = await ask<{ settled: boolean }>(`${settings.api}map`).catch(() => ({ settled: false })));
    }
    const isWriting = document.activeElement?.matches("input:not([type=checkbox], [type=radio]), select, textarea");
    if (isBusy || (reply.settled === false && !isWriting)) await refresh();
  } finally {
    if (isBusy) showBusy(false);
  }
}

function showBusy(isBusy: boolean): void {
  document.querySelector("main")?.setAttribute("aria-busy", String(isBusy));
  all<HTMLElement>(document, "main form, main .judge").forEach((box) => { box.inert = isBusy; });
}
