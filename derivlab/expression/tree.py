"""The tree of a typed function: three kinds of node, frozen and hashable.

The person's own form is kept: ``x*x`` and ``x^2`` are different trees, because PyTorch records
different graphs for them. Everything else (printing, lowering, differentiating) is a function over
these nodes. A sum of a thousand terms is a tree a thousand deep, so nothing here recurses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, TypeAlias, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True, init=False, eq=False, repr=False)
class Number:
    """A literal, kept exactly as it was typed: ``0.1`` is 1/10. Never negative."""

    value: Fraction
    _hash: int
    _size: ClassVar[int] = 1

    def __init__(self, value: Fraction) -> None:
        _set_value(self, value)
        _set_number_hash(self, hash((Number, value)))

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        return self.value == other.value if isinstance(other, Number) else NotImplemented

    def __repr__(self) -> str:
        return f"Number({self.value})"

    def __reduce__(self) -> tuple[type[Number], tuple[Fraction]]:
        return Number, (self.value,)


@dataclass(frozen=True, slots=True, init=False, eq=False, repr=False)
class Variable:
    """A real variable."""

    name: str
    _hash: int
    _size: ClassVar[int] = 1

    def __init__(self, name: str) -> None:
        _set_name(self, name)
        _set_variable_hash(self, hash((Variable, name)))

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        return self.name == other.name if isinstance(other, Variable) else NotImplemented

    def __repr__(self) -> str:
        return f"Variable({self.name!r})"

    def __reduce__(self) -> tuple[type[Variable], tuple[str]]:
        return Variable, (self.name,)


class _Open:
    """The fields of an ``Apply`` while they are filled in."""

    __slots__ = ("_hash", "_size", "arguments", "operation")
    operation: str
    arguments: tuple[Node, ...]
    _hash: int
    _size: int


@dataclass(frozen=True, slots=True, init=False, eq=False, repr=False)
class Apply(_Open):
    """An operation of the table applied to its arguments; constants have none."""

    operation: str
    arguments: tuple[Node, ...]
    _hash: int
    _size: int

    def __init__(self, operation: str, arguments: tuple[Node, ...] = ()) -> None:
        _set_operation(self, operation)
        _set_arguments(self, arguments)
        if len(arguments) == 2:
            left, right = arguments
            _set_size(self, 1 + left._size + right._size)
            _set_hash(self, hash((operation, left._hash, right._hash)))
        else:
            _set_size(self, 1 + sum([argument._size for argument in arguments]))
            _set_hash(self, hash((operation, *[argument._hash for argument in arguments])))

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if not isinstance(other, Apply):
            return NotImplemented
        pairs: list[tuple[Node, Node]] = [(self, other)]
        seen: set[tuple[int, int]] = set()
        while pairs:
            left, right = pairs.pop()
            if left is right:
                continue
            if isinstance(left, Apply) and isinstance(right, Apply):
                if (
                    left._hash != right._hash
                    or left.operation != right.operation
                    or len(left.arguments) != len(right.arguments)
                ):
                    return False
                key = (id(left), id(right))
                if key not in seen:
                    seen.add(key)
                    pairs.extend(zip(left.arguments, right.arguments, strict=True))
            elif left != right:
                return False
        return True

    def __repr__(self) -> str:
        from derivlab.expression.show import to_text

        return f"<{self.operation}: {to_text(self)}>"

    def __reduce__(self) -> tuple[type[Apply], tuple[str, tuple[Node, ...]]]:
        return Apply, (self.operation, self.arguments)


Node: TypeAlias = Number | Variable | Apply

# The slots are written through their descriptors: the classes are frozen, and this is the fast way in.
_set_value = Number.__dict__["value"].__set__
_set_number_hash = Number.__dict__["_hash"].__set__
_set_name = Variable.__dict__["name"].__set__
_set_variable_hash = Variable.__dict__["_hash"].__set__
_set_operation = _Open.__dict__["operation"].__set__
_set_arguments = _Open.__dict__["arguments"].__set__
_set_hash = _Open.__dict__["_hash"].__set__
_set_size = _Open.__dict__["_size"].__set__
_new = object.__new__


def joined(operation: str, left: Node, right: Node) -> Apply:
    """``Apply(operation, (left, right))`` in two thirds of the time: here the parser makes most of its nodes."""
    node = _new(_Open)
    node.operation = operation
    node.arguments = (left, right)
    node._size = 1 + left._size + right._size
    node._hash = hash((operation, left._hash, right._hash))
    node.__class__ = Apply
    return node  # type: ignore[return-value]


def size_of(tree: Node) -> int:
    """How many nodes the tree has, repeated ones counted each time."""
    return tree._size


def postorder(tree: Node) -> Iterator[Node]:
    """Every node, arguments before the operation that takes them, left to right.

    A node that stands in several places comes once for each place.
    """
    pending: list[tuple[Node, bool]] = [(tree, False)]
    while pending:
        node, arguments_done = pending.pop()
        if arguments_done or not isinstance(node, Apply) or not node.arguments:
            yield node
        else:
            pending.append((node, True))
            pending.extend((argument, False) for argument in reversed(node.arguments))


def fold(tree: Node, combine: Callable[[Node, tuple[T, ...]], T]) -> T:
    """Compute a value bottom-up: ``combine(node, values of its arguments)`` at each node.

    Equal subtrees are computed once, so ``combine`` must depend on nothing but its arguments.
    """
    values: dict[Node, T] = {}
    pending: list[Node] = [tree]
    while pending:
        node = pending[-1]
        if node in values:
            pending.pop()
            continue
        arguments = node.arguments if isinstance(node, Apply) else ()
        missing = [argument for argument in arguments if argument not in values]
        if missing:
            pending.extend(reversed(missing))
        else:
            values[node] = combine(node, tuple(values[argument] for argument in arguments))
            pending.pop()
    return values[tree]


def variables_of(tree: Node) -> frozenset[str]:
    """The names of the variables that occur."""
    return frozenset(node.name for node in postorder(tree) if isinstance(node, Variable))


def depth_of(tree: Node) -> int:
    """The length of the longest path from the root to a leaf; a leaf has depth 1."""
    return fold(tree, lambda node, depths: 1 + max(depths, default=0))


def substitute(tree: Node, replacements: dict[str, Node]) -> Node:
    """The tree with each variable named in ``replacements`` replaced by its tree, all at once."""

    def combine(node: Node, arguments: tuple[Node, ...]) -> Node:
        if isinstance(node, Variable):
            return replacements.get(node.name, node)
        if isinstance(node, Apply) and arguments != node.arguments:
            return Apply(node.operation, arguments)
        return node

    return fold(tree, combine)


def rational(tree: Node) -> Fraction | None:
    """The exact value of a literal such as ``2``, ``-1/3`` or ``(2/4)``; None for anything else."""
    match tree:
        case Number(value):
            return value
        case Apply("negate", (argument,)):
            inner = (
                rational(argument)
                if not isinstance(argument, Apply) or argument.operation == "divide"
                else None
            )
            return None if inner is None else -inner
        case Apply("divide", (top, bottom)):
            numerator, denominator = _signed(top), _signed(bottom)
            if numerator is None or not denominator:
                return None
            return numerator / denominator
    return None


def _signed(tree: Node) -> Fraction | None:
    match tree:
        case Number(value):
            return value
        case Apply("negate", (Number(value),)):
            return -value
    return None


Flat: TypeAlias = list[list[str | int]]
"""A tree as plain data: one row a node, arguments by their row's number, the root last."""


def flatten(tree: Node) -> Flat:
    """The tree as rows of strings and integers, equal subtrees once; ``unflatten`` brings it back."""
    rows: Flat = []

    def combine(node: Node, arguments: tuple[int, ...]) -> int:
        match node:
            case Number(value):
                rows.append(["number", str(value)])
            case Variable(name):
                rows.append(["variable", name])
            case Apply(operation):
                rows.append([operation, *arguments])
        return len(rows) - 1

    fold(tree, combine)
    return rows


def unflatten(rows: Flat) -> Node:
    """The tree of ``flatten``'s rows."""
    nodes: list[Node] = []
    for kind, *rest in rows:
        if kind == "number":
            nodes.append(Number(Fraction(str(rest[0]))))
        elif kind == "variable":
            nodes.append(Variable(str(rest[0])))
        else:
            nodes.append(Apply(str(kind), tuple(nodes[int(row)] for row in rest)))
    return nodes[-1]
