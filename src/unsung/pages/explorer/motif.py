"""A motif: its notation, and the trail of all its occurrences through the album."""

from attrs import frozen

from unsung.model.motif import Motif, motif_called
from unsung.model.time import Span
from unsung.pages.explorer.album import motif_cards
from unsung.pages.explorer.context import ExplorerContext
from unsung.pages.explorer.frame import addresses, page
from unsung.pages.explorer.neighbour import Neighbour
from unsung.pages.explorer.oddity import odd_one_out
from unsung.pages.explorer.taking import motif_offers
from unsung.pages.explorer.trail import in_story_order, level_lufs
from unsung.pages.figures.motif_map import AlbumAxis, track_edges, track_numbers
from unsung.pages.notation import glyph_definitions
from unsung.pages.report.beneath import MOST_OF_ONE
from unsung.pages.report.motif_lanes import motif_lane
from unsung.pages.report.motifs import MotifPart, drawn_motif
from unsung.pages.report.occurrences import OccurrenceRow
from unsung.pages.report.places import Places, Spot, title


@frozen
class Stop:
    """An occurrence on the trail: its number, its row, how loud it is where that is known."""

    number: int
    row: OccurrenceRow
    level_lufs: str
    address: str
    is_odd: bool


def motif_page(context: ExplorerContext, label: str, occurrence: int = 0) -> str:
    """The motif that goes by this label; `KeyError` where none does. `occurrence` counts from 1."""
    place, motif = _labelled(context, label)
    places = Places({one.track.file: one for one in context.soundtrack.heard}, addresses(context))
    ordered = in_story_order(motif, places.heard)
    said = context.soundtrack.testimony.statements
    drawn = drawn_motif(place, ordered, places, said, MOST_OF_ONE)
    axis = AlbumAxis(tuple(one.hearing.duration_s for one in context.soundtrack.heard))
    stops = _stops(context, ordered, drawn.part, places)
    return page(
        context,
        "motif.html.jinja",
        title(motif),
        "motif",
        {
            "motif": motif,
            "part": drawn.part,
            "stops": stops,
            "chosen": occurrence if 0 < occurrence <= len(stops) else 0,
            "lane": motif_lane(place, ordered, places, axis, said),
            "edges": track_edges(axis),
            "numbers": track_numbers(
                axis, [one.track.position for one in context.soundtrack.heard]
            ),
            "definitions": glyph_definitions(drawn.pictures),
            "neighbours": _neighbours(context, place),
            "others": [one for one in motif_cards(context) if one.label != motif.label],
            "offers": motif_offers(context, motif),
            "prototype_lufs": _level(motif.prototype.track_file, places, drawn.part.prototype),
        },
    )


def _labelled(context: ExplorerContext, label: str) -> tuple[int, Motif]:
    """The motif that has this label, or had it before people joined it to another."""
    motifs = context.soundtrack.motifs
    found = motif_called(motifs, label)
    if found is None:
        raise KeyError(label)
    return next(place for place, one in enumerate(motifs) if one is found), found


def _stops(
    context: ExplorerContext, motif: Motif, part: MotifPart, places: Places
) -> tuple[Stop, ...]:
    """The rows in story order, each with what is needed to compare it by ear."""
    odd = odd_one_out(motif)
    rows = sorted((*part.shown, *part.folded), key=lambda row: row.spot.order)
    files = {one.track.position: file for file, one in places.heard.items()}
    return tuple(
        Stop(
            number=number,
            row=row,
            level_lufs=_level(files[row.spot.position], places, row.spot),
            address=context.urls.motif(motif.label, number),
            is_odd=odd == (files[row.spot.position], _span(row.spot)),
        )
        for number, row in enumerate(rows, start=1)
    )


def _span(spot: Spot) -> Span:
    return Span(spot.from_s, spot.until_s)


def _level(file: str, places: Places, spot: Spot) -> str:
    """The loudness of the stretch, or nothing where none was measured."""
    level = level_lufs(places.heard[file].hearing, _span(spot))
    return f"{level:.2f}" if isinstance(level, float) else ""


def _neighbours(context: ExplorerContext, place: int) -> tuple[Neighbour | None, Neighbour | None]:
    """The motif before and the motif after, in order of prominence."""
    motifs = context.soundtrack.motifs
    around = [k if 0 <= k < len(motifs) else None for k in (place - 1, place + 1)]
    before, after = (
        None if k is None else Neighbour(title(motifs[k]), context.urls.motif(motifs[k].label))
        for k in around
    )
    return before, after
