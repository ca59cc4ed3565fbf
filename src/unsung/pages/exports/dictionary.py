"""The data dictionary: what each column of each export means, in which unit and range."""

from collections.abc import Iterator, Sequence
from typing import Literal

from unsung.pages.exports.as_csv import csv_text
from unsung.pages.exports.catalogue import EXPORTS
from unsung.pages.exports.columns import Column
from unsung.pages.exports.formats import FORMATS
from unsung.pages.exports.kinds import ExportKind, Table

_ENTRY = (
    Column("export", "text", "Name of the export."),
    Column("column", "text", "Name of the column."),
    Column("type", "text", "Kind of its cells."),
    Column("unit", "text", "Unit; empty where there is none."),
    Column("range", "text", "Where its values lie; `1..` has no upper end."),
    Column("words", "text", "Outcomes that may stand instead, joined by `; `."),
    Column("meaning", "text", "What it tells."),
)

_CELLS = """\
An empty cell (`null` in JSON) means that there is no answer: a tag is missing, or this kind of
track cannot be heard so. A word in a column of numbers is an outcome, such as `silent`.

Text that a spreadsheet would run as a formula (it begins with `=`, `+`, `-` or `@`) gets an
apostrophe in front in CSV; take one off to have it as it was."""

_USES = """\
Playlists and edit lists name sound files as seen from where `--out` puts them; without `--out`,
and taken from a page, as seen from the album's own folder: save them there. `--whole-paths` writes
whole paths. VLC begins and ends each entry of a playlist where it says (`#EXTVLCOPT`); players that
do not know this play whole tracks. mpv plays an edit list as one file, each place a chapter. What
lies in an archive, and scores, no player could open: the list says how many those are.

```sh
unsung export ALBUM motifs --format m3u8 --out ALBUM     # a list for each motif, beside the music
unsung export ALBUM motifs --motif A --format edl --out ALBUM/a.edl && mpv ALBUM/a.edl
unsung export ALBUM sections --format lrc --out ALBUM    # named like the tracks: players find them
unsung export ALBUM everything --format tilia --whole-paths --out timelines

ffmpeg -i in.m4a -i some.ffmetadata -map 0 -map_chapters 1 -codec copy out.m4a    # also MP3, MKV
metaflac --import-tags-from=some.chapters.txt track.flac
vorbiscomment -a -c some.chapters.txt track.ogg
mkvmerge -o out.mkv --chapters film.chapters.txt film.mkv
```

TiLiA (0.6) looks for the sound from where it was started, so give it whole paths, or load the
sound by hand. Wiki tables hold titles and names as text, whatever is in them."""


def dictionary(form: Literal["markdown", "csv"] = "markdown") -> str:
    """All columns of all exports, each once."""
    return csv_text(_table()) if form == "csv" else "\n".join(_page()) + "\n"


def _table() -> Table:
    entries = [_entry(kind, column) for kind in EXPORTS for column in kind.columns]
    cells = zip(_ENTRY, zip(*entries, strict=True), strict=True)
    return Table(_ENTRY, tuple(column.cells(values) for column, values in cells))


def _entry(kind: ExportKind, column: Column) -> tuple[str, ...]:
    words = "; ".join(column.words)
    cells = (column.name, column.type, column.unit, column.range, words, column.meaning)
    return (kind.what, *cells)


def _page() -> Iterator[str]:
    yield "# What `unsung export` writes\n"
    yield "`unsung export DIR WHAT --format FORMAT` writes one of these, or `everything`.\n"
    yield from _formats()
    yield f"\n{_CELLS}\n"
    yield _USES
    for kind in EXPORTS:
        yield from _section(kind)


def _formats() -> Iterator[str]:
    yield "| format | is | has |"
    yield "|---|---|---|"
    for one in FORMATS:
        has = "all" if len(one.whats) == len(EXPORTS) else ", ".join(one.whats)
        yield _row((f"`{one.name}`", one.meaning, has))


def _section(kind: ExportKind) -> Iterator[str]:
    yield f"\n## {kind.what}\n"
    yield f"{kind.meaning}\n"
    yield "| column | type | unit | range | words | meaning |"
    yield "|---|---|---|---|---|---|"
    for column in kind.columns:
        _, name, *rest = _entry(kind, column)
        yield _row((f"`{name}`", *rest))


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
