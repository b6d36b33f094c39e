"""Axes, legend, shading and asymptotes of the chart of curves."""

from __future__ import annotations

import math
from typing import Any

from derivlab.figures.look import axis_look, layout_look, legend_look
from derivlab.figures.palette import Palette
from derivlab.figures.plane import italic
from derivlab.figures.scene import Line, Scale, Scene


def layout_of(scene: Scene, colors: Palette) -> dict[str, Any]:
    """The layout of the figure of ``scene``."""
    axis = axis_look(colors) | {"ticks": "", "separatethousands": False, "showspikes": False}
    x_axis = {**axis, "type": scene.x_scale, "range": _range(scene.x, scene.x_scale)}
    x_axis["title"] = {"text": italic(scene.variable), "font": {"size": 13}, "standoff": 4}
    y_axis = {**axis, "type": scene.y_scale, "range": _range(scene.y, scene.y_scale)}
    for axis_of, ends_of, scale in ((x_axis, scene.x, scene.x_scale), (y_axis, scene.y, scene.y_scale)):
        if scale == "log":
            low, high = _range(ends_of, scale)
            axis_of["dtick"] = 1 if high - low >= 2 else "D2"
    if scene.equal and scene.x_scale == scene.y_scale == "linear":
        y_axis |= {"scaleanchor": "x", "scaleratio": 1}
    return {
        **layout_look(colors, scene.height),
        "margin": {"l": 46, "r": 12, "t": 10, "b": 38},
        "xaxis": x_axis,
        "yaxis": y_axis,
        "showlegend": True,
        "legend": legend_look(),
        "shapes": [*_shading(scene, colors), *_asymptotes(scene, colors)],
    }


def _range(window: tuple[float, float], scale: Scale) -> list[float]:
    lo, hi = window
    if scale == "linear":
        return [lo, hi]
    top = hi if hi > 0 else 1.0
    bottom = lo if lo > 0 else top / 1000
    return [math.log10(bottom), math.log10(top)]


def _shading(scene: Scene, colors: Palette) -> list[dict[str, Any]]:
    """Bands where f rises and falls; the first of each sign stands in the legend."""
    tints = {1: colors.increase, -1: colors.decrease}
    words = {1: f"{scene.name} rises", -1: f"{scene.name} falls"}
    first = {band.sign: band for band in reversed(scene.bands)}
    return [
        {
            "type": "rect",
            "xref": "x",
            "yref": "paper",
            "x0": band.lo,
            "x1": band.hi,
            "y0": 0,
            "y1": 1,
            "layer": "below",
            "line": {"width": 0},
            "fillcolor": tints[band.sign],
            "opacity": 0.18 if colors.dark else 0.1,
            "name": words[band.sign],
            "showlegend": band is first[band.sign],
            "legendrank": 1800,
            "label": {
                "text": "↗" if band.sign > 0 else "↘",
                "textposition": "bottom center",
                "font": {"size": 18, "color": tints[band.sign]},
            },
        }
        for band in scene.bands
        if band.sign in tints
    ]


def _asymptotes(scene: Scene, colors: Palette) -> list[dict[str, Any]]:
    shapes: list[dict[str, Any]] = []
    for line in scene.asymptotes[:60]:
        place: dict[str, Any]
        if line.at is not None:
            place = {"xref": "x", "yref": "paper", "x0": line.at, "x1": line.at, "y0": 0, "y1": 1}
        else:
            xs, ys = ends(line, scene.x, scene.y)
            place = {"xref": "x", "yref": "y", "x0": xs[0], "x1": xs[1], "y0": ys[0], "y1": ys[1]}
        shapes.append(
            {
                "type": "line",
                **place,
                "layer": "between",
                "name": "asymptote",
                "showlegend": not shapes,
                "legendrank": 1100,
                "line": {"color": colors.asymptote.color, "dash": colors.asymptote.dash, "width": 1.25},
            }
        )
    return shapes


def ends(
    line: Line, window: tuple[float, float], heights: tuple[float, float]
) -> tuple[list[float], list[float]]:
    """A straight line from one window's width left of the window to one right of it, for panning."""
    if line.at is not None:
        bottom, top = heights
        return [line.at, line.at], [bottom - (top - bottom), top + (top - bottom)]
    lo, hi = window
    xs = [lo - (hi - lo), hi + (hi - lo)]
    return xs, [line.slope * x + line.intercept for x in xs]
