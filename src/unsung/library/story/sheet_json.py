"""A cue sheet of our own as JSON: scenes with who is there and the music in them.

`docs/story.md` describes it. An error names the place, and nothing of the file is used.
"""

import json
from collections.abc import Iterator
from typing import Any

from unsung.library.story.cue import Cue, occasion_of, scene_name, step_of, told
from unsung.model.errors import LibraryError
from unsung.model.story import MusicUse, Scene, Story
from unsung.model.time import Span

_STORY_KEYS = {"title", "coverage", "scenes"}
_SCENE_KEYS = {"scene", "strand", "step", "place", "characters", "ideas", "film_span_s", "music"}
_MUSIC_KEYS = {"track", "span_s", "film_span_s", "characters", "ideas", "occasion", "source"}


def is_json_sheet(text: str) -> bool:
    """Whether it is an object that speaks of scenes."""
    return text.lstrip().startswith("{") and '"scenes"' in text


def json_story(text: str, name: str) -> Story:
    """The story that a JSON cue sheet tells."""
    try:
        said = _known(json.loads(text), _STORY_KEYS, "the story")
        cues = [
            cue
            for at, scene in enumerate(_list(said, "scenes"), start=1)
            for cue in _json_scene(scene, name, at)
        ]
        return told(cues, _text(said, "title"), _text(said, "coverage"), name)
    except json.JSONDecodeError as error:
        line = f"{name}, line {error.lineno}"
        raise LibraryError(f"{line} is not valid JSON: {error.msg}") from error
    except RecursionError as error:
        raise LibraryError(f"{name} is nested too deeply to be a cue sheet") from error
    except ValueError as error:
        raise LibraryError(f"{name}: {error}") from error


def _json_scene(said: object, name: str, at: int) -> Iterator[Cue]:
    try:
        table = _known(said, _SCENE_KEYS, "a scene")
        scene = Scene(
            name=scene_name(table.get("scene")),
            strand=_text(table, "strand"),
            step=None if table.get("step") is None else step_of(table["step"]),
            place=_text(table, "place"),
            characters=_json_people(table),
            ideas=_texts(table, "ideas"),
            film_span=_json_span(table, "film_span_s"),
        )
        yield Cue(scene)
        yield from (Cue(scene, _json_use(music, scene, name)) for music in _list(table, "music"))
    except ValueError as error:
        raise ValueError(f"scene {at}: {error}") from error


def _json_use(said: object, scene: Scene, name: str) -> MusicUse:
    table = _known(said, _MUSIC_KEYS, "music")
    track = _text(table, "track")
    if not track:
        raise ValueError("music names its track")
    return MusicUse(
        named=track,
        scene=scene.name,
        occasion=occasion_of(table.get("occasion", "scene")),
        span=_json_span(table, "span_s"),
        film_span=_json_span(table, "film_span_s"),
        characters=_json_people(table),
        ideas=_texts(table, "ideas"),
        source=_text(table, "source") or name,
    )


def _json_people(table: dict[str, Any]) -> tuple[str, ...] | None:
    return None if table.get("characters") is None else _texts(table, "characters")


def _json_span(table: dict[str, Any], key: str) -> Span | None:
    value = table.get(key)
    if value is None:
        return None
    pair = isinstance(value, list) and len(value) == 2
    if not pair or not all(type(one) in {int, float} for one in value):
        raise ValueError(f"{key} is two numbers of seconds, start and end, not {value!r}")
    return Span(*value)


def _texts(table: dict[str, Any], key: str) -> tuple[str, ...]:
    values = _list(table, key)
    if not all(isinstance(value, str) for value in values):
        raise ValueError(f"{key} is a list of texts")
    return tuple(dict.fromkeys(value.strip() for value in values if value.strip()))


def _text(table: dict[str, Any], key: str) -> str:
    value = table.get(key, "")
    if not isinstance(value, str):
        raise ValueError(f"{key} is a text, not {value!r}")
    return value.strip()


def _list(table: dict[str, Any], key: str) -> list[Any]:
    values = table.get(key, [])
    if not isinstance(values, list):
        raise ValueError(f"{key} is a list, not {values!r}")
    return values


def _known(said: object, keys: set[str], what: str) -> dict[str, Any]:
    if not isinstance(said, dict):
        raise ValueError(f"{what} is an object with {', '.join(sorted(keys))}, not {said!r}")
    unknown = sorted(set(said) - keys)
    if unknown:
        raise ValueError(f"unknown key {unknown[0]!r} in {what}; there are {', '.join(sorted(keys))}")
    return said
