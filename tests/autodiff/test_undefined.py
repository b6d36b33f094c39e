"""Undefined is NaN: in every public answer, at every order, by autograd and by Taylor propagation."""

from __future__ import annotations

import math

import numpy as np
import pytest

import derivlab as dl
from derivlab.autodiff.derivative import autograd_slope
from derivlab.autodiff.taylor import evaluator, taylor
from derivlab.multivariable import batch

POLES = [
    ("1/x", 0.0),
    ("x^-1", 0.0),
    ("1/x^2", 0.0),
    ("1/floor(x)", 0.5),
    ("ln(x)", 0.0),
    ("log10(x)", 0.0),
    ("log2(x)", 0.0),
    ("log1p(x)", -1.0),
    ("log(x, 1)", 2.0),
    ("atanh(x)", 1.0),
    ("erfinv(x)", -1.0),
    ("lgamma(x)", -2.0),
    ("gamma(x)", 0.0),
    ("x!", -3.0),
    ("digamma(x)", -1.0),
    ("polygamma(1, x)", -1.0),
    ("csc(x)", 0.0),
    ("coth(x)", 0.0),
    ("asech(x)", 0.0),
    ("mod(x, 0)", 1.0),
    ("exp(-1/x^2)", 0.0),
    ("atan(1/x)", 0.0),
    ("1/(1/x)", 0.0),
    ("max(1/x, 0)", 0.0),
    ("ln(x)^0", -1.0),
    ("sign(ln(x))", -1.0),
    ("heaviside(sqrt(x))", -1.0),
    ("where(ln(x) > 0, 1, 2)", -1.0),
    ("{1/x if x > -1, 1 otherwise}", 0.0),
    ("{x if x > 0}", -1.0),
    ("0*ln(x)", -1.0),
    ("ln(0) + x", 1.0),
    ("tan(pi/2) + x", 1.0),
    ("x/sin(2pi)", 1.0),
    ("csc(-pi)*x", 1.0),
    ("1/(x*cos(3pi/2))", 1.0),
]


@pytest.mark.parametrize(("text", "x"), POLES)
def test_where_the_formula_has_no_value_every_answer_is_nan(text: str, x: float) -> None:
    """Value, all orders, gradient, Hessian, Jacobian, Taylor: at a point and among other points."""
    f = dl.parse(text)
    assert math.isnan(dl.value(f, {"x": x}))
    assert np.isnan(dl.value(f, {"x": [x, x]})).all()
    for order in range(6):
        assert math.isnan(dl.derivative(f, {"x": x}, wrt="x", order=order))
        assert np.isnan(dl.derivative(f, {"x": [x]}, wrt="x", order=order)).all()
    assert math.isnan(dl.gradient(f, {"x": x})["x"])
    assert np.isnan(dl.hessian(f, {"x": x})).all()
    assert np.isnan(dl.jacobian([f], {"x": x})).all()
    assert np.isnan(taylor(f, {"x": x}, "x", 3)).all()
    assert all(np.isnan(answer).all() for answer in batch.hessians(f, [[x]]))


@pytest.mark.parametrize(
    ("text", "x", "expected"),
    [
        ("1/x", 1e-300, 1e300),
        ("exp(x)", 1000.0, math.inf),
        ("1/x^2", 1e-200, math.inf),
        ("tan(x)", math.pi / 2, 1.633123935319537e16),
        ("tan(pi/4)*x", 2.0, 2.0),
        ("x/cos(2pi)", 3.0, 3.0),
        ("{1/x if x > 1, 5 otherwise}", 0.0, 5.0),
        ("{sin(x)/x if x != 0, 1 otherwise}", 0.0, 1.0),
        ("sqrt(x)", 0.0, 0.0),
        ("x^x", 0.0, 1.0),
        ("x^x", -2.0, 0.25),
        ("(-2)^x", 3.0, -8.0),
        ("x^0", 0.0, 1.0),
        ("asin(x)", 1.0, math.pi / 2),
        ("gamma(x)", -0.5, -2 * math.sqrt(math.pi)),
        ("x^(-2/3)", -8.0, 0.25),
    ],
)
def test_what_has_a_value_keeps_it(text: str, x: float, expected: float) -> None:
    """Beside a pole, at an edge, in the branch that is taken; an infinity is a number too large for floating point."""
    assert dl.value(dl.parse(text), {"x": x}) == pytest.approx(expected, rel=1e-14)


def test_a_slope_at_an_edge_is_autograds() -> None:
    """sqrt has a value at 0, and a vertical tangent."""
    assert dl.derivative(dl.parse("sqrt(x)"), {"x": 0.0}) == math.inf


def test_what_torch_answers_stays_visible() -> None:
    """autograd_slope and inspect_point have torch's raw answer, evaluator the infinities."""
    assert autograd_slope(dl.parse("1/x"), {"x": 0.0}, "x") == -math.inf
    assert autograd_slope(dl.parse("ln(x)"), {"x": -1.0}, "x") == -1.0
    assert autograd_slope(dl.parse("y"), {"y": 1.0}, "x") == 0.0
    assert dl.inspect_point(dl.parse("1/x"), 0.0).autograd == -math.inf
    assert evaluator(dl.parse("1/x"))(np.array([0.0]))[0, 0] == math.inf


def test_of_several_functions_only_the_undefined_one_is_nan() -> None:
    """Each row of a Jacobian has its own domain; a Hessian of two variables is NaN as a whole."""
    rows = dl.jacobian([dl.parse("x/y"), dl.parse("x + y")], {"x": 1.0, "y": [0.0, 2.0]})
    assert np.isnan(rows[0, :, 0]).all()
    np.testing.assert_allclose(rows[0, :, 1], [0.5, -0.25])
    np.testing.assert_allclose(rows[1], 1.0)
    assert np.isnan(dl.hessian(dl.parse("x^2/y"), {"x": 1.0, "y": 0.0})).all()
