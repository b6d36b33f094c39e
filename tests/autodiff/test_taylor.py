"""Taylor propagation: exact to 1e-11 at all orders, agreeing with autograd, right at the awkward points."""

from __future__ import annotations

import math
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import mpmath
import numpy as np
import pytest
import torch

from derivlab.autodiff import nested
from derivlab.autodiff.taylor import evaluator, mixed_partial, taylor
from derivlab.errors import InputError
from derivlab.expression.parse import parse
from derivlab.lowering.points import read_points

LONG = (
    "sin(x^2 + 1)*exp(-x/3) + ln(x^2 + 2)*cos(3x) - sqrt(x^2 + x + 3)/(1 + x^2) "
    "+ tanh(x/2)*x^3 - atan(x)*sin(x) + 2x"
)


def long_by_mpmath(x: Any) -> Any:
    """LONG at mpmath's precision."""
    m = mpmath
    return (
        m.sin(x**2 + 1) * m.exp(-x / 3)
        + m.log(x**2 + 2) * m.cos(3 * x)
        - m.sqrt(x**2 + x + 3) / (1 + x**2)
        + m.tanh(x / 2) * x**3
        - m.atan(x) * m.sin(x)
        + 2 * x
    )


CASES: list[tuple[str, Callable[[Any], Any], float]] = [
    ("tan(x)", mpmath.tan, 0.7),
    ("1/(1 + x^2)", lambda x: 1 / (1 + x**2), 0.4),
    ("x^2.5", lambda x: x**2.5, 1.3),
    ("(x^2 + 1)^(-3/2)", lambda x: (x**2 + 1) ** mpmath.mpf(-1.5), 0.8),
    ("sin(x)^7", lambda x: mpmath.sin(x) ** 7, 0.9),
    ("sin(x)^-2", lambda x: mpmath.sin(x) ** -2, 0.9),
    ("x^-3", lambda x: x**-3, -1.3),
    ("x^100", lambda x: x**100, 1.1),
    ("(1 + x/50)^300", lambda x: (1 + x / 50) ** 300, 1.1),
    ("x^x", lambda x: x**x, 1.4),
    ("2^x", lambda x: mpmath.mpf(2) ** x, 1.4),
    ("x^(1/3)", lambda x: mpmath.sign(x) * mpmath.root(abs(x), 3), -1.7),
    ("(x^2 - 4)^(2/3)", lambda x: mpmath.root((x**2 - 4) ** 2, 3), 1.2),
    ("ln(cos(x) + 2)", lambda x: mpmath.log(mpmath.cos(x) + 2), 0.3),
    ("sigmoid(3x)", lambda x: 1 / (1 + mpmath.exp(-3 * x)), 0.3),
    ("asin(x)", mpmath.asin, 0.3),
    ("acosh(x)", mpmath.acosh, 1.9),
    ("atan2(x, 2)", lambda x: mpmath.atan(x / 2), 0.8),
    ("hypot(x, 2)", lambda x: mpmath.sqrt(x**2 + 4), 0.8),
    ("erf(x)", mpmath.erf, 0.6),
    ("gamma(x)", mpmath.gamma, 1.6),
    ("gamma(x)", mpmath.gamma, -1.6),
    ("digamma(x)", mpmath.digamma, -0.6),
    ("sinc(x)", mpmath.sincpi, 0.01),
    ("sinc(x)", mpmath.sincpi, 1.7),
    ("erfinv(x)", mpmath.erfinv, 0.2),
    ("sec(x)*csc(x)*cot(x)", lambda x: mpmath.sec(x) * mpmath.csc(x) * mpmath.cot(x), 0.8),
    ("|x - 3|^3", lambda x: abs(x - 3) ** 3, 1.1),
]


def close_at_all_orders(found: np.ndarray, exact: Callable[[Any], Any], x: float, tolerance: float) -> None:
    """Compare derivatives of order 0 … with mpmath's Taylor coefficients at 60 digits."""
    with mpmath.workdps(60):
        coefficients = mpmath.taylor(exact, mpmath.mpf(x), len(found) - 1)
        for order, coefficient in enumerate(coefficients):
            true = mpmath.re(coefficient) * mpmath.factorial(order)
            assert abs(mpmath.mpf(float(found[order])) - true) <= tolerance * max(
                abs(true), mpmath.mpf(10) ** -12
            )


@pytest.mark.parametrize("x", [-1.97, -1.1, -0.31, 0.123, 0.77, 1.3, 1.93])
def test_thirty_operations_at_ten_orders(x: float) -> None:
    """Relative error at most 1e-11 against mpmath at 60 digits."""
    close_at_all_orders(taylor(parse(LONG), {"x": x}, "x", 10), long_by_mpmath, x, 1e-11)


@pytest.mark.parametrize(("text", "exact", "x"), CASES, ids=[f"{text} at {x}" for text, _, x in CASES])
def test_each_recurrence_at_ten_orders(text: str, exact: Callable[[Any], Any], x: float) -> None:
    """Each way to a coefficient, to 1e-10 at least."""
    close_at_all_orders(taylor(parse(text), {"x": x}, "x", 10), exact, x, 1e-10)


@pytest.mark.parametrize(
    "text", [LONG, "x^x", "sin(x)^2.5", "{ln(x) if x > 1, x^2 otherwise}", "gelu(x)*silu(x)"]
)
def test_nested_autograd_agrees(text: str) -> None:
    """To 1e-9 relative, at orders up to 4 and at 3,000 points, by NumPy and by torch."""
    f = parse(text)
    x = np.linspace(0.1, 1.9, 3_000)
    rows = taylor(f, {"x": x}, "x", 4)
    reference = nested.derivatives(f.tree, read_points({"x": x}, ("x",)), [("x",) * k for k in range(5)])
    for row, expected in zip(rows, reference, strict=True):
        np.testing.assert_allclose(row, expected, rtol=1e-9, atol=1e-9 * np.abs(expected).max())
    few = np.stack([evaluator(f, order=4)(part) for part in x.reshape(-1, 50)], axis=1).reshape(5, -1)
    np.testing.assert_allclose(few, rows, rtol=1e-10, atol=1e-12 * np.abs(rows).max())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x^2", [0, 0, 2, 0, 0]),
        ("x^5", [0, 0, 0, 0, 0]),
        ("x^0", [1, 0, 0, 0, 0]),
        ("(3x)^4", [0, 0, 0, 0, 1944]),
        ("sin(x)^2", [0, 0, 2, 0, -8]),
        ("sin(x)^2.5", [0, 0, 0, math.inf, math.nan]),
        ("x^2.5", [0, 0, 0, math.inf, -math.inf]),
        ("sinc(x)", [1, 0, -(math.pi**2) / 3, 0, math.pi**4 / 5]),
        ("sqrt(x)", [0, math.inf, -math.inf, math.inf, -math.inf]),
        ("{sin(x)/x if x != 0, 1 otherwise}", [1, 0, 0, 0, 0]),
        ("|x|", [0, 0, 0, 0, 0]),
        ("max(x, 0)", [0, 0.5, 0, 0, 0]),
        ("0^x", [1, 0, 0, 0, 0]),
        ("x/(x - 1)", [0, -1, -2, -6, -24]),
        ("5", [5, 0, 0, 0, 0]),
        ("e^x - 1", [0, 1, 1, 1, 1]),
    ],
)
def test_awkward_points_at_zero(text: str, expected: list[float]) -> None:
    """Finite where the truth is finite, with no NaN from 0·∞."""
    np.testing.assert_allclose(taylor(parse(text), {"x": 0.0}, "x", 4), expected, rtol=1e-13, atol=1e-13)


def test_undefined_is_nan_in_every_row_and_infinities_stay() -> None:
    """ln of a negative number has no slope; at 0 ln is −∞ with slope ∞."""
    rows = evaluator(parse("ln(x)"), order=2)(np.array([-1.0, 0.0, 2.0, np.nan, np.inf]))
    assert np.isnan(rows[:, 0]).all()
    np.testing.assert_array_equal(rows[:, 1], [-np.inf, np.inf, -np.inf])
    np.testing.assert_allclose(rows[:, 2], [np.log(2), 0.5, -0.25])
    assert np.isnan(rows[:, 3]).all()
    np.testing.assert_array_equal(rows[:2, 4], [np.inf, 0.0])


@pytest.mark.filterwarnings("error")
def test_nothing_warns() -> None:
    """Division by zero, overflow and negative roots are silent, for few and for many points."""
    for text in ("1/x", "e^(e^(e^x))", "sqrt(x) + ln(x) + x^0.3 + asin(x)", "gamma(x) + tan(x)", "(-2)^x"):
        for count in (5, 5_000):
            evaluator(parse(text), order=3)(np.linspace(-10, 10, count))


def test_the_other_variables_are_fixed() -> None:
    """∂ⁿ/∂v of u²·sin(v) at u = 3; a number that is given for v itself is not used."""
    evaluate = evaluator(parse("f(u, v) = u^2*sin(v)"), "v", 2, {"u": 3.0, "v": 99.0})
    v = np.linspace(0, 1, 7)
    np.testing.assert_allclose(evaluate(v), [9 * np.sin(v), 9 * np.cos(v), -9 * np.sin(v)], rtol=1e-14)


def test_conditions_on_other_variables() -> None:
    """A piece can be chosen by a variable that does not move."""
    f = parse("f(u, v) = {v^2 if u > 0, -v otherwise}")
    np.testing.assert_allclose(evaluator(f, "v", 1, {"u": 1.0})(np.array([3.0])), [[9], [6]])
    np.testing.assert_allclose(evaluator(f, "v", 1, {"u": -1.0})(np.array([3.0])), [[-3], [-1]])


def test_shapes() -> None:
    """(order + 1, *points' shape), also for a number, a table, a constant and no points at all."""
    f = parse("f(x, y) = x*y")
    assert taylor(f, {"x": 1.0, "y": 2.0}, "x", 3).shape == (4,)
    assert taylor(f, {"x": np.ones((2, 1)), "y": np.ones(3)}, "x", 3).shape == (4, 2, 3)
    assert taylor(parse("5"), {"x": [1.0, 2.0]}, "x", 2).tolist() == [[5, 5], [0, 0], [0, 0]]
    assert evaluator(parse("x^2"), order=0)(np.empty(0)).shape == (1, 0)
    assert evaluator(parse("x^2"))(np.arange(3)).shape == (2, 3)


def test_blocks_join_without_a_seam() -> None:
    """Many points give what each of them gives alone."""
    x = np.random.default_rng(3).uniform(-2, 2, 70_001)
    evaluate = evaluator(parse(LONG), order=3)
    whole = evaluate(x)
    for start in (0, 20_011, 69_990):
        np.testing.assert_allclose(
            evaluate(x[start : start + 10]), whole[:, start : start + 10], rtol=1e-11, atol=1e-11
        )


def test_an_evaluator_serves_several_threads() -> None:
    """Its working memory is made for each call."""
    evaluate = evaluator(parse(LONG), order=2)
    points = [np.linspace(-2, 2 + i / 10, 400) for i in range(8)]
    expected = [evaluate(x) for x in points]
    with ThreadPoolExecutor(4) as pool:
        for _ in range(5):
            for found, right in zip(pool.map(evaluate, points), expected, strict=True):
                np.testing.assert_array_equal(found, right)


@pytest.mark.parametrize("names", ["xy", "xxy", "xyz", "xxyyz", "zzzyx"])
def test_mixed_partials_agree_with_nested_autograd(names: str) -> None:
    """Series in several variables at once, against one differentiation after the other."""
    f = parse("f(x, y, z) = sin(x*y)*e^(z/y) + sqrt(x + y^2 + z^4)*tanh(x*z) - (x + 2y)^3.5/ln(z + 3)")
    points = read_points({"x": [0.3, 1.2], "y": [0.9, 0.5], "z": [0.4, -0.8]}, f.variables)
    expected = nested.derivatives(f.tree, points, [tuple(names)])[0]
    np.testing.assert_allclose(mixed_partial(f, points, tuple(names)), expected, rtol=1e-10)


def test_sixty_four_orders() -> None:
    """The highest order that is answered, of a function whose derivatives are known."""
    found = taylor(parse("1/(1 - x)"), {"x": 0.0}, "x", 64)
    assert found[64] == pytest.approx(float(math.factorial(64)), rel=1e-13)


def test_an_order_that_is_too_much_work_is_refused() -> None:
    """Sixty nested sines have their tenth derivative; the sixty-fourth is an answer in words."""
    f = parse("sin(" * 60 + "x" + ")" * 60)
    assert math.isfinite(taylor(f, {"x": 0.3}, "x", 10)[10])
    with pytest.raises(InputError, match="64 times is too much work") as caught:
        taylor(f, {"x": 0.3}, "x", 64)
    assert "lower order" in caught.value.hint


def test_a_sum_of_a_thousand_terms() -> None:
    """No recursion over the depth of a tree."""
    f = parse(" + ".join(f"x^{i % 5}" for i in range(1_000)))
    np.testing.assert_allclose(taylor(f, {"x": 1.0}, "x", 2), [1000, 2000, 200 * (2 + 6 + 12)])


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ({"order": -1}, "x"),
        ({"order": 65}, "x"),
        ({"wrt": "2"}, "x"),
        ({}, "x*y"),
        ({"wrt": "x"}, "x*y"),
        ({"wrt": "x", "at": {"y": [1, 2]}}, "x*y"),
        ({}, "polygamma(x, 2)"),
    ],
)
def test_what_cannot_be_evaluated_is_an_input_error(asked: dict[str, Any], text: str) -> None:
    """Orders, names and values that do not fit, with a hint."""
    with pytest.raises(InputError) as caught:
        evaluator(parse(text), **asked)
    assert caught.value.hint


def test_torch_keeps_to_one_thread() -> None:
    """Two threads gain little alone and lose much on a busy machine."""
    assert torch.get_num_threads() == 1
