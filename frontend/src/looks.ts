/* How motifs look on the map: their hue, their weave, and what is known of an occurrence. */

import { all, one } from "./dom";
import { CONFIRMED, REJECTED } from "./filter";

export interface Look {
  fill: string;
  letter: string;
  weave: CanvasPattern | null;
}

const COLOURS = ["ink", "soft", "faint", "rule", "paper", "accent", "curve", "hill"] as const;
export type Colours = Record<(typeof COLOURS)[number], string>;

/* The colours of the page, light or dark. */
export function coloursOf(root: Element): Colours {
  const style = getComputedStyle(root);
  return Object.fromEntries(COLOURS.map((name) => [name, style.getPropertyValue(`--${name}`).trim()])) as Colours;
}

/* As the list of motifs beside the map shows them. */
export function looksOf(root: Element, paint: CanvasRenderingContext2D, paper: string): Look[] {
  return all(root, ".map-names .swatch").map((swatch) => {
    const weave = /weave-(\d)/.exec(swatch.querySelector(".woven")?.getAttribute("class") ?? "")?.[1];
    return {
      fill: getComputedStyle(one<Element>(swatch, ".motif")).fill,
      letter: swatch.querySelector("text")?.textContent ?? "",
      weave: weave ? weaveOf(weave, paint, paper) : null,
    };
  });
}

function weaveOf(name: string, on: CanvasRenderingContext2D, paper: string): CanvasPattern | null {
  const drawn = document.querySelector(`#weave-${name} path`)?.getAttribute("d");
  const tile = document.createElement("canvas");
  tile.width = tile.height = 8;
  const paint = tile.getContext("2d");
  if (!drawn || !paint) return null;
  Object.assign(paint, { strokeStyle: paper, globalAlpha: 0.55, lineWidth: 1.5 });
  paint.stroke(new Path2D(drawn));
  return on.createPattern(tile, "repeat");
}

/* The fainter, the less sure; what a person confirmed is sure, and what nobody asked for hardly there. */
export function strength(percent: number, verdict: number, isShown: boolean): number {
  if (!isShown) return 0.07;
  return verdict === CONFIRMED ? 1 : 0.2 + 0.8 * (percent / 100) ** 2;
}

export interface Box {
  left: number;
  top: number;
  wide: number;
  high: number;
}

export function drawBlock(paint: CanvasRenderingContext2D, look: Look, { left, top, wide, high }: Box, verdict: number, ink: string, family: string): void {
  if (verdict === REJECTED) {
    Object.assign(paint, { strokeStyle: look.fill, lineWidth: 1.5 });
    paint.setLineDash([3, 2]);
    paint.strokeRect(left, top, wide, high);
    paint.setLineDash([]);
    return;
  }
  paint.fillStyle = look.fill;
  paint.fillRect(left, top, wide, high);
  if (look.weave && wide > 8) { paint.fillStyle = look.weave; paint.fillRect(left, top, wide, high); }
  if (verdict === CONFIRMED) { Object.assign(paint, { strokeStyle: ink, lineWidth: 1.5 }); paint.strokeRect(left, top, wide, high); }
  if (wide < 22) return;
  Object.assign(paint, { fillStyle: ink, font: `700 12px ${family}`, textAlign: "center" });
  paint.fillText(look.letter, left + wide / 2, top + high / 2 + 4);
  paint.textAlign = "start";
}
