"""Curve samplers side by side: derivlab, even spacing, and SymPy's adaptive plotting, against a dense reference.

``python -m benchmarks.sampling [seeds]``. For each curve and sampler: evaluated points, milliseconds, the worst distance in
pixels between curve and drawing at 1000 × 600 (6 means 6 or more), and breaks that are joined across.
"""

from __future__ import annotations

import math
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

import derivlab as dl
from benchmarks.raster import Floats, Verdict, Window, compare, reference
from derivlab.autodiff.taylor import evaluator
from derivlab.lowering.to_sympy import to_sympy

LOW, HIGH, BOTTOM, TOP = -10.0, 10.0, -5.0, 5.0
ENDLESS = 2e-4
"""Closer to 0 than this, sin(1/x) and its kin fill a band thinner than a tenth of a pixel: not compared."""


@dataclass(frozen=True)
class Row:
    """A curve, and where it is truly broken."""

    text: str
    breaks: tuple[float, ...] = ()


HARD = (
    Row("tan(x)", tuple(math.pi / 2 + k * math.pi for k in range(-4, 4))),
    Row("1/x", (0.0,)),
    Row("sin(1/x)", (0.0,)),
    Row("floor(x)", tuple(float(k) for k in range(-10, 11))),
    Row("|x|"),
    Row("sqrt(x)"),
    Row("x^x"),
    Row("1/(x^2-1e-4)", (-0.01, 0.01)),
    Row("exp(1/x)", (0.0,)),
    Row("ln|x|", (0.0,)),
    Row("sign(sin(1/x))", (0.0, *(1 / (k * math.pi) for k in range(-2000, 2001) if k))),
    Row("sin(100x)"),
)
ORDINARY = tuple(Row(text) for text in ("3x^2", "sin(x)", "e^x", "x^3-3x", "1/(1+x^2)", "x sin(x)", "ln(x)"))


@dataclass(frozen=True)
class Drawn:
    """What a sampler made of a curve."""

    lines: list[tuple[Floats, Floats]]
    evaluations: int
    milliseconds: float


def by_derivlab(f: dl.Function, seed: int) -> Drawn:
    """dl.sample."""
    start = time.perf_counter()
    curve = dl.sample(f, LOW, HIGH, y=(BOTTOM, TOP), seed=seed)
    spent = (time.perf_counter() - start) * 1e3
    return Drawn([(part.x, part.y[0]) for part in curve.segments], curve.evaluations, spent)


def evenly(f: dl.Function, seed: int) -> Drawn:
    """10,000 points evenly spaced, joined where both are finite."""
    del seed
    evaluate = evaluator(f, order=1)
    start = time.perf_counter()
    x = np.linspace(LOW, HIGH, 10_000)
    y = evaluate(x)[0]
    spent = (time.perf_counter() - start) * 1e3
    return Drawn(_pieces(x, y), len(x), spent)


def by_sympy(f: dl.Function, seed: int) -> Drawn:
    """SymPy's adaptive plotting, with its detection of poles."""
    del seed
    import sympy
    from sympy.plotting.series import LineOver1DRangeSeries

    expression = to_sympy(f.tree)
    symbol = next(iter(expression.free_symbols))
    count = 0
    start = time.perf_counter()
    series = LineOver1DRangeSeries(expression, (symbol, LOW, HIGH), adaptive=True, detect_poles=True)
    x, y = (np.asarray(part, dtype=float) for part in series.get_points()[:2])
    spent = (time.perf_counter() - start) * 1e3
    count = len(x)
    del sympy
    return Drawn(_pieces(x, y), count, spent)


def _pieces(x: Floats, y: Floats) -> list[tuple[Floats, Floats]]:
    cuts = np.flatnonzero(~(np.isfinite(y[:-1]) & np.isfinite(y[1:]))) + 1
    return [(a, b) for a, b in zip(np.split(x, cuts), np.split(y, cuts), strict=True) if len(a) > 1]


SAMPLERS: dict[str, Callable[[dl.Function, int], Drawn]] = {
    "derivlab": by_derivlab,
    "even": evenly,
    "SymPy": by_sympy,
}


def measure(row: Row, seeds: int) -> dict[str, tuple[int, float, Verdict]]:
    """For each sampler the greatest number of points, the least time, and the worst verdict over the seeds."""
    f = dl.parse(row.text)
    evaluate = evaluator(f, order=1)

    def values(x: Floats) -> Floats:
        y = evaluate(x)[0].copy()
        if "1/x" in row.text and "sin" in row.text:
            y[np.abs(x) < ENDLESS] = np.nan
        return y

    window = Window(LOW, HIGH, BOTTOM, TOP)
    truth = reference(values, window, row.breaks, 200_000, steep=[0.0])
    results = {}
    for name, sampler in SAMPLERS.items():
        points, least, missing, invented, joins = 0, math.inf, 0.0, 0.0, 0
        for seed in range(seeds if name == "derivlab" else 1):
            try:
                drawn = sampler(f, seed)
            except Exception as reason:  # noqa: BLE001 (other people's samplers may fail; that is a result)
                print(f"  {name}: {type(reason).__name__}")
                missing = math.inf
                continue
            verdict = compare(drawn.lines, window, truth, row.breaks)
            points, least = max(points, drawn.evaluations), min(least, drawn.milliseconds)
            missing, invented = max(missing, verdict.missing), max(invented, verdict.invented)
            joins = max(joins, verdict.false_joins)
        results[name] = (points, least, Verdict(missing, invented, joins, 0))
    return results


def main() -> None:
    """Print the table and its summary."""
    seeds = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    print(f"{seeds} seeds; points, ms, worst px, false joins; even spacing: 10,000 points")
    print(f"{'curve':16}" + "".join(f"{name:>30}" for name in SAMPLERS))
    good = dict.fromkeys(SAMPLERS, 0)
    false = dict.fromkeys(SAMPLERS, 0)
    for row in (*HARD, *ORDINARY):
        results = measure(row, seeds)
        cells = ""
        for name, (points, spent, verdict) in results.items():
            cells += f"{points:9d} {spent:7.1f} {verdict.error:6.2f} {verdict.false_joins:5d} "
            good[name] += verdict.error <= 1.5
            false[name] += verdict.false_joins > 0
        print(f"{row.text:16}{cells}", flush=True)
    total = len(HARD) + len(ORDINARY)
    for name in SAMPLERS:
        print(f"{name}: {good[name]} of {total} within 1.5 px, false joins on {false[name]}")


if __name__ == "__main__":
    main()
