"""Other orders than the album's: as the film goes on, or as a story does where no film is known.

An order is an axis of its own. Each time a track sounds is a stretch of it; what is not used there
stands apart at the end.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, groupby

from attrs import evolve, field, frozen

from unsung.model.film import Placement
from unsung.model.film_case import FilmCase
from unsung.model.hearing import Soundtrack
from unsung.model.story import MusicUse, Scene, Story
from unsung.model.time import Span

_APART_SHARE = 0.03


@frozen
class Presence:
    """Who is there, or speaks, during a stretch of a track."""

    span: Span
    names: tuple[str, ...]


@frozen
class Stretch:
    """A stretch of a track on the axis of an order; `presences` are in the track's own time.

    Tracks count from 0, as they were heard.
    """

    track: int
    span: Span
    at_s: float
    lasts_s: float
    presences: tuple[Presence, ...] = ()


@frozen
class Chapter:
    """A scene on the axis."""

    title: str
    span: Span


@frozen
class Order:
    """An order to draw the album in.

    `name` goes into addresses, `title` onto the page. `inside` says in words where what sounds
    here sounds; what does not is set apart from `apart_s` on. `is_clock` tells whether the axis is
    the film's own time.
    """

    name: str
    title: str
    inside: str
    stretches: tuple[Stretch, ...]
    apart_s: float
    whole_s: float
    chapters: tuple[Chapter, ...] = ()
    is_clock: bool = field(default=False)


def orders(soundtrack: Soundtrack, story: Story | None) -> tuple[Order, ...]:
    """Film order, or an order for each story that is told; none where nothing is known."""
    film = soundtrack.film
    if film is not None and film.duration_s > 0 and _placed(film, soundtrack):
        return (_film_order(film, soundtrack),)
    return tuple(_story_orders(story, soundtrack)) if story else ()


def _placed(film: FilmCase, soundtrack: Soundtrack) -> list[tuple[int, Placement]]:
    """The placements of tracks that are still heard, in film order."""
    tracks = _tracks(soundtrack)
    return [
        (tracks[one.track_file], one)
        for one in film.placements.placements
        if one.track_file in tracks
    ]


def _tracks(soundtrack: Soundtrack) -> dict[str, int]:
    return {one.track.file: at for at, one in enumerate(soundtrack.heard)}


def _film_order(film: FilmCase, soundtrack: Soundtrack) -> Order:
    placed = _placed(film, soundtrack)
    stretches = [
        Stretch(
            track,
            one.track_span,
            one.film_span.start_s,
            one.film_span.duration_s,
            tuple(_presences(one, film)),
        )
        for track, one in placed
    ]
    chapters = (
        Chapter(scene.title or scene.name, scene.film_span)
        for scene in film.scenes
        if scene.film_span is not None
    )
    order = Order(
        name="film",
        title="as in the film",
        inside="in the film",
        stretches=tuple(stretches),
        apart_s=film.duration_s,
        whole_s=film.duration_s,
        chapters=tuple(chapters),
        is_clock=True,
    )
    return _with_apart(order, _left_out(film, soundtrack))


def _presences(one: Placement, film: FilmCase) -> Iterator[Presence]:
    """Who is in a scene, or speaks, while the placement sounds."""
    there = [(scene.film_span, scene.characters or ()) for scene in film.scenes]
    spoken = film.speech.spoken if film.speech else ()
    there += [(said.span, (said.line.speaker,)) for said in spoken if said.line]
    for span, names in there:
        if span is not None and any(names) and one.film_span.overlap_s(span) > 0:
            yield Presence(one.in_track(span), tuple(name for name in names if name))


def _left_out(film: FilmCase, soundtrack: Soundtrack) -> Iterator[tuple[int, Span]]:
    """What the film was not found to use, track by track; scores could not be sought in it."""
    tracks = _tracks(soundtrack)
    sought = {one.track_file for one in film.placements.placements}
    sought |= {other.track_file for one in film.placements.placements for other in one.also_at}
    for file, track in tracks.items():
        own = [one.span for one in film.placements.unused if one.track_file == file]
        if own or file not in sought:
            yield from ((track, span) for span in own or [_whole(soundtrack, track)])


def _whole(soundtrack: Soundtrack, track: int) -> Span:
    return Span(0.0, soundtrack.heard[track].hearing.duration_s)


def _with_apart(order: Order, apart: Iterable[tuple[int, Span]]) -> Order:
    """The order with what is not used set apart at its end, after a gap."""
    at_s = order.whole_s * (1 + _APART_SHARE)
    added = []
    for track, span in apart:
        added.append(Stretch(track, span, at_s, span.duration_s))
        at_s += span.duration_s
    if not added:
        return order
    stretches = (*order.stretches, *added)
    return evolve(order, stretches=stretches, apart_s=added[0].at_s, whole_s=at_s)


def _story_orders(story: Story, soundtrack: Soundtrack) -> Iterator[Order]:
    """One for each strand that uses music of the album, in the order they are told."""
    tracks, strand_of = _tracks(soundtrack), {one.name: one.strand for one in story.scenes}
    uses = [use for use in story.trail(tracks) if _lasts(use, soundtrack, tracks)]
    told = [strand for strand in story.strands if any(strand_of[u.scene] == strand for u in uses)]
    for number, strand in enumerate(told, start=1):
        own = [use for use in uses if strand_of[use.scene] == strand]
        name = "story" if len(told) == 1 else f"story-{number}"
        yield _story_order(name, strand or story.title or "the story", own, story, soundtrack)


def _lasts(use: MusicUse, soundtrack: Soundtrack, tracks: dict[str, int]) -> bool:
    """Whether the part that is used lies in the track at all."""
    return not use.span or use.span.overlap_s(_whole(soundtrack, tracks[use.track_file])) > 0


def _story_order(
    name: str, title: str, uses: Sequence[MusicUse], story: Story, soundtrack: Soundtrack
) -> Order:
    tracks, scenes = _tracks(soundtrack), {scene.name: scene for scene in story.scenes}
    stretches, at_s = list[Stretch](), 0.0
    for use in uses:
        track = tracks[use.track_file]
        span = use.span or _whole(soundtrack, track)
        there = tuple(name for name in story.present_at(use) or () if name)
        presences = (Presence(span, there),) if there else ()
        stretches.append(Stretch(track, span, at_s, span.duration_s, presences))
        at_s += span.duration_s
    used = {one.track for one in stretches}
    unused = (one for one in range(len(soundtrack.heard)) if one not in used)
    order = Order(
        name=name,
        title=f"as in {title}",
        inside="in this story",
        stretches=tuple(stretches),
        apart_s=at_s,
        whole_s=at_s,
        chapters=tuple(_chapters(uses, stretches, scenes.__getitem__)),
    )
    return _with_apart(order, ((track, _whole(soundtrack, track)) for track in unused))


def _chapters(
    uses: Sequence[MusicUse], stretches: Sequence[Stretch], scene: Callable[[str], Scene]
) -> Iterator[Chapter]:
    """The scenes, each as long as the music in it."""
    paired = zip(uses, stretches, strict=True)
    for name, group in groupby(paired, key=lambda pair: pair[0].scene):
        own = [stretch for _, stretch in group]
        span = Span(own[0].at_s, own[-1].at_s + own[-1].lasts_s)
        yield Chapter(scene(name).title or name, span)


def people(found: Sequence[Order]) -> tuple[str, ...]:
    """Everybody who is there while music of the album sounds, by the alphabet.

    Spellings that differ in case alone are one person, as first spelled.
    """
    there = (one.presences for order in found for one in order.stretches)
    named = chain.from_iterable(one.names for one in chain.from_iterable(there))
    spelling: dict[str, str] = {}
    for name in named:
        spelling.setdefault(name.casefold(), name)
    return tuple(sorted(spelling.values(), key=str.casefold))
