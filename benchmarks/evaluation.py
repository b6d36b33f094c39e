"""Value, derivative and gradient against the same expressions written by hand in torch.

Run: ``python -m benchmarks.evaluation``. All in one thread, in one run, taking turns.
"""

from __future__ import annotations

import sys

import numpy as np
import torch

import derivlab as dl
from benchmarks.measure import row, seconds, told
from derivlab.autodiff.taylor import evaluator
from derivlab.lowering.program import program_of

ONE = (
    "sin(x^2 + 1)*exp(-x/3) + ln(x^2 + 2)*cos(3x) - sqrt(x^2 + x + 3)/(1 + x^2) "
    "+ tanh(x/2)*x^3 - atan(x)*sin(x) + 2x"
)
TWO = (
    "f(u, v) = sin(u^2 + v)*exp(-v/3) + ln(u^2 + 2)*cos(3v) - sqrt(u^2 + v^2 + 3)/(1 + u^2) "
    "+ tanh(u*v/2)*v^3 - atan(u)*sin(v) + 2u"
)


def one_by_hand(x: torch.Tensor) -> torch.Tensor:
    """ONE as a PyTorch programmer writes it."""
    return (
        torch.sin(x**2 + 1) * torch.exp(-x / 3)
        + torch.log(x**2 + 2) * torch.cos(3 * x)
        - torch.sqrt(x**2 + x + 3) / (1 + x**2)
        + torch.tanh(x / 2) * x**3
        - torch.atan(x) * torch.sin(x)
        + 2 * x
    )


def two_by_hand(u: torch.Tensor, v: torch.Tensor) -> torch.Tensor:
    """TWO as a PyTorch programmer writes it."""
    return (
        torch.sin(u**2 + v) * torch.exp(-v / 3)
        + torch.log(u**2 + 2) * torch.cos(3 * v)
        - torch.sqrt(u**2 + v**2 + 3) / (1 + u**2)
        + torch.tanh(u * v / 2) * v**3
        - torch.atan(u) * torch.sin(v)
        + 2 * u
    )


def value_and_slope_by_hand(x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """One ``sum().backward()`` over all points at once."""
    leaf = torch.tensor(x, requires_grad=True)
    y = one_by_hand(leaf)
    y.sum().backward()
    return y.detach().numpy(), leaf.grad.numpy()


def few_points() -> None:
    """f and f′ at 50 and at 2,000 points."""
    f = dl.parse(ONE)
    evaluate = evaluator(f)
    for count in (50, 2_000):
        x = np.linspace(-2, 2, count)
        times = seconds(
            {
                "by hand, f": lambda x=x: one_by_hand(torch.tensor(x)).numpy(),
                "by hand, f and f′": lambda x=x: value_and_slope_by_hand(x),
                "evaluator, f and f′": lambda x=x: evaluate(x),
                "value": lambda x=x: dl.value(f, {"x": x}),
                "derivative": lambda x=x: dl.derivative(f, {"x": x}),
            },
            rounds=25,
        )
        print(f"\n{count} points")
        for name, time in times.items():
            print(f"  {name:<24}{told(time)}")
        hand = times["by hand, f and f′"]
        row("f and f′ for the curve / by hand", times["evaluator, f and f′"] / hand, "1.3")
        both = times["value"] + times["derivative"]
        print(f"  (derivative() alone is {times['derivative'] / hand:.2f} × by hand; after value(), which")
        print(f"  evaluates once more, both are {both / hand:.2f} ×)")


def many_points(counts: list[int]) -> None:
    """f and f′ at a million points and more: blocks against one pass over the whole."""
    f = dl.parse(ONE)
    evaluate = evaluator(f)
    for count in counts:
        x = np.linspace(-2, 2, count)
        times = seconds(
            {
                "by hand, whole": lambda x=x: value_and_slope_by_hand(x),
                "evaluator, blocks": lambda x=x: evaluate(x),
                "value": lambda x=x: dl.value(f, {"x": x}),
                "derivative": lambda x=x: dl.derivative(f, {"x": x}),
            },
            rounds=5 if count <= 1_000_000 else 3,
        )
        print(f"\n{count} points")
        for name, time in times.items():
            print(f"  {name:<24}{told(time)}")
        asked = "1.2" if count <= 1_000_000 else "3"
        hand = times["by hand, whole"]
        row(
            "by hand over the whole / evaluator in blocks",
            hand / times["evaluator, blocks"],
            asked,
            least=True,
        )
        row("by hand over the whole / derivative() in blocks", hand / times["derivative"], asked, least=True)


def two_variables() -> None:
    """The gradient at 250,000 points against the plain evaluation."""
    f = dl.parse(TWO)
    generator = np.random.default_rng(1)
    u, v = generator.uniform(-2, 2, (2, 250_000))
    times = seconds(
        {
            "by hand, f": lambda: two_by_hand(torch.from_numpy(u), torch.from_numpy(v)).numpy(),
            "value": lambda: dl.value(f, {"u": u, "v": v}),
            "gradient": lambda: dl.gradient(f, {"u": u, "v": v}),
        },
        rounds=9,
    )
    print("\n250,000 points, two variables")
    for name, time in times.items():
        print(f"  {name:<24}{told(time)}")
    row("gradient() / plain evaluation by hand", times["gradient"] / times["by hand, f"], "4")


if __name__ == "__main__":
    torch.set_num_threads(1)
    for text in (ONE, TWO):
        operations = sum(
            bool(step.arguments) for step in program_of(dl.parse(text).tree, share=False).instructions
        )
        print(f"{operations} operations as typed: {text}")
    few_points()
    two_variables()
    many_points([1_000_000] if "--quick" in sys.argv else [1_000_000, 10_000_000])
