"""Symmetry and period of a formula, where its form proves them; never guessed from numbers."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from derivlab.expression.tree import Apply, Node, Number, Variable, fold, rational

Parity = Literal["even", "odd"]


@dataclass(frozen=True, slots=True)
class Symmetry:
    """`parity` 'even' (mirrored by the y axis) or 'odd' (by the origin), `period` the length of a proved period; else None."""

    parity: Parity | None = None
    period: float | None = None


_ODD = frozenset(
    [
        "sin",
        "tan",
        "asin",
        "atan",
        "sinh",
        "tanh",
        "asinh",
        "atanh",
        "sign",
        "cbrt",
        "erf",
        "csc",
        "cot",
        "csch",
        "coth",
        "softsign",
        "sinc_odd",
        "negate",
    ]
)
_EVEN = frozenset(["cos", "cosh", "abs", "sec", "sech", "sinc"])
_FULL_TURN = frozenset(["sin", "cos", "sec", "csc"])
_HALF_TURN = frozenset(["tan", "cot"])


def symmetry_of(tree: Node, variable: str) -> Symmetry:
    """What the form of the tree proves about its symmetry and period in one variable, the others held fixed."""
    if variable not in _names(tree):
        return Symmetry("even", None)
    parity = fold(tree, lambda node, parts: _parity(node, parts, variable))
    period = fold(tree, lambda node, parts: _period(node, parts, variable)).period
    return Symmetry(
        parity if parity in {"even", "odd"} else None,  # type: ignore[arg-type]
        None if period is None else float(period[0]) * (math.pi if period[1] else 1.0),
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
        return "odd" if name in _ODD else "even" if name in _EVEN else ""
    return ""


@dataclass(frozen=True, slots=True)
class _Turn:
    """What is known of a node: a·x + constant (`slope`: a, and whether times π), a period (length, and whether times π)."""

    constant: bool = False
    slope: tuple[Fraction, bool] | None = None
    period: tuple[Fraction, bool] | None = None


_CONSTANT = _Turn(constant=True)
_UNKNOWN = _Turn()


def _period(node: Node, parts: tuple[_Turn, ...], variable: str) -> _Turn:
    if isinstance(node, Number):
        return _CONSTANT
    if isinstance(node, Variable):
        return _Turn(slope=(Fraction(1), False)) if node.name == variable else _CONSTANT
    if all(part.constant for part in parts):
        return _CONSTANT
    slope = _slope(node, parts)
    if slope is not None:
        return _Turn(slope=slope)
    name = node.operation
    turn = 2 if name in _FULL_TURN else 1 if name in _HALF_TURN else 0
    inner = parts[0].slope
    if turn and inner is not None:
        # sin(a·x + b) has the period 2π/|a|; with a = q·π, 2/|q|
        return _Turn(period=(Fraction(turn) / abs(inner[0]), not inner[1]))
    lengths = [part.period for part in parts if not part.constant]
    if any(length is None for length in lengths):
        return _UNKNOWN
    common = lengths[0]
    for length in lengths[1:]:
        if common is None or length is None or common[1] != length[1]:
            return _UNKNOWN
        common = (_least_common(common[0], length[0]), common[1])
    return _Turn(period=common)


def _slope(node: Apply, parts: tuple[_Turn, ...]) -> tuple[Fraction, bool] | None:
    """The slope of a linear node, where it is a fraction or a fraction of π."""
    name = node.operation
    if name == "negate" and parts[0].slope:
        return -parts[0].slope[0], parts[0].slope[1]
    if name in {"add", "subtract"}:
        first, second = parts
        if first.slope and second.constant:
            return first.slope
        if second.slope and first.constant:
            return (second.slope[0] if name == "add" else -second.slope[0]), second.slope[1]
        return None
    if name in {"multiply", "divide"}:
        for linear, other, node_of in ((0, 1, node.arguments[1]), (1, 0, node.arguments[0])):
            inner = parts[linear].slope
            if inner is None or not parts[other].constant or (name == "divide" and linear == 1):
                continue
            factor = _factor(node_of)
            if factor is None or factor[0] == 0:
                return None
            if name == "divide":
                factor = (1 / factor[0], factor[1])
                if factor[1] and not inner[1]:
                    return None
                return inner[0] * factor[0], inner[1] and not factor[1]
            if factor[1] and inner[1]:
                return None
            return inner[0] * factor[0], inner[1] or factor[1]
    return None


def _factor(node: Node) -> tuple[Fraction, bool] | None:
    """A constant as a fraction, or as a fraction of π."""
    exact = rational(node)
    if exact is not None:
        return exact, False
    if isinstance(node, Apply) and node.operation == "pi":
        return Fraction(1), True
    if isinstance(node, Apply) and node.operation == "multiply":
        for number, other in (node.arguments, node.arguments[::-1]):
            share = rational(number)
            if share is not None and isinstance(other, Apply) and other.operation == "pi":
                return share, True
    return None


def _least_common(a: Fraction, b: Fraction) -> Fraction:
    return Fraction(math.lcm(a.numerator, b.numerator), math.gcd(a.denominator, b.denominator))
