"""`unsung serve`: the explorer in a browser; `unsung publish`: the same as a folder of files."""

import os
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from unsung.cli.options import PLACE, PROJECT
from unsung.model.errors import SettingsError

if TYPE_CHECKING:
    from unsung.model.finding import Finding
    from unsung.model.hearing import Soundtrack
    from unsung.model.story import Story
    from unsung.web import Pages

USUAL_PORT = 8737


@click.command()
@click.argument("place", type=click.Path(path_type=Path, exists=True), required=False)
@PROJECT
@click.option(
    "--port", type=click.IntRange(1, 65_535), help=f"Default: {USUAL_PORT}, or a free one."
)
@click.option("--no-open", is_flag=True, help="Do not open the browser.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Whom to serve besides you.")
@click.option("--password", default="", envvar="UNSUNG_PASSWORD", help="Needed with --host.")
def serve(
    place: Path | None, project: Path | None, port: int | None, no_open: bool, host: str,
    password: str,
) -> None:  # fmt: skip
    """Explore PLACE in a browser, or the library of all albums known here.

    Only this machine can reach the pages unless --host says otherwise, which needs a password
    (best given in UNSUNG_PASSWORD; the name asked for beside it does not matter). Ctrl-C ends it.
    """
    import threading
    import webbrowser

    import uvicorn

    from unsung.web import (
        Guard,
        KeptPages,
        KnownAlbums,
        albums_path,
        explorer,
        kept_pages_path,
        shelved,
    )

    guard, known = Guard(host, password), KnownAlbums(albums_path())
    album = known.add(place, project) if place else None
    app = explorer(guard, known, shown_pages(), KeptPages(kept_pages_path()))
    if album:
        app.state.desk.open.opened(album)
    with _listening_socket(host, port) as door:
        is_heard = album is not None and shelved(album).state == "heard"
        address = _address(door, host) + (f"a/{album.slug}/" if album and is_heard else "")
        click.echo(f"{address}  (Ctrl-C ends it)")
        if not no_open and _has_a_screen():
            threading.Timer(0.5, webbrowser.open, [address]).start()
        settings = uvicorn.Config(
            app, log_level="warning", access_log=False, server_header=False,
            limit_concurrency=200, timeout_graceful_shutdown=2, ws="none",
        )  # fmt: skip
        try:
            uvicorn.Server(settings).run(sockets=[door])
        except KeyboardInterrupt:
            click.echo("closed", err=True)


def _has_a_screen() -> bool:
    """Whether a browser has a window to open; a text browser would take the terminal."""
    named = ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")
    return sys.platform in ("darwin", "win32") or any(map(os.environ.get, named))


@click.command()
@PLACE
@click.argument("out", type=click.Path(path_type=Path))
@PROJECT
def publish(place: Path, out: Path, project: Path | None) -> None:
    """Write the explorer of PLACE into the folder OUT, for any web host, without sound.

    Nothing can be written there, and a reader's own copy of the album plays in the reader's
    browser. A folder that was published before is written again; no other is touched.
    """
    from unsung import __version__, pipeline
    from unsung.session.published import keep_published
    from unsung.web.pages import Given
    from unsung.web.playing import outlines

    home, pages = pipeline.home_of(place, project), shown_pages()
    soundtrack = pipeline.remembered(home)
    found = pages.find(soundtrack, home)
    given = Given(
        soundtrack, found, "album", positions={}, write_token="",
        version=__version__, outlines=outlines(place, home, soundtrack),
        story=pages.tell(soundtrack, home),
    )  # fmt: skip
    article = pipeline.article_formats(soundtrack, found, home)
    files = pages.folder(pages.context(given), article=article)
    click.echo(keep_published(out, files) / "index.html")


def shown_pages() -> "Pages":
    """The pages that readers see."""
    from unsung.web.drawn import drawn_pages

    def findings(soundtrack: "Soundtrack", home: Path) -> "tuple[Finding, ...]":
        from unsung import pipeline

        return pipeline.findings(soundtrack, home)

    def told(soundtrack: "Soundtrack", home: Path, *, only_recall: bool = False) -> "Story | None":
        from unsung import pipeline

        return pipeline.told(soundtrack, home, only_recall=only_recall)

    return drawn_pages(findings, told)


def _listening_socket(host: str, port: int | None) -> socket.socket:
    """A door at the port, or at the usual one, or where one is free."""
    for tried in (port,) if port else (USUAL_PORT, 0):
        try:
            return _bound(host, tried)
        except OSError as error:
            reason = error.strerror
    raise SettingsError(
        f"port {port or USUAL_PORT} of {host} cannot be used ({reason}); choose another"
    )


def _bound(host: str, port: int) -> socket.socket:
    """Bound and listening, so that a browser that comes early waits instead of being sent away."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    door = socket.socket(family, proto=socket.IPPROTO_TCP)  # named: asyncio spares its delay
    try:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.bind((host, port))
        door.listen()
    except OSError:
        door.close()
        raise
    return door


def _address(door: socket.socket, host: str) -> str:
    """What to type on this machine."""
    name = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    name = f"[{name}]" if ":" in name else name
    return f"http://{name}:{door.getsockname()[1]}/"
