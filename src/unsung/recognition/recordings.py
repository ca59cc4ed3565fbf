"""Which recording a track is: the user's word, the tags, its ISRC, its place on the release."""

from unsung.model.album import Album, Track
from unsung.model.corrections import Corrections
from unsung.model.recognition import Match, Unresolved
from unsung.model.world import Subject, World
from unsung.recognition.names import same_title

USER, TAG, LINK = 1.0, 0.95, 0.9
"""How sure an identifier is that the user wrote, the tags hold, or another one leads to."""


def recording_match(track: Track, corrections: Corrections, world: World) -> Match | Unresolved:
    """The recording of a track, or why it stays open."""
    kind, subject = "musicbrainz_recording", Subject("track", track.file)
    own = corrections.tracks.get(track.file)
    if own and kind in dict(own.identifiers):
        return Match(subject, kind, dict(own.identifiers)[kind], USER, "you say so")
    if tagged := dict(track.identifiers).get(kind):
        return Match(subject, kind, tagged, TAG, "the file's tags")
    if world.said(subject, "isrc_recording"):
        return _coded_match(track, subject, world, set(corrections.not_identifiers))
    rows = world.said(subject, kind)
    titles = [str(row.value) for row in world.said(subject, "title")]
    if rows and any(same_title(title, track.title) for title in titles):
        return Match(
            subject, kind, rows[0].identifier, LINK, "its place on the release, same title"
        )
    if rows:
        return Unresolved(subject, kind, f"the release has another title there: {titles[0]!r}")
    return Unresolved(subject, kind, "no source names it")


def _coded_match(
    track: Track, subject: Subject, world: World, refused: set[str]
) -> Match | Unresolved:
    """The recording that bears the track's ISRC; of several, the one at its place on the release.

    Codes are given twice and typed wrongly, so the title must agree as well.
    """
    kind = "musicbrainz_recording"
    titles = {row.identifier: str(row.value) for row in world.said(subject, "isrc_recording")}
    fitting = {one for one, title in titles.items() if same_title(title, track.title)} - refused
    placed = {row.identifier for row in world.said(subject, kind)} & fitting
    chosen = placed if len(fitting) > 1 and placed else fitting
    if len(chosen) == 1:
        return Match(subject, kind, chosen.pop(), LINK, "its ISRC, same title")
    if chosen:
        return Unresolved(subject, kind, f"{len(chosen)} recordings bear its ISRC")
    other = next(iter(titles.values()))
    return Unresolved(subject, kind, f"the recording with its ISRC has another title: {other!r}")


def isrcs(album: Album, corrections: Corrections) -> dict[str, str]:
    """The file of every ISRC, by the user or the tags; a code that two files bear names neither."""
    found: dict[str, list[str]] = {}
    for track in album.tracks:
        own = corrections.tracks.get(track.file)
        said = {**dict(track.identifiers), **dict(own.identifiers if own else ())}
        if "isrc" in said:
            found.setdefault(said["isrc"], []).append(track.file)
    return {code: files[0] for code, files in found.items() if len(files) == 1}
