"""Wesnoth's campaigns: scenarios as scenes, `[message]` as dialogue, `[music]` as uses of tracks.

A campaign is a folder whose scripts hold a `[campaign]` tag; it is one strand of the story. Its
scenarios follow each other by `next_scenario`, from the campaign's `first_scenario`; where the way
forks, both branches are told. Present are those who speak, and those with a name of their own who
are put on the map or called back to it.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from attrs import evolve

from unsung.library.order import natural_key
from unsung.library.story.campaign_music import AROUND, game_uses, music_uses
from unsung.library.story.campaign_scripts import (
    Scripts,
    campaign_scripts,
    game_script,
    is_script,
    script_texts,
)
from unsung.library.story.speech import is_name, speaker
from unsung.library.story.succession import steps
from unsung.library.story.wml import Tag
from unsung.model.errors import LibraryError
from unsung.model.story import Line, MusicUse, Scene, Story


def campaigns(place: Path) -> Story:
    """The story that the campaigns in and beneath a folder tell, campaign after campaign.

    `place` may be a single script as well. What the game plays by itself (title, lobby, victory,
    defeat) belongs to the story only where `game_config.cfg` is among the scripts.
    """
    texts = script_texts(place)
    if not any(map(is_script, texts.values())):
        raise LibraryError(
            f"{place} holds no campaign; give the folder of a Wesnoth campaign, or name files"
        )
    told = [_told(scripts) for scripts in campaign_scripts(place, texts)]
    game = game_script(texts)
    scenes = [scene for campaign, _ in told for scene in campaign]
    return Story(
        title=place.resolve().stem,
        scenes=(*scenes, AROUND) if game else tuple(scenes),
        uses=(*(use for _, placed in told for use in placed), *(game_uses(game) if game else ())),
        coverage=_coverage(scenes, around=bool(game)),
        sources=(str(place),),
    )


def _coverage(scenes: Sequence[Scene], *, around: bool) -> str:
    strands = list(dict.fromkeys(scene.strand for scene in scenes))
    told = strands[0] if len(strands) == 1 else f"{len(strands)} campaigns"
    scripts = f"the music that the scripts of {len(scenes)} scenarios of {told} ask for"
    game = "what the game itself plays in menus, at victory and at defeat"
    return " and ".join([*([scripts] if scenes else []), *([game] if around else [])])


def _told(scripts: Scripts) -> tuple[list[Scene], list[MusicUse]]:
    """The scenes of a campaign in story order, and the music in them."""
    trees, folder = scripts.trees(), scripts.folder.name
    heads = [tag for tree in trees.values() for tag in tree.all("campaign")]
    strand = next((head.said("name") for head in heads if head.said("name")), folder)
    scenarios = _in_order(trees, [head.said("first_scenario") for head in heads])
    names = _names([tag for _, _, tag in scenarios])
    scenes: list[Scene] = []
    uses: list[MusicUse] = []
    for file, step, tag in scenarios:
        scenes.append(evolve(_scene(tag, names, folder, strand), step=step))
        uses += music_uses(tag, scenes[-1], names, f"{folder}/{file}")
    return scenes, uses


def _in_order(trees: Mapping[str, Tag], first: Sequence[str]) -> list[tuple[str, int | None, Tag]]:
    """The scenarios with their files and steps; those that nothing leads to come last."""
    found = {
        tag.said("id"): (file, tag) for file, tree in trees.items() for tag in tree.all("scenario")
    }
    by_name = sorted(found, key=lambda name: natural_key(name + "."))
    follows = {name: [to for to in _following(found[name][1]) if to in found] for name in by_name}
    reached = steps(follows, [name for name in first if name in found])
    later = [name for name in by_name if name not in reached]
    return [(found[name][0], reached.get(name), found[name][1]) for name in [*reached, *later]]


def _following(scenario: Tag) -> list[str]:
    """Where a scenario may lead, the common way first."""
    asked = (tag.said("next_scenario") for tag in (scenario, *scenario.all("endlevel")))
    more = (tag.said("next_scenario") for tag in scenario.all("event", "if", "then", "else"))
    return list(dict.fromkeys(name for name in (*asked, *more) if name))


def _names(scenarios: Sequence[Tag]) -> dict[str, str]:
    """What those are called who have a name of their own, by their ids; the first name given."""
    names: dict[str, str] = {}
    for scenario in scenarios:
        for tag in scenario.all("side", "unit", "leader"):
            if tag.said("id") and is_name(tag.said("name")):
                names.setdefault(tag.said("id"), tag.said("name"))
    return names


def _scene(scenario: Tag, names: Mapping[str, str], folder: str, strand: str) -> Scene:
    lines = tuple(_lines(scenario, names))
    there = [line.speaker for line in lines if line.speaker]
    there += [names[one] for one in _on_the_map(scenario) if one in names]
    return Scene(
        name=f"{folder}/{scenario.said('id')}",
        title=scenario.said("name"),
        strand=strand,
        characters=tuple(sorted(set(there))),
        lines=lines,
    )


def _lines(scenario: Tag, names: Mapping[str, str]) -> Iterator[Line]:
    for message in scenario.all("message"):
        text = " ".join(message.said("message").split())
        if text:
            yield Line(text, speaker(message, names))


def _on_the_map(scenario: Tag) -> Iterator[str]:
    return (tag.said("id") for tag in scenario.all("side", "unit", "leader", "recall"))
