"""Albums made for tests: heard without listening, with sound in many formats, served for real."""

import contextlib
import socket
import subprocess
import sys
import threading
import time
import uuid
from pathlib import Path
from typing import get_type_hints

import attrs
import cattrs
import httpx
import numpy as np
import soundfile

sys.path.insert(0, str(Path(__file__).parents[1] / "pages"))

import soundtracks
import themes
import uvicorn
from plain import plain_pages

import unsung.pages.explorer
import unsung.pipeline
import unsung.session.writing
from unsung.model.album import Recording, Track
from unsung.model.film import Placements
from unsung.model.film_case import FilmCase
from unsung.model.hearing import Heard, Hearing
from unsung.model.motif import Motif
from unsung.store import Index, Kept, Memory, Project, known
from unsung.store.files import write_whole
from unsung.web import Guard, KnownAlbums, explorer

# What the server imports at need is imported here: the tests' import hook makes syntax trees, which
# Python 3.11 must not do in two threads at once (CPython's issue 106905).

NAMES = ("01 one.wav", "02 two.flac", "03 three.ogg")
LASTS_S = 12.0
RATE_HZ = 44_100
PASSWORD = "open sesame"  # noqa: S105
CHIRP_FROM_HZ, CHIRP_HZ_PER_S = 200.0, 100.0


def chirp(duration_s=LASTS_S, rate_hz=RATE_HZ):
    """A tone that tells when it is heard: 200 Hz at the beginning, 100 Hz higher each second."""
    at_s = np.arange(int(duration_s * rate_hz)) / rate_hz
    phase = 2 * np.pi * (CHIRP_FROM_HZ * at_s + CHIRP_HZ_PER_S / 2 * at_s**2)
    return 0.3 * np.sin(phase)


def written(path, sound, rate_hz=RATE_HZ):
    """Sound in the format that the suffix names; `vbr` and `cbr` in the name are of MP3."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix in (".wav", ".flac", ".ogg", ".aiff"):
        soundfile.write(path, sound, rate_hz)
        return path
    plain = path.with_name(path.stem + ".draft.wav")
    soundfile.write(plain, sound, rate_hz)
    how = {".opus": ["-c:a", "libopus"], ".m4a": ["-c:a", "aac"], ".mp3": ["-c:a", "libmp3lame"]}
    mp3 = ["-q:a", "5"] if "vbr" in path.stem else ["-b:a", "128k"]
    bare = ["-write_xing", "0"] if "xingless" in path.stem else []
    more = [*mp3, *bare] if path.suffix == ".mp3" else []
    asked = ["ffmpeg", "-v", "error", "-y", "-i", plain, *how[path.suffix], *more, path]
    subprocess.run(asked, check=True, stdin=subprocess.DEVNULL)
    plain.unlink()
    return path


def keep_heard(home, soundtrack, place):
    """Put a soundtrack into a project folder as if it had been listened to."""
    project = Project.made_at(Path(home))
    memory = Memory(project.folder)
    with Index(project.index_path) as index, index.at_once():
        index.keep_word("album", cattrs.unstructure(soundtrack.album))
        index.keep_word("place", str(place))
        index.keep_word("unheard", [])
        index.keep_word("motifs", memory.plain(soundtrack.motifs))
        index.keep_word("said", known(soundtrack.testimony).digest)
        index.keep_word("film case", memory.plain(soundtrack.film) if soundtrack.film else None)
        for heard in soundtrack.heard:
            index.keep_heard(heard.track.position, _kept(heard, memory, project))
    return project


def keep_film(home):
    """Add a film, in which nothing was found, to what was heard."""
    project = Project.found_at(Path(home))
    film = FilmCase("skerry.mkv", "0" * 64, 60.0, Placements())
    with Index(project.index_path) as index, index.at_once():
        index.keep_word("film case", Memory(project.folder).plain(film))


def _kept(heard, memory, project):
    parts = [name for name in get_type_hints(Hearing) if name not in ("source", "duration_s")]
    answers = {name: _answered(getattr(heard.hearing, name), memory, project) for name in parts}
    source = heard.hearing.source
    if isinstance(source, Recording):
        return Kept(heard.track.file, attrs.asdict(source), answers)
    answers["score"] = _answered(source, memory, project)
    return Kept(heard.track.file, uuid.uuid4().hex, answers)


def _answered(noun, memory, project):
    import json

    key = uuid.uuid4().hex * 2
    kept = {"stage": "made", "digest": key, "arrays": [], "answer": memory.plain(noun)}
    write_whole(project.folder / "answers" / key[:2] / f"{key[2:]}.json", json.dumps(kept).encode())
    return key


def album_at(folder, files, title="The Skerry Light", duration_s=LASTS_S):
    """An album that was heard, of these files (by their names), with motifs; a score at its end."""
    made = made_soundtrack(files, title, duration_s)
    made = attrs.evolve(made, motifs=motifs_in(files)) if len(files) >= 3 else made
    keep_heard(folder / "unsung", made, folder)
    return folder


def made_soundtrack(files, title="The Skerry Light", duration_s=LASTS_S):
    """What was heard in these files, and in a score."""
    heard = [
        Heard(
            Track(at, file, "recording", f"Track {at}", album_title=title),
            soundtracks.recording_hearing(duration_s, at),
        )
        for at, file in enumerate(files, start=1)
    ]
    score = Track(len(files) + 1, "score.mid", "score", "On Paper", album_title=title)
    heard.append(Heard(score, soundtracks.score_hearing()))
    return soundtracks.soundtrack(*heard, title=title)


def motifs_in(files):
    """The call in each of three tracks, and the round in two."""
    calls = tuple(themes.stated(file, themes.CALL, 1.0 + k) for k, file in enumerate(files[:3]))
    rounds = tuple(themes.stated(file, themes.ROUND, 6.0) for file in files[:2])
    return (
        Motif("A", calls[0], calls, prominence=1.0, surprise_bits=4.0),
        Motif("B", rounds[0], rounds, prominence=0.5, surprise_bits=3.0),
    )


class Visitor:
    """Somebody at a browser: asks with the names and tokens that the pages have."""

    def __init__(self, app, guard, address):
        self.app, self.guard, self.address = app, guard, address
        self.client = httpx.Client(base_url=address, timeout=60)
        self.headers = {"origin": address, "x-unsung-token": guard.token}

    def get(self, path, **more):
        return self.client.get(path, **more)

    def post(self, path, plain=None, **more):
        return self.client.post(path, json=plain, headers=self.headers, **more)

    def put(self, path, plain):
        return self.client.put(path, json=plain, headers=self.headers)

    def delete(self, path):
        return self.client.delete(path, headers=self.headers)


@contextlib.contextmanager
def served(list_path, *places, guard=None, pages=None, kept=None):
    """The real server at a free port of this machine, with these albums known."""
    guard, known_albums = guard or Guard(), KnownAlbums(list_path)
    for place in places:
        known_albums.add(place)
    app = explorer(guard, known_albums, pages or plain_pages(), kept)
    door = socket.socket(proto=socket.IPPROTO_TCP)
    door.bind(("127.0.0.1", 0))
    config = uvicorn.Config(app, log_level="warning", ws="none", timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [door]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    visitor = Visitor(app, guard, f"http://127.0.0.1:{door.getsockname()[1]}")
    try:
        yield visitor
    finally:
        visitor.client.close()
        server.should_exit = True
        thread.join(20)
        door.close()


FIRST = ((0, 60), (1, 67), (1.5, 65), (2, 64), (3, 69), (3.5, 71), (4, 62), (5, 60))
SECOND = ((0, 74), (0.5, 70), (1.5, 77), (2, 69), (2.75, 75), (3, 66), (4.5, 72), (5, 81))


def two_tunes_at(folder):
    """An album of two scores in which two tunes come back, listened to for real."""
    folder.mkdir()
    for number, higher in enumerate((0, 5), start=1):
        _play(folder / f"{number:02d} part.mid", _told(number, higher))
    unsung.pipeline.listen(folder, jobs=1)
    return folder


def _told(number, higher):
    """Each tune twice, with notes between them that nobody has heard before: quarters, pitches."""
    dice = np.random.default_rng(number)
    between = [(at + k, int(dice.integers(55, 80))) for at in (8, 28) for k in range(10)]
    tunes = [(FIRST, 0, 0), (SECOND, 20, 0), (FIRST, 40, 2), (SECOND, 50, -1)]
    told = [(at + k, pitch + up + higher) for tune, at, up in tunes for k, pitch in tune]
    return sorted(told + between)


def _play(path, rows):
    import mido

    track, now = mido.MidiTrack(), 0.0
    for at, off, pitch in sorted((at + 0.45 * off, off, p) for at, p in rows for off in (0, 1)):
        kind = "note_off" if off else "note_on"
        track.append(mido.Message(kind, note=pitch, time=round((at - now) * 480)))
        now = at
    mido.MidiFile(tracks=[track]).save(path)
