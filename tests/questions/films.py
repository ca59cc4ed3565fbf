"""A film beside an album of eight tracks, from nouns alone."""

from unsung.film.dialogue.house_rules import _PREFERRED
from unsung.model.balance import (
    Balance,
    Ducking,
    Graded,
    Speech,
    Spoken,
    SpokenBalance,
    Step,
)
from unsung.model.film import AlbumPlace, Placement, Placements, Speed
from unsung.model.film_case import FilmCase, Seen, Sight
from unsung.model.outcomes import SILENT, UNDECIDED
from unsung.model.picture import Hit, HitsOnCuts, MusicEdges, OnCut, Shots, Silence
from unsung.model.sound import Feature
from unsung.model.story import Line, Scene
from unsung.model.time import Frames, Span

FILM_S = 600.0


def placed(file, film_s, track_s=0.0, lasts_s=60.0, level_db=-12.0, ratio=1.0):
    """A stretch of a track in the film."""
    return Placement(
        file,
        Span(track_s, track_s + lasts_s),
        Span(film_s, film_s + lasts_s / ratio),
        Speed(ratio),
        "same recording",
        0.98,
        level_db,
        UNDECIDED,
    )


def spoken(start_s, end_s, apart_lu, text="We go at dawn."):
    """A line, and how far it lies above the music; `SILENT` without music."""
    span = Span(start_s, end_s)
    said = Spoken(span, 0.9, Line(text, "ANNA", span))
    if apart_lu is SILENT:
        return SpokenBalance(said, -20.0, SILENT, UNDECIDED, 0.0)
    return SpokenBalance(said, -20.0, -20.0 - apart_lu, float(apart_lu), 0.1)


def ducking(verdict, change_db=-5.0, chance=0.001):
    """A mix that steps back, or not."""
    step = Step(12, change_db, chance, verdict)
    return Ducking(step, step, Feature([[0.0, -1.0]], Frames(10, 0.0)))


def film(album, lines=(), **told):
    """The first track twice, the second buried in the middle, the rest nowhere."""
    files = [one.track.file for one in album.heard]
    found = Placements(
        (placed(files[0], 10.0), placed(files[1], 100.0), placed(files[0], 400.0, 20.0)),
        tuple(AlbumPlace(file, Span(0.0, 90.0)) for file in files[2:]),
    )
    said = lines or (spoken(20, 24, 18.0), spoken(110, 118, 25.0), spoken(410, 415, 4.0))
    speech = Speech(tuple(one.spoken for one in said), "subtitles", 0.4)
    balance = Balance(
        -23.0, -20.0, -38.0, 18.0, 0.1, 0.2, 0.3, 0.25, tuple(said),
        (
            Graded(Span(10, 70), "foreground"),
            Graded(Span(100, 160), "low background"),
            Graded(Span(400, 440), "only music"),
            Graded(Span(440, 460), UNDECIDED),
        ),
        (Span(420, 440),), ducking("met"), (_PREFERRED.outcome(18.0),),
    )  # fmt: skip
    cuts = HitsOnCuts(9, 7, 2.1, 0.002, 0.1, (OnCut(30.0, Hit(30.02, 0.9), 0.02),))
    sight = Sight(
        Seen(None, Shots((Span(0, 30), Span(30, FILM_S)))),
        cuts,
        MusicEdges((), UNDECIDED, UNDECIDED, UNDECIDED, UNDECIDED),
    )
    scene = Scene("EXT. SHORE", "EXT. SHORE", place="SHORE", film_span=Span(0.0, 300.0))
    case = {
        "speech": speech,
        "balance": balance,
        "sight": sight,
        "silences": (Silence(Span(70.5, 73.0), 30.0, cuts_music=True),),
        "scenes": (scene,),
    }
    return FilmCase("skerry.mkv", "0" * 64, FILM_S, found, **(case | told))


def without_music(album):
    """A film that has nothing of the album."""
    whole = (AlbumPlace(one.track.file, Span(0.0, 90.0)) for one in album.heard)
    return FilmCase("other.mkv", "1" * 64, FILM_S, Placements((), tuple(whole)))
