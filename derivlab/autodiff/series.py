"""Truncated Taylor series of a whole program: every coefficient of every instruction, as rows of numbers.

A series in the variables that are differentiated by is u = Σ u_α ε^α with a multi-index α (for one variable
the order k), and the derivative is α!·u_α. Arithmetic has recurrences of its own (Griewank and Walther,
"Evaluating Derivatives", chapter 13). Any other operation follows from its derivative rule r in the table:
∂y = r·∂u gives α_i·y_α = Σ_β β_i·u_β·r_{α−β}. The rule may name the operation itself (tanh′ = 1 − tanh²),
because the right side needs lower orders of it only.
"""

from __future__ import annotations

from fractions import Fraction

from derivlab.autodiff.indices import Index, indices_below, splits
from derivlab.autodiff.recurrences import RECURRENCES, power_value
from derivlab.autodiff.rows import RowBuilder
from derivlab.errors import InputError
from derivlab.expression.operations import ARGUMENTS, OPERATIONS
from derivlab.expression.tree import Node
from derivlab.lowering.program import NUMBER, VARIABLE, ProgramBuilder, Scope, rules_of
from derivlab.lowering.to_torch import CONSTANTS, to_float

MOST_ROWS = 200_000
"""Coefficient rows that a program may have: a second or two to compile, some 40 MB."""


class SeriesBuilder:
    """Turns instructions into coefficient rows, each when it is first asked for."""

    def __init__(self, wrt: tuple[str, ...], limit: Index) -> None:
        self.rows = RowBuilder()
        self._program = ProgramBuilder(share=True)
        self._wrt = wrt
        self.limit = limit
        self.origin: Index = (0,) * len(wrt)
        self._indices = indices_below(limit)
        self._known: dict[tuple[int, Index], int] = {}
        self._degrees: list[int] = []
        self.stand_in: dict[int, int] = {}
        self._slopes: dict[tuple[int, int], int] = {}

    def add_tree(self, tree: Node) -> dict[Index, int]:
        """Compile a tree; the rows of all its coefficients. Raises InputError past `MOST_ROWS`."""
        result = self._program.add(tree)
        for slot in range(result + 1):
            for index in self._indices:
                self.coefficient(slot, index)
            if len(self.rows) > MOST_ROWS:
                message = f"Differentiating this formula {sum(self.limit)} times is too much work."
                raise InputError(message, hint="Ask for a lower order, or take a shorter formula.")
        return {index: self.coefficient(result, index) for index in self._indices}

    def add_condition(self, tree: Node) -> int:
        """Compile a condition; the row that is 1 where it holds and 0 where it does not."""
        return self.condition(self._program.add(tree))

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
        if index == self.origin:
            return self._value(slot)
        if not self.moves(slot) or step.operation not in OPERATIONS:
            return self.rows.zero
        recurrence = RECURRENCES.get(step.operation)
        if recurrence is None:
            return self._by_rule(slot, step.arguments, index)
        return recurrence(self, slot, step.arguments, index)

    def _variable(self, name: str, index: Index) -> int:
        if index == self.origin:
            return self.rows.input(name)
        is_first = sum(index) == 1 and name in self._wrt and index[self._wrt.index(name)] == 1
        return self.rows.one if is_first else self.rows.zero

    def _value(self, slot: int) -> int:
        step = self._program.instructions[slot]
        if step.operation == NUMBER:
            return self.rows.constant(to_float(step.value))
        if step.operation in CONSTANTS:
            return self.rows.constant(CONSTANTS[step.operation])
        values = [self.coefficient(argument, self.origin) for argument in step.arguments]
        if step.operation == "where":
            return self.rows.select(self.condition(step.arguments[0]), values[1], values[2])
        if step.operation == "clamp":
            return self.rows.emit("min", self.rows.emit("max", values[0], values[1]), values[2])
        if step.operation == "power":
            return power_value(self, values[0], self.literal(step.arguments[1]), values[1])
        if step.operation == "polygamma":
            order = self.rows.constants.get(values[0], -1.0)
            if order < 0 or order != int(order):
                message = "The order of polygamma must be a whole number, 0 or more."
                raise InputError(message, hint="Try polygamma(1, x).")
        return self.rows.emit(step.operation, *values)

    def operation(self, slot: int) -> str:
        """The operation of an instruction."""
        return self._program.instructions[slot].operation

    def add_rule(self, tree: Node, arguments: tuple[int, ...]) -> int:
        """The instruction that computes a rule's tree, ``u`` … being the results of instructions."""
        return self._program.add(tree, Scope(dict(zip(ARGUMENTS, arguments, strict=False))))

    def moves(self, slot: int) -> bool:
        """Whether an instruction depends on a variable that is differentiated by."""
        return self.degree(slot) > 0

    def degree(self, slot: int) -> int:
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

    def emit(self, operation: str, *arguments: int) -> int:
        """An instruction of the series' own, and its index."""
        return self._program.emit(operation, arguments)

    def number(self, value: Fraction | int) -> int:
        """The instruction of a number."""
        return self._program.emit(NUMBER, value=Fraction(value))

    def literal(self, slot: int) -> Fraction | None:
        """The number that an instruction is, None where it is none."""
        step = self._program.instructions[slot]
        return step.value if step.operation == NUMBER else None

    def condition(self, slot: int) -> int:
        """The row of truths of an instruction."""
        row = OPERATIONS.get(self._program.instructions[slot].operation)
        value = self.coefficient(slot, self.origin)
        if row is not None and row.is_condition:
            return value
        return self.rows.emit("not_equal", value, self.rows.zero)

    # ── sums ──────────────────────────────────────────────────────────────────────────────────────

    def sum(self, terms: list[int]) -> int:
        """The sum of some rows."""
        total = self.rows.zero
        for term in terms:
            total = self.rows.add(total, term)
        return total

    def convolution(self, u: int, v: int, index: Index, *, inner: bool = False) -> int:
        """Σ u_β·v_{α−β}; ``inner`` leaves out the two terms with u_α and v_α. Twins are computed once."""
        terms, twins = [], []
        middle = self.rows.zero
        for first, second in splits(index):
            if inner and self.origin in {first, second}:
                continue
            if u != v:
                terms.append(self.rows.multiply(self.coefficient(u, first), self.coefficient(v, second)))
            elif first < second:
                twins.append(self.rows.multiply(self.coefficient(u, first), self.coefficient(u, second)))
            elif first == second:
                half = self.coefficient(u, first)
                middle = self.rows.multiply(half, half)
        if u != v:
            return self.sum(terms)
        return self.rows.add(self.rows.scale(self.sum(twins), 2.0), middle)

    def axis(self, index: Index) -> int:
        """The variable with the least, but some, differentiations: it leaves the fewest terms."""
        return min((order, axis) for axis, order in enumerate(index) if order)[1]

    def chained(self, u: int, r: int, index: Index) -> int:
        """Σ β_i·u_β·r_{α−β} / α_i, the coefficient of ∫ r·∂u."""
        axis = self.axis(index)
        terms = [
            self.rows.multiply(
                self.rows.scale(self.coefficient(u, first), float(first[axis])), self.coefficient(r, second)
            )
            for first, second in splits(index)
            if first[axis] and self.coefficient(u, first) != self.rows.zero
        ]
        if len(terms) == 1 and self.coefficient(u, index) != self.rows.zero:
            return self.rows.multiply(self.coefficient(u, index), self.coefficient(r, self.origin))
        return self.rows.scale(self.sum(terms), 1.0 / index[axis])

    def _by_rule(self, slot: int, arguments: tuple[int, ...], index: Index) -> int:
        rules = rules_of(self._program.instructions[slot].operation)
        terms = []
        for place, (argument, rule) in enumerate(zip(arguments, rules, strict=True)):
            if rule is not None and self.moves(argument):
                slope = self._slopes.get((slot, place))
                if slope is None:
                    slope = self._slopes[slot, place] = self.add_rule(rule, arguments)
                terms.append(self.chained(argument, slope, index))
        return self.sum(terms)
