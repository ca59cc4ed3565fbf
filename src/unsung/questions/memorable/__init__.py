"""Memorable themes: what is measured of the motifs, and what known melodies they are near.

Asked are the motifs that surely return; of known melodies also what leads in each track.

Weights: a leaning towards what stays in the ear has 0.8 by what luck leaves; 0.3 where luck does as
well. Being told soon from others has 0.3 to 0.6 by how many of the famous melodies take longer.
Common or rare turns have 0.3 in the middle of folk phrases, 0.6 at their end. Variety is 0.7 times
the root of the motif's prominence by the share of places that are changed and the ways in which
they are (0.3 times for one that is kept). A quotation has 0.9, a likeness 0.7, both by what luck
leaves; that nothing was found 0.35, what is alike by luck 0.3.
"""

from unsung.model.dossier import Dossier
from unsung.model.finding import Finding
from unsung.motifs.hooks import hooks
from unsung.questions.depth.returns import returning
from unsung.questions.memorable.citations import (
    CATCHY,
    EARWORMS,
    FANTASTIC,
    KARLIN_ALTSCHUL,
    SMITH_WATERMAN,
    SURPRISE,
)
from unsung.questions.memorable.famous import famous_lines, tempo_bpm
from unsung.questions.memorable.hooking import hooking
from unsung.questions.memorable.known import famous, kinships
from unsung.questions.memorable.quoting import quoting
from unsung.questions.memorable.recognised import soon_recognised
from unsung.questions.memorable.turns import commonness
from unsung.questions.memorable.variety import variety
from unsung.questions.memorable.wording import QUESTION
from unsung.questions.question import Question


def memorable_themes(dossier: Dossier) -> tuple[Finding, ...]:
    """What can be said of the motifs, and whether any line is near a famous one."""
    soundtrack = dossier.soundtrack
    motifs = returning(soundtrack)
    measured = {
        one.motif_label: one
        for one in hooks(soundtrack.motifs, famous_lines(), tempo_bpm(soundtrack))
    }
    sought = famous(dossier)
    found = (
        *hooking(motifs, measured),
        *soon_recognised(motifs, measured),
        *commonness(soundtrack, motifs),
        *variety(motifs),
        *quoting(kinships(soundtrack, sought), sought),
    )
    return tuple(one for one in found if one.places or one.verdict != "supported")


MEMORABLE = Question(
    QUESTION,
    "Which themes stay: what in them is known to, what becomes of them, and what are they near?",
    memorable_themes,
    (EARWORMS, FANTASTIC, CATCHY, SURPRISE, SMITH_WATERMAN, KARLIN_ALTSCHUL),
)
