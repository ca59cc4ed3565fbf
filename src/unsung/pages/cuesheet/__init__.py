"""Cue sheets in the industry's fields: as a table, as CSV, as an OpenTimelineIO timeline.

>>> sheet = CueSheet("Skerry", film_s, cues(placements, album, film_s), rate)
>>> text = cue_sheet_csv(sheet)
"""

from unsung.pages.cuesheet.cues import cues
from unsung.pages.cuesheet.of_film import cue_sheet
from unsung.pages.cuesheet.otio import cue_sheet_otio
from unsung.pages.cuesheet.pdf import cue_sheet_pdf
from unsung.pages.cuesheet.table import clock, cue_sheet_csv, cue_table, header, label_at
from unsung.pages.cuesheet.timecode import frame_at, frame_of, has_drop_frame, timecode

__all__ = [
    "clock", "cue_sheet", "cue_sheet_csv", "cue_sheet_otio", "cue_sheet_pdf", "cue_table", "cues",
    "frame_at", "frame_of", "has_drop_frame", "header", "label_at", "timecode",
]  # fmt: skip
