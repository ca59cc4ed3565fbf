/* A reader's own copy of the album, chosen in the browser, where it stays.

Files are told by name and by length. What a browser cannot seek in exactly (MP3 above all) is
decoded once and played from memory. */

import { Refused, toast } from "./ask";
import { settings, type Track } from "./settings";

const files = new Map<string, File>();
const playable = new Map<string, string>();
const whole = new Map<string, AudioBuffer>();
const MOST_WHOLE = 2;
const NEAR_S = 1.5;
const SEEKS_EXACTLY = /\.(flac|wav|ogg|oga|opus)$/i;

export function isAttached(track: Track): boolean {
  return files.has(track.file);
}

/* Ask for files; how many tracks of the album were found among them. */
export async function attach(chosen: File[]): Promise<number> {
  const sounds = chosen.filter((one) => /\.(mp3|m4a|aac|flac|wav|ogg|oga|opus|webm)$/i.test(one.name));
  if (!sounds.length) {
    toast("There is no sound file among what you chose.");
    return 0;
  }
  const lengths = new Map<File, number>();
  for (const one of sounds) lengths.set(one, await lengthOf(one));
  for (const track of settings.tracks) {
    const found = bestFor(track, sounds, lengths);
    if (found) files.set(track.file, found);
  }
  return settings.tracks.filter(isAttached).length;
}

function bestFor(track: Track, sounds: File[], lengths: Map<File, number>): File | undefined {
  const near = sounds.filter((one) => Math.abs((lengths.get(one) ?? -9) - track.durationS) <= NEAR_S);
  const base = plain(track.file.split(/[/!]/).pop() ?? "");
  const title = plain(track.title);
  return near.find((one) => plain(one.name) === base)
    ?? near.find((one) => title !== "" && plain(one.name).includes(title))
    ?? (near.length === 1 ? near[0] : undefined);
}

function plain(name: string): string {
  return name.replace(/\.\w+$/, "").normalize("NFKD").replace(/[^\p{L}\p{N}]+/gu, " ").trim().toLowerCase();
}

function lengthOf(file: File): Promise<number> {
  return new Promise((done) => {
    const probe = new Audio();
    const address = URL.createObjectURL(file);
    const end = (value: number): void => { URL.revokeObjectURL(address); done(value); };
    probe.preload = "metadata";
    probe.onloadedmetadata = () => end(probe.duration);
    probe.onerror = () => end(-1);
    probe.src = address;
  });
}

/* Where the <audio> element finds the sound of a track: the server's, or the reader's. */
export async function addressOf(track: Track): Promise<string> {
  const file = files.get(track.file);
  if (!file) return track.audio;
  const known = playable.get(track.file);
  if (known) return known;
  const sound = SEEKS_EXACTLY.test(file.name) ? file : asWave(await decoded(track));
  const address = URL.createObjectURL(sound);
  playable.set(track.file, address);
  for (const [old, where] of playable)
    if (playable.size > 8) { URL.revokeObjectURL(where); playable.delete(old); }
  return address;
}

/* All of a track, decoded: from the reader's file, or from what was published. */
export async function decoded(track: Track): Promise<AudioBuffer> {
  const known = whole.get(track.file);
  if (known) return known;
  const file = files.get(track.file);
  const bytes = file ? await file.arrayBuffer() : await published(track);
  const made = await new OfflineAudioContext(2, 1, 48000).decodeAudioData(bytes).catch(() => {
    throw new Refused(`This browser cannot read ${file?.name ?? track.title}.`);
  });
  whole.set(track.file, made);
  for (const old of whole.keys()) if (whole.size > MOST_WHOLE) whole.delete(old);
  return made;
}

async function published(track: Track): Promise<ArrayBuffer> {
  const reply = track.audio ? await fetch(track.audio).catch(() => null) : null;
  if (!reply?.ok) throw new Refused(`The sound of ${track.title} is not here.`);
  return reply.arrayBuffer();
}

function asWave(sound: AudioBuffer): Blob {
  const channels = sound.numberOfChannels, bytes = sound.length * channels * 2;
  const view = new DataView(new ArrayBuffer(44 + bytes));
  const text = (at: number, word: string): void => { for (let k = 0; k < 4; k++) view.setUint8(at + k, word.charCodeAt(k)); };
  text(0, "RIFF"); view.setUint32(4, 36 + bytes, true); text(8, "WAVE"); text(12, "fmt ");
  view.setUint32(16, 16, true); view.setUint16(20, 1, true); view.setUint16(22, channels, true);
  view.setUint32(24, sound.sampleRate, true); view.setUint32(28, sound.sampleRate * channels * 2, true);
  view.setUint16(32, channels * 2, true); view.setUint16(34, 16, true); text(36, "data"); view.setUint32(40, bytes, true);
  const rows = Array.from({ length: channels }, (_, k) => sound.getChannelData(k));
  let at = 44;
  for (let frame = 0; frame < sound.length; frame++)
    for (const row of rows) { view.setInt16(at, Math.max(-1, Math.min(1, row[frame] ?? 0)) * 32767, true); at += 2; }
  return new Blob([view.buffer], { type: "audio/wav" });
}
