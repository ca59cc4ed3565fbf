"""Captions: sentences whose numbers are facts."""

from collections.abc import Iterable, Sequence

from unsung.model.article import Sentence
from unsung.model.finding import Fact, Quantity, Title
from unsung.model.hearing import Heard
from unsung.pages.report.places import title_of

Named = tuple[str, dict[str, Fact]]
"""Words with names in braces, and the facts of these names."""


def counted(name: str, count: int, thing: str) -> Named:
    """`{tracks} tracks`, or in the singular, with its fact."""
    return f"{{{name}}} {thing}{'' if count == 1 else 's'}", {name: Quantity(count)}


def caption(said: Iterable[Named], rests_on: Sequence[str]) -> Sentence:
    """What was said, one after the other."""
    parts = list(said)
    facts = {name: fact for _, named in parts for name, fact in named.items()}
    return Sentence(" ".join(words for words, _ in parts), facts, tuple(rests_on))


def title_fact(one: Heard) -> Title:
    """The title of a track."""
    return Title(title_of(one), one.track.file)
