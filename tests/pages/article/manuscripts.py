"""A made-up article as the formats get it: an album, twenty findings, figures, hostile words."""

from functools import cache

import numpy as np
import soundtracks

from unsung.model.album import Album, Person, Track, Work
from unsung.model.article import Manuscript
from unsung.model.finding import Citation, Finding, HeardPlace, Quantity, ReadPlace, Title
from unsung.model.time import Span
from unsung.model.world import Answer, Row, Subject
from unsung.pages.article.figures import (
    ChartPoint,
    GemChart,
    emotional_arc,
    gem_chart,
    motif_map,
    tapestry,
    transformations,
)
from unsung.pages.article.formats import ArticleContext

HOSTILE = "</script><script>alert(1)</script>\"'&</style><!-- ]]> *_[x](javascript:alert(1))`~|"
TITLES = (
    "The Skerry Light", "Finn and the Gulls", "Nets & Fiddles", "Black Water", "Under the Keel",
    "Letters from the Mainland", HOSTILE,
)  # fmt: skip
LASTS_S = 40.0
ALBUM = Album(
    "The Lamp on Skerry",
    tuple(
        Track(at + 1, f"disc 1/0{at + 1} track.wav", "recording", title)
        for at, title in enumerate(TITLES)
    ),
    Work("The Lamp on Skerry", "film", 2019),
)
FILES = tuple(track.file for track in ALBUM.tracks)

PAPER = Citation(
    "Müllensiefen and Halpern 2014",
    "D. Müllensiefen and A. R. Halpern: The Role of Features and Context in Recognition of Novel "
    "Melodies. Music Perception 31(5), 2014, section 3.2.",
)
METER = Citation("ITU-R BS.1770-5", "ITU-R BS.1770-5: Algorithms to measure loudness, 2023.")


def listeners(name=FILES[3], value=412.0, source="listenbrainz", *, synthetic=False):
    """A row of the world about a track."""
    answer = Answer(
        source, "https://api.example.org/1/popularity/recording?a=1&b=2",
        "2026-11-02T10:00:00Z", "9f86d081884c7d65" * 4, "CC0-1.0", synthetic=synthetic,
    )  # fmt: skip
    subject = Subject("track", name)
    return Row(subject, "listenbrainz_listeners", value, answer, "/0/total_user_count")


def finding(slug, claim, facts, verdict="supported", places=((3, 4.0, 9.0),), **more):
    """A finding about these places: index of track, from, until."""
    heard = tuple(
        HeardPlace(FILES[track], Span(start_s, end_s), "the horn, a fourth lower than before")
        for track, start_s, end_s in places
    )
    given = {
        "method": "Counted over all occurrences whose confidence is at least 0.5.",
        "cites": (PAPER,), "compared_with": "the album’s other tracks",
    } | more  # fmt: skip
    return Finding(
        slug, "emotional-depth", "motif returns", claim, facts, verdict, places=heard, **given
    )


def findings():
    """Twenty findings of every verdict, with every kind of evidence."""
    title = {"track": Title(TITLES[3], FILES[3])}
    special = (
        finding(
            "motif-a-returns",
            "Motif A comes back {times} times in {tracks} tracks, last in {track} at {at}.",
            {
                "times": Quantity(14), "tracks": Quantity(5), **title,
                "at": Quantity(23.4, "clock", low=22.9, high=24.1),
            },
            places=((0, 2.0, 6.5), (3, 4.0, 9.0), (3, 22.9, 27.0), (5, 30.0, 34.0)),
            chance=0.0004,
            against="Five of the fourteen are less sure than 0.7.",
        ),
        finding(
            "black-water-louder",
            "{track} rises by {rise} within {span}.",
            {
                **title, "rise": Quantity(9.3, "LU", 1, low=8.1, high=10.4),
                "span": Quantity(12, "s"),
            },
            chance=0.013, cites=(METER,),
        ),
        finding(
            "hostile-title", "{track} holds to {key}.",
            {"track": Title(HOSTILE, FILES[6]), "key": HOSTILE},
            places=((6, 0.0, 4.0),),
            readings=(ReadPlace(HOSTILE, HOSTILE, HOSTILE),),
            method=HOSTILE, cites=(Citation(HOSTILE, HOSTILE),),
            against=HOSTILE, compared_with=HOSTILE,
        ),
        finding(
            "few-listeners", "{listeners} people are known to have listened to {track}.",
            {"listeners": Quantity(412), **title}, places=(), rows=(listeners(),),
        ),
        finding(
            "made-up-row", "A row of a made-up reference set says {listeners}.",
            {"listeners": Quantity(7)}, places=(),
            rows=(listeners(value=7.0, synthetic=True, source=HOSTILE),),
        ),
        finding(
            "keeps-company", "Motif B sounds where Finn speaks: in {share} of his scenes.",
            {"share": Quantity(63, "%", low=41, high=81)}, "undecided",
            chance=0.11,
            readings=(ReadPlace("screenplay.fountain", "scene 12", "FINN: Leave the lamp."),),
        ),
        finding(
            "never-fast", "No track is faster than {tempo}.", {"tempo": Quantity(92.5, "bpm", 1)},
            "contradicted", against="The third track’s pulse may be felt at 144 bpm.",
        ),
    )  # fmt: skip
    others = tuple(
        finding(
            f"passage-{k}", f"At {{at}} the texture thins to {{voices}} voices in {TITLES[k % 6]}.",
            {"at": Quantity(5.0 + k, "clock"), "voices": Quantity(2)},
            places=((k % 6, 5.0 + k, 9.0 + k),), chance=0.004 * k,
        )
        for k in range(13)
    )  # fmt: skip
    return {one.slug: one for one in (*special, *others)}


@cache
def figures():
    """Five figures as the article draws them, of another made-up album, by slug."""
    album = soundtracks.small()
    drawn = (
        motif_map(album), emotional_arc(album), tapestry(album),
        transformations(album, album.motifs[0]), gem_chart(_chart()),
    )  # fmt: skip
    return {one.slug: one for one in drawn}


def _chart():
    dice = np.random.default_rng(4)
    merits, exposures = dice.uniform(15, 85, (2, len(TITLES)))
    return GemChart(tuple(
        ChartPoint(title, exposure, merit, merit - 8, merit + 8, is_gem=k in {5, 6})
        for k, (title, merit, exposure) in enumerate(zip(TITLES, merits, exposures, strict=True))
    ))  # fmt: skip


TEXT = """
Some scores announce themselves. This one waits. Its first idea is four notes long, falls by a
fourth, and is gone before anybody could call it a theme; it comes back fourteen
times.[^motif-a-returns] By the time the lamp is lit a second time a listener knows it without
having been told.

![Where A and B return in *Black Water*; what is faint is less
sure.[^motif-a-returns]](figure:motif-map)

## The emotional depth of the score

The motif is never developed in the textbook sense. It is moved: from horn to fiddle, from D minor
to the relative major, from the open sea to a kitchen. In *Black Water* the music rises by nine
loudness units within twelve seconds,[^black-water-louder] and nothing in the scene has happened
yet. That is the score's habit: it knows before we do. Three passages later the texture thins to
two voices,[^passage-1] [^passage-2] and what had been a threat is a question.

Where Finn speaks, a second motif is often near.[^keeps-company] Often is not always: with so few
scenes, luck alone does as much once in nine trials, and we leave it open. See [the
arc](figure:emotional-arc).

![](figure:emotional-arc)

### What the arc does not say

Curves of arousal compare places of one album with each other. They do not say what anybody feels,
and nothing here rests on them alone.[^passage-3] Nor does the tempo tell: we had expected that no
track would be faster than a walk, and were wrong.[^never-fast]

## Innovative use of instruments and genres

A fiddle tune is not unusual in a film about an island. A fiddle tune over a drone of processed
foghorn is, and *Nets & Fiddles* keeps it up for a minute.[^passage-4] The strings play without
vibrato; the brass enters once,[^passage-5] from a distance, and is not heard again until the end.

![Who plays, second by second. Hatched: it cannot be told.](figure:tapestry)

1. First the strings, close and dry.[^passage-6]
2. Then the reeds, an octave below.[^passage-7]
3. Then nothing but the sea.

## Memorable themes

The tune that stays is the plainest. Its contour is common, its rhythm is not: a long note where
one expects a short one.[^passage-8] Features of melody foretell only a little of what people
remember, and we claim no more than that.

![The motif as it is first heard, and a fourth lower.](figure:motif-a)

> Leave the lamp. Somebody will be late.

That line is in the screenplay, and the music under it is the motif at its slowest.[^passage-9]

| Track | Returns | Last |
|:------|--------:|:----:|
| *The Skerry Light* | 3 | 0:31 |
| *Black Water* | 6 | 0:27 |

## Hidden gems

*Letters from the Mainland* is the shortest track but one. Four hundred and twelve people are
known to have listened to it.[^few-listeners] It holds the album's only unaccompanied
line,[^passage-10] its widest leap,[^passage-11] and a last chord that is left open.[^passage-12]

![Merit against gap: the track that the world passed by stands top right.](figure:gem-chart)

## What we could not establish

Whether the foghorn was recorded or made. Whether a made-up reference set would change
this.[^made-up-row] A title that tries to break the page does not.[^hostile-title] A mark that
leads nowhere says so.[^no-such-thing] Nor does `code with [^motif-a-returns] in it` lead
anywhere.

## Questions for discussion

- Does the motif belong to Finn, or to the lamp?[^keeps-company]
- Would the film be poorer if the music knew less?[^passage-0]
"""


def manuscript(text=TEXT, **more):
    """The article of the made-up album."""
    given = {
        "title": "Why The Lamp on Skerry’s Soundtrack Deserves More Recognition",
        "card": (
            ("Film", "The Lamp on Skerry (2019)"), ("Composer", "Ada Vale"),
            ("Tracks", "7"), ("Heard", HOSTILE),
        ),
        "figures": figures(), "findings": findings(),
        "tags": ("film music", "hidden gems", HOSTILE),
    } | more  # fmt: skip
    return Manuscript(text=text, **given)


def context(**more):
    """What stands beside the manuscript."""
    given = {
        "album": ALBUM, "version": "0.1.0", "issued_on": "2026-11-21",
        "durations_s": dict.fromkeys(FILES, LASTS_S),
        "credits": (Person("Ada Vale", "composer"),),
    } | more  # fmt: skip
    return ArticleContext(**given)
