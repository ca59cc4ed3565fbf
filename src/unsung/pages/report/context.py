"""What the report is made from."""

from collections.abc import Mapping

from attrs import Factory, field, frozen

from unsung.model.hearing import Soundtrack
from unsung.model.settings import Settings


@frozen
class ReportContext:
    """Everything the report shows; nothing else is looked up."""

    soundtrack: Soundtrack
    """The album, what was heard in each of its tracks, and the files that could not be heard."""

    version: str
    """The version of Unsung that listened, such as `0.1.0`; shown in the colophon."""

    audio_addresses: Mapping[str, str] = field(factory=dict)
    """`track.file` to the address of its sound as seen from the page, percent-encoded, such as
    `../03%20Title.ogg`. A track that is missing here gets no player, and the page says so: members
    of archives, and formats that browsers do not play."""

    recognition_address: str = ""
    """Where the page on what the world gave lies, as seen from this one; empty without one."""

    settings: Settings = Factory(Settings)
    """The settings that it was heard with; shown in the colophon."""

    @audio_addresses.validator
    def _stay_beside_the_page(self, _attribute: object, value: Mapping[str, str]) -> None:
        for address in value.values():
            if address.startswith("//") or ":" in address.split("/", 1)[0]:
                raise ValueError(f"sound lies beside the page, not at {address}")
