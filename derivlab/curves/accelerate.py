"""The limit of a sequence that creeps: Wynn's ε for geometric steps, his ρ for steps that shrink like 1/k².

P. Wynn, "On a device for computing the e_m(S_n) transformation", Mathematical Tables and Other Aids to Computation 10
(1956), and "On a procrustean technique for the numerical transformation of slowly convergent sequences and series",
Mathematical Proceedings of the Cambridge Philosophical Society 52 (1956).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

Number: TypeAlias = Any
"""A number of any precision that can be added, divided and compared."""


def accelerated(sequence: Sequence[Number]) -> tuple[Number, Number]:
    """The limit to which a smoothly creeping sequence runs, and an estimate of its error; the steadier of two ways."""
    ways = [_table(sequence, wait) for wait in (_constant, _growing)]
    return min(ways, key=lambda way: way[1])


def _constant(_column: int) -> int:
    return 1


def _growing(column: int) -> int:
    return column


def _table(sequence: Sequence[Number], weight: Any) -> tuple[Number, Number]:
    """The steadiest entry of the table of ε (weight 1) or ρ (weight the column), and how steady it is."""
    before = [0 * sequence[0]] * (len(sequence) + 1)
    column = list(sequence)
    best, error = column[-1], abs(column[-1] - column[-2])
    for number in range(1, len(sequence)):
        following = []
        for k in range(len(column) - 1):
            step = column[k + 1] - column[k]
            if step == 0:  # it has arrived
                return (column[k], 0 * step) if number % 2 else (best, error)
            following.append(before[k + 1] + weight(number) / step)
        before, column = column, following
        if number % 2 == 0 and len(column) >= 2:
            # an entry is trusted as far as its neighbour and the best of the coarser columns confirm it
            apart = abs(column[-1] - column[-2])
            if apart < error:
                best, error = column[-1], apart
    return best, error
