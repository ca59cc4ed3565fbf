"""The memory answers what it has seen, asks again what has changed, and survives damage."""

from pathlib import Path

import numpy as np
import pytest

from unsung.model.notes import Notes
from unsung.model.sound import Feature
from unsung.model.time import Frames
from unsung.store import UNANSWERED, Known, Memory, known

calls: list[str] = []


def doubled(feature: Feature) -> Feature:
    calls.append("doubled")
    return Feature(feature.values * 2, feature.frames)


def peak(feature: Feature) -> float:
    calls.append("peak")
    return float(feature.values.max())


def rounded(feature: Feature, step: float) -> Feature:
    calls.append("rounded")
    return Feature(np.round(feature.values / step) * step, feature.frames)


@pytest.fixture(autouse=True)
def _forget_calls():
    calls.clear()


def a_feature(value: float = 1.0) -> Known[Feature]:
    return Known(f"feature {value}", lambda: Feature([[value, 2.0]], Frames(10)))


def test_a_question_is_worked_out_once(tmp_path: Path):
    first = Memory(tmp_path).ask(doubled, a_feature())
    again = Memory(tmp_path).ask(doubled, a_feature())
    assert again.value == first.value == Feature([[2.0, 4.0]], Frames(10))
    assert again.digest == first.digest
    assert calls == ["doubled"]


def test_another_argument_is_another_question(tmp_path: Path):
    memory = Memory(tmp_path)
    assert memory.ask(doubled, a_feature(1)).value != memory.ask(doubled, a_feature(3)).value


def test_another_setting_or_network_is_another_question(tmp_path: Path):
    memory = Memory(tmp_path)
    keys = {
        memory.ask(rounded, a_feature(), known(0.5)).key,
        memory.ask(rounded, a_feature(), known(0.25)).key,
        memory.ask(rounded, a_feature(), known(0.25), uses="network 2").key,
    }
    assert len(keys) == 3


def test_an_equal_answer_spares_what_follows(tmp_path: Path):
    """Rounding two different sounds gives one feature, whose peak is then asked once."""
    memory = Memory(tmp_path)
    for value in (1.0, 1.01):
        memory.ask(peak, memory.ask(rounded, a_feature(value), known(0.5)))
    assert calls.count("rounded") == 2
    assert calls.count("peak") == 1


def test_what_is_only_derived_is_worked_out_when_needed_and_not_kept(tmp_path: Path):
    memory = Memory(tmp_path)
    spectrum = memory.derive(doubled, a_feature())
    assert calls == []
    assert memory.ask(peak, spectrum).value == 4.0
    memory.ask(peak, Memory(tmp_path).derive(doubled, a_feature()))
    assert calls == ["doubled", "peak"]


def test_an_answer_that_was_damaged_is_worked_out_again(tmp_path: Path):
    answer = Memory(tmp_path).ask(doubled, a_feature()).value
    for path in tmp_path.rglob("*.npy"):
        path.write_bytes(path.read_bytes()[:20])
    for path in tmp_path.rglob("*.npy"):
        path.unlink()
    assert Memory(tmp_path).ask(doubled, a_feature()).value == answer
    assert calls == ["doubled", "doubled"]


def test_an_answer_file_cut_short_counts_as_no_answer(tmp_path: Path):
    answer = Memory(tmp_path).ask(peak, a_feature())
    for path in tmp_path.rglob("*.json"):
        path.write_bytes(path.read_bytes()[:10])
    assert Memory(tmp_path).ask(peak, a_feature()).value == answer.value
    assert calls == ["peak", "peak"]


def test_a_memory_that_only_recalls_lists_what_it_cannot_answer(tmp_path: Path):
    memory = Memory(tmp_path, only_recall=True)
    spectrum = memory.ask(doubled, a_feature())
    memory.ask(peak, spectrum)
    assert calls == []
    assert [asked.stage for asked in memory.unanswered] == [
        "test_memory.doubled",
        "test_memory.peak",
    ]
    assert memory.unanswered[1].arguments["feature"] == f"{UNANSWERED}test_memory.doubled"


def test_stages_are_told_only_when_they_are_worked_out(tmp_path: Path):
    told: list[str] = []
    for _time in range(2):
        Memory(tmp_path, on_stage=told.append).ask(peak, a_feature())
    assert told == ["test_memory.peak"]


def test_equal_arrays_are_kept_once(tmp_path: Path):
    memory = Memory(tmp_path)
    memory.ask(doubled, a_feature())
    memory.ask(rounded, Known("other", a_feature(2.0)._bring), known(2.0))
    notes = Notes.sorted([0, 1], [1, 1], [60, 62])
    assert memory.noun(memory.plain(notes), Notes) == notes
