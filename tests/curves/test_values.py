"""Derivatives at a point: those that exist, and no others."""

from __future__ import annotations

import math

import mpmath
import pytest

import derivlab as dl
from derivlab.autodiff.taylor import evaluator
from derivlab.curves.values import derivatives_at


def at(text: str, x: float, order: int) -> tuple[float, ...]:
    """The derivatives of a typed function."""
    return derivatives_at(evaluator(dl.parse(text), "x", order=order + 1), x, order)


def test_a_smooth_function_has_them_all() -> None:
    """As mpmath has them at 50 digits."""
    with mpmath.workdps(50):
        expected = [float(mpmath.diff(lambda x: mpmath.exp(mpmath.sin(x)), 0.7, k)) for k in range(5)]
    assert at("e^(sin(x))", 0.7, 4) == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize(
    ("text", "first_missing"), [("abs(x)", 1), ("x*abs(x)", 2), ("x^2*abs(x)", 3), ("x^(7/3)", 3)]
)
def test_a_derivative_that_jumps_or_ends_is_not_one(text: str, first_missing: int) -> None:
    """From the first order that does not exist at 0, all are NaN; those before are finite."""
    values = at(text, 0.0, 4)
    assert all(math.isfinite(value) for value in values[:first_missing])
    assert all(math.isnan(value) for value in values[first_missing:])


def test_a_steep_function_is_not_taken_for_a_jump() -> None:
    """e^(20x) at 2 changes by much within a step, and has every derivative."""
    assert all(math.isfinite(value) for value in at("e^(20x)", 2.0, 5))
