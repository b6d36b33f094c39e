"""Which entries of a Jacobian or a Hessian can be other than zero, and which columns can share one pass.

Sets of variables are bit masks. Columns that have no row in common can be summed and told apart again
(Curtis, Powell and Reid 1974), so a sparse matrix costs as many passes as it has colours.
"""

from __future__ import annotations

from collections.abc import Sequence

from derivlab.lowering.program import VARIABLE, Program

_LINEAR = frozenset(
    {"add", "subtract", "negate", "where", "guard", "max", "min", "clamp", "clamp_min", "clamp_max"}
)
_FLAT = frozenset({"sign", "floor", "ceil", "round", "trunc"})
_PIECEWISE_LINEAR = frozenset({"abs", "relu", "leaky_relu", "hardtanh"})


def reach(program: Program, variables: Sequence[str]) -> list[int]:
    """For each instruction, the mask of the variables that it depends on."""
    bit = {name: 1 << place for place, name in enumerate(variables)}
    masks: list[int] = []
    for step in program.instructions:
        mask = bit.get(step.name, 0) if step.operation == VARIABLE else 0
        for argument in step.arguments:
            mask |= masks[argument]
        masks.append(mask)
    return masks


def hessian_rows(program: Program, variables: Sequence[str]) -> list[int]:
    """For each variable, the mask of those with which it can have a second derivative that is not zero."""
    masks = reach(program, variables)
    rows = [0] * len(variables)
    for index, step in enumerate(program.instructions):
        if not step.arguments or step.operation in _LINEAR:
            continue
        if step.operation == "multiply":
            first, second = (masks[argument] for argument in step.arguments)
            _connect(rows, first, second)
            _connect(rows, second, first)
        elif step.operation == "divide" and not masks[step.arguments[1]]:
            continue
        else:
            _connect(rows, masks[index], masks[index])
    return rows


def _connect(rows: list[int], first: int, second: int) -> None:
    if second:
        for place in members(first):
            rows[place] |= second


def members(mask: int) -> list[int]:
    """The places of the bits that are set."""
    found = []
    while mask:
        low = mask & -mask
        found.append(low.bit_length() - 1)
        mask ^= low
    return found


def colours(columns: Sequence[int]) -> list[list[int]]:
    """Groups of columns, none empty, in each of which no two have a row in common."""
    groups: list[list[int]] = []
    taken: list[int] = []
    for place in sorted(range(len(columns)), key=lambda place: -columns[place].bit_count()):
        mask = columns[place]
        if not mask:
            continue
        for group, rows in enumerate(taken):
            if not rows & mask:
                groups[group].append(place)
                taken[group] |= mask
                break
        else:
            groups.append([place])
            taken.append(mask)
    return groups
