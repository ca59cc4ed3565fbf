"""A motif in notes and what becomes of it: the prototype above, note under note below."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from attrs import evolve, frozen
from markupsafe import Markup

from unsung.model.article import Figure
from unsung.model.finding import Fact, Quantity
from unsung.model.hearing import Heard, Soundtrack
from unsung.model.motif import Motif, Occurrence
from unsung.pages.article.figures.colours import painted
from unsung.pages.article.figures.facts import Named, caption, counted, title_fact
from unsung.pages.article.figures.sheet import (
    LARGE,
    SMALL,
    WIDTH,
    length,
    sheet,
    shortened,
    text_width,
    words,
)
from unsung.pages.article.figures.staves import SPACE, Staff, Staves, staves_of
from unsung.pages.figures.svg import element
from unsung.pages.notation import (
    Passage,
    Stave,
    beside,
    occurrence_key,
    occurrence_passage,
    picture,
    readable_notes,
)
from unsung.pages.report import motif_words as say
from unsung.pages.report.beneath import is_changed, most_telling
from unsung.pages.report.places import spoken, title, title_of
from unsung.pages.report.wording import clock, listed

MOST_BENEATH = 3
_MARGIN, _GAP = 8, 14
_LABELS = 46
_TALLEST_SPACE = 9.0
_WIDEST, _FEWEST = 17000.0, 4
_OF_HEAD = 220.0
_SIGNS = (("added", "+ marks a note that was added"), ("moved", "≠ marks a note that moved"))
_HEADS = "Heads only, for no simple note values fit what was heard."


@frozen
class _Line:
    """An occurrence as it is written, and under which prototype."""

    occurrence: Occurrence
    upper: Passage
    passage: Passage


def transformations(
    soundtrack: Soundtrack, motif: Motif, rests_on: Sequence[str] = ()
) -> Figure | None:
    """The motif and at most three of its transformations; nothing where no notes could be told."""
    heard = {one.track.file: one for one in soundtrack.heard}
    lines = _lines(motif, heard)
    if not lines:
        return None
    slug = f"motif-{motif.label.casefold()}"
    staves, shown = _readable(lines, slug)
    names = [_label(motif, one.occurrence, heard) for one in shown]
    is_cut = shown[0].passage != lines[0].passage
    description = _description(motif, lines, heard)
    drawn, bottom = _systems(staves, names)
    drawing = sheet(
        slug, f"{title(motif)} in notes", description, bottom, staves.definitions, *drawn
    )
    return Figure(
        slug, drawing, caption(_said(motif, shown, heard, is_cut=is_cut), rests_on), description
    )


def _lines(motif: Motif, heard: Mapping[str, Heard]) -> list[_Line]:
    """The prototype, then those that changed most and can stand beneath it all together."""
    first = motif.prototype
    if first.track_file not in heard:
        return []
    passage = occurrence_passage(heard[first.track_file].hearing, first)
    if not passage.chords:
        return []
    beneath = _together(motif, passage, heard)
    upper = next((one.upper for one in beneath), passage)
    return [_Line(first, upper, upper), *beneath]


def _together(motif: Motif, passage: Passage, heard: Mapping[str, Heard]) -> list[_Line]:
    """Of those that share one setting of the prototype, the most telling."""
    changed = [one for one in motif.occurrences if one.track_file in heard
               and is_changed(motif, one)]  # fmt: skip
    lines = [_beneath(motif, one, passage, heard) for one in changed]
    written = [one for one in lines if one.passage.chords]
    settings = [one.upper for one in written]
    if not written:
        return []
    common = max(settings, key=lambda upper: min(settings.count(upper), MOST_BENEATH))
    sharing = [one for one in written if one.upper == common]
    narrowed = evolve(motif, occurrences=tuple(one.occurrence for one in sharing))
    return [sharing[k] for k in most_telling(narrowed, MOST_BENEATH)]


def _beneath(motif: Motif, one: Occurrence, passage: Passage, heard: Mapping[str, Heard]) -> _Line:
    above = readable_notes(heard[motif.prototype.track_file].hearing, motif.prototype)
    hearing = heard[one.track_file].hearing
    notes, key = readable_notes(hearing, one, above), occurrence_key(hearing, one.span)
    return _Line(one, *beside(passage, notes, one.pairs, one.tempo_ratio, key))


def _readable(lines: Sequence[_Line], slug: str) -> tuple[Staves, list[_Line]]:
    """The staves, or only how they begin where all would be too small to read."""
    staves, shown = _engraved(lines, slug), list(lines)
    if staves.width <= _WIDEST:
        return staves, shown
    upper = lines[0].passage
    limit = upper.start_ql + (upper.end_ql - upper.start_ql) * Fraction(_WIDEST / staves.width)
    cut = [evolve(one, passage=_until(one.passage, limit)) for one in lines]
    shown = [one for k, one in enumerate(cut) if not k or len(one.passage.chords) >= _FEWEST]
    return _engraved(shown, slug), shown


def _engraved(lines: Sequence[_Line], slug: str) -> Staves:
    staves = [Stave(f"s{k}", one.passage) for k, one in enumerate(lines)]
    return staves_of(picture("", staves), slug)


def _until(passage: Passage, limit_ql: Fraction) -> Passage:
    """What begins before the limit; to the bar line before it, if there are bars."""
    metre = passage.metre
    if metre:
        whole = (limit_ql - metre.bar_ql) // metre.length_ql
        limit_ql = metre.bar_ql + max(whole, 1) * metre.length_ql
    inside = tuple(one for one in passage.chords if one.onset_ql < limit_ql)
    return evolve(passage, chords=inside or passage.chords[:1])


def _systems(staves: Staves, names: Sequence[tuple[str, str]]) -> tuple[list[Markup], float]:
    """The staves one under another, each below its words; and where they end."""
    scale = min(_TALLEST_SPACE / SPACE, (WIDTH - 2 * _MARGIN) / staves.width)
    drawn, top = [], 4.0
    for staff, (where, what) in zip(staves.staves, names, strict=True):
        drawn.append(words(where, _MARGIN, top + LARGE, LARGE, font_style="italic"))
        drawn += [words(what, _MARGIN, top + LARGE + 21, SMALL, "soft")] * bool(what)
        top += _LABELS if what else _LABELS - 20
        drawn.append(_placed(staff, top, scale))
        top += _height(staff, scale) + _GAP
    return drawn, top - _GAP + 8


def _height(staff: Staff, scale: float) -> float:
    signs = [(one.y - staff.top) * scale + SMALL for one in staff.signs]
    return max((staff.bottom - staff.top) * scale, *signs, 0.0)


def _placed(staff: Staff, top: float, scale: float) -> Markup:
    move = f"translate({_MARGIN} {length(top - staff.top * scale)}) scale({scale:.5f})"
    notes = element("g", painted("ink", "ink") | {"transform": move}, staff.drawn)
    signs = [
        words(one.word, _MARGIN + (one.x + _OF_HEAD) * scale,
              top + (one.y - staff.top) * scale + SMALL - 2, SMALL, one.colour, "middle")
        for one in staff.signs
    ]  # fmt: skip
    return Markup("").join([notes, *signs])


def _label(motif: Motif, one: Occurrence, heard: Mapping[str, Heard]) -> tuple[str, str]:
    """Where it is, and what changed; the prototype by its name."""
    room, is_first = WIDTH - 2 * _MARGIN, one is motif.prototype
    named = f"{title(motif)} in " if is_first else ""
    where = shortened(f"{named}{title_of(heard[one.track_file])}", room - 60, LARGE)
    what = "" if is_first else _fitting(_changes(motif, one), room)
    return f"{where} {clock(one.span.start_s)}", what


def _fitting(changed: Sequence[str], room: float) -> str:
    """As many of the changes as fit on a line."""
    lines = [", ".join(changed[:many]) for many in range(1, len(changed) + 1)]
    whole = [line for line in lines if text_width(line, SMALL) <= room]
    return whole[-1] if whole else shortened(", ".join(changed), room, SMALL)


def _changes(motif: Motif, one: Occurrence) -> list[str]:
    """What became of it, in a musician's words: height and tempo first."""
    high = [say.interval(one.transposition_semitones)] * bool(one.transposition_semitones)
    tempo = say.tempo(one.tempo_ratio)
    fast = [tempo.partition(" (")[0]] * (tempo != say.tempo(1.0))
    others = say.changes(motif, one)
    return [*high, *fast, *others.split(", ")] if others else [*high, *fast]


def _said(
    motif: Motif, lines: Sequence[_Line], heard: Mapping[str, Heard], *, is_cut: bool
) -> list[Named]:
    first = heard[motif.prototype.track_file]
    facts: dict[str, Fact] = {
        "motif": title(motif),
        "track": title_fact(first),
        "at": Quantity(motif.prototype.span.start_s, "clock"),
    }
    named = "How {motif} begins" if is_cut else "{motif}"
    said: list[Named] = [(f"{named}, as it stands in {{track}} at {{at}}.", facts)]
    if len(lines) > 1:
        beneath, of_beneath = counted("beneath", len(lines) - 1, "transformation")
        said.append((f"Below, note under note, {beneath} of it.", of_beneath))
    looks = {note.look for one in lines for note in one.passage.notes}
    signs = [words for look, words in _SIGNS if look in looks]
    said += [(f"{listed(signs).capitalize()}.", {})] if signs else []
    said += [] if lines[0].passage.is_measured else [(_HEADS, {})]
    return said


def _description(motif: Motif, lines: Sequence[_Line], heard: Mapping[str, Heard]) -> str:
    said = []
    for one in lines:
        where = (
            f"{title_of(heard[one.occurrence.track_file])} at {clock(one.occurrence.span.start_s)}"
        )
        is_first = one.occurrence is motif.prototype
        what = "" if is_first else f", {', '.join(_changes(motif, one.occurrence))}"
        name = f"{title(motif)}, {where}" if is_first else where
        said.append(f"{name}{what}: {spoken(one.passage)}.")
    return " ".join(said)
