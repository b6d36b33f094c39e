"""What the linked pictures of f over two of its variables show: the surface, the gradient field, the
slices.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from derivlab.errors import InputError
from derivlab.expression.function import Function
from derivlab.memory import remembered, weight_of
from derivlab.multivariable.batch import Floats, columns_of, gradients, point_of, spread, values

SIDE = 73
"""Points along each side of the surface: cells of some 6 pixels, below which the eye sees no difference."""
ARROWS = 13
SLICE = 241


@dataclass(frozen=True)
class Slice:
    """f along one axis through the point: ``x`` (m,), ``y`` (m,); at the point ``here``, ``value`` and
    ``slope``.
    """

    variable: str
    x: Floats
    y: Floats
    here: float
    value: float
    slope: float


@dataclass(frozen=True)
class Surface:
    """f over a window of two variables: ``x`` (m,), ``y`` (m,), ``z`` (m, m) with z[j, i] = f(x[i], y[j]).

    ``arrows`` (k, 2) are places of a coarser grid and ``field`` (k, 2) the gradient there. ``shown`` is the
    range of f that a picture should show: all of it, without spikes. ``defined`` is the share of the window
    in which f has a value.
    """

    axes: tuple[str, str]
    x: Floats
    y: Floats
    z: Floats
    arrows: Floats
    field: Floats
    shown: tuple[float, float]
    defined: float

    @property
    def window(self) -> dict[str, tuple[float, float]]:
        """(low, high) of each axis."""
        ends = ((float(ticks[0]), float(ticks[-1])) for ticks in (self.x, self.y))
        return dict(zip(self.axes, ends, strict=True))


def surface(f: Function, window: Mapping[str, tuple[float, float]], at: Mapping[str, float]) -> Surface:
    """f over a window of two of its variables, the others held at ``at``. Raises InputError for an empty
    window.
    """
    for name, (low, high) in window.items():
        if not (np.isfinite(low) and np.isfinite(high) and low < high):
            raise InputError(
                f"The window of {name} runs from {low:g} to {high:g}.",
                hint="Its left end must be below its right end.",
            )
    if len(window) != 2:
        raise InputError("A surface needs two variables.")
    columns_of(f, tuple(window))
    held = tuple((name, float(at[name])) for name in f.variables if name not in window)
    return _surface(f, tuple((name, float(low), float(high)) for name, (low, high) in window.items()), held)


@remembered(lambda found, f, *_: weight_of(f.tree, f.tree, f.tree, found.z, found.arrows, found.field))
def _surface(
    f: Function, window: tuple[tuple[str, float, float], ...], held: tuple[tuple[str, float], ...]
) -> Surface:
    axes = (window[0][0], window[1][0])
    columns = columns_of(f, axes)
    point = np.array([dict(held).get(name, 0.0) for name in f.variables])
    x, y = (np.linspace(low, high, SIDE) for _, low, high in window)
    places = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
    z = values(f, spread(point, columns, places)).reshape(SIDE, SIDE)
    inner = (np.arange(ARROWS) + 0.5) / ARROWS
    coarse = [low + (high - low) * inner for _, low, high in window]
    arrows = np.stack(np.meshgrid(*coarse), axis=-1).reshape(-1, 2)
    _, field = gradients(f, spread(point, columns, arrows), columns)
    return Surface(axes, x, y, z, arrows, field, _shown(z), float(np.mean(np.isfinite(z))))


def slices(
    f: Function, window: Mapping[str, tuple[float, float]], at: Mapping[str, float]
) -> tuple[Slice, ...]:
    """f along each of the window's variables through the point ``at``, all other variables held there."""
    point = point_of(f, at)
    found = []
    for name, (low, high) in window.items():
        column = columns_of(f, (name,))
        here = float(point[column[0]])
        x = np.linspace(min(low, here), max(high, here), SLICE)
        y = values(f, spread(point, column, x[:, None]))
        value, slope = gradients(f, point[None, :], column)
        found.append(Slice(name, x, y, here, float(value[0]), float(slope[0, 0])))
    return tuple(found)


def _shown(z: Floats) -> tuple[float, float]:
    """The range to show: of all values, or of the bulk of them where a pole or a steep wall would hide it."""
    finite = z[np.isfinite(z)]
    if not len(finite):
        return -1.0, 1.0
    low, first, last, high = (float(number) for number in np.quantile(finite, [0.0, 0.02, 0.98, 1.0]))
    bulk = last - first
    if high - last > 4 * bulk:
        high = last + 0.5 * bulk
    if first - low > 4 * bulk:
        low = first - 0.5 * bulk
    if high - low <= 1e-12 * max(1.0, abs(low), abs(high)):
        room = max(1.0, abs(low)) * 0.5
        return low - room, high + room
    return low, high
