/* Elements from words: text is only ever set as text, so that no comment can become markup. */

type Child = Node | string | null | false;
type Attributes = Record<string, string | number | boolean | EventListener>;

export function h<K extends keyof HTMLElementTagNameMap>(
  name: K, attributes: Attributes = {}, ...children: Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(key, value);
    else if (value === true) made.setAttribute(key, "");
    else if (value !== false) made.setAttribute(key, String(value));
  }
  made.append(...children.filter((one): one is Node | string => one !== null && one !== false));
  return made;
}

export function all<E extends Element = HTMLElement>(root: ParentNode, selector: string): E[] {
  return [...root.querySelectorAll<E>(selector)];
}

export function one<E extends Element = HTMLElement>(root: ParentNode, selector: string): E {
  const found = root.querySelector<E>(selector);
  if (!found) throw new Error(`the page has no ${selector}`);
  return found;
}

/* A link to a place in a track: it is played by whoever plays all of them. */
export function placeLink(n: number, title: string, fromS: number, untilS: number, href: string): HTMLElement {
  const words = `${clock(fromS)}–${clock(untilS)}`;
  const arrow = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  for (const [key, value] of [["viewBox", "0 0 24 24"], ["width", "12"], ["height", "12"], ["aria-hidden", "true"]] as const)
    arrow.setAttribute(key, value);
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", "M5 3l16 9-16 9z");
  arrow.append(path);
  return h("a", {
    class: "chip play-one", href: href || "#main",
    "data-track": `track-${n}`, "data-from": fromS.toFixed(3), "data-until": untilS.toFixed(3),
    "aria-label": `Play ${title} from ${clock(fromS)} to ${clock(untilS)}`,
  }, arrow, words);
}

export function clock(timeS: number, tenths = false): string {
  const whole = Math.floor(Math.max(0, timeS) + (tenths ? 1e-6 : 0));
  const minutes = Math.floor(whole / 60) % 60;
  const hours = Math.floor(whole / 3600);
  const rest = tenths ? `.${Math.floor((Math.max(0, timeS) - whole + 1e-6) * 10)}` : "";
  const seconds = String(whole % 60).padStart(2, "0") + rest;
  return hours ? `${hours}:${String(minutes).padStart(2, "0")}:${seconds}` : `${minutes}:${seconds}`;
}

/* `1:02.5`, `62.5`, `1:02:03`; nothing where it is no time. */
export function seconds(text: string): number | null {
  const parts = text.trim().split(":");
  if (!/^[\d:.]+$/.test(text.trim()) || parts.length > 3) return null;
  const value = parts.reduce((sum, part) => sum * 60 + Number(part), 0);
  return Number.isFinite(value) ? value : null;
}

export const calm = matchMedia("(prefers-reduced-motion: reduce)");
