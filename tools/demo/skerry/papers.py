"""What lies beside the film: subtitles (SubRip) and the screenplay (Fountain)."""

from collections.abc import Sequence

from skerry.speech import Heard
from skerry.story import FILM_TITLE, SCENES, Scene


def subtitles(lines: Sequence[Heard]) -> str:
    """One numbered block a line."""
    return "\n".join(
        f"{number}\n{_clock(heard.line.start_s)} --> {_clock(heard.end_s)}\n{heard.line.text}\n"
        for number, heard in enumerate(lines, start=1)
    )


def _clock(time_s: float) -> str:
    whole_ms = round(time_s * 1000)
    minutes, ms = divmod(whole_ms, 60_000)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{ms // 1000:02},{ms % 1000:03}"


def screenplay(lines: Sequence[Heard]) -> str:
    """Scene headings, action and dialogue in the order of the film."""
    parts = [f"Title: {FILM_TITLE}\nCredit: Written for\nAuthor: Unsung\n"]
    ends_s = [scene.start_s for scene in SCENES[1:]] + [float("inf")]
    for scene, end_s in zip(SCENES, ends_s, strict=True):
        parts.append(_scene(scene, [h for h in lines if scene.start_s <= h.line.start_s < end_s]))
    return "\n".join(parts)


def _scene(scene: Scene, lines: Sequence[Heard]) -> str:
    spoken = "\n".join(_dialogue(heard) for heard in lines)
    return f"{scene.heading}\n\n{scene.action}\n\n{spoken}"


def _dialogue(heard: Heard) -> str:
    line = heard.line
    aside = f" ({line.manner})" if line.manner in ("V.O.", "off") else ""
    manner = f"({line.manner})\n" if line.manner and not aside else ""
    return f"{line.speaker}{aside}\n{manner}{line.text}\n"
