"""Exact places of points of interest, limits and asymptotes, where SymPy finds them within its budget."""

from __future__ import annotations

import math
from functools import cache

import derivlab as dl
from derivlab.curves.asymptotes import Asymptote
from derivlab.curves.confirm import Confirmation, confirm_line, confirm_point
from derivlab.curves.differentiability import PointReport
from derivlab.curves.parts import parts_of
from derivlab.expression.show_latex import to_latex
from derivlab.expression.tree import Node, Variable, flatten, unflatten
from derivlab.symbolic.differentiate import plus, times
from derivlab.symbolic.worker import ask
from ui.background import Background
from ui.subject import Ends

BUDGET = 3.0
LONGEST = 60
"""Characters of LaTeX; a longer form helps nobody."""
NEAR = 1e-9
"""How near, relatively, an exact place must be to the one that was found numerically."""
PARTS = 3
ORDER = {"root": 0, "maximum": 1, "minimum": 1, "inflection": 2}
"""The derivative whose zeros are points of this kind; of the other kinds, they are the zeros of parts of the formula."""
MOST_PARTS = 6

Zeros = tuple[tuple[float, str], ...]
Places = tuple[Zeros, ...]
"""For f, f′, f″ and the parts of the formula at whose zeros f may be broken or bent: each as a number and as LaTeX."""
Lines = tuple[tuple[Asymptote, str], ...]
"""Each asymptote that SymPy confirmed, and the right side of its equation as LaTeX."""


@cache
def _solved() -> Background[Places]:
    return Background(kept=64, threads=2)


@cache
def _confirmed() -> Background[Lines]:
    return Background(kept=64, threads=2)


@cache
def _points() -> Background[Confirmation]:
    return Background(kept=64, threads=2)


def exact_places(f: dl.Function, window: Ends, patience: float = 0.05) -> Places | dl.DerivlabError | None:
    """The exact zeros of f, f′ and f″ in the window; why there are none, or None while SymPy works."""

    def work() -> Places:
        return (*(_zeros(f, order, window) for order in range(3)), _zeros_of_parts(f, window))

    return _solved().get((f, window), work, patience)


def exact_place(places: Places, kind: str, x: float) -> str:
    """The exact form of a point of interest as Markdown; empty where none is known or it says no more."""
    for number, latex in places[ORDER.get(kind, PARTS)]:
        if abs(number - x) <= NEAR * max(1.0, abs(x)):
            return f"${latex}$"
    return ""


def exact_lines(
    f: dl.Function, lines: tuple[Asymptote, ...], patience: float = 0.05
) -> Lines | dl.DerivlabError | None:
    """Those asymptotes, not vertical, whose slope and intercept SymPy has too; None while it works."""

    def work() -> Lines:
        named = ((line, _line_latex(f, line)) for line in lines)
        return tuple((line, latex) for line, latex in named if latex)

    return _confirmed().get((f, lines), work, patience)


def exact_point(
    f: dl.Function, x: float, report: PointReport, patience: float = 0.05
) -> Confirmation | dl.DerivlabError | None:
    """SymPy's limits and slopes at a point; None while it works."""
    return _points().get((f, x), lambda: confirm_point(f, x, report=report, budget=BUDGET), patience)


def _line_latex(f: dl.Function, line: Asymptote) -> str:
    try:
        slope, intercept = confirm_line(f, line, budget=BUDGET)
    except dl.Busy:
        raise
    except dl.DerivlabError:
        return ""
    if not (slope.agrees and intercept.agrees) or slope.exact is None or intercept.exact is None:
        return ""
    latex = to_latex(plus(times(slope.exact, Variable(f.variables[0])), intercept.exact))
    return latex if len(latex) <= LONGEST else ""


def _zeros_of_parts(f: dl.Function, window: Ends) -> Zeros:
    parts = [part.tree for part in parts_of(f.tree, f.variables[0])[:MOST_PARTS]]
    return tuple(zero for part in parts for zero in _named(part, f.variables[0], window))


def _zeros(f: dl.Function, order: int, window: Ends) -> Zeros:
    try:
        tree = dl.exact(f, f.variables[0], order, budget=BUDGET).tree
    except dl.Busy:
        raise
    except dl.DerivlabError:
        return ()
    return _named(tree, f.variables[0], window)


def _named(tree: Node, variable: str, window: Ends) -> Zeros:
    """The exact zeros of a tree in the window, as numbers and as LaTeX; none where SymPy finds none in time."""
    zeros = []
    try:
        for rows in ask("roots", flatten(tree), variable, *window, budget=BUDGET):
            root = unflatten(rows)
            number, latex = float(dl.value(dl.Function("c", (), root), {})), to_latex(root)
            if math.isfinite(number) and len(latex) <= LONGEST:
                zeros.append((number, latex))
    except dl.Busy:
        raise
    except dl.DerivlabError:
        return tuple(zeros)
    return tuple(zeros)
