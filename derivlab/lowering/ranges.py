"""Between which bounds the values of a tree lie, whatever real numbers its variables are.

Interval arithmetic on exact fractions, with bounds that belong to the interval and bounds that do not. It knows that
``x^2 + 1`` is positive and that ``cos(x) + 2`` is never zero, so that nobody has to ask. What it does not know it
takes to be any real number.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import TypeAlias

from derivlab.expression.operations import OPERATIONS
from derivlab.expression.tree import Apply, Node, Number, Variable, rational
from derivlab.lowering import intervals
from derivlab.lowering.intervals import (
    NOT_NEGATIVE,
    POSITIVE,
    REALS,
    ZERO,
    Range,
    extreme,
    is_short,
    negated,
    union,
    with_sign,
)


def _between(low: int, high: int, *, closed: bool) -> Range:
    return Range(Fraction(low), Fraction(high), not closed, not closed)


_PI = Range(Fraction(314159265358979, 10**14), Fraction(314159265358980, 10**14))
_E = Range(Fraction(271828182845904, 10**14), Fraction(271828182845905, 10**14))

_ALWAYS: dict[str, Range] = {
    "pi": _PI,
    "e": _E,
    "exp": POSITIVE,
    "sigmoid": _between(0, 1, closed=False),
    "softplus": POSITIVE,
    "logsigmoid": Range(None, ZERO),
    "sech": Range(ZERO, Fraction(1), True, False),
    "cosh": Range(Fraction(1), None, False, True),
    "sin": _between(-1, 1, closed=True),
    "cos": _between(-1, 1, closed=True),
    "sinc": _between(-1, 1, closed=True),
    "hardtanh": _between(-1, 1, closed=True),
    "sign": _between(-1, 1, closed=True),
    "tanh": _between(-1, 1, closed=False),
    "erf": _between(-1, 1, closed=False),
    "softsign": _between(-1, 1, closed=False),
    "erfc": _between(0, 2, closed=False),
    "asin": _between(-2, 2, closed=False),
    "atan": _between(-2, 2, closed=False),
    "acos": Range(ZERO, Fraction(4), False, True),
    "acot": _between(0, 4, closed=False),
    "asec": Range(ZERO, Fraction(4), False, True),
    "heaviside": _between(0, 1, closed=True),
    "frac": Range(ZERO, Fraction(1), False, True),
    "relu": NOT_NEGATIVE,
    "hypot": NOT_NEGATIVE,
    "acosh": NOT_NEGATIVE,
    "asech": NOT_NEGATIVE,
    "elu": Range(Fraction(-1), None, True, True),
    "silu": Range(Fraction(-1), None, True, True),
    "gelu": Range(Fraction(-1), None, True, True),
}
"""The bounds of an operation's values, whatever its arguments."""

_KEEP_SIGN = frozenset(
    (
        *("cbrt", "sinh", "tanh", "asinh", "atanh", "atan", "asin", "erf", "erfinv", "sign", "softsign"),
        *("hardtanh", "leaky_relu", "silu", "gelu", "elu"),
    )
)
"""Operations that are positive, zero and negative exactly where their argument is."""


def range_of(node: Node, arguments: Sequence[Range], bound: dict[str, Range] | None = None) -> Range:
    """The range of one node, from those of its arguments; ``bound`` has ranges of variables."""
    match node:
        case Number(value):
            return Range(value, value, False, False) if is_short(value) else REALS
        case Variable(name):
            return (bound or {}).get(name, REALS)
        case Apply("multiply" | "power", (base, exponent)) if (
            literal := _literal(node, base, exponent)
        ) is not None:
            return intervals.power(arguments[0], literal)
        case Apply("power", _):
            return POSITIVE if arguments[0].is_positive else REALS
        case Apply("sin" | "cos", (angle,)) if (turns := _half_turns(angle)) is not None:
            shifted = turns if node.operation == "sin" else turns + Fraction(1, 2)
            if shifted.denominator == 1:
                return Range(ZERO, ZERO, False, False)
        case Apply("where", _):
            return union(arguments[1], arguments[2])
        case Apply("max", _):
            return extreme(arguments)
        case Apply("min", _):
            return negated(extreme([negated(argument) for argument in arguments]))
    if node.operation in _ARITHMETIC:
        return _ARITHMETIC[node.operation](*arguments)
    always = _ALWAYS.get(node.operation, REALS)
    if OPERATIONS[node.operation].is_condition:
        return _between(0, 1, closed=True)
    return with_sign(always, arguments[0]) if node.operation in _KEEP_SIGN else always


def _literal(node: Apply, base: Node, exponent: Node) -> Fraction | None:
    """The exponent of a power of one tree: ``u*u`` is a square too."""
    if node.operation == "multiply":
        return Fraction(2) if base == exponent else None
    return rational(exponent)


def _half_turns(angle: Node) -> Fraction | None:
    """The fraction of π that an angle such as ``3*pi/2`` is; None for anything else."""
    factor = Fraction(1)
    while not isinstance(angle, Variable | Number):
        match angle:
            case Apply("pi"):
                return factor
            case Apply("negate", (inner,)):
                factor, angle = -factor, inner
            case Apply("multiply", (number, inner)) if (times := rational(number)) is not None:
                factor, angle = factor * times, inner
            case Apply("multiply", (inner, number)) if (times := rational(number)) is not None:
                factor, angle = factor * times, inner
            case Apply("divide", (inner, number)) if parts := rational(number):
                factor, angle = factor / parts, inner
            case _:
                return None
    return None


Arithmetic: TypeAlias = Callable[..., Range]
_ARITHMETIC: dict[str, Arithmetic] = {
    "add": intervals.add,
    "subtract": intervals.difference,
    "multiply": intervals.multiply,
    "divide": intervals.divide,
    "negate": negated,
    "abs": intervals.modulus,
    "sqrt": intervals.sqrt,
    "exp": intervals.exp,
    "expm1": intervals.expm1,
    "ln": intervals.ln,
    "log2": intervals.ln,
    "log10": intervals.ln,
}
