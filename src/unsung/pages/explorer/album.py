"""The album: its map of motifs, its arc, its gems, its tracks by length, loudness and key."""

import re

from attrs import frozen
from markupsafe import Markup

from unsung.model.hearing import Soundtrack
from unsung.model.motif import Motif
from unsung.pages.explorer.context import ExplorerContext
from unsung.pages.explorer.findings import gem_cards
from unsung.pages.explorer.frame import addresses, page
from unsung.pages.explorer.map_plain import map_plain
from unsung.pages.explorer.taking import album_offers
from unsung.pages.explorer.trail import in_story_order, positions
from unsung.pages.figures import motif_map
from unsung.pages.report.expression import emotional_arc
from unsung.pages.report.glance import glance
from unsung.pages.report.motif_lanes import facts
from unsung.pages.report.overview import overview
from unsung.pages.report.places import Places, Spot, title
from unsung.pages.report.scales import album_scales

_MOST_GEMS = 4
_IN_THE_REPORT = re.compile(r'href="#track-(\d+)"')


@frozen
class MotifCard:
    """A motif in the list beside the map, and its first place to press play."""

    label: str
    title: str
    swatch: Markup
    facts: str
    meaning: str
    address: str
    prototype: Spot
    counts: tuple[str, ...]
    """How often it is heard in each track; empty for not at all."""


def album_page(context: ExplorerContext) -> str:
    """The first page of an album."""
    soundtrack = context.soundtrack
    scales, glances = album_scales(soundtrack), [glance(one) for one in soundtrack.heard]
    album = overview(soundtrack, glances, scales)
    arc = emotional_arc(soundtrack, glances, addresses(context), scales)
    plain = map_plain(context, scales, arc)
    return page(
        context,
        "album.html.jinja",
        album.title,
        "album",
        {
            "album": album,
            "remarks": [_led_to_pages(one, context) for one in album.remarks],
            "arc": arc,
            "motifs": motif_cards(context),
            "map": plain,
            "gems": gem_cards(context)[:_MOST_GEMS],
            "offers": album_offers(context),
        },
    )


def _led_to_pages(remark: Markup, context: ExplorerContext) -> Markup:
    """A remark of the report, where tracks are parts of one page, with links to their pages."""
    return Markup(  # noqa: S704 (only an address of ours changes)
        _IN_THE_REPORT.sub(lambda at: f'href="{context.urls.track(int(at[1]))}"', str(remark))
    )


def motif_cards(context: ExplorerContext) -> tuple[MotifCard, ...]:
    """All motifs, the most prominent first."""
    soundtrack = context.soundtrack
    places = Places({one.track.file: one for one in soundtrack.heard}, addresses(context))
    return tuple(_card(k, one, places, context) for k, one in enumerate(soundtrack.motifs))


def _card(place: int, motif: Motif, places: Places, context: ExplorerContext) -> MotifCard:
    ordered, first = in_story_order(motif, places.heard), motif.prototype
    return MotifCard(
        label=motif.label,
        title=title(motif),
        swatch=motif_map.swatch(place, motif.label),
        facts=facts(ordered),
        meaning=motif.meaning,
        address=context.urls.motif(motif.label),
        prototype=places.spot(first.track_file, first.span),
        counts=_counts(ordered, context.soundtrack),
    )


def _counts(motif: Motif, soundtrack: Soundtrack) -> tuple[str, ...]:
    files = [one.track_file for one in motif.occurrences]
    return tuple(str(files.count(file) or "") for file in positions(soundtrack))
