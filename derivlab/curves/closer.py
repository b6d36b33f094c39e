"""One-sided limits at distances that no float64 holds: 10⁻⁶, 10⁻¹², 10⁻²⁴ … with as many digits as that takes.

Each distance is the square of the one before, so that whatever runs to its limit like a power of the distance arrives
within a few levels, and whatever creeps like 1/ln takes steps that halve, which `accelerate` adds up. Every value is
worked out with more digits until two precisions agree: none is rounding noise.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, TypeAlias

from derivlab.curves.accelerate import accelerated
from derivlab.curves.one_sided import Limit
from derivlab.curves.purse import Purse
from derivlab.lowering.to_mpmath import MOST_DIGITS, Precise, TooHard, digits, precise_number

Quantity: TypeAlias = Callable[[Any, int], Precise]
"""(distance h, digits of the work) → the quantity there, None where undefined. Raises TooHard."""

STARTS = (Fraction(2939, 10**10), Fraction(829, 10**9), Fraction(137, 10**8))
"""The distances of the first level, out of step with one another; the closest one first, which needs the most digits."""
FIRST_DIGITS = 7
LEVELS = 8
"""Where a distance of d digits costs d digits, the last level has 7·2⁷ = 896."""
FREE_LEVELS = 26
"""Where it costs none."""
UNCHECKED = 2
"""Of the first levels nothing but the trend is used, so they are worked out once, with many digits."""
BETWEEN = (Fraction(113, 100), Fraction(127, 100), Fraction(149, 100), Fraction(166, 100), Fraction(189, 100))
"""Exponents of further distances between two levels, at which a limit is checked."""
SETTLED = 1e-17
"""Relative difference of two levels that counts as none."""
CREPT = 1e-11
"""The same for a limit that was accelerated; a lesser one is still taken at the last level up to `ROUGHLY`."""
ROUGHLY = 1e-7
GONE = 1e-8
"""A size that has come down to this share of the first one is on its way to nothing."""
COMPARED = 40
"""Digits with which values are compared."""
UNDEFINED = Limit("undefined", is_sure=True)
WILD = Limit("wild", is_sure=True)


@dataclass
class _Levels:
    """The values seen so far: for each level those of the chains of squared distances, None where undefined."""

    rows: list[list[Precise]] = field(default_factory=list)
    precision: int = 0
    """The digits that the last level took."""

    @property
    def sizes(self) -> list[Any]:
        return [max(abs(value) for value in row) for row in self.rows]


def limit_closer(
    quantity: Quantity, purse: Purse, *, is_free: bool, levels: int | None = None
) -> Limit | None:
    """The limit of a quantity as its distance goes to 0+; None where it cannot be told.

    `is_free`: the distances cost no digits (the point is 0). `levels`: how many are looked at, at the most.
    """
    try:
        with digits(COMPARED):  # one thread at a time, and so many digits for comparisons
            return _limit(quantity, purse, is_free, levels or (FREE_LEVELS if is_free else LEVELS))
    except TooHard:
        return None


def _limit(quantity: Quantity, purse: Purse, is_free: bool, levels: int) -> Limit | None:
    seen = _Levels()
    unsure: Limit | None = None
    for level in range(levels):
        count = FIRST_DIGITS * 2**level
        try:
            row, seen.precision = _row(quantity, purse, level, count, is_free)
        except TooHard:
            break
        seen.rows.append(row)
        if level < 2:
            continue
        found, unsure = _judged(seen)
        if found is not None and _holds(quantity, purse, found, level, seen):
            return found
        if _is_wild(seen):
            return WILD
    return unsure


def _row(
    quantity: Quantity, purse: Purse, level: int, count: int, is_free: bool
) -> tuple[list[Precise], int]:
    """The values of one level, and the digits with which they are worked out: enough for two precisions to agree."""
    few = 2 * min(count, 64) + 40 if is_free else 2 * count + 40
    many = 5 * min(count, 96) + 60 if is_free else 3 * count + 2 * min(count, 96) + 60
    if level < UNCHECKED:
        first, precision = _value(quantity, purse, STARTS[0], 2**level, many), many
    else:
        first, precision = _agreed(quantity, purse, 2**level, few, many, count)
    others = STARTS[1:] if level <= 5 or is_free else STARTS[1:2]
    row = [first, *(_value(quantity, purse, start, 2**level, precision) for start in others)]
    return row, precision


def _agreed(
    quantity: Quantity, purse: Purse, power: int, few: int, many: int, count: int
) -> tuple[Precise, int]:
    """The value at a power of the first distance, and the digits that it takes: those that more only confirm.

    Nothing at all is believed only from more digits than the `count` of the distance: rounding makes 0 of 2x - 1 - 2x.
    """
    before = _value(quantity, purse, STARTS[0], power, few)
    while many <= MOST_DIGITS:
        value = _value(quantity, purse, STARTS[0], power, many)
        if (value is None) == (before is None):
            same = value is None or value == before or abs(value - before) <= 1e-15 * abs(value)
            if same and (value != 0 or many > count):
                return value, few if value != 0 else many
            if many > count and abs(value) < precise_number(Fraction(1, 10 ** (3 * many // 4))):
                return 0 * value, many
        before, few, many = value, many, 2 * many
    raise TooHard("digits")


def _value(quantity: Quantity, purse: Purse, start: Fraction, power: Any, precision: int) -> Precise:
    purse.pay(precision)
    with digits(precision):
        exponent = precise_number(Fraction(power))
        return quantity(precise_number(start) ** exponent, precision)


def _judged(seen: _Levels) -> tuple[Limit | None, Limit | None]:
    """The limit as far as the levels show it: for sure, or for want of something better."""
    last = seen.rows[-1]
    if all(value is None for row in seen.rows for value in row):
        return UNDEFINED, None
    if any(value is None for row in seen.rows[-3:] for value in row):
        return None, None
    if any(_is_infinite(value) for value in last):
        same = len({value > 0 for value in last}) == 1 and all(map(_is_infinite, last))
        return (Limit("infinite", float(last[0]), is_sure=True) if same else None), None
    if any(_is_infinite(value) for row in seen.rows[-3:] for value in row):
        return None, None
    for way in (_arrived, _vanishes, _runs_off):
        found = way(seen)
        if found is not None:
            return found, None
    if len(seen.rows) < 6:
        return None, None
    crept = _crept(seen)
    if crept is not None and crept.error <= CREPT * max(1.0, abs(crept.value)):
        return crept, None
    return None, crept


def _is_infinite(value: Precise) -> bool:
    return value is not None and abs(value) == float("inf")


def _arrived(seen: _Levels) -> Limit | None:
    """A limit that the last two levels share."""
    before, last = seen.rows[-2], seen.rows[-1]
    size = max(abs(value) for value in last)
    apart = max(abs(one - last[0]) for one in [*before, *last])
    if apart > SETTLED * size:
        return None
    return Limit("finite", float(last[0]), float(apart), is_sure=True)


def _rates(sizes: Sequence[Any]) -> list[float]:
    """By how many digits the size changes for each digit of the distance, between levels; positive: it shrinks."""
    rates = []
    for level in range(1, len(sizes)):
        step = FIRST_DIGITS * 2 ** (level - 1)
        rates.append(float(_log10(sizes[level - 1]) - _log10(sizes[level])) / step)
    return rates


def _log10(size: Any) -> Any:
    with digits(30) as context:
        return context.log10(size)


def _is_power(rates: Sequence[float]) -> bool:
    """Whether the size goes like a power of the distance, to the last digit."""
    first, second, third = (abs(rate) for rate in rates[-3:])
    return min(first, second) > 1e-6 and abs(third / second - 1) <= 1e-9 and abs(second / first - 1) <= 1e-9


def _gathers(rates: Sequence[float]) -> bool:
    """Whether the size changes by ever larger factors, which logarithms do not."""
    first, second, third = (abs(rate) for rate in rates[-3:])
    return third >= 0.55 * second and second >= 0.55 * first


def _vanishes(seen: _Levels) -> Limit | None:
    """The limit 0 of what shrinks like a power of the distance, swinging about it or not."""
    sizes = seen.sizes
    if sizes[-1] == 0:
        return Limit("finite", 0.0, is_sure=True) if sizes[-2] == 0 else None
    if len(sizes) < 4 or min(sizes[-4:]) == 0:
        return None
    rates = _rates(sizes)[-3:]
    is_gone = sizes[-1] <= GONE * sizes[0] and _gathers(rates)
    return Limit("finite", 0.0, is_sure=True) if min(rates) > 0 and (is_gone or _is_power(rates)) else None


def _runs_off(seen: _Levels) -> Limit | None:
    """±∞, where the values grow like a power of the distance, or by steps that do not shrink (a logarithm)."""
    rows = seen.rows[-4:]
    signs = {value > 0 for row in rows for value in row}
    sizes = [min(abs(value) for value in row) for row in seen.rows]
    if len(rows) >= 4 and len(signs) == 1 and min(sizes) > 0:
        rates = _rates(sizes)[-3:]
        is_gone = sizes[0] <= GONE * sizes[-1] and _gathers(rates)
        if max(rates) < 0 and (is_gone or _is_power(rates)):
            return Limit("infinite", float("inf") if signs.pop() else -float("inf"), is_sure=True)
    if len(seen.rows) < 6:
        return None
    ways: set[bool] = set()
    for chain in range(min(map(len, seen.rows))):
        steps = _steps([row[chain] for row in seen.rows[-5:]])
        ways |= {step > 0 for step in steps}
        if any(0 in (before, step) or step / before < 0.999 for before, step in itertools.pairwise(steps)):
            return None
    if len(ways) != 1:
        return None
    return Limit("infinite", float("inf") if ways == {True} else -float("inf"), is_sure=True)


def _steps(values: Sequence[Any]) -> list[Any]:
    return [after - before for before, after in itertools.pairwise(values)]


def _crept(seen: _Levels) -> Limit | None:
    """A limit reached by steps of one sign that shrink evenly, as those of 1/ln do."""
    found: list[tuple[Any, Any]] = []
    for chain in range(min(map(len, seen.rows))):
        values = [row[chain] for row in seen.rows[1:]]
        steps = _steps(values)
        if any(step == 0 for step in steps[-4:]):
            return None
        ratios = [after / before for before, after in itertools.pairwise(steps)][-3:]
        if not all(0.001 < ratio < 0.999 for ratio in ratios) or _steps(ratios)[-1] > 0.1:
            return None
        with digits(120):
            found.append(accelerated(values))
    value, error = found[0]
    error = max(error, *(abs(other - value) for other, _ in found[1:]), *(each for _, each in found[1:]))
    if error > ROUGHLY * max(1.0, abs(value)):
        return None
    return Limit("finite", float(0 * value if abs(value) <= 100 * error else value), float(error), True)


def _is_wild(seen: _Levels) -> bool:
    """Whether the values go on swinging at the last levels as they did at the first."""
    rows = seen.rows
    if len(rows) < 5 or any(value is None or _is_infinite(value) for row in rows for value in row):
        return False
    spans = [max(row) - min(row) for row in rows]
    if spans[-1] < 0.1 * spans[0] or spans[-2] < 0.1 * spans[0]:
        return False
    if sum(span > 1e-3 * size for span, size in zip(spans, seen.sizes, strict=True)) < len(rows) - 1:
        return False
    chains = [_steps([row[chain] for row in rows]) for chain in range(min(map(len, rows)))]
    return sum(len({step > 0 for step in steps}) == 2 for steps in chains) >= 2


def _holds(quantity: Quantity, purse: Purse, found: Limit, level: int, seen: _Levels) -> bool:
    """Whether a limit shows at distances between the last two levels too, and an infinite one at far more digits."""
    if found.outcome == "undefined":
        return level >= 3
    if found.outcome == "infinite" and level <= 4:
        # what all but cancels looks like a pole until there are digits enough
        there = _value(quantity, purse, STARTS[0], 2**level, 8 * FIRST_DIGITS * 2**level + 100)
        if there is None or not _is_near(there, seen.rows[-1][0]):
            return False
    powers = [share * 2 ** (level - 1) for share in BETWEEN]
    values = [_value(quantity, purse, STARTS[0], power, seen.precision) for power in powers]
    if any(value is None for value in values):
        return False
    if found.outcome == "infinite":
        return all((value > 0) == (found.value > 0) for value in values)
    if found.value == 0.0 or found.error > SETTLED:
        return True
    return all(abs(value - found.value) <= 1e-6 * abs(found.value) for value in values)


def _is_near(one: Precise, other: Precise) -> bool:
    return one == other or bool(abs(one - other) <= 1e-6 * abs(one))
