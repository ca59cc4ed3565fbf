"""Voices and sound that is no note: choir, singing, speech, noise; and what stays undetermined."""

from collections.abc import Iterator, Sequence

import numpy as np

from unsung.model.finding import Citation, Finding, Quantity
from unsung.model.hearing import Heard
from unsung.model.instruments import VOICES
from unsung.model.outcomes import NotHeard
from unsung.model.time import Span
from unsung.questions.facts import instant, percent, slug_of, title_of
from unsung.questions.instruments.facts import (
    QUESTION,
    SURE,
    Player,
    longest_run,
)
from unsung.questions.places import first_part, place, sounding_seconds

YAMNET = Citation(
    "YAMNet",
    "M. Plakal, D. Ellis: YAMNet, a network that names 521 classes of sound. TensorFlow Model"
    " Garden, 2020",
)
_LIKELY, _HINT = 0.5, 0.1
_LEAST_VOICE_S = {"speech": 3, "singing": 4}
_LOUD_LUFS = -40.0
_NO_NOTES_PER_S = 0.2
_LEAST_NOISE_S = 8.0
_LEAST_UNKNOWN_SHARE = 0.05


def choirs(tracks: Sequence[Heard], told: Sequence[Player]) -> Iterator[Finding]:
    """In how many tracks a choir is surely heard, and where longest."""
    sure = [one for one in told if one.name == "choir" and one.is_sure and _is_sung(one)]
    if not sure:
        return
    most = max(sure, key=lambda one: one.presence.confidence * one.presence.share)
    span = most.longest.span
    yield Finding(
        slug="choir",
        question=QUESTION,
        kind="choir",
        claim=(
            "A choir is likely to be heard in {choirs} of {tracks} tracks, most clearly in {track},"
            " from {at}, for {share} of it."
        ),
        facts={
            "track": title_of(most.heard),
            "at": instant(span.start_s),
            "share": percent(most.presence.share),
            "choirs": Quantity(len(sure)),
            "tracks": Quantity(len(tracks)),
            "confidence": Quantity(most.presence.confidence, "", 2),
        },
        verdict="supported",
        method=(
            "Two networks agree: one tells a choir and voices (0.85 or more), another some singing"
            " (0.1 or more)."
        ),
        compared_with="the album's other tracks",
        weight=0.7 * most.presence.confidence * (1 - len(sure) / max(len(tracks), 1) / 2),
        places=place(most.heard, first_part(span), "the choir"),
        cites=(YAMNET,),
        against="Sung and sampled choirs are not told apart.",
    )


def _is_sung(one: Player) -> bool:
    """Whether the words for everyday sound also know a moment of singing in it."""
    singing = one.heard.hearing.instruments.voices.values[VOICES.index("singing")]
    return bool(singing.size and singing.max() >= _HINT)


def voices(tracks: Sequence[Heard]) -> Iterator[Finding]:
    """Singing and speech, by the words that a network of everyday sound has for them."""
    for row, voice in enumerate(VOICES):
        found = [
            (int((one.hearing.instruments.voices.values[row] >= _LIKELY).sum()), one)
            for one in tracks
        ]
        heard = [(seconds, one) for seconds, one in found if seconds >= _LEAST_VOICE_S[voice]]
        if heard:
            yield _voice(voice, row, *max(heard, key=lambda pair: pair[0]), len(heard), len(tracks))


def _voice(voice: str, row: int, seconds: int, one: Heard, having: int, tracks: int) -> Finding:
    likely = one.hearing.instruments.voices.values[row]
    run = longest_run(likely >= _LIKELY) or Span(0.0, one.hearing.duration_s)
    sure = float(np.sort(likely)[-_LEAST_VOICE_S[voice] :].mean())
    is_sure = sure >= SURE
    others = (
        ", and in no other of {tracks} tracks"
        if having == 1
        else "; {having} of {tracks} tracks have some"
    )
    word = "is likely to be" if is_sure else "may be"
    return Finding(
        slug=slug_of(voice, one.track.file),
        question=QUESTION,
        kind=voice,
        claim=(
            f"{{voice_start}} {word} heard in {{track}}, around {{at}}, for {{seconds}} in all"
            f"{others}."
        ),
        facts={
            "voice_start": voice.capitalize(),
            "track": title_of(one),
            "at": instant(run.start_s),
            "seconds": Quantity(seconds, "s"),
            "tracks": Quantity(tracks),
            "having": Quantity(having),
            "confidence": Quantity(sure, "", 2),
        },
        verdict="supported" if is_sure else "undecided",
        method="The network's words for speech and singing, once a second.",
        compared_with="the album's other tracks",
        weight=0.6 * sure * (1 - having / max(tracks, 1) / 2) * (1.0 if is_sure else 0.4),
        places=place(one, first_part(Span(max(run.start_s - 2, 0.0), run.end_s + 2)), voice),
        cites=(YAMNET,),
        against="The network learnt from everyday recordings; a lead synthesiser can deceive it.",
    )


def sound_without_notes(tracks: Sequence[Heard]) -> Iterator[Finding]:
    """The longest stretch of clearly audible sound in which hardly a note is told."""
    found = [(run, one) for one in tracks for run in [_noise(one)] if run is not None]
    if not found:
        return
    run, one = max(found, key=lambda pair: pair[0].duration_s)
    yield Finding(
        slug=slug_of("sound-without-notes", one.track.file),
        question=QUESTION,
        kind="sound without notes",
        claim=(
            "From {at} to {until} {track} is sound rather than notes: it is clearly audible, but"
            " the listening tells no instrument and hardly a pitch."
        ),
        facts={
            "track": title_of(one),
            "at": instant(run.start_s),
            "until": instant(run.end_s),
            "tracks": Quantity(len(found)),
        },
        verdict="supported",
        method=(
            "Seconds above -40 LUFS with fewer than 0.2 notes beginning a second, no note held and"
            " no instrument told; gaps of two seconds are bridged."
        ),
        compared_with="the album's other tracks",
        weight=0.8 * min(1.0, run.duration_s / 30),
        places=place(one, first_part(run), "sound that is no note"),
        against="Whether it is wind, machine, drum or processed sound is for ears to say.",
    )


def _noise(one: Heard) -> Span | None:
    hearing = one.hearing
    if isinstance(hearing.loudness, NotHeard):
        return None
    count = hearing.density.values.shape[1]
    curve = hearing.loudness.short_term
    seconds = np.clip(curve.times_s.astype(int), 0, count - 1)
    level = np.full(count, -np.inf)
    np.maximum.at(level, seconds, curve.values[0])
    unknown = np.zeros(count, bool)
    for span in hearing.instruments.undetermined:
        unknown[int(span.start_s) : int(span.end_s)] = True
    sparse = hearing.density.values[0] < _NO_NOTES_PER_S
    run = longest_run((level > _LOUD_LUFS) & sparse & unknown & ~_held(one, count))
    return run if run is not None and run.duration_s >= _LEAST_NOISE_S else None


def _held(one: Heard, count: int) -> np.ndarray:
    """The seconds in which some note sounds."""
    held = np.zeros(count, bool)
    notes = one.hearing.notes
    for start_s, end_s in zip(notes.onset_s.tolist(), notes.end_s.tolist(), strict=True):
        held[int(start_s) : int(end_s) + 1] = True
    return held


def undetermined(tracks: Sequence[Heard]) -> Iterator[Finding]:
    """Where nobody can tell who plays, said plainly."""
    unknown_s = [
        sum(span.duration_s for span in one.hearing.instruments.undetermined) for one in tracks
    ]
    sounding_s = [_sounding_s(one) for one in tracks]
    total_s = sum(sounding_s)
    if not total_s or sum(unknown_s) / total_s < _LEAST_UNKNOWN_SHARE:
        return
    shares = [
        min(1.0, unknown / sounding) if sounding else 0.0
        for unknown, sounding in zip(unknown_s, sounding_s, strict=True)
    ]
    most = int(np.argmax(shares))
    one = tracks[most]
    spans = one.hearing.instruments.undetermined
    longest = max(spans, key=lambda span: span.duration_s)
    yield Finding(
        slug="instruments-undetermined",
        question=QUESTION,
        kind="undetermined",
        claim=(
            "Who plays stays undetermined in {share} of the album's time, most of all in {track}"
            " ({most})."
        ),
        facts={
            "share": percent(min(1.0, sum(unknown_s) / total_s)),
            "track": title_of(one),
            "most": percent(shares[most]),
        },
        verdict="undecided",
        method="Seconds that sound in which no family of instruments is told (0.35 or more).",
        compared_with="the album's other tracks",
        weight=0.1,
        places=place(one, first_part(longest), "who plays here?"),
    )


def _sounding_s(one: Heard) -> float:
    count = one.hearing.instruments.families.values.shape[1]
    return float(sounding_seconds(one.hearing, count).sum())
