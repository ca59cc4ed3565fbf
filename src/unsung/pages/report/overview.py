"""The album as a whole: who made it, how much of it was heard, its map, its table, its remarks."""

from collections import defaultdict
from collections.abc import Sequence

from attrs import frozen
from markupsafe import Markup

from unsung.model.album import Unheard
from unsung.model.hearing import Soundtrack
from unsung.model.outcomes import NotHeard, Outcome
from unsung.model.pitch import Key, pitch_name
from unsung.pages.figures.blocks import key_class
from unsung.pages.figures.silhouette import silhouette
from unsung.pages.report.glance import Glance
from unsung.pages.report.keys import key_shares
from unsung.pages.report.remarks import remarks
from unsung.pages.report.scales import AlbumScales
from unsung.pages.report.wording import Answer, answer, count, lasting, length, listed

_MOST_NAMES = 6


@frozen
class Bar:
    """A track on the map: its silhouette and what stands under its title."""

    position: int
    title: str
    facts: str
    figure: Markup


@frozen
class Cell:
    """What a reader sees, and the number it sorts by; outcomes have none and stand last."""

    shown: str
    order: float | None = None


NO_NOTES = Cell("no notes")


@frozen
class Row:
    """A track in the table."""

    position: int
    title: str
    cells: tuple[Cell, ...]


@frozen
class KeyShare:
    """A key on the album: its name, its look, and its share of the time in percent."""

    name: str
    look: str
    percent: str


@frozen
class Overview:
    """The first part of the page."""

    title: str
    kind: str
    totals: str
    people: tuple[tuple[str, str], ...]
    unheard: tuple[Unheard, ...]
    remarks: tuple[Markup, ...]
    keys: tuple[KeyShare, ...]
    map: tuple[Bar, ...]
    headings: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]


HEADINGS = (
    ("Length", ""),
    ("Loudness", "LUFS"),
    ("Range", "LU"),
    ("True peak", "dBTP"),
    ("Key", ""),
    ("Tempo", "bpm"),
    ("Density", "notes/s"),
    ("Register", "centre"),
    ("Brightness", "Hz"),
)


def overview(soundtrack: Soundtrack, glances: Sequence[Glance], scales: AlbumScales) -> Overview:
    """The album at a glance; everything empty but the title where no track was heard."""
    longest_s = max((one.duration_s for one in glances), default=1.0)
    return Overview(
        title=soundtrack.album.title.strip() or "Untitled album",
        kind=_kind(soundtrack),
        totals=_totals(soundtrack, glances),
        people=people(soundtrack),
        unheard=soundtrack.unheard,
        remarks=remarks(glances),
        keys=_keys(glances),
        map=tuple(_bar(one, longest_s, scales) for one in glances),
        headings=HEADINGS,
        rows=tuple(Row(one.position, one.title, _cells(one)) for one in glances),
    )


def _kind(soundtrack: Soundtrack) -> str:
    work = soundtrack.album.work
    if work is None:
        return ""
    year = f" ({work.year})" if work.year else ""
    return f"{work.kind or 'work'}: {work.title}{year}"


def _totals(soundtrack: Soundtrack, glances: Sequence[Glance]) -> str:
    """How much was heard, and how many files could not be."""
    missed = len(soundtrack.unheard)
    could_not = f"{count(missed, 'file')} could not be heard" if missed else ""
    if not glances:
        return could_not or "No track was found"
    scores = sum(isinstance(one.heard.hearing.loudness, NotHeard) for one in glances)
    written = f", of which {count(scores, 'score')}" if scores else ""
    heard = f"{count(len(glances), 'track')}{written}"
    whole = lasting(sum(one.duration_s for one in glances))
    return " · ".join(part for part in (heard, whole, could_not) if part)


def people(soundtrack: Soundtrack) -> tuple[tuple[str, str], ...]:
    """Each role that the tags know, with its names; roles of the very same people stand as one."""
    tracks: defaultdict[str, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    for track in soundtrack.album.tracks:
        for person in dict.fromkeys(track.people):
            tracks[person.role][person.name] += 1
    roles: defaultdict[str, list[str]] = defaultdict(list)
    for role, named in tracks.items():
        roles[_names(named)].append(role)
    return tuple((listed(shared), names) for names, shared in roles.items())


def _names(named: dict[str, int]) -> str:
    """Those of most tracks first; the number of tracks where several share the role."""
    ordered = sorted(named.items(), key=lambda pair: -pair[1])
    if len(ordered) == 1:
        return ordered[0][0]
    shown = [f"{name} ({count(tracks, 'track')})" for name, tracks in ordered[:_MOST_NAMES]]
    more = len(ordered) - len(shown)
    return listed([*shown, f"{more} more"] if more else shown)


def _keys(glances: Sequence[Glance]) -> tuple[KeyShare, ...]:
    shares = key_shares(one.heard.hearing for one in glances)
    return tuple(KeyShare(answer(key), key_class(key), _percent(share)) for key, share in shares)


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %" if share >= 0.005 else "under 1 %"


def _bar(one: Glance, longest_s: float, scales: AlbumScales) -> Bar:
    facts = [
        length(one.duration_s),
        _outcome(one.integrated_lufs, "LUFS", 1),
        answer(one.key) if isinstance(one.key, Key) else "key undecided",
        _outcome(one.tempo_bpm, "bpm", 0),
    ]
    words = " · ".join(fact for fact in facts if fact)
    label = f"{one.title}: {words}"
    figure = silhouette(label, one.heard.hearing, longest_s, scales.loudest_lufs)
    return Bar(one.position, one.title, words, figure)


def _outcome(value: Answer, unit: str, digits: int) -> str:
    return "score" if isinstance(value, NotHeard) else answer(value, unit, digits)


def _cells(one: Glance) -> tuple[Cell, ...]:
    """As `HEADINGS` name them."""
    return (
        Cell(length(one.duration_s), round(one.duration_s, 3)),
        _cell(one.integrated_lufs, 1),
        _cell(one.range_lu, 1),
        _cell(one.true_peak_dbtp, 1),
        Cell(answer(one.key), None if isinstance(one.key, Outcome) else one.key.bin_index),
        _cell(one.tempo_bpm, 0),
        NO_NOTES if isinstance(one.density_per_s, Outcome) else _cell(one.density_per_s, 1),
        _pitch_cell(one),
        _cell(one.brightness_hz, 0),
    )


def _cell(value: float | Outcome | NotHeard, digits: int) -> Cell:
    if isinstance(value, Outcome | NotHeard):
        return Cell(answer(value))
    return Cell(answer(value, digits=digits), round(value, 3))


def _pitch_cell(one: Glance) -> Cell:
    centre = one.central_pitch
    if isinstance(centre, Outcome):
        return NO_NOTES
    return Cell(pitch_name(centre), round(centre, 3))
