"""The cue sheet to print or send: set by Typst, one row a cue, empty fields left for the person."""

import json
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from unsung.model.cuesheet import CueSheet
from unsung.model.errors import UnsungError
from unsung.pages.cuesheet.table import cue_table, header

_SHOWN = (
    ("cue", "Cue"), ("title", "Title"), ("composers", "Composers"), ("publishers", "Publishers"),
    ("usage", "Usage"), ("timecode_in", "In"), ("timecode_out", "Out"), ("duration", "Length"),
)  # fmt: skip


def cue_sheet_pdf(sheet: CueSheet) -> bytes:
    """The pages. Needs the extra `pdf`."""
    try:
        import typst  # noqa: PLC0415 (an extra)
    except ImportError as error:
        raise UnsungError(
            "a PDF needs the typesetter Typst, which is not installed:"
            " pip install 'unsung[pdf]', or choose another format"
        ) from error
    template = files("unsung.pages.cuesheet").joinpath("cuesheet.typ").read_bytes()
    written = json.dumps(_document(sheet), ensure_ascii=False)
    return bytes(typst.compile(template, format="pdf", sys_inputs={"document": written}))


def _document(sheet: CueSheet) -> Mapping[str, Any]:
    table = cue_table(sheet)
    columns = [table.names.index(name) for name, _ in _SHOWN]
    return {
        "title": sheet.title,
        "header": [pair for pair in header(sheet) if pair[0] != "Title"],
        "names": [name for _, name in _SHOWN],
        "rows": [["" if row[k] is None else str(row[k]) for k in columns] for row in table.rows],
    }
