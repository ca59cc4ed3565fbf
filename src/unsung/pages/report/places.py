"""Where occurrences are: which track, what the page calls it, where it can be played from."""

from collections.abc import Mapping

from attrs import frozen

from unsung.model.hearing import Heard, Hearing
from unsung.model.motif import Motif, Occurrence
from unsung.model.score import Score
from unsung.model.time import Span
from unsung.pages.notation import Passage, sounds_there


@frozen
class Spot:
    """A stretch of a track as the page names it; `address` is empty where nothing plays."""

    track_id: str
    position: int
    title: str
    from_s: float
    until_s: float
    address: str

    @property
    def order(self) -> tuple[int, float]:
        """As the album goes on."""
        return self.position, self.from_s


@frozen
class Places:
    """The tracks that were heard, by file, and where their sound lies."""

    heard: Mapping[str, Heard]
    addresses: Mapping[str, str]

    def hearing(self, one: Occurrence) -> Hearing:
        """What was heard in its track."""
        return self.heard[one.track_file].hearing

    def track_id(self, file: str) -> str:
        """What the page calls the track."""
        return f"track-{self.heard[file].track.position}"

    def spot(self, file: str, span: Span) -> Spot:
        """The span of a track."""
        heard = self.heard[file]
        return Spot(
            self.track_id(file), heard.track.position, title_of(heard),
            span.start_s, span.end_s, self._address(heard, span),
        )  # fmt: skip

    def _address(self, heard: Heard, span: Span) -> str:
        """Where the span can be played from, as a media fragment."""
        if isinstance(heard.hearing.source, Score):
            return ""
        sound = self.addresses.get(heard.track.file, "")
        return f"{sound}#t={span.start_s:.1f},{span.end_s:.1f}" if sound else ""


def sounds_in(one: Occurrence, places: Places) -> str:
    """The track that its written notes follow, or nothing where they were taken from elsewhere."""
    return places.track_id(one.track_file) if sounds_there(one) else ""


def title(motif: Motif) -> str:
    """`Motif A`, and the name that a person gave it."""
    return f"Motif {motif.label}: {motif.name}" if motif.name.strip() else f"Motif {motif.label}"


def title_of(heard: Heard) -> str:
    """The track's title, or the name of its file where the tags say none."""
    return heard.track.title.strip() or heard.track.file


def spoken(passage: Passage) -> str:
    """Its notes by name, for those who listen to the page."""
    return " ".join(note.spelling.name for note in passage.notes)
