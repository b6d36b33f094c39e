"""Points of interest as the Curve page shows them."""

from __future__ import annotations

import math

import pytest

import derivlab as dl
from derivlab.figures.signs import signs_latex
from ui.curve_features import featured, sign_table
from ui.subject import Subject


def latex(typed: str, order: int, window: tuple[float, float]) -> str:
    """The table of signs as LaTeX."""
    subject = Subject(dl.parse(typed), "x")
    return signs_latex(sign_table(subject, featured(subject, window), order), "x", "f", "f'")


@pytest.mark.parametrize("typed", ["tan(x)", "1/cos(x)", "1/x", "1/(x^2-2)"])
def test_at_a_pole_stands_the_double_line(typed: str) -> None:
    """At π/2 tan has no value, whatever floating point makes of the number beside it."""
    for order in range(3):
        written = latex(typed, order, (-2.0, 2.0))
        assert "10^{" not in written
        assert r"\Vert" in written


def test_a_corner_has_a_value_and_no_slope() -> None:
    """|x| is 0 at 0, where f′ has the double line."""
    written = latex("abs(x)", 1, (-2.0, 2.0))
    assert r"f' &  & - & \Vert & + & " in written
    assert r"f & 2 & \searrow & 0 & \nearrow & 2" in written


def test_a_jump_has_the_value_that_it_has() -> None:
    """sign(x) is 0 at 0, and undefined is nothing there."""
    subject = Subject(dl.parse("sign(x)"), "x")
    table = sign_table(subject, featured(subject, (-2.0, 2.0)), 0)
    assert table.height == (-1.0, 0.0, 1.0)
    assert not any(math.isnan(value) for value in table.derivative)
