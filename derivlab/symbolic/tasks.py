"""What a symbolic worker can be asked: plain data in, plain data out. Runs in the worker only."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy

from derivlab.expression.tree import Flat, flatten, unflatten
from derivlab.lowering.from_sympy import from_sympy
from derivlab.lowering.to_sympy import to_sympy
from derivlab.symbolic.differentiate import differentiate
from derivlab.symbolic.tidy import tidy

MOST_ROOTS = 100


def derivative(rows: Flat, wrt: list[str], seconds: float = 1.0) -> Flat:
    """The partial derivative by each name in turn, tidied after each for its share of the ``seconds``."""
    tree = unflatten(rows)
    for name in wrt:
        tree = from_sympy(tidy(to_sympy(differentiate(tree, name), opaque=True), seconds / len(wrt)))
    return flatten(tree)


def simplified(rows: Flat, seconds: float = 1.0) -> Flat:
    """The formula in the shortest form that cheap rewriting finds in ``seconds``."""
    return flatten(from_sympy(tidy(to_sympy(unflatten(rows), opaque=True), seconds)))


def roots(rows: Flat, wrt: str, low: float, high: float) -> list[Flat]:
    """The exact real roots in ``low … high``, ascending, by ``solveset``; empty without a finite set."""
    symbol = sympy.Symbol(wrt, real=True)
    window = sympy.Interval(sympy.Rational(str(low)), sympy.Rational(str(high)))
    found = sympy.solveset(to_sympy(unflatten(rows)), symbol, window)
    if not isinstance(found, sympy.FiniteSet) or len(found) > MOST_ROOTS:
        return []
    return [flatten(from_sympy(root)) for root in sorted(found, key=float)]


def critical_points(rows: Flat, wrt: list[str]) -> list[list[Flat]]:
    """The exact real points at which every partial derivative vanishes, by SymPy's ``solve``."""
    tree = unflatten(rows)
    symbols = [sympy.Symbol(name, real=True) for name in wrt]
    equations = [to_sympy(differentiate(tree, name)) for name in wrt]
    points = sympy.solve(equations, symbols, dict=True)[:MOST_ROOTS]
    whole = [[point[symbol] for symbol in symbols] for point in points if len(point) == len(symbols)]
    real = [point for point in whole if all(c.is_number and c.is_real is not False for c in point)]
    return [[flatten(from_sympy(sympy.simplify(c))) for c in point] for point in real]


def limit(rows: Flat, wrt: str, at: str | Flat, side: str = "+-") -> Flat | str:
    """The limit as ``wrt`` goes to ``at`` (a number, a tree, ``oo``, ``-oo``): a tree, ``oo``, ``-oo``, ``none``."""
    symbol = sympy.Symbol(wrt, real=True)
    if isinstance(at, str):
        target = {"oo": sympy.oo, "-oo": -sympy.oo}.get(at)
        target = sympy.Rational(at) if target is None else target
    else:
        target = to_sympy(unflatten(at))
    formula = to_sympy(unflatten(rows))
    if formula.has(sympy.Piecewise) and side in ("+", "-") and target.is_finite:
        # SymPy takes the piece that holds at the target itself: beside it another may hold
        step = sympy.Symbol("step", positive=True)
        formula = formula.subs(symbol, target + step if side == "+" else target - step)
        if formula.has(sympy.Piecewise):
            raise NotImplementedError("the piece beside the point is not known")
        symbol, target, side = step, sympy.Integer(0), "+"
    found = sympy.limit(formula, symbol, target, side)
    if found in (sympy.oo, -sympy.oo):
        return "oo" if found == sympy.oo else "-oo"
    if isinstance(found, sympy.AccumBounds | sympy.Limit) or found.has(sympy.zoo, sympy.nan, sympy.I):
        return "none"
    return flatten(from_sympy(found))


TASKS: dict[str, Callable[..., Any]] = {
    "derivative": derivative,
    "simplified": simplified,
    "roots": roots,
    "critical_points": critical_points,
    "limit": limit,
}
"""The only names that a request may use."""
