"""The one way in: files and folders that tell a story, recognised by what they hold."""

from collections.abc import Callable, Sequence
from pathlib import Path

from unsung.library.story.album_names import with_tracks
from unsung.library.story.campaign_scripts import is_script
from unsung.library.story.campaigns import campaigns
from unsung.library.story.fountain import fountain, is_fountain
from unsung.library.story.sheet_csv import csv_story, is_csv_sheet
from unsung.library.story.sheet_json import is_json_sheet, json_story
from unsung.library.story.subtitles import is_subtitles, subtitles
from unsung.library.story.texts import text_of
from unsung.library.story.uniting import told_together
from unsung.model.album import Album
from unsung.model.errors import LibraryError
from unsung.model.story import Story

_KINDS: tuple[tuple[Callable[[str], bool], Callable[[str, str], Story]], ...] = (
    (is_json_sheet, json_story),
    (is_subtitles, subtitles),
    (is_csv_sheet, csv_story),
    (is_fountain, fountain),
)
"""How each kind of file is known and read, the surest mark first."""


def story_from(places: Sequence[Path], album: Album, more: Sequence[Story] = ()) -> Story:
    """The story that these files and folders, and `more`, tell together.

    Its music is named by the album's files.

    Music that is no track of the album for certain stays in the story, unresolved.
    """
    try:
        return with_tracks(told_together([*map(_story, places), *more]), album)
    except ValueError as error:
        raise LibraryError(str(error)) from error


def _story(place: Path) -> Story:
    if place.is_dir():
        return campaigns(place)
    text = text_of(place)
    if is_script(text):
        return campaigns(place)
    for is_kind, story in _KINDS:
        if is_kind(text):
            return story(text, place.name)
    raise LibraryError(
        f"{place} tells no story that can be read; give a cue sheet (CSV, JSON), a Fountain"
        " screenplay, subtitles (SRT, WebVTT, ASS) or a folder of Wesnoth campaigns"
    )
