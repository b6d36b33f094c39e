"""SymPy's word on limits, slopes and asymptotes, beside the numbers."""

from __future__ import annotations

import math

import pytest

import derivlab as dl
from derivlab.curves.confirm import confirm_line, confirm_point
from derivlab.curves.differentiability import PointReport
from derivlab.expression.show import to_text

POINTS = [
    ("sin(x)/x", 0.0, "1", "1", "0", "0"),
    ("atan(1/x)", 0.0, "-pi/2", "pi/2", "-1", "-1"),
    ("(1+x)^(1/x)", 0.0, "e", "e", "-e/2", "-e/2"),
    ("abs(x)", 0.0, "0", "0", "-1", "1"),
    ("cos(x)/(x-pi/2)", math.pi / 2, "-1", "-1", "0", "0"),
    ("(2^x-1)/x", 0.0, "ln(2)", "ln(2)", "ln(2)^2/2", "ln(2)^2/2"),
]


@pytest.mark.parametrize(("text", "x", "left", "right", "slope_left", "slope_right"), POINTS)
def test_what_the_numbers_say_is_named_exactly(
    text: str, x: float, left: str, right: str, slope_left: str, slope_right: str
) -> None:
    """Limits and slopes agree with SymPy's, which are exact."""
    found = confirm_point(dl.parse(text), x, budget=30.0)
    for verdict, wanted in (
        (found.left, left),
        (found.right, right),
        (found.slope_left, slope_left),
        (found.slope_right, slope_right),
    ):
        assert verdict.agrees
        assert verdict.exact is not None
        assert to_text(verdict.exact) == wanted
    assert not found.is_contradicted


def test_an_infinite_limit_is_confirmed() -> None:
    """tan goes to +∞ on the left of π/2 and comes from -∞ on the right, in SymPy too; the point is π/2 exactly."""
    found = confirm_point(dl.parse("tan(x)"), math.pi / 2, budget=30.0)
    assert (found.left.agrees, found.right.agrees) == (True, True)
    assert to_text(found.at) == "pi/2"


def test_a_wrong_number_is_contradicted() -> None:
    """A report that was tampered with is found out."""
    wrong = PointReport(0.0, "hole", None, 1.5, 1.0, 0.0, 0.0, 0.0, None)
    found = confirm_point(dl.parse("sin(x)/x"), 0.0, report=wrong, budget=30.0)
    assert found.is_contradicted
    assert (found.left.agrees, found.right.agrees) == (False, True)


def test_without_time_there_is_no_verdict() -> None:
    """No time, no answer: the numbers stand alone, and nothing is raised."""
    found = confirm_point(dl.parse("sin(x)/x"), 0.0, budget=1e-9)
    assert (found.left.number, found.left.exact, found.left.agrees) == (1.0, None, None)


@pytest.mark.parametrize(
    ("text", "slope", "intercept"),
    [
        ("x*atan(x)", "pi/2", "-1"),
        ("ln(1+e^x)-x/2", "1/2", "0"),
        ("(2x^3-x^2+1)/(x^2+x)", "2", "-3"),
        ("atan(x)", "0", "pi/2"),
    ],
)
def test_asymptotes_are_named_exactly(text: str, slope: str, intercept: str) -> None:
    """Slope and intercept on the right are SymPy's."""
    f = dl.parse(text)
    line = next(one for one in dl.features(f, -10, 10).asymptotes if one.at is None and one.side != "left")
    found = confirm_line(f, line, budget=30.0)
    assert [verdict.agrees for verdict in found] == [True, True]
    assert [to_text(verdict.exact) for verdict in found if verdict.exact is not None] == [slope, intercept]


def test_sympy_is_asked_about_the_piece_beside_the_point() -> None:
    """At x = 1 the right piece holds, left of it the other: SymPy's own limit takes the one at the point for both."""
    confirmed = confirm_point(dl.parse("{x^2 if x < 1, 2x otherwise}"), 1)
    assert (confirmed.left.agrees, confirmed.right.agrees) == (True, True)
    assert confirmed.slope_left.agrees is not False


@pytest.mark.parametrize(("text", "x"), [("e^(e^x)", 10.0), ("10^100*x^5", 1e50)])
def test_a_value_too_large_for_floating_point_is_no_jump(text: str, x: float) -> None:
    """Both sides overflow alike."""
    report = dl.inspect_point(dl.parse(text), x)
    assert (report.kind, report.left, report.right) == ("smooth", math.inf, math.inf)
