/* The article: read, written on, saved at every pause; nobody's words are ever written over. */

import { Beside } from "./article-beside";
import { changesShown, type Change } from "./article-changes";
import { lineAt, putAll } from "./article-field";
import { ask, Refused, toast, tried } from "./ask";
import { all, h, one } from "./dom";
import { madeAtLast, type Making } from "./making";
import { settings } from "./settings";

interface Own {
  text: string;
  digest: string;
  is_own: boolean;
}

interface Theirs {
  text: string | null;
  digest: string;
  changes: Change[];
}

const SAVES_AFTER_MS = 2000, AGAIN_AFTER_MS = 5000;
let leaving: Promise<unknown> = Promise.resolve(); // what the page before had still to save

export function mountArticle(root: HTMLElement, signal: AbortSignal): void {
  all<HTMLAnchorElement>(root, ".take [data-form]").forEach((link) => link.addEventListener("click", (event) => {
    event.preventDefault();
    void takeAlong(root, link, writing);
  }));
  const writing = new Writing(root, signal);
  const open = one<HTMLButtonElement>(root, "[data-do=edit]");
  open.hidden = false;
  open.addEventListener("click", () => void writing.open());
  if (location.hash === "#write") void writing.open();
}

async function takeAlong(root: HTMLElement, link: HTMLAnchorElement, writing: Writing): Promise<void> {
  const status = one(root, ".take [role=status]");
  status.textContent = `${link.dataset["form"]} is being made …`;
  try {
    if (!await writing.settled()) throw new Refused("Your text is not saved yet; what is said above it comes first.");
    const reply = await fetch(link.href).catch(() => { throw new Refused("Unsung does not answer. If you stopped it, start it again."); });
    if (!reply.ok) throw new Refused(String(((await reply.json()) as { error?: string }).error));
    const address = URL.createObjectURL(await reply.blob());
    h("a", { href: address, download: link.download }).click();
    setTimeout(() => URL.revokeObjectURL(address), 60000);
    status.textContent = `${link.dataset["form"]} is among your downloads, as ${link.download}.`;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    status.textContent = error.message;
  }
}

export class Writing {
  readonly field: HTMLTextAreaElement;
  private readonly beside: Beside;
  private base = "";      // the text that stands on disk, or ours where there is none
  private over = "";      // by what it is known there
  private isOpen = false;
  private clashes = false;
  private keeping: Promise<boolean> | null = null;
  private timer = 0;

  constructor(private readonly root: HTMLElement, private readonly signal: AbortSignal) {
    this.field = one<HTMLTextAreaElement>(root, ".article-text");
    this.beside = new Beside(one(root, ".beside"), this, signal);
    this.field.addEventListener("input", () => this.typed());
    const acts: Record<string, () => void> = {
      keep: () => void this.keep(true), read: () => void this.close(),
      undo: () => this.edit("undo"), redo: () => this.edit("redo"), anew: () => void this.startOver(),
    };
    for (const [name, act] of Object.entries(acts)) one(root, `[data-do=${name}]`).addEventListener("click", act);
    document.addEventListener("selectionchange", () => this.showCaret(), { signal });
    document.addEventListener("keydown", (event) => this.onKey(event), { signal });
    addEventListener("focus", () => void this.lookAround(), { signal });
    addEventListener("beforeunload", (event) => { if (this.isDirty) { event.preventDefault(); void this.keep(); } }, { signal });
    signal.addEventListener("abort", () => { clearTimeout(this.timer); leaving = this.settled(); });
  }

  get isDirty(): boolean {
    return this.isOpen && this.field.value !== this.base;
  }

  async open(): Promise<void> {
    this.show(true);
    try {
      await leaving;
      const own = await madeAtLast(() => ask<Own | Making>(`${settings.api}article`), (words) => this.say(words), this.signal);
      if (!this.signal.aborted) this.begin(own);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.say(error.message, true);
    }
  }

  private begin(own: Own): void {
    const left = this.isOpen ? null : leftBehind(), mine = left && left.text !== own.text ? left : null;
    if (left && !mine) leaveBehind(null);
    [this.base, this.over] = [own.text, own.digest];
    if (mine) this.over = mine.over;
    this.field.value = mine?.text ?? own.text;
    this.field.readOnly = false;
    this.field.setSelectionRange(0, 0);
    this.field.scrollTop = 0;
    this.isOpen = true;
    this.field.focus({ preventScroll: true });
    this.say(own.is_own ? "This is your text as it stands." : "This is our text, from what is found. It is yours once you change it.");
    this.showCaret();
    this.beside.look();
    if (mine) { toast("Words that had not been saved were still in this browser. Here they are."); void this.keep(); }
  }

  private async close(): Promise<void> {
    if (!await this.settled()) return;
    this.show(false);
    const frame = one<HTMLIFrameElement>(this.root, ".reading iframe");
    frame.replaceWith(frame.cloneNode());
    one(this.root, "[data-do=edit]").focus();
  }

  private show(isWriting: boolean): void {
    one(this.root, ".reading").hidden = isWriting;
    one(this.root, ".writing").hidden = !isWriting;
    history.replaceState(history.state, "", isWriting ? "#write" : location.pathname);
  }

  /* ---- saving ---- */

  private typed(): void {
    leaveBehind(this.isDirty ? { text: this.field.value, over: this.over } : null);
    this.beside.look();
    this.showCaret();
    if (this.clashes) return;
    if (this.isDirty) this.say("Not saved yet …");
    this.soon(SAVES_AFTER_MS);
  }

  private soon(afterMs: number): void {
    clearTimeout(this.timer);
    if (!this.signal.aborted) this.timer = setTimeout(() => void this.keep(), afterMs);
  }

  /* Whether all that was typed is on disk by now. */
  async settled(): Promise<boolean> {
    return !this.isDirty || (await this.keep() && (!this.isDirty || this.keep()));
  }

  /* One saving at a time; asked for by name, a text that nobody changed is saved too. */
  async keep(byName = false): Promise<boolean> {
    clearTimeout(this.timer);
    if (this.clashes) { one(this.root, ".clash").focus(); return false; }
    if (this.keeping) await this.keeping;
    if (!this.isDirty && !(byName && this.isOpen)) return true;
    this.keeping = this.brought(this.field.value);
    try { return await this.keeping; } finally { this.keeping = null; }
  }

  private async brought(text: string): Promise<boolean> {
    try {
      const { digest } = await ask<Own>(`${settings.api}article`, "PUT", { text, over: this.over });
      [this.base, this.over] = [text, digest];
      leaveBehind(this.isDirty ? { text: this.field.value, over: digest } : null);
      this.say(`Saved at ${new Date().toLocaleTimeString(undefined, { hour: "2-digit", minute: "2-digit" })}.`);
      if (this.isDirty) this.soon(SAVES_AFTER_MS);
      this.beside.kept();
      return true;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (error.status === 409 && "digest" in error.told) this.showClash(error.told as unknown as Theirs);
      else { this.say(`Not saved: ${error.message.replace(/\.?$/, ".")} Your words stay in this browser, and it is tried again.`, true); this.soon(AGAIN_AFTER_MS); }
      return false;
    }
  }

  /* ---- two texts ---- */

  private showClash(theirs: Theirs): void {
    this.clashes = true;
    this.say("Not saved: the text was changed elsewhere meanwhile.", true);
    const box = one(this.root, ".clash"), isGone = theirs.text === null;
    const choose = (act: () => Promise<unknown>) => (): void => {
      this.clashes = false;
      box.hidden = true;
      this.over = theirs.digest;
      void act();
    };
    box.replaceChildren(
      h("h3", {}, isGone ? "The file was taken away meanwhile" : "It was changed elsewhere meanwhile"),
      h("p", {}, isGone ? "Your text is here; saving puts the file back." : "In an editor, perhaps, or in another window. Neither text is lost: the one you do not choose stays among the versions."),
      h("p", { class: "row" }, h("button", { type: "button", class: "strong", click: choose(() => this.keep(true)) }, "Keep mine"),
        !isGone && h("button", { type: "button", click: choose(() => this.take(theirs.text ?? "")) }, "Take the other")),
      changesShown(theirs.changes, "The other", "Yours"));
    box.hidden = false;
    box.focus();
  }

  /* Mine first, so that it is among the versions; then the other on top of it. */
  async take(text: string): Promise<void> {
    await this.keep(true);
    putAll(this.field, text);
    await this.keep(true);
  }

  /* Whoever comes back to this window sees what was written elsewhere. */
  private async lookAround(): Promise<void> {
    if (!this.isOpen || this.clashes || this.keeping) return;
    if (this.isDirty) { await this.keep(); return; }
    const own = await ask<Own | Making>(`${settings.api}article`).catch(() => null);
    if (!own || "making" in own || own.digest === this.over || this.isDirty || this.keeping || this.signal.aborted) return;
    if (!own.is_own) { this.over = ""; this.say("The file was taken away meanwhile; Save puts it back.", true); return; }
    [this.base, this.over] = [own.text, own.digest];
    putAll(this.field, own.text);
    toast("The text was changed elsewhere. It is shown as it stands now; Undo brings back what was here.");
  }

  private async startOver(): Promise<void> {
    await tried(async () => {
      const before = this.field.value;
      const ours = await madeAtLast(() => ask<Own | Making>(`${settings.api}article/found`), (words) => this.say(words), this.signal);
      await this.take(ours.text);
      toast("The text is ours again, from what is found by now. The one before is among the versions.", () => void this.take(before));
    });
  }

  /* ---- the field ---- */

  private edit(command: "undo" | "redo"): void {
    this.field.focus();
    document.execCommand(command);
  }

  private onKey(event: KeyboardEvent): void {
    const saves = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "s";
    if (!saves || !this.isOpen || one(this.root, ".writing").hidden) return;
    event.preventDefault();
    void this.keep(true);
  }

  private showCaret(): void {
    const { value, selectionStart } = this.field, words = value.trim() ? value.trim().split(/\s+/).length : 0;
    one(this.root, ".caret-line").textContent = `Line ${lineAt(value, selectionStart)} of ${lineAt(value, value.length)} · ${words.toLocaleString("en")} words`;
  }

  private say(words: string, isWrong = false): void {
    const state = one(this.root, ".state");
    state.classList.toggle("wrong", isWrong);
    if (state.textContent !== words) state.textContent = words;
  }
}

/* ---- what the browser keeps until it is saved ---- */

interface Left {
  text: string;
  over: string;
}

const place = (): string => `unsung-article-${settings.api}`;

function leaveBehind(left: Left | null): void {
  try {
    if (left) localStorage.setItem(place(), JSON.stringify(left));
    else localStorage.removeItem(place());
  } catch { /* a browser may keep no memory: then the server alone does */ }
}

function leftBehind(): Left | null {
  try {
    return JSON.parse(localStorage.getItem(place()) ?? "null") as Left | null;
  } catch {
    return null;
  }
}
