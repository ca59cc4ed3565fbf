"""What happens in a work, and which music goes with it: evidence from the story, without a film.

A scene is whatever the source counts as one: a scene of a screenplay, a scenario of a campaign, a
row of a cue sheet. Unknown is unknown: a scene whose `characters` are None says nothing of who is
there, and a track without a use was passed over by the source, unless `coverage` says otherwise.
"""

from collections import Counter
from collections.abc import Iterable
from itertools import chain
from typing import Literal

from attrs import frozen

from unsung.model.outcomes import UNDECIDED, Undecided
from unsung.model.time import Span

Occasion = Literal["scene", "intro", "event"]
"""When the music enters: with the scene, with the telling before it, at something that happens."""


@frozen
class Line:
    """A line of dialogue; `span` in the film where a film or its subtitles time it."""

    text: str
    speaker: str = ""
    span: Span | None = None


@frozen
class Scene:
    """A stretch of the story with its own name.

    `strand` is the story it belongs to where several are told; `step` its place in that strand,
    from 1, which alternatives share. `characters` are those who appear or speak; None: unknown.
    """

    name: str
    title: str = ""
    strand: str = ""
    step: int | None = None
    place: str = ""
    characters: tuple[str, ...] | None = None
    ideas: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()
    film_span: Span | None = None


@frozen
class MusicUse:
    """Music that a source puts into a scene.

    `named` is what the source calls it; `track_file` the album's track that this is, empty while
    that is not known; `candidates` the tracks it may be, where several bear the name. Nobody chose
    the music for this scene where `chosen` is False: a default brought it. `characters` and `ideas`
    are those of the moment; None and none where only those of the scene are known.
    """

    named: str
    scene: str
    track_file: str = ""
    candidates: tuple[str, ...] = ()
    occasion: Occasion = "scene"
    event: str = ""
    span: Span | None = None
    film_span: Span | None = None
    characters: tuple[str, ...] | None = None
    ideas: tuple[str, ...] = ()
    chosen: bool = True
    source: str = ""


@frozen
class Story:
    """Scenes, strand by strand in story order, and the music used in them.

    `coverage` says in words what the uses cover to the last one ("the scenarios of 16 campaigns");
    empty: nobody said they do. `lines` are those that belong to no scene.
    """

    title: str
    scenes: tuple[Scene, ...] = ()
    uses: tuple[MusicUse, ...] = ()
    coverage: str = ""
    lines: tuple[Line, ...] = ()
    sources: tuple[str, ...] = ()

    def __attrs_post_init__(self) -> None:
        names = {scene.name for scene in self.scenes}
        if len(names) != len(self.scenes):
            raise ValueError("a story names each scene once")
        stray = {use.scene for use in self.uses} - names
        if stray:
            raise ValueError(f"music is used in {min(stray)!r}, which is no scene of the story")

    @property
    def strands(self) -> tuple[str, ...]:
        """The stories told, in the order of their first scenes."""
        return tuple(dict.fromkeys(scene.strand for scene in self.scenes))

    @property
    def characters(self) -> tuple[str, ...]:
        """Everybody known to appear, those of most scenes first."""
        there = Counter(chain.from_iterable(set(scene.characters or ()) for scene in self.scenes))
        return tuple(sorted(there, key=lambda name: (-there[name], name)))

    def uses_of(self, track_file: str, *, defaults: bool = False) -> tuple[MusicUse, ...]:
        """Where the track was put, in story order; with `defaults` also where it came unchosen."""
        return self.trail([track_file], defaults=defaults)

    def trail(
        self, track_files: Iterable[str], *, defaults: bool = False
    ) -> tuple[MusicUse, ...]:
        """The uses of any of these tracks, in story order."""
        wanted, place = set(track_files), {scene.name: at for at, scene in enumerate(self.scenes)}
        found = (
            use for use in self.uses if use.track_file in wanted and (use.chosen or defaults)
        )
        return tuple(sorted(found, key=lambda use: place[use.scene]))

    def scenes_of(self, track_file: str) -> tuple[Scene, ...]:
        """The scenes that the track was put into, each once, in story order."""
        named = {use.scene for use in self.uses_of(track_file)}
        return tuple(scene for scene in self.scenes if scene.name in named)

    def times_used(self, track_file: str) -> int | Undecided:
        """How often the track was put somewhere; 0 only where the story is covered completely."""
        times = len(self.uses_of(track_file))
        return times if times or self._is_unused(track_file) else UNDECIDED

    def never_used(self, track_files: Iterable[str]) -> tuple[str, ...] | Undecided:
        """The tracks that no use names or may mean; undecided without stated coverage."""
        if not self.coverage:
            return UNDECIDED
        return tuple(file for file in track_files if self._is_unused(file))

    @property
    def unresolved(self) -> tuple[MusicUse, ...]:
        """The uses whose music is no track of the album for certain."""
        return tuple(use for use in self.uses if not use.track_file)

    def present_at(self, use: MusicUse) -> tuple[str, ...] | None:
        """Who is there while it plays: at the moment where known, else in the scene."""
        if use.characters is not None:
            return use.characters
        return next(scene.characters for scene in self.scenes if scene.name == use.scene)

    def _is_unused(self, track_file: str) -> bool:
        meant = (use.track_file == track_file or track_file in use.candidates for use in self.uses)
        return bool(self.coverage) and not any(meant)
