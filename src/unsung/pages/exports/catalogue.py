"""Everything that can be exported, by name."""

from unsung.pages.exports.album_tables import LOUDNESS, SCORE_MARKS, TRACKS, TUNING, UNHEARD
from unsung.pages.exports.curve_tables import CURVES
from unsung.pages.exports.emotion_tables import EMOTION, TURNING_POINTS
from unsung.pages.exports.film_tables import FILM
from unsung.pages.exports.gem_tables import GEMS
from unsung.pages.exports.harmony_tables import HARMONY
from unsung.pages.exports.instrument_tables import CHARACTER, INSTRUMENTS, PLAYING
from unsung.pages.exports.kinds import ExportKind
from unsung.pages.exports.motif_tables import MOTIF_NOTES, MOTIFS
from unsung.pages.exports.pulse_tables import BEATS, METRES, PULSE_CHANGES
from unsung.pages.exports.span_tables import KEY, MELODY, NOTES, SECTIONS, SWELLS, TEMPO
from unsung.pages.exports.texture_tables import BASS, INNER, TEXTURE

EVERYTHING = "everything"

EXPORTS: tuple[ExportKind, ...] = (
    TRACKS,
    UNHEARD,
    LOUDNESS,
    TUNING,
    MOTIFS,
    MOTIF_NOTES,
    GEMS,
    SECTIONS,
    KEY,
    *HARMONY,
    TEMPO,
    BEATS,
    METRES,
    PULSE_CHANGES,
    SWELLS,
    NOTES,
    MELODY,
    TEXTURE,
    BASS,
    INNER,
    SCORE_MARKS,
    INSTRUMENTS,
    PLAYING,
    CHARACTER,
    EMOTION,
    TURNING_POINTS,
    *(curve.kind for curve in CURVES),
    *FILM,
)
