"""Builds the pages' scripts and style again and compares them with those that are shipped.

    python tools/check_explorer.py

Says so, and is content, where Node is missing or the builder cannot be fetched: installing and
using Unsung needs neither.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
FRONTEND = ROOT / "frontend"
PAGES = ROOT / "src" / "unsung" / "pages"


def main() -> int:
    """0 where the shipped files are those of the sources, or where that cannot be told."""
    node = shutil.which("node")
    if node is None or not _has_builder():
        print("explorer: not compared, for Node is missing or its packages cannot be fetched")
        return 0
    with tempfile.TemporaryDirectory() as built:
        subprocess.run([node, FRONTEND / "build.mjs", built], check=True)
        differ = [
            one.name
            for one in sorted(Path(built).rglob("*.*"))
            if one.read_bytes() != (PAGES / one.relative_to(built)).read_bytes()
        ]
    if differ:
        print(
            f"explorer: {' and '.join(differ)} are not what frontend/ builds;"
            " run `node frontend/build.mjs`",
            file=sys.stderr,
        )
        return 1
    print("explorer: script and style are those of the sources")
    return 0


def _has_builder() -> bool:
    """Whether the builder is there, or could be fetched as the lock file has it."""
    npm = shutil.which("npm")
    if (FRONTEND / "node_modules" / "esbuild").exists():
        return True
    return (
        npm is not None
        and subprocess.run([npm, "ci", "--silent"], cwd=FRONTEND, check=False).returncode == 0
    )


if __name__ == "__main__":
    sys.exit(main())
