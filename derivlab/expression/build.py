"""Terms: a node of the tree together with the place in the text that made it, and the building of them."""

from __future__ import annotations

from fractions import Fraction

from derivlab.errors import ParseError, Span
from derivlab.expression.bounds import MAX_DEPTH, MAX_NODES
from derivlab.expression.operations import OPERATIONS
from derivlab.expression.tree import Apply, Node, Number, Variable, size_of

CONDITIONS: frozenset[str] = frozenset(name for name, row in OPERATIONS.items() if row.is_condition)
_FLAT_LEFT = frozenset({"add", "subtract", "multiply", "divide", "and", "or", "max", "min"})


class Term:
    """A node with its place ``start:end``, its arguments' terms, and its depth as printed.

    ``bracketed`` tells that the text had brackets around it, so that it is one piece for its neighbours.
    """

    __slots__ = ("bracketed", "depth", "end", "last", "node", "parts", "start")

    def __init__(
        self, node: Node, start: int, end: int, parts: tuple[Term, ...] = (), depth: int = 0
    ) -> None:
        self.node = node
        self.start = start
        self.end = end
        self.parts = parts
        self.depth = depth
        self.bracketed = False
        self.last: Term | None = None

    @property
    def span(self) -> Span:
        """Where the term stands."""
        return Span(self.start, self.end)

    @property
    def operation(self) -> str:
        """The operation at its top, empty for a leaf."""
        return self.node.operation if isinstance(self.node, Apply) else ""

    @property
    def is_condition(self) -> bool:
        """Whether it holds or not, rather than being a number."""
        return isinstance(self.node, Apply) and self.node.operation in CONDITIONS

    def widened(self, start: int, end: int) -> Term:
        """The same term with brackets around it, which stand at ``start`` and end at ``end``."""
        self.start, self.end, self.bracketed = start, end, True
        return self


def number(value: int | Fraction, start: int, end: int) -> Term:
    """A literal."""
    return Term(Number(Fraction(value)), start, end)


def variable(name: str, start: int, end: int) -> Term:
    """A variable."""
    return Term(Variable(name), start, end)


def apply(operation: str, parts: tuple[Term, ...], start: int, end: int) -> Term:
    """An operation of the table on its arguments.

    Raises ParseError where the tree passes the limits of size or of depth.
    """
    node = Apply(operation, tuple([part.node for part in parts]))
    depth = 0
    for place, part in enumerate(parts):
        below = part.depth if _is_flat(operation, place, part) else part.depth + 1
        depth = max(depth, below)
    if depth > MAX_DEPTH:
        raise ParseError(
            f"The formula is nested more than {MAX_DEPTH} levels deep.",
            span=Span(start, end),
            hint="Take a part of it out, or write it with fewer brackets.",
        )
    if size_of(node) > MAX_NODES:
        raise ParseError(
            f"The formula has more than {MAX_NODES:,} parts.",
            span=Span(start, end),
            hint="Look at a part of it.",
        )
    return Term(node, start, end, parts, depth)


def _is_flat(operation: str, place: int, part: Term) -> bool:
    """Whether the argument is printed in one row with the operation, without a bracket of its own."""
    if operation == "where":
        return place == 2 and part.operation == "where"
    return place == 0 and operation in _FLAT_LEFT and not part.is_condition


def spans_of(term: Term) -> tuple[Span, ...]:
    """The places of all nodes, in postorder of the tree."""
    backwards: list[Span] = []
    pending = [term]
    while pending:
        term = pending.pop()
        backwards.append(Span(term.start, term.end))
        pending.extend(term.parts)
    backwards.reverse()
    return tuple(backwards)


def is_minus_one(term: Term) -> bool:
    """Whether the term is the literal -1."""
    node = term.node
    return isinstance(node, Apply) and node.operation == "negate" and node.arguments[0] == Number(Fraction(1))
