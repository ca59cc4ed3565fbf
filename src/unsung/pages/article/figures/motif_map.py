"""The motif map: a lane for each motif over the whole album, a block where it is heard."""

from collections.abc import Sequence

from attrs import frozen
from markupsafe import Markup

from unsung.model.article import Figure
from unsung.model.hearing import Soundtrack
from unsung.model.motif import Motif
from unsung.model.time import Span
from unsung.pages.article.figures.along import (
    LEFT,
    NUMBERS_HEIGHT,
    RIGHT,
    Along,
    along,
    track_bands,
    track_numbers,
)
from unsung.pages.article.figures.colours import painted
from unsung.pages.article.figures.facts import Named, caption, counted
from unsung.pages.article.figures.sheet import (
    LARGE,
    SMALL,
    length,
    rectangle,
    sheet,
    shortened,
    stroke,
    words,
)
from unsung.pages.report.motif_lanes import facts as presence
from unsung.pages.report.places import title, title_of
from unsung.pages.report.statements import stated_besides, statement_of, verdict
from unsung.pages.report.wording import clock, count

MOST_MOTIFS = 8
_SLUG = "motif-map"
_TOP, _LANE, _BLOCK = 8, 38, 28
_LEAST_WIDTH = 5.0
_HUES = 6


@frozen
class Block:
    """A place where a motif is heard: its track counted from 0, how sure, what a person said."""

    track: int
    span: Span
    confidence: float
    verdict: str = ""


def motif_map(soundtrack: Soundtrack, rests_on: Sequence[str] = ()) -> Figure | None:
    """The most prominent motifs over the album; nothing where none comes back."""
    album, shown = along(soundtrack), soundtrack.motifs[:MOST_MOTIFS]
    lanes = [(motif, blocks(motif, soundtrack)) for motif in shown]
    if album is None or not any(placed for _, placed in lanes):
        return None
    bottom = _TOP + _LANE * len(lanes)
    positions = [one.track.position for one in soundtrack.heard]
    drawn = sheet(
        _SLUG,
        f"Motif map: where {count(len(lanes), 'motif')} come back over the album",
        description := _description(lanes, soundtrack),
        bottom + NUMBERS_HEIGHT,
        track_bands(album, _TOP, bottom),
        *(_lane(k, motif, placed, album) for k, (motif, placed) in enumerate(lanes)),
        track_numbers(album, positions, bottom),
    )
    return Figure(_SLUG, drawn, caption(_said(lanes, soundtrack), rests_on), description)


def blocks(motif: Motif, soundtrack: Soundtrack) -> tuple[Block, ...]:
    """Where the motif is heard, by the machine or by a person, in the order of the album."""
    tracks = {one.track.file: k for k, one in enumerate(soundtrack.heard)}
    statements = soundtrack.testimony.statements
    found = [
        Block(tracks[one.track_file], one.span, one.confidence,
              verdict(statement_of(motif, one, statements)))
        for one in motif.occurrences
        if one.track_file in tracks
    ]  # fmt: skip
    besides = [
        Block(tracks[one.track_file], one.span, 1.0, verdict(one))
        for one in stated_besides(motif, statements)
        if one.track_file in tracks
    ]
    return tuple(sorted([*found, *besides], key=lambda one: (one.track, one.span)))


def _lane(place: int, motif: Motif, placed: Sequence[Block], album: Along) -> Markup:
    middle = _TOP + _LANE * (place + 0.5)
    line = stroke("rule", f"M{LEFT} {length(middle)}H{RIGHT}")
    drawn = [_block(one, f"motif-{place % _HUES}", middle, album) for one in placed]
    return Markup("").join([line, *drawn, _name(motif, middle)])


def _name(motif: Motif, middle: float) -> Markup:
    """Its letter, and beneath it the name that a person gave it."""
    name, right = shortened(motif.name, LEFT - 12, SMALL), LEFT - 10
    up, down = (4, 14) if name else (-6, 0)
    letter = words(motif.label, right, middle - up, LARGE, anchor="end", font_weight="bold")
    said = words(name, right, middle + down, SMALL, "soft", "end", font_style="italic")
    return letter + said if name else letter


def _block(one: Block, colour: str, middle: float, album: Along) -> Markup:
    """The surer, the taller and the stronger; what a person said has an outline."""
    sure = 1.0 if one.verdict == "confirmed" else one.confidence
    start, wide = album.stretch(one.track, one.span, _LEAST_WIDTH)
    tall = _BLOCK * (0.4 + 0.6 * sure**2)
    place = (start, middle - tall / 2, wide, tall)
    if one.verdict == "rejected":
        return rectangle(*place, painted("paper", "soft") | {"stroke-dasharray": "3 2"})
    if one.verdict == "confirmed":
        return rectangle(*place, painted(colour, "ink") | {"stroke-width": "2"})
    faint = {"fill-opacity": f"{0.3 + 0.7 * sure**2:.2f}"}
    return rectangle(*place, painted(colour) | faint)


def _said(lanes: Sequence[tuple[Motif, tuple[Block, ...]]], soundtrack: Soundtrack) -> list[Named]:
    motifs, of_motifs = counted("motifs", len(lanes), "musical idea")
    tracks, of_tracks = counted("tracks", len(soundtrack.heard), "track")
    most = "The most prominent" if len(soundtrack.motifs) > len(lanes) else "The"
    said: list[Named] = [
        (f"{most} {motifs} over", of_motifs),
        (f"{tracks}: a lane for each, a block wherever it is heard;", of_tracks),
        ("the surer, the taller and darker.", {}),
    ]
    verdicts = {one.verdict for _, placed in lanes for one in placed}
    if "confirmed" in verdicts:
        said.append(("An outline means that a person confirmed it.", {}))
    if "rejected" in verdicts:
        said.append(("A dashed, empty block was rejected by a person.", {}))
    return said


def _description(lanes: Sequence[tuple[Motif, tuple[Block, ...]]], soundtrack: Soundtrack) -> str:
    return " ".join(_lane_in_words(motif, placed, soundtrack) for motif, placed in lanes if placed)


def _lane_in_words(motif: Motif, placed: Sequence[Block], soundtrack: Soundtrack) -> str:
    """`Motif A: 7 occurrences in 3 tracks, from Dawn, 0:12, to …; most often in …`."""
    first, last = (_where(placed[k], soundtrack) for k in (0, -1))
    tracks = [one.track for one in placed]
    most = max(tracks, key=tracks.count)
    stands_out = 1 < tracks.count(most) < len(tracks)
    often = f"; most often, {tracks.count(most)} times, in {title_of(soundtrack.heard[most])}"
    confirmed = sum(one.verdict == "confirmed" for one in placed)
    said = f"; {confirmed} confirmed by a person" if confirmed else ""
    way = f", first in {first}" + (f", last in {last}" if len(placed) > 1 else "")
    return f"{title(motif)}: {presence(motif)}{way}{often if stands_out else ''}{said}."


def _where(one: Block, soundtrack: Soundtrack) -> str:
    return f"{title_of(soundtrack.heard[one.track])} at {clock(one.span.start_s)}"
