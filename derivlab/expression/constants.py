"""The value of a formula without variables, for points and windows: ``pi/2``, ``sqrt(2)``, ``-1/3``."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable
from functools import lru_cache

from derivlab.errors import ParseError, Span
from derivlab.expression.operations import ARGUMENTS, OPERATIONS
from derivlab.expression.tree import Apply, Node, Number, Variable, fold, postorder

_PYTHON: dict[str, Callable[..., float]] = {
    "add": operator.add,
    "subtract": operator.sub,
    "multiply": operator.mul,
    "divide": operator.truediv,
    "negate": operator.neg,
    "abs": abs,
    "gamma": math.gamma,
    "factorial": lambda u: math.gamma(u + 1),
    "max": max,
    "min": min,
    "mod": operator.mod,
    "round": round,
    "less": operator.lt,
    "less_equal": operator.le,
    "greater": operator.gt,
    "greater_equal": operator.ge,
    "equal": operator.eq,
    "not_equal": operator.ne,
    "and": lambda a, b: bool(a) and bool(b),
    "or": lambda a, b: bool(a) or bool(b),
    "not": operator.not_,
    "sign": lambda u: (u > 0) - (u < 0),
    "relu": lambda u: max(u, 0.0),
    "sigmoid": lambda u: 1 / (1 + math.exp(-u)),
    "clamp": lambda u, v, w: min(max(u, v), w),
    "clamp_min": max,
    "clamp_max": min,
    "pi": lambda: math.pi,
    "e": lambda: math.e,
    "undefined": lambda: math.nan,
    "where": lambda c, a, b: a if c else b,
}

_FORMS = {
    "leaky_relu": "{u if u > 0, u/100 otherwise}",
    "elu": "{u if u > 0, expm1(u) otherwise}",
    "softplus": "max(u, 0) + log1p(exp(-abs(u)))",
    "logsigmoid": "min(u, 0) - log1p(exp(-abs(u)))",
    "softsign": "u/(1 + abs(u))",
    "silu": "u*sigmoid(u)",
    "gelu": "u*(1 + erf(u/sqrt(2)))/2",
    "hardtanh": "clamp(u, -1, 1)",
    "sinc": "{1 if u == 0, sin(pi*u)/(pi*u) otherwise}",
}
"""What ``math`` lacks, written with what it has."""


_NOT_IN_POINTS = frozenset({"digamma", "polygamma", "erfinv"})
"""Operations that Python's ``math`` does not have."""


def parse_number(text: str) -> float:
    """The value of a typed number such as ``3``, ``pi/2``, ``sqrt(2)``, ``-1/3`` or ``2e-3``.

    Raises ParseError where the text is no formula, has a variable, or has no finite real value.
    """
    from derivlab.expression.parse import parse

    function = parse(text)
    everything = Span(0, len(text))
    if function.variables:
        raise ParseError(
            f"A number was expected, but {function.variables[0]} is a variable.",
            span=everything,
            hint="Type a number, such as 3, pi/2 or sqrt(2).",
        )
    for node in postorder(function.tree):
        if isinstance(node, Apply) and node.operation in _NOT_IN_POINTS:
            raise ParseError(
                f"{node.operation} cannot be used in a number that is typed here.",
                span=everything,
                hint="Type its value as a decimal number.",
            )
    found = constant_value(function.tree)
    if not math.isfinite(found):
        raise ParseError(
            "This has no value that is a real number.",
            span=everything,
            hint="Type a number, such as 3, pi/2 or sqrt(2).",
        )
    return found


def constant_value(tree: Node) -> float:
    """The value of a tree without variables in float64; NaN where undefined, infinite where too large."""
    return fold(tree, value_of)


def value_of(node: Node, arguments: tuple[float, ...]) -> float:
    """The value of one node from those of its arguments."""
    if isinstance(node, Number):
        return float(node.value)
    if isinstance(node, Variable):
        raise TypeError(f"{node.name} has no value")
    if any(math.isnan(argument) for argument in arguments) and node.operation != "where":
        return math.nan
    try:
        if node.operation == "power":
            return _power(node, *arguments)
        row = OPERATIONS[node.operation]
        if node.operation in _PYTHON:
            return float(_PYTHON[node.operation](*arguments))
        if row.definition or row.name in _FORMS:
            return fold(_definition(row.name), _bound(arguments))
        return float(getattr(math, row.torch.rpartition(".")[2])(*arguments))
    except OverflowError:
        return math.inf
    except (ArithmeticError, ValueError, AttributeError):
        return math.nan


def _bound(arguments: tuple[float, ...]) -> Callable[[Node, tuple[float, ...]], float]:
    values = dict(zip(ARGUMENTS, arguments, strict=False))

    def combine(node: Node, below: tuple[float, ...]) -> float:
        return values[node.name] if isinstance(node, Variable) else value_of(node, below)

    return combine


@lru_cache(maxsize=256)
def _definition(name: str) -> Node:
    from derivlab.expression.parse import parse

    return parse(_FORMS.get(name) or OPERATIONS[name].definition).tree


def _power(node: Apply, base: float, exponent: float) -> float:
    from derivlab.expression.tree import rational

    literal = rational(node.arguments[1])
    if base < 0 and literal is not None and literal.denominator % 2 and literal.denominator > 1:
        root = math.pow(-base, exponent)
        return -root if literal.numerator % 2 else root
    return math.pow(base, exponent)
