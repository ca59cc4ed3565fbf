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
    "soon recognised": (
        "",
        (
            "After {notes} notes, {seconds} from {at} in {track}, {motif} is itself: by then, as"
            " the listening has them, no other motif of the album and none of {famous} famous"
            " melodies has the same run of intervals."
        ),
    ),
}


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
