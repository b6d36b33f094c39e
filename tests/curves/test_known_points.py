"""Kinds, limits and slopes of points from exercises and of points made to be hard, worked out by hand."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest

import derivlab as dl
from derivlab.curves.accelerate import accelerated
from derivlab.curves.closer import limit_closer
from derivlab.curves.purse import Purse

KNOWN = json.loads(Path(__file__).with_name("known_points.json").read_text(encoding="utf-8"))


def test_there_are_400_known_points() -> None:
    """The set has at least 400 points, of all ten kinds."""
    assert len(KNOWN) >= 400
    assert len({row["kind"] for row in KNOWN}) == 10


@pytest.mark.parametrize("row", KNOWN, ids=[f"{row['text']} at {row['x']:.5g}" for row in KNOWN])
def test_a_point_is_what_it_is(row: dict[str, Any]) -> None:
    """The kind is right, limits hold to 1e-9, slopes to 1e-6, and there is none where there is none."""
    report = dl.inspect_point(dl.parse(row["text"]), row["x"])
    assert report.kind == row["kind"]
    for field, share in (("left", 1e-9), ("right", 1e-9), ("slope_left", 1e-6), ("slope_right", 1e-6)):
        found, expected = getattr(report, field), row[field]
        if expected is None:
            assert found is None, field
        else:
            assert found == pytest.approx(float(expected), rel=share, abs=share), field


def test_a_step_of_a_millionth_of_a_millionth_is_a_jump() -> None:
    """Both limits are certain to better than their difference, so they are two."""
    report = dl.inspect_point(dl.parse("{1+x if x<0, 1+1e-12+x otherwise}"), 0.0)
    assert (report.kind, report.left) == ("jump", 1.0)
    assert report.right == 1 + 1e-12


def test_values_that_cancel_are_worked_out_with_more_digits() -> None:
    """Of (cos x - 1 + x²/2)/x⁴ float64 holds nothing near 0; the limit is 1/24."""
    report = dl.inspect_point(dl.parse("(cos(x)-1+x^2/2)/x^4"), 0.0)
    assert (report.kind, report.left, report.right) == ("hole", 1 / 24, 1 / 24)


def test_creeping_sequences_are_added_up() -> None:
    """Steps that halve, and steps like 1/k², both to ten digits: ln 2 and π²/6 from a dozen partial values."""
    halving = [math.log(2) + 0.3 * 2.0**-k + 0.2 * 4.0**-k for k in range(12)]
    value, _ = accelerated(halving)
    assert value == pytest.approx(math.log(2), rel=1e-10)
    creeping = [sum(1 / n**2 for n in range(1, k + 1)) for k in range(1, 16)]
    value, _ = accelerated(creeping)
    assert value == pytest.approx(math.pi**2 / 6, rel=1e-8)


def test_work_is_bounded() -> None:
    """A quantity too dear for the purse has no limit that is told, rather than one that is awaited."""
    calls = []

    def dear(h: Any, precision: int) -> Any:
        calls.append(precision)
        return h

    assert limit_closer(dear, Purse(operations=10_000), is_free=False) is None
    assert len(calls) < 10


def test_many_limits_share_one_purse() -> None:
    """What one limit spends the others lack: a list of points costs no more than its whole."""
    whole = Purse(operations=1, left=1_000.0)
    spent: list[int] = []

    def cheap(h: Any, precision: int) -> Any:
        spent.append(precision)
        return h

    first = limit_closer(cheap, Purse(operations=5, whole=whole), is_free=False)
    assert first is not None
    assert whole.left < 1_000
    for _ in range(20):
        limit_closer(cheap, Purse(operations=5, whole=whole), is_free=False)
    before = len(spent)
    assert limit_closer(cheap, Purse(operations=5, whole=whole), is_free=False) is None
    assert len(spent) == before
