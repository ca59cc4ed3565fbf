/* The library: an album is added, listened to, and its progress told as it goes. */

import { ask, Refused, tried } from "./ask";
import { all, h, one } from "./dom";
import { refresh } from "./go";
import { settings } from "./settings";

interface Heard {
  done?: number;
  of?: number;
  track?: string;
  stage?: string;
  finished?: boolean;
  stopped?: boolean;
  error?: string;
  idle?: boolean;
}

interface Folders {
  path: string;
  above: string;
  folders: { name: string; path: string; has_music: boolean }[];
  has_music: boolean;
}

export function mountLibrary(root: HTMLElement, signal: AbortSignal): void {
  for (const card of all(root, ".shelf > li[data-slug]")) {
    const listen = card.querySelector<HTMLButtonElement>("[data-do=listen]");
    if (!listen) continue;
    listen.hidden = false;
    listen.addEventListener("click", () => void listenTo(card, signal));
    card.querySelector("[data-do=stop]")?.addEventListener("click", () => void tried(async () => {
      await ask(`${addressOf(card)}/listen/stop`, "POST", {});
    }));
    if (card.dataset["state"] === "listening") follow(card, signal);
  }
  const form = root.querySelector<HTMLFormElement>(".add-form");
  form?.addEventListener("submit", (event) => { event.preventDefault(); void add(form, signal); });
  const look = form?.querySelector<HTMLButtonElement>("[data-do=look]");
  if (form && look) { look.hidden = false; look.addEventListener("click", () => void tried(() => lookInto(form, ""))); }
}

function addressOf(card: HTMLElement): string {
  return `${settings.albums}/${encodeURIComponent(card.dataset["slug"] ?? "")}`;
}

/* The folders of this machine, one inside the other, to be chosen from. */
async function lookInto(form: HTMLFormElement, path: string): Promise<void> {
  const box = one(form, ".folders");
  const found = await ask<Folders>("/api/folders", "POST", { path });
  const input = form.elements.namedItem("path") as HTMLInputElement;
  if (path) input.value = found.path;
  const open = (to: string) => (): void => void tried(() => lookInto(form, to));
  const rows = found.folders.map((it) => h("li", {},
    h("button", { type: "button", class: "quiet", click: open(it.path) }, it.name), it.has_music && h("span", { class: "soft" }, " holds music")));
  box.hidden = false;
  box.replaceChildren(
    h("p", { class: "soft" }, h("code", {}, found.path), found.has_music ? " holds music." : ""),
    h("ul", {}, found.above !== found.path && h("li", {}, h("button", { type: "button", class: "quiet", click: open(found.above) }, "↑ the folder above")), ...rows));
  if (path) box.querySelector("button")?.focus();
}

async function add(form: HTMLFormElement, signal: AbortSignal): Promise<void> {
  const wrong = one(form, ".wrong");
  wrong.textContent = "";
  const path = (form.elements.namedItem("path") as HTMLInputElement).value.trim();
  try {
    const { slug } = await ask<{ slug: string }>(settings.albums ?? "", "POST", { path });
    await ask(`${settings.albums}/${encodeURIComponent(slug)}/listen`, "POST", {});
    await refresh();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    if (!signal.aborted) wrong.textContent = error.message;
    form.querySelector("input")?.focus();
  }
}

async function listenTo(card: HTMLElement, signal: AbortSignal): Promise<void> {
  const begun = await tried(async () => { await ask(`${addressOf(card)}/listen`, "POST", {}); });
  if (begun) follow(card, signal);
}

function follow(card: HTMLElement, signal: AbortSignal): void {
  const box = one(card, ".progress"), bar = one<HTMLProgressElement>(box, "progress"), status = one(box, "[role=status]");
  const swap = (isOn: boolean): void => {
    box.hidden = !isOn && !status.textContent;
    one(card, "[data-do=listen]").hidden = isOn;
    one(card, "[data-do=stop]").hidden = !isOn;
  };
  status.textContent = "Beginning …";
  swap(true);
  const events = new EventSource(`${addressOf(card)}/listen/events`);
  signal.addEventListener("abort", () => events.close());
  events.addEventListener("message", (event) => {
    const heard = JSON.parse(String(event.data)) as Heard;
    if (heard.of) { bar.max = heard.of; bar.value = heard.done ?? 0; }
    if (heard.idle) { events.close(); status.textContent = ""; swap(false); return; }
    if (heard.finished || heard.stopped || heard.error) {
      events.close();
      status.textContent = heard.error ?? (heard.stopped ? "Stopped. What was heard is kept." : "Done.");
      swap(false);
      if (!heard.error) void refresh();
      return;
    }
    status.textContent = [heard.of ? `${heard.done ?? 0} of ${heard.of}` : "", heard.track ?? "", heard.stage ?? ""].filter(Boolean).join(" · ");
  });
  events.addEventListener("error", () => {
    if (events.readyState !== EventSource.CLOSED) { status.textContent = "Waiting for Unsung to answer again …"; return; }
    status.textContent = "The listening is no longer told. Reload the page to see how far it is.";
    swap(false);
  });
}
