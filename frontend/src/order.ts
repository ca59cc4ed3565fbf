/* The axes that an album can be laid along: as it is, as the film goes on, as a story does. */

export type Row = [motif: number, track: number, startS: number, endS: number, percent: number, verdict: number, number: number, players: number[]];
export type Stretch = [track: number, fromS: number, untilS: number, atS: number, lastsS: number];

export interface OrderRows {
  name: string;
  title: string;
  inside: string;
  apartS: number;
  wholeS: number;
  isClock: boolean;
  chapters: [title: string, fromS: number, untilS: number][];
  stretches: Stretch[];
  presences: [stretch: number, fromS: number, untilS: number, who: number[]][];
}

export interface Laid {
  tracks: { durationS: number }[];
  motifs: unknown[];
  occurrences: Row[];
  playedShare: number;
}

/* An occurrence as often as it sounds, each time an appearance: columns side by side, for there may be thousands. */
export interface Axis {
  order: OrderRows | null;
  stretches: Stretch[];
  apartS: number;
  wholeS: number;
  rowOf: Int32Array;
  stretchOf: Int32Array;
  fromS: Float64Array;
  untilS: Float64Array;
  /* The appearances of each motif as they begin, and how long the longest lasts. */
  lanes: Int32Array[];
  longestS: number;
  /* Occurrences that sound nowhere on it: another place that sounds the same is played. */
  elsewhere: number;
}

export function axisOf(rows: Laid, order: OrderRows | null): Axis {
  const stretches = order?.stretches ?? oneAfterTheOther(rows);
  const wholeS = order?.wholeS ?? stretches.reduce((sum, it) => sum + it[4], 0);
  const apartS = order?.apartS ?? wholeS;
  const found = soundings(rows, stretches, apartS, order ? rows.playedShare : 0);
  const lanes = rows.motifs.map(() => [] as number[]);
  found.forEach(([row], k) => lanes[rows.occurrences[row]?.[0] ?? -1]?.push(k));
  const fromS = Float64Array.from(found, (it) => it[2]), untilS = Float64Array.from(found, (it) => it[3]);
  return {
    order, stretches, apartS, wholeS: wholeS || 1, fromS, untilS,
    rowOf: Int32Array.from(found, (it) => it[0]),
    stretchOf: Int32Array.from(found, (it) => it[1]),
    lanes: lanes.map((lane) => Int32Array.from(lane).sort((a, b) => (fromS[a] ?? 0) - (fromS[b] ?? 0))),
    longestS: found.reduce((most, it) => Math.max(most, it[3] - it[2]), 0),
    elsewhere: rows.occurrences.length - new Set(found.map((it) => it[0])).size,
  };
}

function oneAfterTheOther(rows: Laid): Stretch[] {
  let atS = 0;
  return rows.tracks.map((track, k) => {
    const stretch: Stretch = [k, 0, track.durationS, atS, track.durationS];
    atS += track.durationS;
    return stretch;
  });
}

type Sounding = [row: number, stretch: number, fromS: number, untilS: number];

/* An occurrence sounds where most of it is played; what never does stands once among what is apart. */
function soundings(rows: Laid, stretches: Stretch[], apartS: number, least: number): Sounding[] {
  const byTrack = rows.tracks.map(() => [] as number[]);
  rows.occurrences.forEach((row, k) => byTrack[row[1]]?.push(k));
  const found: Sounding[] = [], isPlaced = new Set<number>();
  stretches.forEach((stretch, at) => {
    const isApart = stretch[3] >= apartS && least > 0;
    for (const k of byTrack[stretch[0]] ?? []) {
      const [, , startS, endS] = rows.occurrences[k] as Row;
      const sharedS = Math.min(endS, stretch[2]) - Math.max(startS, stretch[1]);
      if (sharedS <= 0 || (isApart ? isPlaced.has(k) : sharedS < least * (endS - startS))) continue;
      isPlaced.add(k);
      found.push([k, at, onAxis(stretch, Math.max(startS, stretch[1])), onAxis(stretch, Math.min(endS, stretch[2]))]);
    }
  });
  return found;
}

/* Where an instant of a stretch's track stands on the axis. */
export function onAxis(stretch: Stretch, timeS: number): number {
  const [, fromS, untilS, atS, lastsS] = stretch;
  return atS + (timeS - fromS) * lastsS / (untilS - fromS);
}

/* Which appearances have somebody in them. */
export function withSomebody(axis: Axis, rows: Laid, who: number): Uint8Array {
  const there = new Map<number, [number, number][]>();
  for (const [stretch, fromS, untilS, names] of axis.order?.presences ?? []) {
    if (names.includes(who)) there.set(stretch, [...(there.get(stretch) ?? []), [fromS, untilS]]);
  }
  return Uint8Array.from(axis.rowOf, (row, k) => {
    const [, , startS, endS] = rows.occurrences[row] as Row;
    const spans = there.get(axis.stretchOf[k] ?? -1) ?? [];
    return Number(spans.some(([fromS, untilS]) => fromS < endS && startS < untilS));
  });
}
