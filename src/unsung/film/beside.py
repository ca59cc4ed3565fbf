"""The stages between a film and what is said of it, each over whole nouns.

The album's music is found and taken away; what is left is where people speak. Then music is weighed
against speech, and held against the picture.
"""

from collections.abc import Mapping

from attrs import evolve

from unsung.film.dialogue.along import levels_along
from unsung.film.dialogue.balance import balance
from unsung.film.dialogue.levels import ToldApart, told_apart
from unsung.film.dialogue.speech import speech_from_lines, speech_from_sound
from unsung.film.mixes import mixes
from unsung.film.picture.cuts import shots
from unsung.film.picture.edges import music_edges
from unsung.film.picture.hits import hits_on_cuts
from unsung.film.picture.note_onsets import onset_strength
from unsung.film.picture.onsets import hits
from unsung.film.picture.silences import silences
from unsung.film.unplaced import unplaced
from unsung.model.balance import Balance, Speech
from unsung.model.film import FilmSound, Placements
from unsung.model.film_case import FilmLevels, Seen, Sight
from unsung.model.hearing import Loudness
from unsung.model.notes import Notes
from unsung.model.picture import Pictures, Silence
from unsung.model.sound import Audio, Feature
from unsung.model.story import Line
from unsung.model.unplaced import Unplaced

_USUAL_FRAME_S = 1 / 24


def lasting_s(film: FilmSound) -> float:
    """How long the film sounds."""
    return film.whole.duration_s


def music_apart(film: Audio, album: tuple[tuple[str, Audio], ...], found: Placements) -> ToldApart:
    """The film's music and the rest; all in one channel at one rate."""
    return told_apart(film, dict(album), found.placements)


def spoken_lines(apart: ToldApart, lines: tuple[Line, ...]) -> Speech:
    """Where the lines of the subtitles are spoken."""
    return speech_from_lines(lines, apart.parts)


def spoken_sound(apart: ToldApart, chance: Feature) -> Speech:
    """Where somebody speaks, by ear alone."""
    return speech_from_sound(apart.parts, chance)


def other_music(chance: Feature, found: Placements) -> Unplaced:
    """Where music sounds that the album was not found to have."""
    return unplaced(chance, found.placements)


def mixed(film: Audio, album: tuple[tuple[str, Audio], ...], found: Placements) -> Placements:
    """The placements, and of each whether the film has the album's mix."""
    told = mixes(film, dict(album), found.placements)
    pairs = zip(found.placements, told, strict=True)
    return evolve(found, placements=tuple(evolve(one, mix=mix) for one, mix in pairs))


def weighed(apart: ToldApart, speech: Speech, film: Loudness, found: Placements) -> Balance:
    """Music against speech."""
    return balance(apart.parts, speech, film, found.placements)


def along(apart: ToldApart, film: Loudness) -> FilmLevels:
    """How loud the film is along its way, its music and the rest."""
    return levels_along(apart.parts, film)


def seen(pictures: Pictures) -> Seen:
    """The shots and their clock."""
    return Seen(pictures.rate if pictures.steady else None, shots(pictures))


def sight(
    picture: Seen,
    found: Placements,
    notes: Mapping[str, Notes],
    scenes_s: tuple[float, ...],
    film_s: float,
) -> Sight:
    """How the music goes with the picture; `notes` are those of each track."""
    frame_s = picture.rate.frame_s if picture.rate else _USUAL_FRAME_S
    cuts_s, music = picture.shots.cuts_s, [one.film_span for one in found.placements]
    files = {one.track_file for one in found.placements}
    struck = hits({file: onset_strength(notes[file]) for file in files}, found.placements)
    return Sight(
        picture,
        hits_on_cuts(struck, cuts_s, music, frame_s),
        music_edges(music, cuts_s, scenes_s, film_s),
    )


def silent(film: Loudness, found: Placements) -> tuple[Silence, ...]:
    """Where the film falls silent."""
    return silences(film, [one.film_span for one in found.placements])
