"""Cultural and thematic relevance: scales, held tones and colours heard; tradition as tags say it.

What was heard and what was read stay apart: a Dorian tune is not said to be Celtic because it is
Dorian, nor because a tag calls it so.
"""

from unsung.model.dossier import Dossier
from unsung.model.finding import Finding
from unsung.questions.culture_colours import colours
from unsung.questions.culture_figures import figures
from unsung.questions.culture_modes import modal_stretches
from unsung.questions.culture_tags import said_in_tags
from unsung.questions.culture_wording import QUESTION
from unsung.questions.gems.wording import with_distinct_titles
from unsung.questions.question import Question


def _answer(dossier: Dossier) -> tuple[Finding, ...]:
    soundtrack = with_distinct_titles(dossier.soundtrack)
    heard = (*modal_stretches(soundtrack), *figures(soundtrack), *colours(soundtrack))
    return (*heard, *said_in_tags(soundtrack))


CULTURE = Question(
    slug=QUESTION,
    asks="What traditions, places and ideas does the music draw on?",
    answer=_answer,
)
