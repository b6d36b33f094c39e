"""Whether a formula is defined at a point in the mathematical sense, which floating point can hide: exp(-1/0²) is 0 there."""

from __future__ import annotations

import math
from collections.abc import Mapping

from derivlab.expression.function import Function

_OVERFLOWS = frozenset(
    ("exp", "sinh", "cosh", "multiply", "add", "subtract", "square", "factorial", "gamma", "expm1")
)
"""Operations whose infinite results are floating point giving out, not a place outside the domain."""


def is_defined(f: Function, point: Mapping[str, float]) -> bool:
    """False where an operation of the formula is infinite or undefined at finite arguments, such as a division by 0.

    Formulas with a `where` are judged by their result only: a branch that is not taken does no harm.
    """
    import torch

    from derivlab.lowering.program import program_of
    from derivlab.lowering.to_torch import run

    program = program_of(f.tree)
    tensors = [torch.tensor([float(point[name])], dtype=torch.float64) for name in f.variables]
    values = [float(value) for value in run(program, f.variables, tensors, exact=True)]
    if any(step.operation in {"where", "guard"} for step in program.instructions):
        return math.isfinite(values[program.result])
    for step, value in zip(program.instructions, values, strict=True):
        if math.isfinite(value) or not step.arguments:
            continue
        arguments = [values[index] for index in step.arguments]
        overflow = step.operation in _OVERFLOWS or (step.operation == "power" and arguments[0] != 0)
        if all(math.isfinite(argument) for argument in arguments) and not (overflow and math.isinf(value)):
            return False
    return True
