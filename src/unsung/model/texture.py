"""Texture: the layers of the music, and how its voices stand to each other."""

from typing import Literal, get_args

from attrs import frozen

from unsung.model.notes import Notes
from unsung.model.outcomes import Silent, Undecided
from unsung.model.sound import Feature
from unsung.model.time import Span

TextureKind = Literal["monophony", "homophony", "polyphony", "melody with accompaniment"]
TEXTURE_KINDS: tuple[TextureKind, ...] = get_args(TextureKind)

Touch = Literal["legato", "detached", "staccato"]


@frozen
class Layers:
    """The notes beside the leading line: the bass line, and all that lies between.

    `density` has rows melody, inner voices, bass: note beginnings a second.
    """

    bass: Notes
    inner: Notes
    density: Feature


@frozen
class TextureSpan:
    """A stretch of one texture, of silence, or of what the notes do not tell.

    `confidence` 0..1 is how likely the kind is right; of what is undecided, that of the best guess.
    """

    span: Span
    kind: TextureKind | Silent | Undecided
    confidence: float


@frozen
class Texture:
    """The texture along time.

    `spans` cover the track without gaps. `measures` has rows voices (how many pitches sound at a
    time), synchrony (0..1: how often voices that sound together begin together) and motion (0..1:
    how many of the notes beside the leading line move on by step, as a voice does and a broken
    chord does not), once a second; 0 in silence.
    """

    measures: Feature
    spans: tuple[TextureSpan, ...]


@frozen
class Articulation:
    """How far notes of the leading line are held: the share of the time to the next that sounds.

    `connection` (one row, 0..1) is near 1 in legato, below a half in staccato; where the line rests
    the last known value is held and `known` (one row, 0 or 1) is 0.
    """

    connection: Feature
    known: Feature
    overall: Touch | Silent | Undecided
