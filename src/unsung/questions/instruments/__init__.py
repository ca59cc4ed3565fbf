"""Innovative use of instruments and genres: who is rare, alone, in unwonted company; what leans."""

from unsung.model.dossier import Dossier
from unsung.model.finding import Finding
from unsung.questions.instruments.company import rare_meetings, unlike_the_rest
from unsung.questions.instruments.facts import QUESTION, players, sounding_tracks
from unsung.questions.instruments.genres import genre_leanings
from unsung.questions.instruments.rare import ADLER, alone, rare_instruments
from unsung.questions.instruments.voices import (
    YAMNET,
    choirs,
    sound_without_notes,
    undetermined,
    voices,
)
from unsung.questions.question import Question


def instruments_and_genres(dossier: Dossier) -> tuple[Finding, ...]:
    """What can be said of places that sound."""
    tracks = sounding_tracks(dossier.soundtrack.heard)
    told = players(tracks)
    found = (
        *rare_instruments(tracks, told),
        *alone(tracks),
        *rare_meetings(tracks),
        *unlike_the_rest(tracks),
        *choirs(tracks, told),
        *voices(tracks),
        *sound_without_notes(tracks),
        *genre_leanings(tracks, told),
        *undetermined(tracks),
    )
    return tuple(one for one in found if one.places)


INSTRUMENTS_AND_GENRES = Question(
    QUESTION,
    "Which instruments, voices, sounds and genres does the score use that others would not?",
    instruments_and_genres,
    (ADLER, YAMNET),
)
