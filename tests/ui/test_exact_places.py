"""Exact places of points of interest on the Curve page."""

from __future__ import annotations

import math

import pytest

import derivlab as dl
from ui.exact_places import exact_place, exact_places


@pytest.mark.parametrize(
    ("typed", "kind", "x", "wanted"),
    [
        ("x^3 - 3x", "root", math.sqrt(3), r"$\sqrt{3}$"),
        ("x^3 - 3x", "maximum", -1.0, "$-1$"),
        ("sin(x)", "minimum", -math.pi / 2, r"$-\frac{\pi}{2}$"),
        ("ln(x)/x", "maximum", math.e, "$e$"),
        ("e^(-x^2)", "inflection", math.sqrt(0.5), r"$\frac{\sqrt{2}}{2}$"),
        ("x^3 - 3x", "root", 1.7, ""),
        ("x^3 - 3x", "pole", 0.0, ""),
    ],
)
def test_a_place_is_shown_exactly_where_it_is_known(typed: str, kind: str, x: float, wanted: str) -> None:
    """The exact form stands beside the place that was found numerically, and beside no other."""
    places = exact_places(dl.parse(typed), (-5.0, 5.0), patience=30.0)
    assert isinstance(places, tuple)
    assert exact_place(places, kind, x) == wanted


def test_what_sympy_cannot_solve_leaves_the_numbers_alone() -> None:
    """A function without a closed form has no exact places, and no error."""
    places = exact_places(dl.parse("x + e^sin(x)"), (-5.0, 5.0), patience=60.0)
    assert isinstance(places, tuple)
    assert exact_place(places, "root", -0.5787) == ""
