"""The Jacobian of torch outputs in as few backward passes as its zeros allow (Curtis, Powell and Reid 1974).

Outputs that depend on no variable in common go through one backward pass together: each entry of the result
belongs to one of them. From `BATCHED` passes on they run as one batched pass (``is_grads_batched``), which
costs more once and less for each.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from derivlab.autodiff.nested import total
from derivlab.autodiff.sparsity import colours, members
from derivlab.lowering.points import Floats

BATCHED = 4
"""From so many backward passes at a single point they run as one batched pass."""

_CHUNK = 256
"""Batched passes are run this many at a time."""


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """Which outputs share a pass, and where the entries of the result come from.

    ``groups`` are the outputs of each pass and ``columns`` the variables that it reaches. The entry in row
    ``rows[k]`` and column ``places[k]`` is the one of pass ``passes[k]`` for that column.
    """

    size: tuple[int, int]
    groups: tuple[tuple[int, ...], ...]
    columns: tuple[int, ...]
    rows: npt.NDArray[np.intp]
    places: npt.NDArray[np.intp]
    passes: npt.NDArray[np.intp]

    @property
    def weight(self) -> int:
        """About how many bytes it takes."""
        return 40 * len(self.rows) + 100 * (len(self.groups) + len(self.columns))


def plan(masks: Sequence[int], width: int) -> Plan:
    """The plan for outputs that depend on the variables in ``masks``, one mask for each, of ``width``."""
    groups = colours(masks)
    entries = [
        (i, j, number) for number, group in enumerate(groups) for i in group for j in members(masks[i])
    ]
    rows, places, passes = np.array(entries, dtype=np.intp).reshape(-1, 3).T
    union = 0
    for mask in masks:
        union |= mask
    return Plan((len(masks), width), tuple(map(tuple, groups)), tuple(members(union)), rows, places, passes)


def backward(
    outputs: Sequence[Tensor | None], leaves: Sequence[Tensor], by: Plan, shape: torch.Size
) -> Floats:
    """The matrix (outputs, leaves, *shape) of ∂output/∂leaf; None stands for an output that is flat."""
    matrix = np.zeros((*by.size, *shape), dtype=np.float64)
    live = {
        number: alive
        for number, group in enumerate(by.groups)
        if (alive := [output for i in group if (output := outputs[i]) is not None and output.requires_grad])
    }
    if not live:
        return matrix
    reached = [leaves[j] for j in by.columns]
    found = np.zeros((len(by.groups), by.size[1], *shape), dtype=np.float64)
    numbers = list(live)
    if len(live) < BATCHED or shape != ():
        for number in numbers:
            found[number, by.columns] = _one_pass(live[number], reached)
    else:
        for start in range(0, len(numbers), _CHUNK):
            chunk = numbers[start : start + _CHUNK]
            found[np.ix_(chunk, by.columns)] = _batched([live[number] for number in chunk], reached)
    matrix[by.rows, by.places] = found[by.passes, by.places]
    return matrix


def _one_pass(outputs: list[Tensor], leaves: list[Tensor]) -> Floats:
    """The gradients (leaves, *shape) of the sum of some outputs."""
    stacked = torch.stack(outputs) if len(outputs) > 1 else outputs[0]
    found = torch.autograd.grad(total(stacked), leaves, retain_graph=True, allow_unused=True)
    return _stacked(found, leaves[0], 0).numpy()


def _batched(groups: list[list[Tensor]], leaves: list[Tensor]) -> Floats:
    """The gradients (groups, leaves) of the sums of several groups of outputs, in one batched pass."""
    stacked = torch.stack([output for group in groups for output in group])
    number = torch.arange(len(groups)).repeat_interleave(torch.tensor([len(group) for group in groups]))
    seeds = torch.zeros((len(groups), len(stacked)), dtype=torch.float64)
    seeds[number, torch.arange(len(stacked))] = 1.0
    found = torch.autograd.grad(
        stacked, leaves, seeds, retain_graph=True, allow_unused=True, is_grads_batched=True
    )
    return _stacked(found, seeds[:, 0], 1).numpy()


def _stacked(found: Sequence[Tensor | None], like: Tensor, dim: int) -> Tensor:
    zero = torch.zeros_like(like, requires_grad=False)
    return torch.stack([zero if slope is None else slope for slope in found], dim=dim)
