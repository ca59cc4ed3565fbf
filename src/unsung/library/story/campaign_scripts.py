"""The scripts of Wesnoth's campaigns: which belong together, and the macros they share."""

import contextlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from attrs import field, frozen

from unsung.library.story.texts import NoTextError, text_of
from unsung.library.story.wml import Tag, wml
from unsung.library.story.wml_macros import Macro, definitions, preprocessed, without_definitions
from unsung.model.errors import LibraryError

_TOLD = re.compile(r"^[ \t]*\[(?:scenario|campaign)\]", re.MULTILINE)
_SCENARIO = re.compile(r"^[ \t]*\[scenario\]", re.MULTILINE)
_CAMPAIGN = re.compile(r"^[ \t]*\[campaign\]", re.MULTILINE)
_GAME = re.compile(r"^[ \t]*\[game_config\]", re.MULTILINE)
_MOST_SCRIPTS = 5_000


@frozen
class Scripts:
    """The scripts of one campaign, by their paths inside its folder, and all their macros."""

    folder: Path
    texts: Mapping[str, str]
    macros: Mapping[str, Macro] = field(factory=dict)

    def trees(self) -> dict[str, Tag]:
        """The trees of those scripts that tell the story."""
        told = {file: text for file, text in self.texts.items() if _TOLD.search(text)}
        return {file: self._tree(file, text) for file, text in told.items()}

    def _tree(self, file: str, text: str) -> Tag:
        try:
            return wml(preprocessed(text, {**self.macros, **definitions(text)}))
        except LibraryError as error:
            raise LibraryError(f"{self.folder / file}: {error}") from error


def is_script(text: str) -> bool:
    """Whether it tells of scenarios, of a campaign, or of the game around them."""
    return bool(_TOLD.search(text) or _GAME.search(text))


def script_texts(place: Path) -> dict[Path, str]:
    """The script at `place`, or those in and beneath it."""
    return {place: text_of(place)} if place.is_file() else dict(_beneath(place))


def campaign_scripts(place: Path, texts: Mapping[Path, str]) -> Iterator[Scripts]:
    """The scripts of each campaign; those that belong to none are together by themselves."""
    top = place if place.is_dir() else place.parent
    homes = sorted({path.parent for path, text in texts.items() if _CAMPAIGN.search(text)})
    for home in homes or [top]:
        inside = {path: text for path, text in texts.items() if path.is_relative_to(home)}
        yield _together(home, {_inside(path, home): text for path, text in inside.items()})


def game_script(texts: Mapping[Path, str]) -> Tag | None:
    """What is said of the game itself, where one of the scripts does."""
    said = next((text for text in texts.values() if _GAME.search(text)), "")
    return wml(preprocessed(said, {})) if said else None


def _beneath(folder: Path) -> Iterator[tuple[Path, str]]:
    """Scripts beneath `folder`; what is no text at all is no script."""
    paths = sorted(path for path in folder.rglob("*.cfg") if path.is_file())
    if len(paths) > _MOST_SCRIPTS:
        raise LibraryError(
            f"{folder} holds more than {_MOST_SCRIPTS} scripts; choose one campaign's folder in it"
        )
    for path in paths:
        with contextlib.suppress(NoTextError):
            yield path, text_of(path)


def _together(home: Path, texts: Mapping[str, str]) -> Scripts:
    """The scripts with what any of them defines; a script without a scene may be put in another."""
    macros: dict[str, Macro] = {}
    for file, text in texts.items():
        macros |= definitions(text)
        if not _SCENARIO.search(text):
            macros[f"campaigns/{home.name}/{file}"] = Macro((), without_definitions(text))
    return Scripts(home, texts, macros)


def _inside(path: Path, home: Path) -> str:
    return path.relative_to(home).as_posix()
