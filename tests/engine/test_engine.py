"""Work is done wherever it runs, and a worker that dies takes nothing with it."""

import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from unsung.engine import (
    KILLED_TWICE,
    GaveUp,
    Workers,
    cluster_workers,
    local_workers,
    outcomes,
    workers,
)
from unsung.model.errors import EngineError

TWO: Workers = partial(local_workers, 2)


def squared(number: int) -> int:
    return number * number


def squared_or_killed(folder: Path, times: int, number: int) -> int:
    """Dies the first `times` times it meets a 3."""
    tries = len(list(folder.glob("try-*")))
    if number == 3 and tries < times:
        (folder / f"try-{tries}").touch()
        os.kill(os.getpid(), signal.SIGKILL)
    time.sleep(0.05)
    return number * number


def failing(number: int) -> int:
    raise MemoryError if number else ZeroDivisionError("division by zero")


def test_every_item_comes_back_with_its_result():
    assert dict(outcomes(TWO, squared, range(6))) == {n: n * n for n in range(6)}


def test_nothing_to_do_is_done_at_once():
    assert list(outcomes(TWO, squared, [])) == []


def test_a_worker_killed_once_loses_nothing(tmp_path: Path):
    work = partial(squared_or_killed, tmp_path, 1)
    assert dict(outcomes(TWO, work, range(6))) == {n: n * n for n in range(6)}


def test_an_item_that_kills_its_worker_twice_is_given_up_alone(tmp_path: Path):
    found = dict(outcomes(TWO, partial(squared_or_killed, tmp_path, 99), range(6)))
    assert found == {n: n * n for n in range(6)} | {3: KILLED_TWICE}


def test_a_fault_is_one_line_and_the_rest_goes_on():
    found = dict(outcomes(TWO, failing, [0, 1]))
    assert "ZeroDivisionError: division by zero" in found[0].reason
    assert found[1] == GaveUp("there was not enough memory for it; use --jobs 1")


def test_workers_end_when_the_program_is_killed():
    """Not even kill -9 leaves a worker behind."""
    program = (
        "import os, pathlib, sys, time\n"
        "from unsung.engine import local_workers\n"
        "with local_workers(1) as executor:\n"
        "    worker = executor.submit(os.getpid).result()\n"
        "    print(worker, flush=True)\n"
        "    executor.submit(time.sleep, 60).result()\n"
    )
    run = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    worker = int(run.stdout.readline())
    run.kill()
    run.wait()
    run.stdout.close()
    deadline_s = time.monotonic() + 10
    while Path(f"/proc/{worker}").exists() and time.monotonic() < deadline_s:
        time.sleep(0.1)
    assert not Path(f"/proc/{worker}").exists(), "the worker lives on"


def test_no_scheduler_at_the_address_is_one_clear_line(tmp_path: Path):
    with (
        pytest.raises(EngineError, match=r"no Dask scheduler answered at tcp://127.0.0.1:1"),
        workers(None, "tcp://127.0.0.1:1", tmp_path)(),
    ):
        pass


@pytest.fixture(scope="module")
def cluster():
    from distributed import LocalCluster

    with LocalCluster(
        n_workers=3, threads_per_worker=1, dashboard_address=None, silence_logs=50
    ) as started:
        yield started


@pytest.mark.slow
def test_a_cluster_does_the_same_work(cluster, tmp_path: Path):
    crew = workers(None, cluster.scheduler_address, tmp_path)
    assert dict(outcomes(crew, squared, range(6))) == {n: n * n for n in range(6)}


@pytest.mark.slow
def test_a_cluster_goes_on_when_a_worker_is_killed(cluster, tmp_path: Path):
    crew = workers(None, cluster.scheduler_address, tmp_path)
    work = partial(squared_or_killed, tmp_path, 1)
    assert dict(outcomes(crew, work, range(6))) == {n: n * n for n in range(6)}


@pytest.mark.slow
def test_workers_that_cannot_see_the_project_are_named(cluster, tmp_path: Path):
    with (
        pytest.raises(EngineError, match=r"cannot see .*nowhere; put the album where"),
        cluster_workers(cluster.scheduler_address, tmp_path / "nowhere"),
    ):
        pass
