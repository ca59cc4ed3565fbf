"""Films made for tests: a moving picture that tells when it is seen, a tone that tells when it is
heard, in the containers, codecs and numbers of streams that are asked for."""

import subprocess
import sys
from pathlib import Path

import soundfile

sys.path.insert(0, str(Path(__file__).parents[1] / "web"))

import made_albums

H264 = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p")
VP8 = ("-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8", "-b:v", "200k")
AAC, OPUS, AC3 = ("-c:a", "aac"), ("-c:a", "libopus"), ("-c:a", "ac3")


def film(path, *codecs, lasts_s=4.0, picture=True, sounds=("",), more=()):
    """A film; `sounds` are the languages of its sound streams, each the same chirp."""
    tone = path.with_suffix(".tone.wav")
    soundfile.write(tone, made_albums.chirp(lasts_s), made_albums.RATE_HZ)
    seen = ["-f", "lavfi", "-i", f"testsrc=size=96x64:rate=12:duration={lasts_s}"]
    asked = ["ffmpeg", "-v", "error", "-y", "-i", str(tone), *(seen if picture else ())]
    asked += [word for _ in sounds for word in ("-map", "0:a")] + ["-map", "1:v"] * picture
    for k, language in enumerate(sounds):
        asked += [f"-metadata:s:a:{k}", f"language={language or 'und'}"]
    subprocess.run([*asked, *codecs, *more, str(path)], check=True, stdin=subprocess.DEVNULL)
    tone.unlink()
    return path
