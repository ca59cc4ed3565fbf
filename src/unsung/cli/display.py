"""The listening as a terminal shows it: a bar on a terminal, plain lines elsewhere."""

import sys
from typing import Self

from rich.console import Console
from rich.markup import escape
from rich.progress import (
    BarColumn,
    Progress,
    SpinnerColumn,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from unsung.model.album import Track, Unheard

# How far a track has come when a stage begins, in percent of its time, as bench/speed.py measures.
_STAGES = {
    "reading": (0, "reading the sound"),
    "constant_q.constant_q": (12, "taking the spectrum"),
    "chroma.chroma": (25, "folding pitch classes"),
    "timbre.timbre": (27, "listening for colour"),
    "loudness.metered_loudness": (30, "metering loudness"),
    "transcription.notes": (31, "writing down the notes"),
    "melody.melody": (84, "following the leading line"),
    "theme_chroma.theme_chroma": (85, "hearing the theme"),
    "key.key": (93, "finding the key"),
    "tempo.tempo": (94, "feeling the pulse"),
    "aspects.recording_sections": (98, "finding sections"),
}

_COMPARING = {
    "soundtrack.sought_in": "following the leading lines",
    "soundtrack.what_returns": "finding what comes back",
    "stated.stated": "following what people said",
    "filming.recognising_the_film": "recognising the film",
    "film_subtitles.subtitles_text": "reading the subtitles inside the film",
    "screening.reading_the_film": "reading the film's sound",
    "screening.playing_the_album": "playing the album beside it",
    "placements.placements": "finding the album in the film",
    "screening.metering_the_film": "metering the film's loudness",
    "beside.music_apart": "telling music and speech apart",
    "alternates.alternates": "looking for cues that the album has twice",
    "impressions.impressions": "listening to all else in the film",
    "beside.mixed": "telling mixes apart",
    "resembling.resembling": "holding other music against the album",
    "beside.weighed": "weighing music against speech",
    "screening.looking_for_cuts": "looking for cuts",
    "beside.sight": "holding music against the picture",
}


class TerminalWatch:
    """A bar for the album, and a line for each track being heard."""

    def __init__(self, console: Console) -> None:
        self._progress = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.percentage:>3.0f} %"),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
            console=console,
            transient=True,
        )
        self._console = console
        self._album: TaskID | None = None
        self._lines: dict[str, TaskID] = {}
        self._titles: dict[str, str] = {}
        self._ended = 0

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._progress.stop()

    def begins(self, every: tuple[Track, ...], waiting: tuple[Track, ...]) -> None:
        """Show the album, and how much of it is already known."""
        self._titles = {track.file: escape(track.title) for track in every}
        known = len(every) - len(waiting)
        if known and waiting:
            self._console.print(f"{known} of {len(every)} tracks are known already")
        if waiting:
            self._album = self._progress.add_task("the album", total=100 * len(waiting))

    def reaches(self, file: str, stage: str) -> None:
        """Move the track's line on."""
        percent, words = _STAGES.get(stage, (None, stage.partition(".")[0].replace("_", " ")))
        line = self._lines.get(file)
        if line is None:
            line = self._lines[file] = self._progress.add_task("", total=100)
        self._progress.update(line, description=f"{self._titles.get(file, '')}: {words}")
        if percent is not None:
            self._progress.update(line, completed=percent)
        self._total()

    def finishes(self, file: str) -> None:
        """The track's line has served."""
        self._drop(file)

    def misses(self, unheard: Unheard) -> None:
        """The track's line has served; the summary will say what was wrong."""
        self._drop(unheard.file)

    def compares(self, stage: str) -> None:
        """Show that the whole album is being compared."""
        if stage in _COMPARING:
            self._progress.add_task(_COMPARING[stage], total=None)

    def _drop(self, file: str) -> None:
        self._ended += 1
        line = self._lines.pop(file, None)
        if line is not None:
            self._progress.remove_task(line)
        self._total()

    def _total(self) -> None:
        under_way = sum(
            task.completed for task in self._progress.tasks if task.id in self._lines.values()
        )
        if self._album is not None:
            self._progress.update(self._album, completed=100 * self._ended + under_way)


class LineWatch:
    """One plain line a track, for logs and pipes."""

    def __init__(self) -> None:
        self._waiting = self._ended = 0
        self._titles: dict[str, str] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        pass

    def begins(self, every: tuple[Track, ...], waiting: tuple[Track, ...]) -> None:
        """Say how much there is to do."""
        self._titles = {track.file: track.title for track in every}
        self._waiting = len(waiting)
        print(f"{len(every)} tracks, {len(waiting)} to be heard", file=sys.stderr)  # noqa: T201

    def reaches(self, file: str, stage: str) -> None:
        """Stages are not worth a line each."""

    def finishes(self, file: str) -> None:
        """One line."""
        self._line(f"heard {self._titles.get(file, file)}")

    def misses(self, unheard: Unheard) -> None:
        """One line; the summary will say what was wrong."""
        self._line(f"could not hear {unheard.file}")

    def compares(self, stage: str) -> None:
        """One line."""
        if stage in _COMPARING:
            print(_COMPARING[stage], file=sys.stderr)  # noqa: T201

    def _line(self, words: str) -> None:
        self._ended += 1
        print(f"[{self._ended}/{self._waiting}] {words}", file=sys.stderr)  # noqa: T201


def watch(*, quiet: bool) -> TerminalWatch | LineWatch | None:
    """Who watches: nobody if quiet, a bar on a terminal, lines elsewhere."""
    if quiet:
        return None
    console = Console(stderr=True)
    return TerminalWatch(console) if console.is_terminal else LineWatch()
