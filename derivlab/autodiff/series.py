"""Truncated Taylor series of a whole program: every coefficient of every instruction, as rows of numbers.

A series in the variables that are differentiated by is u = Σ u_α ε^α with a multi-index α (for one variable
the order k), and the derivative is α!·u_α. Arithmetic has recurrences of its own (Griewank and Walther,
"Evaluating Derivatives", chapter 13). Any other operation follows from its derivative rule r in the table:
∂y = r·∂u gives α_i·y_α = Σ_β β_i·u_β·r_{α−β}. The rule may name the operation itself (tanh′ = 1 − tanh²),
because the right side needs lower orders of it only.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache
from itertools import product
from math import factorial, prod
from typing import TypeAlias

from derivlab.autodiff.rows import RowBuilder
from derivlab.errors import InputError
from derivlab.expression.operations import ARGUMENTS, OPERATIONS
from derivlab.expression.tree import Apply, Node, Number, Variable
from derivlab.lowering.program import NUMBER, VARIABLE, ProgramBuilder, Scope, rules_of
from derivlab.lowering.to_torch import CONSTANTS, to_float

Index: TypeAlias = tuple[int, ...]

_LARGEST_PRODUCT = 64
"""Whole exponents up to this are products, which are right at zero too."""

_DEEPEST_RULE = 16
"""Fractional exponents up to this are lowered one by one by u^p' = p·u^(p−1), which is right at zero too."""


@lru_cache(maxsize=4096)
def splits(index: Index) -> tuple[tuple[Index, Index], ...]:
    """All pairs of indices that add up to ``index``, in lexical order of the first."""
    ranges = [range(order + 1) for order in index]
    return tuple((part, tuple(a - b for a, b in zip(index, part, strict=True))) for part in product(*ranges))


def indices_below(limit: Index) -> list[Index]:
    """All indices up to ``limit``, lower total orders first."""
    return sorted(product(*(range(order + 1) for order in limit)), key=lambda index: (sum(index), index))


class SeriesBuilder:
    """Turns instructions into coefficient rows, each when it is first asked for."""

    def __init__(self, wrt: tuple[str, ...], limit: Index) -> None:
        self.rows = RowBuilder()
        self._program = ProgramBuilder(share=True)
        self._wrt = wrt
        self._limit = limit
        self._origin: Index = (0,) * len(wrt)
        self._indices = indices_below(limit)
        self._known: dict[tuple[int, Index], int] = {}
        self._degrees: list[int] = []
        self._stand_in: dict[int, int] = {}
        self._slopes: dict[tuple[int, int], int] = {}
        self._handlers: dict[str, Callable[[int, tuple[int, ...], Index], int]] = {
            "add": self._add,
            "subtract": self._subtract,
            "negate": self._negate,
            "multiply": self._multiply,
            "divide": self._divide,
            "power": self._power,
            "sqrt": self._sqrt,
            "ln": self._ln,
            "where": self._where,
            "max": self._greatest,
            "min": self._greatest,
            "sinc": self._sinc,
        }

    def add_tree(self, tree: Node) -> dict[Index, int]:
        """Compile a tree; the rows of all its coefficients."""
        result = self._program.add(tree)
        for slot in range(result + 1):
            for index in self._indices:
                self.coefficient(slot, index)
        return {index: self.coefficient(result, index) for index in self._indices}

    def coefficient(self, slot: int, index: Index) -> int:
        """The row of one coefficient of one instruction."""
        key = (slot, index)
        found = self._known.get(key)
        if found is None:
            found = self._compute(slot, index)
            self._known[key] = found
        return found

    def _compute(self, slot: int, index: Index) -> int:
        step = self._program.instructions[slot]
        if step.operation == VARIABLE:
            return self._variable(step.name, index)
        if index == self._origin:
            return self._value(slot)
        if not self._moves(slot) or step.operation not in OPERATIONS:
            return self.rows.zero
        handler = self._handlers.get(step.operation, self._by_rule)
        return handler(slot, step.arguments, index)

    def _variable(self, name: str, index: Index) -> int:
        if index == self._origin:
            return self.rows.input(name)
        is_first = sum(index) == 1 and name in self._wrt and index[self._wrt.index(name)] == 1
        return self.rows.one if is_first else self.rows.zero

    def _value(self, slot: int) -> int:
        step = self._program.instructions[slot]
        if step.operation == NUMBER:
            return self.rows.constant(to_float(step.value))
        if step.operation in CONSTANTS:
            return self.rows.constant(CONSTANTS[step.operation])
        values = [self.coefficient(argument, self._origin) for argument in step.arguments]
        if step.operation == "where":
            return self.rows.select(self._condition(step.arguments[0]), values[1], values[2])
        if step.operation == "clamp":
            return self.rows.emit("min", self.rows.emit("max", values[0], values[1]), values[2])
        if step.operation == "power":
            return self._power_value(values[0], self._literal(step.arguments[1]), values[1])
        if step.operation == "polygamma":
            order = self.rows.constants.get(values[0], -1.0)
            if order < 0 or order != int(order):
                message = "The order of polygamma must be a whole number, 0 or more."
                raise InputError(message, hint="Try polygamma(1, x).")
        return self.rows.emit(step.operation, *values)

    def _moves(self, slot: int) -> bool:
        """Whether an instruction depends on a variable that is differentiated by."""
        return self._degree(slot) > 0

    def _degree(self, slot: int) -> int:
        """0: does not depend on the variables that are differentiated by; 1: is linear in them; 2: other."""
        for at in range(len(self._degrees), slot + 1):
            step = self._program.instructions[at]
            below = [self._degrees[argument] for argument in step.arguments]
            if step.operation == VARIABLE:
                degree = int(step.name in self._wrt)
            elif step.operation in OPERATIONS and OPERATIONS[step.operation].is_condition:
                degree = 0
            elif step.operation in {"add", "subtract", "negate"}:
                degree = max(below)
            elif step.operation == "multiply":
                degree = min(2, sum(below))
            elif step.operation == "divide":
                degree = 2 if below[1] else below[0]
            else:
                degree = 2 if any(below) else 0
            self._degrees.append(degree)
        return self._degrees[slot]

    def _emit(self, operation: str, *arguments: int) -> int:
        return self._program.emit(operation, arguments)

    def _number(self, value: Fraction | int) -> int:
        return self._program.emit(NUMBER, value=Fraction(value))

    def _literal(self, slot: int) -> Fraction | None:
        step = self._program.instructions[slot]
        return step.value if step.operation == NUMBER else None

    def _condition(self, slot: int) -> int:
        row = OPERATIONS.get(self._program.instructions[slot].operation)
        value = self.coefficient(slot, self._origin)
        if row is not None and row.is_condition:
            return value
        return self.rows.emit("not_equal", value, self.rows.zero)

    # ── sums ──────────────────────────────────────────────────────────────────────────────────────

    def _sum(self, terms: list[int]) -> int:
        total = self.rows.zero
        for term in terms:
            total = self.rows.add(total, term)
        return total

    def _convolution(self, u: int, v: int, index: Index, *, inner: bool = False) -> int:
        """Σ u_β·v_{α−β}; ``inner`` leaves out the two terms with u_α and v_α. Twins are computed once."""
        terms, twins = [], []
        middle = self.rows.zero
        for first, second in splits(index):
            if inner and self._origin in {first, second}:
                continue
            if u != v:
                terms.append(self.rows.multiply(self.coefficient(u, first), self.coefficient(v, second)))
            elif first < second:
                twins.append(self.rows.multiply(self.coefficient(u, first), self.coefficient(u, second)))
            elif first == second:
                half = self.coefficient(u, first)
                middle = self.rows.multiply(half, half)
        if u != v:
            return self._sum(terms)
        return self.rows.add(self.rows.scale(self._sum(twins), 2.0), middle)

    def _axis(self, index: Index) -> int:
        """The variable with the least, but some, differentiations: it leaves the fewest terms."""
        return min((order, axis) for axis, order in enumerate(index) if order)[1]

    def _chained(self, u: int, r: int, index: Index) -> int:
        """Σ β_i·u_β·r_{α−β} / α_i, the coefficient of ∫ r·∂u."""
        axis = self._axis(index)
        terms = [
            self.rows.multiply(
                self.rows.scale(self.coefficient(u, first), float(first[axis])), self.coefficient(r, second)
            )
            for first, second in splits(index)
            if first[axis] and self.coefficient(u, first) != self.rows.zero
        ]
        if len(terms) == 1 and self.coefficient(u, index) != self.rows.zero:
            return self.rows.multiply(self.coefficient(u, index), self.coefficient(r, self._origin))
        return self.rows.scale(self._sum(terms), 1.0 / index[axis])

    # ── operations ────────────────────────────────────────────────────────────────────────────────

    def _add(self, _slot: int, arguments: tuple[int, ...], index: Index) -> int:
        return self.rows.add(*(self.coefficient(argument, index) for argument in arguments))

    def _subtract(self, _slot: int, arguments: tuple[int, ...], index: Index) -> int:
        return self.rows.subtract(*(self.coefficient(argument, index) for argument in arguments))

    def _negate(self, _slot: int, arguments: tuple[int, ...], index: Index) -> int:
        return self.rows.negate(self.coefficient(arguments[0], index))

    def _multiply(self, _slot: int, arguments: tuple[int, ...], index: Index) -> int:
        return self._convolution(arguments[0], arguments[1], index)

    def _divide(self, slot: int, arguments: tuple[int, ...], index: Index) -> int:
        u, v = arguments
        taken = self._sum(
            [
                self.rows.multiply(self.coefficient(slot, first), self.coefficient(v, second))
                for first, second in splits(index)
                if first != index and self.coefficient(v, second) != self.rows.zero
            ]
        )
        remainder = self.rows.subtract(self.coefficient(u, index), taken)
        return self.rows.divide(remainder, self.coefficient(v, self._origin))

    def _sqrt(self, slot: int, arguments: tuple[int, ...], index: Index) -> int:
        rest = self.rows.subtract(
            self.coefficient(arguments[0], index), self._convolution(slot, slot, index, inner=True)
        )
        return self.rows.divide(rest, self.rows.scale(self.coefficient(slot, self._origin), 2.0))

    def _ln(self, slot: int, arguments: tuple[int, ...], index: Index) -> int:
        (u,) = arguments
        axis = self._axis(index)
        taken = self._sum(
            [
                self.rows.multiply(
                    self.rows.scale(self.coefficient(slot, first), float(first[axis])),
                    self.coefficient(u, second),
                )
                for first, second in splits(index)
                if first[axis] and first != index and self.coefficient(u, second) != self.rows.zero
            ]
        )
        rest = self.rows.subtract(self.coefficient(u, index), self.rows.scale(taken, 1.0 / index[axis]))
        return self.rows.divide(rest, self.coefficient(u, self._origin))

    def _where(self, _slot: int, arguments: tuple[int, ...], index: Index) -> int:
        condition, a, b = arguments
        return self.rows.select(
            self._condition(condition), self.coefficient(a, index), self.coefficient(b, index)
        )

    def _greatest(self, slot: int, arguments: tuple[int, ...], index: Index) -> int:
        """The slope of the argument that is taken; where both are equal PyTorch's half of each."""
        u, v = arguments
        first, second = self.coefficient(u, index), self.coefficient(v, index)
        values = self.coefficient(u, self._origin), self.coefficient(v, self._origin)
        is_max = self._program.instructions[slot].operation == "max"
        u_taken = self.rows.emit("greater" if is_max else "less", *values)
        v_taken = self.rows.emit("less" if is_max else "greater", *values)
        half = self.rows.scale(self.rows.add(first, second), 0.5)
        return self.rows.select(u_taken, first, self.rows.select(v_taken, second, half))

    def _by_rule(self, slot: int, arguments: tuple[int, ...], index: Index) -> int:
        rules = rules_of(self._program.instructions[slot].operation)
        terms = []
        for place, (argument, rule) in enumerate(zip(arguments, rules, strict=True)):
            if rule is not None and self._moves(argument):
                slope = self._slopes.get((slot, place))
                if slope is None:
                    scope = Scope(dict(zip(ARGUMENTS, arguments, strict=False)))
                    slope = self._slopes[slot, place] = self._program.add(rule, scope)
                terms.append(self._chained(argument, slope, index))
        return self._sum(terms)

    def _sinc(self, slot: int, arguments: tuple[int, ...], index: Index) -> int:
        """Near 0 by the power series: the quotient loses all digits there."""
        if slot not in self._stand_in:
            tree = sinc_tree(30 + sum(self._limit) // 2)
            self._stand_in[slot] = self._program.add(tree, Scope({"u": arguments[0]}))
        return self.coefficient(self._stand_in[slot], index)

    # ── powers ────────────────────────────────────────────────────────────────────────────────────

    def _power_value(self, base: int, exponent: Fraction | None, raised: int) -> int:
        if exponent == Fraction(1, 2):
            return self.rows.emit("sqrt", base)
        if exponent is not None and exponent.denominator == 1 and abs(exponent) <= _LARGEST_PRODUCT:
            return self.rows.whole_power(base, int(exponent))
        return self.rows.emit("power", base, raised)

    def _power(self, slot: int, arguments: tuple[int, ...], index: Index) -> int:
        u, v = arguments
        exponent = self._literal(v)
        if exponent is None:
            return self._varying_power(slot, u, v, index)
        if exponent == 0:
            return self.rows.zero
        if exponent == 1:
            return self.coefficient(u, index)
        if self._degree(u) == 1:
            return self._power_of_linear(slot, u, exponent, index)
        if exponent.denominator == 1 and abs(exponent) <= _LARGEST_PRODUCT:
            return self.coefficient(self._product(slot, u, int(exponent)), index)
        if exponent == Fraction(1, 2):
            return self._sqrt(slot, (u,), index)
        if 1 < exponent <= _DEEPEST_RULE:
            lowered = self._emit("power", u, self._number(exponent - 1))
            return self.rows.scale(self._chained(u, lowered, index), to_float(exponent))
        return self._power_recurrence(slot, u, self._number(exponent), index)

    def _power_of_linear(self, slot: int, u: int, exponent: Fraction, index: Index) -> int:
        """y_α = p·(p−1)⋯ u₀^(p−|α|)·Π u_i^α_i / α!"""
        total = sum(index)
        falling = prod((exponent - i for i in range(total)), start=Fraction(1))
        if falling == 0:
            return self.rows.zero
        base = self.coefficient(u, self._origin)
        rest = exponent - total
        if rest.denominator == 1 and abs(rest) <= 2 * _LARGEST_PRODUCT:
            power = self.rows.whole_power(base, int(rest))
        elif rest < -1 and len(index) == 1:
            before = self.coefficient(slot, (total - 1,))
            ratio = to_float((exponent - total + 1) / total)
            slope = self.rows.scale(self.coefficient(u, (1,)), ratio)
            return self.rows.divide(self.rows.multiply(before, slope), base)
        else:
            power = self._power_value(base, rest, self.rows.constant(to_float(rest)))
        for axis, order in enumerate(index):
            if order:
                unit = tuple(int(i == axis) for i in range(len(index)))
                slope = self.rows.whole_power(self.coefficient(u, unit), order)
                power = self.rows.multiply(power, slope)
        return self.rows.scale(power, to_float(falling / prod(factorial(order) for order in index)))

    def _product(self, slot: int, u: int, exponent: int) -> int:
        """An instruction for u to a whole number, made of products."""
        if slot not in self._stand_in:
            power, base, rest = None, u, abs(exponent)
            while rest:
                if rest % 2:
                    power = base if power is None else self._emit("multiply", power, base)
                rest //= 2
                base = self._emit("multiply", base, base) if rest else base
            assert power is not None  # noqa: S101  (the exponent is not 0)
            self._stand_in[slot] = power if exponent > 0 else self._emit("divide", self._number(1), power)
        return self._stand_in[slot]

    def _power_recurrence(self, slot: int, u: int, exponent: int, index: Index) -> int:
        """u₀·α_i·y_α = Σ (p·β_i − (α_i − β_i))·u_β·y_{α−β}, p not moving; the first order by the rule."""
        rows, p = self.rows, self.coefficient(exponent, self._origin)
        base = self.coefficient(u, self._origin)
        if sum(index) == 1:
            lowered = rows.emit("power", base, rows.emit("subtract", p, rows.one))
            return rows.multiply(rows.multiply(p, lowered), self.coefficient(u, index))
        axis = self._axis(index)
        terms = []
        for first, second in splits(index):
            under = self.coefficient(u, first)
            if first != self._origin and under != rows.zero:
                weight = rows.subtract(rows.scale(p, float(first[axis])), rows.constant(float(second[axis])))
                weight = rows.scale(weight, 1.0 / index[axis])
                terms.append(rows.multiply(rows.multiply(weight, under), self.coefficient(slot, second)))
        return rows.divide(self._sum(terms), base)

    def _varying_power(self, slot: int, u: int, v: int, index: Index) -> int:
        if not self._moves(v):
            return self._power_recurrence(slot, u, v, index)
        log = self._emit("ln", u)
        if not self._moves(u) and self._literal(u) == 0:
            return self.rows.zero
        exponent = self._emit("multiply", v, log)
        return self._chained(exponent, slot, index)


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
