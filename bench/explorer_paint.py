"""How soon the explorer is seen, and how smoothly its map moves: a real Chromium, a real server.

    python bench/explorer_paint.py --made 60     # made hearings with 5,000 occurrences
    python bench/explorer_paint.py ALBUM [--project HOME]

"Never opened" is the first request to a server that was just started, of an album whose page it has
never drawn; "opened before" the same after an earlier start has kept the page; "warm" a request to
a server that knows the album. Each start has a browser profile of its own, so that nothing comes
from a cache. Frame cost is what drawing takes within an animation frame, not the time between two.
Needs Chromium and `pip install -e '.[test]'`.
"""

import argparse
import gzip
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "web"))
sys.path.insert(0, str(Path(__file__).parent))

CHROMIUM = "/usr/bin/chromium"
TIMES = 3
MOST_WAIT_S = 120
PAINTS = """() => Object.fromEntries(
  performance.getEntriesByType("paint").map((it) => [it.name, it.startTime])
)"""
CHOOSE = """(it, to) => {
  it.value = to; it.dispatchEvent(new Event("change", { bubbles: true }));
}"""
FRAMES = """async () => {
  const costs = [], next = window.requestAnimationFrame.bind(window);
  window.requestAnimationFrame = (draw) => next((at) => {
    const began = performance.now(); draw(at); costs.push(performance.now() - began);
  });
  const acts = ["in", "right", "left", "in", "right", "out", "whole", "in", "out", "whole"];
  const settled = () => new Promise((done) => next(() => next(done)));
  for (const act of acts) for (let k = 0; k < 3; k++) {
    document.querySelector(`[data-map=${act}]`).click();
    await settled();
  }
  const canvas = document.querySelector(".map-canvas canvas");
  for (let k = 0; k < 60; k++) {
    const zooms = { ctrlKey: true, deltaY: k < 30 ? -40 : 40 };
    const by = k % 20 < 10 ? zooms : { deltaX: 60 };
    const how = { bubbles: true, cancelable: true, clientX: 700, clientY: 300, ...by };
    canvas.dispatchEvent(new WheelEvent("wheel", how));
    await settled();
  }
  return costs.sort((a, b) => a - b);
}"""


def main() -> None:
    """Print a line for each figure."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("place", nargs="?", type=Path)
    asked.add_argument("--project", type=Path)
    asked.add_argument("--made", type=int, help="how many tracks to make instead")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = given.place or import_module("explorer").made(Path(folder) / "album", given.made)
        _bundle()
        _measured(place, given.project, Path(folder) / "home")


def _bundle() -> None:
    from unsung.pages.explorer import STATIC_FILES, static_file  # noqa: PLC0415

    whole = b"".join(map(static_file, STATIC_FILES))
    print(f"{'script and style, gzipped':36} {len(gzip.compress(whole, 9)) / 1000:8.1f} kB")


def _measured(place: Path, project: Path | None, home: Path) -> None:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        _cold(browser, place, project, home, "never opened", forgetting=True)
        with _served(place, project, home) as (address, _):
            _until_kept(home)
        _cold(browser, place, project, home, "opened before", forgetting=False)
        with _served(place, project, home) as (address, _):
            _until_kept(home)
            _viewed(browser, address)
            _told("warm", [_viewed(browser, address) for _ in range(TIMES)])
            _frames(browser, address)
        browser.close()


def _cold(
    browser: Any, place: Path, project: Path | None, home: Path, name: str, *, forgetting: bool
) -> None:
    """The first view after a start, several starts."""
    found, starts_s = [], []
    for _ in range(TIMES):
        for page in _kept(home) if forgetting else ():
            page.unlink()
        with _served(place, project, home) as (address, started_s):
            starts_s.append(started_s)
            found.append(_viewed(browser, address))
    print(f"{f'{name}: server started':36} {1000 * statistics.median(starts_s):8.0f} ms")
    _told(name, found)


@contextmanager
def _served(place: Path, project: Path | None, home: Path) -> Iterator[tuple[str, float]]:
    """`unsung serve` in a process of its own: its address, and how long it took to say it."""
    env = {**os.environ, "XDG_CONFIG_HOME": str(home), "XDG_CACHE_HOME": str(home)}
    named = ["--project", str(project)] if project else []
    asked = [sys.executable, "-m", "unsung", "serve", str(place), *named, "--no-open"]
    began_s = time.perf_counter()
    with subprocess.Popen(asked, env=env, text=True, stdout=subprocess.PIPE) as running:
        line = running.stdout.readline() if running.stdout else ""
        started_s = time.perf_counter() - began_s
        try:
            yield re.sub(r"\s.*", "", line, flags=re.DOTALL), started_s
        finally:
            running.kill()


def _kept(home: Path) -> list[Path]:
    return list((home / "unsung" / "pages").glob("*.page"))


def _until_kept(home: Path) -> None:
    """The page is kept once all that it shows is known."""
    until_s = time.monotonic() + MOST_WAIT_S
    while not _kept(home) and time.monotonic() < until_s:
        time.sleep(0.5)


def _viewed(browser: Any, address: str) -> dict[str, float]:
    """Milliseconds from asking for the album's page to the first answer, paints, and the map."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(address)
    page.wait_for_selector(".map-view:not([hidden])")
    shown_ms = page.evaluate("performance.now()")
    page.wait_for_timeout(300)
    answered = page.evaluate("performance.getEntriesByType('navigation')[0].responseStart")
    paints = page.evaluate(PAINTS)
    context.close()
    return {"first byte": answered, **paints, "map seen, at most": shown_ms}


def _told(name: str, found: list[dict[str, float]]) -> None:
    for what in found[0]:
        print(f"{f'{name}: {what}':36} {statistics.median(one[what] for one in found):8.0f} ms")


def _frames(browser: Any, address: str) -> None:
    """What a frame costs while the map is zoomed and moved, along the album and in other orders."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(address)
    page.wait_for_selector(".map-view:not([hidden])")
    page.locator(".map-canvas canvas").scroll_into_view_if_needed()
    orders = page.locator(".map-view select[name=order] option")
    for order in [one.get_attribute("value") for one in orders.all()][:3]:
        page.locator(".map-view select[name=order]").evaluate(CHOOSE, order)
        costs = page.evaluate(FRAMES)
        middle, most = costs[len(costs) // 2], costs[int(0.9 * len(costs))]
        words = f"frame, {order or 'album'} order: median, p90"
        print(f"{words:36} {middle:8.1f} {most:.1f} ms ({len(costs)} frames)")
    page.close()


if __name__ == "__main__":
    main()
