"""One row a track: who and what it is, and the answers that hold for the whole of it."""

from collections.abc import Iterator

from unsung.model.album import Recording, Track
from unsung.model.hearing import Heard, Hearing, Loudness, Tuning
from unsung.model.outcomes import NotHeard, Outcome
from unsung.model.pitch import Key
from unsung.model.score import KeyMark
from unsung.pages.exports.columns import Column
from unsung.pages.exports.kinds import Block, ExportKind, by_track
from unsung.pages.exports.material import Material

_LOUDNESS_COLUMNS = (
    Column(
        "integrated_lufs",
        "number",
        "Loudness of the whole track (ITU-R BS.1770-5, gated).",
        unit="LUFS",
        range="-70..",
        decimals=2,
        words=("silent",),
    ),
    Column(
        "range_lu",
        "number",
        "Loudness range: how far quiet and loud passages lie apart (EBU Tech 3342).",
        unit="LU",
        range="0..",
        decimals=2,
        words=("silent",),
    ),
    Column(
        "true_peak_dbtp",
        "number",
        "Highest peak of the reconstructed wave; 0 is full scale.",
        unit="dBTP",
        decimals=2,
        words=("silent",),
    ),
)
_TUNING_COLUMN = Column(
    "tuning_cents",
    "number",
    "How far the track is tuned from A = 440 Hz.",
    unit="cents",
    range="-50..50",
    decimals=1,
    words=("undecided",),
)
_TRACK_COLUMNS = (
    Column("disc", "whole number", "Disc, as the tags say.", range="1.."),
    Column("number", "whole number", "Number on the disc, as the tags say.", range="1.."),
    Column("file", "text", "Path inside the album folder; an archive's member follows `!`."),
    Column("source", "text", "What was listened to.", range="recording or score"),
    Column("album", "text", "Album, as the tags say."),
    Column("people", "text", "Who did what, as the tags say: `name (role)`, joined by `; `."),
    Column("year", "whole number", "Year, as the tags say."),
    Column("genre", "text", "Genre, as the tags say."),
    Column("comment", "text", "Comment, as the tags say."),
    Column("identifiers", "text", "Identifiers from the tags: `kind=value`, joined by `; `."),
    Column("recording_digest", "text", "Digest of the sound, the same whatever the file's name."),
    Column("sample_rate_hz", "whole number", "Samples a second.", unit="Hz", range="1.."),
    Column("channels", "whole number", "Channels of the recording.", range="1.."),
    Column("duration_s", "number", "How long the track lasts.", unit="s", range="0..", decimals=6),
    *_LOUDNESS_COLUMNS,
    Column("key", "text", "Key of the whole, if it has one.", words=("undecided",)),
    Column("key_clarity", "number", "How far the key stands above its rivals.", range="0..1"),
    Column(
        "tempo_bpm",
        "number",
        "Tempo of the whole, if a pulse is felt.",
        unit="bpm",
        range="0..",
        decimals=2,
        words=("no clear pulse",),
    ),
    _TUNING_COLUMN,
    Column("sections", "whole number", "How many sections it has.", range="0.."),
    Column("notes", "whole number", "How many notes were heard.", range="0.."),
)


def _track(heard: Heard) -> Block:
    track, hearing = heard.track, heard.hearing
    whole = (
        *_identity(track),
        *_recording(hearing),
        hearing.duration_s,
        *_loudness_cells(hearing.loudness),
        key_name(hearing.key.overall),
        hearing.key.overall_clarity,
        hearing.tempo.overall_bpm,
        _tuning_cells(hearing.tuning)[0],
        len(hearing.sections.sections),
        len(hearing.notes),
    )
    return tuple([value] for value in whole)


def _identity(track: Track) -> tuple[object, ...]:
    return (
        track.disc,
        track.number,
        track.file,
        track.kind,
        track.album_title,
        "; ".join(f"{person.name} ({person.role})" for person in track.people),
        track.year,
        track.genre,
        track.comment,
        "; ".join(f"{kind}={value}" for kind, value in track.identifiers),
    )


def _recording(hearing: Hearing) -> tuple[object, ...]:
    source = hearing.source
    if isinstance(source, Recording):
        return source.digest, source.sample_rate_hz, source.channels
    return None, None, None


def _loudness_cells(loudness: Loudness | NotHeard) -> tuple[object, ...]:
    if isinstance(loudness, NotHeard):
        return loudness, loudness, loudness
    return loudness.integrated_lufs, loudness.range_lu, loudness.true_peak_dbtp


def key_name(key: Key | Outcome) -> str:
    """`E♭ major`, or the outcome's own word."""
    return key.name if isinstance(key, Key) else str(key)


def _tuning_cells(tuning: Tuning | NotHeard) -> tuple[object, ...]:
    if isinstance(tuning, NotHeard):
        return tuning, tuning
    return tuning.deviation_cents, tuning.confidence


def _loudness(heard: Heard) -> Block:
    return tuple([value] for value in _loudness_cells(heard.hearing.loudness))


def _tuning(heard: Heard) -> Block:
    return tuple([value] for value in _tuning_cells(heard.hearing.tuning))


def _marks(heard: Heard) -> Block:
    source = heard.hearing.source
    if isinstance(source, Recording):
        return [], [], []
    tempi = [(one.onset_ql, "tempo", f"{one.tempo_bpm:g} bpm") for one in source.tempo_marks]
    metres = [(one.onset_ql, "metre", f"{one.beats}/{one.beat_type}") for one in source.metre_marks]
    keys = [(one.onset_ql, "key", _signature(one)) for one in source.key_marks]
    marks = sorted([*tempi, *metres, *keys])
    return [one[0] for one in marks], [one[1] for one in marks], [one[2] for one in marks]


def _signature(mark: KeyMark) -> str:
    accidental = "sharp" if mark.fifths >= 0 else "flat"
    written = f"{abs(mark.fifths)} {accidental}{'' if abs(mark.fifths) == 1 else 's'}"
    return f"{written} ({mark.key.name})" if mark.key else written


def _unheard(material: Material) -> Iterator[Block]:
    files = material.soundtrack.unheard
    yield [one.file for one in files], [one.reason for one in files]


TRACKS = by_track(
    "tracks", "One row a track: its tags and the answers for the whole.", _TRACK_COLUMNS, _track
)
LOUDNESS = by_track(
    "loudness",
    "How loud each track is as a whole; a score has no sound.",
    _LOUDNESS_COLUMNS,
    _loudness,
    "loudness",
)
TUNING = by_track(
    "tuning",
    "How far each track is tuned from A = 440 Hz.",
    (
        _TUNING_COLUMN,
        Column("tuning_confidence", "number", "How surely the tuning was heard.", range="0..1"),
    ),
    _tuning,
    "tuning",
)
UNHEARD = ExportKind(
    "unheard",
    "Files that could not be heard; no rows where all went well.",
    (
        Column("file", "text", "Path inside the album folder."),
        Column("reason", "text", "Why it could not be heard."),
    ),
    _unheard,
)
SCORE_MARKS = by_track(
    "score-marks",
    "Tempo, metre and key as a score states them; no rows for recordings.",
    (
        Column(
            "onset_ql",
            "number",
            "From where on it holds, on the page.",
            unit="quarter lengths",
            range="0..",
            decimals=6,
        ),
        Column("mark", "text", "What kind of mark.", range="tempo, metre or key"),
        Column("stated", "text", "What it states: `120 bpm`, `3/4`, `2 flats (G minor)`."),
    ),
    _marks,
)
