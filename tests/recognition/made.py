"""Rows, answers, tracks and albums made by hand."""

from unsung.model.album import Album, Person, Track
from unsung.model.corrections import Corrections
from unsung.model.world import ALBUM, WORK, Answer, Row, Subject, World

GROUP = "11111111-1111-4111-8111-111111111111"
OTHER = "99999999-1111-4111-8111-111111111111"


def answer(source, day="2026-11-01"):
    return Answer(source, f"https://{source}.example", f"{day}T00:00:00+00:00", "0" * 64, "CC0-1.0")


def row(indicator, value, source="musicbrainz", subject=ALBUM, identifier="", day="2026-11-01"):
    return Row(subject, indicator, value, answer(source, day), "/x", identifier)


def composer(name, source, identifier="", subject=WORK):
    return row("composer", name, source, subject, identifier)


def track(position, title="Cue", people=(), **tags):
    return Track(position, f"{position:02}.flac", "recording", title, people=people, **tags)


def album(*tracks, title="The Glass Meridian"):
    return Album(title, tracks or (track(1),))


def by(name, role="composer"):
    return (Person(name, role),)


__all__ = ["ALBUM", "WORK", "Corrections", "Subject", "World"]
