"""Who writes."""

import getpass


def person() -> str:
    """The name under which somebody is logged in; "somebody" where the machine knows none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "somebody"
