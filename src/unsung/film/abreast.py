"""Work done on two threads: the kernels of the search let others run while they do."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

One = TypeVar("One")
Other = TypeVar("Other")
Item = TypeVar("Item")

_THREADS = 2


def abreast(work: Callable[[Item], One], items: Iterable[Item]) -> tuple[One, ...]:
    """The work on each item, in the order of the items."""
    with ThreadPoolExecutor(_THREADS) as threads:
        return tuple(threads.map(work, items))


def together(one: Callable[[], One], other: Callable[[], Other]) -> tuple[One, Other]:
    """Both answers."""
    with ThreadPoolExecutor(1) as thread:
        waiting = thread.submit(other)
        return one(), waiting.result()
