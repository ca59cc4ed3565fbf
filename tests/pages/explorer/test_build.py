"""What is shipped is what the sources say; told only where Node and the builder are installed."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


@pytest.mark.skipif(shutil.which("node") is None, reason="Node builds the script, it is not needed")
@pytest.mark.skipif(
    not (ROOT / "frontend" / "node_modules" / "esbuild").exists(),
    reason="the builder is not installed; `npm ci` in frontend/ does it",
)
def test_the_shipped_script_and_style_are_those_of_the_sources():
    asked = [sys.executable, ROOT / "tools" / "check_explorer.py"]
    checked = subprocess.run(asked, check=False, capture_output=True, text=True)
    assert checked.returncode == 0, checked.stderr
