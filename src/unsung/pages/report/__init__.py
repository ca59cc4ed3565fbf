"""The report: an album that was listened to, as one HTML page that needs nothing but itself.

The page opens from disk. Style, script and figures are inside it; only the sound stays beside it,
in native players that work without the script. The script adds time: it plays from wherever a
reader points. A content security policy names the style and the script by their digests and
forbids everything else, so text from tags can only ever be text.
"""

from unsung.pages.report.context import ReportContext
from unsung.pages.report.page import report

__all__ = ["ReportContext", "report"]
