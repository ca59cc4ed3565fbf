"""Stories on the shelf: cue sheets, campaigns, screenplays and subtitles as `Story`."""

from unsung.library.story.door import story_from

__all__ = ["story_from"]
