"""Which character or idea a motif keeps company with, where a story says who is there.

Nobody is named on the strength of a few scenes: a pair counts only if luck alone (other scenes of
the same strand, other tracks carrying the motif) would hardly bring it, all pairs considered.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from unsung.evidence.company import Company, motif_company, track_company
from unsung.model.dossier import Dossier
from unsung.model.finding import Citation, Finding, HeardPlace, Quantity, ReadPlace, Title
from unsung.model.hearing import Soundtrack
from unsung.model.motif import Motif
from unsung.model.story import MusicUse, Story, motif_trail
from unsung.questions.facts import slug_of, title_of
from unsung.questions.question import Question

QUESTION = "company"
LEVEL = 0.05
_MOST_READINGS = 6
_MOST_TRAILS = 3
_SURE = 0.5
_METHOD = (
    "Scenes in which music that carries the motif is put and the character is present are counted"
    " and set against shuffled stories: the scenes of a strand exchange their music, and tracks"
    " exchange the motifs they carry; the greater chance counts, corrected for all pairs asked."
)
_IN_ORDER = (
    "Tracks that carry {motif} are put into {scenes} scenes of the story, from {first} to {last};"
    " {track} is the first of them."
)
_IN_STRANDS = (
    "Tracks that carry {motif} are put into {scenes} scenes, in {strands} of the {all} stories that"
    " are told."
)
_CITES = (
    Citation(
        "Westfall & Young 1993",
        "P. H. Westfall and S. S. Young, Resampling-Based Multiple Testing, Wiley, 1993,"
        " section 2.8 (maximum statistic)",
    ),
    Citation(
        "Phipson & Smyth 2010",
        "B. Phipson and G. K. Smyth, Permutation P-values should never be zero, Statistical"
        " Applications in Genetics and Molecular Biology 9(1), 2010, article 39",
    ),
)


def company(dossier: Dossier) -> tuple[Finding, ...]:
    """Who keeps company with what; the trail of the motifs through the story; what is unknown."""
    if dossier.story is None:
        return (_no_story(),)
    return (*_companions(dossier.soundtrack, dossier.story), *_trails(dossier))


def _companions(soundtrack: Soundtrack, story: Story) -> Iterator[Finding]:
    """The pairs beyond luck; where there is none, the nearest, and that it is not enough."""
    names = {one.label: _name(one) for one in soundtrack.motifs}
    carried = {one.label: _files(one) for one in soundtrack.motifs}
    tracks = {one.track.file: title_of(one) for one in soundtrack.heard}
    asked = (*motif_company(story, carried), *track_company(story))
    if not asked:
        return
    beyond = [one for one in asked if _luck(one) <= LEVEL]
    for one in beyond:
        yield _companion(one, names, tracks, story, soundtrack)
    if not beyond:
        nearest = min(asked, key=lambda one: (one.corrected, one.chance))
        yield _nobody(nearest, len(asked), names, tracks)


def _luck(one: Company) -> float:
    """The chance of so remarkable a pair among all motifs and all tracks: two families of pairs."""
    return min(1.0, 2 * one.corrected)


def _companion(
    one: Company,
    names: Mapping[str, str],
    tracks: Mapping[str, Title],
    story: Story,
    soundtrack: Soundtrack,
) -> Finding:
    """`weight` is how surely luck is ruled out, up to 0.9."""
    item = names.get(one.item) or tracks[one.item]
    return Finding(
        slug=slug_of("company", one.item, one.character),
        question=QUESTION,
        kind="company",
        claim=(
            "{item} keeps company with {character}: of the scenes that have it, {together} have"
            " {character} in them, where luck would bring {expected}."
        ),
        facts={
            "item": item,
            "character": one.character,
            "together": Quantity(one.together),
            "expected": Quantity(one.expected, "", 1),
        },
        verdict="supported",
        chance=_luck(one),
        weight=0.9 * (1 - _luck(one)),
        method=_METHOD,
        compared_with="the same story with its music exchanged among the scenes of each strand",
        places=_places(one.item, soundtrack),
        readings=_scene_readings(one.scenes, story),
        cites=_CITES,
        against="That music and character meet does not say that one is meant by the other.",
    )


def _nobody(
    nearest: Company, pairs: int, names: Mapping[str, str], tracks: Mapping[str, Title]
) -> Finding:
    return Finding(
        slug="no-company",
        question=QUESTION,
        kind="no company",
        claim=(
            "No motif or track keeps company with any one character beyond luck, in {pairs} pairs"
            " that were asked: nearest come {item} and {character}, together in {together} scenes"
            " where luck brings {expected}, and luck shows as much in {chance} of stories."
        ),
        facts={
            "pairs": Quantity(pairs),
            "item": names.get(nearest.item) or tracks[nearest.item],
            "character": nearest.character,
            "together": Quantity(nearest.together),
            "expected": Quantity(nearest.expected, "", 1),
            "chance": Quantity(100 * _luck(nearest), "%"),
        },
        verdict="undecided",
        chance=_luck(nearest),
        weight=0.6,
        method=_METHOD,
        compared_with="the same story with its music exchanged among the scenes of each strand",
        cites=_CITES,
    )


def _no_story() -> Finding:
    return Finding(
        slug="no-story",
        question=QUESTION,
        kind="no story",
        claim=(
            "Which character, place or idea a motif belongs to cannot be told: no cue sheet,"
            " subtitles or screenplay was given that says who is there when it sounds."
        ),
        facts={},
        verdict="undecided",
        weight=0.5,
        method="With `unsung article --story`, scenes and characters are set against the music.",
    )


def _trails(dossier: Dossier) -> Iterator[Finding]:
    """The way of the most prominent motifs through the story."""
    story = dossier.story
    if story is None or len({use.scene for use in story.uses}) < 2:
        return
    told = ((one, motif_trail(story, one)) for one in dossier.soundtrack.motifs)
    trails = ((one, [use for use, _ in trail if use.chosen]) for one, trail in told)
    for motif, uses in islice((pair for pair in trails if _moves(pair[1])), _MOST_TRAILS):
        yield _trail(motif, uses, dossier.soundtrack, story)


def _moves(uses: Sequence[MusicUse]) -> bool:
    """Whether they lead from one scene to another."""
    return len({use.scene for use in uses}) > 1


def _trail(motif: Motif, uses: Sequence[MusicUse], soundtrack: Soundtrack, story: Story) -> Finding:
    """`weight` is half its prominence: that a scene is given a track is a fact of the story."""
    scenes = {one.name: one for one in story.scenes}
    first, last = scenes[uses[0].scene], scenes[uses[-1].scene]
    found = {use.scene for use in uses}
    strands = {scenes[name].strand for name in found}
    return Finding(
        slug=slug_of("trail", motif.label),
        question=QUESTION,
        kind="trail",
        claim=_IN_ORDER if len(strands) == 1 else _IN_STRANDS,
        facts={
            "strands": Quantity(len(strands)),
            "all": Quantity(len(story.strands)),
            "motif": _name(motif),
            "scenes": Quantity(len(found)),
            "first": first.title or first.name,
            "last": last.title or last.name,
            "track": title_of(soundtrack[uses[0].track_file]),
        },
        verdict="supported",
        weight=0.5 * motif.prominence,
        method="Every use of a track in which the motif is surely found, in the order of scenes.",
        compared_with=story.coverage,
        places=_places(motif.label, soundtrack),
        readings=_use_readings(uses),
        against="Which part of a track sounds in the scene is not known unless the source says so.",
    )


def _name(motif: Motif) -> str:
    return motif.name or f"motif {motif.label}"


def _files(motif: Motif) -> tuple[str, ...]:
    """The tracks in which the motif is more likely there than not."""
    sure = (one.track_file for one in motif.occurrences if one.confidence >= _SURE)
    return tuple(dict.fromkeys(sure))


def _places(item: str, soundtrack: Soundtrack) -> tuple[HeardPlace, ...]:
    """Where the motif is heard plainest; of a track, nothing that its title does not say."""
    for motif in soundtrack.motifs:
        if motif.label == item:
            plain = motif.prototype
            return (HeardPlace(plain.track_file, plain.span, _name(motif)),)
    return ()


def _scene_readings(names: Sequence[str], story: Story) -> tuple[ReadPlace, ...]:
    there = set(names)
    uses = [use for use in story.uses if use.scene in there]
    return _use_readings(list({use.scene: use for use in uses}.values()))


def _use_readings(uses: Sequence[MusicUse]) -> tuple[ReadPlace, ...]:
    return tuple(
        ReadPlace(use.source or "the story", use.scene, f"calls for {use.named}")
        for use in uses[:_MOST_READINGS]
    )


COMPANY = Question(
    QUESTION,
    "Which character, place or idea does a motif keep company with?",
    company,
    _CITES,
)
