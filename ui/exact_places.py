"""Exact places of roots, turning points and inflections, where SymPy finds them within its budget."""

from __future__ import annotations

import math
from functools import cache

import derivlab as dl
from derivlab.expression.show import to_latex
from derivlab.expression.tree import flatten, unflatten
from derivlab.symbolic.worker import ask
from ui.background import Background
from ui.subject import Ends

BUDGET = 3.0
LONGEST = 60
"""Characters of LaTeX; a longer form helps nobody."""
NEAR = 1e-9
"""How near, relatively, an exact place must be to the one that was found numerically."""
ORDER = {"root": 0, "maximum": 1, "minimum": 1, "inflection": 2}
"""The derivative whose zeros are points of this kind."""

Places = tuple[tuple[tuple[float, str], ...], ...]
"""For f, f′ and f″: each exact zero as a number and as LaTeX."""


@cache
def _solved() -> Background[Places]:
    return Background(kept=64, threads=2)


def exact_places(f: dl.Function, window: Ends, patience: float = 0.05) -> Places | dl.DerivlabError | None:
    """The exact zeros of f, f′ and f″ in the window; why there are none, or None while SymPy works."""
    return _solved().get((f, window), lambda: tuple(_zeros(f, order, window) for order in range(3)), patience)


def exact_place(places: Places, kind: str, x: float) -> str:
    """The exact form of a point of interest as Markdown; empty where none is known or it says no more."""
    for number, latex in places[ORDER[kind]] if kind in ORDER else ():
        if abs(number - x) <= NEAR * max(1.0, abs(x)):
            return f"${latex}$"
    return ""


def _zeros(f: dl.Function, order: int, window: Ends) -> tuple[tuple[float, str], ...]:
    variable = f.variables[0]
    zeros = []
    try:
        tree = dl.exact(f, variable, order, budget=BUDGET).tree
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
