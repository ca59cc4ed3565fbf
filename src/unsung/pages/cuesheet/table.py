"""The cue sheet as a table: one row a cue, in the fields that performing rights societies list.

Columns that sound cannot fill are there and empty, for the person. A usage is a proposal; its
status says so.
"""

from collections.abc import Iterator

from unsung.model.cuesheet import Cue, CueSheet
from unsung.pages.cuesheet.timecode import frame_at, frame_of, timecode
from unsung.pages.exports.as_csv import csv_text
from unsung.pages.exports.columns import Cell, Column
from unsung.pages.exports.kinds import Table

_TO_CONFIRM = "to confirm"

COLUMNS = (
    Column("cue", "text", "Cue number: reel, m, number in the reel."),
    Column("title", "text", "Title of the album's track; of music with no source, empty."),
    Column("composers", "text", "As the album's tags say, joined by `; `."),
    Column("publishers", "text", "Left to the person."),
    Column("societies", "text", "Left to the person."),
    Column("usage", "text", "By rule; empty where sound cannot tell.", range="BI BV MT ET"),
    Column("usage_status", "text", "`to confirm` while no person has confirmed the usage."),
    Column("origin", "text", "Left to the person: commissioned, commercial or library."),
    Column("timecode_in", "text", "Label of the first frame with the cue, or `HH:MM:SS.mmm`."),
    Column("timecode_out", "text", "Label of the first frame after the cue, or `HH:MM:SS.mmm`."),
    Column("duration", "text", "`MM:SS`, to the nearest second."),
    Column("film_start_s", "number", "When the cue begins.", unit="s", range="0.."),
    Column("film_end_s", "number", "When it ends.", unit="s", range="0.."),
    Column("isrc", "text", "As the album's tags say."),
    Column("iswc", "text", "As the album's tags say."),
    Column("track", "text", "File of the track; empty where there is no source."),
    Column("stretches", "whole number", "How many uncut stretches it is; 0: no source."),
    Column("proof", "text", "The same recording, the same music in another take, or no source."),
    Column("confidence", "number", "Of the least certain stretch.", range="0..1", decimals=2),
)  # fmt: skip


def cue_table(sheet: CueSheet) -> Table:
    """The rows of the sheet, in film order; none for a film without music."""
    rows = [_row(sheet, cue) for cue in sheet.cues]
    by_column = list(zip(*rows, strict=True)) if rows else [() for _ in COLUMNS]
    return Table(
        COLUMNS,
        tuple(column.cells(values) for column, values in zip(COLUMNS, by_column, strict=True)),
    )


def cue_sheet_csv(sheet: CueSheet) -> str:
    """The table as CSV."""
    return csv_text(cue_table(sheet))


def header(sheet: CueSheet) -> tuple[tuple[str, str], ...]:
    """What stands above the rows: names and values, empty where a person has to fill them in."""
    return (
        ("Title", sheet.title),
        ("Production company", ""),
        ("Show length", clock(sheet.film_s)),
        ("Music length (of the album)", clock(sheet.music_s)),
        ("Music length (no source found)", clock(sheet.unknown_s)),
        ("Frames a second", _rate(sheet)),
    )


def label_at(sheet: CueSheet, time_s: float) -> str:
    """The timecode of a moment of the film; `HH:MM:SS.mmm` where frames do not come evenly."""
    if sheet.rate is None:
        whole, thousandths = divmod(round(time_s * 1000), 1000)
        return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}.{thousandths:03}"
    frame = frame_of(_first_label(sheet), sheet.rate) + frame_at(time_s, sheet.rate)
    return timecode(frame, sheet.rate, drop_frame=sheet.drop_frame)


def clock(duration_s: float) -> str:
    """`MM:SS`, to the nearest second; hours in front where there are any."""
    minutes, seconds = divmod(int(duration_s + 0.5), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes:02}:{seconds:02}"


def _first_label(sheet: CueSheet) -> str:
    label = sheet.first_label
    return f"{label[:-3]};{label[-2:]}" if sheet.drop_frame else label


def _rate(sheet: CueSheet) -> str:
    if sheet.rate is None:
        return "not even: times in thousandths of a second"
    exact = sheet.rate.frames_a_second
    return f"{float(exact):.3f}".rstrip("0").rstrip(".") + (
        " drop frame" if sheet.drop_frame else ""
    )


def _row(sheet: CueSheet, cue: Cue) -> tuple[Cell, ...]:
    span = cue.film_span
    proofs = dict.fromkeys(one.sameness for one in cue.placements) or ("unknown: no source found",)
    return (
        cue.number, cue.title, "; ".join(cue.composers), "", "",
        cue.usage, _TO_CONFIRM, "",
        label_at(sheet, span.start_s), label_at(sheet, span.end_s), clock(span.duration_s),
        span.start_s, span.end_s,
        "; ".join(_identified(cue, "isrc")), "; ".join(_identified(cue, "iswc")),
        cue.track_file, len(cue.placements), "; ".join(proofs), cue.confidence,
    )  # fmt: skip


def _identified(cue: Cue, kind: str) -> Iterator[str]:
    return (value for name, value in cue.identifiers if name.lower() == kind)
