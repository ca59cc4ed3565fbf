"""All that is known when questions are asked: the music, and what the user had of the world."""

from attrs import frozen

from unsung.model.film_case import FilmCase
from unsung.model.hearing import Soundtrack
from unsung.model.iconic import Incipit
from unsung.model.recognition import Case
from unsung.model.story import Story


@frozen
class Dossier:
    """What questions are answered from; what is absent was not given, and nothing follows.

    `melodies` are the user's own, to be looked for beside the famous ones.
    """

    soundtrack: Soundtrack
    case: Case | None = None
    story: Story | None = None
    melodies: tuple[Incipit, ...] = ()

    @property
    def film(self) -> FilmCase | None:
        """Where the album sounds in the film."""
        return self.soundtrack.film
