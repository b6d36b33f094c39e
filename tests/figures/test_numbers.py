"""Numbers as people read them."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from derivlab.figures import numbers


@pytest.mark.parametrize(
    ("value", "text", "latex", "plain"),
    [
        (18.0, "18", "18", "18"),
        (-0.0, "0", "0", "0"),
        (0.1 + 0.2, "0.3", "0.3", "0.3"),
        (-0.5, "−0.5", "-0.5", "-0.5"),
        (1.2e-7, "1.2 × 10⁻⁷", r"1.2 \times 10^{-7}", "1.2e-7"),
        (-2.5e20, "−2.5 × 10²⁰", r"-2.5 \times 10^{20}", "-2.5e20"),
        (1e-9, "10⁻⁹", "10^{-9}", "1e-9"),
        (1234567.0, "1234567", "1234567", "1234567"),
        (math.inf, "∞", r"\infty", "inf"),
        (-math.inf, "−∞", r"-\infty", "-inf"),
        (math.nan, "undefined", r"\text{undefined}", "nan"),
    ],
)
def test_numbers_are_written_as_people_write_them(value: float, text: str, latex: str, plain: str) -> None:
    """Whole numbers without a point, tiny ones with a power of ten, never a negative zero."""
    assert numbers.text(value) == text
    assert numbers.latex(value) == latex
    assert numbers.plain(value) == plain


def test_only_certain_digits_are_shown() -> None:
    """Digits that the uncertainty reaches are left out."""
    assert numbers.text(2 / 3, uncertain=1e-5) == "0.6667"
    assert numbers.text(123456.0, uncertain=200.0) == "123000"


def test_rounding_noise_is_zero() -> None:
    """sin(π) in floating point is nothing but the rounding of π."""
    value = math.sin(math.pi)
    assert value != 0
    assert numbers.text(value, numbers.uncertainty(value, at=math.pi, slope=-1.0)) == "0"


def test_a_small_number_that_is_certain_is_not_rounded_away() -> None:
    """10⁻¹⁶ typed as such stays 10⁻¹⁶."""
    assert numbers.text(1e-16, numbers.uncertainty(1e-16)) == "10⁻¹⁶"


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_the_plain_form_reads_back_to_the_digits_shown(value: float) -> None:
    """``float(plain(x))`` is x to the digits asked for."""
    assert math.isclose(float(numbers.plain(value)), value, rel_tol=1e-11, abs_tol=0.0)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_all_digits_on_request(value: float) -> None:
    """``full`` tells each float64 from every other."""
    written = numbers.full(value).replace("−", "-").replace(" × 10", "e")
    if written.startswith(("10", "-10")) and any(mark in written for mark in "⁰¹²³⁴⁵⁶⁷⁸⁹⁻"):
        written = written.replace("10", "1e", 1)
    assert float(written.translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-"))) == value


@pytest.mark.parametrize(
    ("slope", "intercept", "line"),
    [(18.0, -27.0, "18 x - 27"), (-1.0, 0.0, "- x"), (1.0, 2.0, "x + 2"), (0.0, 4.0, "4")],
)
def test_a_straight_line_is_written_as_at_school(slope: float, intercept: float, line: str) -> None:
    """No factor 1, no + 0, no + −."""
    assert numbers.line_latex(slope, intercept, "x") == line


def test_a_window_is_written_to_the_digits_that_a_pixel_shows() -> None:
    """A narrow window far from zero needs more digits than a wide one."""
    assert numbers.digits_within((-10.0, 10.0)) <= 5
    assert numbers.digits_within((1000.0, 1000.001)) >= 10
