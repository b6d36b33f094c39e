"""Symmetry and period of a formula, where its form proves them; never guessed from numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from derivlab.curves.period import EVEN, ODD, period_of
from derivlab.expression.tree import Node, Number, Variable, fold, rational

Parity = Literal["even", "odd"]


@dataclass(frozen=True, slots=True)
class Symmetry:
    """`parity` 'even' (mirrored by the y axis) or 'odd' (by the origin), `period` the length of a proved period; else None.

    `period_tree` is the period exactly, such as 2π/3.
    """

    parity: Parity | None = None
    period: float | None = None
    period_tree: Node | None = None


def symmetry_of(tree: Node, variable: str) -> Symmetry:
    """What the form of the tree proves about its symmetry and period in one variable, the others held fixed."""
    if variable not in _names(tree):
        return Symmetry("even", None)
    parity = fold(tree, lambda node, parts: _parity(node, parts, variable))
    length = period_of(tree, variable)
    return Symmetry(
        parity if parity in {"even", "odd"} else None,  # type: ignore[arg-type]
        None if length is None else float(length),
        None if length is None else length.tree,
    )


def _names(tree: Node) -> frozenset[str]:
    from derivlab.expression.tree import variables_of

    return variables_of(tree)


def _parity(node: Node, parts: tuple[str, ...], variable: str) -> str:
    """'constant', 'even', 'odd' or '' of a node, from those of its arguments."""
    if isinstance(node, Number):
        return "constant"
    if isinstance(node, Variable):
        return "odd" if node.name == variable else "constant"
    if all(part == "constant" for part in parts):
        return "constant"
    plain = [("even" if part == "constant" else part) for part in parts]
    name = node.operation
    if "" in plain:
        return ""
    if name in {"add", "subtract"}:
        return plain[0] if len(set(plain)) == 1 else ""
    if name in {"multiply", "divide"}:
        return "even" if plain[0] == plain[1] else "odd"
    if name == "power" and plain[0] == "odd" and parts[1] == "constant":
        exponent = rational(node.arguments[1])
        if exponent is None or exponent.denominator % 2 == 0:
            return ""
        return "odd" if exponent.numerator % 2 else "even"
    if all(part == "even" for part in plain):
        return "even"
    if len(plain) == 1 and plain[0] == "odd":
        return "odd" if name in ODD else "even" if name in EVEN else ""
    return ""
