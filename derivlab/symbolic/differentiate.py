"""Differentiation of a tree by the rules of the operations table: no SymPy, linear in the tree."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

from derivlab.errors import InputError
from derivlab.expression.operations import ARGUMENTS, OPERATIONS
from derivlab.expression.parse import parse_rule
from derivlab.expression.tree import Apply, Node, Number, Variable, fold, substitute, variables_of

ZERO = Number(Fraction(0))
ONE = Number(Fraction(1))


@lru_cache(maxsize=512)
def rule(operation: str, argument: int) -> Node | None:
    """The partial derivative of an operation by one argument, as a tree over ``u``, ``v``, ``w``.

    None where the table has no rule: a condition, or an argument that must be a constant.
    """
    rules = OPERATIONS[operation].rules
    text = rules[argument] if argument < len(rules) else ""
    return parse_rule(text) if text else None


def require_rule(operation: str, argument: int, wrt: str) -> Node:
    """The rule, for a derivative by ``wrt``. Raises InputError where there is none."""
    found = rule(operation, argument)
    if found is None:
        raise InputError(
            f"{operation} has no derivative by its argument number {argument + 1}.",
            hint=f"Use a number there, without {wrt}.",
        )
    return found


def differentiate(tree: Node, wrt: str) -> Node:
    """The derivative of ``tree`` by the variable ``wrt``: by the chain rule, nothing simplified but 0 and 1.

    Raises InputError where the table has no rule, as for the order of a polygamma function.
    """

    def combine(node: Node, inner: tuple[Node, ...]) -> Node:
        match node:
            case Variable(name):
                return ONE if name == wrt else ZERO
            case Number():
                return ZERO
            case Apply("undefined"):
                return node
        if OPERATIONS[node.operation].is_condition or all(derivative == ZERO for derivative in inner):
            return ZERO
        if node.operation == "where":
            return Apply("where", (node.arguments[0], inner[1], inner[2]))
        names = dict(zip(ARGUMENTS, node.arguments, strict=False))
        total: Node = ZERO
        for index, derivative in enumerate(inner):
            if derivative == ZERO:
                continue
            outer = require_rule(node.operation, index, wrt)
            total = plus(total, times(substitute(outer, names), derivative))
        return total

    if wrt not in variables_of(tree):
        return ZERO
    return fold(tree, combine)


def plus(left: Node, right: Node) -> Node:
    """left + right, without a zero."""
    if left == ZERO:
        return right
    if right == ZERO:
        return left
    return Apply("add", (left, right))


def times(left: Node, right: Node) -> Node:
    """left · right, without a one; zero if one of them is."""
    if ZERO in (left, right):
        return ZERO
    if left == ONE:
        return right
    if right == ONE:
        return left
    return Apply("multiply", (left, right))
