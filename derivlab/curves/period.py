"""The period of a formula, where its form proves one: a fraction, or a fraction of π, exactly.

Three things are followed through the tree: a period p with f(x + p) = f(x); a half period h with f(x + h) = -f(x), so that
sin² has the period π; and a drift, f(x + p) = f(x) + d, so that x - floor(x) has the period 1.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

from derivlab.expression.tree import Apply, Node, Number, Variable, fold, rational

_FULL_TURN = frozenset(["sin", "cos", "sec", "csc"])
_HALF_TURN = frozenset(["tan", "cot"])
_STEPS = frozenset(["floor", "ceil"])
ODD = frozenset(
    [
        *("sin", "tan", "asin", "atan", "sinh", "tanh", "asinh", "atanh", "sign", "cbrt", "erf", "negate"),
        *("csc", "cot", "csch", "coth", "softsign", "trunc"),
    ]
)
"""Operations with u(-x) = -u(x)."""
EVEN = frozenset(["cos", "cosh", "abs", "sec", "sech", "sinc"])
"""Operations with u(-x) = u(x)."""


@dataclass(frozen=True, slots=True)
class Length:
    """A length: `share`, or `share` times π."""

    share: Fraction
    is_of_pi: bool = False

    def __float__(self) -> float:
        return float(self.share) * (math.pi if self.is_of_pi else 1.0)

    @property
    def tree(self) -> Node:
        """The length as a tree: 2π/3."""
        top, bottom = self.share.numerator, self.share.denominator
        whole: Node = Number(Fraction(top))
        if self.is_of_pi:
            pi = Apply("pi")
            whole = pi if top == 1 else Apply("multiply", (whole, pi))
        return whole if bottom == 1 else Apply("divide", (whole, Number(Fraction(bottom))))

    def times(self, factor: Fraction | int) -> Length:
        """A multiple of it."""
        return Length(self.share * factor, self.is_of_pi)


@dataclass(frozen=True, slots=True)
class _Turn:
    """What is known of a node.

    `slope`: of a linear node, (a, whether times π). `period`, after which it has risen by `drift`. `half`: after that length
    it is its own negative, and the period is twice that.
    """

    constant: bool = False
    slope: Length | None = None
    period: Length | None = None
    drift: Fraction = Fraction(0)
    half: Length | None = None


_CONSTANT = _Turn(constant=True)
_UNKNOWN = _Turn()


def period_of(tree: Node, variable: str) -> Length | None:
    """The length of a period in one variable, the others held fixed; None where the form proves none."""
    found = fold(tree, lambda node, parts: _turn(node, parts, variable))
    return found.period if found.drift == 0 else None


def _turn(node: Node, parts: tuple[_Turn, ...], variable: str) -> _Turn:
    if isinstance(node, Number):
        return _CONSTANT
    if isinstance(node, Variable):
        return _Turn(slope=Length(Fraction(1))) if node.name == variable else _CONSTANT
    if all(part.constant for part in parts):
        return _CONSTANT
    slope = _slope(node, parts)
    if slope is not None:
        return _Turn(slope=slope)
    name, inner = node.operation, parts[0].slope
    if inner is not None and name in _FULL_TURN | _HALF_TURN:
        # sin(a·x + b) has the period 2π/|a|; with a = q·π, 2/|q|
        length = Length(1 / abs(inner.share), not inner.is_of_pi)
        return _Turn(period=length) if name in _HALF_TURN else _Turn(period=length.times(2), half=length)
    if inner is not None and name in _STEPS and not inner.is_of_pi:
        return _Turn(period=Length(1 / abs(inner.share)), drift=Fraction(1 if inner.share > 0 else -1))
    if inner is not None and name in {"frac", "mod"}:
        return _sawtooth(node, inner)
    if name in {"add", "subtract"}:
        return _sum(parts[0], _negative(parts[1]) if name == "subtract" else parts[1])
    if any(part.slope is not None or part.drift != 0 for part in parts):
        return _UNKNOWN
    if name in {"multiply", "divide"}:
        return _product(*parts)
    if name == "power" and parts[1].constant:
        return _power(node, parts[0])
    if len(parts) == 1 and parts[0].half is not None:
        if name in ODD:
            return parts[0]
        if name in EVEN:
            return _Turn(period=parts[0].half)
    return _Turn(period=_common_of_all(parts))


def _sawtooth(node: Apply, inner: Length) -> _Turn:
    """frac(a·x + b), and mod(a·x + b, m)."""
    step = Fraction(1) if node.operation == "frac" else rational(node.arguments[1])
    if not step:
        return _UNKNOWN
    share = abs(step / inner.share)
    return _UNKNOWN if inner.is_of_pi else _Turn(period=Length(share))


def _negative(turn: _Turn) -> _Turn:
    slope = None if turn.slope is None else turn.slope.times(-1)
    return _Turn(turn.constant, slope, turn.period, -turn.drift, turn.half)


def _sum(one: _Turn, other: _Turn) -> _Turn:
    if one.constant or other.constant:
        turn = other if one.constant else one
        return _Turn(period=turn.period, drift=turn.drift)  # sin(x) + 1 is no more its own negative
    for linear, turning in ((one, other), (other, one)):
        if linear.slope is not None and turning.period is not None:
            if turning.period.is_of_pi or linear.slope.is_of_pi:
                return _UNKNOWN
            return _Turn(
                period=turning.period, drift=turning.drift + linear.slope.share * turning.period.share
            )
    period = _common(one.period, other.period)
    if period is None or one.period is None or other.period is None:
        return _UNKNOWN
    drift = one.drift * (period.share / one.period.share) + other.drift * (period.share / other.period.share)
    return _Turn(period=period, drift=drift, half=_common_half(one.half, other.half) if drift == 0 else None)


def _product(one: _Turn, other: _Turn) -> _Turn:
    if one.constant or other.constant:
        return other if one.constant else one
    half = _common_half(one.half, other.half)
    if half is not None:  # both change their sign: the product does not
        return _Turn(period=half)
    return _Turn(period=_common(one.period, other.period))


def _power(node: Apply, base: _Turn) -> _Turn:
    exponent = rational(node.arguments[1])
    if base.half is None or exponent is None or exponent.denominator % 2 == 0:
        return _Turn(period=base.period)
    return base if exponent.numerator % 2 else _Turn(period=base.half)


def _common_of_all(parts: tuple[_Turn, ...]) -> Length | None:
    lengths = [part.period for part in parts if not part.constant]
    common = lengths[0]
    for length in lengths[1:]:
        common = _common(common, length)
    return common


def _common(one: Length | None, other: Length | None) -> Length | None:
    """The least length that is a whole number of times both."""
    if one is None or other is None or one.is_of_pi != other.is_of_pi:
        return None
    a, b = one.share, other.share
    share = Fraction(math.lcm(a.numerator, b.numerator), math.gcd(a.denominator, b.denominator))
    return Length(share, one.is_of_pi)


def _common_half(one: Length | None, other: Length | None) -> Length | None:
    """The least length that is an odd number of times both."""
    common = _common(one, other)
    if common is None or one is None or other is None:
        return None
    odd = all((common.share / each.share).numerator % 2 for each in (one, other))
    return common if odd else None


def _slope(node: Apply, parts: tuple[_Turn, ...]) -> Length | None:
    """The slope of a linear node, where it is a fraction or a fraction of π."""
    name = node.operation
    if name == "negate" and parts[0].slope:
        return parts[0].slope.times(-1)
    if name in {"add", "subtract"}:
        first, second = parts
        if first.slope and second.constant:
            return first.slope
        if second.slope and first.constant:
            return second.slope.times(1 if name == "add" else -1)
        return None
    if name in {"multiply", "divide"}:
        for linear, other, node_of in ((0, 1, node.arguments[1]), (1, 0, node.arguments[0])):
            inner = parts[linear].slope
            if inner is None or not parts[other].constant or (name == "divide" and linear == 1):
                continue
            factor = _factor(node_of)
            if factor is None or factor.share == 0:
                return None
            if name == "divide":
                if factor.is_of_pi and not inner.is_of_pi:
                    return None
                return Length(inner.share / factor.share, inner.is_of_pi and not factor.is_of_pi)
            if factor.is_of_pi and inner.is_of_pi:
                return None
            return Length(inner.share * factor.share, inner.is_of_pi or factor.is_of_pi)
    return None


def _factor(node: Node) -> Length | None:
    """A constant that is a fraction, or a fraction of π."""
    exact = rational(node)
    if exact is not None:
        return Length(exact)
    if isinstance(node, Apply) and node.operation == "pi":
        return Length(Fraction(1), True)
    if isinstance(node, Apply) and node.operation in {"multiply", "divide"}:
        first, second = (_factor(part) for part in node.arguments)
        if (
            first is None
            or second is None
            or (first.is_of_pi and second.is_of_pi and node.operation == "multiply")
        ):
            return None
        if node.operation == "multiply":
            return Length(first.share * second.share, first.is_of_pi or second.is_of_pi)
        if second.share == 0 or (second.is_of_pi and not first.is_of_pi):
            return None
        return Length(first.share / second.share, first.is_of_pi and not second.is_of_pi)
    return None
