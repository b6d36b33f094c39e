"""Exact coordinates of critical points, where SymPy can solve for them within its budget."""

from __future__ import annotations

from functools import cache

import numpy as np

import derivlab as dl
from derivlab.expression.show_latex import to_latex
from derivlab.expression.tree import flatten, unflatten
from derivlab.symbolic.worker import ask
from ui.background import Background

BUDGET = 4.0
LONGEST = 60
"""Characters of LaTeX of one coordinate; a longer one helps nobody."""

Points = dict[tuple[str, ...], tuple[float, ...]]


@cache
def _solved() -> Background[Points]:
    return Background(kept=64, threads=2)


def exact_points(
    f: dl.Function, names: tuple[str, ...], patience: float = 0.05
) -> Points | dl.DerivlabError | None:
    """The coordinates as LaTeX, with their numbers; why there are none, or None while SymPy works."""
    return _solved().get((f, names), lambda: _solve(f, names), patience)


def _solve(f: dl.Function, names: tuple[str, ...]) -> Points:
    points: Points = {}
    for rows in ask("critical_points", flatten(f.tree), list(names), budget=BUDGET):
        trees = [unflatten(row) for row in rows]
        place = tuple(float(dl.value(dl.Function("c", (), tree), {})) for tree in trees)
        formulas = tuple(to_latex(tree) for tree in trees)
        if np.isfinite(place).all() and all(len(formula) <= LONGEST for formula in formulas):
            points[formulas] = place
    return points
