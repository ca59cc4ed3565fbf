"""What several records, or several files, say of the same scenes, put together."""

from collections.abc import Callable, Iterable, Sequence
from itertools import chain

from attrs import evolve

from unsung.model.story import Line, Scene, Story

_Everybody = tuple[str, ...] | None


def united(scenes: Iterable[Scene]) -> tuple[Scene, ...]:
    """Each scene once, by its name, with all that is said of it, in story order.

    Strands follow each other as they were first mentioned; so do the scenes of a strand, unless
    each of them has its step.
    """
    known: dict[str, Scene] = {}
    for scene in scenes:
        known[scene.name] = _both(known[scene.name], scene) if scene.name in known else scene
    return tuple(sorted(known.values(), key=_place_in_story(tuple(known.values()))))


def told_together(stories: Sequence[Story]) -> Story:
    """One story of several files: scenes of one name are one, timed lines go to timed scenes."""
    scenes = united(chain.from_iterable(story.scenes for story in stories))
    lines = sorted(chain.from_iterable(story.lines for story in stories), key=_start_s)
    placed = tuple(_with_lines(scene, lines) for scene in scenes)
    inside = {line for scene in placed for line in scene.lines}
    return Story(
        title=next((story.title for story in stories if story.title), ""),
        scenes=placed,
        uses=tuple(chain.from_iterable(story.uses for story in stories)),
        coverage="; ".join(dict.fromkeys(one.coverage for one in stories if one.coverage)),
        lines=tuple(line for line in lines if line not in inside),
        sources=tuple(chain.from_iterable(story.sources for story in stories)),
    )


def _place_in_story(scenes: Sequence[Scene]) -> Callable[[Scene], tuple[int, int]]:
    strands = list(dict.fromkeys(scene.strand for scene in scenes))
    unordered = {scene.strand for scene in scenes if scene.step is None}

    def place(scene: Scene) -> tuple[int, int]:
        step = 0 if scene.step is None or scene.strand in unordered else scene.step
        return strands.index(scene.strand), step

    return place


def _both(one: Scene, other: Scene) -> Scene:
    """A scene as two records describe it; what the first says of it goes before."""
    if one.strand and other.strand and one.strand != other.strand:
        raise ValueError(
            f"the scene {one.name!r} is in {one.strand!r} and in {other.strand!r};"
            " give each scene a name of its own"
        )
    return evolve(
        one,
        title=one.title or other.title,
        strand=one.strand or other.strand,
        step=one.step or other.step,
        place=one.place or other.place,
        characters=_together(one.characters, other.characters),
        ideas=tuple(dict.fromkeys((*one.ideas, *other.ideas))),
        lines=(*one.lines, *other.lines),
        film_span=one.film_span or other.film_span,
    )


def _together(some: _Everybody, others: _Everybody) -> _Everybody:
    if some is None or others is None:
        return others if some is None else some
    return tuple(dict.fromkeys((*some, *others)))


def _with_lines(scene: Scene, lines: Sequence[Line]) -> Scene:
    """The scene with those lines that begin in it; who speaks them is there."""
    film = scene.film_span
    spoken = [one for one in lines if film and film.start_s <= _start_s(one) < film.end_s]
    if not spoken:
        return scene
    speakers = tuple(dict.fromkeys(line.speaker for line in spoken if line.speaker))
    there = _together(scene.characters, speakers or None)
    return evolve(scene, lines=(*scene.lines, *spoken), characters=there)


def _start_s(line: Line) -> float:
    return line.span.start_s if line.span else 0.0
