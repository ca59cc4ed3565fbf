"""Clients that ask the world on this machine, with a clock that only sleeping moves."""

import random
from datetime import UTC, datetime, timedelta

import pytest
import servers

from unsung.sources.client import Client, Surroundings, Terms
from unsung.store.evidence import Evidence

AGENT = "Unsung/test ( me@example.org )"


class Time:
    """Time as the client knows it: it passes only while somebody sleeps."""

    def __init__(self):
        self.now_s = 1000.0
        self.slept_s = []

    def sleep(self, wait_s):
        self.slept_s.append(wait_s)
        self.now_s += wait_s

    def around(self, seed=0):
        began = datetime(2026, 11, 21, 12, tzinfo=UTC)
        return Surroundings(
            clock_s=lambda: self.now_s,
            now=lambda: began + timedelta(seconds=self.now_s - 1000),
            sleep=self.sleep,
            dice=random.Random(seed),
        )


@pytest.fixture
def world():
    with servers.world() as found:
        yield found


@pytest.fixture
def time():
    return Time()


@pytest.fixture
def evidence(tmp_path):
    return Evidence(tmp_path)


@pytest.fixture
def make_client(evidence, time):
    made = []

    def make(*, online=True, agent=AGENT, **terms):
        terms = {"timeout_s": 5.0, **terms}
        one = Client(evidence, agent, online=online, terms=Terms(**terms), around=time.around())
        made.append(one)
        return one

    yield make
    for one in made:
        one.close()


@pytest.fixture
def client(make_client):
    return make_client()
