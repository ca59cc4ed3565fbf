"""What the page of recognition is made from."""

from collections.abc import Mapping

from attrs import field, frozen

from unsung.model.recognition import Case


@frozen
class RecognitionContext:
    """Everything the page shows; nothing else is looked up."""

    case: Case
    """What was found, and what could not be."""

    version: str
    """The version of Unsung that worked it out."""

    folder: str
    """The name of the folder the music lies in, for the command that is shown."""

    attributions: Mapping[str, str] = field(factory=dict)
    """What must be printed beside the numbers of a source, by its name."""
