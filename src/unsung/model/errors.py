"""What goes wrong because of what a person gave us, in one line they can act on.

A musical outcome (silence, no clear pulse, an undecided key) is never an error: see
`unsung.model.outcomes`.
"""


class UnsungError(Exception):
    """One line: what was needed, what was given, what to do."""


class LibraryError(UnsungError):
    """A file or folder could not be read as music."""


class SettingsError(UnsungError):
    """A setting is unknown, of the wrong kind, or out of range."""


class StoreError(UnsungError):
    """The project folder could not be read or written."""


class EngineError(UnsungError):
    """The machines that should do the work could not be reached or gave up."""


class SourceError(UnsungError):
    """A service of the outside world did not answer as it should."""
