"""Numbers of any precision agree with float64 where both have them, and are undefined where the domain ends."""

from __future__ import annotations

from fractions import Fraction

import mpmath
import pytest

import derivlab as dl
from derivlab.expression.operations import OPERATIONS
from derivlab.lowering.to_mpmath import TooHard, digits, precise_number, precise_value

ROWS = [
    (name, point) for name, row in OPERATIONS.items() if not row.is_condition for point in row.test_points[:2]
]


@pytest.mark.parametrize(("name", "point"), ROWS)
def test_every_operation_has_the_value_that_torch_gives(name: str, point: tuple[float, ...]) -> None:
    """At two points of its domain, each operation of the table to 1e-12."""
    f = dl.parse(OPERATIONS[name].example)
    values = dict(zip(f.variables, point, strict=False))
    with digits(40):
        found = precise_value(f.tree, {key: precise_number(Fraction(value)) for key, value in values.items()})
    assert float(found) == pytest.approx(float(dl.value(f, values)), rel=1e-12, abs=1e-12)


@pytest.mark.parametrize(
    "typed", ["1/x", "ln(x)", "sqrt(x-1)", "asin(x+2)", "acosh(x)", "x^(-2)", "(x-1)^0.3"]
)
def test_outside_the_domain_there_is_no_value(typed: str) -> None:
    """Undefined is None, not an infinity and not a complex number."""
    with digits(30):
        assert precise_value(dl.parse(typed).tree, {"x": precise_number(Fraction(0))}) is None


def test_the_branch_not_taken_does_no_harm() -> None:
    """A case distinction is undefined only through the case that holds."""
    with digits(30):
        assert (
            precise_value(dl.parse("{ln(x) if x>0, x otherwise}").tree, {"x": precise_number(Fraction(-2))})
            == -2
        )


def test_the_digits_are_those_asked_for() -> None:
    """sin(1/3)·e^(1/3) to 80 digits, as mpmath itself has it."""
    with digits(80):
        found = precise_value(dl.parse("sin(x)e^x").tree, {"x": precise_number(Fraction(1, 3))})
    with mpmath.workdps(100):
        third = mpmath.mpf(1) / 3
        assert abs(found - mpmath.sin(third) * mpmath.exp(third)) < mpmath.mpf(10) ** -78


def test_a_tower_of_powers_is_infinite_and_an_angle_beyond_all_digits_is_refused() -> None:
    """e^(e^(e^x)) at 200 is infinite at once; the sine of a number with a million digits is not guessed."""
    with digits(30):
        at = {"x": precise_number(Fraction(200))}
        assert precise_value(dl.parse("e^(e^(e^x))").tree, at) == float("inf")
        with pytest.raises(TooHard):
            precise_value(dl.parse("sin(e^(x^3))").tree, at)
