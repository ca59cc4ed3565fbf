"""The section on the film: where the album sounds in it, under which lines, how loud.

And what music it has that the album lacks, and which cues the album has more than once.
"""

from collections.abc import Iterator, Mapping, Sequence

from attrs import frozen
from markupsafe import Markup

from unsung.model.alternates import Alternate
from unsung.model.balance import GRADES, Balance, Grade
from unsung.model.film import AlbumPlace, Placement
from unsung.model.film_case import FilmCase
from unsung.model.hearing import Soundtrack
from unsung.model.outcomes import Outcome, Undecided
from unsung.model.time import Span
from unsung.model.unplaced import Unplaced, UnplacedStretch
from unsung.pages.figures import film as drawn
from unsung.pages.figures.axes import Scale, TimeAxis
from unsung.pages.figures.lanes import grid
from unsung.pages.report.lane import Lane
from unsung.pages.report.places import Places, Spot, title_of
from unsung.pages.report.wording import answer, clock, count, number

_PREFERRED_LU = 10.0
_APART = Scale(-10.0, 40.0, drawn.LEVEL_PX)
_UNCHANGED = 0.003
_WHOLE_SHARE = 0.95


@frozen
class PlacedRow:
    """A row of the table of placements; `in_film` is when, in clock times."""

    in_film: str
    spot: Spot
    level: str
    above_rest: str
    speed: str
    sure: str


@frozen
class LineRow:
    """A row of the table of dialogue."""

    at: str
    who: str
    text: str
    speech: str
    music: str
    apart: str
    masked: str


@frozen
class Leftover:
    """What the film leaves out of a track: all of it, or stretches to play."""

    title: str
    words: str
    spots: tuple[Spot, ...]


@frozen
class UnplacedRow:
    """A stretch of music with no source; `resembles` is a place of the album that is alike."""

    in_film: str
    lasts: str
    sure: str
    resembles: Spot | None
    goes_on: bool


@frozen
class AlternateRow:
    """Two places of the album that are one cue, what they share, and which the film plays."""

    one: Spot
    other: Spot
    kind: str
    in_film: str


@frozen
class FilmSection:
    """All that the page says of the film."""

    name: str
    lead: str
    facts: tuple[tuple[str, str], ...]
    ticks: Markup
    grid: Markup
    tracks: tuple[Lane, ...]
    lanes: tuple[Lane, ...]
    placements: tuple[PlacedRow, ...]
    dialogue: tuple[LineRow, ...]
    left_out: tuple[Leftover, ...]
    unplaced: tuple[UnplacedRow, ...]
    alternates: tuple[AlternateRow, ...]
    rules: tuple[tuple[str, str, str, str, str], ...]

    @property
    def has_lines(self) -> bool:
        """Whether it is known what is said."""
        return any(row.text for row in self.dialogue)


def film_section(soundtrack: Soundtrack, addresses: Mapping[str, str]) -> FilmSection | None:
    """The section; None where no film was given."""
    film = soundtrack.film
    if film is None or film.duration_s <= 0:
        return None
    places = Places({one.track.file: one for one in soundtrack.heard}, addresses)
    axis = TimeAxis(film.duration_s)
    known = [one for one in film.placements.placements if one.track_file in places.heard]
    return FilmSection(
        name=film.name,
        lead=_lead(film, known),
        facts=tuple(_facts(film)),
        ticks=drawn.ticks(axis, [clock(tick) for tick in axis.ticks_s]),
        grid=grid(axis),
        tracks=tuple(_track_lanes(known, places, axis)),
        lanes=tuple(_lanes(film, axis)),
        placements=tuple(_placed_row(one, places) for one in known),
        dialogue=tuple(_dialogue(film.balance)),
        left_out=tuple(_left_out(film.placements.unused, places)),
        unplaced=tuple(_unplaced_row(one, places) for one in _unplaced(film).stretches),
        alternates=tuple(_alternates(film, places)),
        rules=tuple(_rules(film.balance)),
    )


def _lead(film: FilmCase, known: Sequence[Placement]) -> str:
    if not known:
        return (
            f"No music of this album was found in {film.name}, {clock(film.duration_s)} long."
            f"{_other_music(film)}"
            " Music in another take, far beneath other sound, may be there and go unfound."
        )
    tracks = len({one.track_file for one in known})
    return (
        f"{film.name}, {clock(film.duration_s)} long, plays {count(tracks, 'track')} of the album"
        f" in {count(len(known), 'uncut piece')}. The film runs from left to right, a lane a track;"
        " what is faint is less sure."
    )


def _other_music(film: FilmCase) -> str:
    """What is there instead, in a sentence; empty where nobody listened for it."""
    if film.unplaced is None:
        return ""
    if film.unplaced.stretches:
        return f" Other music sounds in it for {clock(film.unplaced.music_s)}."
    return "" if film.unplaced.undecided else " No other music was heard in it either."


def _facts(film: FilmCase) -> Iterator[tuple[str, str]]:
    found = film.balance
    if found is None:
        yield from _beside_the_album(film)
        return
    yield "Music of the album", _percent(found.music_share)
    yield from _beside_the_album(film)
    yield "Somebody speaks", _percent(found.speech_share)
    yield "Of the music, under speech", _percent(found.under_speech_share)
    yield "Loudness of the film", answer(found.film_lufs, "LUFS")
    yield "of its speech", answer(found.speech_lufs, "LUFS")
    yield "of the music in it", answer(found.music_lufs, "LUFS")
    yield "Speech above music", answer(found.apart_lu, "LU")
    yield "As speech begins, the mix", _step(found)
    if film.speech and not isinstance(film.speech.delay_s, Outcome) and film.speech.delay_s:
        yield "Subtitles come", _delay(film.speech.delay_s)


def _beside_the_album(film: FilmCase) -> Iterator[tuple[str, str]]:
    if film.unplaced is None:
        return
    yield "Music with no source", clock(film.unplaced.music_s)
    if film.unplaced.undecided:
        yield "Music or not, undecided", clock(film.unplaced.undecided_s)


def _unplaced(film: FilmCase) -> Unplaced:
    return film.unplaced or Unplaced()


def _delay(delay_s: float) -> str:
    return f"{number(abs(delay_s))} s {'early' if delay_s > 0 else 'late'}"


def _percent(share: float | Outcome) -> str:
    return str(share) if isinstance(share, Outcome) else f"{100 * share:.0f} %"


def _step(found: Balance) -> str:
    step = found.ducking.down
    if isinstance(step.change_db, Outcome) or step.verdict == "undecided":
        return "undecided"
    if step.verdict == "not met":
        return "leaves the music as it is"
    return f"turns the music down by {number(abs(step.change_db))} dB"


def _track_lanes(known: Sequence[Placement], places: Places, axis: TimeAxis) -> Iterator[Lane]:
    """A lane for each track that sounds, in album order."""
    order = list(places.heard)
    files = sorted({one.track_file for one in known}, key=order.index)
    for file in files:
        own = [one for one in known if one.track_file == file]
        title = title_of(places.heard[file])
        placings = [_placing(one, places) for one in own]
        figure = drawn.track_lane(f"{title} in the film", order.index(file), placings, axis)
        yield Lane(title, figure)


def _placing(one: Placement, places: Places) -> drawn.Placing:
    spot = places.spot(one.track_file, one.track_span)
    when = f"{clock(one.film_span.start_s)} to {clock(one.film_span.end_s)} of the film"
    words = f"{spot.title} from {clock(spot.from_s)}, {when}; {_level(one)}"
    return drawn.Placing(
        one.film_span, words, spot.track_id, one.track_span, spot.address, one.confidence
    )


def _level(one: Placement) -> str:
    return f"level {answer(one.level_db, 'dB')}"


def _lanes(film: FilmCase, axis: TimeAxis) -> Iterator[Lane]:
    """What has no source, scenes, cuts, speech, how music sits, how far speech lies above it."""
    other = _unplaced(film)
    if other.stretches or other.undecided:
        spans: list[tuple[str, Span, tuple[str, ...]]] = [
            ("tint tint-3", one.span, ("no source",)) for one in other.stretches
        ]
        spans += [("unclear", span, ()) for span in other.undecided]
        label = f"Music with no source in {count(len(other.stretches), 'place')}"
        yield Lane("Other music", drawn.strip(label, spans, axis))
    if film.scenes:
        blocks = [
            (f"tint tint-{k % 6}", scene.film_span, (scene.title or scene.name, scene.place))
            for k, scene in enumerate(film.scenes)
            if scene.film_span
        ]
        yield Lane("Scenes", drawn.strip(f"{count(len(blocks), 'scene')}", blocks, axis))
    if film.sight and film.sight.seen.shots.cuts_s:
        cuts_s = film.sight.seen.shots.cuts_s
        yield Lane("Cuts", drawn.instants(f"{count(len(cuts_s), 'cut')}", cuts_s, axis))
    if film.speech and film.speech.spoken:
        said = [("speech", one.span, ()) for one in film.speech.spoken]
        yield Lane("Speech", drawn.strip(f"Speech in {len(said)} stretches", said, axis))
    if film.balance is None:
        return
    sits = [(_grade_look(one.grade), one.span, ()) for one in film.balance.passages]
    yield Lane("Music sits", drawn.strip("How music sits beside the rest", sits, axis))
    apart = [
        (one.spoken.span, float(one.apart_lu))
        for one in film.balance.spoken
        if not isinstance(one.apart_lu, Outcome)
    ]
    if apart:
        label = f"How far speech lies above the music; the line is at {_PREFERRED_LU:.0f} LU"
        figure = drawn.levels(label, apart, _PREFERRED_LU, _APART, axis)
        ends = [number(end, 0) for end in (_APART.high, _APART.low)]
        yield Lane("Speech above music", figure, "LU", *ends)


def _grade_look(grade: Grade | Undecided) -> str:
    return "unclear" if isinstance(grade, Outcome) else f"grade-{GRADES.index(grade)}"


def _placed_row(one: Placement, places: Places) -> PlacedRow:
    kept = ", pitch kept" if one.speed.pitch_kept else ""
    ratio = one.speed.tempo_ratio
    played = "as it is" if abs(ratio - 1) < _UNCHANGED else f"× {ratio:.4f}{kept}"
    other = ", another take" if one.sameness != "same recording" else ""
    other += ", another mix" if one.mix == "another mix" else ""
    turned = ", upside down" if one.inverted else ""
    return PlacedRow(
        f"{clock(one.film_span.start_s)}–{clock(one.film_span.end_s)}",
        places.spot(one.track_file, one.track_span),
        answer(one.level_db),
        answer(one.above_rest_db),
        played + other + turned,
        number(one.confidence, 2),
    )


def _dialogue(found: Balance | None) -> Iterator[LineRow]:
    for one in found.spoken if found else ():
        line, span = one.spoken.line, one.spoken.span
        yield LineRow(
            f"{clock(span.start_s)}–{clock(span.end_s)}",
            line.speaker if line else "",
            line.text if line else "",
            answer(one.speech_lufs),
            answer(one.music_lufs),
            answer(one.apart_lu),
            _percent(one.masked_share),
        )


def _unplaced_row(one: UnplacedStretch, places: Places) -> UnplacedRow:
    like = one.resembles if one.resembles and one.resembles.track_file in places.heard else None
    return UnplacedRow(
        f"{clock(one.span.start_s)}–{clock(one.span.end_s)}",
        clock(one.span.duration_s),
        number(one.confidence, 2),
        places.spot(like.track_file, like.span) if like else None,
        one.goes_on,
    )


def _alternates(film: FilmCase, places: Places) -> Iterator[AlternateRow]:
    for each in film.alternates:
        if each.one.track_file in places.heard and each.other.track_file in places.heard:
            yield AlternateRow(
                places.spot(each.one.track_file, each.one.span),
                places.spot(each.other.track_file, each.other.span),
                each.kind,
                _which(each, film.placements.placements, places),
            )


def _which(each: Alternate, placed: Sequence[Placement], places: Places) -> str:
    """Which of the two the film plays, or that it cannot be told."""
    told = dict.fromkeys(
        title_of(places.heard[one.track_file]) if _is_told(one, each) else "either"
        for one in placed
        for place in (each.one, each.other)
        if one.track_file == place.track_file and one.track_span.overlap_s(place.span) > 0
    )
    if not told:
        return "neither was found"
    return "cannot be told" if "either" in told else " and ".join(told)


def _is_told(one: Placement, each: Alternate) -> bool:
    """Whether what was placed is this alternate and not the other."""
    if each.kind == "same music, other take":
        return one.sameness == "same recording"
    return each.kind == "same recording, another mix" and one.mix == "same mix"


def _left_out(unused: Sequence[AlbumPlace], places: Places) -> Iterator[Leftover]:
    """Track by track in album order."""
    for file, heard in places.heard.items():
        own = [one.span for one in unused if one.track_file == file]
        if not own:
            continue
        lasts_s = sum(span.duration_s for span in own)
        whole = lasts_s >= _WHOLE_SHARE * heard.hearing.duration_s
        words = "all of it" if whole else f"{clock(lasts_s)} of {clock(heard.hearing.duration_s)}"
        spots = tuple(places.spot(file, _inside(span, heard.hearing.duration_s)) for span in own)
        yield Leftover(title_of(heard), words, spots)


def _inside(span: Span, duration_s: float) -> Span:
    """The stretch, cut to the track."""
    return Span(min(span.start_s, duration_s - 1e-3), min(span.end_s, duration_s))


def _rules(found: Balance | None) -> Iterator[tuple[str, str, str, str, str]]:
    for one in found.rules if found else ():
        yield one.rule, one.asks, answer(one.value, one.unit), one.verdict, one.cites
