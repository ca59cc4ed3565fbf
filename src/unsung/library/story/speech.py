"""Who says a `[message]` of a Wesnoth scenario."""

from collections.abc import Mapping

from unsung.library.story.wml import Tag

_NOBODY = {"", "narrator", "unit", "second_unit"}
"""Nobody, or whomever a player's moves brought there."""


def speaker(message: Tag, names: Mapping[str, str]) -> str:
    """Who says it; empty where the script leaves that open."""
    who = message.said("speaker") or message.said("id")
    if who in _NOBODY or not is_name(who) or "," in who:
        return ""
    return names.get(who, who)


def is_name(said: str) -> bool:
    """Whether somebody can be called so: no variable that a script fills in, and not `?` alone."""
    return "$" not in said and any(map(str.isalpha, said))
