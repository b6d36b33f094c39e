"""Where a function is positive, rises, is bent upwards: the sign of one derivative, stretch by stretch.

This is the table that a teacher writes under the axis: the cuts, the sign between two cuts, and what
happens at each cut.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from derivlab.curves.curve import Evaluate

_SHARES = np.array([0.037, 0.21, 0.5, 0.77, 0.968])
"""Where in a stretch its sign is looked at, as shares of its length."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """An open interval and the sign there: 1, −1, 0 for zero throughout, None where undefined or mixed."""

    lo: float
    hi: float
    sign: int | None


@dataclass(frozen=True, slots=True)
class Variation:
    """The signs of a derivative on a window: stretches from left to right, and the values between them.

    ``values[i]`` is the derivative at the right end of ``stretches[i]``, None where it is undefined.
    """

    order: int
    stretches: tuple[Stretch, ...]
    values: tuple[float | None, ...]


def variation(
    evaluate: Evaluate,
    order: int,
    window: tuple[float, float],
    cuts: Sequence[float],
    torn: Collection[float] = (),
) -> Variation:
    """The signs of the derivative of this order between the ``cuts``, which are where they can change.

    ``evaluate`` gives the derivatives up to ``order``. Neighbouring stretches of one sign are joined where
    the derivative is defined and not zero at the cut between them, and f is not ``torn`` there.
    """
    lo, hi = window
    inner = sorted({float(cut) for cut in cuts if lo < cut < hi})
    ends = [lo, *inner, hi]
    widths = np.diff(ends)
    places = (np.array(ends[:-1])[:, None] + widths[:, None] * _SHARES).ravel()
    with np.errstate(all="ignore"):
        between = np.asarray(evaluate(places))[order].reshape(-1, len(_SHARES))
        at = np.asarray(evaluate(np.array(inner)))[order] if inner else np.empty(0)
    scale = float(np.nanmax(np.abs(between), initial=0.0, where=np.isfinite(between)))
    signs = [_sign(row, scale) for row in between]
    stretches: list[Stretch] = []
    values: list[float | None] = []
    for position, sign in enumerate(signs):
        start, end = ends[position], ends[position + 1]
        if position:
            value = math.nan if start in torn else float(at[position - 1])
            known = math.isfinite(value)
            is_zero = known and abs(value) <= 1e-9 * scale
            if stretches[-1].sign == sign and (sign is None or (known and (not is_zero or sign == 0))):
                stretches[-1] = Stretch(stretches[-1].lo, end, sign)
                continue
            values.append((0.0 if is_zero else value) if known else None)
        stretches.append(Stretch(start, end, sign))
    return Variation(order, tuple(stretches), tuple(values))


def _sign(values: np.ndarray[tuple[int], np.dtype[np.float64]], scale: float) -> int | None:
    """The one sign of all the values, or None."""
    if not np.isfinite(values).all():
        return None
    if np.all(np.abs(values) <= 1e-13 * scale) or scale == 0.0:
        return 0
    if np.all(values >= 0):
        return 1
    if np.all(values <= 0):
        return -1
    return None
