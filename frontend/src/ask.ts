/* Asking the server, and telling what came of it. */

import { h, one } from "./dom";
import { settings } from "./settings";

type Json = Record<string, unknown>;

/* What the server would not do: why, in words, and what else it told. */
export class Refused extends Error {
  constructor(words: string, readonly status = 0, readonly told: Json = {}) {
    super(words);
  }
}

export async function ask<T>(address: string, method = "GET", body?: Json | string | Blob): Promise<T> {
  const headers: Record<string, string> = { Accept: "application/json" };
  if (method !== "GET") headers["X-Unsung-Token"] = settings.token;
  if (body !== undefined) headers["Content-Type"] = body instanceof Blob ? "application/octet-stream" : "application/json";
  const given = typeof body === "string" || body instanceof Blob ? body : body && JSON.stringify(body);
  const reply = await answered(fetch(address, { method, headers, ...(given !== undefined && { body: given }) }));
  const text = await reply.text();
  const told = text ? readable(text) : {};
  if (!reply.ok) throw new Refused(String((told as Json)["error"] ?? `The server said ${reply.status}.`), reply.status, told as Json);
  return told as T;
}

async function answered(reply: Promise<Response>): Promise<Response> {
  try {
    return await reply;
  } catch {
    throw new Refused("Unsung does not answer. If you stopped it, start it again and try once more.");
  }
}

function readable(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

/* A line at the edge of the page, with a way back if there is one. */
export function toast(words: string | (Node | string)[], undo?: () => void): void {
  const box = one(document, ".toasts");
  const line = h("p", {}, ...[words].flat());
  if (undo) line.append(" ", h("button", { type: "button", class: "quiet", click: () => { line.remove(); undo(); } }, "Undo"));
  box.replaceChildren(line);
  setTimeout(() => line.remove(), undo ? 12000 : 6000);
}

/* Do it, and say in words what went wrong. */
export async function tried(work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    toast(error.message);
    return false;
  }
}
