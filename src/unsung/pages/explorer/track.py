"""A track: all that was heard in it along one line of time, its motifs, what people wrote."""

from attrs import frozen
from markupsafe import Markup

from unsung.listening.character import characters
from unsung.model.hearing import Heard
from unsung.model.motif import Occurrence
from unsung.pages.explorer.context import ExplorerContext
from unsung.pages.explorer.frame import addresses, page
from unsung.pages.explorer.neighbour import Neighbour
from unsung.pages.explorer.roll import piano_roll
from unsung.pages.explorer.taking import track_offers
from unsung.pages.explorer.trail import trail
from unsung.pages.explorer.waveform import in_page
from unsung.pages.figures import motif_map
from unsung.pages.figures.axes import TimeAxis
from unsung.pages.notation import glyph_definitions
from unsung.pages.report import ReportContext
from unsung.pages.report import motif_words as say
from unsung.pages.report.glance import glance
from unsung.pages.report.melodies import melodies
from unsung.pages.report.page import glossary
from unsung.pages.report.parts import part
from unsung.pages.report.places import Places, Spot, title, title_of
from unsung.pages.report.scales import album_scales


@frozen
class Here:
    """An occurrence in this track, and its page."""

    spot: Spot
    title: str
    swatch: Markup
    address: str
    confidence: str


def track_page(context: ExplorerContext, position: int) -> str:
    """The track at this position; `KeyError` where none was heard."""
    one = _at(context, position)
    soundtrack = context.soundtrack
    told = characters([heard.hearing.likeness for heard in soundtrack.heard])
    known = {heard.track.file: k for k, heard in enumerate(soundtrack.heard)}
    place = known[one.track.file]
    lines = melodies([one])
    report = ReportContext(soundtrack, context.version, addresses(context))
    return page(
        context,
        "track.html.jinja",
        title_of(one),
        "track",
        {
            "part": part(glance(one), told[place], album_scales(soundtrack), report),
            "roll": piano_roll(one.hearing, TimeAxis(one.hearing.duration_s)),
            "returns": _returns(one, context),
            "melody": lines.get(position),
            "definitions": glyph_definitions(
                [drawn for it in lines.values() for drawn in it.pictures]
            ),
            "before": _neighbour(context, place - 1),
            "after": _neighbour(context, place + 1),
            "glossary": glossary(),
            "offers": track_offers(context, one),
            "peaks": context.urls.peaks(position),
            "waveform": in_page(drawn)
            if (drawn := context.waveforms.get(one.track.file))
            else None,
        },
    )


def _at(context: ExplorerContext, position: int) -> Heard:
    for one in context.soundtrack.heard:
        if one.track.position == position:
            return one
    raise KeyError(position)


def _returns(one: Heard, context: ExplorerContext) -> tuple[Here, ...]:
    """What comes back in this track, in the order in which it does."""
    places = Places({one.track.file: one}, addresses(context))
    found = [
        Here(
            spot=places.spot(at.track_file, at.span),
            title=title(motif),
            swatch=motif_map.swatch(place, motif.label),
            address=context.urls.motif(motif.label, number),
            confidence=say.confidence(at.confidence) if isinstance(at, Occurrence) else "",
        )
        for place, motif in enumerate(context.soundtrack.motifs)
        for number, at in enumerate(trail(motif, context.soundtrack), start=1)
        if at.track_file == one.track.file
    ]
    return tuple(sorted(found, key=lambda it: it.spot.order))


def _neighbour(context: ExplorerContext, place: int) -> Neighbour | None:
    heard = context.soundtrack.heard
    if not 0 <= place < len(heard):
        return None
    return Neighbour(title_of(heard[place]), context.urls.track(heard[place].track.position))
