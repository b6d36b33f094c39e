"""Which branches of a piecewise function can be undefined where they are not taken."""

from __future__ import annotations

from derivlab.expression.tree import Apply, Node, rational
from derivlab.memory import remembered, weight_of

_CALM = frozenset(
    (
        *("add", "subtract", "multiply", "negate", "pi", "e", "where"),
        *("sin", "cos", "atan", "acot", "tanh", "sech", "asinh"),
        *("abs", "sign", "floor", "ceil", "round", "trunc", "frac", "max", "min", "heaviside"),
        *("clamp", "clamp_min", "clamp_max"),
        *("relu", "leaky_relu", "sigmoid", "logsigmoid", "softplus", "softsign", "silu", "gelu", "hardtanh"),
        *("erf", "erfc"),
        *("less", "less_equal", "greater", "greater_equal", "equal", "not_equal", "and", "or", "not"),
    )
)
"""Operations whose value and slope stay finite at every ordinary number."""


@remembered(lambda _, branch: weight_of(branch))
def is_calm(branch: Node) -> bool:
    """Whether a branch has a finite value and slope at every ordinary number."""
    pending = [branch]
    while pending:
        node = pending.pop()
        if not isinstance(node, Apply):
            continue
        if node.operation == "power":
            exponent = rational(node.arguments[1])
            if exponent is None or exponent.denominator != 1 or exponent < 0:
                return False
        elif node.operation not in _CALM:
            return False
        pending.extend(node.arguments)
    return True


@remembered(lambda _, trees: weight_of(*trees))
def are_piecewise_at_risk(trees: tuple[Node, ...]) -> bool:
    """Whether a tree has a ``where`` with a branch that can be undefined where it is not taken."""
    pending = list(trees)
    seen = set()
    while pending:
        node = pending.pop()
        if isinstance(node, Apply) and node not in seen:
            seen.add(node)
            if node.operation == "where" and not all(is_calm(branch) for branch in node.arguments[1:]):
                return True
            pending.extend(node.arguments)
    return False


def is_piecewise_at_risk(tree: Node) -> bool:
    """Whether the tree has a ``where`` with a branch that can be undefined where it is not taken."""
    return are_piecewise_at_risk((tree,))
