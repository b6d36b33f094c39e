"""Trees to text and to LaTeX; both parse back to the same tree."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import TypeAlias

from derivlab.expression.precedence import INFIX, LEVELS, Level
from derivlab.expression.tree import Apply, Node, Number, Variable

Piece: TypeAlias = str | Node
Layout: TypeAlias = Callable[[Node], list[Piece]]
Operand: TypeAlias = Callable[[Node, bool], list[Piece]]
"""Writes an operand, in brackets where it needs them."""


def to_text(tree: Node) -> str:
    """Canonical text: every ``*`` written out, no needless bracket."""
    return render(tree, _text_layout)


def render(tree: Node, layout: Layout) -> str:
    """Write a tree as its layout says, piece by piece; linear in the size, whatever the depth."""
    written: list[str] = []
    pending: list[Piece] = [tree]
    while pending:
        piece = pending.pop()
        if isinstance(piece, str):
            written.append(piece)
        else:
            pending.extend(reversed(layout(piece)))
    return "".join(written)


def level_of(node: Node) -> int:
    """How tightly the printed form of a node holds together."""
    if isinstance(node, Apply):
        if node.operation == "and" and chained(node):
            return Level.COMPARISON
        return LEVELS.get(node.operation, Level.ATOM)
    if isinstance(node, Number) and decimal(node.value) is None:
        return Level.PRODUCT
    return Level.ATOM


_LONGEST_CHAIN = 8
_DIRECTIONS = (frozenset({"less", "less_equal"}), frozenset({"greater", "greater_equal"}))


def chained(node: Apply) -> list[Apply]:
    """The comparisons of ``0 < x and x <= 1``, which is printed as ``0 < x <= 1``; none where it is no such chain."""
    found: list[Apply] = []
    rest: Node = node
    while isinstance(rest, Apply) and rest.operation == "and" and len(found) < _LONGEST_CHAIN:
        rest, last = rest.arguments
        if not isinstance(last, Apply):
            return []
        found.append(last)
    if not isinstance(rest, Apply):
        return []
    found = [rest, *reversed(found)]
    goes_on = all(one.arguments[1:] == other.arguments[:1] for one, other in pairwise(found))
    return found if goes_on and any({one.operation for one in found} <= way for way in _DIRECTIONS) else []


def comparisons(chain: Sequence[Apply], signs: Callable[[str], str], operand: Operand) -> list[Piece]:
    """A chain of comparisons, each operand written once."""
    first = chain[0].arguments[0]
    laid = operand(first, *left_needs(first, Level.COMPARISON, False))
    for each in chain:
        right = each.arguments[1]
        laid += [signs(each.operation), *operand(right, right_needs(right, Level.COMPARISON, False))]
    return laid


def _text_layout(node: Node) -> list[Piece]:
    if isinstance(node, Number):
        return [decimal(node.value) or f"{node.value.numerator}/{node.value.denominator}"]
    if isinstance(node, Variable):
        return [node.name]
    operation, arguments = node.operation, node.arguments
    chain = chained(node) if operation == "and" else ()
    if chain:
        return comparisons(chain, lambda name: INFIX[name].text, bracketed)
    infix = INFIX.get(operation)
    if infix is not None:
        left, right = arguments
        return [
            *bracketed(left, *left_needs(left, infix.level, infix.groups_right)),
            infix.text,
            *bracketed(right, right_needs(right, infix.level, infix.groups_right)),
        ]
    if operation == "negate":
        return ["-", *bracketed(arguments[0], level_of(arguments[0]) <= Level.SIGN)]
    if operation == "not":
        return ["not ", *bracketed(arguments[0], level_of(arguments[0]) < Level.NOT)]
    if operation == "factorial":
        return [*bracketed(arguments[0], level_of(arguments[0]) < Level.ATOM), "!"]
    if operation == "where":
        return _pieces(node)
    if not arguments:
        return [operation]
    laid: list[Piece] = [operation, "("]
    for place, argument in enumerate(flattened(node)):
        laid += [", ", argument] if place else [argument]
    return [*laid, ")"]


def _pieces(node: Apply) -> list[Piece]:
    laid: list[Piece] = ["{"]
    pieces, otherwise = choices(node)
    for place, (condition, value) in enumerate(pieces):
        laid += [", "] if place else []
        laid += [*bracketed(value, level_of(value) <= Level.CHOICE), " if ", condition]
    if otherwise is not None:
        laid += [", ", otherwise, " otherwise"]
    return [*laid, "}"]


def choices(node: Apply) -> tuple[list[tuple[Node, Node]], Node | None]:
    """The pieces (condition, value) of nested ``where``, and what holds otherwise (None: undefined)."""
    pieces: list[tuple[Node, Node]] = []
    rest: Node = node
    while isinstance(rest, Apply) and rest.operation == "where":
        condition, value, rest = rest.arguments
        pieces.append((condition, value))
    if isinstance(rest, Apply) and rest.operation == "undefined":
        return pieces, None
    return pieces, rest


def flattened(node: Apply) -> list[Node]:
    """The arguments of a call, with ``max(max(a, b), c)`` as ``max(a, b, c)``."""
    if node.operation not in ("max", "min"):
        return list(node.arguments)
    backwards: list[Node] = []
    first: Node = node
    while isinstance(first, Apply) and first.operation == node.operation:
        first, second = first.arguments
        backwards.append(second)
    return [first, *reversed(backwards)]


def bracketed(node: Node, needed: bool) -> list[Piece]:
    """A node, in brackets where they are needed."""
    return ["(", node, ")"] if needed else [node]


def left_needs(node: Node, level: int, groups_right: bool) -> tuple[bool]:
    """Whether a left operand needs brackets."""
    own = level_of(node)
    return (own < level or (own == level and (groups_right or level == Level.COMPARISON)),)


def right_needs(node: Node, level: int, groups_right: bool) -> bool:
    """Whether a right operand needs brackets; a minus sign there gets them for the reader."""
    own = level_of(node)
    return (
        own < level or (own == level and not groups_right) or (own == Level.SIGN and level > Level.COMPARISON)
    )


def decimal(value: Fraction) -> str | None:
    """A number as decimal text, exactly; None where it has no end."""
    bottom, twos, fives = value.denominator, 0, 0
    while bottom % 2 == 0:
        bottom //= 2
        twos += 1
    while bottom % 5 == 0:
        bottom //= 5
        fives += 1
    if bottom != 1:
        return None
    places = max(twos, fives)
    digits = str(value.numerator * 10**places // value.denominator)
    if places and len(digits) >= places - 6:
        digits = digits.zfill(places + 1)
        return f"{digits[:-places]}.{digits[-places:]}"
    shorter = digits.rstrip("0")
    exponent = len(digits) - 1 - places
    if (not places and exponent < 21) or not shorter:
        return digits
    return f"{shorter[0]}{'.' if shorter[1:] else ''}{shorter[1:]}e{exponent}"
