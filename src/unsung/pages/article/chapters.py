"""The plan of the article: its chapters, and what each paragraph gathers.

An opener asserts nothing; it turns the reader's ear to what follows.
"""

from attrs import frozen


@frozen
class Passage:
    """A paragraph: the kinds it gathers, how many findings at most, and the turn it opens with."""

    kinds: tuple[str, ...]
    most: int = 3
    opener: str = ""


@frozen
class Chapter:
    """A section: its heading, the questions it draws on, and its passages in order."""

    slug: str
    title: str
    questions: tuple[str, ...]
    passages: tuple[Passage, ...]


CHAPTERS = (
    Chapter(
        "emotional-depth",
        "The emotional depth of the score",
        ("emotional-depth", "company", "film"),
        (
            Passage(("motif returns", "motif across makers"), 4),
            Passage(("motif of one track",), 2),
            Passage(
                ("motif changed",), 3, "To come back is one thing; to come back changed is another."
            ),
            Passage(("motif begins and ends", "motif journey", "motif comes back"), 3),
            Passage(
                ("odd one out",), 2, "Then there is the exception, which a habit makes audible."
            ),
            Passage(("sharpest turn", "sharp turn"), 2, "Not only themes carry feeling; turns do."),
            Passage(("greatest crescendo", "tempo moves", "longest silence"), 2),
            Passage(("arousal peak", "arousal ends", "arousal contrast"), 3),
            Passage(("company", "trail"), 3, "What is the music keeping company with?"),
            Passage(("motif in the film",), 3, "A film puts music in an order of its own."),
        ),
    ),
    Chapter(
        "instruments",
        "Innovative use of instruments and genres",
        ("instruments-and-genres",),
        (
            Passage(("rare instrument", "unlike the rest"), 3),
            Passage(
                ("alone", "choir", "singing"), 3, "Who is left alone says as much as who joins."
            ),
            Passage(("rare meeting", "genre leaning"), 2),
            Passage(("sound without notes",), 2),
        ),
    ),
    Chapter(
        "memorable-themes",
        "Memorable themes that stay",
        ("memorable-themes",),
        (
            Passage(("soon recognised",), 2),
            Passage(("hook", "commonness"), 3),
            Passage(("variety of a motif",), 2),
            Passage(
                ("quotation", "likeness"), 3, "Does it remind you of something? It was looked for."
            ),
        ),
    ),
    Chapter(
        "room",
        "Enhancing the narrative without overpowering it",
        ("room-for-speech", "film"),
        (
            Passage(("under speech", "music against dialogue", "ducking", "alone in the film"), 4),
            Passage(("hits on cuts", "music breaks off"), 2),
            Passage(("room on the album",), 1),
            Passage(("room stretch",), 3),
            Passage(("dynamics",), 1),
        ),
    ),
    Chapter(
        "culture",
        "Cultural and thematic relevance",
        ("culture",),
        (
            Passage(("mode", "colour"), 4),
            Passage(("folk neighbour",), 2),
            Passage(("drone", "pedal point", "ostinato", "planing"), 3),
            Passage(("dissonance", "no tonal centre"), 2),
            Passage(
                ("genre in the tags", "note in the tags", "form in the title"),
                3,
                "So far the sound. What the files say of themselves is another kind of evidence.",
            ),
        ),
    ),
    Chapter(
        "hidden-gems",
        "Hidden tracks worth hearing",
        ("hidden-gems", "film"),
        (
            Passage(("gem", "stands out"), 4),
            Passage(("never used in the work", "rarely used in the work"), 4),
            Passage(("unused in the film", "buried under speech", "cut short"), 4),
            Passage(("music with no source",), 1),
            Passage(("kind of moment",), 4, "What kind of moment is each? The ear has reasons."),
            Passage(("listening window",), 3, "Fifteen seconds are enough to judge for yourself."),
        ),
    ),
    Chapter(
        "people",
        "Underrated composers and unsung talent",
        ("people",),
        (
            Passage(("credit", "composer"), 5),
            Passage(("composers of one track",), 1),
            Passage(("composer’s highest track",), 3),
            Passage(("recognition", "gap", "composer’s gap"), 3),
            Passage(
                ("reading",), 3, "Why might that be? Some readings fit the rows; none is proved."
            ),
        ),
    ),
)
