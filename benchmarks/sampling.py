"""Curve samplers side by side: derivlab, even spacing, SymPy's adaptive plotting and function-plot, against a dense raster.

``python -m benchmarks.sampling [SEEDS [FOLDER]]``. For each curve and sampler: evaluated points, milliseconds, the worst
distance in pixels between curve and drawing at 1000 × 600 (6 means 6 or more), and breaks that are joined across. FOLDER is
one in which ``npm install function-plot`` was run, outside of the repository; without it function-plot is left out.
"""

from __future__ import annotations

import math
import sys
import time
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

import derivlab as dl
from benchmarks.function_plot import run as run_function_plot
from benchmarks.raster import Floats, Window, compare, reference
from derivlab.autodiff.taylor import evaluator
from derivlab.lowering.to_sympy import to_sympy

LOW, HIGH, BOTTOM, TOP = -10.0, 10.0, -5.0, 5.0
WINDOW = Window(LOW, HIGH, BOTTOM, TOP)
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


@dataclass(frozen=True)
class Result:
    """The most points, the least time and the worst picture of some runs."""

    points: int = 0
    milliseconds: float = math.inf
    missing: float = 0.0
    invented: float = 0.0
    joins: int = 0
    failed: str = ""

    @property
    def error(self) -> float:
        """The worse of the two distances, in pixels."""
        return math.inf if self.failed else max(self.missing, self.invented)

    def with_run(self, points: int, spent: float, missing: float, invented: float, joins: int) -> Result:
        """The same with a further run."""
        return Result(
            max(self.points, points),
            min(self.milliseconds, spent),
            max(self.missing, missing),
            max(self.invented, invented),
            max(self.joins, joins),
            self.failed,
        )

    def with_failure(self, reason: str) -> Result:
        """The same with a run that gave no picture."""
        return replace(self, failed=reason[:60])

    def told(self) -> str:
        """A cell of the table."""
        if self.failed:
            return f"{'no answer':>26}"
        return f"{self.points:9d} {self.milliseconds:6.1f} {self.error:5.2f} {self.joins:3d}"


def by_derivlab(f: dl.Function, seed: int) -> Drawn:
    """dl.sample."""
    start = time.process_time()
    curve = dl.sample(f, LOW, HIGH, y=(BOTTOM, TOP), seed=seed)
    spent = (time.process_time() - start) * 1e3
    return Drawn([(part.x, part.y[0]) for part in curve.segments], curve.evaluations, spent)


def evenly(f: dl.Function, seed: int) -> Drawn:
    """10,000 points evenly spaced, joined where both are finite."""
    del seed
    evaluate = evaluator(f, order=1)
    start = time.process_time()
    x = np.linspace(LOW, HIGH, 10_000)
    y = evaluate(x)[0]
    spent = (time.process_time() - start) * 1e3
    return Drawn(_pieces(x, y), len(x), spent)


def by_sympy(f: dl.Function, seed: int) -> Drawn:
    """SymPy's adaptive plotting, with its detection of poles."""
    del seed
    import sympy
    from sympy.plotting.series import LineOver1DRangeSeries

    expression = to_sympy(f.tree)
    symbol = next(iter(expression.free_symbols))
    count = 0
    start = time.process_time()
    series = LineOver1DRangeSeries(expression, (symbol, LOW, HIGH), adaptive=True, detect_poles=True)
    x, y = (np.asarray(part, dtype=float) for part in series.get_points()[:2])
    spent = (time.process_time() - start) * 1e3
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


def truth_of(row: Row) -> NDArray[np.int64]:
    """The fine cells of the true curve."""
    evaluate = evaluator(dl.parse(row.text), order=1)

    def values(x: Floats) -> Floats:
        y = evaluate(x)[0].copy()
        if "1/x" in row.text and "sin" in row.text:
            y[np.abs(x) < ENDLESS] = np.nan
        return y

    return reference(values, WINDOW, row.breaks, 200_000, steep=[0.0])


def measure(row: Row, truth: NDArray[np.int64], seeds: int) -> dict[str, Result]:
    """What each sampler makes of a curve: of ours the worst of the seeds."""
    f = dl.parse(row.text)
    results = {}
    for name, sampler in SAMPLERS.items():
        worst = Result()
        for seed in range(seeds if name == "derivlab" else 1):
            try:
                drawn = sampler(f, seed)
            except Exception as reason:  # noqa: BLE001 (other people's samplers may fail; that is a result)
                worst = worst.with_failure(type(reason).__name__)
                continue
            verdict = compare(drawn.lines, WINDOW, truth, row.breaks)
            worst = worst.with_run(
                drawn.evaluations, drawn.milliseconds, verdict.missing, verdict.invented, verdict.false_joins
            )
        results[name] = worst
    return results


def beside_function_plot(
    folder: str, rows: Sequence[Row], truths: Sequence[NDArray[np.int64]]
) -> dict[str, list[Result]]:
    """What function-plot's two samplers make of the curves."""
    found: dict[str, list[Result]] = {}
    texts = [dl.parse(row.text).text for row in rows]
    for sampler in ("interval", "builtIn"):
        theirs = run_function_plot(folder, texts, sampler, WINDOW, [row.breaks for row in rows])
        if theirs is None:
            print("Node is not here: function-plot is left out")
            return {}
        results = []
        for row, truth, one in zip(rows, truths, theirs, strict=True):
            if one.error:
                results.append(Result().with_failure(one.error))
                continue
            verdict = compare(one.lines, WINDOW, truth, row.breaks)
            joins = one.joins if sampler == "interval" else verdict.false_joins
            results.append(
                Result().with_run(one.evaluations, one.milliseconds, verdict.missing, verdict.invented, joins)
            )
        found[f"f-plot {sampler}"] = results
    return found


def main() -> None:
    """Print the table and its summary."""
    warnings.filterwarnings("ignore")  # SymPy's and NumPy's, about values that are undefined
    seeds = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    rows = (*HARD, *ORDINARY)
    truths = [truth_of(row) for row in rows]
    columns: dict[str, list[Result]] = {name: [] for name in SAMPLERS}
    for row, truth in zip(rows, truths, strict=True):
        for name, result in measure(row, truth, seeds).items():
            columns[name].append(result)
    if len(sys.argv) > 2:
        columns |= beside_function_plot(sys.argv[2], rows, truths)
    print(f"{seeds} seeds; points, least ms, worst px, false joins; even spacing: 10,000 points")
    print(f"{'curve':16}" + "".join(f"{name:>26}" for name in columns))
    for k, row in enumerate(rows):
        print(f"{row.text:16}" + "".join(results[k].told() for results in columns.values()))
    for name, results in columns.items():
        good = sum(one.error <= 1.5 for one in results)
        false = sum(one.joins > 0 for one in results)
        failed = sum(one.failed != "" for one in results)
        print(f"{name}: {good} of {len(rows)} within 1.5 px, false joins on {false}, no answer on {failed}")
    for name, results in columns.items():
        for row, one in zip(rows, results, strict=True):
            if one.failed:
                print(f"  {name}, {row.text}: {one.failed}")


if __name__ == "__main__":
    main()
