/* Beside the text: how it would look, what nothing supports, findings to cite, versions before. */

import { changesShown, type Change } from "./article-changes";
import { lineAt, lineOf, put, select } from "./article-field";
import type { Writing } from "./article";
import { ask, toast, tried } from "./ask";
import { all, h, one } from "./dom";
import { madeAtLast, type Making } from "./making";
import { gatherMarks } from "./marks";
import { plainWords } from "./search";
import { settings } from "./settings";

interface Drafted {
  address: string;
  unsupported: { line: number; from: number; to: number; because: string }[];
}

interface Version {
  number: number;
  at: string;
  words: number;
  added: number;
  removed: number;
  found: boolean;
  rests: boolean;
}

const LOOKS_AFTER_MS = 700, MOST_FAULTS = 100, MOST_CARDS = 30;

export class Beside {
  private timer = 0;
  private shown = "";
  private cards: { card: HTMLElement; words: string }[] | null = null;

  constructor(private readonly root: HTMLElement, private readonly writing: Writing, private readonly signal: AbortSignal) {
    const tabs = this.tabs();
    tabs.forEach((tab, k) => {
      tab.addEventListener("click", () => this.choose(tab));
      tab.addEventListener("keydown", (event) => {
        const to = { ArrowLeft: k + tabs.length - 1, ArrowRight: k + 1, Home: 0, End: tabs.length - 1 }[event.key];
        if (to === undefined) return;
        event.preventDefault();
        const next = tabs[to % tabs.length];
        if (next) { this.choose(next); next.focus(); }
      });
    });
    one(root, "[name=cite]").addEventListener("input", () => this.showCards());
    one(root, "[name=every]").addEventListener("change", () => this.showVersions());
  }

  private tabs(): HTMLButtonElement[] {
    return all<HTMLButtonElement>(this.root, "[role=tab]");
  }

  private pane(name: string): HTMLElement {
    return one(this.root, `#pane-${name}`);
  }

  private say(name: string, words: string): void {
    one(this.pane(name), "[role=status]").textContent = words;
  }

  private choose(chosen: HTMLButtonElement): void {
    for (const tab of this.tabs()) {
      const isChosen = tab === chosen;
      tab.setAttribute("aria-selected", String(isChosen));
      tab.tabIndex = isChosen ? 0 : -1;
      one(this.root, `#${tab.getAttribute("aria-controls")}`).hidden = !isChosen;
    }
    if (!this.pane("preview").hidden) void this.drawn();
    if (!this.pane("cite").hidden) this.showCards();
    if (!this.pane("versions").hidden) this.showVersions();
  }

  /* To be called whenever the text has changed, and when it was saved. */
  look(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.drawn(), this.shown ? LOOKS_AFTER_MS : 0);
  }

  kept(): void {
    if (!this.pane("versions").hidden) this.showVersions();
  }

  /* ---- how it would look, and what nothing supports ---- */

  private async drawn(): Promise<void> {
    if (this.signal.aborted) return;
    const { value: text } = this.writing.field;
    await tried(async () => {
      const drafted = await madeAtLast(() => ask<Drafted | Making>(`${settings.api}article/draft`, "POST", { text }),
        (words) => this.say("preview", words), this.signal);
      if (text !== this.writing.field.value) return;
      this.showFaults(drafted, text);
      if (this.pane("preview").hidden || drafted.address === this.shown) return;
      this.shown = drafted.address;
      this.say("preview", "");
      showIn(one(this.pane("preview"), ".article-frames"), drafted.address + this.anchor());
    });
  }

  /* The heading above the caret, by the name that the article gives it. */
  private anchor(): string {
    const { value, selectionStart } = this.writing.field;
    const above = value.slice(0, selectionStart).match(/^##+ .*$/gm)?.at(-1) ?? "";
    const name = above.toLowerCase().replace(/\[\^[^\]]*\]/g, "").replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
    return name && `#section-${name}`;
  }

  private showFaults({ unsupported }: Drafted, text: string): void {
    const many = unsupported.length;
    one(this.root, ".how-many").textContent = many ? String(many) : "";
    this.say("check", many ? "Nothing here is forbidden; but a reader will ask for it." : "Every number, rank and cause in the text rests on a finding that it names.");
    one(this.root, ".unsupported").replaceChildren(...unsupported.slice(0, MOST_FAULTS).map((fault) => {
      const words = [...lineOf(text, fault.line)].slice(fault.from, fault.to).join("").trim();
      const go = (event: Event): void => { event.preventDefault(); select(this.writing.field, fault.line, fault.from, fault.to); };
      return h("li", {}, h("a", { href: "#article-text", click: go }, `Line ${fault.line}`), fault.because, words && h("q", {}, words));
    }));
  }

  /* ---- findings to cite ---- */

  private showCards(): void {
    void tried(async () => {
      this.cards ??= await findings(this.root.closest<HTMLElement>("[data-findings]")?.dataset["findings"] ?? "", (slug) => this.cite(slug));
      const wanted = plainWords(one<HTMLInputElement>(this.root, "[name=cite]").value).split(/\s+/).filter(Boolean);
      const found = this.cards.filter(({ words }) => wanted.every((word) => words.includes(word)));
      const more = found.length - MOST_CARDS;
      this.say("cite", !found.length ? "No finding says that." : `${found.length} finding${found.length === 1 ? "" : "s"}${more > 0 ? `; the first ${MOST_CARDS} are shown, a word more narrows them` : ""}.`);
      one(this.root, ".cards").replaceChildren(...found.slice(0, MOST_CARDS).map(({ card }) => card));
      gatherMarks();
    });
  }

  private cite(slug: string): void {
    const { field } = this.writing;
    if (field.readOnly) return;
    field.setSelectionRange(field.selectionEnd, field.selectionEnd);
    put(field, `[^${slug}]`);
    toast(`Cited in line ${lineAt(field.value, field.selectionEnd)}.`);
  }

  /* ---- versions before ---- */

  private showVersions(): void {
    void tried(async () => {
      const { versions } = await ask<{ versions: Version[] }>(`${settings.api}article/versions`);
      const isEvery = one<HTMLInputElement>(this.root, "[name=every]").checked;
      const listed = versions.filter((it) => isEvery || it.rests);
      this.say("versions", versions.length ? `${listed.length < versions.length ? `${listed.length} of ` : ""}${versions.length} version${versions.length === 1 ? "" : "s"}, the newest first.` : "None yet: they begin when the text is saved for the first time.");
      const list = one(this.root, "ol.versions"), numbers = listed.map((it) => it.number).join();
      if (list.dataset["numbers"] === numbers) return; // what is open stays open
      list.dataset["numbers"] = numbers;
      list.replaceChildren(...listed.map((it, k) => this.version(it, k === 0)));
    });
  }

  private version(it: Version, isNow: boolean): HTMLElement {
    const box = h("div", { hidden: true });
    const look = h("button", { type: "button", class: "chip", "aria-expanded": "false", "aria-label": `Compare the version of ${moment(it.at)}`, click: () => {
      box.hidden = !box.hidden;
      look.setAttribute("aria-expanded", String(!box.hidden));
      if (!box.childNodes.length) void this.compare(it, box);
    } }, "Compare");
    const how = [`${it.words.toLocaleString("en")} words`, `+${it.added} −${it.removed} signs`, it.found && "written elsewhere", isNow && "the last"].filter(Boolean).join(" · ");
    return h("li", {}, h("time", { datetime: it.at }, moment(it.at)), " ", h("span", { class: "soft" }, how), " ", look, box);
  }

  private async compare(it: Version, box: HTMLElement): Promise<void> {
    await tried(async () => {
      const { text, changes } = await ask<{ text: string; changes: Change[] }>(`${settings.api}article/versions/${it.number}`);
      const before = this.writing.field.value;
      const back = (): void => void this.writing.take(text).then(() => {
        toast("The text is again as it was then.", () => void this.writing.take(before));
      });
      if (text === before) box.replaceChildren(h("p", { class: "soft" }, "This is what stands now."));
      else box.replaceChildren(changesShown(changes, "Now", "Then"), h("p", {}, h("button", { type: "button", click: back }, "Put it back")));
    });
  }
}

/* A page in a frame, put in place of the one before only when it is there. A frame that is made anew leaves no trace in the browser's history. */
function showIn(box: HTMLElement, address: string): void {
  const frame = h("iframe", { class: "article-frame coming", src: address, title: "The article, as it would be", sandbox: "allow-scripts allow-popups allow-downloads" });
  frame.addEventListener("load", () => {
    while (frame.previousSibling) frame.previousSibling.remove();
    frame.classList.remove("coming");
  });
  box.append(frame);
}

/* The cards of the page of findings, each with a way to cite it. */
async function findings(address: string, cite: (slug: string) => void): Promise<{ card: HTMLElement; words: string }[]> {
  const page = new DOMParser().parseFromString(await (await fetch(address)).text(), "text/html");
  return all(page, ".finding").map((found) => {
    const card = document.adoptNode(found), slug = card.id.replace("finding-", ""), words = plainWords(`${slug} ${card.textContent}`);
    card.removeAttribute("id");
    card.prepend(h("p", { class: "cite" }, h("button", { type: "button", click: () => cite(slug) }, "Cite it"), h("code", {}, `[^${slug}]`)));
    return { card, words };
  });
}

function moment(instant: string): string {
  return new Date(instant).toLocaleString(undefined, { year: "numeric", month: "short", day: "numeric", hour: "2-digit", minute: "2-digit", second: "2-digit" });
}
