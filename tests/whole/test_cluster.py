"""The same stages on a Dask cluster give the same answers, also when a worker dies on the way."""

import os
import signal
from pathlib import Path

import pytest

import unsung
from unsung.session import NobodyWatches

pytestmark = pytest.mark.slow


class Assassin(NobodyWatches):
    """Kills one worker as soon as the first track reaches a stage."""

    def __init__(self, workers: dict[str, int]) -> None:
        self.victims = list(workers.values())[:1]

    def reaches(self, file: str, stage: str) -> None:
        if self.victims and stage != "reading":
            os.kill(self.victims.pop(), signal.SIGKILL)


@pytest.fixture(scope="module")
def cluster():
    from distributed import LocalCluster

    with LocalCluster(
        n_workers=3, threads_per_worker=1, dashboard_address=None, silence_logs=50
    ) as started:
        yield started


def test_a_cluster_hears_what_one_machine_hears(cluster, album: Path, heard_album: Path):
    from distributed import Client

    with Client(cluster.scheduler_address, set_as_default=False) as client:
        watch = Assassin(client.run(os.getpid))
    heard = unsung.listen(album, on=cluster.scheduler_address, watch=watch)
    assert watch.victims == [], "no worker was killed"
    assert heard == unsung.remembered(heard_album)
