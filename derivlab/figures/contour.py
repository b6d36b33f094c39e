"""The map of f over two variables: level lines, gradient, field, point, marks, constraint, path."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from derivlab.figures.marks import Marked, Path, Pointer
from derivlab.figures.numbers import text
from derivlab.figures.packed import pack
from derivlab.figures.palette import Palette, Style
from derivlab.figures.plane import (
    Figure,
    Floats,
    Trace,
    arrow,
    dots,
    italic,
    line,
    plane,
    quiver,
    scale_of,
    translucent,
)
from derivlab.figures.stretch import Stretch, stretch_of
from derivlab.multivariable.view import Surface

LEVELS = 14
ARROW = 0.16
"""Length of the gradient's arrow, as a share of the window."""
PLAYER = 52
"""Pixels above the map for the bar that plays walks."""
STRETCHED = 5.0
"""Windows up to so many times longer than wide have one scale on both axes, so that right angles are right
angles.
"""


def contour_figure(
    surface: Surface,
    colors: Palette,
    *,
    name: str = "f",
    point: tuple[float, float] | None = None,
    gradient: tuple[float, float] | None = None,
    direction: tuple[float, float] | None = None,
    level: float | None = None,
    field: bool = False,
    lines: Sequence[Floats] = (),
    marks: Sequence[Marked] = (),
    axes_at_point: tuple[Floats, Floats] | None = None,
    arrows: Sequence[Pointer] = (),
    paths: Sequence[Path] = (),
    height: int = 440,
) -> Figure:
    """The map with what is asked for on it.

    ``gradient`` and ``direction`` are drawn as arrows from the point, ``level`` as the level line through
    it, ``lines`` as curves (a constraint), ``arrows`` as further ones, ``axes_at_point`` as the principal
    directions with their eigenvalues.
    """
    stretch = stretch_of(surface)
    data: list[Trace] = [_levels(surface, colors, stretch, name)]
    spans = (float(surface.x[-1] - surface.x[0]), float(surface.y[-1] - surface.y[0]))
    annotations: list[dict[str, Any]] = []
    if field:
        data += _field(surface, spans)
    if level is not None and np.isfinite(level):
        data.append(_level_line(surface, colors, stretch, level))
    for piece in lines:
        data += _outlined(piece, colors.orders[3], colors, "constraint")
    data += [_path(path, colors) for path in paths]
    annotations += [
        _arrow(each.tail, each.along, spans, each.color, each.share) for each in arrows if any(each.along)
    ]
    if marks:
        data.append(_marks(marks, colors))
    if point is not None:
        if axes_at_point is not None:
            data += _cross(point, axes_at_point, spans, colors)
        if direction is not None and any(direction):
            annotations.append(_arrow(point, direction, spans, colors.orders[2].color))
        if gradient is not None and any(gradient) and np.isfinite(gradient).all():
            annotations.append(_arrow(point, gradient, spans, colors.orders[1].color))
        data.append(
            dots(
                np.array([point[0]]), np.array([point[1]]), colors.point, colors.background, 13, meta="point"
            )
        )
    x_range, y_range = ((float(ticks[0]), float(ticks[-1])) for ticks in (surface.x, surface.y))
    figure = plane(
        data,
        colors,
        x=italic(surface.axes[0]),
        y=italic(surface.axes[1]),
        x_range=x_range,
        y_range=y_range,
        height=height,
        legend=False,
        toward="right",
        equal=1 / STRETCHED <= spans[0] / spans[1] <= STRETCHED,
        annotations=annotations,
    )
    if paths:
        figure["layout"]["margin"]["t"] = PLAYER
    return figure


def _levels(surface: Surface, colors: Palette, stretch: Stretch, name: str) -> Trace:
    low, high = (float(stretch.apply(np.array(end))) for end in surface.shown)
    step = (high - low) / LEVELS
    ticks = np.linspace(low, high, 5)
    cut = np.clip(surface.z, *surface.shown) if np.isfinite(surface.z).any() else surface.z
    return {
        "type": "contour",
        "meta": "levels",
        "x": pack(surface.x),
        "y": pack(surface.y),
        "z": pack(stretch.apply(cut)),
        "zmin": low,
        "zmax": high,
        "autocontour": False,
        "contours": {"start": low + step / 2, "end": high - step / 2, "size": step, "coloring": "heatmap"},
        "line": {"color": translucent(colors.background, 0.55), "width": 1},
        "colorscale": scale_of(colors.scale),
        "colorbar": {
            "thickness": 10,
            "outlinewidth": 0,
            "tickmode": "array",
            "tickvals": ticks.tolist(),
            "ticktext": [text(stretch.undo(float(tick)), digits=3) for tick in ticks],
            "tickfont": {"size": 11, "color": colors.muted},
            "title": {"text": italic(name), "side": "top"},
            "x": 1.01,
        },
        "hoverinfo": "skip",
        "name": name,
        "customdata": [stretch.sign, stretch.floor, stretch.unit],
    }


def _level_line(surface: Surface, colors: Palette, stretch: Stretch, level: float) -> Trace:
    """The level line through the point, stronger than the others."""
    del stretch
    return {
        "type": "contour",
        "meta": "level",
        "x": pack(surface.x),
        "y": pack(surface.y),
        "z": pack(surface.z),
        "autocontour": False,
        "contours": {"start": level, "end": level, "size": 1, "coloring": "none"},
        "line": {"color": colors.point.color, "width": 2.25},
        "showscale": False,
        "hoverinfo": "skip",
    }


def _field(surface: Surface, spans: tuple[float, float]) -> list[Trace]:
    """The gradient at a grid of places: equal scale along both axes, the longest as long as a cell."""
    step = np.array(spans) / np.sqrt(len(surface.arrows))
    with np.errstate(all="ignore"):
        pixels = surface.field / np.array(spans)
        length = np.linalg.norm(pixels, axis=1)
        usable = np.isfinite(length) & (length > 0)
        typical = float(np.quantile(length[usable], 0.9)) if usable.any() else 1.0
        shown = np.clip(length / typical, 0.0, 1.0) ** 0.5
        along = np.where(usable[:, None], pixels / length[:, None], np.nan)
    heads = surface.arrows + along * (0.85 * shown[:, None]) * step
    x, y = quiver(surface.arrows, heads, spans[0] / spans[1])
    # The map is dark at one end and pale at the other, in both modes: dark arrows with a light rim are seen on all of it.
    return [
        line(x, y, Style("#FFFFFF", "solid", "circle"), 3.5, meta="field-rim", opacity=0.5),
        line(x, y, Style("#1B2430", "solid", "circle"), 1.4, meta="field", opacity=0.9),
    ]


def _arrow(
    point: tuple[float, float],
    along: tuple[float, float],
    spans: tuple[float, float],
    color: str,
    size: float = 1.0,
) -> dict[str, Any]:
    """An arrow of a length that can be seen, in its true direction in the window's units."""
    length = float(np.hypot(along[0] / spans[0], along[1] / spans[1]))
    share = size * ARROW / length
    return arrow(point, (point[0] + share * along[0], point[1] + share * along[1]), color, 3.0)


def _outlined(piece: Floats, style: Style, colors: Palette, name: str) -> list[Trace]:
    halo = Style(colors.background, "solid", style.symbol)
    return [
        line(piece[:, 0], piece[:, 1], halo, 5.5, meta=f"{name}-halo"),
        line(piece[:, 0], piece[:, 1], style, 3, meta=name),
    ]


def _path(path: Path, colors: Palette) -> Trace:
    solid = Style(path.style.color, "solid", path.style.symbol)
    walk = line(path.x, path.y, solid, 2.5, meta=f"path-{path.name}", mode="lines+markers", name=path.name)
    walk["marker"] = {
        "size": 7,
        "maxdisplayed": 30,
        "color": path.style.color,
        "symbol": path.style.symbol,
        "line": {"color": colors.background, "width": 1},
    }
    return walk


def _marks(marks: Sequence[Marked], colors: Palette) -> Trace:
    return {
        "type": "scatter",
        "mode": "markers",
        "meta": "marks",
        "x": [mark.x for mark in marks],
        "y": [mark.y for mark in marks],
        "marker": {
            "size": 12,
            "symbol": [mark.symbol for mark in marks],
            "color": colors.background,
            "line": {"color": colors.text, "width": 2},
        },
        "text": [mark.label for mark in marks],
        "hoverinfo": "text",
    }


def _cross(
    point: tuple[float, float], axes: tuple[Floats, Floats], spans: tuple[float, float], colors: Palette
) -> list[Trace]:
    """The principal directions as a cross through the point."""
    directions, eigenvalues = axes
    traces = []
    for direction, eigenvalue in zip(directions, eigenvalues, strict=True):
        share = 0.13 / float(np.hypot(direction[0] / spans[0], direction[1] / spans[1]))
        ends = np.array([point - share * direction, point + share * direction])
        style = Style(colors.increase if eigenvalue >= 0 else colors.decrease, "solid", "circle")
        traces += [
            line(ends[:, 0], ends[:, 1], Style(colors.background, "solid", "circle"), 7, meta="cross"),
            line(ends[:, 0], ends[:, 1], style, 4, meta="cross"),
        ]
    return traces
