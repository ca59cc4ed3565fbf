"""One record of a cue sheet, whatever its form: music in a scene, or a scene alone."""

from collections.abc import Sequence
from typing import cast, get_args

from attrs import frozen

from unsung.library.story.uniting import united
from unsung.model.story import MusicUse, Occasion, Scene, Story


@frozen
class Cue:
    """A scene as one record describes it, and the music that the record puts there, if any."""

    scene: Scene
    use: MusicUse | None = None


def told(cues: Sequence[Cue], title: str, coverage: str, name: str) -> Story:
    """The story that the records of the file `name` tell together."""
    return Story(
        title=title or name,
        scenes=united([cue.scene for cue in cues]),
        uses=tuple(cue.use for cue in cues if cue.use),
        coverage=coverage,
        sources=(name,),
    )


def scene_name(said: object) -> str:
    """The name of a scene, which every record has."""
    if not isinstance(said, str) or not said.strip():
        raise ValueError("the scene has no name; give it one in `scene`")
    return said.strip()


def step_of(said: object) -> int:
    """The place of a scene in its story, from 1."""
    if not isinstance(said, int) or isinstance(said, bool) or said < 1:
        raise ValueError(f"step is a whole number from 1, not {said!r}")
    return said


def occasion_of(said: object) -> Occasion:
    """When the music enters."""
    if said not in get_args(Occasion):
        raise ValueError(f"occasion is one of {', '.join(get_args(Occasion))}, not {said!r}")
    return cast("Occasion", said)
