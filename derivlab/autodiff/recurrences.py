"""The recurrences of truncated Taylor series for arithmetic, powers, roots, ln and pieces.

Each takes the builder, an instruction, its arguments and an index, and returns the row of that coefficient.
From Griewank and Walther, "Evaluating Derivatives", chapter 13; for powers u·∂y = p·y·∂u.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache
from math import factorial, prod
from typing import TYPE_CHECKING, TypeAlias

from derivlab.autodiff.indices import Index, splits
from derivlab.expression.tree import Apply, Node, Number, Variable
from derivlab.lowering.to_torch import to_float

if TYPE_CHECKING:
    from derivlab.autodiff.series import SeriesBuilder

LARGEST_PRODUCT = 64
"""Whole exponents up to this are products, which are right at zero too."""

DEEPEST_RULE = 16
"""Fractional exponents up to this are lowered one by one by u^p' = p·u^(p−1), which is right at zero too."""


def add(series: SeriesBuilder, _slot: int, arguments: tuple[int, ...], index: Index) -> int:
    """(u + v)_α = u_α + v_α."""
    return series.rows.add(*(series.coefficient(argument, index) for argument in arguments))


def subtract(series: SeriesBuilder, _slot: int, arguments: tuple[int, ...], index: Index) -> int:
    """(u − v)_α = u_α − v_α."""
    return series.rows.subtract(*(series.coefficient(argument, index) for argument in arguments))


def negate(series: SeriesBuilder, _slot: int, arguments: tuple[int, ...], index: Index) -> int:
    """(−u)_α = −u_α."""
    return series.rows.negate(series.coefficient(arguments[0], index))


def multiply(series: SeriesBuilder, _slot: int, arguments: tuple[int, ...], index: Index) -> int:
    """(u·v)_α = Σ u_β·v_{α−β}."""
    return series.convolution(arguments[0], arguments[1], index)


def divide(series: SeriesBuilder, slot: int, arguments: tuple[int, ...], index: Index) -> int:
    """(u/v)_α = (u_α − Σ (u/v)_β·v_{α−β})/v₀, without β = α."""
    u, v = arguments
    taken = series.sum(
        [
            series.rows.multiply(series.coefficient(slot, first), series.coefficient(v, second))
            for first, second in splits(index)
            if first != index and series.coefficient(v, second) != series.rows.zero
        ]
    )
    remainder = series.rows.subtract(series.coefficient(u, index), taken)
    return series.rows.divide(remainder, series.coefficient(v, series.origin))


def sqrt(series: SeriesBuilder, slot: int, arguments: tuple[int, ...], index: Index) -> int:
    """y_α = (u_α − Σ y_β·y_{α−β})/(2·y₀), without the two ends."""
    rest = series.rows.subtract(
        series.coefficient(arguments[0], index), series.convolution(slot, slot, index, inner=True)
    )
    return series.rows.divide(rest, series.rows.scale(series.coefficient(slot, series.origin), 2.0))


def ln(series: SeriesBuilder, slot: int, arguments: tuple[int, ...], index: Index) -> int:
    """α_i·u₀·y_α = α_i·u_α − Σ β_i·y_β·u_{α−β}, without β = α."""
    (u,) = arguments
    axis = series.axis(index)
    taken = series.sum(
        [
            series.rows.multiply(
                series.rows.scale(series.coefficient(slot, first), float(first[axis])),
                series.coefficient(u, second),
            )
            for first, second in splits(index)
            if first[axis] and first != index and series.coefficient(u, second) != series.rows.zero
        ]
    )
    rest = series.rows.subtract(series.coefficient(u, index), series.rows.scale(taken, 1.0 / index[axis]))
    return series.rows.divide(rest, series.coefficient(u, series.origin))


def where(series: SeriesBuilder, _slot: int, arguments: tuple[int, ...], index: Index) -> int:
    """The coefficient of the branch that is taken: the other one is never touched, so it leaks no NaN."""
    condition, a, b = arguments
    return series.rows.select(
        series.condition(condition), series.coefficient(a, index), series.coefficient(b, index)
    )


def greatest(series: SeriesBuilder, slot: int, arguments: tuple[int, ...], index: Index) -> int:
    """The slope of the argument that is taken; where both are equal PyTorch's half of each."""
    u, v = arguments
    first, second = series.coefficient(u, index), series.coefficient(v, index)
    values = series.coefficient(u, series.origin), series.coefficient(v, series.origin)
    is_max = series.operation(slot) == "max"
    u_taken = series.rows.emit("greater" if is_max else "less", *values)
    v_taken = series.rows.emit("less" if is_max else "greater", *values)
    half = series.rows.scale(series.rows.add(first, second), 0.5)
    return series.rows.select(u_taken, first, series.rows.select(v_taken, second, half))


def sinc(series: SeriesBuilder, slot: int, arguments: tuple[int, ...], index: Index) -> int:
    """Near 0 by the power series: the quotient loses all digits there."""
    if slot not in series.stand_in:
        tree = sinc_tree(30 + sum(series.limit) // 2)
        series.stand_in[slot] = series.add_rule(tree, arguments)
    return series.coefficient(series.stand_in[slot], index)


def power_value(series: SeriesBuilder, base: int, exponent: Fraction | None, raised: int) -> int:
    """The value of a power, as products or a root where the exponent allows."""
    if exponent == Fraction(1, 2):
        return series.rows.emit("sqrt", base)
    if exponent is not None and exponent.denominator == 1 and abs(exponent) <= LARGEST_PRODUCT:
        return series.rows.whole_power(base, int(exponent))
    return series.rows.emit("power", base, raised)


def power(series: SeriesBuilder, slot: int, arguments: tuple[int, ...], index: Index) -> int:
    """The way that suits the exponent: nothing, a product, a root, a rule or a recurrence."""
    u, v = arguments
    exponent = series.literal(v)
    if exponent is None:
        return varying_power(series, slot, u, v, index)
    if exponent == 0:
        return series.rows.zero
    if exponent == 1:
        return series.coefficient(u, index)
    if series.degree(u) == 1:
        return power_of_linear(series, slot, u, exponent, index)
    if exponent.denominator == 1 and abs(exponent) <= LARGEST_PRODUCT:
        return series.coefficient(product(series, slot, u, int(exponent)), index)
    if exponent == Fraction(1, 2):
        return sqrt(series, slot, (u,), index)
    if 1 < exponent <= DEEPEST_RULE:
        lowered = series.emit("power", u, series.number(exponent - 1))
        return series.rows.scale(series.chained(u, lowered, index), to_float(exponent))
    return power_recurrence(series, slot, u, series.number(exponent), index)


def power_of_linear(series: SeriesBuilder, slot: int, u: int, exponent: Fraction, index: Index) -> int:
    """y_α = p·(p−1)⋯ u₀^(p−|α|)·Π u_i^α_i / α!"""
    total = sum(index)
    falling = prod((exponent - i for i in range(total)), start=Fraction(1))
    if falling == 0:
        return series.rows.zero
    base = series.coefficient(u, series.origin)
    rest = exponent - total
    if rest.denominator == 1 and abs(rest) <= 2 * LARGEST_PRODUCT:
        power = series.rows.whole_power(base, int(rest))
    elif rest < -1 and len(index) == 1:
        before = series.coefficient(slot, (total - 1,))
        ratio = to_float((exponent - total + 1) / total)
        slope = series.rows.scale(series.coefficient(u, (1,)), ratio)
        return series.rows.divide(series.rows.multiply(before, slope), base)
    else:
        power = power_value(series, base, rest, series.rows.constant(to_float(rest)))
    for axis, order in enumerate(index):
        if order:
            unit = tuple(int(i == axis) for i in range(len(index)))
            slope = series.rows.whole_power(series.coefficient(u, unit), order)
            power = series.rows.multiply(power, slope)
    return series.rows.scale(power, to_float(falling / prod(factorial(order) for order in index)))


def product(series: SeriesBuilder, slot: int, u: int, exponent: int) -> int:
    """An instruction for u to a whole number, made of products."""
    if slot not in series.stand_in:
        power, base, rest = None, u, abs(exponent)
        while rest:
            if rest % 2:
                power = base if power is None else series.emit("multiply", power, base)
            rest //= 2
            base = series.emit("multiply", base, base) if rest else base
        assert power is not None  # noqa: S101  (the exponent is not 0)
        series.stand_in[slot] = power if exponent > 0 else series.emit("divide", series.number(1), power)
    return series.stand_in[slot]


def power_recurrence(series: SeriesBuilder, slot: int, u: int, exponent: int, index: Index) -> int:
    """u₀·α_i·y_α = Σ (p·β_i − (α_i − β_i))·u_β·y_{α−β}, p not moving; the first order by the rule."""
    rows, p = series.rows, series.coefficient(exponent, series.origin)
    base = series.coefficient(u, series.origin)
    if sum(index) == 1:
        lowered = rows.emit("power", base, rows.emit("subtract", p, rows.one))
        return rows.multiply(rows.multiply(p, lowered), series.coefficient(u, index))
    axis = series.axis(index)
    terms = []
    for first, second in splits(index):
        under = series.coefficient(u, first)
        if first != series.origin and under != rows.zero:
            weight = rows.subtract(rows.scale(p, float(first[axis])), rows.constant(float(second[axis])))
            weight = rows.scale(weight, 1.0 / index[axis])
            terms.append(rows.multiply(rows.multiply(weight, under), series.coefficient(slot, second)))
    return rows.divide(series.sum(terms), base)


def varying_power(series: SeriesBuilder, slot: int, u: int, v: int, index: Index) -> int:
    """u^v with a moving exponent: the derivative is u^v·(v·ln u)′."""
    if not series.moves(v):
        return power_recurrence(series, slot, u, v, index)
    log = series.emit("ln", u)
    if not series.moves(u) and series.literal(u) == 0:
        return series.rows.zero
    exponent = series.emit("multiply", v, log)
    return series.chained(exponent, slot, index)


@lru_cache(maxsize=16)
def sinc_tree(terms: int) -> Node:
    """sin(πu)/(πu), and its power series where |u| < 2, as a tree in ``u``."""
    u, pi = Variable("u"), Apply("pi")
    angle = Apply("multiply", (pi, u))
    square = Apply("multiply", (angle, angle))
    series: Node = Number(Fraction(1))
    for j in range(terms, 0, -1):
        step = Apply("divide", (square, Number(Fraction(2 * j * (2 * j + 1)))))
        series = Apply("subtract", (Number(Fraction(1)), Apply("multiply", (step, series))))
    near = Apply("less", (Apply("abs", (u,)), Number(Fraction(2))))
    return Apply("where", (near, series, Apply("divide", (Apply("sin", (angle,)), angle))))


Recurrence: TypeAlias = "Callable[[SeriesBuilder, int, tuple[int, ...], Index], int]"

RECURRENCES: dict[str, Recurrence] = {
    "add": add,
    "subtract": subtract,
    "negate": negate,
    "multiply": multiply,
    "divide": divide,
    "power": power,
    "sqrt": sqrt,
    "ln": ln,
    "where": where,
    "max": greatest,
    "min": greatest,
    "sinc": sinc,
}
