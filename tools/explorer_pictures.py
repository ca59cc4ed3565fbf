"""Takes the pictures of the explorer in `docs/pictures`, of an album that was listened to.

    python tools/explorer_pictures.py ADDRESS

ADDRESS is that of the album as `unsung serve ALBUM --no-open` prints it. Needs Chromium.
"""

import sys
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

PICTURES = Path(__file__).parents[1] / "docs" / "pictures"
_WIDE, _NARROW = (1280, 900), (360, 780)
Act = Callable[[Page], None]


def _as_it_is(_page: Page) -> None:
    """Nothing is done before the picture."""


def _to(selector: str) -> Act:
    """Scrolled to what the selector names, below the bar."""

    def scroll(page: Page) -> None:
        page.locator(selector).first.evaluate(
            "one => scrollTo({ top: one.getBoundingClientRect().top + scrollY - 70,"
            " behavior: 'instant' })"
        )

    return scroll


def _compared(page: Page) -> None:
    """Two occurrences side by side, the second heard."""
    page.locator("[data-act=compare]").nth(2).click()
    page.wait_for_selector(".dock .sides:not([hidden])")
    page.keyboard.press("x")
    page.wait_for_timeout(700)
    _to(".compared-now")(page)


def _found(page: Page) -> None:
    """More like a passage."""
    page.locator("[data-do=find]").click()
    page.wait_for_selector(".places-found")
    _to(".selection")(page)


def _filmed(page: Page) -> None:
    """The film with its strip drawn, where there is one."""
    page.wait_for_timeout(4000)
    _to(".screen")(page)


SHOTS: tuple[tuple[str, str, str, tuple[int, int], Act], ...] = (
    ("album", "", "light", _WIDE, _as_it_is),
    ("map", "", "dark", _WIDE, _to("#motifs")),
    ("track", "track/2#t=13,17", "light", _WIDE, _to(".play-from")),
    ("find", "track/2#t=13,17", "light", _WIDE, _found),
    ("motif", "motif/A", "light", _WIDE, _as_it_is),
    ("compare", "motif/A", "dark", _WIDE, _compared),
    ("film", "film#t=143", "light", _WIDE, _filmed),
    ("gems", "gems", "light", _WIDE, _as_it_is),
    ("findings", "findings", "light", _WIDE, _as_it_is),
    ("article", "article", "light", _WIDE, _as_it_is),
    ("search", "search?q=harp", "light", _WIDE, _as_it_is),
    ("library", "/", "light", _WIDE, _as_it_is),
    ("narrow-album", "", "light", _NARROW, _to("#motifs")),
    ("narrow-track", "track/2#t=13,17", "dark", _NARROW, _to(".lanes-scroll")),
)


def main(address: str) -> None:
    """Takes them all."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--mute-audio"]
        )
        for name, path, scheme, size, act in SHOTS:
            _take(browser, name, _address(address, path), scheme, size, act)
        browser.close()


def _address(album: str, path: str) -> str:
    return album.split("/a/", maxsplit=1)[0] + "/" if path == "/" else album + path


def _take(
    browser: Browser, name: str, address: str, scheme: str, size: tuple[int, int], act: Act
) -> None:
    page = browser.new_page(
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    page.goto(address)
    page.wait_for_timeout(800)
    act(page)
    page.wait_for_timeout(200)
    page.screenshot(path=PICTURES / f"explorer-{name}.png")
    page.close()
    print(name, flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
