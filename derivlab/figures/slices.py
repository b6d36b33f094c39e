"""The two slices of f through the point, each with its tangent."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from derivlab.figures.palette import Palette
from derivlab.figures.plane import Figure, Trace, dots, italic, line, plane
from derivlab.multivariable.view import Slice


def slice_figure(
    curve: Slice,
    colors: Palette,
    *,
    order: int = 1,
    name: str = "f",
    held: Sequence[tuple[str, str]] = (),
    height: int = 260,
) -> Figure:
    """f along one variable with the tangent at the point; ``held`` names the other variables and their
    values.
    """
    finite = curve.y[np.isfinite(curve.y)]
    style = colors.orders[order]
    data: list[Trace] = [line(curve.x, curve.y, style, 2.5, name=name, meta="slice")]
    low, high = (float(finite.min()), float(finite.max())) if len(finite) else (-1.0, 1.0)
    if np.isfinite(curve.value) and np.isfinite(curve.slope):
        ends = np.array([curve.x[0], curve.x[-1]])
        data.append(
            line(ends, curve.value + curve.slope * (ends - curve.here), colors.tangent, 1.75, meta="tangent")
        )
    if np.isfinite(curve.value):
        here = np.array([curve.here]), np.array([curve.value])
        data.append(dots(*here, colors.point, colors.background, 12, meta="point"))
    room = 0.06 * (high - low) or 1.0
    fixed = ", ".join(f"{italic(variable)} = {value}" for variable, value in held)
    return plane(
        data,
        colors,
        x=italic(curve.variable),
        y="",
        x_range=(float(curve.x[0]), float(curve.x[-1])),
        y_range=(low - room, high + room),
        height=height,
        legend=False,
        title=f"{italic(name)} along {italic(curve.variable)}" + (f", with {fixed}" if fixed else ""),
    )
