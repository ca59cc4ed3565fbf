/* A text field with lines: where the caret is, and changes that the browser's own undo takes back. */

const LINE_END = /\n|[\u0085\u2028\u2029]/;

export function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split(LINE_END).length;
}

export function lineOf(text: string, line: number): string {
  return text.split(LINE_END)[line - 1] ?? "";
}

/* Written as if typed, so that Ctrl+Z takes it back. */
export function put(field: HTMLTextAreaElement, words: string): void {
  field.focus();
  if (document.execCommand("insertText", false, words)) return;
  field.setRangeText(words, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input"));
}

export function putAll(field: HTMLTextAreaElement, text: string): void {
  const at = Math.min(field.selectionStart, text.length), scrolled = field.scrollTop;
  field.focus();
  field.select();
  put(field, text);
  field.setSelectionRange(at, at);
  field.scrollTop = scrolled;
}

/* Selects signs of a line, counted as people count them, and brings them into sight. */
export function select(field: HTMLTextAreaElement, line: number, from: number, to: number): void {
  const lines = field.value.split(LINE_END), signs = [...(lines[line - 1] ?? "")];
  const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  const words = signs.slice(from, to).join(""), before = signs.slice(0, from).join("");
  field.focus();
  field.setSelectionRange(start + before.length, start + before.length + words.length);
  field.scrollTop = Math.max(0, heightOf(field, start + before.length) - field.clientHeight / 3);
}

/* How far below the field's first line an offset stands. */
function heightOf(field: HTMLTextAreaElement, offset: number): number {
  const twin = document.createElement("div"), style = getComputedStyle(field);
  for (const name of ["font", "line-height", "padding", "tab-size", "letter-spacing"]) twin.style.setProperty(name, style.getPropertyValue(name));
  for (const [name, value] of Object.entries({ position: "absolute", visibility: "hidden", "white-space": "pre-wrap", "overflow-wrap": "break-word", width: `${field.clientWidth}px` }))
    twin.style.setProperty(name, value);
  twin.textContent = field.value.slice(0, offset);
  document.body.append(twin);
  const height = twin.offsetHeight;
  twin.remove();
  return height;
}
