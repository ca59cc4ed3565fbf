"""What a page that needs nothing but itself is made of: shipped files, and leave for them alone."""

import base64
import hashlib
from functools import cache
from importlib.resources import files


@cache
def shipped(package: str, name: str) -> str:
    """The text of a file that lies in a package of ours: a template, a style, a script."""
    return files(package).joinpath(name).read_text("utf-8")


def allowed(text: str) -> str:
    """How a content security policy names this style or script, and no other, by its digest."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
