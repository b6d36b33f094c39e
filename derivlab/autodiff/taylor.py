"""All derivatives up to an order in one pass, by truncated Taylor propagation over the function's program.

Nested autograd costs about four times as much for each further order; here order K costs about K² small
array operations for each operation of the function. Functions are compiled once to a `RowProgram`.
`taylor` and `mixed_partial` answer NaN in every row where the formula is undefined. `evaluator`, made for curves, leaves
the infinities of floating point, which tell a pole from a gap. Nothing warns.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from math import factorial, prod
from typing import Any, TypeAlias

import numpy as np

from derivlab.autodiff.indices import Index
from derivlab.autodiff.rows import RowProgram, Wanted
from derivlab.autodiff.series import SeriesBuilder
from derivlab.errors import InputError
from derivlab.expression.function import Function
from derivlab.expression.naming.names import canonical_name
from derivlab.expression.tree import Node, size_of
from derivlab.lowering.domain import float_domain
from derivlab.lowering.points import At, Floats, Points, read_points, refuse_typo, require_function
from derivlab.memory import remembered, weight_of

Evaluate: TypeAlias = Callable[[Floats], Floats]

MAX_ORDER = 64
"""The highest order that is answered at all."""


def taylor(f: Function, at: At, wrt: str | None = None, order: int = 1) -> Floats:
    """Derivatives of order 0 … ``order`` (order + 1, *points' shape), not divided by k!.

    ``wrt`` is the variable, by default the only one. Raises InputError as `derivlab.derivative` does.
    """
    f = require_function(f)
    points = read_points(at, f.variables)
    name = _variable(f, wrt, points.values)
    domain = float_domain(f.tree)
    rows = _run(compile_orders(f.tree, name, checked_order(order), domain), points, domain)
    return rows[:, 0] if points.shape == () else rows.reshape(-1, *points.shape)


def evaluator(
    f: Function, wrt: str | None = None, order: int = 1, at: Mapping[str, Any] | None = None
) -> Evaluate:
    """A fast function of x (m,) that returns the derivatives of order 0 … ``order`` (order + 1, m).

    ``wrt`` is the variable that x stands for (by default the only one), ``at`` has numbers for the others.
    The infinities of floating point stay, as at the pole of 1/x. x may hold any floats, NaN and infinities
    included. The function is compiled here, not at each call, and may be called from several threads. Raises
    InputError for a missing variable.
    """
    f = require_function(f)
    name = _variable(f, wrt, at)
    program = compile_orders(f.tree, name, checked_order(order))
    needed = [other for other in f.variables if other != name]
    others = {key: value for key, value in (at or {}).items() if key != name}
    fixed = read_points(others, needed)
    if fixed.shape != ():
        message = "The other variables must each have one number here."
        raise InputError(message, hint="Only the variable that moves has many.")

    def evaluate(x: Floats) -> Floats:
        x = np.asarray(x)
        if x.dtype != np.float64 or not x.flags.carray:
            x = np.require(x, np.float64, ["C", "W"])
        return _masked(program.run({**fixed.values, name: x}, len(x)))

    return evaluate


MOST_PRODUCTS = 4_000_000
"""Products of coefficients that a mixed partial may cost: some seconds."""


def mixed_partial(f: Function, points: Points, names: Sequence[str]) -> Any:
    """A partial derivative of any order, (m,) or a 0-d array at a single point, NaN where f is undefined."""
    wrt = tuple(sorted(set(names)))
    limit = tuple(names.count(name) for name in wrt)
    if prod(order + 1 for order in limit) ** 2 * size_of(f.tree) > MOST_PRODUCTS:
        message = "This mixed derivative is too large to work out."
        raise InputError(message, hint="Take fewer differentiations, or a shorter function.")
    domain = float_domain(f.tree)
    rows = _run(compile_mixed(f.tree, wrt, limit, domain), points, domain)
    return rows[1, 0] if points.shape == () else rows[1]


@remembered(lambda program, tree, *_: weight_of(tree) + program.weight)
def compile_orders(tree: Node, name: str, order: int, domain: Node | None = None) -> RowProgram:
    """The row program of all derivatives by one variable up to an order, and last of the truth of ``domain``."""
    builder = SeriesBuilder((name,), (order,))
    found = builder.add_tree(tree)
    wanted = [Wanted(found[k,], float(factorial(k))) for k in range(order + 1)]
    return builder.rows.finish([*wanted, *_truth(builder, domain)])


@remembered(lambda program, tree, *_: weight_of(tree) + program.weight)
def compile_mixed(tree: Node, wrt: tuple[str, ...], limit: Index, domain: Node | None = None) -> RowProgram:
    """The row program of the value and of one mixed partial derivative, and last of the truth of ``domain``."""
    builder = SeriesBuilder(wrt, limit)
    found = builder.add_tree(tree)
    origin = (0,) * len(limit)
    factor = float(prod(factorial(order) for order in limit))
    wanted = [Wanted(found[origin], 1.0), Wanted(found[limit], factor)]
    return builder.rows.finish([*wanted, *_truth(builder, domain)])


def _truth(builder: SeriesBuilder, domain: Node | None) -> list[Wanted]:
    return [] if domain is None else [Wanted(builder.add_condition(domain), 1.0)]


def _run(program: RowProgram, points: Points, domain: Node | None) -> Floats:
    """The rows of the derivatives, NaN where ``domain``, whose truth the program has as its last row, fails."""
    if points.shape == ():
        rows = program.run({name: value.reshape(1) for name, value in points.values.items()}, 1)
    else:
        rows = program.run(points.values, points.count)
    if domain is None:
        return _masked(rows)
    rows[0, rows[-1] == 0] = np.nan
    return _masked(rows[:-1])


def _masked(rows: Floats) -> Floats:
    """Where the function is undefined, so are its derivatives (ln has slope 1/x only on its domain)."""
    undefined = np.isnan(rows[0])
    if undefined.any():
        rows[1:, undefined] = np.nan
    return rows


def checked_order(order: object) -> int:
    """The order as an integer; raises InputError where it is none from 0 to `MAX_ORDER`."""
    if isinstance(order, bool) or not isinstance(order, (int, np.integer)) or not 0 <= order <= MAX_ORDER:
        message = f"The order must be a whole number from 0 to {MAX_ORDER}."
        raise InputError(message, hint="1 is the derivative, 2 the second derivative.")
    return int(order)


def require_name(name: object) -> str:
    """A variable's name; raises InputError where it is none."""
    if not isinstance(name, str) or not name.isidentifier():
        raise InputError(f"{name!r} is not a variable's name.", hint='Write wrt="x".')
    return canonical_name(name)


def only_variable(names: Sequence[str]) -> str:
    """The one variable that there is, ``x`` where there is none; raises InputError where there are several."""
    if len(names) > 1:
        hint = f'Say which one: wrt="{names[0]}".'
        raise InputError(f"The function has several variables: {', '.join(names)}.", hint=hint)
    return names[0] if names else "x"


def _variable(f: Function, wrt: str | None, at: Iterable[str] | None) -> str:
    if wrt is None:
        return only_variable(f.variables)
    name = require_name(wrt)
    refuse_typo(name, f.variables, at or ())
    return name
