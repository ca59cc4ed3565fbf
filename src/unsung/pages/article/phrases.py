"""How kinds of finding are put into words, so that the third does not sound like the first.

A finding brings its claim, a plain sentence. Where the article has words of its own for a kind they
are taken in turn, the claim itself among them (an empty string); what they leave out stays on the
evidence card. Words are used only where the finding has all the facts that they name.
"""

from collections import Counter

from unsung.model.article import Sentence
from unsung.model.finding import Finding, names_in

_WORDS: dict[str, tuple[str, ...]] = {
    "motif returns": (
        "",
        (
            "{motif} follows, {times} times in {tracks} of {all_tracks} tracks; it enters in"
            " {first} at {first_at} and is last heard in {last} at {last_at}."
        ),
        (
            "A further idea, {motif}, is found {times} times across {tracks} tracks, from {first}"
            " at {first_at} to {last} at {last_at}."
        ),
        "And {motif} comes {times} times in {tracks} tracks, beginning in {first} at {first_at}.",
    ),
    "motif of one track": (
        "",
        (
            "{first} has one of its own as well, {motif}: {times} times between {first_at} and"
            " {last_at}."
        ),
    ),
    "trail": (
        "",
        "For {motif} it is {scenes} scenes in {strands} of the stories.",
        "{motif} is met in {scenes} scenes of {strands} of them.",
    ),
    "composer": (
        "",
        "{person} has {tracks} to their name, {minutes} minutes in all.",
        "Another {tracks}, of {minutes} minutes, are by {person}.",
        "{person} is named for {tracks}, {minutes} minutes together.",
    ),
    "note in the tags": (
        "",
        "Of {track} they say “{says}”.",
        "{track} is noted as “{says}”.",
    ),
    "never used in the work": (
        "",
        "{track} ({length}) is not among them either.",
    ),
    "unused in the film": (
        "",
        "Nor was {track} ({length}).",
    ),
    "cut short": (
        "",
        "Of {track} it is {share}, {unheard} long.",
    ),
    "motif in the film": (
        "",
        "{motif} is met {times} times, from {first} in {track} to {last}.",
    ),
    "rarely used in the work": (
        "",
        "{track} is hardly better off: asked for {times} times, where {usual} is usual.",
    ),
    "soon recognised": (
        "",
        (
            "After {notes} notes, {seconds} from {at} in {track}, {motif} is itself: by then, as"
            " the listening has them, no other motif of the album and none of {famous} famous"
            " melodies has the same run of intervals."
        ),
    ),
}


_BRIEF: dict[str, str] = {
    "motif returns": "One idea, {motif}, comes back {times} times in {tracks} of its tracks.",
    "motif changed": "An idea comes back changed in {track}, at {at}.",
    "never used in the work": "{track}, {length} long, is nowhere in {source}.",
    "sharpest turn": "{track} changes {aspects} things at once, at {at}.",
    "choir": "A choir sings, as far as can be told, in {choirs} of {tracks} tracks.",
    "mode": "{track} keeps to {mode} for {length}.",
    "gem": "{track} stands out among {tracks} tracks, where few listeners come by.",
    "company": "{item} keeps company with {character}.",
}
"""What a lead says of a finding; the rest is told in its place."""


def brief(finding: Finding) -> Sentence:
    """The finding in a few words."""
    words = _BRIEF.get(finding.kind, finding.claim)
    fits = set(names_in(words)) <= finding.facts.keys()
    return Sentence(_stopped(words if fits else finding.claim), finding.facts, (finding.slug,))


def plain(finding: Finding) -> Sentence:
    """The finding's own claim."""
    return Sentence(_stopped(finding.claim), finding.facts, (finding.slug,))


class Phrases:
    """Words for findings, in turn; the same findings in the same order get the same words."""

    def __init__(self) -> None:
        self._said: Counter[str] = Counter()

    def sentence(self, finding: Finding) -> Sentence:
        """The finding as the article says it here."""
        fitting = [
            words or finding.claim
            for words in _WORDS.get(finding.kind, ("",))
            if set(names_in(words)) <= {name for name, fact in finding.facts.items() if fact != ""}
        ]
        words = fitting[self._said[finding.kind] % len(fitting)] if fitting else finding.claim
        self._said[finding.kind] += 1
        return Sentence(_stopped(words), finding.facts, (finding.slug,))


def _stopped(words: str) -> str:
    """With a full stop, if it has none."""
    return words if words.endswith((".", "!", "?", "…")) else f"{words}."
