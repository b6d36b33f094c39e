"""Arithmetic on ranges of numbers: exact bounds, each of which belongs to the range or does not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

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
POSITIVE = Range(ZERO, None, True, True)
NOT_NEGATIVE = Range(ZERO, None, False, True)


def is_short(value: Fraction) -> bool:
    """Whether a bound has few bits."""
    return max(value.numerator.bit_length(), value.denominator.bit_length()) <= _LONGEST


def negated(u: Range) -> Range:
    """The range of −u."""
    low, high = (None if end is None else -end for end in (u.high, u.low))
    return Range(low, high, u.high_open, u.low_open)


def add(u: Range, v: Range) -> Range:
    """The range of u + v."""
    low = None if u.low is None or v.low is None else u.low + v.low
    high = None if u.high is None or v.high is None else u.high + v.high
    return _shortened(Range(low, high, u.low_open or v.low_open, u.high_open or v.high_open))


def difference(u: Range, v: Range) -> Range:
    """The range of u − v."""
    return add(u, negated(v))


def _shortened(u: Range) -> Range:
    """Bounds of few bits only."""
    low = u.low if u.low is not None and is_short(u.low) else None
    high = u.high if u.high is not None and is_short(u.high) else None
    return Range(low, high, low is None or u.low_open, high is None or u.high_open)


def multiply(u: Range, v: Range) -> Range:
    """The range of u·v."""
    if u.is_zero or v.is_zero:
        return Range(ZERO, ZERO, False, False)
    if negated(u).is_not_negative:
        return negated(multiply(negated(u), v))
    if negated(v).is_not_negative:
        return negated(multiply(u, negated(v)))
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


def divide(u: Range, v: Range) -> Range:
    """The range of u/v."""
    return multiply(u, _reciprocal(v))


def _reciprocal(v: Range) -> Range:
    if negated(v).is_positive:
        return negated(_reciprocal(negated(v)))
    if not v.is_positive:
        return REALS
    low = ZERO if v.high is None else 1 / v.high
    high = None if not v.low else 1 / v.low
    return Range(low, high, v.high is None or v.high_open, high is None or v.low_open)


def power(u: Range, exponent: Fraction) -> Range:
    """The range of u to a literal exponent."""
    if exponent < 0:
        return _reciprocal(power(u, -exponent))
    if exponent == 0:
        return Range(Fraction(1), Fraction(1), False, False)
    even = exponent.numerator % 2 == 0
    if not even and exponent.denominator % 2 == 1 and not u.is_not_negative:
        return with_sign(REALS, u)
    size = modulus(u) if even else u
    if exponent.denominator != 1 or exponent > _LARGEST_POWER:
        return POSITIVE if size.is_positive else NOT_NEGATIVE
    whole = int(exponent)
    low = ZERO if size.low is None or size.low < 0 else size.low**whole
    high = None if size.high is None else size.high**whole
    return _shortened(Range(low, high, size.low_open and size.is_not_negative, size.high_open))


def modulus(u: Range) -> Range:
    """The range of |u|."""
    if u.is_not_negative:
        return u
    if negated(u).is_not_negative:
        return negated(u)
    if u.low is None or u.high is None:
        return NOT_NEGATIVE
    return Range(ZERO, max(-u.low, u.high), False, False)


def sqrt(u: Range) -> Range:
    """The range of √u."""
    return POSITIVE if u.is_positive else NOT_NEGATIVE


def with_sign(always: Range, u: Range) -> Range:
    """``always`` with the sign of u."""
    if u.is_zero:
        return u
    if u.is_not_negative:
        return Range(ZERO, always.high, u.is_positive, always.high_open)
    if negated(u).is_not_negative:
        return Range(always.low, ZERO, always.low_open, negated(u).is_positive)
    return always


def exp(u: Range) -> Range:
    """The range of e^u."""
    if u.is_not_negative:
        return Range(Fraction(1), None, u.is_positive, True)
    if negated(u).is_not_negative:
        return Range(ZERO, Fraction(1), True, negated(u).is_positive)
    return POSITIVE


def ln(u: Range) -> Range:
    """The range of a logarithm of u."""
    return with_sign(REALS, difference(u, Range(Fraction(1), Fraction(1), False, False)))


def union(u: Range, v: Range) -> Range:
    """The range of a number that is in one of two ranges."""
    lower, upper = extreme([u, v]), negated(extreme([negated(u), negated(v)]))
    return Range(upper.low, lower.high, upper.low_open, lower.high_open)


def extreme(parts: Sequence[Range]) -> Range:
    """The range of the greatest of several numbers."""
    lows = [part for part in parts if part.low is not None]
    best = max(lows, key=lambda part: (part.low, part.low_open), default=REALS)
    if any(part.high is None for part in parts):
        return Range(best.low, None, best.low_open, True)
    most = max(parts, key=lambda part: (part.high, not part.high_open))
    return Range(best.low, most.high, best.low_open, most.high_open)


def expm1(u: Range) -> Range:
    """The range of e^u − 1."""
    return with_sign(Range(Fraction(-1), None), u)
