"""The ten kinds of points, with limits and slopes known from textbooks."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import derivlab as dl
from derivlab.curves.differentiability import inspect_callable

inf = math.inf

# text, x, kind, left, right, slope from the left, slope from the right
POINTS = [
    ("sin(x)", 1.0, "smooth", math.sin(1), math.sin(1), math.cos(1), math.cos(1)),
    ("x^2", 0.0, "smooth", 0, 0, 0, 0),
    ("|x|^3", 0.0, "smooth", 0, 0, 0, 0),
    ("x|x|", 0.0, "smooth", 0, 0, 0, 0),
    ("sqrt(x^4)", 0.0, "smooth", 0, 0, 0, 0),
    ("x^(5/3)", 0.0, "smooth", 0, 0, 0, 0),
    ("arctan(1000000x)", 0.0, "smooth", 0, 0, 1e6, 1e6),
    ("floor(x)", 2.5, "smooth", 2, 2, 0, 0),
    ("floor(x)", 0.999, "smooth", 0, 0, 0, 0),
    ("1/x", 1e-6, "smooth", 1e6, 1e6, -1e12, -1e12),
    ("|x|", 0.0, "corner", 0, 0, -1, 1),
    ("sqrt(x^2)", 0.0, "corner", 0, 0, -1, 1),
    ("|x-0.3|", 0.3, "corner", 0, 0, -1, 1),
    ("|sin(x)|", math.pi, "corner", 0, 0, -1, 1),
    ("max(x,0)", 0.0, "corner", 0, 0, 0, 1),
    ("|x^2-1|", 1.0, "corner", 0, 0, -2, 2),
    ("x^(2/3)", 0.0, "cusp", 0, 0, -inf, inf),
    ("sqrt(|x|)", 0.0, "cusp", 0, 0, -inf, inf),
    ("x^(1/3)", 0.0, "vertical tangent", 0, 0, inf, inf),
    ("x^(3/5)", 0.0, "vertical tangent", 0, 0, inf, inf),
    ("floor(x)", 2.0, "jump", 1, 2, 0, 0),
    ("sign(x)", 0.0, "jump", -1, 1, 0, 0),
    ("arctan(1/x)", 0.0, "jump", -math.pi / 2, math.pi / 2, -1, -1),
    ("1/(1+e^(1/x))", 0.0, "jump", 1, 0, 0, 0),
    ("1/x", 0.0, "pole", -inf, inf, None, None),
    ("1/x^2", 0.0, "pole", inf, inf, None, None),
    ("tan(x)", math.pi / 2, "pole", inf, -inf, None, None),
    ("ln|x|", 0.0, "pole", -inf, -inf, None, None),
    ("e^(1/x)", 0.0, "pole", 0, inf, 0, None),
    ("1/ln(x)", 1.0, "pole", -inf, inf, None, None),
    ("sin(x)/x", 0.0, "hole", 1, 1, 0, 0),
    ("(x^2-1)/(x-1)", 1.0, "hole", 2, 2, 1, 1),
    ("(x^3-8)/(x-2)", 2.0, "hole", 12, 12, 6, 6),
    ("(1-cos(x))/x^2", 0.0, "hole", 0.5, 0.5, 0, 0),
    ("(x-sin(x))/x^3", 0.0, "hole", 1 / 6, 1 / 6, 0, 0),
    ("(1+x)^(1/x)", 0.0, "hole", math.e, math.e, -math.e / 2, -math.e / 2),
    ("x/(e^x-1)", 0.0, "hole", 1, 1, -0.5, -0.5),
    ("exp(-1/x^2)", 0.0, "hole", 0, 0, 0, 0),
    ("x^2 sin(1/x)", 0.0, "hole", 0, 0, 0, 0),
    ("x sin(1/x)", 0.0, "hole", 0, 0, None, None),
    ("sin(1/x)", 0.0, "oscillation", None, None, None, None),
    ("sign(sin(1/x))", 0.0, "oscillation", None, None, None, None),
    ("sqrt(x)", 0.0, "edge", None, 0, None, inf),
    ("x^x", 0.0, "edge", None, 1, None, -inf),
    ("ln(x)", 0.0, "edge", None, -inf, None, None),
    ("arcsin(x)", 1.0, "edge", math.pi / 2, None, inf, None),
    ("ln(x)", -1.0, "outside", None, None, None, None),
    ("sqrt(x)", -2.0, "outside", None, None, None, None),
]


@pytest.mark.parametrize(("text", "x", "kind", "left", "right", "slope_left", "slope_right"), POINTS)
def test_the_kind_the_limits_and_the_slopes(
    text: str,
    x: float,
    kind: str,
    left: float | None,
    right: float | None,
    slope_left: float | None,
    slope_right: float | None,
) -> None:
    """Each point is of its kind; limits hold to 1e-9 and slopes to 1e-6, and are None where there are none."""
    report = dl.inspect_point(dl.parse(text), x)
    assert report.kind == kind
    for found, expected, share in (
        (report.left, left, 1e-9),
        (report.right, right, 1e-9),
        (report.slope_left, slope_left, 1e-6),
        (report.slope_right, slope_right, 1e-6),
    ):
        assert (found is None) == (expected is None)
        if expected is not None:
            assert found == pytest.approx(expected, rel=share, abs=share)


def test_autograd_is_what_torch_answers() -> None:
    """The report holds torch's own answer beside the truth: 0 at the corner of |x|, NaN at the hole of sin(x)/x."""
    assert dl.inspect_point(dl.parse("|x|"), 0.0).autograd == 0.0
    answer = dl.inspect_point(dl.parse("sin(x)/x"), 0.0).autograd
    assert answer is not None
    assert math.isnan(answer)


@pytest.mark.parametrize("x", [math.nan, math.inf, "one"])
def test_a_point_must_be_a_finite_number(x: object) -> None:
    """Anything but a finite number is an InputError that says so."""
    with pytest.raises(dl.InputError, match="finite"):
        dl.inspect_point(dl.parse("x"), x)  # type: ignore[arg-type]


@settings(max_examples=60, deadline=None)
@given(
    at=st.floats(-3, 3).map(lambda v: round(v, 3)),
    left=st.integers(-5, 5),
    right=st.integers(-5, 5),
    height=st.integers(-4, 4),
    lift=st.integers(-2, 2),
)
def test_two_lines_that_meet_or_do_not(at: float, left: int, right: int, height: int, lift: int) -> None:
    """Two half-lines are smooth, a corner or a jump at their common x, by their slopes and heights alone."""

    def evaluate(x: np.ndarray) -> np.ndarray:
        rows = np.zeros((7, len(x)))
        rows[0] = np.where(x < at, height + left * (x - at), height + lift + right * (x - at))
        rows[1] = np.where(x < at, left, right)
        return rows

    report = inspect_callable(evaluate, at)
    assert report.kind == ("jump" if lift else "smooth" if left == right else "corner")
    assert (report.slope_left, report.slope_right) == (
        pytest.approx(left, abs=1e-6),
        pytest.approx(right, abs=1e-6),
    )
