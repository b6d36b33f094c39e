"""Multi-indices: how often a coefficient differentiates by each variable."""

from __future__ import annotations

from itertools import product
from typing import TypeAlias

from derivlab.memory import remembered

Index: TypeAlias = tuple[int, ...]


@remembered(lambda pairs, index: (200 + 16 * len(index)) * len(pairs))
def splits(index: Index) -> tuple[tuple[Index, Index], ...]:
    """All pairs of indices that add up to ``index``, in lexical order of the first."""
    ranges = [range(order + 1) for order in index]
    return tuple((part, tuple(a - b for a, b in zip(index, part, strict=True))) for part in product(*ranges))


def indices_below(limit: Index) -> list[Index]:
    """All indices up to ``limit``, lower total orders first."""
    return sorted(product(*(range(order + 1) for order in limit)), key=lambda index: (sum(index), index))
