/* A reader's own copy of the album, chosen in the browser, where it stays.

Files are told by how they sound, whatever they are called and however they were coded (prints.ts);
by name and length only for a track that is too short or too even to be told so. What a browser
cannot seek in exactly (MP3 above all), or what begins earlier or later than what was heard, is
decoded once, put right, and played from memory. */

import { Refused } from "./ask";
import { curveOf, isTelling, likeness, prints, type Curve, type Likeness, type Prints } from "./prints";
import { settings, type Track } from "./settings";

const files = new Map<string, File>();
/* How much later than in what was heard the music begins in a reader's file. */
const later = new Map<string, number>();
const playable = new Map<string, string>();
const whole = new Map<string, AudioBuffer>();
const MOST_WHOLE = 2, MOST_BYTES = 400e6;
const NEAR_S = 3, NEAR_BY_NAME_S = 1.5;
const MOST_APART = 0.35, MOST_APART_DB = 1.5, ALIKE = 0.02;
const NOTICED_S = 0.01;
const SEEKS_EXACTLY = /\.(flac|wav|ogg|oga|opus)$/i;
const SOUNDS = /\.(mp3|m4a|aac|flac|wav|ogg|oga|opus|webm)$/i;

export function isAttached(track: Track): boolean {
  return files.has(track.file);
}

interface Listened {
  file: File;
  durationS: number;
  curve: Curve | null;
}

/* Ask for files; what was found among them, in words. `shows` is told how far it has come. */
export async function attach(chosen: File[], shows: (words: string) => void): Promise<string> {
  const sounds = chosen.filter((one) => SOUNDS.test(one.name) && one.size < MOST_BYTES);
  if (!sounds.length) return "There is no sound file among what you chose.";
  const known = await prints();
  const listened: Listened[] = [];
  for (const [k, file] of sounds.entries()) {
    shows(`Listening to ${k + 1} of ${sounds.length} …`);
    listened.push(await heard(file, known));
  }
  keepLikest(listened, known);
  for (const track of settings.tracks)
    if (!isAttached(track) && !(known && isTelling(track, known))) keepNamed(track, listened);
  return inWords(listened);
}

/* An MP3 may say anything of its length; any other file as long as no track is none of them. */
async function heard(file: File, known: Prints | null): Promise<Listened> {
  const durationS = await lengthOf(file);
  const mayBe = /\.(mp3|aac)$/i.test(file.name) || settings.tracks.some((one) => Math.abs(one.durationS - durationS) < NEAR_S);
  const curve = known && mayBe ? await curveOf(file, known) : null;
  return { file, durationS: curve?.durationS ?? durationS, curve };
}

/* Of all that sound alike, first those most alike; where two are as like, those whose names agree. */
function keepLikest(listened: Listened[], known: Prints | null): void {
  const found: (Likeness & { file: File; rank: number })[] = [];
  for (const { file, durationS, curve } of listened)
    for (const track of settings.tracks) {
      if (!known || !curve || Math.abs(track.durationS - durationS) > NEAR_S || !isTelling(track, known)) continue;
      const like = likeness(curve, track, known);
      if (like.apart > MOST_APART || like.apartDb > MOST_APART_DB) continue;
      found.push({ ...like, file, rank: like.apart + (isNamed(file, track) ? 0 : ALIKE) });
    }
  const taken = new Set<File>(), given = new Set<Track>();
  for (const { track, file, offsetS } of found.sort((one, other) => one.rank - other.rank)) {
    if (taken.has(file) || given.has(track)) continue;
    taken.add(file);
    given.add(track);
    keep(track, file, offsetS);
  }
}

function keepNamed(track: Track, listened: Listened[]): void {
  const near = listened.filter((one) => Math.abs(one.durationS - track.durationS) <= NEAR_BY_NAME_S && isNamed(one.file, track));
  const found = near.find((one) => one.file.webkitRelativePath.endsWith(`/${track.file}`)) ?? near[0];
  if (found) keep(track, found.file, 0);
}

function keep(track: Track, file: File, offsetS: number): void {
  files.set(track.file, file);
  later.set(track.file, offsetS);
  whole.delete(track.file);
  const address = playable.get(track.file);
  if (address) URL.revokeObjectURL(address);
  playable.delete(track.file);
}

function inWords(listened: Listened[]): string {
  const here = new Set(files.values());
  const found = settings.tracks.filter(isAttached).length;
  const others = listened.filter((one) => !here.has(one.file)).map((one) => one.file);
  const named = others.find((one) => settings.tracks.some((track) => !isAttached(track) && isNamed(one, track)));
  return [
    found ? `${found} of ${settings.tracks.length} tracks found among your files. They stay in this browser.` : "None of these files sounds like a track of this album.",
    found && others.length ? `${others.length === 1 ? "One file is" : `${others.length} files are`} none of them.` : "",
    named ? `${named.name} is named like one, and sounds different: another recording, it may be.` : "",
  ].filter(Boolean).join(" ");
}

function isNamed(file: File, track: Track): boolean {
  const base = plain(track.file.split(/[/!]/).pop() ?? ""), title = plain(track.title), name = plain(file.name);
  return name === base || (title !== "" && name.includes(title));
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
  const isExact = SEEKS_EXACTLY.test(file.name) && Math.abs(later.get(track.file) ?? 0) < NOTICED_S;
  const sound = isExact ? file : asWave(await decoded(track));
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
  const read = await new OfflineAudioContext(2, 1, 48000).decodeAudioData(bytes).catch(() => {
    throw new Refused(`This browser cannot read ${file?.name ?? track.title}.`);
  });
  const made = earlier(read, file ? later.get(track.file) ?? 0 : 0);
  whole.set(track.file, made);
  for (const old of whole.keys()) if (whole.size > MOST_WHOLE) whole.delete(old);
  return made;
}

/* The sound moved so much earlier; what is missing at its beginning is silence. */
function earlier(sound: AudioBuffer, byS: number): AudioBuffer {
  const skip = Math.round(byS * sound.sampleRate);
  if (Math.abs(byS) < NOTICED_S || skip >= sound.length) return sound;
  const made = new AudioBuffer({ numberOfChannels: sound.numberOfChannels, length: sound.length - skip, sampleRate: sound.sampleRate });
  for (let k = 0; k < sound.numberOfChannels; k++)
    made.copyToChannel(sound.getChannelData(k).subarray(Math.max(skip, 0)), k, Math.max(-skip, 0));
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
