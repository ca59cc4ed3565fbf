"""What a question is: a record that anything which answers can fill."""

from collections.abc import Callable

from attrs import frozen

from unsung.model.dossier import Dossier
from unsung.model.finding import Citation, Finding

Answer = Callable[[Dossier], tuple[Finding, ...]]


@frozen
class Question:
    """A question put to every soundtrack.

    `answer` is a pure function; it gives no finding where nothing can be said, and an undecided one
    where a reader would expect an answer and there is none.
    """

    slug: str
    asks: str
    answer: Answer
    cites: tuple[Citation, ...] = ()
