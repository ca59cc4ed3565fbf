"""What exports are made from."""

from attrs import frozen

from unsung.model.finding import Finding
from unsung.model.hearing import Soundtrack


@frozen
class Material:
    """An album that was listened to, what can be said of it, and where its files are to be found.

    `album_path` leads from where the documents will lie to the album's folder and ends with `/`;
    it is empty where they will lie in that folder. Only what names sound files needs it.
    """

    soundtrack: Soundtrack
    findings: tuple[Finding, ...] = ()
    album_path: str = ""
