"""Cultural and thematic relevance: scales, held tones and colours heard; tradition as tags say it.

What was heard and what was read stay apart: a Dorian tune is not said to be Celtic because it is
Dorian, nor because a tag calls it so.

Weights grow with how long a stretch lasts (modes .3 to .9 at a minute and a half, held tones .2 to
.7 at a minute, colours .3 to .7 at twenty seconds), how often a figure comes (.2 to .6 at two dozen
times), how many times as rough a track is as usual (.2 to .5 at six times); a folk tune that is
quoted has .8, one that is near .6, both by what luck leaves, and that there is none .25; what is
read in tags has .3 or less, for it is somebody's word.
"""

from unsung.model.dossier import Dossier
from unsung.model.finding import Finding
from unsung.questions.culture.colours import colours
from unsung.questions.culture.figures import figures
from unsung.questions.culture.folk import folk_neighbours
from unsung.questions.culture.modes import modal_stretches
from unsung.questions.culture.tags import said_in_tags
from unsung.questions.culture.wording import QUESTION
from unsung.questions.question import Question


def _answer(dossier: Dossier) -> tuple[Finding, ...]:
    soundtrack = dossier.soundtrack
    heard = (*modal_stretches(soundtrack), *figures(soundtrack), *colours(soundtrack))
    return (*heard, *folk_neighbours(dossier), *said_in_tags(soundtrack))


CULTURE = Question(
    slug=QUESTION,
    asks="What traditions, places and ideas does the music draw on?",
    answer=_answer,
)
