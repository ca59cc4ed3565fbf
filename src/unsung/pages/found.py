"""Places where a line comes back, as a terminal and as a program want them."""

import json
from typing import Any

from unsung.model.hearing import Soundtrack
from unsung.model.motif import Occurrence

_INTERVALS = (
    "the same key", "a semitone", "a whole tone", "a minor third", "a major third", "a fourth",
    "a tritone", "a fifth", "a minor sixth", "a major sixth", "a minor seventh", "a major seventh",
)  # fmt: skip


def found_as_text(places: tuple[Occurrence, ...], soundtrack: Soundtrack) -> str:
    """A line each: how sure, where, in which key, how fast, and what changed."""
    if not places:
        return "it comes back nowhere"
    return "\n".join(_line(one, soundtrack) for one in places)


def found_as_json(places: tuple[Occurrence, ...]) -> str:
    """A list of objects, the surest first."""
    return json.dumps([_plain(one) for one in places], ensure_ascii=False, indent=2)


def interval_words(semitones: int) -> str:
    """A transposition as a musician says it: `a fourth up`, `an octave and a third down`."""
    octaves, rest = divmod(abs(semitones), 12)
    if not semitones:
        return _INTERVALS[0]
    whole = {0: "", 1: "an octave"}.get(octaves, f"{octaves} octaves")
    both = " and ".join(part for part in (whole, _INTERVALS[rest] if rest else "") if part)
    return f"{both} {'up' if semitones > 0 else 'down'}"


def _line(one: Occurrence, soundtrack: Soundtrack) -> str:
    title = soundtrack[one.track_file].track.title
    told = [interval_words(one.transposition_semitones)]
    told += [f"{one.tempo_ratio:.2g} times as fast"] if "tempo" in one.changes else []
    told += [change for change in one.changes if change not in ("key", "tempo", "register")]
    when = f"{_clock(one.span.start_s)}–{_clock(one.span.end_s)}"
    return f"{one.confidence:4.2f}  {when:>13}  {title}: {', '.join(told)}"


def _plain(one: Occurrence) -> dict[str, Any]:
    notes = zip(one.notes.onset_s.tolist(), one.notes.midi_pitch.tolist(), strict=True)
    return {
        "track": one.track_file,
        "start_s": one.span.start_s,
        "end_s": one.span.end_s,
        "transposition_semitones": one.transposition_semitones,
        "tempo_ratio": one.tempo_ratio,
        "changes": list(one.changes),
        "confidence": one.confidence,
        "notes": [list(note) for note in notes],
    }


def _clock(seconds: float) -> str:
    minutes, rest = divmod(seconds, 60)
    return f"{int(minutes)}:{rest:04.1f}"
