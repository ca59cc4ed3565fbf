/* The album's map as a reader asks for it: in which order, of which motifs, with whom and what. */

import { MapCanvas, occurrenceLinks, type Rows } from "./canvas";
import { all, clock, h, one, placeLink } from "./dom";
import { CONFIRMED, everything, fits, hashOf, isNarrowed, NAMES, nothingLeft, REJECTED, wantedIn, type Choices, type Wanted } from "./filter";
import { laneNames } from "./along";
import { gatherMarks } from "./marks";
import { axisOf, withSomebody, type Axis, type OrderRows, type Row } from "./order";
import { player } from "./player";
import { plain, trackAt } from "./settings";

interface Album extends Rows, Choices {
  tracks: Rows["tracks"];
  motifs: Rows["motifs"];
  orders: OrderRows[];
  playedShare: number;
}

const MOST_LISTED = 150, MOST_OFFERED = 200;

export function mountMap(root: HTMLElement, signal: AbortSignal): void {
  const rows = plain<Album>(document, "map-rows");
  if (!rows) return;
  root.hidden = false;
  document.querySelector(".arc-figure")?.classList.add("on-map");
  new AlbumMap(root, rows, signal);
}

class AlbumMap {
  private readonly form: HTMLFormElement;
  private readonly canvas: MapCanvas;
  private readonly axes = new Map<string, Axis>();
  private wanted: Wanted;
  private axis: Axis;
  private isShown: Uint8Array;

  constructor(private readonly root: HTMLElement, private readonly rows: Album, signal: AbortSignal) {
    this.form = one<HTMLFormElement>(root, "form.tools");
    one(root, ".map-beside").prepend(laneNames());
    this.equipForm();
    this.wanted = wantedIn(location.hash, rows);
    this.axis = this.axisOf(this.wanted.order);
    this.isShown = this.shown();
    this.canvas = new MapCanvas(root, rows, this.axis, (k) => this.press(k), signal);
    this.apply(this.wanted);
    one<HTMLDetailsElement>(root, ".map-list").addEventListener("toggle", () => this.list());
    addEventListener("popstate", () => this.apply(wantedIn(location.hash, rows)), { signal });
  }

  /* ---- what is asked for ---- */

  private equipForm(): void {
    const { form, rows } = this;
    this.offer("order", rows.orders.map((it) => [it.name, it.title]));
    this.offer("motif", rows.motifs.map((it) => [it.label, it.title]));
    for (const name of ["instrument", "mood"] as const) this.offer(name, rows[`${name}s`].map((one) => [one, one]));
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("change", () => this.ask(this.asked()));
    one(this.root, ".map-all").addEventListener("click", () => {
      this.ask(everything(this.wanted));
      this.field("motif").focus();
    });
    all(form, "[data-map]").forEach((button) => button.addEventListener("click", () => this.canvas.act(button.dataset["map"] ?? "")));
  }

  /* After its first option, which asks for nothing; where there is nothing to choose it goes. */
  private offer(name: string, options: [value: string, words: string][]): void {
    const field = this.field(name);
    field.replaceChildren(field.options[0] as Node, ...options.map(([value, words]) => h("option", { value }, words)));
    (field.closest("label") as HTMLElement).hidden = options.length === 0;
  }

  /* Whoever is there in this order; of too many along the album, those who are there most often. */
  private offerCharacters(): void {
    const { rows, axis, wanted } = this, times = rows.characters.map(() => 0);
    for (const order of axis.order ? [axis.order] : rows.orders)
      for (const [, , , who] of order.presences) for (const one of who) times[one] = (times[one] ?? 0) + 1;
    const least = [...times].sort((a, b) => b - a)[MOST_OFFERED] ?? 0;
    const offered = rows.characters.filter((name, k) => (times[k] ?? 0) > least || name === wanted.character);
    this.offer("character", offered.map((name) => [name, name]));
  }

  private field(name: string): HTMLSelectElement {
    return this.form.elements.namedItem(name) as HTMLSelectElement;
  }

  private get sure(): HTMLInputElement {
    return this.form.elements.namedItem("sure") as HTMLInputElement;
  }

  private asked(): Wanted {
    const chosen = Object.fromEntries(NAMES.map((name) => [name, this.field(name).value]));
    return { ...everything(this.wanted), ...chosen, order: this.field("order").value, sure: this.sure.checked };
  }

  /* A choice of the reader has an address, and a way back to the one before. */
  private ask(wanted: Wanted): void {
    history.pushState(null, "", hashOf(wanted) || location.pathname + location.search);
    this.apply(wanted);
  }

  private apply(wanted: Wanted): void {
    const isOtherOrder = this.axisOf(wanted.order) !== this.axis;
    this.wanted = wanted;
    this.axis = this.axisOf(wanted.order);
    this.isShown = this.shown();
    this.offerCharacters();
    for (const name of ["order", ...NAMES] as const) this.field(name).value = wanted[name];
    this.sure.checked = wanted.sure;
    if (isOtherOrder) this.canvas.lay(this.axis, this.isShown);
    else this.canvas.show(this.isShown);
    this.tell();
    this.list();
    this.table();
  }

  private axisOf(name: string): Axis {
    const known = this.axes.get(name) ?? axisOf(this.rows, this.rows.orders.find((it) => it.name === name) ?? null);
    this.axes.set(name, known);
    return known;
  }

  /* Which appearances are shown: those that fit, with whoever is asked for in them. */
  private shown(): Uint8Array {
    const { rows, axis, wanted } = this, isFit = rows.occurrences.map(fits(wanted, rows)), there = this.withCharacter();
    return Uint8Array.from(axis.rowOf, (row, k) => Number((isFit[row] ?? false) && (there === null || there[k] === 1)));
  }

  /* Along the album an occurrence has whoever is there whenever it sounds. */
  private withCharacter(): Uint8Array | null {
    const { rows, axis, wanted } = this, who = rows.characters.indexOf(wanted.character);
    if (who < 0) return null;
    if (axis.order) return withSomebody(axis, rows, who);
    const found = new Set<number>();
    for (const order of rows.orders) {
      const other = this.axisOf(order.name);
      withSomebody(other, rows, who).forEach((is, k) => is && found.add(other.rowOf[k] ?? -1));
    }
    return Uint8Array.from(axis.rowOf, (row) => Number(found.has(row)));
  }

  /* ---- what is said of it ---- */

  private tell(): void {
    const left = this.isShown.some(Boolean), said = one(this.root, ".map-count");
    said.textContent = left || !this.isShown.length ? this.counted() : nothingLeft(this.wanted, this.rows);
    said.classList.toggle("none", !left);
    one(this.root, ".map-all").hidden = !isNarrowed(this.wanted);
    this.root.classList.toggle("emptied", !left);
  }

  private counted(): string {
    const { axis, isShown } = this, order = axis.order;
    const count = (isApart: boolean): [number, number] => isShown.reduce(
      ([some, every], is, k) => ((axis.fromS[k] ?? 0) >= axis.apartS) === isApart ? [some + is, every + 1] : [some, every], [0, 0]);
    const [some, every] = count(false), [apart, everyApart] = count(true);
    const of = (few: number, all: number): string => few === all ? `${all}` : `${few} of ${all}`;
    if (!order) return `${of(some, every)} occurrences.`;
    const left = apart ? `; ${of(apart, everyApart)} occurrences not ${order.inside}` : "";
    const elsewhere = axis.elsewhere ? `; ${axis.elsewhere} sound the same as one that is` : "";
    return `${of(some, every)} times ${order.inside}${left}${elsewhere}.`;
  }

  private press(k: number): void {
    const row = this.rows.occurrences[this.axis.rowOf[k] ?? 0] as Row, track = this.rows.tracks[row[1]];
    if (track) void player.playFrom(track.n, row[2], row[3]);
    one(this.root, ".map-now").replaceChildren(this.canvas.words(k), " ", ...occurrenceLinks(this.rows, row));
  }

  /* ---- the same as a list and as a table, for keys and for ears ---- */

  private list(most = MOST_LISTED): void {
    const box = one<HTMLDetailsElement>(this.root, ".map-list"), { axis } = this;
    if (!box.open) return;
    const shown = [...axis.rowOf.keys()].filter((k) => this.isShown[k]).sort((a, b) => (axis.fromS[a] ?? 0) - (axis.fromS[b] ?? 0));
    one(box, "ol").replaceChildren(...shown.slice(0, most).map((k) => this.item(k)));
    box.querySelector(".more")?.remove();
    if (!shown.length) box.append(h("p", { class: "more soft" }, nothingLeft(this.wanted, this.rows)));
    if (shown.length > most) {
      box.append(h("p", { class: "more" }, h("button", { type: "button", click: () => this.list(most + MOST_LISTED) }, `${shown.length - most} more`)));
    }
    gatherMarks();
  }

  private item(k: number): HTMLElement {
    const row = this.rows.occurrences[this.axis.rowOf[k] ?? 0] as Row;
    const [motif, track] = [this.rows.motifs[row[0]], this.rows.tracks[row[1]]];
    const known = track && trackAt(track.n);
    const where = track?.title ?? "";
    return h("li", {},
      known && player.canPlay(known) ? placeLink(known.n, where, row[2], row[3], known.audio) : h("span", { class: "chip" }, `${clock(row[2])}–${clock(row[3])}`),
      " ", h("a", { href: motif?.page ?? "" }, motif?.title ?? ""), " in ",
      h("a", { href: `${track?.page}#t=${row[2].toFixed(1)}` }, where), this.canvas.whenInOrder(k),
      " ", h("span", { class: "soft" }, row[5] === CONFIRMED ? "confirmed" : row[5] === REJECTED ? "rejected" : (row[4] / 100).toFixed(2)));
  }

  /* How often each is heard in each track, of what is shown; lines without anything go. */
  private table(): void {
    const table = document.querySelector<HTMLTableElement>("table.presence");
    if (!table) return;
    const counts = this.rows.tracks.map(() => this.rows.motifs.map(() => 0));
    for (const row of new Set([...this.axis.rowOf.keys()].filter((k) => this.isShown[k]).map((k) => this.axis.rowOf[k] ?? 0))) {
      const [motif, track] = this.rows.occurrences[row] as Row, line = counts[track];
      if (line) line[motif] = (line[motif] ?? 0) + 1;
    }
    const narrowed = isNarrowed(this.wanted), columns = this.rows.motifs.map((_, k) => !narrowed || counts.some((line) => line[k]));
    [...(table.tHead?.rows[0]?.cells ?? [])].slice(1).forEach((cell, k) => { cell.hidden = !columns[k]; });
    [...(table.tBodies[0]?.rows ?? [])].forEach((line, at) => {
      line.hidden = narrowed && !counts[at]?.some(Boolean);
      [...line.cells].slice(1).forEach((cell, k) => {
        cell.hidden = !columns[k];
        cell.textContent = String(counts[at]?.[k] || "");
      });
    });
  }
}
