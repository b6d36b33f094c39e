"""The parts of a formula whose zeros matter: where an operation ends, breaks or bends, read off the operations table."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from derivlab.expression.operations import ARGUMENTS, OPERATIONS
from derivlab.expression.parse import parse_rule
from derivlab.expression.tree import Apply, Node, rational, substitute, variables_of
from derivlab.lowering.program import definition_of
from derivlab.memory import remembered, weight_of

MOST_PARTS = 32
"""So many parts of a formula are looked at."""

_COMPARISONS = frozenset(["less", "less_equal", "greater", "greater_equal", "equal", "not_equal"])
_STRICT = frozenset(["less", "greater", "not_equal"])
_NEVER_ZERO = frozenset(["exp", "cosh", "sec", "csc", "sech", "csch"])


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a formula whose zeros matter; `is_forbidden`: the formula has no value there."""

    tree: Node
    is_forbidden: bool


@remembered(lambda parts, tree, _: weight_of(tree, *(part.tree for part in parts)))
def parts_of(tree: Node, name: str) -> tuple[Part, ...]:
    """The parts of a tree whose zeros matter, as far as they depend on the variable."""
    found: dict[Node, bool] = {}
    seen: set[tuple[Node, bool]] = set()
    # is_sure: the node is computed wherever the formula is, not only in one branch of a case distinction
    pending: list[tuple[Node, bool]] = [(tree, True)]
    while pending:
        node, is_sure = pending.pop()
        if (node, is_sure) in seen or not isinstance(node, Apply):
            continue
        seen.add((node, is_sure))
        pending.extend((argument, is_sure and node.operation != "where") for argument in node.arguments)
        row = OPERATIONS.get(node.operation)
        if row is not None and row.definition and not (row.domain or row.kinks):
            bound = dict(zip(ARGUMENTS, node.arguments, strict=False))
            pending.append((substitute(definition_of(node.operation), bound), is_sure))
        for zero, is_forbidden in _conditions(node):
            for factor in _factors(zero):
                if name in variables_of(factor):
                    found[factor] = found.get(factor, False) or (is_forbidden and is_sure)
    return tuple(Part(zero, is_forbidden) for zero, is_forbidden in list(found.items())[:MOST_PARTS])


def _conditions(node: Apply) -> list[tuple[Node, bool]]:
    """What is zero where this operation ends, breaks or bends, and whether it has no value there."""
    if node.operation in _COMPARISONS:
        return [(Apply("subtract", node.arguments), False)]
    if node.operation == "power":
        exponent = rational(node.arguments[1])
        if exponent is not None and exponent >= 0 and exponent.denominator == 1:
            return []
        return [(node.arguments[0], exponent is not None and exponent < 0)]
    row = OPERATIONS.get(node.operation)
    if row is None or not (row.domain or row.kinks):
        return []
    given = list(node.arguments)
    if node.operation in {"max", "min"}:
        pairs = [(given[i], given[j]) for i in range(len(given)) for j in range(i)]
        return [(Apply("subtract", pair), False) for pair in pairs[:MOST_PARTS]]
    bound = dict(zip(ARGUMENTS, given, strict=False))
    return [(substitute(zero, bound), none) for zero, none in _of_the_table(node.operation)]


@lru_cache(maxsize=256)
def _of_the_table(operation: str) -> tuple[tuple[Node, bool], ...]:
    """The same for a row of the table, in the variables ``u``, ``v``, ``w``."""
    row = OPERATIONS[operation]
    found: list[tuple[Node, bool]] = [(parse_rule(kink.at), False) for kink in row.kinks]
    pending: list[tuple[Node, bool]] = [(parse_rule(row.domain), True)] if row.domain else []
    while pending:
        node, is_needed = pending.pop()
        if not isinstance(node, Apply):
            continue
        if node.operation in _COMPARISONS:
            found.append((Apply("subtract", node.arguments), is_needed and node.operation in _STRICT))
        elif node.operation in {"and", "or"}:
            pending.extend((argument, is_needed and node.operation == "and") for argument in node.arguments)
    return tuple(found)


def _factors(tree: Node) -> list[Node]:
    """Simpler parts that together have the same zeros: those of a product, a power, |u|, √u, of u - 0."""
    factors: list[Node] = []
    pending = [tree]
    while pending:
        node = pending.pop()
        if not isinstance(node, Apply):
            factors.append(node)
            continue
        match node.operation, node.arguments:
            case "multiply", both:
                pending.extend(both)
            case "divide", (top, _):
                pending.append(top)
            case (("negate" | "abs" | "sqrt" | "cbrt" | "sinh" | "tanh" | "asinh" | "atan"), (inner,)):
                pending.append(inner)
            case "power", (base, exponent) if (literal := rational(exponent)) is not None:
                if literal > 0:
                    pending.append(base)
            case "subtract", (inner, other) if rational(other) == 0:
                pending.append(inner)
            case "power", (Apply("e"), _):
                pass
            case operation, _ if operation in _NEVER_ZERO:
                pass
            case _:
                factors.append(node)
    return factors
