"""Soundtracks made for tests: plausible hearings from nouns alone, and the awkward ones."""

from itertools import pairwise

import numpy as np
import themes
from harmonies import harmony, no_harmony
from textures import no_texture, texture

from unsung.listening.instruments import told
from unsung.model.album import Album, Person, Recording, Track, Unheard
from unsung.model.emotion import Difference, Emotion, Reliability, TurningPoint, TurningPoints
from unsung.model.hearing import (
    LOUDNESS_FLOOR_LUFS,
    Dynamics,
    Heard,
    Hearing,
    KeyCurve,
    KeySpan,
    Loudness,
    PulseSpan,
    Register,
    Section,
    Sections,
    Soundtrack,
    Swell,
    TempoCurve,
    Tuning,
)
from unsung.model.instruments import FAMILIES, GENRES, INSTRUMENTS, MOODS, Likeness
from unsung.model.notes import Notes
from unsung.model.outcomes import NO_CLEAR_PULSE, SILENT, UNDECIDED, NotHeard
from unsung.model.pitch import Key
from unsung.model.pulse import Beats, MetreSpan, Pulse, PulseChange
from unsung.model.score import Score
from unsung.model.sound import Feature
from unsung.model.time import Frames, Span

NO_SOUND = NotHeard("a score has no sound")
HOSTILE = "<script>alert(1)</script>\"'&</style><!--"
WESNOTH_LIKE_S = (41, 187)


def _feature(rows, rate_hz, first_s=0.0):
    return Feature(np.atleast_2d(rows), Frames(rate_hz, first_s))


def _smooth(dice, count, width):
    """A wandering curve between 0 and 1."""
    width = max(1, min(width, count))
    walk = np.cumsum(dice.standard_normal(count + width))
    kernel = np.hanning(width + 2)[1:-1]
    curve = np.convolve(walk, kernel / kernel.sum(), mode="valid")[:count]
    spread = np.ptp(curve)
    return (curve - curve.min()) / spread if spread > 0 else np.full(count, 0.5)


def _cuts(dice, duration_s, parts):
    """Spans that cover a track without gaps."""
    inner = np.sort(dice.uniform(0.05, 0.95, parts - 1)) * duration_s
    edges = np.unique(np.r_[0, inner, duration_s])
    return [Span(a, b) for a, b in pairwise(edges)]


def recording_hearing(duration_s, seed=1, rate_hz=10.0):
    """A hearing as a recorded orchestral cue might give it."""
    duration_s, dice = float(duration_s), np.random.default_rng(seed)
    frames = max(1, int(duration_s * rate_hz))
    slow = _smooth(dice, frames, int(8 * rate_hz))
    momentary = np.maximum(-44 + 32 * slow + dice.normal(0, 1.6, frames), LOUDNESS_FLOOR_LUFS)
    short_term = np.convolve(np.pad(momentary, 15, mode="edge"), np.ones(31) / 31, "valid")
    key_spans = _key_spans(dice, duration_s)
    notes = _notes(dice, duration_s)
    swells = _swells(dice, duration_s)
    return Hearing(
        source=Recording(f"{seed:064x}", 44100, 2, duration_s),
        duration_s=duration_s,
        loudness=Loudness(
            float(momentary.mean()),
            float(np.ptp(short_term) * 0.7),
            float(-6 + 6 * dice.random()),
            _feature(momentary, rate_hz, 0.2),
            _feature(short_term, rate_hz),
        ),
        notes=notes,
        melody=notes.where(notes.midi_pitch > 64),
        theme_chroma=_feature(dice.random((13, max(1, int(duration_s * 5)))), 5.0),
        chroma=_feature(_chroma(dice, duration_s), 5.0),
        tuning=Tuning(float(dice.uniform(-12, 12)), 0.8),
        key=KeyCurve(
            _feature(dice.uniform(-1, 1, (24, max(1, int(duration_s)))), 1.0),
            tuple(key_spans),
            key_spans[0].key,
            0.2,
        ),
        **harmony(duration_s, seed),
        **texture(duration_s),
        tempo=_tempo(dice, duration_s),
        sections=_sections(dice, duration_s),
        brightness=_feature(400 + 2600 * _smooth(dice, frames, 30), rate_hz),
        dynamics=Dynamics(_feature(short_term - short_term.mean(), rate_hz), swells),
        density=_feature(9 * _smooth(dice, max(1, int(duration_s * 4)), 30), 4.0),
        register=_register(dice, duration_s),
        pulse=_pulse(duration_s),
        emotion=_emotion(np.random.default_rng(seed), duration_s),
        turning_points=_turning_points(duration_s),
        instruments=_instruments(duration_s),
        likeness=Likeness(dice.normal(-4, 1, len(MOODS)), dice.normal(-5, 1, len(GENRES))),
    )


def _instruments(duration_s):
    """Strings throughout, a solo flute first, an accordion at the end."""
    count = max(1, int(duration_s))
    strings, flute, accordion = np.full(count, 0.9), np.zeros(count), np.zeros(count)
    flute[: count // 3] = 0.8
    accordion[-(count // 4) :] = 0.6
    likely = np.zeros((len(INSTRUMENTS), count))
    for name, row in (("violin", strings), ("flute", flute), ("accordion", accordion)):
        likely[INSTRUMENTS.index(name)] = row
    families = np.zeros((len(FAMILIES), count))
    for name, row in (("strings", strings), ("woodwind", flute), ("organ", accordion)):
        families[FAMILIES.index(name)] = row
    voices = np.zeros((2, count))
    return told(
        *(np.float32(rows) for rows in (likely, families, voices)), Frames(1.0, 0.5), strings > 0
    )


def _pulse(duration_s):
    """Four to the bar at 120, a ritardando before the end."""
    times_s, whole = np.arange(0, duration_s, 0.5), Span(0, duration_s)
    row = _feature(np.full(max(1, int(duration_s * 2)), 120.0), 2.0)
    slowing = PulseChange(Span(duration_s * 0.8, duration_s * 0.9), "ritardando", 0.8)
    beats = Beats(times_s, 1 + np.arange(len(times_s)) % 4)
    return Pulse(beats, row, _feature(0.6 + 0 * row.values, 2.0), (MetreSpan(whole, 4, 0.6),),
                 (slowing,))  # fmt: skip


def _emotion(dice, duration_s):
    count = max(1, round(duration_s))
    rows = [_feature(2 + 6 * _smooth(dice, count, 9), 1.0, 0.5) for _ in range(3)]
    return Emotion(*rows, _feature(np.ones(count), 1.0, 0.5), Reliability(0.7, 0.35, 0.2))


def _turning_points(duration_s):
    if duration_s < 40:
        return TurningPoints(())
    louder = Difference("loudness", -24.0, -15.5)
    moved = Difference("key", Key.at(0), Key.at(21)), Difference("tempo", NO_CLEAR_PULSE, 96.0)
    return TurningPoints((TurningPoint(duration_s / 2, 1.4, 0.3, (louder, *moved)),))


def _key_spans(dice, duration_s):
    keys = [Key.at(int(dice.integers(24))) for _ in range(4)] + [UNDECIDED]
    spans = _cuts(dice, duration_s, max(1, int(duration_s / 30)))
    return [KeySpan(span, keys[i % 5], 0.0 if i % 5 == 4 else 0.3) for i, span in enumerate(spans)]


def _notes(dice, duration_s):
    count = max(1, int(duration_s * 3))
    onset = np.sort(dice.uniform(0, duration_s * 0.98, count))
    pitch = np.clip(60 + np.cumsum(dice.integers(-2, 3, count)) % 24 - 6, 30, 100)
    return Notes.sorted(onset, np.minimum(0.3, duration_s * 0.01), pitch, 0.7)


def _swells(dice, duration_s):
    if duration_s < 20:
        return ()
    starts = np.arange(5, duration_s - 12, max(40, duration_s / 8))
    return tuple(Swell(Span(s, s + 10), float(dice.choice([-9.4, 7.2, 12.1]))) for s in starts)


def _chroma(dice, duration_s):
    frames = max(1, int(duration_s * 5))
    home = np.array([1, 0.1, 0.4, 0.1, 0.7, 0.4, 0.1, 0.8, 0.1, 0.5, 0.1, 0.3])
    moving = [_smooth(dice, frames, 25) for _ in range(12)]
    return np.roll(home, int(dice.integers(12)))[:, None] * np.stack(moving)


def _tempo(dice, duration_s):
    frames = max(1, int(duration_s * 2))
    spans = _cuts(dice, duration_s, max(1, int(duration_s / 60)))
    pulse = [
        PulseSpan(span, NO_CLEAR_PULSE if i % 3 == 2 else 84.0 + 17 * i, 0.1 if i % 3 == 2 else 0.6)
        for i, span in enumerate(spans)
    ]
    rows = np.full(frames, 84.0)
    for span in pulse:
        chosen = Frames(2.0).slice_of(span.span, frames)
        level = 100.0 if span.tempo_bpm is NO_CLEAR_PULSE else span.tempo_bpm
        rows[chosen] = level + 3 * _smooth(dice, len(rows[chosen]), 9) if len(rows[chosen]) else 0
    return TempoCurve(
        _feature(rows, 2.0), _feature(np.full(frames, 0.6), 2.0), tuple(pulse), pulse[0].tempo_bpm
    )


def _sections(dice, duration_s):
    spans = _cuts(dice, duration_s, max(1, min(9, int(duration_s / 12))))
    labels = "ABACABDAE"
    novelty = _feature(_smooth(dice, max(1, int(duration_s * 2)), 9), 2.0)
    sections = (Section(span, labels[i], 1.0 if i == 0 else 0.5) for i, span in enumerate(spans))
    return Sections(tuple(sections), novelty)


def _register(dice, duration_s):
    frames = max(1, int(duration_s * 4))
    centre = 52 + 16 * _smooth(dice, frames, 40)
    rows = np.stack([centre - 6 - 12 * _smooth(dice, frames, 40), centre, centre + 14])
    sounding = np.ones(frames)
    sounding[int(frames * 0.96) :] = 0
    return Register(_feature(rows, 4.0), _feature(sounding, 4.0))


def silent_hearing(duration_s=30.0):
    """Nothing but silence."""
    duration_s, frames = float(duration_s), int(duration_s * 10)
    floor = _feature(np.full(frames, LOUDNESS_FLOOR_LUFS), 10.0)
    zero = _feature(np.zeros(frames), 10.0)
    whole = Span(0, duration_s)
    return Hearing(
        source=Recording("0" * 64, 44100, 2, duration_s),
        duration_s=duration_s,
        loudness=Loudness(SILENT, SILENT, SILENT, floor, floor),
        notes=Notes.none(),
        melody=Notes.none(),
        theme_chroma=_feature(np.zeros((13, frames)), 10.0),
        chroma=_feature(np.zeros((12, frames)), 10.0),
        tuning=Tuning(UNDECIDED, 0.0),
        key=KeyCurve(
            _feature(np.zeros((24, frames)), 10.0),
            (KeySpan(whole, UNDECIDED, 0.0),),
            UNDECIDED,
            0.0,
        ),
        **no_harmony(duration_s),
        **no_texture(duration_s),
        tempo=TempoCurve(zero, zero, (PulseSpan(whole, NO_CLEAR_PULSE, 0.0),), NO_CLEAR_PULSE),
        sections=Sections((Section(whole, "A", 1.0),), zero),
        brightness=zero,
        dynamics=Dynamics(zero, ()),
        density=zero,
        register=Register(_feature(np.full((3, frames), 60.0), 10.0), zero),
        instruments=_nobody(duration_s),
        likeness=NotHeard("it is silent"),
        pulse=Pulse(Beats([], []), zero, zero, (MetreSpan(whole, NO_CLEAR_PULSE, 0.0),), ()),
        emotion=Emotion(*[zero] * 4, Reliability(0.0, 0.0, 0.0)),
        turning_points=TurningPoints(()),
    )


def _nobody(duration_s):
    count = max(1, int(duration_s))
    rows = (np.zeros((k, count), np.float32) for k in (len(INSTRUMENTS), len(FAMILIES), 2))
    return told(*rows, Frames(1.0, 0.5), np.zeros(count, bool))


def score_hearing(duration_s=60.0, seed=5):
    """What a score answers: notes, keys and tempo, but no sound."""
    like = recording_hearing(duration_s, seed)
    notes = like.notes
    score = Score(notes, notes.onset_s * 2, notes.duration_s * 2, duration_s)
    return Hearing(
        source=score,
        duration_s=duration_s,
        loudness=NO_SOUND,
        notes=notes,
        melody=like.melody,
        theme_chroma=NO_SOUND,
        chroma=like.chroma,
        tuning=NO_SOUND,
        key=like.key,
        **harmony(duration_s, seed),
        **texture(duration_s),
        tempo=like.tempo,
        sections=like.sections,
        brightness=NO_SOUND,
        dynamics=NO_SOUND,
        density=like.density,
        register=like.register,
        instruments=like.instruments,
        likeness=NO_SOUND,
        pulse=like.pulse,
        emotion=NO_SOUND,
        turning_points=NO_SOUND,
    )


def track(position, title, kind="recording", **tags):
    """A track whose file carries its position."""
    suffix = "ogg" if kind == "recording" else "mid"
    return Track(position, f"{position:02d} track.{suffix}", kind, title, **tags)


def track_at(file, title):
    """A recording at this place in the album folder."""
    return Track(1, file, "recording", title)


def soundtrack(*heard, unheard=(), title="The Glass Meridian"):
    """An album of these."""
    return Soundtrack(Album(title, tuple(one.track for one in heard)), tuple(heard), tuple(unheard))


def small():
    """A few cues of different kinds: what most tests read."""
    composer = (Person("Ada Vale", "composer"), Person("The Northern Players", "performer"))
    kept = {"album_title": "The Glass Meridian", "people": composer, "year": 2019}
    album = soundtrack(
        Heard(track(1, "Overture", **kept), recording_hearing(204.4, 1)),
        Heard(track(2, "The Lamplighter’s Walk", **kept), recording_hearing(95.0, 2)),
        Heard(
            track(3, "Salt and Iron", comment="Recorded in one take.", **kept),
            recording_hearing(312.9, 3),
        ),
        Heard(track(4, "Interval"), silent_hearing(20.0)),
        Heard(track(5, "Sketch for a Farewell", kind="score"), score_hearing(61.0)),
        unheard=(Unheard("06 broken.mp3", "no sound could be decoded: the file is cut short"),),
    )
    return themes.with_motifs(album)


def awkward():
    """Foreign text everywhere, a second, two hours, silence and a score."""
    hostile = track(
        1,
        HOSTILE,
        people=(Person(HOSTILE, HOSTILE),),
        comment=HOSTILE,
        genre=HOSTILE,
        identifiers=((HOSTILE, HOSTILE),),
    )
    album = soundtrack(
        Heard(hostile, recording_hearing(40.0, 1)),
        Heard(track(2, "One second"), recording_hearing(1.0, 2)),
        Heard(track(3, "Two hours"), recording_hearing(7200.0, 3)),
        Heard(track(4, "Nothing"), silent_hearing()),
        Heard(track(5, "On paper", kind="score"), score_hearing()),
        Heard(track(6, ""), recording_hearing(0.11, 6)),
        unheard=(Unheard(HOSTILE, HOSTILE),),
        title=HOSTILE,
    )
    return themes.with_motifs(album, name=HOSTILE)


def long_album():
    """41 tracks, 128 minutes."""
    count, each_s = WESNOTH_LIKE_S
    heard = (
        Heard(track(i, f"Cue number {i}"), recording_hearing(each_s * (0.3 + 1.4 * i / 42), i))
        for i in range(1, count + 1)
    )
    return soundtrack(*heard)
