"""Stretches that echo each other: the fast search against a slow and obvious one."""

import numpy as np
import pytest

from unsung.model.notes import Notes
from unsung.motifs.alignment import FARTHEST_SEMITONES, REACH, STANDING_STILL, aligned, echoes
from unsung.motifs.lines import lines
from unsung.motifs.seeds import seeds

PRICES = np.array((0.8, 0.9, 0.25, 0.3))
THEME = (0, 4, 2, 7, 5, 9, 11, 6)


def line(*pitches: int, lasts_s: float = 0.4) -> Notes:
    onset = lasts_s * np.arange(len(pitches))
    return Notes.sorted(onset, lasts_s, np.array(pitches), 1.0)


def varied(up: int, lasts_s: float = 0.4) -> Notes:
    return line(*(60 + up + step for step in THEME), lasts_s=lasts_s)


def wandering(seed: int, count: int = 12) -> list[int]:
    return np.random.default_rng(seed).integers(55, 75, count).tolist()


def best_of_all(led) -> float:
    """The best alignment of any two stretches, the earlier first, without seeds or bands."""
    semitone, octave, passed, unsteady = PRICES
    best, score, pace = 0.0, np.zeros((len(led), len(led))), np.zeros((len(led), len(led)))
    for i in range(len(led)):
        for j in range(i + 1, len(led)):
            for di in range(1, REACH + 1):
                for dj in range(1, REACH + 1):
                    a, b = i - di, j - dj
                    if a < 0 or b <= a or led.line[a] != led.line[i] or led.line[b] != led.line[j]:
                        continue
                    step = led.pitch[i] - led.pitch[a]
                    off = abs(step - (led.pitch[j] - led.pitch[b])) % 12
                    off = min(off, 12 - off)
                    if off > FARTHEST_SEMITONES:
                        continue
                    waits = led.onset_s[j] - led.onset_s[b], led.onset_s[i] - led.onset_s[a]
                    ratio = np.log2(waits[0]) - np.log2(waits[1])
                    known = score[a, b]
                    turn = abs(ratio - pace[a, b]) if known > 0 else 0
                    worth = STANDING_STILL if step % 12 == 0 else 1.0
                    total = known + worth * min(led.surely[i], led.surely[j]) - semitone * off
                    total -= octave * min(abs(ratio), 2) + unsteady * min(turn, 2)
                    total -= passed * (di + dj - 2)
                    if total > score[i, j]:
                        score[i, j] = total
                        pace[i, j] = 0.7 * pace[a, b] + 0.3 * ratio if known > 0 else ratio
            best = max(best, score[i, j])
    return best


def found(*tracks: Notes) -> np.ndarray:
    led = lines(tracks)
    return echoes(led.pitch, led.onset_s, led.surely, led.line, seeds(led), PRICES, 2.0)


@pytest.mark.parametrize("seed", range(5))
def test_the_best_echo_is_the_best_alignment_of_all(seed):
    theme = [60 + step for step in THEME]
    other = [65 + step for step in THEME]
    first = line(*wandering(seed), *theme, *wandering(seed + 10))
    second = line(*wandering(seed + 20), *other, *wandering(seed + 30))
    assert found(first, second)[:, 0].max() == pytest.approx(best_of_all(lines((first, second))))


@pytest.mark.parametrize(("up", "lasts_s"), [(0, 0.4), (5, 0.4), (-7, 0.4), (0, 0.6), (12, 0.3)])
def test_a_line_echoes_in_another_key_and_tempo(up, lasts_s):
    rows = found(varied(0), varied(up, lasts_s))
    assert rows[rows[:, 0].argmax(), 1:].tolist() == [0, 7, 8, 15]


def test_an_ornament_does_not_break_an_echo():
    plain, ornamented = varied(0), line(60, 64, 62, 67, 69, 67, 65, 69, 71, 66)
    best = found(plain, ornamented)
    assert best[best[:, 0].argmax(), 1:].tolist() == [0, 7, 8, 17]


def test_no_echo_crosses_from_one_track_into_the_next():
    half = [60 + step for step in THEME[:4]]
    rest = [60 + step for step in THEME[4:]]
    rows = found(line(*half), line(*rest), line(*half, *rest))
    assert (np.diff(rows[:, 1:3], axis=1) < 4).all()


def test_lines_without_steps_have_no_seeds():
    assert seeds(lines((line(*[60] * 50),))).shape == (0, 2)
    assert seeds(lines(())).shape == (0, 2)
    assert seeds(lines((line(60),))).shape == (0, 2)


def test_an_alignment_tells_its_pairs_from_the_last_to_the_first():
    led = lines((varied(0), varied(3)))
    score, path = aligned(led.pitch, led.onset_s, led.surely, led.line, 4, 12, PRICES)
    assert score == pytest.approx(7)
    assert path == [(k, k + 8) for k in range(7, -1, -1)]
