"""Sampled curves as a plotly figure: a plain dict, ready to be sent.

Nothing is computed here but pixels' worth of geometry: the curves, breaks, tangent and marks come as records.
The browser finds each trace by its ``meta``, which says its role.
"""

from __future__ import annotations

from typing import Any, TypeAlias

from derivlab.figures.curve_layout import ends, layout_of
from derivlab.figures.curve_marks import circles, marks, point, strip, stroke, trace
from derivlab.figures.palette import Palette
from derivlab.figures.polyline import polyline
from derivlab.figures.scene import Drawn, Scene, role_of

Figure: TypeAlias = dict[str, Any]


def curve_figure(scene: Scene, colors: Palette) -> Figure:
    """The figure of ``scene`` in these colours."""
    data = [_line(drawn, rank) for rank, drawn in reversed(list(enumerate(scene.curves, 1)))]
    data.extend(circles(scene.curves, colors))
    if scene.taylor is not None:
        label, xs, ys = scene.taylor
        data.append(trace("taylor", xs, ys, name=label, line=stroke(colors.taylor, 2)))
    data.extend(marks(scene.marks, colors))
    if scene.tangent is not None:
        xs, ys = ends(scene.tangent, scene.x, scene.y)
        data.append(
            trace("tangent", xs, ys, name="tangent", legendrank=1000, line=stroke(colors.tangent, 1.75))
        )
    data.extend(strip(scene, colors))
    data.extend(point(scene, colors))
    return {"data": data, "layout": layout_of(scene, colors)}


def _line(drawn: Drawn, rank: int) -> dict[str, Any]:
    """All segments as one trace, smooth at its bends, with a gap between one and the next."""
    line = polyline(drawn.curve, drawn.row)
    return trace(
        role_of(drawn),
        line.x,
        line.y,
        name=drawn.label,
        legendrank=rank,
        line={**stroke(drawn.style, drawn.width), "simplify": False},
        connectgaps=False,
    )
