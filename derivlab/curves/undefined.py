"""Why a function has no value at a point: the operation that has none, in the words of the table."""

from __future__ import annotations

import math
from collections.abc import Mapping

from derivlab.autodiff.derivative import value
from derivlab.expression.function import Function
from derivlab.expression.operations import OPERATIONS
from derivlab.expression.tree import Apply, Node, variables_of

TOO_LARGE = "a number too large for floating point"
NO_VALUE = "an operation that has no value here"
NO_PIECE = "a piece for this place: none of the conditions holds here"


def why_undefined(f: Function, at: Mapping[str, float]) -> str | None:
    """The reason in a few words, such as ``ln of zero or of a negative number``; None where f has a value.

    Follows the undefined part down from the root to the operation whose arguments all have values. Raises
    InputError for a missing variable.
    """
    if math.isfinite(_value(f.tree, at)):
        return None
    node = f.tree
    while isinstance(node, Apply):
        inner = next((part for part in _parts(node, at) if not math.isfinite(_value(part, at))), None)
        if inner is None:
            return _blame(node, at)
        node = inner
    return NO_VALUE


def _blame(node: Apply, at: Mapping[str, float]) -> str:
    """What is wrong with an operation whose arguments all have values."""
    if node.operation == "undefined":
        return NO_PIECE
    row = OPERATIONS.get(node.operation)
    reason = row.reason if row is not None else ""
    grew = math.isinf(_value(node, at))
    if grew and (not reason or (node.operation == "power" and _value(node.arguments[0], at) != 0)):
        return TOO_LARGE
    return reason or NO_VALUE


def _parts(node: Apply, at: Mapping[str, float]) -> tuple[Node, ...]:
    """The arguments that count at this point: of a case distinction only the branch that is taken."""
    if node.operation != "where":
        return node.arguments
    condition, yes, no = node.arguments
    return (yes,) if _value(condition, at) else (no,)


def _value(tree: Node, at: Mapping[str, float]) -> float:
    names = tuple(sorted(variables_of(tree)))
    return float(value(Function("f", names, tree), {name: at[name] for name in names}))
