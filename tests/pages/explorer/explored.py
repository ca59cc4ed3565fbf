"""Albums to explore: as contexts for the pages, and on disk behind the real server."""

import contextlib
import time
from importlib.resources import files

import made_albums
import numpy as np
import soundfile
import soundtracks
import themes
from attrs import evolve

from unsung.model.finding import Citation, Finding, HeardPlace, Quantity, Title
from unsung.model.hearing import Heard
from unsung.model.motif import Motif, Occurrence
from unsung.model.time import Span
from unsung.pages.explorer import ExplorerContext, FolderUrls, ServedUrls
from unsung.web.drawn import drawn_pages

LASTS_S = 40.0
RATE_HZ = 24_000
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
ALBUM = "/a/the-skerry-light"


def album():
    """Two recordings with two motifs, a score, a silent track, and a hostile one."""
    heard = (
        Heard(soundtracks.track(1, "First Light"), soundtracks.recording_hearing(LASTS_S, 1)),
        Heard(soundtracks.track(2, "Second Sight"), soundtracks.recording_hearing(LASTS_S, 2)),
        Heard(soundtracks.track(3, "On Paper", kind="score"), soundtracks.score_hearing()),
        Heard(soundtracks.track(4, "Hush"), soundtracks.silent_hearing()),
        Heard(soundtracks.track(5, soundtracks.HOSTILE), soundtracks.recording_hearing(9.0, 5)),
    )
    return themes.with_motifs(soundtracks.soundtrack(*heard, title="The Skerry Light"))


def finding(**more):
    """A supported finding with a place to hear."""
    given = {
        "slug": "gem-first-light",
        "question": "hidden-gems",
        "kind": "gem",
        "claim": "{track} is number {rank} of {tracks} tracks",
        "facts": {
            "track": Title("First Light", "01 track.ogg"),
            "rank": Quantity(1),
            "tracks": Quantity(5),
        },
        "verdict": "supported",
        "method": "Tracks are compared with one another.",
        "places": (HeardPlace("01 track.ogg", Span(4.0, 9.0), "the first turn"),),
        "cites": (Citation("Vale 2020", "A. Vale, On gems, 2020, section 2"),),
        "against": "What counts as merit is a choice",
        "chance": 0.02,
    }
    return Finding(**{**given, **more})


def findings():
    """One of each verdict; one with hostile words."""
    return (
        finding(),
        finding(slug="open", verdict="undecided", kind="no gem", chance=None),
        finding(slug="not-so", verdict="contradicted", question="culture", places=()),
        finding(
            slug="hostile",
            claim="{word} is said",
            facts={"word": soundtracks.HOSTILE},
            against=soundtracks.HOSTILE,
            method=soundtracks.HOSTILE,
        ),
    )


def context(**more):
    """The album as the server shows it."""
    soundtrack = more.pop("soundtrack", None) or album()
    sounding = {
        one.track.file: one.track.position
        for one in soundtrack.heard
        if one.track.kind == "recording"
    }
    given = {
        "soundtrack": soundtrack,
        "urls": ServedUrls("the-skerry-light", sounding),
        "version": "0.1.0",
        "findings": findings(),
        "album_slug": "the-skerry-light",
        "can_write": True,
        "write_token": "a token",
    }
    return ExplorerContext(**{**given, **more})


def in_a_folder(**more):
    """The album as it is published."""
    given = {"urls": FolderUrls(), "can_write": False, "write_token": "", "album_slug": ""}
    return context(**{**given, **more})


def crowded(occurrences, motifs=20):
    """An album of sixty tracks in which motifs come thousands of times."""
    heard = tuple(
        Heard(soundtracks.track(k, f"Track {k}"), soundtracks.recording_hearing(120.0, k))
        for k in range(1, 61)
    )
    dice = np.random.default_rng(1)

    def occurrence():
        start_s = float(dice.uniform(0, 112))
        file = heard[int(dice.integers(60))].track.file
        return Occurrence(file, Span(start_s, start_s + 6), confidence=float(dice.random()))

    made = tuple(
        Motif(chr(65 + k), found[0], found)
        for k in range(motifs)
        for found in [tuple(occurrence() for _ in range(occurrences // motifs))]
    )
    whole = soundtracks.soundtrack(*heard, title="A crowd")
    return evolve(whole, motifs=made)


def written_sound(folder, soundtrack):
    """A tone that tells when it is heard, for every recording of the album."""
    for one in soundtrack.heard:
        if one.track.kind == "recording":
            tone = made_albums.chirp(one.hearing.duration_s, RATE_HZ)
            soundfile.write(folder / one.track.file, tone, RATE_HZ)


@contextlib.contextmanager
def served(folder, soundtrack=None, find=lambda *_: findings()):
    """The album behind the real server, with its findings."""
    soundtrack = soundtrack or album()
    place = folder / "The Skerry Light"
    place.mkdir()
    written_sound(place, soundtrack)
    made_albums.keep_heard(place / "unsung", soundtrack, place)
    pages = drawn_pages(find)
    with made_albums.served(folder / "albums.json", place, pages=pages) as visitor:
        visitor.folder = place
        yield visitor


def comes_true(page, condition, given=None):
    """Ask again and again from outside: the page's policy forbids that it evaluates text itself."""
    until_s = time.monotonic() + 20
    while not page.evaluate(condition, given):
        assert time.monotonic() < until_s, f"it never came true: {condition}"
        page.wait_for_timeout(50)


def axe():
    """The script of axe-core, which comes with a test dependency (MPL-2.0, so not shipped)."""
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


def complaints_of_axe(page):
    """What is wrong with the page as it stands, by WCAG 2.2 AA."""
    page.evaluate(axe())
    found = page.evaluate(
        "tags => axe.run(document, { runOnly: { type: 'tag', values: tags } })", STANDARDS
    )
    return [(one["id"], one["nodes"][0]["html"][:200]) for one in found["violations"]]
