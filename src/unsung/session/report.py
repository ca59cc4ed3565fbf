"""The report beside the music, written again only when something in it would be different."""

import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

from unsung import __version__
from unsung.library.settings_file import settings_beside
from unsung.model.album import Album
from unsung.model.hearing import Soundtrack
from unsung.pages.report import ReportContext, report
from unsung.pages.report.page import resources_digest
from unsung.store import Index, Project, code_digest
from unsung.store.files import write_whole

_PLAYED_BY_BROWSERS = {".ogg", ".oga", ".opus", ".mp3", ".flac", ".wav", ".m4a", ".aac", ".webm"}
_PAGE = "unsung.pages.report.page"


def keep_report(project: Project, index: Index, soundtrack: Callable[[], Soundtrack]) -> Path:
    """Write the report, unless the one that lies there says the same; where it lies."""
    place = Path(str(index.word("place")))
    state = _state(project, index, place)
    if index.word("report") != state or not project.report_path.exists():
        heard = soundtrack()
        sound = addresses(heard.album, place, project.folder)
        settings, recognition = settings_beside(place), _recognition_address(project)
        page = report(ReportContext(heard, __version__, sound, recognition, settings))
        write_whole(project.report_path, page.encode())
        index.keep_word("report", state)
    return project.report_path


def _state(project: Project, index: Index, place: Path) -> str:
    """The digest of all that the page is made from."""
    answers = [(kept.file, kept.answers) for kept in index.heard()]
    made_from = [
        answers,
        index.word("album"),
        index.word("unheard"),
        index.word("motifs"),
        index.word("film case"),
        index.word("said"),
        str(place),
        repr(settings_beside(place)),
        __version__,
        code_digest(_PAGE),
        resources_digest(),
        _recognition_address(project),
    ]
    return hashlib.sha256(json.dumps(made_from).encode()).hexdigest()


def _recognition_address(project: Project) -> str:
    return project.recognition_path.name if project.recognition_path.exists() else ""


def addresses(album: Album, place: Path, home: Path) -> dict[str, str]:
    """Where each track's sound lies as seen from the project folder, if a browser can play it."""
    if place.is_file() and place.suffix.lower() not in _PLAYED_BY_BROWSERS:
        return {}
    folder = place if place.is_dir() else place.parent
    return {
        track.file: quote(Path(os.path.relpath(folder / track.file, home)).as_posix())
        for track in album.tracks
        if "!" not in track.file and Path(track.file).suffix.lower() in _PLAYED_BY_BROWSERS
    }
