"""Work that the page does not wait for."""

from __future__ import annotations

import threading

import pytest

import derivlab as dl
from ui.background import Background


def test_a_result_is_worked_out_once_and_remembered() -> None:
    """None while it is under way, then the result, from one call of the work."""
    gate, calls = threading.Event(), []

    def work() -> int:
        calls.append(1)
        gate.wait(5)
        return 7

    background: Background[int] = Background(threads=1)
    assert background.get("key", work, patience=0) is None
    gate.set()
    assert background.get("key", work, patience=5) == 7
    assert background.get("key", work, patience=0) == 7
    assert calls == [1]


def test_a_failure_is_returned_not_raised() -> None:
    """A time-out of the symbolic work comes back as the error to show."""

    def work() -> int:
        raise dl.TimedOut("It took too long.")

    found = Background[int]().get("key", work, patience=5)
    assert isinstance(found, dl.TimedOut)


def test_no_more_is_remembered_than_allowed() -> None:
    """The oldest result goes first."""
    background: Background[int] = Background(kept=2, threads=1)
    for key in range(5):
        assert background.get(key, lambda key=key: key, patience=5) == key  # type: ignore[misc]
    again = []
    background.get(0, lambda: again.append(1) or 0, patience=5)
    background.get(4, lambda: pytest.fail("was forgotten"), patience=5)
    assert again == [1]


def test_more_than_the_backlog_is_refused_at_once() -> None:
    """A class that types hard formulas does not pile up; once there is room, it is asked again."""
    gate = threading.Event()
    background: Background[bool] = Background(threads=1, backlog=3)
    for key in range(3):
        assert background.get(key, lambda: gate.wait(5), patience=0) is None
    assert isinstance(background.get("late", lambda: True, patience=5), dl.Busy)
    assert background.get(1, lambda: True, patience=0) is None
    gate.set()
    assert background.get(2, lambda: True, patience=5) is True
    assert background.get("late", lambda: True, patience=5) is True
