"""Pitfalls of the graph: what is kept, what is freed, what is cut off."""

# mypy: disable-error-code="no-untyped-call"
from __future__ import annotations

import torch

from derivlab.autodiff.pitfalls import Pitfall, Say


def _accumulate(say: Say) -> None:
    x = torch.tensor(3.0, requires_grad=True)
    for _ in range(3):
        y = 3 * x**2
        y.backward()
        say(x.grad)


def _accumulate_cured(say: Say) -> None:
    x = torch.tensor(3.0, requires_grad=True)
    for _ in range(3):
        if x.grad is not None:
            x.grad.zero_()
        y = 3 * x**2
        y.backward()
        say(x.grad)


def _twice(say: Say) -> None:
    x = torch.tensor(3.0, requires_grad=True)
    y = 3 * x**2
    y.backward()
    say(x.grad)
    y.backward()


def _twice_cured(say: Say) -> None:
    x = torch.tensor(3.0, requires_grad=True)
    y = 3 * x**2
    y.backward(retain_graph=True)
    say(x.grad)
    y.backward()
    say(x.grad, "(two gradients, added)")


def _shared(say: Say) -> None:
    x = torch.tensor(3.0, requires_grad=True)
    square = x**2
    first, second = 3 * square, square * square
    first.backward()
    say(x.grad)
    second.backward()


def _shared_cured(say: Say) -> None:
    x = torch.tensor(3.0, requires_grad=True)
    square = x**2
    first, second = 3 * square, square * square
    (first + second).backward()
    say(x.grad)


def _many(say: Say) -> None:
    x = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
    y = x**2
    y.backward()


def _many_cured(say: Say) -> None:
    x = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
    y = x**2
    y.sum().backward()
    say(x.grad)


def _inner(say: Say) -> None:
    x = torch.tensor(3.0, requires_grad=True)
    square = x**2
    y = 3 * square
    y.backward()
    say(square.grad)


def _inner_cured(say: Say) -> None:
    x = torch.tensor(3.0, requires_grad=True)
    square = x**2
    square.retain_grad()
    y = 3 * square
    y.backward()
    say(square.grad)


def _retained_late(say: Say) -> None:
    x = torch.tensor(3.0, requires_grad=True)
    square = x**2
    y = 3 * square
    y.backward()
    square.retain_grad()
    say(square.retains_grad, square.grad)


def _retained_early(say: Say) -> None:
    x = torch.tensor(3.0, requires_grad=True)
    square = x**2
    square.retain_grad()
    y = 3 * square
    y.backward()
    say(square.retains_grad, square.grad)


def _detached(say: Say) -> None:
    x = torch.tensor(3.0, requires_grad=True)
    y = x * x.detach()
    y.backward()
    say(x.grad)


def _detached_cured(say: Say) -> None:
    x = torch.tensor(3.0, requires_grad=True)
    y = x * x
    y.backward()
    say(x.grad)


def _no_grad(say: Say) -> None:
    x = torch.tensor(3.0, requires_grad=True)
    with torch.no_grad():
        y = 3 * x**2
    say(y.requires_grad, y.grad_fn)
    y.backward()


def _no_grad_cured(say: Say) -> None:
    x = torch.tensor(3.0, requires_grad=True)
    y = 3 * x**2
    say(y.requires_grad, y.grad_fn is not None)
    y.backward()
    say(x.grad)


def _rewrapped(say: Say) -> None:
    x = torch.tensor(3.0, requires_grad=True)
    y = torch.tensor(3 * x**2, requires_grad=True)
    y.backward()
    say(x.grad)


def _rewrapped_cured(say: Say) -> None:
    x = torch.tensor(3.0, requires_grad=True)
    y = 3 * x**2
    y.backward()
    say(x.grad)


def _unused(say: Say) -> None:
    x = torch.tensor(3.0, requires_grad=True)
    z = torch.tensor(5.0, requires_grad=True)
    y = 3 * x**2
    torch.autograd.grad(y, (x, z))


def _unused_cured(say: Say) -> None:
    x = torch.tensor(3.0, requires_grad=True)
    z = torch.tensor(5.0, requires_grad=True)
    y = 3 * x**2
    say(torch.autograd.grad(y, (x, z), materialize_grads=True))


def _second(say: Say) -> None:
    x = torch.tensor(3.0, requires_grad=True)
    y = x**3
    (slope,) = torch.autograd.grad(y, x)
    say(slope)
    torch.autograd.grad(slope, x)


def _second_cured(say: Say) -> None:
    x = torch.tensor(3.0, requires_grad=True)
    y = x**3
    (slope,) = torch.autograd.grad(y, x, create_graph=True)
    say(slope)
    say(torch.autograd.grad(slope, x))


def _hooked(say: Say) -> None:
    x = torch.tensor(3.0, requires_grad=True)
    square = x**2
    square.register_hook(lambda gradient: gradient * 100)
    y = 3 * square
    y.backward()
    say(x.grad)


def _hooked_cured(say: Say) -> None:
    x = torch.tensor(3.0, requires_grad=True)
    square = x**2
    handle = square.register_hook(lambda gradient: say("passing by:", gradient))
    y = 3 * square
    y.backward()
    handle.remove()
    say(x.grad)


GRAPH_PITFALLS = (
    Pitfall(
        "accumulate",
        "Gradients add up",
        "The same backward() three times: 18, 18, 18?",
        "backward() adds to .grad; it does not replace it. The second call gives 18 + 18.",
        _accumulate,
        "Set the gradient to zero before each backward(): zero_(), or x.grad = None.",
        _accumulate_cured,
    ),
    Pitfall(
        "twice",
        "backward() twice through one graph",
        "What does the second y.backward() do?",
        "After backward() PyTorch frees what the nodes saved, to save memory. The second pass finds nothing.",
        _twice,
        "retain_graph=True keeps it for another pass. The gradients still add up.",
        _twice_cured,
    ),
    Pitfall(
        "retain_graph",
        "Two results that share a part",
        "first and second are different. Can both go backward?",
        "Both need what x**2 saved. The first backward() frees it.",
        _shared,
        "Add the two and go backward once; or use retain_graph=True the first time.",
        _shared_cured,
    ),
    Pitfall(
        "non_scalar",
        "An output of many numbers",
        "y has three numbers. What is “the” gradient?",
        "backward() starts from one number: only then is the seed 1 clear.",
        _many,
        "Sum first. Each y depends on its own x only, so the sum's gradient holds each derivative.",
        _many_cured,
    ),
    Pitfall(
        "non_leaf",
        ".grad of an inner tensor",
        "What is the gradient of the inner tensor square?",
        "Only leaves keep .grad. An inner tensor passes the gradient on and forgets it.",
        _inner,
        "Call retain_grad() on it before backward().",
        _inner_cured,
    ),
    Pitfall(
        "retain_grad",
        "retain_grad() too late",
        "retain_grad() is there. Is the gradient?",
        "The gradient passed by during backward(). Asking afterwards brings nothing back.",
        _retained_late,
        "Call it before backward().",
        _retained_early,
    ),
    Pitfall(
        "detach",
        "detach() makes a constant",
        "y = x·x at 3 has slope 6. With one x detached?",
        "detach() gives the same number without its history, so that factor counts as a constant.",
        _detached,
        "Detach only what is meant to be a constant.",
        _detached_cured,
    ),
    Pitfall(
        "no_grad",
        "no_grad() records nothing",
        "Can y go backward?",
        "Inside no_grad() nothing is written on the tape, so y has no grad_fn.",
        _no_grad,
        "Compute what you want to differentiate outside of it.",
        _no_grad_cured,
    ),
    Pitfall(
        "tensor_of_tensor",
        "torch.tensor(…) of a tensor",
        "y is 27 and requires grad. What is x.grad?",
        "torch.tensor copies the number into a new leaf. The way back to x is cut.",
        _rewrapped,
        "Use the result as it is.",
        _rewrapped_cured,
    ),
    Pitfall(
        "unused",
        "A variable that was never used",
        "y does not depend on z. Is its gradient 0?",
        "No path leads from y to z, so there is no gradient at all. After backward() z.grad stays None.",
        _unused,
        "materialize_grads=True gives the 0 (allow_unused=True gives None).",
        _unused_cured,
    ),
    Pitfall(
        "create_graph",
        "The derivative of the derivative",
        "slope is a tensor. Can it be differentiated again?",
        "The backward pass is not recorded by default, so the slope is a plain number without a history.",
        _second,
        "create_graph=True records the backward pass too. Then the second derivative of x³ at 3 is 18.",
        _second_cured,
    ),
    Pitfall(
        "hooks",
        "A hook can change the gradient",
        "The hook multiplies by 100. Is x.grad still 18?",
        "What a hook returns takes the gradient's place. A hook that only looks must return nothing.",
        _hooked,
        "Return nothing, and remove the hook when it is done.",
        _hooked_cured,
    ),
)
