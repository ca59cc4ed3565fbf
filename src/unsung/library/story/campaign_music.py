"""Where a Wesnoth scenario asks for music, and what happens there."""

from collections.abc import Iterator, Mapping

from attrs import evolve

from unsung.library.story.speech import speaker
from unsung.library.story.wml import Tag
from unsung.library.story.wml_macros import DEFAULT, INTRO
from unsung.model.story import MusicUse, Occasion, Scene

_BEGINNINGS = {"preload", "prestart", "start"}
"""Events that are the beginning of every scenario: their music is the scenario's own."""


def music_uses(
    scenario: Tag, scene: Scene, names: Mapping[str, str], source: str
) -> Iterator[MusicUse]:
    """The uses of music in a scenario, as the script orders them."""
    for tag, event in _with_event(scenario, None):
        for named, occasion in _asked_for(tag):
            use = MusicUse(
                named=named,
                scene=scene.name,
                occasion=occasion,
                chosen=DEFAULT not in tag.keys,
                source=source,
            )
            yield _at_event(use, event, names) if event else use


def _with_event(tag: Tag, event: Tag | None) -> Iterator[tuple[Tag, Tag | None]]:
    """Every tag inside, with the story's event that it belongs to, if any."""
    for one in tag.inside:
        yield one, event
        happening = one if one.name == "event" and not _is_beginning(one) else None
        yield from _with_event(one, happening or event)


def _is_beginning(event: Tag) -> bool:
    return all(name.strip() in _BEGINNINGS for name in event.said("name").split(","))


def _asked_for(tag: Tag) -> Iterator[tuple[str, Occasion]]:
    if tag.name == "music":
        yield from ((name, "intro" if INTRO in tag.keys else "scene") for name in _files(tag, "name"))
    elif tag.name == "part":
        yield from ((name, "intro") for name in _files(tag, "music"))
    elif tag.name == "endlevel":
        yield from ((name, "event") for name in _files(tag, "music"))


def _files(tag: Tag, key: str) -> list[str]:
    return [name.strip() for name in tag.said(key).split(",") if name.strip()]


def _at_event(use: MusicUse, event: Tag, names: Mapping[str, str]) -> MusicUse:
    there = {speaker(message, names) for message in event.all("message")}
    concerned = [one.said("id") for one in event.inside if one.name.startswith("filter")]
    there |= {names[one] for one in concerned if one in names}
    happening = " ".join([event.said("name"), *(names[one] for one in concerned if one in names)])
    return evolve(
        use,
        occasion="event",
        event=happening,
        characters=tuple(sorted(there - {""})) or None,
    )
