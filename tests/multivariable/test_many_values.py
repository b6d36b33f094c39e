"""Many values at once: the error, the sum, the Jacobian, any v; and lists as people type them."""

from __future__ import annotations

import numpy as np
import pytest
import torch

import derivlab as dl
from derivlab.multivariable.many_values import (
    COUPLINGS,
    MOST_FOR_JACOBIAN,
    backward_with,
    refusal,
    slopes_at_all,
)
from derivlab.multivariable.value_list import read_values

SQUARE = dl.parse("x^2")


def test_torch_refuses_many_outputs() -> None:
    """Without a sum torch's own words come back; a single value is no fault."""
    assert refusal(SQUARE, np.linspace(-10, 10, 20)) == (
        "RuntimeError: grad can be implicitly created only for scalar outputs"
    )
    assert refusal(SQUARE, np.array([3.0])) is None


def test_the_sum_gives_every_derivative() -> None:
    """x² over the tutorial's linspace has .grad = 2x."""
    x = np.linspace(-10, 10, 20)
    found = slopes_at_all(SQUARE, x)
    assert found.y == pytest.approx(x**2)
    assert found.grad == pytest.approx(2 * x)
    assert found.undefined == 0


def test_undefined_values_are_counted_and_harm_no_other() -> None:
    """ln over −2 … 2: undefined up to 0, and 1/x beyond."""
    found = slopes_at_all(dl.parse("ln(x)"), np.array([-2.0, 0.0, 1.0, 2.0]))
    assert found.grad[2:] == pytest.approx([1, 0.5])
    assert found.undefined == 2


def test_a_constant_and_a_single_value() -> None:
    """A constant has derivative 0 at every value."""
    found = slopes_at_all(dl.parse("f(x) = 7"), np.array([1.0, 2.0]))
    assert (found.y.tolist(), found.grad.tolist()) == ([7.0, 7.0], [0.0, 0.0])


def test_a_million_values() -> None:
    """A million values need one backward pass and no Jacobian."""
    x = np.linspace(0, 1, 1_000_000)
    assert slopes_at_all(SQUARE, x).grad == pytest.approx(2 * x)
    assert backward_with(SQUARE, x).jacobian is None
    with pytest.raises(dl.InputError, match="1,000,001"):
        slopes_at_all(SQUARE, np.zeros(1_000_001))


def test_a_function_of_two_variables_is_sent_on() -> None:
    """A function of several variables is refused with what to type instead."""
    with pytest.raises(dl.InputError, match="2 variables"):
        slopes_at_all(dl.parse("x y"), np.array([1.0]))


@pytest.mark.parametrize("coupling", COUPLINGS)
def test_the_jacobian_is_torchs(coupling: str) -> None:
    """The Jacobian is that of torch.func.jacrev on the same lines, coupled or not."""
    x = np.linspace(-1, 2, 5)
    lines = {
        "none": lambda t: t**2,
        "softmax": lambda t: torch.softmax(t**2, 0),
        "cumsum": lambda t: torch.cumsum(t**2, 0),
        "mean": lambda t: t**2 - (t**2).mean(),
    }
    found = backward_with(SQUARE, x, None, coupling)  # type: ignore[arg-type]
    expected = torch.func.jacrev(lines[coupling])(torch.tensor(x)).numpy()
    assert found.jacobian == pytest.approx(expected, abs=1e-14)
    assert found.is_diagonal == (coupling == "none")
    assert found.grad == pytest.approx(np.ones(5) @ expected, abs=1e-12)


def test_any_v_weighs_the_rows() -> None:
    """backward(v) is vᵀJ; one number stands for all, and a wrong count is refused."""
    x = np.array([1.0, 2.0, 3.0])
    assert backward_with(SQUARE, x, np.array([0.0, 1.0, -2.0])).grad.tolist() == [0.0, 4.0, -12.0]
    assert backward_with(SQUARE, x, np.array([10.0])).grad.tolist() == [20.0, 40.0, 60.0]
    with pytest.raises(dl.InputError, match="v has 2 numbers, but there are 3 outputs"):
        backward_with(SQUARE, x, np.array([1.0, 2.0]))


def test_large_jacobians_are_not_made() -> None:
    """Past the limit no Jacobian is built, but the product is still there."""
    found = backward_with(SQUARE, np.arange(MOST_FOR_JACOBIAN + 1.0))
    assert found.jacobian is None
    assert found.is_diagonal is None


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("1, 2, 3", [1, 2, 3]),
        ("[1, -2.5, .5e1]", [1, -2.5, 5]),
        ("(pi, sqrt(4), -1/4)", [np.pi, 2, -0.25]),
        ("1 2 −3", [1, 2, -3]),
        ("linspace(0, 1, 3)", [0, 0.5, 1]),
        ("torch.linspace(0, 2pi, steps=3)", [0, np.pi, 2 * np.pi]),
        ("torch.tensor([1., 2., 3.])", [1, 2, 3]),
        ("1, 2,", [1, 2]),
        ("7", [7]),
        ("linspace(5, 5, 1)", [5]),
    ],
)
def test_lists_as_people_type_them(text: str, values: list[float]) -> None:
    """Lists, linspace and lines from a notebook are read."""
    assert read_values(text) == pytest.approx(values)


@pytest.mark.parametrize(
    ("text", "words", "span"),
    [
        ("1, x, 3", "“x” is not a number", (2, 4)),
        ("1,, 3", "missing between two commas", (2, 2)),
        ("linspace(1, 2)", "three numbers", (9, 13)),
        ("1, 1/0", "not a finite number", (2, 6)),
        ("(1, 2", "never closed", (0, 1)),
    ],
)
def test_wrong_lists_say_where(text: str, words: str, span: tuple[int, int]) -> None:
    """What is wrong in a list is said with its place in the whole text."""
    with pytest.raises(dl.ParseError, match=words) as caught:
        read_values(text)
    assert tuple(caught.value.span) == span


@pytest.mark.parametrize(
    "text",
    ["", "  ", "[]", "linspace(0, 1, 0)", "linspace(0, 1, 2.5)", "linspace(0, 1, 1e9)", "1," * 150_000],
)
def test_none_and_too_many_are_refused(text: str) -> None:
    """No values, a count that is none, and too many are InputErrors with a next step."""
    with pytest.raises(dl.InputError) as caught:
        read_values(text)
    assert caught.value.hint
