/* Two texts, line by line: what went, and what came in its place. */

import { h } from "./dom";

export interface Change {
  line: number;
  went: string[];
  came: string[];
}

export function changesShown(changes: Change[], went: string, came: string): HTMLElement {
  if (!changes.length) return h("p", { class: "soft" }, "No line of it differs.");
  const rows = changes.flatMap((change) => [
    h("p", { class: "soft" }, `Line ${change.line}`),
    ...change.went.filter(Boolean).map((line) => h("p", {}, h("del", { title: went }, line))),
    ...change.came.filter(Boolean).map((line) => h("p", {}, h("ins", { title: came }, line))),
  ]);
  return h("div", {}, h("p", { class: "soft" }, h("del", {}, went), " · ", h("ins", {}, came)),
    h("div", { class: "changes", role: "region", tabindex: 0, "aria-label": `Differences: struck out ${went.toLowerCase()}, then ${came.toLowerCase()}` }, ...rows));
}
