"""Undefined is a reason."""

from __future__ import annotations

import pytest

import derivlab as dl
from derivlab.curves.undefined import NO_PIECE, TOO_LARGE, why_undefined


@pytest.mark.parametrize(
    ("text", "x", "reason"),
    [
        ("2 + ln(x)", -1.0, "ln of zero or of a negative number"),
        ("1/x", 0.0, "division by zero"),
        ("sin(x)/x", 0.0, "division by zero"),
        ("ln(sqrt(x))", -1.0, "the square root of a negative number"),
        ("e^(e^x)", 30.0, TOO_LARGE),
        ("x^2 {0 < x < 1}", 3.0, NO_PIECE),
        ("1 + sqrt({x if x < 0})", 3.0, NO_PIECE),
    ],
)
def test_the_innermost_operation_without_a_value_is_named(text: str, x: float, reason: str) -> None:
    """Not NaN, but what went wrong, in the words of the operations table."""
    assert why_undefined(dl.parse(text), {"x": x}) == reason


def test_a_value_needs_no_reason() -> None:
    """Where f is defined there is nothing to explain."""
    assert why_undefined(dl.parse("x^2"), {"x": 3.0}) is None


def test_only_the_branch_that_is_taken_counts() -> None:
    """A case distinction is undefined only through the case that holds."""
    f = dl.parse("where(x > 0, sqrt(-x), ln(x))")
    assert why_undefined(f, {"x": 1.0}) == "the square root of a negative number"
    assert why_undefined(f, {"x": -1.0}) == "ln of zero or of a negative number"
