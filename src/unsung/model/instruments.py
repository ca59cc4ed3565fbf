"""Who plays: instruments and their families, along time.

Names are those a listener would use; what no ear tells apart in a mixture shares one ("celesta and
bells"). `ORCHESTRAL` are those of the symphony orchestra as Adler ("The Study of Orchestration",
4th ed., 2016, chapters 3 to 16) treats it; a score that uses another one does something unusual.
"""

import numpy as np
from attrs import field, frozen
from jaxtyping import Float32

from unsung.model.sound import Feature, float32, same_array
from unsung.model.time import Span

FAMILY_OF = {
    "violin": "strings",
    "viola": "strings",
    "cello": "strings",
    "double bass": "strings",
    "string section": "strings",
    "pizzicato strings": "strings",
    "flute": "woodwind",
    "recorder": "woodwind",
    "pan flute": "woodwind",
    "oboe": "woodwind",
    "English horn": "woodwind",
    "clarinet": "woodwind",
    "bassoon": "woodwind",
    "saxophone": "woodwind",
    "bagpipe": "woodwind",
    "trumpet": "brass",
    "trombone": "brass",
    "tuba": "brass",
    "French horn": "brass",
    "brass section": "brass",
    "choir": "voice",
    "piano": "keyboard",
    "electric piano": "keyboard",
    "harpsichord": "keyboard",
    "pipe organ": "organ",
    "electric organ": "organ",
    "accordion": "organ",
    "harp": "plucked",
    "sitar": "plucked",
    "banjo": "plucked",
    "koto": "plucked",
    "acoustic guitar": "guitar",
    "electric guitar": "guitar",
    "distorted guitar": "guitar",
    "bass guitar": "bass",
    "synth bass": "bass",
    "celesta and bells": "tuned percussion",
    "vibraphone": "tuned percussion",
    "xylophone and marimba": "tuned percussion",
    "tubular bells": "tuned percussion",
    "timpani": "drums",
    "drum kit": "drums",
    "deep drums": "drums",
    "synth lead": "synth",
    "synth pad": "synth",
}
"""The family of every instrument that can be told, in the order of a page of score."""

INSTRUMENTS = tuple(FAMILY_OF)
FAMILIES = tuple(dict.fromkeys(FAMILY_OF.values()))

VOICES = ("speech", "singing")

OF_MANY = {
    *("string section", "pizzicato strings", "brass section", "choir", "drum kit", "deep drums"),
    "synth pad",
}
"""What more than one player plays, or nobody: never called solo."""

ORCHESTRAL = frozenset(
    (
        *("violin", "viola", "cello", "double bass", "string section", "pizzicato strings"),
        *("flute", "oboe", "English horn", "clarinet", "bassoon", "trumpet", "trombone", "tuba"),
        *("French horn", "brass section", "choir", "piano", "harp", "celesta and bells"),
        *("vibraphone", "xylophone and marimba", "tubular bells", "timpani", "drum kit"),
        *("saxophone", "pipe organ"),
    )
)


MOODS = ("happy", "sad", "tender", "exciting", "angry", "scary")
"""The moods that the network knows a word for."""

GENRES = (
    *("pop", "hip hop", "rock", "heavy metal", "punk rock", "progressive rock"),
    *("rhythm and blues", "soul", "reggae", "country", "swing", "bluegrass", "funk", "folk"),
    *("Middle Eastern", "jazz", "disco", "classical", "opera", "electronic", "techno"),
    *("ambient", "trance", "Latin American", "flamenco", "blues", "new-age", "African", "Asian"),
    *("Christian", "Indian", "traditional", "lullaby", "Christmas", "dance", "video game"),
)
"""The genres, and the regions whose music is told from others, that the network knows."""


@frozen
class Playing:
    """A stretch in which an instrument is heard: how surely (0..1), and whether by itself."""

    instrument: str
    span: Span
    confidence: float
    is_alone: bool

    @property
    def in_words(self) -> str:
        """Its name, or `solo flute`, `choir alone` where nothing else is heard."""
        if not self.is_alone:
            return self.instrument
        many = self.instrument in OF_MANY
        return f"{self.instrument} alone" if many else f"solo {self.instrument}"


@frozen
class Presence:
    """An instrument or family of the track: how surely it plays at all (0..1), and for how long.

    `share` is the part of the sounding time (0..1) in which it is more likely there than not.
    """

    name: str
    confidence: float
    share: float


@frozen
class Instruments:
    """Who plays, along time.

    `instruments` (a row for each of `INSTRUMENTS`) and `families` (`FAMILIES`) say once a second
    how likely each is heard (0..1); `voices` has the rows of `VOICES`. `playing` are the
    stretches, in order; `present` and `present_families` the track as a whole, the surest first.
    `undetermined` are the stretches that sound without telling who plays.
    """

    instruments: Feature
    families: Feature
    voices: Feature
    playing: tuple[Playing, ...]
    present: tuple[Presence, ...]
    present_families: tuple[Presence, ...]
    undetermined: tuple[Span, ...]

    def __attrs_post_init__(self) -> None:
        rows = ((self.instruments, INSTRUMENTS), (self.families, FAMILIES), (self.voices, VOICES))
        if any(len(curve.values) != len(names) for curve, names in rows):
            raise ValueError("instruments need a row for every name")

    @property
    def unusual(self) -> tuple[Presence, ...]:
        """Those present that no symphony orchestra has at hand."""
        return tuple(one for one in self.present if one.name not in ORCHESTRAL)


@frozen
class Likeness:
    """How well words for moods and genres fit a track; says something only beside other tracks.

    Numbers of a network without a unit, in the order of `MOODS` and `GENRES`: the music's own
    scale of happiness nobody knows, but that one track is happier than another can be heard.
    """

    moods: Float32[np.ndarray, " moods"] = field(converter=float32, eq=same_array)
    genres: Float32[np.ndarray, " genres"] = field(converter=float32, eq=same_array)


@frozen
class Leaning:
    """A word that fits a track better (`strength` > 0) or worse than the album's other tracks.

    `strength` counts in standard deviations over the album, `at_large` over film and game music;
    both have the same sign.
    """

    word: str
    strength: float
    at_large: float = 0.0


@frozen
class Character:
    """What tells a track from the others of its album, the strongest first."""

    moods: tuple[Leaning, ...]
    genres: tuple[Leaning, ...]
