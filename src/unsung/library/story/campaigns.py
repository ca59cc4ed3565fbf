"""Wesnoth's campaigns: scenarios as scenes, `[message]` as dialogue, `[music]` as uses of tracks.

A campaign is a folder whose scripts hold a `[campaign]` tag; it is one strand of the story. Its
scenarios follow each other by `next_scenario`, from the campaign's `first_scenario`; where the way
forks, both branches are told. Present are those who speak, and those with a name of their own who
are put on the map or called back to it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from attrs import evolve, field, frozen

from unsung.library.order import natural_key
from unsung.library.story.campaign_music import music_uses
from unsung.library.story.speech import speaker
from unsung.library.story.succession import steps
from unsung.library.story.texts import text_of
from unsung.library.story.wml import Tag, wml
from unsung.library.story.wml_macros import Macro, definitions, preprocessed, without_definitions
from unsung.model.errors import LibraryError
from unsung.model.story import Line, MusicUse, Scene, Story

_SCENARIO = re.compile(r"^[ \t]*\[scenario\]", re.MULTILINE)
_CAMPAIGN = re.compile(r"^[ \t]*\[campaign\]", re.MULTILINE)
_MOST_SCRIPTS = 5_000


@frozen
class _Campaign:
    """The scripts of one campaign, by their paths inside its folder."""

    folder: Path
    texts: Mapping[str, str]
    macros: Mapping[str, Macro] = field(factory=dict)


def holds_campaigns(folder: Path) -> bool:
    """Whether any script beneath `folder` is a scenario or a campaign."""
    return any(_SCENARIO.search(text) or _CAMPAIGN.search(text) for _, text in _scripts(folder))


def campaigns(folder: Path) -> Story:
    """The story that the campaigns in and beneath `folder` tell, campaign after campaign."""
    told = [_told(one) for one in _campaigns(folder)]
    scenes = tuple(scene for campaign, _ in told for scene in campaign)
    uses = tuple(use for _, placed in told for use in placed)
    strands = tuple(dict.fromkeys(scene.strand for scene in scenes))
    return Story(
        title=strands[0] if len(strands) == 1 else folder.resolve().name,
        scenes=scenes,
        uses=uses,
        coverage=_coverage(strands, len(scenes)),
        sources=(str(folder),),
    )


def _coverage(strands: Sequence[str], scenarios: int) -> str:
    campaigns_named = strands[0] if len(strands) == 1 else f"{len(strands)} campaigns"
    return (
        f"the music that the scripts of {scenarios} scenarios of {campaigns_named} ask for;"
        " not what the game itself plays in menus, at victory and at defeat"
    )


def _campaigns(folder: Path) -> Iterator[_Campaign]:
    """Each campaign beneath `folder`; scripts that belong to none are one by themselves."""
    texts = dict(_scripts(folder))
    homes = sorted({path.parent for path, text in texts.items() if _CAMPAIGN.search(text)})
    for home in homes or [folder]:
        inside = {path: text for path, text in texts.items() if path.is_relative_to(home)}
        yield _campaign(home, {_inside(path, home): text for path, text in inside.items()})


def _campaign(home: Path, texts: Mapping[str, str]) -> _Campaign:
    macros: dict[str, Macro] = {}
    for file, text in texts.items():
        macros |= definitions(text)
        if not _SCENARIO.search(text):
            macros[f"campaigns/{home.name}/{file}"] = Macro((), without_definitions(text))
    return _Campaign(home, texts, macros)


def _scripts(folder: Path) -> Iterator[tuple[Path, str]]:
    paths = sorted(folder.rglob("*.cfg"))
    if len(paths) > _MOST_SCRIPTS:
        raise LibraryError(
            f"{folder} holds more than {_MOST_SCRIPTS} scripts; choose one campaign's folder in it"
        )
    return ((path, text_of(path)) for path in paths)


def _inside(path: Path, home: Path) -> str:
    return path.relative_to(home).as_posix()


def _told(campaign: _Campaign) -> tuple[list[Scene], list[MusicUse]]:
    """The scenes of a campaign in story order, and the music in them."""
    trees = {
        file: _tree(campaign, file, text)
        for file, text in campaign.texts.items()
        if _SCENARIO.search(text) or _CAMPAIGN.search(text)
    }
    heads = [tag for tree in trees.values() for tag in tree.all("campaign")]
    strand = next((head.said("name") for head in heads if head.said("name")), campaign.folder.name)
    scenarios = _in_order(trees, [head.said("first_scenario") for head in heads])
    names = _names([tag for _, _, tag in scenarios])
    scenes, uses = [], []
    for file, step, tag in scenarios:
        scene = _scene(tag, names, campaign.folder.name, strand)
        scenes.append(evolve(scene, step=step))
        uses += music_uses(tag, scene, names, f"{campaign.folder.name}/{file}")
    return scenes, uses


def _tree(campaign: _Campaign, file: str, text: str) -> Tag:
    try:
        return wml(preprocessed(text, {**campaign.macros, **definitions(text)}))
    except LibraryError as error:
        raise LibraryError(f"{campaign.folder / file}: {error}") from error


def _in_order(
    trees: Mapping[str, Tag], first: Sequence[str]
) -> list[tuple[str, int | None, Tag]]:
    """The scenarios with their files and steps; those that nothing leads to come last."""
    found = {
        tag.said("id"): (file, tag) for file, tree in trees.items() for tag in tree.all("scenario")
    }
    by_name = sorted(found, key=lambda name: natural_key(name + "."))
    follows = {
        name: [to for to in _following(found[name][1]) if to in found] for name in by_name
    }
    reached = steps(follows, [name for name in first if name in found])
    later = [name for name in by_name if name not in reached]
    return [(found[name][0], reached.get(name), found[name][1]) for name in [*reached, *later]]


def _following(scenario: Tag) -> list[str]:
    """Where a scenario may lead, the common way first."""
    asked = (tag.said("next_scenario") for tag in (scenario, *scenario.all("endlevel")))
    more = (tag.said("next_scenario") for tag in scenario.all("event", "if", "then", "else"))
    return list(dict.fromkeys(name for name in (*asked, *more) if name))


def _names(scenarios: Sequence[Tag]) -> dict[str, str]:
    """What those are called who have a name of their own, by their ids; the commonest name."""
    names: dict[str, str] = {}
    for scenario in scenarios:
        for tag in scenario.all("side", "unit", "leader"):
            if tag.said("id") and tag.said("name"):
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
