"""Poles at the ends of a window are drawn in full; a derivative has a hole where f is torn."""

from __future__ import annotations

import math

import pytest

import derivlab as dl
from derivlab.figures.curve_marks import circles
from derivlab.figures.palette import LIGHT
from derivlab.figures.scene import Drawn


@pytest.mark.parametrize(
    ("text", "low", "high", "at"),
    [
        ("1/x", 0, 5, 0),
        ("1/x", -5, 0, 0),
        ("1/x^2", 0, 5, 0),
        ("ln(x)", 0, 5, 0),
        ("1/sqrt(x)", 0, 5, 0),
        ("1/(x-1)", 1, 2, 1),
        ("tan(x)", -math.pi / 2, 1, -math.pi / 2),
        ("tan(x)", 0, math.pi / 2, math.pi / 2),
        ("1/sin(x)", math.pi, 5, math.pi),
    ],
)
def test_a_pole_at_an_end_of_the_window_is_drawn_off_the_screen(
    text: str, low: float, high: float, at: float
) -> None:
    """With a window of y that is chosen, the branch runs on beyond it, and the break is told."""
    curve = dl.sample(dl.parse(text), low, high)
    assert [one.at for one in curve.breaks] == [at]
    end = curve.segments[0].y[0][0] if at == low else curve.segments[-1].y[0][-1]
    assert not curve.y[0] <= end <= curve.y[1]
    assert curve.y[1] - curve.y[0] < 100


@pytest.mark.parametrize(
    ("text", "row", "holes"),
    [
        ("mod(x,1)", 1, [-2.0, -1.0, 0.0, 1.0, 2.0]),
        ("floor(x)", 1, [-2.0, -1.0, 0.0, 1.0, 2.0]),
        ("floor(x)", 2, [-2.0, -1.0, 0.0, 1.0, 2.0]),
        ("sign(x)", 1, [0.0]),
        ("{x^2 if x<1, 2x otherwise}", 1, [1.0]),
        ("where(x=0.3, 5, x)", 1, [0.3]),
        ("|x|", 2, [0.0]),
        ("x|x|", 3, [0.0]),
        ("x^2", 1, []),
        ("|x|^3", 2, []),
        ("{x^2 if x<1, 2x-1 otherwise}", 1, []),
    ],
)
def test_a_derivative_has_a_hole_where_f_or_a_lower_one_is_torn(
    text: str, row: int, holes: list[float]
) -> None:
    """The formula of floor(x)′ is 0 everywhere, but at the whole numbers there is no derivative."""
    curve = dl.sample(dl.parse(text), -2.5, 2.5, row=row, order=row)
    assert [one.at for one in curve.breaks] == holes
    assert all((one.kind, one.value) == ("hole", None) for one in curve.breaks)


def test_the_figure_marks_the_missing_points() -> None:
    """mod(x, 1)′ is 1 with an open circle at each whole number; mod(x, 1) has an open and a closed one."""
    marks = {}
    for row in (0, 1):
        curve = dl.sample(dl.parse("mod(x,1)"), -1.5, 1.5, row=row)
        for one in circles([Drawn(curve, row, "f", LIGHT.order(row))], LIGHT):
            marks[one["meta"]] = list(zip(one["x"], one["y"], strict=True))
    assert marks["open:1:f"] == [(-1.0, 1.0), (0.0, 1.0), (1.0, 1.0)]
    assert "closed:1:f" not in marks
    assert marks["closed:0:f"] == [(-1.0, 0.0), (0.0, 0.0), (1.0, 0.0)]
    assert marks["open:0:f"] == [pytest.approx((at, 1.0)) for at in (-1.0, 0.0, 1.0)]
