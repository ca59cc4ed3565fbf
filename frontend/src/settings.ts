/* What the page tells the script of its album. */

export interface Track {
  n: number;
  title: string;
  file: string;
  durationS: number;
  page: string;
  audio: string;
  excerpt: string;
  isScore: boolean;
}

export interface MotifName {
  label: string;
  title: string;
  page: string;
}

export interface Settings {
  album: string;
  api: string;
  albums?: string;
  library: string;
  token: string;
  canWrite: boolean;
  canAttach: boolean;
  tracks: Track[];
  motifs: MotifName[];
}

const NOTHING: Settings = {
  album: "", api: "", library: "", token: "", canWrite: false, canAttach: false, tracks: [], motifs: [],
};

export let settings: Settings = NOTHING;

/* Read again for every page: in the library and in an album they differ. */
export function readSettings(from: Document): void {
  settings = { ...NOTHING, ...plain<Partial<Settings>>(from, "settings") };
}

export function plain<T>(from: Document | Element, id: string): T | null {
  const text = from.querySelector(`script[type="application/json"]#${id}`)?.textContent;
  return text ? (JSON.parse(text) as T) : null;
}

export function trackAt(n: number): Track | undefined {
  return settings.tracks.find((one) => one.n === n);
}

/* `track-3` is how figures and notation call the third track. */
export function trackCalled(name: string): Track | undefined {
  return trackAt(Number(name.replace("track-", "")));
}
