/* What is sung into the microphone: taken when asked, until asked, until silence, or for a while. */

import { Refused } from "./ask";

export interface Sung {
  samples: Int16Array;
  rateHz: number;
}

const LONGEST_S = 15, SILENCE_S = 2.5, WAITS_S = 6;
const RATE_HZ = 22050, LOOKS_EVERY_MS = 50;
const QUIET_DB = -50, BELOW_LOUDEST_DB = 30, SOFTEST_DB = -60;

/* A browser's own help for speech (echo, noise, level) would take a whistle for noise. */
const PLAINLY = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };

const REASONS: Record<string, string> = {
  NotAllowedError: "The microphone was not allowed. Allow it for this page in your browser (beside its address), and try again.",
  NotFoundError: "There is no microphone on this machine. Plug one in, or type the notes.",
  NotReadableError: "The microphone does not answer: another program may hold it.",
};

/* What was sung until `ends` is called off; `shows` is told how loud it is (0 to 1) and for how long. */
export async function sung(ends: AbortSignal, shows: (level: number, timeS: number) => void): Promise<Sung> {
  const microphone = await opened();
  try {
    const blob = await recorded(microphone, ends, shows);
    const sound = await new OfflineAudioContext(1, 1, RATE_HZ).decodeAudioData(await blob.arrayBuffer()).catch(() => {
      throw new Refused("What was recorded cannot be read by this browser.");
    });
    return { samples: inSteps(sound.getChannelData(0)), rateHz: sound.sampleRate };
  } finally {
    for (const track of microphone.getTracks()) track.stop();
  }
}

async function opened(): Promise<MediaStream> {
  if (!isSecureContext || !navigator.mediaDevices)
    throw new Refused("Browsers lend the microphone only to pages of this very machine, or over https. Type the notes instead.");
  try {
    return await navigator.mediaDevices.getUserMedia({ audio: { ...PLAINLY, channelCount: 1 } });
  } catch (error) {
    const reason = error instanceof DOMException ? REASONS[error.name] : undefined;
    throw new Refused(reason ?? "The microphone could not be opened.");
  }
}

async function recorded(microphone: MediaStream, ends: AbortSignal, shows: (level: number, timeS: number) => void): Promise<Blob> {
  const context = new AudioContext();
  const ear = new AnalyserNode(context, { fftSize: 2048 });
  new MediaStreamAudioSourceNode(context, { mediaStream: microphone }).connect(ear);
  const recorder = new MediaRecorder(microphone, { audioBitsPerSecond: 128000 });
  const parts: Blob[] = [];
  recorder.addEventListener("dataavailable", (event) => parts.push(event.data));
  const done = new Promise((stopped) => recorder.addEventListener("stop", stopped, { once: true }));
  recorder.start();
  const watch = new Watch();
  const looking = setInterval(() => {
    const level = levelDb(ear);
    shows(Math.max(0, 1 - level / SOFTEST_DB), watch.timeS);
    if (ends.aborted || watch.isOver(level)) stop();
  }, LOOKS_EVERY_MS);
  const stop = (): void => { if (recorder.state !== "inactive") recorder.stop(); };
  ends.addEventListener("abort", stop, { once: true });
  microphone.getTracks()[0]?.addEventListener("ended", stop);
  await done;
  clearInterval(looking);
  void context.close();
  return new Blob(parts, { type: recorder.mimeType });
}

/* Tells when a singer has ended: by silence after singing, or because nothing came, or it was long. */
class Watch {
  private readonly beganMs = performance.now();
  private heardS = -1;
  private loudest = SOFTEST_DB;

  get timeS(): number {
    return (performance.now() - this.beganMs) / 1000;
  }

  isOver(level: number): boolean {
    this.loudest = Math.max(this.loudest, level);
    if (level > Math.max(QUIET_DB, this.loudest - BELOW_LOUDEST_DB)) this.heardS = this.timeS;
    const quietS = this.timeS - Math.max(this.heardS, 0);
    return this.timeS > LONGEST_S || quietS > (this.heardS < 0 ? WAITS_S : SILENCE_S);
  }
}

function levelDb(ear: AnalyserNode): number {
  const samples = new Float32Array(ear.fftSize);
  ear.getFloatTimeDomainData(samples);
  const power = samples.reduce((sum, one) => sum + one * one, 0) / samples.length;
  return Math.max(SOFTEST_DB, 10 * Math.log10(power + 1e-12));
}

function inSteps(samples: Float32Array): Int16Array {
  return Int16Array.from(samples, (one) => Math.round(Math.max(-1, Math.min(1, one)) * 32767));
}
