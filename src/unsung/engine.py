"""Where work runs: this machine's cores, or a Dask cluster. Nothing else knows.

Work is handed out by track, through `concurrent.futures.Executor`. A worker that dies takes
nothing with it: what it was doing is tried again, alone, and only if it dies again is it given
up, by name.
"""

import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from attrs import frozen

from unsung.model.errors import EngineError

Item = TypeVar("Item")
Result = TypeVar("Result")
Workers = Callable[[], AbstractContextManager[Executor]]

_IDLE_S = 60
_REACH_TIMEOUT_S = 10
_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


@frozen
class GaveUp:
    """Work that could not be done, and why, in one line."""

    reason: str


KILLED_TWICE = GaveUp(
    "the process that heard it was killed twice, most likely for want of memory; close other"
    " programs or use --jobs 1"
)


def cores() -> int:
    """How many processes this one may run at a time."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def workers(jobs: int | None, on: str | None, shared_folder: Path) -> Workers:
    """The cluster whose scheduler is at `on`, else `jobs` processes here, else all cores."""
    if on:
        return partial(cluster_workers, on, shared_folder)
    return partial(local_workers, jobs or cores())


@contextmanager
def local_workers(count: int) -> Iterator[Executor]:
    """`count` processes of this machine, one thread each."""
    from loky import ProcessPoolExecutor  # noqa: PLC0415  (slow to import, needed only to work)

    executor = ProcessPoolExecutor(
        count, timeout=_IDLE_S, env=_ONE_THREAD, initializer=_die_with, initargs=(os.getpid(),)
    )
    finished = False
    try:
        yield executor
        finished = True
    finally:
        executor.shutdown(wait=finished, kill_workers=not finished)


def _die_with(parent: int) -> None:
    """End this process soon after `parent` has ended, however that came."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


@contextmanager
def cluster_workers(address: str, shared_folder: Path) -> Iterator[Executor]:
    """The workers of the Dask scheduler at `address`, which must see `shared_folder`."""
    try:
        from distributed import Client  # noqa: PLC0415  (an extra)
    except ImportError as error:
        raise EngineError(
            "a cluster needs Dask: install it with `pip install 'unsung[cluster]'`"
        ) from error
    try:
        client = Client(address, timeout=_REACH_TIMEOUT_S, set_as_default=False)
    except (OSError, ValueError) as error:
        raise EngineError(
            f"no Dask scheduler answered at {address}; start one, or leave out --on"
        ) from error
    with client:
        _check_cluster(client, address, shared_folder)
        yield client.get_executor(pure=False)


def outcomes(
    crew: Workers, work: Callable[[Item], Result], items: Sequence[Item]
) -> Iterator[tuple[Item, Result | GaveUp]]:
    """Each item with what `work` made of it, as they are finished.

    Where a worker dies, the items it may have been working on are tried again one at a time, so
    that the one to blame is found and the others are not lost with it.
    """
    unfinished = list(items)
    with crew() as executor:
        for item, outcome in _finished(executor, work, items):
            if outcome is not None:
                unfinished.remove(item)
                yield item, outcome
    for item in unfinished:
        with crew() as executor:
            for _item, outcome in _finished(executor, work, [item]):
                yield item, outcome or KILLED_TWICE


def _finished(
    executor: Executor, work: Callable[[Item], Result], items: Sequence[Item]
) -> Iterator[tuple[Item, Result | GaveUp | None]]:
    """Outcomes as they come; None where the worker died."""
    waiting = {executor.submit(work, item): item for item in items}
    for future in as_completed(waiting):
        yield waiting[future], _outcome(future)


def _outcome(future: Future[Any]) -> Any:
    """What came of it: a result, `GaveUp`, or None where the worker died."""
    error = future.exception()
    if error is None:
        return future.result()
    if isinstance(error, BrokenProcessPool):
        return None
    if type(error).__name__ == "KilledWorker":  # of Dask, which is an extra
        return GaveUp("the cluster's workers died on it again and again; see their logs")
    if isinstance(error, MemoryError):
        return GaveUp("there was not enough memory for it; use --jobs 1")
    return GaveUp(f"a fault in unsung, please report it ({type(error).__name__}: {error})")


def _check_cluster(client: Any, address: str, shared_folder: Path) -> None:
    """Fail early, in one line, where the cluster could not do the work."""
    seen = client.run(_sees, str(shared_folder))
    if not seen:
        raise EngineError(f"the scheduler at {address} has no workers; start some")
    blind = sorted(worker for worker, sees in seen.items() if not sees)
    if blind:
        raise EngineError(
            f"{len(blind)} of {len(seen)} workers (such as {blind[0]}) cannot see"
            f" {shared_folder}; put the album where all machines reach it by the same path"
        )


def _sees(folder: str) -> bool:
    return Path(folder).is_dir() and os.access(folder, os.W_OK)
