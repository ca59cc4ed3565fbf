"""Unsung listens to a complete soundtrack and makes the case for it, with evidence to play.

import unsung

soundtrack = unsung.listen("The Battle for Wesnoth/")
for heard in soundtrack.heard:
    print(heard.track.title, heard.hearing.key.overall)
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from unsung.model.errors import UnsungError
    from unsung.model.hearing import Soundtrack
    from unsung.model.settings import Settings
    from unsung.pipeline import listen, remembered, why

__version__ = "0.1.0"
__all__ = ["Settings", "Soundtrack", "UnsungError", "listen", "remembered", "why"]

_HOMES = {
    "Settings": "unsung.model.settings",
    "Soundtrack": "unsung.model.hearing",
    "UnsungError": "unsung.model.errors",
    "listen": "unsung.pipeline",
    "remembered": "unsung.pipeline",
    "why": "unsung.pipeline",
}


def __getattr__(name: str) -> Any:
    """Bring what is asked for only then: the terminal's door must open at once."""
    if name not in _HOMES:
        raise AttributeError(f"unsung has no {name!r}; it has {', '.join(__all__)}")
    from importlib import import_module  # noqa: PLC0415

    return getattr(import_module(_HOMES[name]), name)
