"""How well beats are found in music that has them, and how often music without is called so.

    python bench/beats.py --part report [--renders FOLDER] [--json]

Works of many kinds, played by people who do not keep time like a clock (`played.py`). F is
mir_eval's, within 70 ms, the first five seconds left out; AMLt forgives twice and half the tempo
and off-beats. `unsung` gives beats only where it calls the pulse clear; `unsung, everywhere` is the
best guess throughout. Peers: librosa's beat tracker; the network alone, decoded by the same search.

Of music that has no pulse (works played freely; drones, pads, clouds of notes, wind) the share of
the time that is called so; librosa has no word for it. `downbeats` is F of the downbeats, `metre`
the share of works whose bar is told, two for four forgiven.
"""

import warnings
from collections import defaultdict
from pathlib import Path

import mir_eval
import numpy as np
from librosa.beat import beat_track

from played import Playing, free_pieces, pieces, playing, textures
from rendered import arguments, printed
from unsung.listening.beat_strength import beat_strength
from unsung.listening.beats import followed
from unsung.listening.loudness import loudness
from unsung.listening.pulse import pulse
from unsung.listening.transcription import notes
from unsung.model.notes import Notes
from unsung.model.outcomes import NO_CLEAR_PULSE, Outcome
from unsung.model.pulse import Pulse
from unsung.model.settings import NotesSettings, TempoSettings
from unsung.model.sound import Audio

_SETTINGS = TempoSettings()
_EVERYWHERE = TempoSettings(least_clarity=0.0)


def main() -> None:
    """Prints the table for one part."""
    asked = arguments(__doc__)
    warnings.simplefilter("ignore", UserWarning)
    scores: defaultdict[str, defaultdict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    also = _with_pulse(scores, asked.part, asked.renders)
    also |= _without(asked.part, asked.renders)
    rows: list[dict[str, object]] = [
        {"who": who, **{what: float(np.mean(row)) for what, row in by_what.items()}}
        for who, by_what in scores.items()
    ]
    printed("beats", asked, rows, also)


def _with_pulse(
    scores: defaultdict[str, defaultdict[str, list[float]]], part: str, renders: Path
) -> dict[str, object]:
    called, bars, by_kind = [], [], defaultdict(list)
    for piece in pieces(part):
        heard = playing(piece, renders)
        found = _ours(heard.audio)
        for who, beats_s in _answers(heard.audio, found).items():
            scores[who]["F"].append(_f_measure(heard.beats_s, beats_s))
            scores[who]["AMLt"].append(_any_level(heard.beats_s, beats_s))
        by_kind[piece.kind].append(scores["unsung, everywhere"]["F"][-1])
        scores["unsung"]["downbeats"].append(_f_measure(heard.downbeats_s, found.beats.downbeats_s))
        called.append(1 - _unclear_share(found))
        bars.append(_told(heard, found))
    kinds = {f"F everywhere, {kind}": f"{np.mean(row):.2f}" for kind, row in by_kind.items()}
    return {
        **kinds,
        "pulse called clear, share of the time": f"{np.mean(called):.3f}",
        "metre told, share of works": f"{np.mean(bars):.3f}",
    }


def _without(part: str, renders: Path) -> dict[str, object]:
    free = [_unclear_share(_ours(playing(one, renders).audio)) for one in free_pieces(part)]
    textured = [_unclear_share(_ours(audio)) for _, audio in textures(part, renders)]
    return {
        "played freely, called so": f"{np.mean(free):.3f} ({len(free)})",
        "textures, called so": f"{np.mean(textured):.3f} ({len(textured)})",
        "pulseless music called so": f"{np.mean(free + textured):.3f}",
    }


def _heard_notes(audio: Audio) -> Notes:
    return notes(audio, NotesSettings())


def _ours(audio: Audio) -> Pulse:
    return pulse(audio, _heard_notes(audio), loudness(audio), _SETTINGS)


def _answers(audio: Audio, found: Pulse) -> dict[str, np.ndarray]:
    strength = beat_strength(audio)
    _, librosas_s = beat_track(y=audio.samples[0], sr=audio.sample_rate_hz, units="time")
    return {
        "unsung": found.beats.time_s,
        "unsung, everywhere": followed(strength, _heard_notes(audio), _EVERYWHERE).beats_s,
        "network alone": followed(strength, Notes.none(), _EVERYWHERE).beats_s,
        "librosa": librosas_s,
    }


def _f_measure(true_s: np.ndarray, found_s: np.ndarray) -> float:
    true_s, found_s = mir_eval.beat.trim_beats(true_s), mir_eval.beat.trim_beats(found_s)
    return float(mir_eval.beat.f_measure(true_s, found_s)) if len(found_s) else 0.0


def _any_level(true_s: np.ndarray, found_s: np.ndarray) -> float:
    true_s, found_s = mir_eval.beat.trim_beats(true_s), mir_eval.beat.trim_beats(found_s)
    return float(mir_eval.beat.continuity(true_s, found_s)[3]) if len(found_s) > 2 else 0.0


def _unclear_share(found: Pulse) -> float:
    unclear = [one.span for one in found.metres if one.beats_a_bar is NO_CLEAR_PULSE]
    return sum(span.duration_s for span in unclear) / found.metres[-1].span.end_s


def _told(heard: Playing, found: Pulse) -> bool:
    """Whether the longest metre is the written one; two for four is forgiven."""
    sizes: defaultdict[int, float] = defaultdict(float)
    for one in found.metres:
        if not isinstance(one.beats_a_bar, Outcome):
            sizes[one.beats_a_bar] += one.span.duration_s
    told = max(sizes, key=lambda size: sizes[size], default=0)
    return told == heard.beats_a_bar or {told, heard.beats_a_bar} == {2, 4}


if __name__ == "__main__":
    main()
