"""The whole case: identity, recognition, gap, merit, planes, readings and people of one album."""

from collections.abc import Mapping, Sequence

import numpy as np
from attrs import evolve, frozen

from unsung.model.corrections import Corrections
from unsung.model.hearing import Heard, Soundtrack
from unsung.model.recognition import (
    Case,
    DataTooThin,
    Estimate,
    Gap,
    GemPlane,
    Identity,
    Merit,
    Place,
    Recognition,
)
from unsung.model.reference import MEDIA, ReferenceSet, ReferenceWork
from unsung.model.world import ALBUM, INDICATORS, WORK, Row, World
from unsung.recognition.explanations import Circumstances, explanations
from unsung.recognition.gaps import Ground, gap, gap_draws, ground, spanned, too_thin
from unsung.recognition.gems import gem_plane
from unsung.recognition.identity import identity
from unsung.recognition.merit import album_parts, merit_parts
from unsung.recognition.merit_percentiles import Merits, merit_percentiles
from unsung.recognition.partnerships import people
from unsung.recognition.percentiles import (
    LEAST_PEERS,
    Groups,
    normal_score,
    percent_of,
    percentile,
    voice_percentiles,
)
from unsung.recognition.received import LEAST_VOICES, score
from unsung.recognition.tracks import TrackGaps, track_gaps

NO_REFERENCE = ReferenceSet("", ())
_NEEDED = "a reference set is needed to say what is usual; see `unsung reference --help`"
_LEAST_HEARD = 40
_DRAWS = 400


@frozen
class Matter:
    """What a case is made from."""

    soundtrack: Soundtrack
    corrections: Corrections
    world: World
    reference: ReferenceSet = NO_REFERENCE
    seed: int = 0


def case(matter: Matter) -> Case:
    """All that can be said of the album, and what could not, with its reason."""
    who = identity(matter.soundtrack.album, matter.corrections, matter.world)
    heard = matter.soundtrack.heard
    parts = merit_parts([one.hearing for one in heard])
    work = as_work(who, matter.world, album_parts([one.hearing for one in heard]))
    fitted = _fitted(matter)
    given = recognised(work, matter.world, matter.reference)
    shortfall = fitted if isinstance(fitted, DataTooThin) else gap(work, fitted, matter.seed)
    makers = people(work, matter.reference.works)
    lengths_s = [one.hearing.duration_s for one in heard]
    merits = merit_percentiles(parts, matter.seed, lengths_s)
    of_tracks = _track_gaps(matter, heard, who)
    album_merit, plane = _album(work, fitted, shortfall, matter.seed)
    around = Circumstances(who, matter.world, work, matter.reference, given, shortfall, makers)
    return Case(
        identity=who,
        world=matter.world,
        recognition=given,
        gap=shortfall,
        merit=album_merit,
        album_plane=plane,
        track_merits=tuple(
            (one.track.file, one.track.title, merit)
            for one, merit in zip(heard, merits.merits, strict=True)
        ),
        track_gaps=of_tracks if isinstance(of_tracks, DataTooThin) else of_tracks.gaps,
        track_plane=_track_plane(heard, merits, of_tracks, matter.seed),
        explanations=explanations(around),
        people=makers,
        reference_name=matter.reference.name,
        reference_licence=matter.reference.licence,
        synthetic=matter.reference.synthetic or any(r.answer.synthetic for r in matter.world.rows),
    )


def as_work(who: Identity, world: World, parts: Mapping[str, float]) -> ReferenceWork:
    """The album in the shape of the works that it is compared with."""
    imdb = next((one.identifier for one in who.matches if one.kind == "imdb"), "this album")
    return ReferenceWork(
        identifier=imdb,
        title=who.title,
        medium=who.medium if who.medium in MEDIA else "other",
        year=who.year,
        language=who.language,
        numbers={name: float(row.value) for name, row in _numbers(world).items()},
        voices={name: row.voice for name, row in _numbers(world).items()},
        merit_parts=parts,
        composers=who.stated("composer"),
        directors=who.stated("director"),
    )


def recognised(
    work: ReferenceWork, world: World, reference: ReferenceSet
) -> Recognition | DataTooThin:
    """What the world gave, where two voices say so and there are peers to place it among."""
    if not reference.works:
        return DataTooThin(_NEEDED)
    groups = Groups(reference.works)
    voices = voice_percentiles(work, groups)
    if len(voices) < LEAST_VOICES:
        return too_thin(voices)
    scores = [normal_score(percent) for percent in voices.values()]
    error = max(float(np.std(scores, ddof=1)), 0.15) / np.sqrt(len(scores))
    middle = score(voices)
    return Recognition(
        Estimate(
            percent_of(middle),
            percent_of(middle - 1.645 * error),
            percent_of(middle + 1.645 * error),
        ),
        tuple(_places(work, world, groups)),
        tuple(sorted(voices)),
    )


def _places(work: ReferenceWork, world: World, groups: Groups) -> list[Place]:
    found = []
    for name, row in sorted(_numbers(world).items()):
        among = groups.peers(work, name)
        if INDICATORS[name].bearing == "recognition" and len(among.values) >= LEAST_PEERS:
            percent = percentile(float(row.value), among.values)
            found.append(Place(row, percent, len(among.values), among.among))
    return found


def _numbers(world: World) -> dict[str, Row]:
    """The latest row of every indicator about the album or its work."""
    rows = (*world.numbers(WORK), *world.numbers(ALBUM))
    return {row.indicator: row for row in rows if row.indicator in INDICATORS}


def _fitted(matter: Matter) -> Ground | DataTooThin:
    """The reference without this very work, fitted."""
    if not matter.reference.works:
        return DataTooThin(_NEEDED)
    own = {value for _, value in matter.corrections.identifiers} | {
        row.identifier for row in matter.world.rows if row.indicator in ("imdb", "wikidata")
    }
    others = tuple(work for work in matter.reference.works if work.identifier not in own)
    return ground(evolve(matter.reference, works=others), matter.seed)


def _album(
    work: ReferenceWork, fitted: Ground | DataTooThin, shortfall: Gap | DataTooThin, seed: int
) -> tuple[Merit | DataTooThin, GemPlane | DataTooThin]:
    """The album's merit among albums that were heard, and where it lies in their plane."""
    if isinstance(fitted, DataTooThin):
        return fitted, fitted
    at = [index for index, one in enumerate(fitted.given.works) if one.merit_parts]
    if len(at) < _LEAST_HEARD:
        thin = DataTooThin(
            f"the merit of an album is told among {_LEAST_HEARD} albums that were heard; this"
            f" reference has {len(at)}"
        )
        return thin, thin
    others = [fitted.given.works[index] for index in at]
    merits = merit_percentiles([work.merit_parts, *(one.merit_parts for one in others)], seed)
    own = merits.merits[0]
    if isinstance(own, DataTooThin):
        return own, own
    if isinstance(shortfall, DataTooThin):
        return own, shortfall
    return own, _album_plane(work, fitted, shortfall, merits, at, seed)


def _album_plane(
    work: ReferenceWork, fitted: Ground, shortfall: Gap, merits: Merits, at: list[int], seed: int
) -> GemPlane | DataTooThin:
    drawn = gap_draws(fitted, seed)[at]
    kept = [index for index, one in enumerate(merits.merits[1:]) if isinstance(one, Merit)]
    others = [fitted.given.works[at[index]] for index in kept]
    middle = np.median(drawn, axis=1)
    estimates = [one.percentile for one in merits.merits if isinstance(one, Merit)]
    return gem_plane(
        [(work.identifier, work.title), *((one.identifier, one.title) for one in others)],
        estimates,
        [shortfall.percentile, *(spanned(float(middle[index]), drawn[index]) for index in kept)],
        merits.draws,
        np.vstack([_drawn(shortfall.percentile, seed), drawn[kept]]),
        seed,
    )


def _drawn(estimate: Estimate, seed: int) -> np.ndarray:
    """Draws as wide as the interval of an estimate."""
    scores = [normal_score(one) for one in (estimate.low, estimate.value, estimate.high)]
    spread = (scores[2] - scores[0]) / (2 * 1.645)
    drawn = scores[1] + spread * np.random.default_rng(seed).standard_normal(_DRAWS)
    return np.array([percent_of(float(one)) for one in drawn])


def _track_gaps(matter: Matter, heard: Sequence[Heard], who: Identity) -> TrackGaps | DataTooThin:
    durations_s = {one.track.file: one.hearing.duration_s for one in heard}
    return track_gaps(
        [one.track for one in heard],
        durations_s,
        matter.world,
        matter.corrections,
        who.title,
        matter.seed,
    )


def _track_plane(
    heard: Sequence[Heard], merits: Merits, gaps: TrackGaps | DataTooThin, seed: int
) -> GemPlane | DataTooThin:
    """The tracks that have both a merit and a gap."""
    if isinstance(gaps, DataTooThin):
        return gaps
    first = next((one for one in merits.merits if isinstance(one, DataTooThin)), None)
    if not len(merits.draws):
        return first or DataTooThin("nothing was heard")
    row_of = {one.file: at for at, one in enumerate(gaps.gaps)}
    having = [
        (one.track, merit.percentile)
        for one, merit in zip(heard, merits.merits, strict=True)
        if isinstance(merit, Merit)
    ]
    both = [at for at, (track, _) in enumerate(having) if track.file in row_of]
    rows = [row_of[having[at][0].file] for at in both]
    return gem_plane(
        [(having[at][0].file, having[at][0].title) for at in both],
        [having[at][1] for at in both],
        [gaps.gaps[row].gap for row in rows],
        merits.draws[both],
        gaps.draws[rows],
        seed,
    )
