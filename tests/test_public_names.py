"""The public names with input that does not fit: always a DerivlabError, never another exception."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import derivlab as dl
from derivlab.multivariable.value_list import read_values

F = dl.parse("x^2")
G = dl.parse("f(u, v) = u^3 + v^2 + 4uv")


@pytest.mark.parametrize(
    "ask",
    [
        lambda: dl.parse(None),
        lambda: dl.parse(3),
        lambda: dl.value("x^2", {"x": 3}),
        lambda: dl.derivative(F, None),
        lambda: dl.derivative(F, {"x": 3}, wrt=5),
        lambda: dl.derivative(F, {"x": 3}, order=1.5),
        lambda: dl.gradient(G, {"u": 3}),
        lambda: dl.hessian(G, {"u": "three", "v": 4}),
        lambda: dl.exact("x"),
        lambda: dl.exact(None),
        lambda: dl.exact(F, wrt=5),
        lambda: dl.exact(F, wrt="x y"),
        lambda: dl.exact(G, wrt=("u", "v"), order=5),
        lambda: dl.exact(F, budget=float("inf")),
        lambda: dl.exact(F, budget=-1),
        lambda: dl.steps("x"),
        lambda: dl.steps(G),
        lambda: dl.steps(F, wrt=5),
        lambda: dl.steps(F, wrt=("x", "x")),
        lambda: dl.sample(F, 0, 1, order="a"),
        lambda: dl.sample(F, 1, 0),
        lambda: dl.features(F, 0, float("nan")),
        lambda: dl.record("x", {"x": 3}),
        lambda: dl.record(F, None),
        lambda: dl.to_python(F, {"x": 3.0}, wrt=5),
    ],
)
def test_wrong_input_is_answered_in_words(ask: Callable[[], Any]) -> None:
    """Each says what is wrong with a DerivlabError."""
    with pytest.raises(dl.DerivlabError) as caught:
        ask()
    assert caught.value.message


def test_a_list_of_names_is_a_mixed_partial() -> None:
    """A list does what a tuple does."""
    assert dl.exact(G, wrt=["u", "v"]).text == "4"  # type: ignore[arg-type]


def test_a_mixed_partial_that_would_take_for_ever_is_refused() -> None:
    """Twelve names at once are an answer in words, not minutes of work."""
    f = dl.parse("sin(a b c d g h k l m n p q)")
    with pytest.raises(dl.InputError, match="too large"):
        dl.derivative(f, dict.fromkeys(f.variables, 0.5), wrt=f.variables)


@pytest.mark.parametrize("text", ["1e400", "1e999, 2", "-1e400 1 2", "linspace(-1e308, 1e308, 5)"])
def test_values_are_finite(text: str) -> None:
    """A list never lets an infinity or a NaN through."""
    with pytest.raises(dl.DerivlabError):
        read_values(text)


@pytest.mark.parametrize("wrt", ["U", "uu", ("u", "vv")])
def test_a_misspelt_variable_is_no_derivative_of_zero(wrt: str | tuple[str, ...]) -> None:
    """Nearly the name of a variable: an answer in words with the right name."""
    f = dl.parse("f(u, v, rate) = u^3 + v^2*rate")
    at = {"u": 3, "v": 4, "rate": 1}
    for ask in (
        lambda: dl.derivative(f, at, wrt=wrt),
        lambda: dl.exact(f, wrt=wrt),
        lambda: dl.taylor(f, at, "raet"),
    ):
        with pytest.raises(dl.InputError, match="no variable") as caught:
            ask()
        assert "meant?" in caught.value.hint


def test_a_variable_that_does_not_occur_has_derivative_zero() -> None:
    """Declared on the left, given in the point, or simply another one."""
    assert dl.derivative(dl.parse("f(x, xx) = x^2"), {"x": 1, "xx": 2}, wrt="xx") == 0.0
    assert dl.derivative(F, {"x": 1, "xx": 2}, wrt="xx") == 0.0
    assert dl.derivative(F, {"x": 1}, wrt="t") == 0.0
    assert dl.exact(F, wrt="t").text == "0"


def test_value_and_derivatives_come_in_one_pass() -> None:
    """taylor has the rows f, f′, f″ … that value and derivative have one by one."""
    x = np.array([0.3, 1.7])
    f = dl.parse("sin(x)*x^2")
    rows = dl.taylor(f, {"x": x}, order=3)
    for order, row in enumerate(rows):
        np.testing.assert_allclose(row, dl.derivative(f, {"x": x}, order=order), rtol=1e-14)


def test_sinc_keeps_its_digits_near_zero() -> None:
    """sinc′(x) is −π²x/3 near 0, to all digits."""
    x = 1e-8
    np.testing.assert_allclose(dl.derivative(dl.parse("sinc(x)"), {"x": x}), -(np.pi**2) * x / 3, rtol=1e-12)
