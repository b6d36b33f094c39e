"""A function and its derivatives as a PyTorch script that runs as it stands and prints the same numbers.

The script computes in float64, as the project does. It shows what the project does beyond torch: the real
root of a negative number, the branch of a piecewise function that is not taken, and NaN outside the domain.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch

from derivlab.errors import InputError
from derivlab.expression.function import Function
from derivlab.expression.operations import OPERATIONS
from derivlab.expression.tree import Apply, Node, Variable, postorder, rational
from derivlab.lowering.pieces import is_piecewise_at_risk
from derivlab.lowering.points import Floats, Points, read_points, require_function
from derivlab.lowering.program import GUARD, VARIABLE, Program, is_real_root, program_of
from derivlab.lowering.source import SourceWriter
from derivlab.lowering.spelling import (
    comment,
    free_name,
    linspace_arguments,
    plain,
    python_names,
    quoted,
    wrapped,
)
from derivlab.lowering.to_torch import lower

MOST_POINTS = 10_000
"""A script holds its points; more than these do not make a readable one."""


@dataclass(frozen=True)
class Script:
    """A script and where it does what.

    ``line_of`` gives for the postorder place of a node of the function's tree the line that computes it,
    counted from 1; ``leaf_line`` the line that makes a variable; ``backward_line`` is None where there is
    nothing to differentiate.
    """

    text: str
    line_of: dict[int, int]
    leaf_line: dict[str, int]
    result_line: int
    backward_line: int | None


def to_python(
    f: Function, at: Mapping[str, Any], wrt: str | Sequence[str] | None = "x", *, steps: bool = False
) -> str:
    """The script as text: points, formula, ``.backward()``, and prints of value and derivatives.

    ``wrt`` is a variable's name, several, or None for all of the function's; ``steps`` writes one operation a
    line. Raises InputError for a point that does not fit the function.
    """
    return python_lines(f, at, wrt, steps=steps).text


def python_lines(
    f: Function,
    at: Mapping[str, Any],
    wrt: str | Sequence[str] | None = "x",
    *,
    steps: bool = False,
    raw: bool = False,
) -> Script:
    """The script of `to_python`, with the lines at which each part of the function is computed.

    ``raw`` leaves NaN as torch lets it flow, for those who want to see that.
    """
    f = require_function(f)
    points = read_points(at, f.variables)
    if points.count > MOST_POINTS:
        message = f"A script for {points.count} points would be too long to read."
        raise InputError(message, hint=f"Take at most {MOST_POINTS} points.")
    return _Writer(f, points, _wanted(f, wrt), steps=steps, raw=raw).script()


def _wanted(f: Function, wrt: str | Sequence[str] | None) -> tuple[str, ...]:
    if wrt is None:
        return f.variables
    if not isinstance(wrt, str | Sequence):
        raise InputError("wrt must be a variable's name.", hint='Write wrt="x", or wrt=("x", "y").')
    names = (wrt,) if isinstance(wrt, str) else tuple(wrt)
    for name in names:
        if not isinstance(name, str) or not name.isidentifier():
            raise InputError(f"{name!r} is not a variable's name.", hint='Write wrt="x".')
    if names == ("x",) and "x" not in f.variables and len(f.variables) == 1:
        return f.variables  # the default stands for the only variable
    return tuple(dict.fromkeys(names))


class _Writer:
    """Writes one script, line by line."""

    def __init__(self, f: Function, points: Points, wrt: tuple[str, ...], *, steps: bool, raw: bool) -> None:
        self._f = f
        self._points = points
        self._wrt = wrt
        self._steps = steps
        self._raw = raw
        self._program = program_of(f.tree, share=False, guard=not raw and is_piecewise_at_risk(f.tree))
        self._names = python_names(
            dict.fromkeys([*f.variables, *(name for name in wrt if name in points.values)])
        )
        self._lines: list[str] = []
        self._moving = _differentiable(self._program)
        self._leaves = tuple(name for name in wrt if name in self._moving)

    def script(self) -> Script:
        """The whole script."""
        result = free_name(("y", "z", "w", "result"), self._names.values())
        statements = SourceWriter(self._program, self._names, self._steps).write(result)
        body = [statement.source for statement in statements]
        undefined = not self._raw and bool(np.isnan(self._values()).any())
        self._say(comment(f"{_heading(self._f)} = {self._f.body}"))
        uses_math = undefined or any("math." in line for line in body)
        self._say(*(["import math", ""] if uses_math else []), "import torch", "")
        leaf_line = {}
        for name in self._names:
            self._say(f"{self._names[name]} = {self._point(name)}")
            leaf_line[name] = len(self._lines)
        self._say("")
        self._explain()
        line_of: dict[int, int] = {}
        for statement in statements:
            self._say(statement.source)
            for step in statement.steps:
                instruction = self._program.instructions[step]
                if instruction.operation != VARIABLE:
                    line_of[instruction.origin] = len(self._lines)
        result_line = len(self._lines)
        backward_line = self._differentiate(result, undefined=undefined)
        self._print(result)
        for place, node in enumerate(postorder(self._f.tree)):
            if place not in line_of:
                name = node.name if isinstance(node, Variable) else ""
                line_of[place] = leaf_line.get(name, result_line)
        return Script("\n".join(self._lines) + "\n", line_of, leaf_line, result_line, backward_line)

    def _say(self, *lines: str) -> None:
        self._lines.extend(lines)

    def _values(self) -> Floats:
        names = tuple(self._points.values)
        tensors = [torch.tensor(value, dtype=torch.float64) for value in self._points.values.values()]
        with torch.no_grad():
            return lower(self._f.tree, names)(tensors).numpy()

    def _point(self, name: str) -> str:
        value = self._points.values[name]
        shape = self._points.shape
        gradient = ", requires_grad=True" if name in self._leaves else ""
        if value.ndim == 0 and name in self._leaves and shape != ():
            return f"torch.full({tuple(shape)}, {float(value)!r}, dtype=torch.float64{gradient})"
        if value.ndim == 0:
            return f"torch.tensor({float(value)!r}, dtype=torch.float64{gradient})"
        spaced = linspace_arguments(value) if len(shape) == 1 else None
        if spaced is not None:
            return f"torch.linspace({spaced}, dtype=torch.float64{gradient})"
        listed = wrapped(value.reshape(shape).tolist())
        return f"torch.tensor({listed}, dtype=torch.float64{gradient})"

    def _explain(self) -> None:
        if _has_real_root(self._f.tree):
            self._say(
                "# The root is the real one, also of a negative number: the cube root of -8 is -2.",
                "# torch's own power gives nan there, so the sign and the size are taken apart.",
            )
        if any(step.operation == GUARD for step in self._program.instructions):
            self._say(
                "# torch.where lets nan through from the branch that is not taken, by way of backward().",
                "# safe_… has the variable's value, and a gradient only where the branch is taken.",
            )

    def _differentiate(self, result: str, *, undefined: bool) -> int | None:
        if not self._leaves:
            return None
        if self._points.shape == ():
            self._say(f"{result}.backward()")
        else:
            self._say(
                "",
                "# Each value depends on its own point alone, so the gradient of the sum",
                "# holds the derivative at each point.",
                f"{result}.sum().backward()",
            )
        line = len(self._lines)
        if undefined:
            self._say("# Where the function is undefined, so is its derivative.")
            for name in self._leaves:
                self._say(f"{self._names[name]}.grad[torch.isnan({result})] = math.nan")
        return line

    def _print(self, result: str) -> None:
        ask = "item" if self._points.shape == () else "tolist"
        label = _heading(self._f)
        self._say("")
        is_spread = self._points.shape == () or any(
            self._points.values[name].ndim or name in self._leaves for name in self._f.variables
        )
        value = result if is_spread else f"{result}.expand({tuple(self._points.shape)})"
        self._say(f"print({quoted(label + ' =')}, {value}.{ask}())")
        for name in self._wrt:
            slope = quoted(f"d{self._f.name}/d{name} =")
            if name in self._leaves:
                self._say(f"print({slope}, {self._names[name]}.grad.{ask}())")
            else:
                self._say(f"print({slope}, {self._flat(value)})  # nothing changes with {plain(name)}")

    def _flat(self, value: str) -> str:
        """The source of the derivative of what does not change: 0, and NaN outside the domain."""
        is_single = self._points.shape == ()
        if np.isnan(self._values()).any():
            return f"torch.where(torch.isnan({value}), torch.nan, 0.0).{'item' if is_single else 'tolist'}()"
        return "0.0" if is_single else f"torch.zeros({tuple(self._points.shape)}).tolist()"


def _differentiable(program: Program) -> frozenset[str]:
    """The variables through which autograd has a way back from the result: not by a condition alone."""
    reached = {program.result}
    names = set()
    for index in range(program.result, -1, -1):
        step = program.instructions[index]
        if index not in reached:
            continue
        if step.operation == VARIABLE:
            names.add(step.name)
        elif step.operation in OPERATIONS and OPERATIONS[step.operation].is_condition:
            continue
        else:
            first = 1 if step.operation in {"where", GUARD, "polygamma"} else 0
            reached.update(step.arguments[first:])
    return frozenset(names)


def _has_real_root(tree: Node) -> bool:
    for node in postorder(tree):
        if isinstance(node, Apply):
            exponent = rational(node.arguments[1]) if node.operation == "power" else None
            if node.operation == "cbrt" or (exponent is not None and is_real_root(exponent)):
                return True
    return False


def _heading(f: Function) -> str:
    return f"{f.name}({', '.join(f.variables)})" if f.variables else f.name
