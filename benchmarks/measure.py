"""Side-by-side timing: the rivals take turns, so that a busy machine slows all of them alike."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Mapping


def seconds(
    rivals: Mapping[str, Callable[[], object]], *, rounds: int = 15, least: float = 2e-3
) -> dict[str, float]:
    """The least time of a call of each rival, in seconds, over rounds in which each has its turn.

    As in ``timeit``, no garbage is collected meanwhile: nobody pays for what another left behind.
    """
    repeats = {}
    for name, call in rivals.items():
        call()
        start = time.perf_counter()
        call()
        repeats[name] = max(1, round(least / max(time.perf_counter() - start, 1e-9)))
    found: dict[str, list[float]] = {name: [] for name in rivals}
    for _ in range(rounds):
        for name, call in rivals.items():
            gc.collect()
            gc.disable()
            start = time.perf_counter()
            for _ in range(repeats[name]):
                call()
            found[name].append((time.perf_counter() - start) / repeats[name])
            gc.enable()
    return {name: min(times) for name, times in found.items()}


def told(value: float) -> str:
    """A time as people read it."""
    return f"{value * 1e6:9.1f} µs" if value < 1e-3 else f"{value * 1e3:9.2f} ms"


def row(label: str, ratio: float, target: str, *, least: bool = False) -> None:
    """One line of a report: what was compared, the ratio, and the ratio that was asked for."""
    bound = float(target)
    is_met = ratio >= bound if least else ratio <= bound
    asked = f"{'at least' if least else 'at most'} {target} ×"
    print(f"  {label:<62}{ratio:9.2f} ×   asked {asked:<14} {'met' if is_met else 'MISSED'}")
