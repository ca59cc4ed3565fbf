"""Work on two threads comes back in its own order."""

import pytest

from unsung.film.abreast import abreast, together


def test_answers_come_in_the_order_of_the_items():
    assert abreast(lambda number: number**2, range(5)) == (0, 1, 4, 9, 16)
    assert abreast(str, ()) == ()


def test_both_answers_come():
    assert together(lambda: 1, lambda: "two") == (1, "two")


def test_what_fails_on_a_thread_fails_here():
    with pytest.raises(ZeroDivisionError):
        together(lambda: 1, lambda: 1 // 0)
