"""What recording costs: `record` against the plain forward and backward in torch, side by side in one run.

Run with ``python -m benchmarks.record``. Ratios hold better than times; at 300 operations at most 20 is promised.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import torch

import derivlab as dl
from derivlab.autodiff.tape_nodes import Graph
from derivlab.lowering.to_torch import lower

ROUNDS = 25


def sum_of(operations: int) -> str:
    """A function of about so many operations, four a term."""
    return " + ".join(f"sin({n}x)*x" for n in range(1, operations // 4 + 1))


def chain_of(operations: int) -> str:
    """A function of about so many operations, chains of twenty nested ones multiplied."""
    chain = "x"
    for n in range(10):
        chain = f"{('sin', 'tanh', 'cos')[n % 3]}({chain} + 0.5)"
    return "*".join([f"({chain})"] * max(1, operations // 21))


def best(*acts: Callable[[], object]) -> list[float]:
    """The least processor time of each in seconds, measured in turns so that all meet the same machine."""
    times = [float("inf")] * len(acts)
    for _ in range(ROUNDS):
        for index, act in enumerate(acts):
            start = time.thread_time()
            act()
            times[index] = min(times[index], time.thread_time() - start)
    return times


def main() -> None:
    """Print a row for each shape and size."""
    print("| function | operations | nodes | forward + backward, ms | record, ms | ratio |")
    print("|---|---|---|---|---|---|")
    for name, build in (("sum", sum_of), ("chain", chain_of)):
        for size in (10, 100, 300):
            f = dl.parse(build(size))
            run = lower(f.tree, ("x",), share=False)

            def plain(run: Callable[..., torch.Tensor] = run) -> None:
                x = torch.tensor(1.1, dtype=torch.float64, requires_grad=True)
                run([x]).backward()

            def recorded(f: dl.Function = f) -> Graph:
                return dl.record(f, {"x": 1.1})

            plain()
            nodes = len(recorded().nodes)
            bare, full = best(plain, recorded)
            print(
                f"| {name} | {size} | {nodes} | {bare * 1e3:.2f} | {full * 1e3:.2f} | {full / bare:.1f} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
