"""The public names value, derivative and gradient: numbers, arrays, kinks, domains, and errors that teach."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction
from typing import Any

import mpmath
import numpy as np
import pytest
import torch

import derivlab as dl
from derivlab.autodiff import nested
from derivlab.autodiff.derivative import MAX_ORDER, prefers_taylor
from derivlab.expression.parse import parse

TUTORIAL = parse("f(u, v) = u^3 + v^2 + 4uv")


def test_the_tutorials_numbers() -> None:
    """3x² at 3 is 27 with slope 18; 6x² + 2x + 4 has slope 38 at 3; the gradient at (3, 4) is (43, 20)."""
    assert dl.value(parse("3x^2"), {"x": 3}) == 27.0
    assert dl.derivative(parse("3x^2"), {"x": 3}) == 18.0
    assert dl.derivative(parse("6x^2 + 2x + 4"), {"x": 3}) == 38.0
    assert dl.gradient(TUTORIAL, {"u": 3, "v": 4}) == {"u": 43.0, "v": 20.0}


def test_numbers_give_floats_and_arrays_give_arrays_of_their_shape() -> None:
    """For a list, an array of two dimensions, a range and a tensor."""
    f = parse("x^3")
    assert type(dl.value(f, {"x": 2})) is float
    assert type(dl.derivative(f, {"x": 2})) is float
    for points in ([1.0, 2.0], np.arange(6.0).reshape(2, 3), range(4), torch.arange(3.0), np.arange(6)[::-2]):
        x = np.asarray(points, dtype=float)
        found = dl.derivative(f, {"x": points})
        assert found.dtype == np.float64
        np.testing.assert_allclose(found, 3 * x**2)
        np.testing.assert_allclose(dl.value(f, {"x": points}), x**3)


@pytest.mark.parametrize(
    "number", [2, 2.0, np.float32(2), np.int64(2), Fraction(2), Decimal(2), np.array(2.0)]
)
def test_every_kind_of_real_number_is_taken(number: Any) -> None:
    """Python's, NumPy's, fractions and decimals."""
    assert dl.value(parse("x^2"), {"x": number}) == 4.0


def test_variables_are_broadcast_among_each_other() -> None:
    """One value for v serves all values of u; a row and a column make a table."""
    found = dl.gradient(TUTORIAL, {"u": [3, 1], "v": 4})
    np.testing.assert_allclose(found["u"], [43, 19])
    np.testing.assert_allclose(found["v"], [20, 12])
    table = dl.value(TUTORIAL, {"u": np.zeros((2, 1)), "v": np.arange(3.0)})
    np.testing.assert_allclose(table, [[0, 1, 4], [0, 1, 4]])


def test_a_million_points_are_no_python_loop() -> None:
    """Blocks join without a seam."""
    x = np.linspace(-2, 2, nested.BLOCK * 3 + 7)
    np.testing.assert_allclose(
        dl.derivative(parse("sin(x)*x"), {"x": x}), np.cos(x) * x + np.sin(x), atol=1e-15
    )
    np.testing.assert_allclose(dl.value(parse("sin(x)*x"), {"x": x}), np.sin(x) * x, atol=1e-15)


def test_constants_and_absent_variables_have_derivative_zero() -> None:
    """Not an error, and of the points' shape."""
    assert dl.derivative(parse("5"), {"x": 1.0}) == 0.0
    assert dl.derivative(parse("5"), {}) == 0.0
    assert dl.derivative(parse("x^2"), {"x": 1.0}, wrt="t") == 0.0
    assert dl.derivative(parse("floor(x)"), {"x": 1.5}) == 0.0
    assert dl.derivative(parse("{1 if x > 0, 2 otherwise}"), {"x": 1.5}) == 0.0
    np.testing.assert_array_equal(dl.derivative(parse("5"), {"x": [1, 2]}), [0, 0])
    np.testing.assert_array_equal(dl.value(parse("5"), {"x": [1, 2]}), [5, 5])
    assert dl.gradient(parse("5"), {"x": 1}) == {}


def test_empty_points_give_empty_answers() -> None:
    """Of the points' shape."""
    assert dl.value(parse("x^2"), {"x": []}).shape == (0,)
    assert dl.derivative(parse("x^2"), {"x": np.zeros((2, 0))}, order=2).shape == (2, 0)
    assert dl.derivative(parse("x^2"), {"x": []}, order=5).shape == (0,)


@pytest.mark.parametrize("order", range(9))
def test_all_orders_of_the_exponential_and_of_a_polynomial(order: int) -> None:
    """Nested autograd and Taylor propagation meet at the order where one takes over from the other."""
    assert dl.derivative(parse("e^(2x)"), {"x": 0.3}, order=order) == pytest.approx(
        2**order * math.exp(0.6), rel=1e-14
    )
    expected = math.factorial(5) / math.factorial(5 - order) * 1.7 ** (5 - order) if order <= 5 else 0.0
    assert dl.derivative(parse("x^5"), {"x": 1.7}, order=order) == pytest.approx(expected, rel=1e-14)
    assert dl.derivative(parse("x^5"), {"x": 0}, order=order) == (120.0 if order == 5 else 0.0)


def test_mixed_partials_of_any_order() -> None:
    """By nested autograd, by Taylor propagation, and the same in any order of the names."""
    f = parse("f(u, v) = sin(u*v)*e^u + u^4*v^3")
    at = {"u": 0.7, "v": -0.4}
    with mpmath.workdps(40):

        def exact(u: Any, v: Any) -> Any:
            return mpmath.sin(u * v) * mpmath.exp(u) + u**4 * v**3

        for names in (
            ("u", "v"),
            ("v", "u"),
            ("u", "u", "v"),
            ("u", "v", "u", "v"),
            ("v", "v", "u", "u", "u"),
        ):
            n = (names.count("u"), names.count("v"))
            expected = float(mpmath.diff(exact, (mpmath.mpf(at["u"]), mpmath.mpf(at["v"])), n))
            assert dl.derivative(f, at, wrt=names) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(
    ("text", "x"),
    [
        ("ln(x)", -1.0),
        ("log2(x)", -2.0),
        ("log1p(x)", -2.0),
        ("atanh(x)", 2.0),
        ("sqrt(x)", -1.0),
        ("x^0.5", -1.0),
    ],
)
@pytest.mark.parametrize("order", [1, 2, 5])
def test_outside_the_domain_there_is_no_derivative(text: str, x: float, order: int) -> None:
    """NaN, also where autograd's formula alone would give a number (1/x for ln)."""
    assert math.isnan(dl.derivative(parse(text), {"x": x}, order=order))
    found = dl.derivative(parse(text), {"x": [x, 0.5]}, order=order)
    assert math.isnan(found[0])
    assert math.isfinite(found[1])


@pytest.mark.parametrize(
    ("text", "x", "expected"),
    [
        ("|x|", 0.0, 0.0),
        ("relu(x)", 0.0, 0.0),
        ("max(x, 0)", 0.0, 0.5),
        ("clamp(x, 0, 1)", 0.0, 1.0),
        ("sqrt(x)", 0.0, math.inf),
        ("sqrt(x^2)", 0.0, math.nan),
        ("floor(x)", 2.0, 0.0),
    ],
)
def test_at_kinks_the_answer_is_autograds(text: str, x: float, expected: float) -> None:
    """What PyTorch returns there, not what mathematics says."""
    assert dl.derivative(parse(text), {"x": x}) == pytest.approx(expected, nan_ok=True)


def test_pieces_have_the_right_derivative_in_each_branch() -> None:
    """No NaN from the branch that is not taken, at any order."""
    f = parse("{ln(x) if x > 0, x^2 otherwise}")
    for order, expected in (
        (1, [-4.0, 0.0, 0.5]),
        (2, [2.0, 2.0, -0.25]),
        (3, [0.0, 0.0, 0.25]),
        (4, [0, 0, -6 / 16]),
    ):
        np.testing.assert_allclose(dl.derivative(f, {"x": [-2, 0, 2]}, order=order), expected, rtol=1e-14)


@pytest.mark.parametrize(
    ("text", "order"), [("sinc(x)", 2), ("gamma(x)", 2), ("digamma(x)", 1), ("lgamma(x)", 3)]
)
@pytest.mark.parametrize("x", [0.0, -1.4, 2.6])
def test_orders_that_torch_loses_are_mended(text: str, order: int, x: float) -> None:
    """sinc″(0) is −π²/3, where torch's own second derivative is 0; gamma's kin have all their digits."""
    call = {
        "sinc(x)": mpmath.sincpi,
        "gamma(x)": mpmath.gamma,
        "digamma(x)": mpmath.digamma,
        "lgamma(x)": lambda t: mpmath.re(mpmath.loggamma(t)),
    }[text]
    if x == 0.0 and text != "sinc(x)":
        x = 0.25
    assert prefers_taylor(parse(text).tree, order)
    with mpmath.workdps(40):
        exact = float(mpmath.re(mpmath.diff(call, mpmath.mpf(x), order)))
    assert dl.derivative(parse(text), {"x": x}, order=order) == pytest.approx(exact, rel=1e-12)


@pytest.mark.parametrize(
    "x", [-0.5, -0.9999, -1.0001, -2.5, -3.0000001, -10.3, -12345.678, 1e-12, 0.3, 100.7]
)
@pytest.mark.parametrize("order", [1, 2, 3, 5, 8])
def test_digamma_and_its_kin_are_exact_at_negative_arguments(x: float, order: int) -> None:
    """Beside the poles, halfway between them and far out: reflection loses no digit."""
    with mpmath.workdps(60):
        exact = float(mpmath.re(mpmath.psi(order, mpmath.mpf(x))))
    for text, lower in (("digamma(x)", 0), ("lgamma(x)", -1), ("polygamma(1, x)", 1)):
        if order > lower:
            found = dl.derivative(parse(text), {"x": x}, order=order - lower)
            assert found == pytest.approx(exact, rel=2e-13), text


BAD_POINTS: list[Any] = [
    {},
    {"u": 3},
    {"u": True, "v": 1},
    {"u": "3", "v": 1},
    {"u": 1j, "v": 1},
    {"u": math.nan, "v": 1},
    {"u": [1, math.inf], "v": 1},
    {"u": [1, 2], "v": [1, 2, 3]},
    3.0,
    None,
    [3, 4],
    {"u": None, "v": 1},
    {"u": 10**400, "v": 1},
    {"u": [[1, 2], [3]], "v": 1},
    {"u": [True, 1], "v": 1},
    {"u": {"a": 1}, "v": 2},
    {"u": {1, 2}, "v": 2},
    {"u": ["1"], "v": 2},
    {"u": np.array([1j]), "v": 2},
    {"u": np.array(["a"]), "v": 2},
    {"u": b"3", "v": 2},
    {"u": object(), "v": 2},
]


@pytest.mark.parametrize("at", BAD_POINTS, ids=lambda at: repr(at).split(" at 0x")[0])
@pytest.mark.parametrize(
    "ask", [dl.value, dl.gradient, dl.hessian, lambda f, at: dl.derivative(f, at, wrt="u")]
)
def test_bad_points_are_input_errors_with_a_hint(at: Any, ask: Any) -> None:
    """Each says what is wrong and names the next step."""
    with pytest.raises(dl.InputError) as caught:
        ask(TUTORIAL, at)
    assert caught.value.message.endswith(".")
    assert caught.value.hint


@pytest.mark.parametrize(
    "asked",
    [
        {"order": -1},
        {"order": 1.5},
        {"order": True},
        {"order": MAX_ORDER + 1},
        {"order": "2"},
        {"wrt": None},
        {"wrt": 3},
        {"wrt": ("u", 2)},
        {"wrt": ""},
        {"wrt": ("u", "v"), "order": 3},
        {"wrt": ("u",) * (MAX_ORDER + 1)},
    ],
    ids=repr,
)
def test_bad_orders_and_names_are_input_errors(asked: dict[str, Any]) -> None:
    """The order is a whole number from 0 on, the variable must be named where there are several."""
    with pytest.raises(dl.InputError) as caught:
        dl.derivative(TUTORIAL, {"u": 1, "v": 2}, **{"wrt": "u", **asked})
    assert caught.value.hint


@pytest.mark.parametrize("not_a_function", ["x^2", None, 3, len])
def test_text_is_not_yet_a_function(not_a_function: Any) -> None:
    """A text gets the advice to parse it first."""
    with pytest.raises(dl.InputError):
        dl.value(not_a_function, {"x": 1})


def test_a_misspelt_variable_is_suggested() -> None:
    """The point names xx where the function has x."""
    with pytest.raises(dl.InputError, match="Is xx meant"):
        dl.value(parse("x^2"), {"xx": 1})


def test_the_callers_arrays_stay_as_they_were() -> None:
    """Nothing is written into them, and the answers do not share their memory."""
    x = np.array([1.0, 2.0])
    x.flags.writeable = False
    dl.value(parse("x"), {"x": x})[0] = 9
    np.testing.assert_array_equal(x, [1.0, 2.0])
    z = np.array([1.0, 2.0])
    assert not np.shares_memory(z, dl.value(parse("x"), {"x": z}))
    dl.derivative(parse("x"), {"x": z}, order=4)[0] = 9
    np.testing.assert_array_equal(z, [1.0, 2.0])
