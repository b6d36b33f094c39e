"""The derivative as an exact formula."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from derivlab.errors import InputError
from derivlab.expression.function import Function
from derivlab.expression.naming.names import canonical_name
from derivlab.expression.tree import Node, flatten, unflatten
from derivlab.lowering.points import refuse_typo, require_function
from derivlab.memory import remembered, weight_of
from derivlab.symbolic.condition import Condition
from derivlab.symbolic.validity import valid_where
from derivlab.symbolic.worker import BUDGET, ask

HIGHEST_ORDER = 10
LONGEST_BUDGET = 600.0
TIDYING = 0.6
"""The share of the budget after which the shortest form so far is good enough."""


@dataclass(frozen=True)
class Exact:
    """A formula worked out exactly: as a function of ours, as text, as LaTeX, as a SymPy expression.

    ``domain`` says where the formula is the derivative, such as ``x > 0`` for ln x; None where it is wherever
    the formula itself has a value.
    """

    function: Function
    domain: Condition | None = None

    @property
    def tree(self) -> Node:
        """The formula's tree."""
        return self.function.tree

    @property
    def text(self) -> str:
        """The formula as text, which ``parse`` reads."""
        return self.function.body

    @property
    def latex(self) -> str:
        """The formula as LaTeX."""
        return self.function.latex

    @cached_property
    def sympy(self) -> Any:
        """The formula as a SymPy expression in real symbols."""
        from derivlab.lowering.to_sympy import to_sympy

        return to_sympy(self.tree)


def exact(
    f: Function, wrt: str | tuple[str, ...] | None = None, order: int = 1, *, budget: float = BUDGET
) -> Exact:
    """The exact derivative of ``f`` by ``wrt``, ``order`` times.

    A tuple of names is a mixed partial, one name for each differentiation; None stands for the only
    variable. ``budget`` is in seconds. Raises InputError for a name or an order that does not fit, and
    TimedOut past the budget. The rules are those of the operations table, the form is SymPy's.
    """
    f = require_function(f)
    if not 0 < budget <= LONGEST_BUDGET:
        raise InputError(f"The budget must be more than 0 and at most {LONGEST_BUDGET:g} seconds.")
    return _exact(f, names_of(f, wrt, order), budget)


def names_of(f: Function, wrt: str | tuple[str, ...] | None, order: int) -> tuple[str, ...]:
    """The variables to differentiate by, one for each differentiation."""
    if wrt is None:
        if len(f.variables) > 1:
            raise InputError(
                f"Say by which variable: {', '.join(f.variables)}.",
                hint=f"For example wrt={f.variables[0]!r}.",
            )
        wrt = f.variables[0] if f.variables else "x"
    if isinstance(wrt, tuple | list):
        names = tuple(wrt)
        if order not in {1, len(names)}:
            raise InputError("A tuple of names already says the order.", hint='Write wrt=("x", "x", "y").')
    else:
        if isinstance(order, bool) or not isinstance(order, int) or not 0 <= order <= HIGHEST_ORDER:
            raise InputError(f"The order must be a whole number from 0 to {HIGHEST_ORDER}.")
        names = (wrt,) * order
    if len(names) > HIGHEST_ORDER:
        raise InputError(f"At most {HIGHEST_ORDER} differentiations, not {len(names)}.")
    if not all(isinstance(name, str) and name.isidentifier() for name in names):
        raise InputError("wrt must be a variable's name.", hint='Write wrt="x", or wrt=("x", "y").')
    names = tuple(canonical_name(name) for name in names)
    for name in names:
        refuse_typo(name, f.variables)
    return names


@remembered(lambda found, f, *_: 3 * weight_of(f.tree, found.tree))
def _exact(f: Function, wrt: tuple[str, ...], budget: float) -> Exact:
    if not wrt:
        return Exact(Function(f.name, f.variables, f.tree))
    rows = ask("derivative", flatten(f.tree), list(wrt), TIDYING * budget, budget=budget)
    formula = unflatten(rows)
    return Exact(Function(f.name, f.variables, formula), valid_where(f.tree, formula, wrt))


def simplify(f: Function, *, budget: float = BUDGET) -> Function:
    """The same function in a shorter form, where cheap rewriting finds one. Raises TimedOut."""
    rows = ask("simplified", flatten(f.tree), TIDYING * budget, budget=budget)
    return Function(f.name, f.variables, unflatten(rows))
