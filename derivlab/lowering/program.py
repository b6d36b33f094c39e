"""A tree as a straight-line program: a list of instructions, each using the results of earlier ones.

Definitions of the operations table are expanded (``sec(u)`` becomes ``1/cos(u)``), a power with a literal
fraction of odd denominator becomes the real root, ``e^u`` becomes ``exp(u)``, and equal subexpressions are
computed once if asked. Everything is iterative: a sum of a thousand terms is a tree a thousand deep.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from math import factorial
from typing import TypeAlias

from derivlab.expression.operations import ARGUMENTS, OPERATIONS
from derivlab.expression.tree import Apply, Node, Number, Variable, rational, size_of
from derivlab.lowering.pieces import is_calm
from derivlab.memory import remembered, weight_of

NUMBER = "number"
VARIABLE = "variable"
GUARD = "guard"

_LARGEST_FACTORIAL = 170
"""The factorial of the next number is beyond float64."""


@dataclass(frozen=True, slots=True)
class Instruction:
    """One step: an operation on the results of earlier instructions.

    ``operation`` is a row of the table, or ``number`` (with ``value``), ``variable`` (with ``name``), or
    ``guard(condition, u)``: ``u``, passing no derivative back where the condition does not hold.
    ``arguments`` are indices of earlier instructions. ``origin`` is the place of the tree's node in
    postorder; what a definition expands to has the origin of the node that it defines.
    """

    operation: str
    arguments: tuple[int, ...] = ()
    name: str = ""
    value: Fraction = Fraction(0)
    origin: int = field(default=-1, compare=False)


@dataclass(frozen=True, slots=True)
class Program:
    """Instructions in an order in which they can be run, and the indices of those that give the results."""

    instructions: tuple[Instruction, ...]
    results: tuple[int, ...]

    @property
    def result(self) -> int:
        """The index of the instruction that gives the first result."""
        return self.results[0]

    @property
    def weight(self) -> int:
        """About how many bytes it takes."""
        return 200 * len(self.instructions)

    def varying(self) -> tuple[bool, ...]:
        """For each instruction, whether it depends on a variable."""
        known: list[bool] = []
        for step in self.instructions:
            known.append(step.operation == VARIABLE or any(known[a] for a in step.arguments))
        return tuple(known)


class Scope:
    """What the variables' names stand for while a stretch of the tree is compiled."""

    __slots__ = ("_condition", "_found", "_outer")

    def __init__(
        self, found: dict[str, int] | None = None, *, outer: Scope | None = None, condition: int | None = None
    ) -> None:
        self._found = dict(found or {})
        self._outer = outer
        self._condition = condition

    def find(self, name: str, builder: ProgramBuilder) -> int:
        """The instruction that holds the variable, made where it is not yet there."""
        chain: list[Scope] = []
        scope: Scope | None = self
        slot: int | None = None
        while scope is not None:
            slot = scope._found.get(name)
            if slot is not None:
                break
            chain.append(scope)
            scope = scope._outer
        for inner in reversed(chain):
            if slot is None:
                slot = builder.emit(VARIABLE, name=name)
            elif inner._condition is not None:
                slot = builder.emit(GUARD, (inner._condition, slot))
            inner._found[name] = slot
        assert slot is not None  # noqa: S101  (the outermost scope made it)
        return slot


_Task: TypeAlias = Generator[tuple[Node, Scope, bool], int, int]


class ProgramBuilder:
    """Compiles trees into one growing list of instructions.

    ``share`` computes equal subexpressions once; without it every place in the tree is its own instruction.
    ``guard`` gives each branch of a ``where`` that can be undefined variables of its own, so that the branch
    that is not taken sends no NaN back to them.
    """

    def __init__(self, *, share: bool = True, guard: bool = False) -> None:
        self.instructions: list[Instruction] = []
        self._share = share
        self._guard = guard
        self._numbered: dict[Instruction, int] = {}
        self._memo: dict[tuple[Node, Scope], int] = {}
        self._origin = 0

    def emit(
        self,
        operation: str,
        arguments: tuple[int, ...] = (),
        *,
        name: str = "",
        value: Fraction = Fraction(0),
        origin: int | None = None,
    ) -> int:
        """Add an instruction, or find the equal one that is there; its index."""
        step = Instruction(operation, arguments, name, value, self._origin if origin is None else origin)
        if self._share or operation in {VARIABLE, GUARD}:
            known = self._numbered.get(step)
            if known is not None:
                return known
            self._numbered[step] = len(self.instructions)
        self.instructions.append(step)
        return len(self.instructions) - 1

    def add(self, tree: Node, scope: Scope | None = None) -> int:
        """Compile a tree; the index of the instruction that holds its value."""
        memo = self._memo
        pending = [self._visit(tree, scope or Scope(), typed=True)]
        keys: list[tuple[Node, Scope] | None] = [None]
        answer: int | None = None
        while pending:
            try:
                child, inner, typed = pending[-1].send(answer)  # type: ignore[arg-type]
            except StopIteration as finished:
                answer = finished.value
                pending.pop()
                key = keys.pop()
                if key is not None and answer is not None:
                    memo[key] = answer
                continue
            key = (child, inner) if self._share and isinstance(child, Apply) else None
            if key is not None and key in memo:
                answer = memo[key]
                self._origin += size_of(child) if typed else 0
            else:
                pending.append(self._visit(child, inner, typed=typed))
                keys.append(key)
                answer = None
        assert answer is not None  # noqa: S101  (the loop ends with the root's answer)
        return answer

    def _visit(self, node: Node, scope: Scope, *, typed: bool) -> _Task:
        match node:
            case Number(value):
                slot = self.emit(NUMBER, value=value)
            case Variable(name):
                slot = scope.find(name, self)
            case Apply("factorial" | "gamma" as operation, (Number(whole),)) if _is_whole(operation, whole):
                self._origin += typed
                order = int(whole) if operation == "factorial" else int(whole) - 1
                slot = self.emit(NUMBER, value=Fraction(factorial(order)))
            case Apply("power", (base, exponent)) if (literal := rational(exponent)) is not None:
                under = yield base, scope, typed
                self._origin += size_of(exponent) if typed else 0
                slot = self._literal_power(under, literal)
            case Apply("power", (Apply("e"), exponent)):
                self._origin += typed
                above = yield exponent, scope, typed
                slot = self.emit("exp", (above,))
            case Apply("where", (condition, chosen, other)) if self._guard:
                test = yield condition, scope, typed
                first = yield chosen, self._guarded(chosen, scope, test, holds=True), typed
                second = yield other, self._guarded(other, scope, test, holds=False), typed
                slot = self.emit("where", (test, first, second))
            case Apply(operation, arguments):
                slots = []
                for argument in arguments:
                    slots.append((yield argument, scope, typed))  # noqa: PERF401  (a comprehension cannot yield)
                slot = yield from self._apply(operation, slots)
        self._origin += typed
        return slot

    def _apply(self, operation: str, slots: list[int]) -> _Task:
        if operation in {"max", "min"}:
            slot = slots[0]
            for other in slots[1:]:
                slot = self.emit(operation, (slot, other))
            return slot
        if OPERATIONS[operation].definition:
            bound = Scope(dict(zip(ARGUMENTS, slots, strict=False)))
            return (yield definition_of(operation), bound, False)
        return self.emit(operation, tuple(slots))

    def _literal_power(self, base: int, exponent: Fraction) -> int:
        raised = self.emit(NUMBER, value=exponent)
        if not is_real_root(exponent) or self.instructions[base].operation == "abs":
            return self.emit("power", (base, raised))
        size = self.emit("power", (self.emit("abs", (base,)), raised))
        if exponent.numerator % 2 == 0:
            return size
        return self.emit("multiply", (self.emit("sign", (base,)), size))

    def _guarded(self, branch: Node, scope: Scope, condition: int, *, holds: bool) -> Scope:
        if is_calm(branch):
            return scope
        return Scope(outer=scope, condition=condition if holds else self.emit("not", (condition,)))


def _is_whole(operation: str, value: Fraction) -> bool:
    return value.denominator == 1 and (operation == "gamma") <= value <= _LARGEST_FACTORIAL


def is_real_root(exponent: Fraction) -> bool:
    """Whether a literal exponent is read as the real root: ``(-8)^(1/3) = -2``, ``(-8)^(2/3) = 4``."""
    return exponent.denominator % 2 == 1 and exponent.denominator > 1


@lru_cache(maxsize=512)
def definition_of(operation: str) -> Node:
    """The tree of the operation's definition in the table, in the variables ``u``, ``v``, ``w``."""
    return _trusted(OPERATIONS[operation].definition)


@lru_cache(maxsize=512)
def rules_of(operation: str) -> tuple[Node | None, ...]:
    """The trees of the operation's partial derivatives in the table; None where it has none."""
    return tuple(_trusted(rule) if rule else None for rule in OPERATIONS[operation].rules)


def _trusted(text: str) -> Node:
    from derivlab.expression.parse import parse_rule

    tree: Node = parse_rule(text)
    return tree


def program_of(tree: Node, *, share: bool = True, guard: bool = False) -> Program:
    """The straight-line program of a tree; see `ProgramBuilder` for ``share`` and ``guard``."""
    return program_of_all((tree,), share=share, guard=guard)


@remembered(lambda program, trees, **_: program.weight + weight_of(*trees))
def program_of_all(trees: tuple[Node, ...], *, share: bool = True, guard: bool = False) -> Program:
    """One straight-line program of several trees, with a result for each."""
    builder = ProgramBuilder(share=share, guard=guard)
    scope = Scope()
    results = tuple(builder.add(tree, scope) for tree in trees)
    return Program(tuple(builder.instructions), results)
