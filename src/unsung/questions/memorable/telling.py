"""A line near a known melody, as a finding: which notes answer, from where, how moved, how likely.

A quotation is a fact about notes; whether anybody meant it, the sound cannot say.
"""

from collections.abc import Mapping, Sequence

from attrs import frozen

from unsung.model.finding import Fact, Finding, HeardPlace, Quantity, ReadPlace
from unsung.model.iconic import Incipit
from unsung.questions.facts import instant, interval, percent, slug_of, title_of
from unsung.questions.memorable.citations import KARLIN_ALTSCHUL, SMITH_WATERMAN
from unsung.questions.memorable.known import Near
from unsung.questions.memorable.wording import chance_percent
from unsung.questions.places import first_part, place

CITES = (SMITH_WATERMAN, KARLIN_ALTSCHUL)
METHOD = (
    "Steps from note to note are aligned with those of each known melody, in any key and tempo; a"
    " step that agrees counts by how uncommon it is. How often so good an agreement with any of"
    " them comes by luck follows from their number, their length and how many lines were asked."
)
_ORDER = ("quotation", "likeness", "undecided")
_MOST_PLACES = 4


@frozen(eq=False)
class Neighbour:
    """A known melody, and the lines near it; the nearest first."""

    near: tuple[Near, ...]

    @property
    def best(self) -> Near:
        """The line that is nearest."""
        return self.near[0]


@frozen
class Wording:
    """The question and the kind of a finding, what it claims, and its weight without luck."""

    question: str
    kind: str
    claim: str
    weight: float


def neighbours(near: Sequence[Near]) -> tuple[Neighbour, ...]:
    """The lines by the melody they are near, the surest melody first."""
    by_melody: dict[str, list[Near]] = {}
    for one in sorted(near, key=_how_near):
        by_melody.setdefault(_slug(one.likeness.incipit), []).append(one)
    return tuple(Neighbour(tuple(ones)) for ones in by_melody.values())


def told(one: Neighbour, wording: Wording) -> Finding:
    """The finding; undecided where luck does as well."""
    nearest = one.best.likeness
    melody = nearest.incipit
    is_kin = nearest.kinship in {"quotation", "likeness"}
    return Finding(
        slug=slug_of(wording.kind, _slug(melody)),
        question=wording.question,
        kind=wording.kind,
        claim=wording.claim,
        facts=_facts(one),
        verdict="supported" if is_kin else "undecided",
        method=METHOD,
        compared_with="known melodies, and luck in as many lines",
        chance=nearest.chance,
        weight=wording.weight * (1 - nearest.chance) if is_kin else wording.weight,
        places=_places(one),
        readings=(_reading(melody),),
        cites=CITES,
        against=_against(melody),
    )


def item(one: Near) -> str:
    """The line in a claim: its motif, or what leads in the track."""
    return "{motif}" if one.line.motif_name else "what leads"


def how_many(one: Near) -> str:
    """Of the notes of the known melody, how many agree."""
    is_whole = len(agreeing(one)) == len(one.likeness.incipit.notes)
    return "all {all}" if is_whole else "{notes} of the {all}"


def moved(one: Near) -> str:
    """By how much the line is moved, as the claim says it."""
    shift = one.likeness.transposition_semitones
    return "{interval} {way} than it is written" if shift else "as high as it is written"


def agreeing(one: Near) -> tuple[int, ...]:
    """The notes of the known melody that the line has, moved like most, whatever the octave."""
    nearest = one.likeness
    known, heard = nearest.incipit.notes.midi_pitch, one.line.notes.midi_pitch
    moved_by = nearest.transposition_semitones
    return tuple(
        there
        for there, here in nearest.pairs
        if (round(float(heard[here] - known[there])) - moved_by) % 12 == 0
    )


def _slug(melody: Incipit) -> str:
    """What tells it from other melodies; the user's may bear the name of a famous one."""
    return slug_of(*(["own"] if melody.kind == "own" else []), melody.name)


def _how_near(one: Near) -> tuple[int, float, float, bool]:
    """Quotations first, then by luck and similarity; a motif before what leads in a track."""
    nearest = one.likeness
    order = _ORDER.index(nearest.kinship)
    return order, nearest.chance, -nearest.similarity, not one.line.motif_name


def _facts(one: Neighbour) -> Mapping[str, Fact]:
    best = one.best
    nearest, shift = best.likeness, best.likeness.transposition_semitones
    melody = nearest.incipit
    answered = agreeing(best)
    return {
        "motif": best.line.motif_name,
        "track": title_of(best.line.heard),
        "at": instant(best.span.start_s),
        "melody": f"“{melody.name}”",
        "origin": _origin(melody),
        "tradition": melody.tradition,
        "notes": Quantity(len(answered)),
        "all": Quantity(len(melody.notes)),
        "first_note": Quantity(nearest.pairs[0][0] + 1),
        "last_note": Quantity(nearest.pairs[-1][0] + 1),
        "interval": interval(shift),
        "way": "higher" if shift > 0 else "lower",
        "tempo_ratio": Quantity(nearest.tempo_ratio, "", 2),
        "similarity": percent(nearest.similarity),
        "luck": chance_percent(nearest.chance),
        "tracks": Quantity(len({each.line.heard.track.file for each in one.near})),
    }


def _origin(melody: Incipit) -> str:
    """`Edvard Grieg, 1875`."""
    return ", ".join(part for part in (melody.by, melody.dated) if part)


def _places(one: Neighbour) -> tuple[HeardPlace, ...]:
    """Where it is nearest in each track; not twice in one."""
    by_track = {each.line.heard.track.file: each for each in reversed(one.near)}
    nearest = sorted(by_track.values(), key=one.near.index)[:_MOST_PLACES]
    name = one.best.likeness.incipit.name
    return tuple(
        found
        for each in nearest
        for found in place(each.line.heard, first_part(each.span), f"near “{name}”")
    )


def _reading(melody: Incipit) -> ReadPlace:
    """The entry, where its notes are from, and whether they were compared with an edition."""
    if melody.kind == "own":
        return ReadPlace("your own melodies", melody.name, melody.source or "no source is named")
    checked = (
        f"compared with {melody.verified_against}"
        if melody.verified_against
        else "typed from memory and compared with no edition"
    )
    return ReadPlace("the catalogue of melodies", melody.name, f"{melody.source}; {checked}")


def _against(melody: Incipit) -> str:
    meant = "That notes agree does not say that anybody meant it."
    if melody.kind == "own" or melody.verified_against:
        return meant
    return f"{meant} The catalogue's notes were compared with no edition."
