"""What one chart of curves shows: the records that the figure is drawn from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from derivlab.curves.curve import Curve
from derivlab.figures.palette import Style

Scale = Literal["linear", "log"]


@dataclass(frozen=True, slots=True)
class Drawn:
    """One curve of the chart, sampled for row ``row`` of its values; ``label`` stands in the legend."""

    curve: Curve
    row: int
    label: str
    style: Style
    width: float = 2.5


@dataclass(frozen=True, slots=True)
class Mark:
    """A point of interest: where, what it is in a word, and the rest of the sentence for the hover."""

    x: float
    y: float
    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line y = ``slope`` x + ``intercept``, or x = ``at`` where that is given."""

    slope: float = 0.0
    intercept: float = 0.0
    at: float | None = None


@dataclass(frozen=True, slots=True)
class Band:
    """A stretch of x on which f rises (``sign`` 1), falls (−1) or stays (0)."""

    lo: float
    hi: float
    sign: int


@dataclass(frozen=True, slots=True)
class Scene:
    """All that one chart shows. ``point`` is (x, f(x)); ``tangent`` only where there is a derivative.

    ``rough`` are the points without a derivative, ``undefined`` the stretches without a value: both are
    marked along the lower edge, whatever the curve does.
    """

    curves: tuple[Drawn, ...]
    x: tuple[float, float]
    y: tuple[float, float]
    variable: str = "x"
    name: str = "f"
    point: tuple[float, float] | None = None
    slopes: tuple[tuple[Style, float], ...] = ()
    tangent: Line | None = None
    taylor: tuple[str, Sequence[float], Sequence[float]] | None = None
    asymptotes: tuple[Line, ...] = ()
    marks: tuple[Mark, ...] = ()
    bands: tuple[Band, ...] = ()
    rough: tuple[Mark, ...] = ()
    undefined: tuple[tuple[float, float], ...] = ()
    x_scale: Scale = "linear"
    y_scale: Scale = "linear"
    equal: bool = False
    height: int = 490


def role_of(drawn: Drawn) -> str:
    """The ``meta`` of a curve's trace."""
    return f"curve:{drawn.row}:{drawn.label}"
