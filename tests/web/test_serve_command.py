"""`unsung serve` and `unsung publish` as a person runs them."""

import contextlib
import os
import re
import signal
import subprocess
import sys
import time

import httpx
import made_albums
import pytest


@contextlib.contextmanager
def _running(*arguments, config):
    """The command while it runs; what is left of it is ended."""
    env = {**os.environ, "XDG_CONFIG_HOME": str(config), "PYTHONWARNINGS": "error"}
    env["BROWSER"] = f"touch {config}/opened #%s"
    asked = [sys.executable, "-m", "unsung", *map(str, arguments)]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(asked, env=env, text=True, **pipes) as running:
        try:
            yield running
        finally:
            running.kill()


def _ended(*arguments, config):
    """What the command says, what it complains of, and how it ends."""
    with _running(*arguments, config=config) as running:
        said, complaints = running.communicate(timeout=60)
        return said, complaints, running.returncode


def _address(running):
    line = running.stdout.readline()
    found = re.match(r"(http://\S+)", line)
    assert found, line + running.stderr.read()
    return found[1]


@pytest.fixture
def album(tmp_path):
    return made_albums.album_at(tmp_path / "album", made_albums.NAMES)


def test_an_album_is_served_until_ctrl_c_ends_it_cleanly(album, tmp_path):
    with _running("serve", album, "--no-open", config=tmp_path / "config") as running:
        address = _address(running)
        assert address.endswith("/a/the-skerry-light/")
        assert "The Skerry Light" in httpx.get(address, timeout=60).text
        running.send_signal(signal.SIGINT)
        _, complaints = running.communicate(timeout=20)
    assert running.returncode == 0
    assert complaints == "closed\n"
    assert (tmp_path / "config" / "unsung" / "albums.json").exists()


@pytest.mark.parametrize("arguments", [(), ("serve",), ("serve", "--no-open")])
def test_without_an_album_the_library_is_served_and_opened_unless_told_otherwise(
    tmp_path, arguments
):
    with _running(*arguments, config=tmp_path) as running:
        address = _address(running)
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", address)
        assert httpx.get(address, timeout=60).status_code == 200
        time.sleep(1.5)
        assert bool(list(tmp_path.glob("opened*"))) == ("--no-open" not in arguments)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--host", "203.0.113.7"), "password"),
        (("--host", "203.0.113.7", "--password", "x" * 9), "cannot be used"),
    ],
)
def test_what_cannot_be_served_is_said_in_one_line(tmp_path, arguments, words):
    _, complaints, code = _ended("serve", "--no-open", *arguments, config=tmp_path)
    assert code == 1
    assert words in complaints
    assert complaints.count("\n") == 1


def test_an_album_is_published_into_a_new_folder_only(album, tmp_path):
    made_albums.written(album / made_albums.NAMES[0], made_albums.chirp())
    for _again in range(2):
        said, _, code = _ended("publish", album, tmp_path / "out", config=tmp_path)
        assert (said.strip(), code) == (str(tmp_path / "out" / "index.html"), 0)
    first, second = (tmp_path / "out" / f"track-{k}.html" for k in (1, 2))
    assert 'id="waveform"' in first.read_text(encoding="utf-8")
    assert 'id="waveform"' not in second.read_text(encoding="utf-8"), "its music is not there"
    assert (tmp_path / "out" / "static" / "prints.js").exists()
    _, complaints, code = _ended("publish", album, album, config=tmp_path)
    assert code == 1
    assert "did not write" in complaints
