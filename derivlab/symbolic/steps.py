"""``steps``: a derivative worked out by the rules of the textbook, one rule at a time.

Each step is a small record that can be checked by itself: ``after`` is the derivative of ``before``. The rules of
the single functions are those of the operations table. No SymPy, and nothing that could hang: the work is linear in
the length of the answer.
"""

from __future__ import annotations

from derivlab.errors import InputError
from derivlab.expression.function import Function
from derivlab.lowering.points import require_function
from derivlab.memory import remembered, weight_of
from derivlab.symbolic.exact import names_of
from derivlab.symbolic.rules import Differentiation
from derivlab.symbolic.step import Steps

__all__ = ["Steps", "steps"]


def steps(f: Function, wrt: str | None = None) -> Steps:
    """The derivative of ``f`` by ``wrt`` as a tree of steps, the last rule of calculation first.

    None stands for the only variable. Raises InputError for a name that does not fit, for an operation without a
    derivative by that argument, and where the answer would have more than 20,000 parts.
    """
    f = require_function(f)
    names = names_of(f, wrt, 1)
    if len(names) != 1:
        raise InputError(
            "Steps are for one differentiation at a time.",
            hint="Take the steps of the derivative for the next one.",
        )
    return _steps(f, names[0])


@remembered(lambda found, f, _: 20 * weight_of(f.tree, found.after.tree))
def _steps(f: Function, wrt: str) -> Steps:
    return Differentiation(f, wrt).run()
