"""The page of recognition: what the world gave, what the sound shows, and what cannot be said.

In the look of the report. Every number leads to its row, and every row tells its source, when it
was asked, the digest of the bytes it stands in and the licence it came under.
"""

from unsung.pages.recognition.context import RecognitionContext
from unsung.pages.recognition.page import recognition_page

__all__ = ["RecognitionContext", "recognition_page"]
