"""Which characters (or ideas) a motif keeps company with, by the scenes its tracks are used in."""

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Literal

import numpy as np
from attrs import field, frozen
from jaxtyping import Bool, Int64

from unsung.evidence.association import (
    Association,
    AssociationSettings,
    association,
    shared_association,
)
from unsung.model.story import Scene, Story

Kind = Literal["characters", "ideas"]


@frozen
class Company:
    """An item (a track or motif) and somebody in whose scenes it is used.

    `together` scenes hold both, `expected` by luck; `chance` is one-sided, `corrected` for all
    pairs that were asked. `scenes` are the names of those that hold both, in story order.
    """

    item: str
    character: str
    together: int
    expected: float
    excess: float
    chance: float
    corrected: float
    scenes: tuple[str, ...]


@frozen
class CompanySettings:
    """The dice; who is asked about; and in how many scenes each of a pair must be to be asked."""

    association: AssociationSettings = field(factory=AssociationSettings)
    kind: Kind = "characters"
    least_scenes: int = 4


@frozen(eq=False)
class _Tables:
    """Who is present and which tracks play, scene by scene, where it is known who is there."""

    scenes: tuple[Scene, ...]
    names: tuple[str, ...]
    files: tuple[str, ...]
    played: Bool[np.ndarray, "tracks scenes"]
    present: Bool[np.ndarray, "scenes characters"]
    strands: Int64[np.ndarray, " scenes"]


def track_company(story: Story, settings: CompanySettings | None = None) -> tuple[Company, ...]:
    """Who keeps company with each track, the least probable by luck first.

    Luck may exchange which scene of its strand had which music (see `association`). Scenes of which
    nobody says who is there do not count, and neither does music that a default brought.
    """
    settings = settings or CompanySettings()
    told = _tables(story, settings)
    asked = told.played.sum(axis=1) >= settings.least_scenes
    played = told.played[asked]
    items = [file for file, wanted in zip(told.files, asked, strict=True) if wanted]
    found = association(played, told.present, told.strands, settings.association)
    return _told(items, played, told, found)


def motif_company(
    story: Story, motifs: Mapping[str, Sequence[str]], settings: CompanySettings | None = None
) -> tuple[Company, ...]:
    """Who keeps company with each motif, given the files of the tracks that carry it.

    Two kinds of luck must be ruled out, so the greater chance is given. One exchanges which scene
    of a strand had which music. The other exchanges which tracks carry the motif: each track keeps
    all its scenes, for its uses are no independent witnesses of the motif.
    """
    settings = settings or CompanySettings()
    told = _tables(story, settings)
    carried = _carried(motifs, told.files)
    played = (carried.astype(int) @ told.played) > 0
    asked = played.sum(axis=1) >= settings.least_scenes
    items = [label for label, wanted in zip(motifs, asked, strict=True) if wanted]
    by_scene = association(played[asked], told.present, told.strands, settings.association)
    by_track = association(told.played, told.present, told.strands, settings.association)
    shared = shared_association(carried[asked], by_track.excess, settings.association.chance)
    return _told(items, played[asked], told, by_scene, shared)


def _tables(story: Story, settings: CompanySettings) -> _Tables:
    there = {scene.name: _there(scene, settings.kind) for scene in story.scenes}
    scenes = tuple(scene for scene in story.scenes if there[scene.name] is not None)
    people = [set(there[scene.name] or ()) for scene in scenes]
    every = sorted(set(chain.from_iterable(people)))
    present = np.array([[one in who for one in every] for who in people], bool)
    present = present.reshape(len(scenes), len(every))
    frequent = present.sum(axis=0) >= settings.least_scenes
    names = tuple(np.array(every, object)[frequent])
    files = tuple(sorted({use.track_file for use in story.uses if use.track_file and use.chosen}))
    strands = np.array([story.strands.index(scene.strand) for scene in scenes], np.int64)
    return _Tables(
        scenes, names, files, _played(story, scenes, files), present[:, frequent], strands
    )


def _there(scene: Scene, kind: Kind) -> tuple[str, ...] | None:
    """Who, or which ideas; a scene without any idea says nothing of ideas."""
    return scene.characters if kind == "characters" else (scene.ideas or None)


def _played(
    story: Story, scenes: Sequence[Scene], files: Sequence[str]
) -> Bool[np.ndarray, "tracks scenes"]:
    pairs = {(use.track_file, use.scene) for use in story.uses if use.chosen}
    table = [[(file, scene.name) in pairs for scene in scenes] for file in files]
    return np.array(table, bool).reshape(len(files), len(scenes))


def _carried(
    motifs: Mapping[str, Sequence[str]], files: Sequence[str]
) -> Bool[np.ndarray, "motifs tracks"]:
    table = [[file in carrying for file in files] for carrying in map(set, motifs.values())]
    return np.array(table, bool).reshape(len(motifs), len(files))


def _told(
    items: Sequence[str],
    played: Bool[np.ndarray, "items scenes"],
    told: _Tables,
    found: Association,
    shared: Association | None = None,
) -> tuple[Company, ...]:
    chance, corrected = found.chance, found.corrected
    if shared is not None:
        chance = np.maximum(chance, shared.chance)
        corrected = np.maximum(corrected, shared.corrected)
    rows = [
        Company(
            item=item,
            character=name,
            together=int(found.observed[i, j]),
            expected=float(found.expected[i, j]),
            excess=float(found.excess[i, j]),
            chance=float(chance[i, j]),
            corrected=float(corrected[i, j]),
            scenes=_scenes(told, np.logical_and(played[i], told.present[:, j])),
        )
        for i, item in enumerate(items)
        for j, name in enumerate(told.names)
        if found.observed[i, j]
    ]
    return tuple(sorted(rows, key=lambda row: (row.corrected, row.chance, -row.excess)))


def _scenes(told: _Tables, both: Bool[np.ndarray, " scenes"]) -> tuple[str, ...]:
    return tuple(scene.name for scene, holds in zip(told.scenes, both, strict=True) if holds)
