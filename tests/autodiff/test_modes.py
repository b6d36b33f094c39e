"""Forward and reverse mode agree, and count as they must."""

from __future__ import annotations

import pytest
import torch

import derivlab as dl
from derivlab.autodiff.modes import both_modes, example_map, jacobian_forward, jacobian_reverse, measure


def test_two_jvps_or_one_vjp() -> None:
    """The gradient of the tutorial's function: 43 and 20, by two passes forward or one back."""
    passes = both_modes(dl.parse("f(u, v) = u^3 + v^2 + 4uv"), {"u": 3, "v": 4})
    assert [(p.mode, p.result) for p in passes] == [("JVP", (43.0,)), ("JVP", (20.0,)), ("VJP", (43.0, 20.0))]


def test_a_constant_and_an_unused_variable() -> None:
    """What does not change has tangent and gradient 0."""
    assert [p.result for p in both_modes(dl.parse("f(x) = 5"), {"x": 1})] == [(0.0,), (0.0,)]
    assert both_modes(dl.parse("f(x, y) = x^2"), {"x": 3, "y": 1})[-1].result == (6.0, 0.0)


@pytest.mark.parametrize(("inputs", "outputs"), [(1, 1), (3, 1), (1, 4), (3, 5)])
def test_both_jacobians_agree(inputs: int, outputs: int) -> None:
    """Column by column and row by row the Jacobian is that of torch.autograd.functional."""
    f = example_map(inputs, outputs)
    x = torch.linspace(0.2, 1.1, inputs, dtype=torch.float64)
    wanted = torch.autograd.functional.jacobian(f, x)
    torch.testing.assert_close(jacobian_forward(f, x), wanted)
    torch.testing.assert_close(jacobian_reverse(f, x), wanted)


def test_passes_counted() -> None:
    """Forward takes a pass an input, reverse a pass an output."""
    cost = measure(6, 2)
    assert (cost.forward_passes, cost.reverse_passes) == (6, 2)
    assert cost.forward > 0 < cost.reverse
