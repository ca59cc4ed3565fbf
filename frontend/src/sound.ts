/* Exact sound: cut excerpts, loops without a gap, and two places side by side.

The stream of an <audio> element is right for listening along. A loop and a comparison must join
sample to sample, so there the cut itself is decoded and played from memory. */

import { decoded } from "./attached";
import { Refused } from "./ask";
import type { Track } from "./settings";

export interface Cut {
  track: Track;
  fromS: number;
  untilS: number;
  lufs: number | null;
}

export interface Playing {
  cut: Cut;
  side: number;
  /* Where the music is, in the track. */
  timeS(): number;
  swap(): void;
  stop(): void;
  level(value: number): void;
}

const CROSSFADE_S = 0.03;
/* What is to happen is told so long before: told for now, it comes late, and clicks. */
const AHEAD_S = 0.05;
const STEPS = 32;
const rising = Float32Array.from({ length: STEPS }, (_, k) => Math.sin((k / (STEPS - 1)) * (Math.PI / 2)));
const falling = Float32Array.from(rising).reverse();
let context: AudioContext | null = null;
const kept = new Map<string, AudioBuffer>();
const MOST_KEPT = 24;

/* To be called from a click or a key: browsers start no sound unasked. */
export function awake(): AudioContext {
  context ??= new AudioContext({ sampleRate: 48000 });
  if (context.state === "suspended") void context.resume();
  return context;
}

export async function excerpt(cut: Cut): Promise<AudioBuffer> {
  const name = `${cut.track.n} ${cut.fromS} ${cut.untilS}`;
  const known = kept.get(name);
  if (known) return known;
  const made = await cutOut(cut);
  kept.set(name, made);
  for (const old of kept.keys()) if (kept.size > MOST_KEPT) kept.delete(old);
  return made;
}

async function cutOut(cut: Cut): Promise<AudioBuffer> {
  const { track, fromS, untilS } = cut;
  if (!track.excerpt) return slice(await decoded(track), fromS, untilS);
  const address = `${track.excerpt}?from=${fromS.toFixed(3)}&to=${untilS.toFixed(3)}`;
  const reply = await fetch(address).catch(() => null);
  if (!reply?.ok) throw new Refused(await reasonOf(reply) ?? `The passage of ${track.title} could not be cut out to be played.`);
  return awake().decodeAudioData(await reply.arrayBuffer());
}

async function reasonOf(reply: Response | null): Promise<string | undefined> {
  const told = (await reply?.json().catch(() => null)) as { error?: string } | null | undefined;
  return told?.error;
}

function slice(whole: AudioBuffer, fromS: number, untilS: number): AudioBuffer {
  const start = Math.round(fromS * whole.sampleRate);
  const length = Math.max(1, Math.min(Math.round((untilS - fromS) * whole.sampleRate), whole.length - start));
  const part = awake().createBuffer(whole.numberOfChannels, length, whole.sampleRate);
  for (let k = 0; k < whole.numberOfChannels; k++)
    part.copyToChannel(whole.getChannelData(k).subarray(start, start + length), k);
  return part;
}

/* One cut, or two to be compared, round and round. */
export function looped(cuts: Cut[], buffers: AudioBuffer[], level: number): Playing {
  const sound = awake();
  const master = new GainNode(sound, { gain: level });
  master.connect(sound.destination);
  const gains = matched(cuts);
  let side = 0;
  let fadedS = 0;
  let voice = started(0, 0, sound.currentTime + AHEAD_S);

  /* `atS` is where it begins in the cut, `whenS` when that sounds. */
  function started(which: number, atS: number, whenS: number): Voice {
    const node = new AudioBufferSourceNode(sound, { buffer: buffers[which] ?? null, loop: true });
    const gain = new GainNode(sound, { gain: gains[which] ?? 1 });
    node.connect(gain).connect(master);
    node.start(whenS, atS);
    return { node, gain, which, begunS: whenS - atS };
  }

  function swap(): void {
    if (buffers.length < 2 || sound.currentTime < fadedS) return;
    const whenS = sound.currentTime + AHEAD_S;
    fadedS = whenS + CROSSFADE_S;
    const share = offset(whenS) / length(side);
    const old = voice;
    side = 1 - side;
    voice = started(side, share * length(side), whenS);
    fade(voice.gain, rising, gains[side] ?? 1, whenS);
    fade(old.gain, falling, gains[old.which] ?? 1, whenS);
    old.node.stop(fadedS + 0.01);
  }

  function fade(gain: GainNode, curve: Float32Array, height: number, whenS: number): void {
    gain.gain.setValueCurveAtTime(curve.map((value) => value * height), whenS, CROSSFADE_S);
  }

  const length = (which: number): number => buffers[which]?.duration ?? 1;
  const offset = (whenS: number): number => Math.max(0, whenS - voice.begunS) % length(side);

  return {
    get cut() { return cuts[side] as Cut; },
    get side() { return side; },
    timeS: () => (cuts[side] as Cut).fromS + offset(sound.currentTime),
    swap,
    stop: () => { voice.node.stop(); master.disconnect(); },
    level: (value) => { master.gain.value = value; },
  };
}

interface Voice {
  node: AudioBufferSourceNode;
  gain: GainNode;
  which: number;
  begunS: number;
}

/* Both at the loudness of the softer: else the louder would always seem the better. */
function matched(cuts: Cut[]): number[] {
  const levels = cuts.map((one) => one.lufs);
  if (levels.some((one) => one === null)) return cuts.map(() => 1);
  const softest = Math.min(...(levels as number[]));
  return (levels as number[]).map((one) => 10 ** ((softest - one) / 20));
}
