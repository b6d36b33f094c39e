"""Small steps: the orders of the methods, the floor, and the truth that they are held against."""

from __future__ import annotations

import math

import mpmath
import numpy as np
import pytest
import sympy

import derivlab as dl
from derivlab.autodiff.exact_value import exact_slope
from derivlab.autodiff.finite_difference import METHODS, ORDERS, estimate, secant_slope, study

x = sympy.Symbol("x", real=True)


@pytest.mark.parametrize(
    ("text", "form", "at"),
    [
        ("sin(x)", sympy.sin(x), 1.0),
        ("e^x/x", sympy.exp(x) / x, 0.7),
        ("x^(1/3)", sympy.cbrt(x), 2.5),
        ("tanh(x)*erf(x)", sympy.tanh(x) * sympy.erf(x), 0.3),
        ("gamma(x)", sympy.gamma(x), 2.25),
        ("sigmoid(x)", 1 / (1 + sympy.exp(-x)), 0.5),
    ],
)
def test_the_truth_is_sympy_s(text: str, form: sympy.Expr, at: float) -> None:
    """The 50-digit slope is that of SymPy's exact derivative."""
    truth = exact_slope(dl.parse(text).tree, "x", at)
    wanted = sympy.diff(form, x).subs(x, sympy.Rational(at)).evalf(45)
    assert truth is not None
    with mpmath.workdps(45):
        assert abs(truth - mpmath.mpf(str(wanted))) < mpmath.mpf(10) ** -38


@pytest.mark.parametrize("text", ["ln(x)", "sqrt(x)", "asin(x)"])
def test_no_truth_off_the_domain(text: str) -> None:
    """Off the domain there is no slope."""
    assert exact_slope(dl.parse(text).tree, "x", -2.0) is None


@pytest.mark.parametrize("method", METHODS)
def test_the_order_of_each_method(method: str) -> None:
    """Where truncation rules, a tenth of the step makes the error smaller by ten to the method's order."""
    h = np.array([1e-1, 1e-2])
    found = estimate(dl.parse("e^x").tree, "x", 1.0, h, method, "float64")  # type: ignore[arg-type]
    assert found is not None
    errors = np.abs(found - math.e)
    assert math.log10(errors[0] / errors[1]) == pytest.approx(ORDERS[method], abs=0.1)  # type: ignore[index]


def test_round_off_grows_like_one_over_h() -> None:
    """Below the best step the error of the forward difference grows as the step shrinks."""
    found = study(dl.parse("sin(x)").tree, "x", 1.0)
    curve = next(c for c in found.curves if c.method == "forward" and c.precision == "float64")
    small = (curve.h < 1e-10) & (curve.h > 1e-15)
    slope = np.polyfit(np.log10(curve.h[small]), np.log10(curve.error[small]), 1)[0]
    assert slope == pytest.approx(-1, abs=0.3)


def test_autograd_is_the_floor() -> None:
    """Autograd's error is below the best of the differences that subtract, in both precisions."""
    found = study(dl.parse("e^x/x").tree, "x", 0.7)
    for curve in found.curves:
        if curve.method != "complex step":
            assert found.autograd[curve.precision] < curve.error[curve.best]


def test_float32_is_worse() -> None:
    """The best forward difference in float32 is at least a hundred times worse than in float64."""
    best = {
        c.precision: c.error[c.best]
        for c in study(dl.parse("sin(x)").tree, "x", 1.0).curves
        if c.method == "forward"
    }
    assert best["float32"] > 100 * best["float64"]


def test_no_complex_step_through_a_corner() -> None:
    """|x| has no continuation to complex numbers, so the complex step is left out, and said so."""
    found = study(dl.parse("|x| + x^2").tree, "x", 1.0)
    assert "complex step" not in {curve.method for curve in found.curves}
    assert found.missing


def test_off_the_domain_is_said() -> None:
    """Where there is no derivative the study is an InputError with a hint."""
    with pytest.raises(dl.InputError) as wrong:
        study(dl.parse("ln(x)").tree, "x", -1.0)
    assert wrong.value.hint


def test_the_secant_of_a_parabola() -> None:
    """The secant of x² from 3 with step 1 has slope 7."""
    assert secant_slope(dl.parse("x^2"), "x", 3.0, 1.0) == 7.0
