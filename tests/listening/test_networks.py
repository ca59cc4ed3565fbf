import hashlib
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from unsung.listening.networks import arrays, arrays_digest, session, weights_digest

NOTICE = Path(__file__).parents[2] / "NOTICE"
SHIPPED = sorted(
    file.name.removesuffix(".onnx")
    for file in (files("unsung.listening") / "weights").iterdir()
    if file.name.endswith(".onnx")
)


def test_the_networks_for_notes_theme_chords_and_sounds_are_shipped() -> None:
    known = {"beatnet", "chords", "nmp", "theme_chroma_ctc", "theme_chroma_strong", "yamnet"}
    assert set(SHIPPED) == known


@pytest.mark.parametrize("name", SHIPPED)
def test_a_network_is_loaded_once(name: str) -> None:
    assert session(name) is session(name)


@pytest.mark.parametrize("name", SHIPPED)
def test_a_network_runs_on_one_thread_of_the_processor(name: str) -> None:
    options = session(name).get_session_options()
    assert (options.intra_op_num_threads, options.inter_op_num_threads) == (1, 1)
    assert session(name).get_providers() == ["CPUExecutionProvider"]


@pytest.mark.parametrize("name", SHIPPED)
def test_the_digest_is_that_of_the_shipped_file_and_the_notice_names_it(name: str) -> None:
    shipped = (files("unsung.listening") / "weights" / f"{name}.onnx").read_bytes()
    assert f"Shipped digest  {weights_digest(name)}" in NOTICE.read_text(encoding="utf-8")
    assert weights_digest(name) == hashlib.sha256(shipped).hexdigest()


def test_our_own_weights_come_as_single_precision_and_are_read_once() -> None:
    assert arrays("instruments") is arrays("instruments")
    assert all(part.dtype == np.float32 for part in arrays("instruments").values())
    assert len(arrays_digest("instruments")) == 64


def test_a_network_that_is_not_shipped_is_not_found() -> None:
    with pytest.raises(FileNotFoundError):
        session("no-such-network")
