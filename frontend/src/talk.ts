/* Comments on a track: shown as the music plays, answered in threads, written at any moment. */

import { annotations, author, text, threads, times, type Annotation, type Thread } from "./annotations";
import { ask, toast, tried } from "./ask";
import { clock, h, one, seconds } from "./dom";
import { gatherMarks } from "./marks";
import { player } from "./player";
import { settings, trackAt } from "./settings";

const LINGERS_S = 6;

export function mountTalk(root: HTMLElement, signal: AbortSignal): void {
  const talk = new Talk(root, signal);
  void talk.load();
}

class Talk {
  private every: Annotation[] = [];
  private readonly n: number;
  private readonly form: HTMLFormElement;

  constructor(private readonly root: HTMLElement, private readonly signal: AbortSignal) {
    this.n = Number(root.dataset["n"]);
    this.form = one<HTMLFormElement>(root, "form.write");
    this.form.hidden = false;
    this.form.addEventListener("submit", (event) => { event.preventDefault(); void this.write(); });
    document.addEventListener("unsung-comment", (event) => this.begin((event as CustomEvent<number[]>).detail), { signal });
    document.addEventListener("unsung-key", (event) => {
      if ((event as CustomEvent).detail !== "c") return;
      event.preventDefault();
      this.begin(this.marked());
    }, { signal });
    player.onTick(() => this.showNow(), signal);
  }

  async load(): Promise<void> {
    await tried(async () => { this.every = await annotations(this.n); });
    if (!this.signal.aborted) this.show();
  }

  /* What is selected, else where the music is. */
  private marked(): number[] {
    const view = this.root.closest<HTMLElement>("[data-selected-from]");
    if (view) return [Number(view.dataset["selectedFrom"]), Number(view.dataset["selectedUntil"])];
    return player.track?.n === this.n ? [player.timeS] : [];
  }

  private field(name: string): HTMLInputElement {
    return this.form.elements.namedItem(name) as HTMLInputElement;
  }

  private begin(at: number[]): void {
    this.field("at").value = at.map((timeS) => clock(timeS, true)).join("–");
    this.field("text").focus();
  }

  private async write(): Promise<void> {
    const at = this.field("at").value.split(/[–—-]/).filter((part) => part.trim()).map(seconds);
    if (at.some((timeS) => timeS === null) || at.length > 2 || (at.length === 2 && Number(at[0]) >= Number(at[1]))) {
      toast("A time is written 0:41, a passage 0:41–0:52.");
      this.field("at").focus();
      return;
    }
    const [from_s, to_s] = at;
    const said = { track: this.n, text: this.field("text").value, ...(at.length > 0 && { from_s }), ...(at.length > 1 && { to_s }) };
    const kept = await tried(async () => void await ask(`${settings.api}annotations`, "POST", said));
    if (!kept) return;
    this.form.reset();
    await this.load();
    toast("Your comment is kept.");
  }

  /* ---- showing ---- */

  private show(): void {
    const list = one(this.root, "ol.talk");
    list.replaceChildren(...threads(this.every).map((thread) => this.item(thread)));
    if (!this.every.length) list.replaceChildren(h("li", { class: "nothing-said" }, "Nobody wrote anything yet. Stop where something strikes you, and press C."));
    this.showLane();
    gatherMarks();
  }

  private item(thread: Thread): HTMLElement {
    const { said, answers } = thread, at = times(said);
    const place = at.length ? this.when(said, at) : null;
    const words = h("p", { class: "words" }, text(said));
    const acts = h("p", { class: "acts" },
      h("button", { type: "button", class: "quiet", click: () => this.answer(item, said) }, "Answer"),
      h("button", { type: "button", class: "quiet", click: () => this.edit(words, said) }, "Edit"),
      h("button", { type: "button", class: "quiet", click: () => void this.remove(said) }, "Remove"));
    const item = h("li", at.length === 2 ? this.spanOf(at) : {},
      h("p", { class: "by" }, place, place && " ", h("b", {}, author(said)), " ", h("time", { datetime: said.created }, day(said.created)),
        said.modified > said.created ? " (edited)" : null),
      words, acts, answers.length ? h("ol", { class: "talk" }, ...answers.map((one) => this.item(one))) : null);
    return item;
  }

  private spanOf(at: number[]): Record<string, string> {
    return { "data-track": `track-${this.n}`, "data-from": String(at[0]), "data-until": String(at[1] ?? Number(at[0]) + LINGERS_S) };
  }

  private when(said: Annotation, at: number[]): HTMLElement {
    const words = at.map((timeS) => clock(timeS)).join("–");
    return h("button", { type: "button", class: "chip", ...this.spanOf(at), "aria-label": `Play from ${words}, where ${author(said)} wrote` }, words);
  }

  private showLane(): void {
    const lane = this.root.closest(".track-view")?.querySelector<HTMLElement>(".talk-lane");
    const durationS = trackAt(this.n)?.durationS ?? 1;
    const timed = this.every.filter((said) => times(said).length);
    if (!lane) return;
    lane.hidden = !timed.length;
    one(lane, ".plot").replaceChildren(...timed.map((said) => {
      const at = times(said);
      const mark = h("button", { type: "button", class: "pin", ...this.spanOf(at), "aria-label": `${clock(at[0] ?? 0)}: ${text(said)}`, title: text(said) });
      mark.style.setProperty("left", `${100 * (at[0] ?? 0) / durationS}%`);
      return mark;
    }));
  }

  /* What was written of this very moment. */
  private showNow(): void {
    const box = one(this.root, ".now-said");
    const isHere = player.playing && player.track?.n === this.n;
    const now = isHere ? this.every.filter((said) => {
      const [fromS, untilS] = times(said);
      return fromS !== undefined && fromS <= player.timeS && player.timeS < (untilS ?? fromS + LINGERS_S);
    }) : [];
    const words = now.map((said) => `${author(said)}: ${text(said)}`).join(" · ");
    if (box.textContent !== words) box.textContent = words;
  }

  /* ---- writing ---- */

  private answer(item: HTMLElement, said: Annotation): void {
    this.small(item, "", "Answer", async (value) => {
      await ask(`${settings.api}annotations`, "POST", { reply_to: said.id, text: value });
    });
  }

  private edit(words: HTMLElement, said: Annotation): void {
    this.small(words, text(said), "Keep", async (value) => {
      await ask(`${settings.api}annotations/${encodeURIComponent(said.id)}`, "PUT", { text: value });
    });
  }

  private small(after: HTMLElement, value: string, word: string, keep: (value: string) => Promise<void>): void {
    this.root.querySelector("form.small")?.remove();
    const area = h("textarea", { rows: 2, required: true, maxlength: 10000, "aria-label": word === "Keep" ? "Your comment" : "Your answer" }, value);
    const form = h("form", { class: "small", submit: (event) => {
      event.preventDefault();
      void tried(async () => { await keep(area.value); await this.load(); });
    } }, area, h("button", {}, word), h("button", { type: "button", class: "quiet", click: () => form.remove() }, "Never mind"));
    if (after.tagName === "LI") after.append(form);
    else after.after(form);
    area.focus();
  }

  private async remove(said: Annotation): Promise<void> {
    await tried(async () => {
      await ask(`${settings.api}annotations/${encodeURIComponent(said.id)}`, "DELETE");
      await this.load();
      toast("Removed.", () => void tried(async () => {
        await ask(`${settings.api}undo`, "POST", {});
        await this.load();
      }));
    });
  }
}

function day(instant: string): string {
  return new Date(instant).toLocaleDateString(undefined, { year: "numeric", month: "short", day: "numeric" });
}
