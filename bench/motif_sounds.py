"""What motifs are sought in, heard once from recordings and then read from a shelf."""

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import numpy as np
import soundfile as sf
import soxr

from unsung.listening.chroma import chroma
from unsung.listening.constant_q import FRAMES, SAMPLE_RATE_HZ, constant_q
from unsung.listening.theme_chroma import theme_chroma
from unsung.listening.transcription import notes
from unsung.model.notes import Notes
from unsung.model.settings import NotesSettings
from unsung.model.sound import Audio, Feature
from unsung.motifs.evidence import chances_in_sound, evidence
from unsung.motifs.leading import leading_line
from unsung.motifs.recurrence import Listened


class Sounds(NamedTuple):
    """A track as it was heard."""

    name: str
    theme_chroma: Feature
    chroma: Feature
    notes: Notes


def sounds(file: Path, shelf: Path) -> Sounds:
    """What is heard in a recording; kept on the shelf under the digest of its content."""
    kept = shelf / f"{hashlib.sha256(file.read_bytes()).hexdigest()[:16]}.npz"
    if not kept.exists():
        shelf.mkdir(parents=True, exist_ok=True)
        theme, shares, heard = _heard(file)
        columns = np.stack([heard.onset_s, heard.duration_s, heard.midi_pitch, heard.salience])
        np.savez(kept, theme=theme.values, chroma=shares.values, notes=columns)
    rows = np.load(kept)
    theme, shares = Feature(rows["theme"], FRAMES), Feature(rows["chroma"], FRAMES)
    return Sounds(file.name, theme, shares, Notes.sorted(*rows["notes"]))


def _heard(file: Path) -> tuple[Feature, Feature, Notes]:
    samples, rate_hz = sf.read(file, dtype="float32", always_2d=True)
    mono = samples.mean(axis=1)
    if rate_hz != SAMPLE_RATE_HZ:
        mono = soxr.resample(mono, rate_hz, SAMPLE_RATE_HZ)
    audio = Audio(mono[None], SAMPLE_RATE_HZ)
    spectrum = constant_q(audio)
    return theme_chroma(spectrum), chroma(spectrum), notes(audio, NotesSettings())


def album_of(tracks: Iterable[Sounds]) -> Listened:
    """An album ready for motifs to be sought in."""
    rows = [(one, chances_in_sound(one.theme_chroma, one.chroma, one.notes)) for one in tracks]
    led = tuple(leading_line(curve, one.notes) for one, curve in rows)
    return Listened(evidence(tuple((one.name, curve) for one, curve in rows)), led)
