"""Between which bounds the values of a tree lie, whatever real numbers its variables are.

Interval arithmetic on exact fractions, with bounds that belong to the interval and bounds that do not. It knows that
``x^2 + 1`` is positive and that ``cos(x) + 2`` is never zero, so that nobody has to ask. What it does not know it
takes to be any real number.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from derivlab.expression.operations import OPERATIONS
from derivlab.expression.tree import Apply, Node, Number, Variable, rational

_LONGEST = 512
"""Bits of a bound: a longer fraction is taken to be unbounded."""
_LARGEST_POWER = 64


@dataclass(frozen=True, slots=True)
class Range:
    """The numbers between two bounds; None is no bound. An open bound is not reached."""

    low: Fraction | None = None
    high: Fraction | None = None
    low_open: bool = True
    high_open: bool = True

    @property
    def is_positive(self) -> bool:
        """Whether every number in it is above 0."""
        return self.low is not None and (self.low > 0 or (self.low == 0 and self.low_open))

    @property
    def is_not_negative(self) -> bool:
        """Whether every number in it is 0 or more."""
        return self.low is not None and self.low >= 0

    @property
    def avoids_zero(self) -> bool:
        """Whether 0 is not in it."""
        return self.is_positive or negated(self).is_positive

    @property
    def is_zero(self) -> bool:
        """Whether it holds 0 alone."""
        return self.low == self.high == 0


REALS = Range()
ZERO = Fraction(0)
_POSITIVE = Range(ZERO, None, True, True)
_NOT_NEGATIVE = Range(ZERO, None, False, True)


def _between(low: int, high: int, *, closed: bool) -> Range:
    return Range(Fraction(low), Fraction(high), not closed, not closed)


_PI = Range(Fraction(314159265358979, 10**14), Fraction(314159265358980, 10**14))
_E = Range(Fraction(271828182845904, 10**14), Fraction(271828182845905, 10**14))

_ALWAYS: dict[str, Range] = {
    "pi": _PI,
    "e": _E,
    "exp": _POSITIVE,
    "sigmoid": _between(0, 1, closed=False),
    "softplus": _POSITIVE,
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
    "relu": _NOT_NEGATIVE,
    "hypot": _NOT_NEGATIVE,
    "acosh": _NOT_NEGATIVE,
    "asech": _NOT_NEGATIVE,
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
            return Range(value, value, False, False) if _is_short(value) else REALS
        case Variable(name):
            return (bound or {}).get(name, REALS)
        case Apply("multiply" | "power", (base, exponent)) if (
            power := _literal(node, base, exponent)
        ) is not None:
            return _power(arguments[0], power)
        case Apply("power", _):
            return _POSITIVE if arguments[0].is_positive else REALS
        case Apply("where", _):
            return _union(arguments[1], arguments[2])
        case Apply("max", _):
            return _extreme(arguments)
        case Apply("min", _):
            return negated(_extreme([negated(argument) for argument in arguments]))
    if node.operation in _ARITHMETIC:
        return _ARITHMETIC[node.operation](*arguments)
    always = _ALWAYS.get(node.operation, REALS)
    if OPERATIONS[node.operation].is_condition:
        return _between(0, 1, closed=True)
    return _signed(always, arguments[0]) if node.operation in _KEEP_SIGN else always


def _literal(node: Apply, base: Node, exponent: Node) -> Fraction | None:
    """The exponent of a power of one tree: ``u*u`` is a square too."""
    if node.operation == "multiply":
        return Fraction(2) if base == exponent else None
    return rational(exponent)


def _is_short(value: Fraction) -> bool:
    return max(value.numerator.bit_length(), value.denominator.bit_length()) <= _LONGEST


def negated(u: Range) -> Range:
    """The range of −u."""
    low, high = (None if end is None else -end for end in (u.high, u.low))
    return Range(low, high, u.high_open, u.low_open)


def _add(u: Range, v: Range) -> Range:
    low = None if u.low is None or v.low is None else u.low + v.low
    high = None if u.high is None or v.high is None else u.high + v.high
    return _shortened(Range(low, high, u.low_open or v.low_open, u.high_open or v.high_open))


def difference(u: Range, v: Range) -> Range:
    """The range of u − v."""
    return _add(u, negated(v))


def _shortened(u: Range) -> Range:
    """Bounds of few bits only."""
    low = u.low if u.low is not None and _is_short(u.low) else None
    high = u.high if u.high is not None and _is_short(u.high) else None
    return Range(low, high, low is None or u.low_open, high is None or u.high_open)


def _multiply(u: Range, v: Range) -> Range:
    if u.is_zero or v.is_zero:
        return Range(ZERO, ZERO, False, False)
    if negated(u).is_not_negative:
        return negated(_multiply(negated(u), v))
    if negated(v).is_not_negative:
        return negated(_multiply(u, negated(v)))
    if not (u.is_not_negative and v.is_not_negative):
        return _scaled(u, v) if v.low == v.high else _scaled(v, u) if u.low == u.high else REALS
    assert u.low is not None  # noqa: S101 (it is 0 or more)
    assert v.low is not None  # noqa: S101 (it is 0 or more)
    low, low_open = u.low * v.low, u.low_open or v.low_open
    if low == 0:
        low_open = u.is_positive and v.is_positive
    high = None if u.high is None or v.high is None else u.high * v.high
    return _shortened(Range(low, high, low_open, u.high_open or v.high_open))


def _scaled(u: Range, number: Range) -> Range:
    """u times a positive number."""
    factor = number.low
    if factor is None or factor <= 0:
        return REALS
    low, high = (None if end is None else end * factor for end in (u.low, u.high))
    return _shortened(Range(low, high, u.low_open, u.high_open))


def _divide(u: Range, v: Range) -> Range:
    return _multiply(u, _reciprocal(v))


def _reciprocal(v: Range) -> Range:
    if negated(v).is_positive:
        return negated(_reciprocal(negated(v)))
    if not v.is_positive:
        return REALS
    low = ZERO if v.high is None else 1 / v.high
    high = None if not v.low else 1 / v.low
    return Range(low, high, v.high is None or v.high_open, high is None or v.low_open)


def _power(u: Range, exponent: Fraction) -> Range:
    if exponent < 0:
        return _reciprocal(_power(u, -exponent))
    if exponent == 0:
        return Range(Fraction(1), Fraction(1), False, False)
    even = exponent.numerator % 2 == 0
    if not even and exponent.denominator % 2 == 1 and not u.is_not_negative:
        return _signed(REALS, u)
    size = _modulus(u) if even else u
    if exponent.denominator != 1 or exponent > _LARGEST_POWER:
        return _POSITIVE if size.is_positive else _NOT_NEGATIVE
    whole = int(exponent)
    low = ZERO if size.low is None or size.low < 0 else size.low**whole
    high = None if size.high is None else size.high**whole
    return _shortened(Range(low, high, size.low_open and size.is_not_negative, size.high_open))


def _modulus(u: Range) -> Range:
    if u.is_not_negative:
        return u
    if negated(u).is_not_negative:
        return negated(u)
    if u.low is None or u.high is None:
        return _NOT_NEGATIVE
    return Range(ZERO, max(-u.low, u.high), False, False)


def _sqrt(u: Range) -> Range:
    return _POSITIVE if u.is_positive else _NOT_NEGATIVE


def _signed(always: Range, u: Range) -> Range:
    """``always`` with the sign of u."""
    if u.is_zero:
        return u
    if u.is_not_negative:
        return Range(ZERO, always.high, u.is_positive, always.high_open)
    if negated(u).is_not_negative:
        return Range(always.low, ZERO, always.low_open, negated(u).is_positive)
    return always


def _exp(u: Range) -> Range:
    if u.is_not_negative:
        return Range(Fraction(1), None, u.is_positive, True)
    if negated(u).is_not_negative:
        return Range(ZERO, Fraction(1), True, negated(u).is_positive)
    return _POSITIVE


def _ln(u: Range) -> Range:
    return _signed(REALS, difference(u, Range(Fraction(1), Fraction(1), False, False)))


def _union(u: Range, v: Range) -> Range:
    lower, upper = _extreme([u, v]), negated(_extreme([negated(u), negated(v)]))
    return Range(upper.low, lower.high, upper.low_open, lower.high_open)


def _extreme(parts: Sequence[Range]) -> Range:
    """The range of the greatest of several numbers."""
    lows = [part for part in parts if part.low is not None]
    best = max(lows, key=lambda part: (part.low, part.low_open), default=REALS)
    if any(part.high is None for part in parts):
        return Range(best.low, None, best.low_open, True)
    most = max(parts, key=lambda part: (part.high, not part.high_open))
    return Range(best.low, most.high, best.low_open, most.high_open)


def _expm1(u: Range) -> Range:
    return _signed(Range(Fraction(-1), None), u)


Arithmetic: TypeAlias = Callable[..., Range]
_ARITHMETIC: dict[str, Arithmetic] = {
    "add": _add,
    "subtract": difference,
    "multiply": _multiply,
    "divide": _divide,
    "negate": negated,
    "abs": _modulus,
    "sqrt": _sqrt,
    "exp": _exp,
    "expm1": _expm1,
    "ln": _ln,
    "log2": _ln,
    "log10": _ln,
}
