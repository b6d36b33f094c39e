"""Lowering to torch: values, gradients and the graph that a PyTorch programmer would get."""

from __future__ import annotations

import math

import mpmath
import numpy as np
import pytest
import torch

from derivlab.errors import InputError
from derivlab.expression.parse import parse
from derivlab.lowering.to_torch import lower, polygamma_values


def leaf(*values: float) -> torch.Tensor:
    """A float64 tensor that takes a gradient."""
    found = values[0] if len(values) == 1 else list(values)
    return torch.tensor(found, dtype=torch.float64, requires_grad=True)


def graph_of(text: str) -> list[str]:
    """The names of the recorded nodes, from the result down the first arguments."""
    names = []
    node = lower(parse(text).tree, ("x",), share=False)([leaf(2.0)]).grad_fn
    while node is not None:
        names.append(node.name())
        node = node.next_functions[0][0] if node.next_functions else None
    return names


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x^2", ["PowBackward0", "torch::autograd::AccumulateGrad"]),
        ("3x^2", ["MulBackward0", "PowBackward0", "torch::autograd::AccumulateGrad"]),
        ("x + 1", ["AddBackward0", "torch::autograd::AccumulateGrad"]),
        ("1 - x", ["RsubBackward1", "torch::autograd::AccumulateGrad"]),
        ("2/x", ["MulBackward0", "ReciprocalBackward0", "torch::autograd::AccumulateGrad"]),
        ("e^x", ["ExpBackward0", "torch::autograd::AccumulateGrad"]),
        ("sin(2)*x", ["MulBackward0", "torch::autograd::AccumulateGrad"]),
        ("|x|", ["AbsBackward0", "torch::autograd::AccumulateGrad"]),
    ],
)
def test_the_graph_is_what_typed_code_records(text: str, expected: list[str]) -> None:
    """Numbers stay Python numbers, so the graph has no nodes for them."""
    assert graph_of(text) == expected


@pytest.mark.parametrize(
    ("text", "x", "expected"),
    [
        ("x^(1/3)", -8.0, -2.0),
        ("x^(2/3)", -8.0, 4.0),
        ("x^(-1/3)", -8.0, -0.5),
        ("x^0.2", -32.0, -2.0),
        ("cbrt(x)", -27.0, -3.0),
        ("x^3", -2.0, -8.0),
        ("49/x", 49.0, 1.0),
        ("max(x, 1, 2)", 0.0, 2.0),
        ("min(3, x)", 5.0, 3.0),
        ("mod(x, 3)", -1.0, 2.0),
        ("mod(7, x)", 4.0, 3.0),
        ("atan2(1, x)", 1.0, math.pi / 4),
        ("{x if x > 0, -1 otherwise}", -5.0, -1.0),
        ("log(x, 2)", 8.0, 3.0),
        ("x!", 5.0, 120.0),
        ("gamma(x)", -1.5, 2.3632718012073548),
        ("2^3^2 + 0*x", 1.0, 512.0),
    ],
)
def test_values(text: str, x: float, expected: float) -> None:
    """Values of what torch has not, or has otherwise."""
    found = float(lower(parse(text).tree, ("x",))([torch.tensor(x, dtype=torch.float64)]))
    assert found == pytest.approx(expected, rel=1e-14, nan_ok=True)


@pytest.mark.parametrize("text", ["ln(x)", "sqrt(x)", "x^0.5", "asin(x - 2)", "acosh(x)", "x^x"])
def test_undefined_is_nan(text: str) -> None:
    """Outside the domain the value is NaN, not an error."""
    assert math.isnan(float(lower(parse(text).tree, ("x",))([torch.tensor(-3.3, dtype=torch.float64)])))


def test_the_result_is_float64_and_has_the_points_shape() -> None:
    """Also for a constant function."""
    x = torch.zeros((3, 2), dtype=torch.float64)
    for text in ("5", "x", "pi + 1", "sin(x)"):
        y = lower(parse(text).tree, ("x",))([x])
        assert y.dtype == torch.float64
        assert y.shape == (3, 2)


def test_a_missing_variable_is_an_input_error() -> None:
    """It is named."""
    with pytest.raises(InputError, match="y"):
        lower(parse("x*y").tree, ("x",))


def test_the_branch_not_taken_leaks_nan_only_as_typed() -> None:
    """Raw torch.where gives NaN at 0 for {ln x if x > 0, 0 otherwise}; the guarded form gives 0."""
    tree = parse("{ln(x) if x > 0, 0 otherwise}").tree
    slopes = {}
    for guard in (False, True):
        x = leaf(0.0, 2.0)
        lower(tree, ("x",), guard=guard)([x]).sum().backward()
        slopes[guard] = x.grad.tolist()
    assert math.isnan(slopes[False][0])
    assert slopes[True] == [0.0, 0.5]


def test_guards_hold_at_all_orders_and_in_nested_pieces() -> None:
    """The third derivative of a function of three pieces, one undefined where another is taken."""
    tree = parse("{sqrt(x) if x > 1, {ln(x) if x > 0, x^3 otherwise} otherwise}").tree
    x = leaf(4.0, 0.5, -2.0, 0.0)
    y = lower(tree, ("x",), guard=True)([x])
    for _ in range(3):
        (y,) = torch.autograd.grad(y.sum(), x, create_graph=True)
    expected = [3 / 8 * 4**-2.5, 2 / 0.5**3, 6.0, 6.0]
    np.testing.assert_allclose(y.detach().numpy(), expected, rtol=1e-14)


@pytest.mark.parametrize("order", [1, 2, 3, 5])
def test_polygamma_is_exact_on_both_sides(order: int) -> None:
    """ψ⁽ⁿ⁾ at positive and negative points against mpmath at 30 digits."""
    points = [0.3, 0.7, 2.3, 9.0, -0.4, -1.5, -3.7]
    found = polygamma_values(order, torch.tensor(points, dtype=torch.float64)).numpy()
    with mpmath.workdps(30):
        for point, value in zip(points, found, strict=True):
            if point > 0:
                exact = mpmath.psi(order, mpmath.mpf(point))
            else:
                exact = mpmath.diff(lambda u: mpmath.psi(0, u), mpmath.mpf(point), order)
            assert value == pytest.approx(float(exact), rel=1e-12)
