import sys
from pathlib import Path

import pytest

_TESTS = Path(__file__).parents[2]
for folder in ("pages", "web", "pages/explorer"):
    sys.path.insert(0, str(_TESTS / folder))

CHROMIUM = Path("/usr/bin/chromium")


@pytest.fixture(scope="module")
def chromium():
    """A browser for one module: of Playwright's only one may be open at a time."""
    from playwright.sync_api import sync_playwright

    if not CHROMIUM.exists():
        pytest.skip(f"Chromium is needed at {CHROMIUM}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(CHROMIUM), args=["--no-sandbox", "--mute-audio"]
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def shared(tmp_path_factory):
    """An album in the real server, for all tests that write nothing."""
    import explored

    with explored.served(tmp_path_factory.mktemp("shared")) as visitor:
        yield visitor


@pytest.fixture
def fresh(tmp_path):
    """An album of one's own, to write in."""
    import explored

    with explored.served(tmp_path) as visitor:
        yield visitor
