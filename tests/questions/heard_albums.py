"""Albums for the questions: what they are asked of, and what every finding must hold to."""

import sys
from pathlib import Path

import numpy as np
from attrs import evolve

sys.path.insert(0, str(Path(__file__).parents[1] / "pages"))

import soundtracks
import themes

from unsung.model.dossier import Dossier
from unsung.model.hearing import Heard
from unsung.questions.places import sounds


def dossier(album):
    return Dossier(album)


def silence():
    """Five tracks of nothing."""
    heard = (
        Heard(soundtracks.track(k, f"Rest {k}"), soundtracks.silent_hearing()) for k in range(1, 6)
    )
    return soundtracks.soundtrack(*heard)


def noise():
    """Six tracks of loud sound that has no notes, no pulse, no key and no players."""
    heard = []
    for k in range(1, 7):
        quiet, loud = soundtracks.silent_hearing(60.0), soundtracks.recording_hearing(60.0, k)
        mute = evolve(quiet, loudness=loud.loudness, source=loud.source)
        heard.append(Heard(soundtracks.track(k, f"Noise {k}"), mute))
    return soundtracks.soundtrack(*heard)


def alone():
    """One track."""
    one = Heard(soundtracks.track(1, "Only"), soundtracks.recording_hearing(90.0, 1))
    return soundtracks.soundtrack(one)


def eight(change=lambda _order, hearing: hearing):
    """Eight tracks, each as `change` makes it of its order and its hearing."""
    heard = (
        Heard(
            soundtracks.track(k + 1, f"Cue {k + 1}"),
            change(k, soundtracks.recording_hearing(90.0, k + 1)),
        )
        for k in range(8)
    )
    return soundtracks.soundtrack(*heard)


def with_level(hearing, level_lufs):
    """The same hearing, evenly this loud."""
    loudness = hearing.loudness
    even = [
        evolve(curve, values=np.full(curve.values.shape, level_lufs, np.float32))
        for curve in (loudness.momentary, loudness.short_term)
    ]
    return evolve(
        hearing,
        loudness=evolve(
            loudness, integrated_lufs=float(level_lufs), momentary=even[0], short_term=even[1]
        ),
    )


def with_call(album, orders, **told):
    """The album with a motif stated once in each of these tracks."""
    files = [album.heard[k].track.file for k in orders]
    found = tuple(themes.stated(file, themes.CALL, 20.0, confidence=0.97, **told) for file in files)
    motif = evolve(
        themes.call((files[0], files[0], files[0])), prototype=found[0], occurrences=found
    )
    return evolve(album, motifs=(motif,))


def assert_sound(album, findings):
    """What holds for all findings: names that differ, places that lie in their track and sound."""
    slugs = [one.slug for one in findings]
    assert len(set(slugs)) == len(slugs)
    for one in findings:
        assert not any(letter.isdigit() for letter in strip(one.claim)), one.claim
        for place in one.places:
            hearing = album[place.track_file].hearing
            assert place.span.end_s <= hearing.duration_s
            assert sounds(hearing, place.span)


def strip(claim):
    """The claim without the names of its facts."""
    kept, depth = [], 0
    for letter in claim:
        depth += (letter == "{") - (letter == "}")
        if not depth:
            kept.append(letter)
    return "".join(kept)
