"""The order: what follows what, read from top to bottom."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from unsung import engine, library, session
from unsung.library.settings_file import settings_beside
from unsung.listening.articulation import articulation
from unsung.listening.aspects import recording_sections, score_sections
from unsung.listening.atonality import atonality
from unsung.listening.brightness import brightness
from unsung.listening.cadences import cadences
from unsung.listening.character import likeness
from unsung.listening.chord_chances import chord_chances
from unsung.listening.chords import chords, score_chords
from unsung.listening.chroma import chroma, score_chroma, tuning
from unsung.listening.colour import sound_colour
from unsung.listening.colours import colours
from unsung.listening.constant_q import constant_q
from unsung.listening.density import density
from unsung.listening.dynamics import dynamics
from unsung.listening.emotion import emotion, emotion_table_digest
from unsung.listening.impressions import impressions
from unsung.listening.instruments import instruments
from unsung.listening.key import key
from unsung.listening.layers import layers
from unsung.listening.loudness import metered_loudness
from unsung.listening.melody import melody
from unsung.listening.modes import modes
from unsung.listening.networks import arrays_digest, weights_digest
from unsung.listening.ostinati import ostinati
from unsung.listening.pedals import pedals
from unsung.listening.planing import planing
from unsung.listening.pulse import pulse
from unsung.listening.register import register
from unsung.listening.roughness import roughness, score_roughness
from unsung.listening.tempo import score_tempo, tempo
from unsung.listening.tension import tension
from unsung.listening.texture import score_texture, texture
from unsung.listening.theme_chroma import NETWORKS as THEME_NETWORKS
from unsung.listening.theme_chroma import theme_chroma
from unsung.listening.timbre import timbre
from unsung.listening.transcription import notes
from unsung.listening.turning_points import turning_points
from unsung.listening.written import written_duration_s, written_notes, written_score
from unsung.listening.written_instruments import written_instruments
from unsung.listening.written_pulse import score_pulse
from unsung.model.harmony import Chords
from unsung.model.hearing import KeyCurve, Soundtrack
from unsung.model.motif import Motif, Occurrence, Passage, Testimony
from unsung.model.notes import Notes
from unsung.model.score import Score
from unsung.model.settings import Settings
from unsung.motifs.commonness import commonness_digest
from unsung.motifs.soundtrack import passage_of, returns_of, sought_in, what_returns
from unsung.motifs.testimony import as_said
from unsung.session import (
    Album,
    Answers,
    Labels,
    NobodyWatches,
    Playback,
    Reading,
    Reason,
    Source,
    Task,
    Watch,
)
from unsung.store import Index, Known, Memory, Project, known, project_folder

if TYPE_CHECKING:
    from unsung.model.recognition import Case
    from unsung.session.recognising import Wishes

T = TypeVar("T")


def heard_in_recording(sound: Playback, memory: Memory, settings: Settings) -> Answers:
    """All that is heard in a recording."""
    ask, audio = memory.ask, sound.audio
    duration_s = known(sound.recording.duration_s)
    spectrum = memory.derive(constant_q, audio)
    pitches = ask(chroma, spectrum)
    colour = ask(timbre, audio)
    loud = ask(metered_loudness, sound.meter)
    played = ask(notes, audio, known(settings.notes), uses=weights_digest("nmp"))
    triads = memory.derive(chord_chances, spectrum, uses=weights_digest("chords"))
    named = ask(chords, played, pitches, triads, duration_s)
    home = ask(key, played, duration_s, known(settings.key))
    line = ask(melody, played)
    impressed = memory.derive(impressions, audio, uses=weights_digest("yamnet"))
    felt = ask(pulse, audio, played, loud, known(settings.tempo), uses=weights_digest("beatnet"))
    pace = ask(tempo, felt, duration_s, known(settings.tempo))
    busy, height = ask(density, played, duration_s), ask(register, played, duration_s)
    bright = ask(brightness, audio)
    parts = ask(recording_sections, pitches, colour, loud, duration_s, known(settings.sections))
    shown = ask(
        emotion, ask(sound_colour, audio), pitches, home, felt, parts, uses=emotion_table_digest()
    )
    return {
        "loudness": loud,
        "notes": played,
        "melody": line,
        "theme_chroma": ask(theme_chroma, spectrum, uses=weights_digest(*THEME_NETWORKS)),
        "chroma": pitches,
        "tuning": ask(tuning, spectrum),
        "key": home,
        "chords": named,
        **_harmony(memory, played, home, named, duration_s),
        "roughness": ask(roughness, spectrum),
        "pulse": felt,
        "tempo": pace,
        "sections": parts,
        "brightness": bright,
        "dynamics": ask(dynamics, loud),
        "density": busy,
        "register": height,
        "emotion": shown,
        "turning_points": ask(turning_points, shown, loud, pace, home, busy, height, bright),
        **_layers(memory, played, line, duration_s),
        "texture": ask(texture, played, line, duration_s),
        "instruments": ask(instruments, impressed, loud, uses=arrays_digest("instruments")),
        "likeness": ask(likeness, impressed, loud),
    }


def heard_in_score(score: Known[Score], memory: Memory, settings: Settings) -> Answers:
    """All that can be told from a score; what only sound can tell is left out."""
    ask = memory.ask
    page = ask(written_score, score)
    written, duration_s = ask(written_notes, page), ask(written_duration_s, page)
    pitches = ask(score_chroma, written, duration_s)
    busy, height = ask(density, written, duration_s), ask(register, written, duration_s)
    named = ask(score_chords, written, pitches, duration_s)
    home = ask(key, written, duration_s, known(settings.key))
    line = ask(melody, written)
    return {
        "score": page,
        "notes": written,
        "melody": line,
        "chroma": pitches,
        "key": home,
        "chords": named,
        **_harmony(memory, written, home, named, duration_s),
        "roughness": ask(score_roughness, written, duration_s),
        "pulse": ask(score_pulse, page),
        "tempo": ask(score_tempo, page),
        "sections": ask(
            score_sections, pitches, busy, height, duration_s, known(settings.sections)
        ),
        "density": busy,
        "register": height,
        **_layers(memory, written, line, duration_s),
        "texture": ask(score_texture, written, line, duration_s),
        "instruments": ask(written_instruments, written, duration_s),
    }


def _layers(
    memory: Memory, sounding: Known[Notes], line: Known[Notes], duration_s: Known[float]
) -> Answers:
    """What lies beside the leading line, and how that line is played."""
    return {
        "layers": memory.ask(layers, sounding, line, duration_s),
        "articulation": memory.ask(articulation, line, duration_s),
    }


def _harmony(
    memory: Memory,
    sounding: Known[Notes],
    home: Known[KeyCurve],
    named: Known[Chords],
    duration_s: Known[float],
) -> Answers:
    """What harmony does, from notes that were heard or written alike."""
    ask = memory.ask
    return {
        "modes": ask(modes, sounding, home, duration_s),
        "cadences": ask(cadences, sounding, named, home),
        "pedals": ask(pedals, sounding, duration_s),
        "ostinati": ask(ostinati, sounding),
        "planing": ask(planing, sounding),
        "tension": ask(tension, sounding, home, duration_s),
        "colours": ask(colours, sounding, duration_s),
        "atonality": ask(atonality, sounding, home, duration_s),
    }


def heard(task: Task, memory: Memory) -> tuple[Source, Answers]:
    """What the track of `task` is known by, and all that is heard in it."""
    if task.track.kind == "recording":
        sound = Playback(task.place, task.track, task.source)
        return sound.recording, heard_in_recording(sound, memory, task.settings)
    page = Reading(task.place, task.track, task.source).score
    return page.digest, heard_in_score(page, memory, task.settings)


def returning(
    album: Album, said: Known[Testimony], labels: Known[Labels], memory: Memory
) -> Known[tuple[Motif, ...]]:
    """What comes back in the album: as it is found, then as people say."""
    sought = memory.derive(sought_in, album)
    found = memory.ask(what_returns, sought, uses=commonness_digest())
    known_as = memory.derive(Labels.on, labels, found)
    return memory.ask(as_said, known_as, said, sought) if said.value != Testimony() else known_as


def listen(
    place: str | Path,
    *,
    project: str | Path | None = None,
    settings: Settings | None = None,
    jobs: int | None = None,
    on: str | None = None,
    watch: Watch | None = None,
) -> Soundtrack:
    """Hear every track in `place` (a folder, an archive or a file) and remember it.

    What was heard before is not heard again. `jobs` processes of this machine work at a time
    (all cores unless told otherwise), or the Dask cluster whose scheduler is at `on`.
    """
    place, watch = Path(place), watch or NobodyWatches()
    shelf = library.shelf(place)
    wanted = settings or settings_beside(place)
    home = Project.made_at(home_of(place, project))
    with home.alone(), Index(home.index_path) as index:
        tasks = session.tasks(shelf, home, index, wanted)
        waiting = session.waiting(index, shelf, tasks, heard)
        watch.begins(shelf.album.tracks, tuple(task.track for task in waiting))
        crew = engine.workers(jobs, on, shared_folder=home.folder)
        work = partial(session.listened, hear=heard)
        with session.watched(home.folder, watch):
            for task, outcome in engine.outcomes(crew, work, waiting):
                session.keep(index, task, outcome, watch)
        session.keep_motifs(home, index, returning, watch.compares)
        return session.with_motifs(home, index)


def home_of(place: str | Path, project: str | Path | None = None) -> Path:
    """The project folder of an album, or `project` itself."""
    return Path(project) if project else project_folder(Path(place))


def remembered(home: str | Path) -> Soundtrack:
    """What the project (or the album it belongs to) remembers, without listening again."""
    found = Project.found_at(project_folder(Path(home)))
    with Index(found.index_path) as index:
        return session.with_motifs(found, index)


def why(place: str | Path, *, project: str | Path | None = None) -> tuple[Reason, ...]:
    """What `listen` would do again, stage by stage, and the reason for each."""
    place = Path(place)
    shelf, wanted = library.shelf(place), settings_beside(place)
    home = Project.found_at(home_of(place, project))
    with Index(home.index_path) as index:
        tasks = session.tasks(shelf, home, index, wanted)
        return tuple(reason for task in tasks for reason in session.reasons(index, task, heard))


def find(home: str | Path, asked: Passage | Notes) -> tuple[Occurrence, ...]:
    """Every place of an album that was heard where a passage of it, or a line, comes back."""
    sought = sought_in(remembered(home).heard)
    line = asked if isinstance(asked, Notes) else passage_of(sought, asked.track_file, asked.span)
    return returns_of(line, sought)


def say(home: str | Path, said: Callable[[Project], T]) -> T:
    """Write down what a person says of the motifs, and let it count from now on."""
    found = Project.found_at(project_folder(Path(home)))
    with found.alone(), Index(found.index_path) as index:
        answer = said(found)
        session.keep_motifs(found, index, returning, lambda _stage: None)
    keep_report(found.folder)
    return answer


def keep_report(home: str | Path) -> Path:
    """Write the report of what a project remembers, if it has changed; where it lies."""
    found = Project.found_at(Path(home))
    with Index(found.index_path) as index:
        return session.keep_report(found, index, partial(session.with_motifs, found, index))


def recognise(
    place: str | Path, *, project: str | Path | None = None, wishes: "Wishes | None" = None
) -> "tuple[Case, Path]":
    """What the world gave an album that was heard, against what it shows; and where the page is."""
    from unsung.session import recognising  # noqa: PLC0415  (slow to import, wanted by few)

    place, wished = Path(place), wishes or recognising.Wishes()
    home = Project.found_at(home_of(place, project))
    with home.alone():
        found = recognising.recognised(remembered(home.folder), place, home, wished)
        page = recognising.keep_case(home, found, place)
    keep_report(home.folder)
    return found, page
