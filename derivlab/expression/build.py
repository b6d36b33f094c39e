"""Terms: a node of the tree together with the place in the text that made it, and the building of them."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

from derivlab.errors import ParseError, Span
from derivlab.expression.bounds import MAX_DEPTH, MAX_NODES
from derivlab.expression.operations import OPERATIONS
from derivlab.expression.tree import Apply, Node, Number, Variable, joined, postorder

CONDITIONS: frozenset[str] = frozenset(name for name, row in OPERATIONS.items() if row.is_condition)
_FLAT_LEFT = frozenset({"add", "subtract", "multiply", "divide", "and", "or", "max", "min"})


class Term:
    """A node with its place ``start:end``, the operation at its top (empty for a leaf), its arguments' terms, its
    depth as printed, and whether no variable occurs in it.

    The rest is said of few terms and has a place of its own only there. ``bracketed`` tells that the text had
    brackets around it, so that it is one piece for its neighbours. ``last`` is the right side of a comparison that
    may go on, ``bare`` the argument of a function without brackets, ``is_nothing`` marks a program's ``None``, and
    ``option`` is the text or the type that stands for no number, as in ``approximate='tanh'``.
    """

    __slots__ = ("__dict__", "depth", "end", "is_constant", "node", "operation", "parts", "start")

    is_condition = False
    bracketed = False
    is_nothing = False
    option = ""
    last: Term | None = None
    bare: Term | None = None

    def __init__(
        self,
        node: Node,
        start: int,
        end: int,
        operation: str = "",
        parts: tuple[Term, ...] = (),
        depth: int = 0,
        is_constant: bool = False,
    ) -> None:
        self.node = node
        self.start = start
        self.end = end
        self.operation = operation
        self.parts = parts
        self.depth = depth
        self.is_constant = is_constant

    @property
    def span(self) -> Span:
        """Where the term stands."""
        return Span(self.start, self.end)

    def widened(self, start: int, end: int) -> Term:
        """The same term with brackets around it, which stand at ``start`` and end at ``end``."""
        self.start, self.end, self.bracketed = start, end, True
        return self


def number(value: int | Fraction, start: int, end: int) -> Term:
    """A literal."""
    return Term(Number(Fraction(value)), start, end, "", (), 0, True)


def signed(value: int | Fraction, start: int, end: int) -> Term:
    """A number that may be negative, as it would be typed."""
    if value >= 0:
        return number(value, start, end)
    return apply("negate", (number(-value, start, end),), start, end)


variable = lru_cache(maxsize=512)(Variable)
"""The node of a variable; those met lately are shared."""


def nothing(start: int, end: int, option: str = "") -> Term:
    """A program's ``None``, an argument that is left out, or a text or type that is no number."""
    term = Term(Apply("undefined"), start, end)
    term.is_nothing = True
    term.option = option
    return term


def instantiated(tree: Node, arguments: dict[str, Term], start: int, end: int) -> Term:
    """A tree with terms in place of its variables; its other nodes stand at ``start:end``.

    Raises ParseError where the result passes the limits.
    """
    done: list[Term] = []
    for node in postorder(tree):
        if isinstance(node, Variable):
            done.append(arguments[node.name])
        elif isinstance(node, Number):
            done.append(number(node.value, start, end))
        else:
            first = len(done) - len(node.arguments)
            parts = tuple(done[first:])
            del done[first:]
            done.append(apply(node.operation, parts, start, end))
    return done[0]


def apply(operation: str, parts: tuple[Term, ...], start: int, end: int) -> Term:
    """An operation of the table on its arguments.

    Raises ParseError where the tree passes the limits of size or of depth.
    """
    if len(parts) == 1:
        part = parts[0]
        node = Apply(operation, (part.node,))
        depth = part.depth + 1
        term = Term(node, start, end, operation, parts, depth, part.is_constant)
        if operation in CONDITIONS:
            term.is_condition = True
        if depth > MAX_DEPTH or node._size > MAX_NODES:
            raise _too_much(term)
        return term
    term = Term(Apply(operation, tuple([part.node for part in parts])), start, end, operation, parts)
    if operation in CONDITIONS:
        term.is_condition = True
    term.is_constant = all(part.is_constant for part in parts)
    if operation == "where":
        condition, value, rest = parts
        below = max(condition.depth, value.depth) + 2
        term.depth = max(below, rest.depth + (2 if rest.operation != "where" else 0))
    elif parts:
        term.depth = max([part.depth for part in parts]) + 1
        if operation in _FLAT_LEFT and not parts[0].is_condition:
            term.depth = max(parts[0].depth, parts[1].depth + 1)
    if term.depth > MAX_DEPTH or term.node._size > MAX_NODES:
        raise _too_much(term)
    return term


def pair(operation: str, left: Term, right: Term, is_flat: bool) -> Term:
    """The same as ``apply``, for two numbers and the sign of calculation between them."""
    node = joined(operation, left.node, right.node)
    depth = right.depth + 1
    below = left.depth if is_flat else left.depth + 1
    depth = depth if depth > below else below  # noqa: FURB136 - the parser's innermost step
    is_constant = left.is_constant and right.is_constant
    term = Term(node, left.start, right.end, operation, (left, right), depth, is_constant)
    if depth > MAX_DEPTH or node._size > MAX_NODES:
        raise _too_much(term)
    return term


def _too_much(term: Term) -> ParseError:
    if term.depth > MAX_DEPTH:
        return ParseError(
            f"The formula is nested more than {MAX_DEPTH} levels deep.",
            span=term.span,
            hint="Take a part of it out, or write it with fewer brackets.",
        )
    return too_many_parts(term.span)


def too_many_parts(span: Span) -> ParseError:
    """The answer to a formula that is too large."""
    return ParseError(
        f"The formula has more than {MAX_NODES:,} parts.",
        span=span,
        hint="Look at a part of it.",
    )


def spans_of(term: Term) -> tuple[Span, ...]:
    """The places of all nodes, in postorder of the tree."""
    backwards: list[Span] = []
    pending = [term]
    while pending:
        term = pending.pop()
        backwards.append(_span(Span, (term.start, term.end)))
        if term.parts:
            pending += term.parts
    backwards.reverse()
    return tuple(backwards)


_span = tuple.__new__


def is_minus_one(term: Term) -> bool:
    """Whether the term is the literal -1."""
    node = term.node
    return isinstance(node, Apply) and node.operation == "negate" and node.arguments[0] == Number(Fraction(1))


def is_always(condition: Term) -> bool:
    """Whether the condition is ``True``."""
    return condition.operation == "equal" and condition.parts[0] is condition.parts[1]
