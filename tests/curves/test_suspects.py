"""Holes, jumps and corners that no sampling finds are found from the formula's own parts."""

from __future__ import annotations

import math

import pytest

import derivlab as dl
from derivlab.curves.parts import parts_of
from derivlab.curves.suspects import suspects_in

OFF_THE_GRID = [
    ("(x-0.3)/(x^2-0.09)", 0.3, 1 / 0.6),
    ("(x^3-0.001)/(x-0.1)", 0.1, 0.03),
    ("sin(x-0.123)/(x-0.123)", 0.123, 1.0),
    ("(x^2-2)/(x-sqrt(2))", math.sqrt(2), 2 * math.sqrt(2)),
    ("(x^2-2)/(x^4-4)", math.sqrt(2), 0.25),
    ("(1-cos(x-0.123))/(x-0.123)^2", 0.123, 0.5),
]


@pytest.mark.parametrize(("text", "at", "limit"), OFF_THE_GRID)
def test_a_hole_anywhere_is_found(text: str, at: float, limit: float) -> None:
    """The sampler, the features and the inspector agree on a hole at any number, and on its limit."""
    f = dl.parse(text)
    for low, high in ((-10, 10), (-3.7, 9.1)):
        found = [one for one in dl.sample(f, low, high).breaks if abs(one.at - at) <= 1e-12]
        assert [one.kind for one in found] == ["hole"]
        assert found[0].left == pytest.approx(limit, rel=2e-3)  # to the pixel
    assert any(abs(hole - at) <= 1e-12 for hole in dl.features(f, -10, 10).holes)
    report = dl.inspect_point(f, at)
    assert (report.kind, report.value) == ("hole", None)
    assert report.left == pytest.approx(limit, rel=1e-9)
    assert report.right == pytest.approx(limit, rel=1e-9)


def test_a_point_alone_is_a_hole_with_a_value() -> None:
    """No line runs to the value that a case distinction has at one point only, and the break knows it."""
    curve = dl.sample(dl.parse("where(x = 0.37, 5, x)"), -10, 10)
    assert [(one.at, one.kind, one.value) for one in curve.breaks] == [(0.37, "hole", 5.0)]
    assert len(curve.segments) == 2


@pytest.mark.parametrize(
    ("text", "kind", "places"),
    [
        ("x^2+0.0001*|x-0.37|", "corners", (0.37,)),
        ("x^2+0.00001*sign(x-0.37)", "jumps", (0.37,)),
        ("sqrt(x-0.123)", "edges", (0.123,)),
        ("(x-0.123)^(2/3)", "cusps", (0.123,)),
        ("1/(x-0.37)-1/(x-0.371)", "poles", (0.37, 0.371)),
    ],
)
def test_features_too_small_for_the_picture_are_listed(
    text: str, kind: str, places: tuple[float, ...]
) -> None:
    """What is smaller than a pixel is found all the same, to the last digit."""
    assert getattr(dl.features(dl.parse(text), -10, 10), kind) == places


@pytest.mark.parametrize("text", ["sin(x)", "3x^2", "e^x-x^3", "arctan(x)", "x^2+cosh(x)"])
def test_smooth_formulas_have_no_parts_to_look_at(text: str) -> None:
    """A formula that is smooth everywhere costs nothing more."""
    assert parts_of(dl.parse(text).tree, "x") == ()


def test_a_branch_that_is_not_taken_hides_nothing() -> None:
    """The denominator inside a case distinction is looked at, but does not make the other case undefined."""
    found = suspects_in(dl.parse("where(x > 0, 1, 1/(x-2))"), -5, 5)
    assert found.places.tolist() == [0.0, 2.0]
    assert found.undefined.tolist() == []


@pytest.mark.parametrize(("text", "x"), [("ln(x)", 1e-12), ("1/x", 1e-14), ("1/(x-1)", 1 + 1e-10)])
def test_beside_a_pole_a_function_is_smooth(text: str, x: float) -> None:
    """However close a pole is, the point beside it is an ordinary one, with the slope of the formula."""
    report = dl.inspect_point(dl.parse(text), x)
    assert report.kind == "smooth"
    assert report.derivative == report.autograd
