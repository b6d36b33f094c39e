"""Values and derivatives of a function by PyTorch's autograd, at a point or at an array of points at once.

``at`` gives each variable a number, or a sequence or array of numbers; arrays are broadcast among the
variables, and the results have their shape. Names that the function does not use are allowed.

Undefined is NaN: the value wherever an operation of the formula has none (``1/x`` at 0, ``exp(-1/x^2)`` at 0 too), and
the derivative wherever the value is. An infinity is a number too large for floating point, or the slope of a vertical
tangent. At a kink the answer is autograd's own; `autograd_slope` has it everywhere.

Orders up to `NESTED` differentiate autograd's own derivative again. Each further order would cost four
times as much, so higher ones come from truncated Taylor propagation (`derivlab.autodiff.taylor`), and so
do orders at which torch's formulas lose digits (`sinc`, `gamma` and their kin).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from derivlab.autodiff import nested
from derivlab.autodiff.taylor import MAX_ORDER, checked_order, mixed_partial, only_variable, require_name
from derivlab.errors import InputError
from derivlab.expression.function import Function
from derivlab.expression.tree import Apply, Node, postorder
from derivlab.lowering.points import At, Points, read_points, refuse_typo, require_function
from derivlab.memory import remembered, weight_of

NESTED = 3
"""The highest order that is taken by nested autograd."""

_LOSE_DIGITS = frozenset({"digamma", "polygamma", "sinc"})
"""torch's derivative of these loses digits: its trigamma has nine, and sinc cancels near 0."""

_LOSE_HIGHER_ORDERS = frozenset({"gamma", "lgamma", "factorial"}) | _LOSE_DIGITS


def value(f: Function, at: At) -> Any:
    """The function's value: a float at a point, an array of the points' shape at many.

    Raises InputError for a missing variable or a value that is no finite real number.
    """
    f = require_function(f)
    points = read_points(at, f.variables)
    return points.shaped(_spread(nested.values(f.tree, points), points))


def derivative(f: Function, at: At, wrt: str | Sequence[str] | None = None, order: int = 1) -> Any:
    """A partial derivative by autograd, in float64: a float at a point, an array at many.

    ``wrt`` is the variable (by default the only one), ``order`` how often to differentiate by it; 0 is the
    value. A tuple of names is a mixed partial, one name for each differentiation. A constant function and a
    variable that does not occur have derivative 0. Raises InputError for a missing variable, for a name that is
    nearly one of the variables, for a value that is no finite real number, and for an order that is not a
    whole number from 0 to `MAX_ORDER`.
    """
    f = require_function(f)
    points = read_points(at, f.variables)
    names = _differentiations(f, points, wrt, order)
    if not names:
        return points.shaped(_spread(nested.values(f.tree, points), points))
    if not set(names) <= set(points.values):
        result = nested.values(f.tree, points)
        return points.shaped(_spread(np.where(np.isnan(result), np.nan, 0.0), points))
    if prefers_taylor(f.tree, len(names)):
        return points.shaped(mixed_partial(f, points, names))
    return points.shaped(_by_nesting(f, points, names))


def autograd_slope(f: Function, at: At, wrt: str) -> float:
    """What autograd itself answers for ∂f/∂wrt at a point, also where f has no value: 1/x for ln(x) below 0.

    Raises InputError as `derivative` does.
    """
    f = require_function(f)
    points = read_points(at, f.variables)
    if wrt not in points.values:
        return 0.0
    return float(nested.gradients(f.tree, points, (require_name(wrt),), raw=True)[0])


def gradient(f: Function, at: At) -> dict[str, Any]:
    """The first derivatives by each variable of ``f``, by name: floats at a point, arrays at many.

    Raises InputError as `derivative` does.
    """
    f = require_function(f)
    points = read_points(at, f.variables)
    if not f.variables:
        return {}
    if prefers_taylor(f.tree, 1):
        return {name: points.shaped(mixed_partial(f, points, (name,))) for name in f.variables}
    rows = nested.gradients(f.tree, points, f.variables)
    return {name: points.shaped(row) for name, row in zip(f.variables, rows, strict=True)}


def prefers_taylor(tree: Node, order: int) -> bool:
    """Whether derivatives of this order come from Taylor propagation rather than from nested autograd."""
    if order > NESTED:
        return True
    return not _operations(tree).isdisjoint(_LOSE_HIGHER_ORDERS if order > 1 else _LOSE_DIGITS)


@remembered(lambda _, tree: weight_of(tree))
def _operations(tree: Node) -> frozenset[str]:
    return frozenset(node.operation for node in postorder(tree) if isinstance(node, Apply))


def _by_nesting(f: Function, points: Points, names: tuple[str, ...]) -> Any:
    if len(names) == 1:
        return nested.gradients(f.tree, points, names)[0]
    try:
        return nested.derivatives(f.tree, points, [names])[0]
    except RuntimeError:  # torch has no derivative of some derivatives
        return mixed_partial(f, points, names)


def _spread(result: Any, points: Points) -> Any:
    """One value for each point, also where the function is the same at all of them."""
    if points.shape == () or result.shape == (points.count,):
        return result
    return np.broadcast_to(result, (points.count,)).copy()


def _differentiations(
    f: Function, points: Points, wrt: str | Sequence[str] | None, order: int
) -> tuple[str, ...]:
    """The names to differentiate by, one for each differentiation."""
    order = checked_order(order)
    if wrt is None and order == 0:
        return ()
    if wrt is None:
        wrt = only_variable(f.variables or tuple(points.values))
    if isinstance(wrt, str):
        name = require_name(wrt)
        refuse_typo(name, f.variables, points.values)
        return (name,) * order
    try:
        names = tuple(wrt)
    except TypeError:
        raise InputError("wrt must be a variable's name.", hint='Write wrt="x", or wrt=("x", "y").') from None
    names = tuple(require_name(name) for name in names)
    for name in names:
        refuse_typo(name, f.variables, points.values)
    if order not in {1, len(names)}:
        hint = 'Write wrt=("x", "x", "y") for the second derivative by x and the first by y.'
        raise InputError("A tuple of names already says the order.", hint=hint)
    if len(names) > MAX_ORDER:
        message = f"At most {MAX_ORDER} differentiations are answered."
        raise InputError(message, hint="Take fewer names.")
    return names
