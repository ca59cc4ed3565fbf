/* Two texts side by side, where they differ: the words that are one's own, and a few around them. */

import { h } from "./dom";

export interface Change {
  line: number;
  went: string[];
  came: string[];
}

const AROUND = 80;

/* `one` names the text that went, `other` the one that came. */
export function changesShown(changes: Change[], one: string, other: string): HTMLElement {
  if (!changes.length) return h("p", { class: "soft" }, "They differ in the ends of their lines alone, or are too long to be set side by side.");
  const rows = changes.flatMap((change) => {
    const [went, came] = [change.went.join("\n").trim(), change.came.join("\n").trim()];
    const head = shared(went, came), tail = shared(reversed(went.slice(head)), reversed(came.slice(head)));
    return [h("p", { class: "soft" }, `Line ${change.line}`), row(one, went, head, tail), row(other, came, head, tail)];
  });
  return h("div", { class: "changes", role: "region", tabindex: 0, "aria-label": "Where the two texts differ" }, ...rows);
}

function row(whose: string, text: string, head: number, tail: number): HTMLElement {
  const [before, own, after] = [text.slice(0, head), text.slice(head, text.length - tail), text.slice(text.length - tail)];
  const words = before.length > AROUND ? `… ${before.slice(-AROUND)}` : before, rest = after.length > AROUND ? `${after.slice(0, AROUND)} …` : after;
  return h("p", {}, h("b", {}, whose), " ", ...(text ? [words, own && h("mark", {}, own), rest] : [h("i", {}, "nothing")]));
}

/* How many signs two texts share from their beginning on, up to the last whole word. */
function shared(one: string, other: string): number {
  let at = 0;
  while (at < Math.min(one.length, other.length) && one[at] === other[at]) at++;
  if (at === one.length && at === other.length) return at;
  while (at > 0 && /\S/.test(one[at - 1] ?? " ")) at--;
  return at;
}

function reversed(text: string): string {
  return [...text].reverse().join("");
}
