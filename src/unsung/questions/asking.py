"""All questions asked of one dossier, and their findings ready to be read side by side."""

from collections.abc import Iterable

from unsung.model.dossier import Dossier
from unsung.model.finding import Finding
from unsung.questions import QUESTIONS, Question
from unsung.questions.facts import told_apart


def findings(dossier: Dossier) -> tuple[Finding, ...]:
    """What our own questions find."""
    return answers(QUESTIONS, dossier)


def answers(questions: Iterable[Question], dossier: Dossier) -> tuple[Finding, ...]:
    """What these questions find, the weightiest of each first.

    Titles that several tracks bear have their file behind them.
    """
    found = (
        one
        for question in questions
        for one in sorted(question.answer(dossier), key=lambda one: (-one.weight, one.slug))
    )
    return told_apart(found, dossier.soundtrack)
