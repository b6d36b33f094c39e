"""Dividing the cells of a sampled curve: into how many parts, and where."""

from __future__ import annotations

import numpy as np

from derivlab.curves.curve import Flags, Floats, Indices

FINEST = 2.0**-10
"""Pixels: cells narrower than this are not divided on the way to a picture."""
EDGE = 2.0**-6
"""Pixels: how closely the edge of an undefined stretch is bracketed before the search for breaks takes over."""
FEW, MANY = 24, 400
"""So many cells or fewer are divided into more than two parts at once, if they are narrow or beside a break."""
NEARLY_ALL = 0.9
"""Where this share of all cells is to be divided, the curve swings throughout."""
NARROW = 4.0
"""Pixels: a cell narrower than this was divided before."""
SWAY = 0.12
"""How far a point may lie off its place, in parts of a cell, so that nothing is looked at in step with itself."""


def parts_of_cells(
    looked: Indices, all_width: Floats, all_mixed: Flags, suspect: Flags, all_certified: Flags
) -> tuple[Indices, Floats]:
    """Into how many parts each of these cells is divided, and whether the parts grow away from its left end (1) or
    from its right end (-1), behind which a break is bracketed. A few more points save many sweeps.
    """
    parts, lean = np.full(len(looked), 2), np.zeros(len(looked))
    if len(looked) >= NEARLY_ALL * len(all_width):
        parts[:] = 4
    elif len(looked) <= MANY:
        width, mixed, certified = all_width[looked], all_mixed[looked], all_certified[looked]
        parts[(width < NARROW) & (width > 8 * FINEST) & ~certified] = 4
        if len(looked) <= FEW:
            parts[mixed & (width > 8 * EDGE)] = 8
            tight = np.zeros(len(all_width) + 2)
            tight[1:-1] = all_mixed | suspect | (all_width <= 2 * FINEST)
            even = mixed | certified | (width < 64 * FINEST)
            lean = np.where(even, 0.0, tight[looked] - tight[looked + 2])
            parts[lean != 0] = 5
    return parts, lean


def divided(
    x: Floats, cells: Indices, parts: Indices, lean: Floats, jitter: np.random.Generator | None
) -> Floats:
    """The points that divide cells of x (m,) into so many parts, even ones or, with a lean, cubically growing ones."""
    inner = parts - 1
    which = np.repeat(np.arange(len(cells)), inner)
    step = np.arange(1.0, len(which) + 1) - np.repeat(np.cumsum(inner) - inner, inner)
    if jitter is not None:
        step += SWAY * (jitter.random(len(which)) - 0.5)
    share = step / parts[which]
    if lean.any():
        way = lean[which]
        share = np.where(way > 0, share**3, np.where(way < 0, 1.0 - (1.0 - share) ** 3, share))
    start, stop = x[cells], x[cells + 1]
    return start[which] + (stop - start)[which] * share
