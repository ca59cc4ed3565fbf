"""The cue sheet of an album that was found in a film."""

from unsung.model.cuesheet import CueSheet
from unsung.model.film_case import FilmCase
from unsung.model.hearing import Soundtrack
from unsung.model.picture import FrameRate
from unsung.pages.cuesheet.cues import cues
from unsung.pages.cuesheet.timecode import has_drop_frame


def cue_sheet(
    soundtrack: Soundtrack,
    film: FilmCase,
    rate: FrameRate | None = None,
    first_label: str = "00:00:00:00",
) -> CueSheet:
    """All cues in film order, at `rate` or at that of the picture; drop frame where it exists.

    Usages that rest on speech are proposed only where speech was listened for.
    """
    found = rate or (film.sight.seen.rate if film.sight else None)
    work = soundtrack.album.work
    return CueSheet(
        work.title if work else soundtrack.album.title or film.name,
        film.duration_s,
        cues(
            film.placements.placements,
            soundtrack.album,
            film.duration_s,
            speech=film.speech.spans if film.speech else None,
            unplaced=film.unplaced.stretches if film.unplaced else (),
        ),
        found,
        drop_frame=found is not None and has_drop_frame(found),
        first_label=first_label,
        on_cuts=film.sight.on_cuts.clear if film.sight else (),
    )
