"""What a sampled curve is: plain, frozen records that know nothing of pictures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.float64]
Indices: TypeAlias = npt.NDArray[np.int64]
Flags: TypeAlias = npt.NDArray[np.bool_]

Evaluate: TypeAlias = Callable[[Floats], Floats]
"""x (m,) → derivatives (order + 1, m): row 0 is f, row 1 is f′ …; NaN where undefined, ±inf possible."""

BreakKind: TypeAlias = Literal["jump", "pole", "hole", "edge", "oscillation"]


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch on which the curve is one unbroken line: x (m,) ascending, y (order + 1, m), all rows at x."""

    x: Floats
    y: Floats


@dataclass(frozen=True, slots=True)
class Break:
    """A place where the line must be lifted: where, of which kind, and the values seen close by on either side.

    `left` and `right` are the values next to the break (None where f is undefined on that side; ±inf at a pole);
    `value` is f at the very point (None where it is undefined). Figures draw open and closed circles from them.
    """

    at: float
    kind: BreakKind
    left: float | None
    right: float | None
    value: float | None


@dataclass(frozen=True, slots=True)
class Curve:
    """A curve sampled for a window: segments to draw, breaks to mark, and what it cost."""

    segments: tuple[Segment, ...]
    breaks: tuple[Break, ...]
    evaluations: int
    x: tuple[float, float]
    y: tuple[float, float]
    pixels: tuple[int, int]
    left_out: str | None = None
