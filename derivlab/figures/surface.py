"""The graph of f over two variables in space: surface, point, tangent plane, partial curves, path of a
descent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from derivlab.figures.look import FONT
from derivlab.figures.marks import Marked, Path
from derivlab.figures.numbers import text
from derivlab.figures.packed import pack
from derivlab.figures.palette import Palette, Style
from derivlab.figures.plane import Figure, Floats, Trace, italic, scale_of
from derivlab.figures.stretch import stretch_of
from derivlab.multivariable.view import Slice, Surface

PATCH = 0.24
"""Half the side of the tangent plane's patch, as a share of the window."""
PATCH_SIDE = 13
LIFT = 0.012
"""How far a walk is drawn above the surface, as a share of the heights, so that it does not sink in."""


@dataclass(frozen=True)
class Patch:
    """A second surface over a grid: the tangent plane, or the quadratic approximation."""

    name: str
    x: Floats
    y: Floats
    z: Floats


def patch_grid(
    surface: Surface, at: tuple[float, float], share: float = PATCH
) -> tuple[Floats, Floats, Floats]:
    """Ticks of a patch around a point (k,), (k,), and its places (k², 2), kept inside of the window."""
    ticks = []
    for centre, axis in zip(at, (surface.x, surface.y), strict=True):
        reach = share * float(axis[-1] - axis[0])
        ticks.append(np.linspace(max(axis[0], centre - reach), min(axis[-1], centre + reach), PATCH_SIDE))
    return ticks[0], ticks[1], np.stack(np.meshgrid(*ticks), axis=-1).reshape(-1, 2)


def surface_figure(
    surface: Surface,
    colors: Palette,
    *,
    name: str = "f",
    point: tuple[float, float, float] | None = None,
    patch: Patch | None = None,
    curves: Sequence[Slice] = (),
    marks: Sequence[Marked] = (),
    paths: Sequence[Path] = (),
    height: int = 470,
) -> Figure:
    """The surface with what is asked for on it; values beyond the shown range are cut off by the box."""
    low, high = surface.shown
    data: list[Trace] = [_sheet(surface, colors, name, see_through=patch is not None)]
    if patch is not None:
        data.append(_patch(patch, colors))
    if point is not None:
        for order, curve in enumerate(curves):
            data += _curve(surface, curve, point, colors, order)
        data.append(_dot(*point, colors.point, colors, size=7, name="the point"))
    if marks:
        data.append(_marks(marks, surface, colors))
    data += [_path(path, surface) for path in paths]
    room = 0.04 * (high - low)
    return {"data": data, "layout": _layout(surface, colors, name, (low - room, high + room), height)}


def _sheet(surface: Surface, colors: Palette, name: str, *, see_through: bool) -> Trace:
    low, high = surface.shown
    stretch = stretch_of(surface)
    rows = zip((*surface.axes, name), ("x:.4", "y:.4", "z:.6"), strict=True)
    hover = "<br>".join(f"{label} = %{{{number}~g}}" for label, number in rows) + "<extra></extra>"
    return {
        "type": "surface",
        "meta": "sheet",
        "x": pack(surface.x),
        "y": pack(surface.y),
        "z": pack(surface.z),
        "surfacecolor": pack(stretch.apply(np.clip(surface.z, low, high))),
        "cmin": float(stretch.apply(np.array(low))),
        "cmax": float(stretch.apply(np.array(high))),
        "colorscale": scale_of(colors.scale),
        "showscale": False,
        "opacity": 0.88 if see_through else 1.0,
        "lighting": {"ambient": 0.72, "diffuse": 0.55, "specular": 0.08, "roughness": 0.9},
        "contours": {
            "z": {
                "show": True,
                "start": low,
                "end": high,
                "size": (high - low) / 14,
                "color": colors.background,
                "width": 1,
                "highlight": False,
            },
            "x": {"highlight": False},
            "y": {"highlight": False},
        },
        "hovertemplate": hover,
    }


def _patch(patch: Patch, colors: Palette) -> Trace:
    color = colors.tangent.color
    return {
        "type": "surface",
        "meta": "patch",
        "name": patch.name,
        "x": pack(patch.x),
        "y": pack(patch.y),
        "z": pack(patch.z),
        "colorscale": [[0, color], [1, color]],
        "showscale": False,
        "opacity": 0.42,
        "lighting": {"ambient": 0.9, "diffuse": 0.2, "specular": 0.0},
        "contours": {"x": {"highlight": False}, "y": {"highlight": False}, "z": {"highlight": False}},
        "hoverinfo": "skip",
    }


def _curve(
    surface: Surface, curve: Slice, point: tuple[float, float, float], colors: Palette, order: int
) -> list[Trace]:
    """A partial curve, its tangent, and the upright plane in which both lie."""
    style = colors.orders[order + 1]
    is_first = curve.variable == surface.axes[0]
    other = np.full_like(curve.x, point[1 if is_first else 0])
    low, high = surface.shown
    inside = (curve.y >= low - 0.05 * (high - low)) & (curve.y <= high + 0.05 * (high - low))
    z = np.where(inside, curve.y, np.nan)
    x, y = (curve.x, other) if is_first else (other, curve.x)
    traces: list[Trace] = [
        {
            "type": "scatter3d",
            "mode": "lines",
            "meta": f"curve{order}",
            "x": pack(x),
            "y": pack(y),
            "z": pack(z),
            "line": {"color": style.color, "width": 6},
            "hoverinfo": "skip",
        }
    ]
    ends = np.array([curve.x[0], curve.x[-1]])
    flat = np.full(2, other[0])
    wall_x = np.stack([ends, ends]) if is_first else np.tile(flat, (2, 1))
    wall_y = np.tile(flat, (2, 1)) if is_first else np.stack([ends, ends])
    traces.append(
        {
            "type": "surface",
            "meta": f"wall{order}",
            "x": pack(wall_x),
            "y": pack(wall_y),
            "z": pack(np.array([[low, low], [high, high]])),
            "colorscale": [[0, style.color], [1, style.color]],
            "showscale": False,
            "opacity": 0.13,
            "contours": {"x": {"highlight": False}, "y": {"highlight": False}, "z": {"highlight": False}},
            "hoverinfo": "skip",
        }
    )
    return traces


def _dot(x: float, y: float, z: float, style: Style, colors: Palette, size: float, name: str) -> Trace:
    return {
        "type": "scatter3d",
        "mode": "markers",
        "meta": name,
        "x": [x],
        "y": [y],
        "z": [z],
        "marker": {"size": size, "color": style.color, "line": {"color": colors.background, "width": 2}},
        "hoverinfo": "skip",
    }


def _marks(marks: Sequence[Marked], surface: Surface, colors: Palette) -> Trace:
    low, high = surface.shown
    return {
        "type": "scatter3d",
        "mode": "markers",
        "meta": "marks",
        "x": [mark.x for mark in marks],
        "y": [mark.y for mark in marks],
        "z": [mark.z + LIFT * (high - low) for mark in marks],
        "marker": {
            "size": 5,
            "symbol": [mark.symbol for mark in marks],
            "color": colors.background,
            "line": {"color": colors.text, "width": 3},
        },
        "text": [f"{mark.label}<br>{text(mark.z, digits=6)}" for mark in marks],
        "hoverinfo": "text",
    }


def _path(path: Path, surface: Surface) -> Trace:
    inside = np.ones(len(path.x), dtype=np.bool_)
    for walked, ticks in ((path.x, surface.x), (path.y, surface.y)):
        inside &= (walked >= ticks[0]) & (walked <= ticks[-1])
    return {
        "type": "scatter3d",
        "mode": "lines+markers",
        "meta": f"path-{path.name}",
        "x": pack(np.where(inside, path.x, np.nan)),
        "y": pack(np.where(inside, path.y, np.nan)),
        "z": pack(np.where(inside, path.z + LIFT * (surface.shown[1] - surface.shown[0]), np.nan)),
        "line": {"color": path.style.color, "width": 6},
        "marker": {"size": 3, "color": path.style.color},
        "hoverinfo": "skip",
    }


def _layout(
    surface: Surface, colors: Palette, name: str, shown: tuple[float, float], height: int
) -> dict[str, Any]:
    axis = {
        "gridcolor": colors.grid,
        "zerolinecolor": colors.axis,
        "linecolor": colors.axis,
        "showbackground": False,
        "showspikes": False,
        "tickfont": {"size": 11, "color": colors.muted},
        "exponentformat": "power",
        "nticks": 6,
    }
    titles = {
        "x": italic(surface.axes[0]),
        "y": italic(surface.axes[1]),
        "z": italic(name),
    }
    ranges = {
        "x": [float(surface.x[0]), float(surface.x[-1])],
        "y": [float(surface.y[0]), float(surface.y[-1])],
        "z": list(shown),
    }
    axes = {
        f"{letter}axis": {
            **axis,
            "title": {"text": titles[letter], "font": {"size": 15}},
            "range": ranges[letter],
        }
        for letter in "xyz"
    }
    return {
        "template": {"data": {}},
        "height": height,
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": FONT, "size": 13, "color": colors.text},
        "showlegend": False,
        "scene": {
            **axes,
            "aspectmode": "manual",
            "aspectratio": {"x": 1, "y": 1, "z": 0.75},
            "camera": {"eye": {"x": -1.12, "y": -1.28, "z": 0.84}, "center": {"x": 0, "y": 0, "z": -0.17}},
            "dragmode": "turntable",
            "uirevision": "kept",
        },
        "hoverlabel": {
            "bgcolor": colors.background,
            "bordercolor": colors.axis,
            "font": {"color": colors.text},
        },
        "uirevision": "kept",
    }
