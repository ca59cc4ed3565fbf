"""After how many notes the most prominent motifs are like no other melody."""

from collections.abc import Iterator, Mapping

import numpy as np

from unsung.model.finding import Finding, Quantity
from unsung.model.iconic import Hook, Recognisable
from unsung.model.outcomes import Outcome
from unsung.model.time import Span
from unsung.questions.depth.returns import Returning
from unsung.questions.facts import instant, percent, slug_of, title_of
from unsung.questions.memorable.famous import notes_to_tell_famous
from unsung.questions.memorable.wording import QUESTION
from unsung.questions.places import place

_MOST = 2
_METHOD = (
    "The motif's intervals are taken one after another until no other motif of the album and no"
    " melody of the catalogue has that run of them anywhere; the famous melodies are told from one"
    " another in the same way. Rhythm, harmony and sound are left aside."
)
_AGAINST = (
    "One misheard note makes a line look unlike all others sooner than it is; and to be told apart"
    " is not yet to be remembered."
)


def soon_recognised(motifs: tuple[Returning, ...], hooks: Mapping[str, Hook]) -> Iterator[Finding]:
    """The most prominent motifs, where they take no longer than famous melodies usually do.

    Not the soonest of all motifs: with many of them one is soon by luck.
    """
    for one in motifs[:_MOST]:
        found = hooks[one.motif.label].recognisable
        if not isinstance(found, Outcome) and found.notes <= _usual_notes():
            yield _recognised(one, found)


def _recognised(one: Returning, found: Recognisable) -> Finding:
    """`weight` is 0.3, and 0.3 more by the share of famous melodies that take longer."""
    famous = notes_to_tell_famous()
    later = float(np.mean(famous > found.notes))
    home = one.prototype
    return Finding(
        slug=slug_of("soon-recognised", one.motif.label),
        question=QUESTION,
        kind="soon recognised",
        claim=(
            "{motif} needs {notes} notes, in {seconds} from {at} in {track}, as the listening has"
            " them, to be told from every other motif of the album and from {famous} famous"
            " melodies; those need {usual}, as a rule, to be told from one another."
        ),
        facts={
            "motif": one.name,
            "notes": Quantity(found.notes),
            "seconds": Quantity(found.seconds_s, "s", 1),
            "track": title_of(home.heard),
            "at": instant(home.span.start_s),
            "famous": Quantity(len(famous)),
            "usual": Quantity(_usual_notes()),
            "later": percent(later),
        },
        verdict="supported",
        method=_METHOD,
        compared_with="the album's other motifs, and the catalogue's famous melodies",
        weight=0.3 + 0.3 * later,
        places=place(home.heard, _beginning(one, found.notes), f"the first notes of {one.name}"),
        against=_AGAINST,
    )


def _usual_notes() -> float:
    return float(np.median(notes_to_tell_famous()))


def _beginning(one: Returning, notes: int) -> Span:
    """Where its first notes sound."""
    line = one.motif.prototype.notes
    ends_s = float(line.end_s[:notes].max())
    return Span(one.prototype.span.start_s, max(ends_s, one.prototype.span.start_s + 1))
