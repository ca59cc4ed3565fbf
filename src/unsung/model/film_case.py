"""What is known of the film beside the album, all in one place. Nothing of the film itself is."""

from attrs import evolve, field, frozen

from unsung.model.alternates import Alternate
from unsung.model.balance import Balance, Speech, Spoken
from unsung.model.film import Placements
from unsung.model.picture import FrameRate, HitsOnCuts, MusicEdges, Shots, Silence
from unsung.model.sound import Feature
from unsung.model.story import Scene
from unsung.model.unplaced import Unplaced


@frozen
class Seen:
    """What is seen: the shots and their clock.

    `rate` is None where frames do not come evenly: such a film has no exact timecode.
    """

    rate: FrameRate | None
    shots: Shots


@frozen
class Sight:
    """The picture, and how the album's music goes with it."""

    seen: Seen
    on_cuts: HitsOnCuts
    edges: MusicEdges


@frozen
class FilmLevels:
    """Loudness along the film: over the three seconds around every moment, in LUFS.

    One-row curves on clocks of their own, at the floor of −70 LUFS where nothing sounds. `music`
    is that of the album, `rest` all else; both are at the floor where they cannot be told apart.
    """

    film: Feature
    music: Feature
    rest: Feature


@frozen
class FilmCase:
    """Where the album sounds in a film, under which lines, and how it goes with the picture.

    `name` is that of the file, without its folder; `digest` that of its bytes. Where no music of
    the album was found there is nothing to weigh: `speech`, `balance` and `levels` are None, as
    `sight` is for a film without pictures. `scenes` are those that a screenplay or a cue sheet
    places. `unplaced` is music with no source; None where nobody listened for it. `alternates`
    are cues that the album has more than once.
    """

    name: str
    digest: str
    duration_s: float = field(converter=float)
    placements: Placements
    speech: Speech | None = None
    balance: Balance | None = None
    sight: Sight | None = None
    silences: tuple[Silence, ...] = ()
    scenes: tuple[Scene, ...] = ()
    levels: FilmLevels | None = None
    unplaced: Unplaced | None = None
    alternates: tuple[Alternate, ...] = ()

    @property
    def without_words(self) -> "FilmCase":
        """The same with what is said in the film left out: that is the film's, to pass on or not.

        When somebody speaks stays.
        """
        return evolve(
            self,
            speech=self.speech
            and evolve(self.speech, spoken=tuple(map(_wordless, self.speech.spoken))),
            balance=self.balance
            and evolve(
                self.balance,
                spoken=tuple(
                    evolve(one, spoken=_wordless(one.spoken)) for one in self.balance.spoken
                ),
            ),
            scenes=tuple(evolve(scene, lines=()) for scene in self.scenes),
        )


def _wordless(one: Spoken) -> Spoken:
    return evolve(one, line=one.line and evolve(one.line, text=""))
