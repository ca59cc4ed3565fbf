"""The process that listens for the explorer: `python -m unsung.web.listener PLACE HOME`.

It says how it goes in JSON, a line an event, and ends at once when its standard input ends.
"""

import json
import os
import sys
import threading
from pathlib import Path

from unsung import pipeline
from unsung.model.album import Track, Unheard
from unsung.model.errors import UnsungError

_STOPPED = 130


class TellingWatch:
    """A listening told in events: how many tracks are done, and the stage one of them is at."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._titles: dict[str, str] = {}
        self._done = self._of = 0

    def begins(self, every: tuple[Track, ...], waiting: tuple[Track, ...]) -> None:
        """How many tracks there are, and how many are known already."""
        self._titles = {track.file: track.title for track in every}
        self._of, self._done = len(every), len(every) - len(waiting)
        self._say("", "")

    def reaches(self, file: str, stage: str) -> None:
        """A track has come to a stage."""
        self._say(file, stage.partition(".")[0].replace("_", " "))

    def finishes(self, file: str) -> None:
        """One track more."""
        self._done += 1
        self._say(file, "heard")

    def misses(self, unheard: Unheard) -> None:
        """One track that could not be heard, and why."""
        self._done += 1
        self._say(unheard.file, "not heard", unheard.reason)

    def compares(self, stage: str) -> None:
        """All tracks are compared."""
        self._say("", stage.partition(".")[2].replace("_", " "))

    def _say(self, file: str, stage: str, reason: str = "") -> None:
        track = self._titles.get(file, file)
        event = {"done": self._done, "of": self._of, "track": track, "stage": stage}
        with self._lock:
            print(json.dumps(event | ({"reason": reason} if reason else {})), flush=True)  # noqa: T201


def main() -> None:
    """Listen, and keep the report; what goes wrong is one line on standard error."""
    place, home = map(Path, sys.argv[1:3])
    threading.Thread(target=_end_with_input, daemon=True).start()
    try:
        pipeline.listen(place, project=home, watch=TellingWatch())
        pipeline.keep_report(home)
    except UnsungError as error:
        print(error, file=sys.stderr)  # noqa: T201
        sys.exit(1)


def _end_with_input() -> None:
    while os.read(0, 1):  # not `sys.stdin`: its lock would be missed when the program ends
        pass
    os._exit(_STOPPED)


if __name__ == "__main__":
    main()
