"""What we ask of a soundtrack; one module a question."""

from unsung.questions.question import Answer, Question

__all__ = ["Answer", "Question"]
