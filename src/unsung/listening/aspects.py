"""Which sides of the music its sections are heard from: what a recording has, what a score has."""

from unsung.listening.sections import sections
from unsung.model.hearing import Loudness, Register, Sections
from unsung.model.settings import SectionSettings
from unsung.model.sound import Feature


def recording_sections(
    chroma: Feature,
    timbre: Feature,
    loudness: Loudness,
    duration_s: float,
    settings: SectionSettings,
) -> Sections:
    """Sections by harmony, colour and loudness."""
    return sections((chroma, timbre, loudness.short_term), duration_s, settings)


def score_sections(
    chroma: Feature,
    density: Feature,
    register: Register,
    duration_s: float,
    settings: SectionSettings,
) -> Sections:
    """Sections by harmony, how busy the music is, and how high it lies."""
    return sections((chroma, density, register.pitch), duration_s, settings)
