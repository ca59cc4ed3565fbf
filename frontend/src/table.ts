/* A table that sorts: numbers by their value, names by the alphabet, outcomes without a number last. */

import { h } from "./dom";

export function mountTable(table: HTMLTableElement): void {
  [...(table.tHead?.rows[0]?.cells ?? [])].forEach((head, column) => {
    const button = h("button", { type: "button", click: () => sortBy(table, head, column) }, ...head.childNodes);
    head.append(button);
  });
}

function sortBy(table: HTMLTableElement, head: HTMLTableCellElement, column: number): void {
  const upward = head.getAttribute("aria-sort") !== "ascending";
  for (const other of table.tHead?.rows[0]?.cells ?? []) other.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", upward ? "ascending" : "descending");
  const body = table.tBodies[0];
  const rows = [...(body?.rows ?? [])];
  rows.sort((one, other) => compare(one.cells[column], other.cells[column], upward ? 1 : -1));
  body?.append(...rows);
}

function compare(one: HTMLElement | undefined, other: HTMLElement | undefined, sign: number): number {
  if (!one || !other) return 0;
  if (one.tagName === "TH") return sign * (one.textContent ?? "").localeCompare(other.textContent ?? "");
  const [a, b] = [one.dataset["order"], other.dataset["order"]];
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  return sign * (Number(a) - Number(b));
}
