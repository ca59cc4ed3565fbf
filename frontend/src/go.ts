/* From page to page without a break in the music: only what stands between bar and player changes. */

import { one } from "./dom";
import { readSettings } from "./settings";

let mountAll: () => void = () => undefined;
let leaving = 0;
let shown = "";
const pageOf = (address: string): string => new URL(address, location.href).href.split("#")[0] ?? "";

export function equipWays(mount: () => void): void {
  mountAll = mount;
  if (!location.protocol.startsWith("http")) return;
  history.scrollRestoration = "manual";
  shown = pageOf(location.href);
  document.addEventListener("click", (event) => {
    const link = (event.target as Element).closest?.("a[href]");
    if (!(link instanceof HTMLAnchorElement) || event.defaultPrevented || !isPlain(event)) return;
    if (!staysHere(link)) return;
    event.preventDefault();
    void goTo(link.href);
  });
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (event.defaultPrevented || form.method !== "get" || !form.getAttribute("action")) return;
    event.preventDefault();
    const query = new URLSearchParams(new FormData(form) as unknown as Record<string, string>);
    void goTo(`${form.action}?${query}`);
  });
  addEventListener("popstate", (event) => {
    if (pageOf(location.href) !== shown) void show(location.href, (event.state as { y?: number } | null)?.y ?? 0);
  });
}

function isPlain(event: MouseEvent): boolean {
  return event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
}

/* A page of ours, and not this very one. */
function staysHere(link: HTMLAnchorElement): boolean {
  const isPage = !link.download && !link.target && link.dataset["whole"] === undefined && link.origin === location.origin;
  const isSame = link.pathname === location.pathname && link.search === location.search;
  return isPage && !/\/(audio|api)\//.test(link.pathname) && !(isSame && link.hash !== "");
}

export async function goTo(address: string): Promise<void> {
  history.replaceState({ y: scrollY }, "");
  history.pushState(null, "", address);
  await show(address, 0);
}

/* The same page again, after something in it was changed. */
export async function refresh(): Promise<void> {
  await show(location.href, scrollY, true);
}

async function show(address: string, y: number, isSame = false): Promise<void> {
  const turn = ++leaving;
  document.documentElement.classList.add("leaving");
  const found = await fetched(address), page = found?.page;
  if (turn !== leaving) return;
  document.documentElement.classList.remove("leaving");
  if (!page) { location.assign(address); return; }
  if (found?.movedTo) history.replaceState(history.state, "", found.movedTo + location.hash);
  shown = pageOf(location.href);
  document.title = page.title;
  for (const part of ["main", ".bar"]) one(document, part).replaceWith(document.adoptNode(one(page, part)));
  one(document, "#settings").textContent = one(page, "#settings").textContent;
  readSettings(document);
  mountAll();
  const aim = location.hash.length > 1 && !location.hash.startsWith("#t=") && !isSame
    ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
  if (aim) aim.scrollIntoView();
  else scrollTo(0, y);
  if (!isSame) one(document, "main").focus({ preventScroll: true });
}

/* The page, and where it lies now if its address leads elsewhere. */
async function fetched(address: string): Promise<{ page: Document; movedTo: string } | null> {
  const reply = await fetch(address, { headers: { Accept: "text/html" } }).catch(() => null);
  if (!reply || !(reply.headers.get("Content-Type") ?? "").startsWith("text/html")) return null;
  const page = new DOMParser().parseFromString(await reply.text(), "text/html");
  const isOurs = page.querySelector("main#main") && page.querySelector("#settings") && page.querySelector(".bar");
  return isOurs ? { page, movedTo: reply.redirected ? reply.url : "" } : null;
}

