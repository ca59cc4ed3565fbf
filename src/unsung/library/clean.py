"""Text out of tags and file names, which may hold anything, made fit to be shown."""

import re
import unicodedata

_LONGEST = 300
_UNSHOWN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_JOINERS = "\u200c\u200d"  # they shape letters in Persian and Hindi
_PLACEHOLDER = re.compile(
    r"""(
        [\W_]* (unknown|untitled|unnamed|none|null|n/?a|undefined|default)
            (\s+(artist|album|title|track|genre|composer|performer))? [\W_\d]*
      | [\W_]* (no|kein|sans) \s+ (artist|album|titel|title|titre) [\W_\d]*
      | (audio|midi)?\s*(track|titel|title|piste|pista|traccia|spor|spår|faixa|staff|ch|channel)
            \.?\s*[#_-]?\s*\d*
      | midi\s*\d+
      | [\W_]*
    )""",
    re.IGNORECASE | re.VERBOSE,
)


def cleaned(text: str) -> str:
    """`text` in one line, without what cannot be shown, of bearable length; placeholders stay."""
    shown = "".join(_visible(letter) for letter in mended(text[: 4 * _LONGEST]))
    line = " ".join(unicodedata.normalize("NFC", shown).split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1].rstrip() + "…"


def said(text: str) -> str:
    """`text` cleaned; empty where it says nothing, as "Unknown Artist" or "Track 01"."""
    line = cleaned(text)
    return "" if "\ufffd" in line or _PLACEHOLDER.fullmatch(line) else line


def mended(text: str) -> str:
    """`text` with mojibake undone where it is certain: UTF-8 that was read as Latin-1.

    Genuine Latin text in which every letter beyond ASCII forms valid UTF-8 does not occur.
    """
    if text.isascii():
        return text
    for encoding in ("latin-1", "cp1252"):
        try:
            return text.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
    return text


def _visible(letter: str) -> str:
    if letter in _JOINERS:
        return letter
    if letter.isspace():
        return " "
    return "" if unicodedata.category(letter) in _UNSHOWN else letter
