"""A tree as a function of torch tensors, float64, undefined is NaN.

Number literals stay Python floats, so that autograd records what a PyTorch programmer's own line would
record: ``x**2`` is one PowBackward, ``2*x`` one MulBackward. Constant subexpressions are computed once.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import lru_cache, partial
from typing import Any, TypeAlias

import numpy as np
import torch
from torch import Tensor

from derivlab.errors import InputError
from derivlab.expression.operations import OPERATIONS
from derivlab.expression.tree import Node
from derivlab.lowering.program import GUARD, NUMBER, VARIABLE, Instruction, Program, program_of_all
from derivlab.memory import remembered, weight_of

torch.set_num_threads(1)  # two threads gain little alone and lose much on a busy machine

Operand: TypeAlias = Tensor | float
Lowered: TypeAlias = Callable[[Sequence[Tensor]], Tensor]

CONSTANTS = {"pi": torch.pi, "e": torch.e, "undefined": float("nan")}
_OPERATORS: dict[str, Callable[..., Any]] = {
    "add": operator.add,
    "subtract": operator.sub,
    "multiply": operator.mul,
    "divide": operator.truediv,
    "power": operator.pow,
    "negate": operator.neg,
    "less": operator.lt,
    "less_equal": operator.le,
    "greater": operator.gt,
    "greater_equal": operator.ge,
    "equal": operator.eq,
    "not_equal": operator.ne,
}
"""Operations that take a Python number on either side, as typed code does."""


TAKES_BOUNDS = frozenset({"mod", "clamp", "clamp_min", "clamp_max"})
"""Operations on a tensor that take Python numbers behind it."""


def to_float(value: Fraction) -> float:
    """The nearest float; infinite where the number is too large for one."""
    try:
        return float(value)
    except OverflowError:
        return float("inf") if value > 0 else -float("inf")


def torch_function(operation: str) -> Callable[..., Any]:
    """The torch function of a row of the table, with the row's keywords."""
    row = OPERATIONS[operation]
    found: Any = torch
    for part in row.torch.split("."):
        found = getattr(found, part)
    return partial(found, **dict(row.torch_keywords)) if row.torch_keywords else found


def run(
    program: Program, variables: Sequence[str], tensors: Sequence[Tensor], *, exact: bool
) -> list[Operand]:
    """Run a program, instruction by instruction; the result of each, a Python number where it is constant.

    ``exact`` divides a number by a tensor with one rounding; without it the division is recorded as Python's
    ``2/x`` is: a reciprocal and a product.
    """
    return _compiled(program, tuple(variables), exact)(tensors)


def lower(tree: Node, variables: tuple[str, ...], *, share: bool = True, guard: bool = False) -> Lowered:
    """A function of one tensor for each name in ``variables`` that computes the tree.

    ``share`` computes equal subexpressions once; without it the graph has every place as typed. ``guard``
    keeps a branch of ``where`` that is not taken from sending NaN back through autograd. The tensors may
    have any shapes that broadcast; the result is float64 and has the broadcast shape where it depends on
    them all. Raises InputError for a variable that is not in ``variables``.
    """
    call_all = lower_all((tree,), variables, share=share, guard=guard)
    return lambda tensors: call_all(tensors)[0]


@remembered(lambda _, trees, *__, **___: 4 * weight_of(*trees))
def lower_all(
    trees: tuple[Node, ...], variables: tuple[str, ...], *, share: bool = True, guard: bool = False
) -> Callable[[Sequence[Tensor]], list[Tensor]]:
    """Several trees as one function; what they have in common is computed once. See `lower`."""
    program = program_of_all(trees, share=share, guard=guard)
    runner = _compiled(program, variables, share)

    def call(tensors: Sequence[Tensor]) -> list[Tensor]:
        values = runner(tensors)
        return [_filled(values[result], tensors) for result in program.results]

    return call


def _filled(result: Operand, tensors: Sequence[Tensor]) -> Tensor:
    if isinstance(result, Tensor):
        return result
    shape = np.broadcast_shapes(*(tensor.shape for tensor in tensors))
    return torch.full(shape, result, dtype=torch.float64)


Runner: TypeAlias = Callable[[Sequence[Tensor]], list[Operand]]


@remembered(lambda found, program: 100 * len(found) + program.weight)
def constant_values(program: Program) -> dict[int, float]:
    """The values of the instructions that depend on no variable; integers stay Python integers."""
    found: dict[int, float] = {}
    varying = program.varying()
    for index, step in enumerate(program.instructions):
        if step.operation == NUMBER:
            found[index] = literal_value(step.value)
        elif step.operation in CONSTANTS:
            found[index] = CONSTANTS[step.operation]
        elif not varying[index]:
            found[index] = fold_constant(step, [found[argument] for argument in step.arguments])
    return found


@remembered(lambda _, program, *__: 120 * len(program.instructions) + program.weight)
def _compiled(program: Program, variables: tuple[str, ...], exact: bool) -> Runner:
    known = constant_values(program)
    start: list[Operand] = [known.get(index, float("nan")) for index in range(len(program.instructions))]
    inputs: list[tuple[int, int]] = []
    steps: list[tuple[int, Callable[..., Any], tuple[int, ...]]] = []
    for index, step in enumerate(program.instructions):
        if step.operation == VARIABLE:
            if step.name not in variables:
                message = f"The variable {step.name} has no value."
                raise InputError(message, hint=f"Give a number for {step.name}.")
            inputs.append((index, variables.index(step.name)))
        elif index not in known:
            constant = [known.get(argument) for argument in step.arguments]
            steps.append((index, call_of(step, constant, exact=exact), step.arguments))

    def runner(tensors: Sequence[Tensor]) -> list[Operand]:
        values = start.copy()
        for index, position in inputs:
            values[index] = tensors[position]
        for index, function, arguments in steps:
            if len(arguments) == 2:
                values[index] = function(values[arguments[0]], values[arguments[1]])
            elif len(arguments) == 1:
                values[index] = function(values[arguments[0]])
            else:
                values[index] = function(*(values[a] for a in arguments))
        return values

    return runner


def literal_value(value: Fraction) -> float:
    """A number as Python has it: an integer where it is one that a float holds exactly."""
    return to_float(value) if value.denominator != 1 or abs(value) > 2**53 else int(value)


def fold_constant(step: Instruction, values: Sequence[Any]) -> float:
    """The value of an operation on plain numbers, by torch; NaN where it is undefined."""
    arguments = [torch.tensor(value, dtype=torch.float64) for value in values]
    result = call_of(step, [None] * len(arguments), exact=True)(*arguments)
    return float(result)


def call_of(step: Instruction, constant: Sequence[Operand | None], *, exact: bool) -> Callable[..., Any]:
    """What computes an instruction; ``constant`` holds its arguments that are plain numbers, else None."""
    name = step.operation
    if name == GUARD:
        return _guard
    if name == "polygamma":
        return _polygamma
    if name == "where":
        return _where
    if name in _OPERATORS:
        if name == "divide" and exact and constant[0] is not None:
            return partial(_with_tensors, torch.div)
        return _OPERATORS[name]
    function = torch_function(name)
    if name in TAKES_BOUNDS and constant[0] is None and None not in constant[1:]:
        return function
    if any(value is not None for value in constant):
        return partial(_with_tensors, function)
    return function


def _with_tensors(function: Callable[..., Any], *arguments: Operand) -> Any:
    return function(*(_as_tensor(argument) for argument in arguments))


def _as_tensor(value: Operand) -> Tensor:
    return value if isinstance(value, Tensor) else torch.tensor(value, dtype=torch.float64)


def _guard(condition: Tensor | float, value: Operand) -> Operand:
    if not isinstance(value, Tensor):
        return value
    return torch.where(_holds(condition), value, value.detach())


def _where(condition: Tensor | float, chosen: Operand, other: Operand) -> Tensor:
    return torch.where(_holds(condition), _as_tensor(chosen), _as_tensor(other))


def _holds(condition: Tensor | float) -> Tensor:
    if not isinstance(condition, Tensor):
        return torch.tensor(bool(condition))
    return condition if condition.dtype == torch.bool else condition != 0


def _polygamma(order: Tensor | float, value: Operand) -> Tensor:
    is_number = not isinstance(order, Tensor) or (order.ndim == 0 and not order.requires_grad)
    whole = float(order) if is_number else -1.0
    if whole < 0 or whole != int(whole):
        message = "The order of polygamma must be a whole number, 0 or more."
        raise InputError(message, hint="Try polygamma(1, x).")
    argument = _as_tensor(value)
    if argument.requires_grad or whole == 0:
        return torch.polygamma(int(whole), argument)
    return polygamma_values(int(whole), argument)


def polygamma_values(order: int, u: Tensor) -> Tensor:
    """ψ⁽ⁿ⁾(u) for n ≥ 1, to full precision, without a graph.

    ``torch.polygamma(1, u)`` has nine digits only, and from order 2 on nothing for negative u. The first is
    mended by ψ′(u) = ζ(2, u), the second by reflection (DLMF 5.15.6).
    """
    above = u > 0
    mirrored = torch.where(above, u, 1.0 - u)
    values: Tensor = torch.special.zeta(2.0, mirrored) if order == 1 else torch.polygamma(order, mirrored)
    if bool(above.all()):
        return values
    cotangent = _cotangent_of_pi(u)
    slope = torch.zeros_like(u)
    for factor in reversed(_cotangent_derivative(order)):
        slope = slope * cotangent + factor
    return torch.where(above, values, (-1) ** order * values - torch.pi ** (order + 1) * slope)


def _cotangent_of_pi(u: Tensor) -> Tensor:
    """cot(πu) to full precision, also beside the whole numbers, halfway between them and for large u."""
    part = u - torch.round(u)  # exact, like the next difference
    beyond = 0.5 - part.abs()
    return torch.where(
        beyond > 0.25, 1.0 / torch.tan(torch.pi * part), torch.sign(part) * torch.tan(torch.pi * beyond)
    )


@lru_cache(maxsize=128)
def _cotangent_derivative(order: int) -> tuple[float, ...]:
    """The derivative of cot t as a polynomial in c = cot t: P₀ = c, Pₙ₊₁ = −(1 + c²)·Pₙ′."""
    found = np.polynomial.Polynomial([0.0, 1.0])
    for _ in range(order):
        found = np.polynomial.Polynomial([-1.0, 0.0, -1.0]) * found.deriv()
    return tuple(float(factor) for factor in found.coef)
