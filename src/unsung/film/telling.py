"""A story as the film tells it: in each scene the music that was found there."""

from collections.abc import Iterator

from attrs import evolve

from unsung.model.film_case import FilmCase
from unsung.model.story import MusicUse, Scene, Story
from unsung.model.time import Span

_LEAST_S = 1.0


def as_filmed(story: Story | None, film: FilmCase) -> Story | None:
    """The story with the film's scenes and the music in them; as it was where none has a time.

    Music that lasts less than a second into a scene is not of that scene.
    """
    if not film.scenes:
        return story
    told = story or Story(film.name)
    scenes = {scene.name: scene for scene in told.scenes} | {one.name: one for one in film.scenes}
    uses = (use for scene in film.scenes for use in _uses(scene, film))
    return evolve(
        told,
        scenes=tuple(scenes.values()),
        uses=(*told.uses, *uses),
        sources=tuple(dict.fromkeys((*told.sources, film.name))),
    )


def _uses(scene: Scene, film: FilmCase) -> Iterator[MusicUse]:
    for one in film.placements.placements:
        if scene.film_span and one.film_span.overlap_s(scene.film_span) >= _LEAST_S:
            start_s = max(one.film_span.start_s, scene.film_span.start_s)
            end_s = min(one.film_span.end_s, scene.film_span.end_s)
            yield MusicUse(
                one.track_file,
                scene.name,
                one.track_file,
                span=one.in_track(Span(start_s, end_s)),
                film_span=Span(start_s, end_s),
                source=film.name,
            )
