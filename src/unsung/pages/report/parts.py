"""The part of one track: its words from the tags, its answers, its lanes, its values."""

from attrs import frozen
from markupsafe import Markup

from unsung.model.album import Track
from unsung.model.hearing import Swell
from unsung.model.instruments import Character
from unsung.model.outcomes import NotHeard, Outcome, Undecided
from unsung.model.score import Score
from unsung.model.time import Span
from unsung.pages.figures.axes import TimeAxis
from unsung.pages.figures.blocks import ticks
from unsung.pages.figures.lanes import grid
from unsung.pages.report.context import ReportContext
from unsung.pages.report.expression import expression_lanes
from unsung.pages.report.glance import Glance
from unsung.pages.report.harmony import harmony_places, with_harmony
from unsung.pages.report.instruments import (
    character_in_words,
    instruments_in_words,
    stretches_in_words,
)
from unsung.pages.report.lane import Lane
from unsung.pages.report.lanes import lanes, motif_lanes
from unsung.pages.report.pulse_words import change_word, metre_words
from unsung.pages.report.scales import AlbumScales
from unsung.pages.report.texture import texture_answers, with_texture
from unsung.pages.report.values import Values, values
from unsung.pages.report.wording import answer, clock, length, number, pitches

TICKS_PX = 20


@frozen
class Place:
    """A stretch to play from, and the word on it."""

    word: str
    span: Span


@frozen
class Part:
    """What the page says of one track."""

    position: int
    title: str
    duration_s: float
    file: str
    address: str
    """Where its sound lies, or empty."""
    mute_because: str
    """Why there is no player, or empty."""
    seeks_roughly: bool
    from_tags: tuple[tuple[str, str], ...]
    answers: tuple[tuple[str, str], ...]
    sections: tuple[Place, ...]
    keys: tuple[Place, ...]
    moves: tuple[Place, ...]
    """Where it swells, hurries, broadens, waits and rests."""
    harmony: tuple[Place, ...]
    ticks: Markup
    grid: Markup
    lanes: tuple[Lane, ...]
    playing: str
    """Who plays when, in words."""
    values: Values


def part(
    one: Glance, character: Character | Undecided, scales: AlbumScales, context: ReportContext
) -> Part:
    """The part of this track, with a player where its sound can be reached."""
    track, hearing = one.heard.track, one.heard.hearing
    axis = TimeAxis(hearing.duration_s)
    address = (
        "" if isinstance(hearing.source, Score) else context.audio_addresses.get(track.file, "")
    )
    return Part(
        position=one.position,
        title=one.title,
        duration_s=hearing.duration_s,
        file=track.file,
        address=address,
        mute_because="" if address else _mute_because(one),
        seeks_roughly=address.lower().endswith(".mp3"),
        from_tags=_from_tags(track),
        answers=_answers(one, character),
        sections=tuple(Place(s.label, s.span) for s in hearing.sections.sections),
        keys=tuple(Place(answer(s.key), s.span) for s in hearing.key.spans),
        moves=_moves(one),
        harmony=tuple(Place(word, span) for word, span in harmony_places(hearing)),
        ticks=ticks(axis, [clock(tick) for tick in axis.ticks_s], TICKS_PX),
        grid=grid(axis),
        lanes=(
            *motif_lanes(one, context.soundtrack.motifs),
            *with_texture(with_harmony(lanes(one, scales), hearing), hearing),
            *expression_lanes(one, scales),
        ),
        playing=stretches_in_words(hearing.instruments.playing),
        values=values(hearing),
    )


def _mute_because(one: Glance) -> str:
    if isinstance(one.heard.hearing.source, Score):
        return "A score has no sound: there is nothing to play. Its notes are drawn below."
    if "!" in one.heard.track.file:
        return "No player: this recording lies inside an archive, where a browser cannot reach it."
    return "No player: a browser cannot play this recording from where it lies or as it is stored."


def _from_tags(track: Track) -> tuple[tuple[str, str], ...]:
    """What the tags say, in their own words; nothing for what they do not."""
    place = [f"disc {track.disc}"] * bool(track.disc) + [f"track {track.number}"] * bool(
        track.number
    )
    said = [
        *((person.role, person.name) for person in track.people),
        ("album", track.album_title),
        ("place", ", ".join(place)),
        ("year", str(track.year or "")),
        ("genre", track.genre),
        ("comment", track.comment),
    ]
    return tuple((name, text) for name, text in said if text.strip())


def _answers(one: Glance, character: Character | Undecided) -> tuple[tuple[str, str], ...]:
    """The track in a line or two."""
    register = one.register
    lies = pitches(register[0], register[2]) if isinstance(register, tuple) else "no notes"
    heard = one.heard.hearing
    said = [
        ("Length", length(one.duration_s)),
        ("Integrated loudness", answer(one.integrated_lufs, "LUFS")),
        ("Loudness range", answer(one.range_lu, "LU")),
        ("True peak", answer(one.true_peak_dbtp, "dBTP")),
        ("Key as a whole", answer(one.key)),
        ("Tempo as a whole", answer(one.tempo_bpm, "bpm", 0)),
        ("Metre", metre_words(heard.pulse)),
        ("Tuning (A = 440 Hz)", _tuning(one.tuning_cents)),
        ("Form", one.form),
        ("Register, typically", lies),
        ("Notes", _notes_heard(len(heard.notes), len(heard.melody))),
        *texture_answers(heard),
        ("Instruments", instruments_in_words(heard.instruments)),
        ("Beside the other tracks", character_in_words(character)),
    ]
    is_score = isinstance(heard.loudness, NotHeard)
    return tuple(pair for pair in said if pair[1] and not (is_score and pair[1] == "not heard"))


def _tuning(cents: float | Undecided | NotHeard) -> str:
    """Against the A that most orchestras know."""
    if isinstance(cents, Outcome | NotHeard):
        return answer(cents)
    sign = "+" if round(cents) > 0 else ""
    return f"{sign}{number(cents, 0)} cents"


def _notes_heard(notes: int, melody: int) -> str:
    return f"{notes} (melody\u00a0{melody})" if notes else "none"


def _moves(one: Glance) -> tuple[Place, ...]:
    dynamics = one.heard.hearing.dynamics
    swells = () if isinstance(dynamics, NotHeard) else dynamics.swells
    changes = one.heard.hearing.pulse.changes
    found = [
        *(Place(_swell_words(swell), swell.span) for swell in swells),
        *(Place(change_word(change), change.span) for change in changes),
    ]
    return tuple(sorted(found, key=lambda place: place.span))


def _swell_words(swell: Swell) -> str:
    word, sign = ("crescendo", "+") if swell.change_lu > 0 else ("diminuendo", "−")
    return f"{word} {sign}{number(abs(swell.change_lu))} LU"
