"""Tables as comma-separated values: RFC 4180, UTF-8, the first line names the columns.

An empty cell means no answer; outcomes such as `silent` are words.

Tags and file names come from strangers, and a spreadsheet runs a cell that begins with `=`, `+`,
`-` or `@` as a formula (OWASP, "CSV Injection"). Such text gets an apostrophe in front, as does
text that begins with apostrophes and then one of these, so that nothing is lost: a reader that
finds apostrophes before such a character takes one off. Numbers are never touched.
"""

import csv
import io
import re

from unsung.pages.exports.columns import Cell
from unsung.pages.exports.kinds import Table

_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")


def csv_text(table: Table) -> str:
    """The heading and the rows; lines end as RFC 4180 wants, with CR LF."""
    text = io.StringIO()
    lines = csv.writer(text)
    lines.writerow(table.names)
    lines.writerows([_guarded(cell) for cell in row] for row in table.rows)
    return text.getvalue()


def _guarded(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and _FORMULA.match(cell) else cell
