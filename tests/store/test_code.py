"""The version of code changes with what it says, not with how it is written down."""

import importlib
import sys
from pathlib import Path

import pytest

from unsung.store import code

STAGE = 'from stages.kernel import twice\n\n\ndef stage(x):\n    """Says."""\n    return twice(x)\n'
KERNEL = "def twice(x):\n    return 2 * x\n"


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    folder = tmp_path / "stages"
    folder.mkdir()
    (folder / "__init__.py").touch()
    (folder / "stage.py").write_text(STAGE)
    (folder / "kernel.py").write_text(KERNEL)
    monkeypatch.syspath_prepend(tmp_path)
    yield folder
    for name in [name for name in sys.modules if name.partition(".")[0] == "stages"]:
        del sys.modules[name]


def digest() -> str:
    importlib.invalidate_caches()
    for cached in (code._reached, code._module_digest, code._tree):
        cached.cache_clear()
    return code.code_digest("stages.stage")


def test_comments_layout_and_docstrings_do_not_matter(package: Path):
    before = digest()
    (package / "stage.py").write_text(STAGE.replace("Says", "Tells") + "\n\n# a comment\n")
    assert digest() == before


def test_what_the_code_says_matters(package: Path):
    before = digest()
    (package / "stage.py").write_text(STAGE.replace("twice(x)", "twice(x) + 1"))
    assert digest() != before


def test_what_a_sibling_beneath_says_matters(package: Path):
    before = digest()
    (package / "kernel.py").write_text(KERNEL.replace("2 * x", "3 * x"))
    assert digest() != before


def test_a_sibling_that_is_not_used_does_not_matter(package: Path):
    before = digest()
    (package / "other.py").write_text("X = 1\n")
    assert digest() == before


def test_what_a_part_of_the_same_layer_says_matters(package: Path):
    (package / "parts").mkdir()
    (package / "parts" / "__init__.py").touch()
    (package / "parts" / "deep.py").write_text("X = 1\n")
    (package / "kernel.py").write_text("from stages.parts.deep import X\n" + KERNEL)
    before = digest()
    (package / "parts" / "deep.py").write_text("X = 2\n")
    assert digest() != before
