"""What we ask of a soundtrack; one module a question.

`QUESTIONS` lists ours by hand, in the order of the article. Other packages bring theirs through the
entry-point group `unsung.questions`.
"""

from unsung.questions.company import COMPANY
from unsung.questions.culture import CULTURE
from unsung.questions.depth import EMOTIONAL_DEPTH
from unsung.questions.film import FILM
from unsung.questions.gems import GEMS
from unsung.questions.instruments import INSTRUMENTS_AND_GENRES
from unsung.questions.memorable import MEMORABLE
from unsung.questions.people import PEOPLE
from unsung.questions.question import Answer, Question
from unsung.questions.room import ROOM_FOR_SPEECH

QUESTIONS: tuple[Question, ...] = (
    EMOTIONAL_DEPTH,
    COMPANY,
    INSTRUMENTS_AND_GENRES,
    MEMORABLE,
    ROOM_FOR_SPEECH,
    FILM,
    CULTURE,
    GEMS,
    PEOPLE,
)

__all__ = ["QUESTIONS", "Answer", "Question"]
