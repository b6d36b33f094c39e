"""Pitfalls of values: types, changes in place, corners, NaN and precision."""

# mypy: disable-error-code="no-untyped-call"
from __future__ import annotations

import torch

from derivlab.autodiff.pitfalls import Pitfall, Say


def _integers(say: Say) -> None:
    x = torch.tensor(3, requires_grad=True)
    say(x)


def _integers_cured(say: Say) -> None:
    x = torch.tensor(3.0, requires_grad=True)
    say(x)


def _changed(say: Say) -> None:
    x = torch.tensor(1.0, requires_grad=True)
    y = x.exp()
    y.add_(1)
    y.backward()


def _changed_cured(say: Say) -> None:
    x = torch.tensor(1.0, requires_grad=True)
    y = x.exp()
    y = y + 1
    y.backward()
    say(x.grad)


def _leaf_changed(say: Say) -> None:
    x = torch.tensor(3.0, requires_grad=True)
    x -= 0.1


def _leaf_changed_cured(say: Say) -> None:
    x = torch.tensor(3.0, requires_grad=True)
    with torch.no_grad():
        x -= 0.1
    say(x)


def _data(say: Say) -> None:
    x = torch.tensor(3.0, requires_grad=True)
    y = x**2
    x.data.mul_(10)
    y.backward()
    say(y, x.grad)


def _data_cured(say: Say) -> None:
    x = torch.tensor(3.0, requires_grad=True)
    y = x**2
    x.detach().mul_(10)
    y.backward()


def _as_numpy(say: Say) -> None:
    x = torch.tensor(3.0, requires_grad=True)
    y = 3 * x**2
    say(y.numpy())


def _as_numpy_cured(say: Say) -> None:
    x = torch.tensor(3.0, requires_grad=True)
    y = 3 * x**2
    say(y.detach().numpy())


def _leak(say: Say) -> None:
    x = torch.tensor(0.0, requires_grad=True)
    y = torch.where(x > 0, torch.sqrt(x), 0.0)
    y.backward()
    say(y, x.grad)


def _leak_cured(say: Say) -> None:
    x = torch.tensor(0.0, requires_grad=True)
    safe = torch.where(x > 0, x, 1.0)
    y = torch.where(x > 0, torch.sqrt(safe), 0.0)
    y.backward()
    say(y, x.grad)


def _root(say: Say) -> None:
    x = torch.tensor(0.0, requires_grad=True)
    torch.sqrt(x).backward()
    say("sqrt(x):  ", x.grad)
    x.grad = None
    torch.sqrt(x**2).backward()
    say("sqrt(x²): ", x.grad)


def _root_cured(say: Say) -> None:
    x = torch.tensor(0.0, requires_grad=True)
    torch.sqrt(x + 1e-12).backward()
    say("sqrt(x + 1e-12): ", x.grad)
    x.grad = None
    x.abs().backward()
    say("|x|:             ", x.grad)


def _corner(say: Say) -> None:
    x = torch.tensor(0.0, requires_grad=True)
    zero = torch.tensor(0.0)
    for y in (torch.relu(x), torch.maximum(x, zero), torch.clamp(x, min=0), torch.abs(x)):
        x.grad = None
        y.backward()
        say(type(y.grad_fn).__name__, x.grad)


def _corner_cured(say: Say) -> None:
    x = torch.tensor([-1e-9, 1e-9], requires_grad=True)
    torch.relu(x).sum().backward()
    say("slopes left and right:", x.grad)


def _precision(say: Say) -> None:
    x = torch.tensor(1e-4, requires_grad=True)
    y = (1 - torch.cos(x)) / x**2
    y.backward()
    say(y, x.grad)


def _precision_cured(say: Say) -> None:
    x = torch.tensor(1e-4, dtype=torch.float64, requires_grad=True)
    y = (1 - torch.cos(x)) / x**2
    y.backward()
    say(y, x.grad)
    x.grad = None
    better = 2 * (torch.sin(x / 2) / x) ** 2
    better.backward()
    say(better, x.grad)


VALUE_PITFALLS = (
    Pitfall(
        "integers",
        "Whole numbers cannot require grad",
        "torch.tensor(3) or torch.tensor(3.0)?",
        "A derivative needs small steps, and integers have none.",
        _integers,
        "Write the point: 3.0.",
        _integers_cured,
    ),
    Pitfall(
        "in_place",
        "Changing a tensor that the tape needs",
        "y.add_(1) adds 1 in place. The slope stays e. Or?",
        "The node of exp saved its result for the way back. add_ wrote over it, and PyTorch notices.",
        _changed,
        "Make a new tensor: y = y + 1.",
        _changed_cured,
    ),
    Pitfall(
        "leaf_in_place",
        "Changing a leaf in place",
        "One step of gradient descent: x -= 0.1. Allowed?",
        "A leaf is the start of the record. Changing it inside the record has no meaning.",
        _leaf_changed,
        "Do the step where nothing is recorded: with torch.no_grad().",
        _leaf_changed_cured,
    ),
    Pitfall(
        "data",
        ".data changes behind autograd's back",
        "y = x² was computed at 3, then x became 30. x.grad: 6 or 60?",
        "x.data changes the number that the tape saved, unnoticed: y is 9, but the slope is that at 30.",
        _data,
        "detach() shares the number too, but PyTorch notices the change and refuses.",
        _data_cured,
    ),
    Pitfall(
        "numpy",
        "numpy() of a tensor with a history",
        "y is 27. Can NumPy have it?",
        "NumPy cannot carry the tape along, so PyTorch asks you to let go of it first.",
        _as_numpy,
        "detach() it, or use y.item().",
        _as_numpy_cured,
    ),
    Pitfall(
        "where",
        "NaN leaks through where",
        "At 0 the branch taken is the constant 0. Its slope?",
        "Both branches are computed. √x has slope ∞ at 0; the untaken branch sends 0 · ∞, and that is NaN.",
        _leak,
        "Choose a harmless x first, so that the branch not taken has a finite slope.",
        _leak_cured,
    ),
    Pitfall(
        "sqrt",
        "√x at 0",
        "√(x²) is |x|. What is its slope at 0?",
        "The slope of √x at 0 is infinite. In √(x²) it meets 2x = 0, and ∞ · 0 is NaN.",
        _root,
        "Stay off 0, or write the function in another way.",
        _root_cured,
    ),
    Pitfall(
        "corners",
        "One corner, four gradients",
        "relu(x), max(x, 0), clamp(x, min=0): the same function. The same gradient at 0?",
        "At a corner there is no derivative. Each operation picks one: 0, a half, 1; for |x| it is 0.",
        _corner,
        "Know the slopes beside it: 0 on the left, 1 on the right. Any number between is a subgradient.",
        _corner_cured,
    ),
    Pitfall(
        "float32",
        "float32 forgets",
        "(1 − cos x)/x² is close to 0.5 for small x. At 0.0001?",
        "float32 has 7 digits: cos x rounds to 1, and 1 − 1 is 0. PyTorch computes in float32 by default.",
        _precision,
        "Use float64; better still, a formula that does not subtract nearly equal numbers.",
        _precision_cured,
    ),
)
