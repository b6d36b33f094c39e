"""What all flat charts share: axes, fonts, legend, lines, arrows."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from derivlab.figures.look import axis_look, layout_look, legend_look
from derivlab.figures.packed import pack
from derivlab.figures.palette import Palette, Style

Figure: TypeAlias = dict[str, Any]
Trace: TypeAlias = dict[str, Any]
Floats: TypeAlias = NDArray[np.float64]


def italic(name: str) -> str:
    """A variable's name for plotly, which reads a little HTML: its letters, digits and underscores only."""
    return f"<i>{''.join(letter for letter in name if letter.isalnum() or letter == '_')}</i>"


def line(x: Floats, y: Floats, style: Style, width: float = 2.0, **more: Any) -> Trace:
    """A line through points; NaN is a gap."""
    return {
        "type": "scatter",
        "mode": "lines",
        "x": pack(x),
        "y": pack(y),
        "line": {"color": style.color, "dash": style.dash, "width": width, "simplify": False},
        "hoverinfo": "skip",
        **more,
    }


def dots(x: Floats, y: Floats, style: Style, background: str, size: float = 11, **more: Any) -> Trace:
    """Markers with a rim of the background's colour."""
    return {
        "type": "scatter",
        "mode": "markers",
        "x": pack(x),
        "y": pack(y),
        "marker": {
            "size": size,
            "color": style.color,
            "symbol": style.symbol,
            "line": {"color": background, "width": 2},
        },
        "hoverinfo": "skip",
        "showlegend": False,
        **more,
    }


def arrow(
    tail: tuple[float, float], head: tuple[float, float], color: str, width: float = 2.5
) -> dict[str, Any]:
    """One arrow in the chart's coordinates, as an annotation."""
    return {
        "x": head[0],
        "y": head[1],
        "ax": tail[0],
        "ay": tail[1],
        "xref": "x",
        "yref": "y",
        "axref": "x",
        "ayref": "y",
        "showarrow": True,
        "arrowhead": 2,
        "arrowsize": 1,
        "arrowwidth": width,
        "arrowcolor": color,
        "standoff": 0,
        "text": "",
    }


def quiver(tails: Floats, heads: Floats, aspect: float = 1.0) -> tuple[Floats, Floats]:
    """Many small arrows as one line: x and y with gaps; ``aspect`` is a unit of y by a unit of x on the
    screen.
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        along = (heads - tails) * [1.0, aspect]
        length = np.linalg.norm(along, axis=1, keepdims=True)
        unit = np.where(length > 0, along / length, 0.0)
    across = np.stack([-unit[:, 1], unit[:, 0]], axis=1)
    barb = 0.32 * length
    left = heads + (-barb * unit + 0.5 * barb * across) / [1.0, aspect]
    right = heads + (-barb * unit - 0.5 * barb * across) / [1.0, aspect]
    gap = np.full_like(tails, np.nan)
    path = np.stack([tails, heads, left, heads, right, gap], axis=1).reshape(-1, 2)
    return path[:, 0], path[:, 1]


def plane(
    data: list[Trace],
    colors: Palette,
    *,
    x: str = "x",
    y: str = "y",
    x_range: tuple[float, float] | None = None,
    y_range: tuple[float, float] | None = None,
    height: int = 420,
    equal: bool = False,
    toward: str = "center",
    legend: bool = True,
    annotations: list[dict[str, Any]] | None = None,
    title: str = "",
) -> Figure:
    """A flat chart; titles of axes are plotly's little HTML, made by ``italic``."""
    axis = axis_look(colors)
    x_axis = {**axis, "title": {"text": x, "font": {"size": 14}, "standoff": 4}}
    y_axis = {**axis, "title": {"text": y, "font": {"size": 14}, "standoff": 4}}
    if x_range is not None:
        x_axis["range"] = list(x_range)
    if y_range is not None:
        y_axis["range"] = list(y_range)
    if equal:
        y_axis |= {"scaleanchor": "x", "scaleratio": 1, "constrain": "domain"}
        x_axis |= {"constrain": "domain", "constraintoward": toward}
    return {
        "data": data,
        "layout": {
            **layout_look(colors, height),
            "margin": {"l": 46, "r": 12, "t": 34 if title or legend else 10, "b": 40},
            "xaxis": x_axis,
            "yaxis": y_axis,
            "title": {"text": title, "font": {"size": 14}, "x": 0.02, "y": 0.98, "yanchor": "top"}
            if title
            else {},
            "showlegend": legend,
            "legend": legend_look(at_right=bool(title)),
            "annotations": annotations or [],
            "uirevision": "kept",
        },
    }


def translucent(color: str, alpha: float) -> str:
    """A ``#RRGGBB`` colour, partly transparent."""
    red, green, blue = (int(color[place : place + 2], 16) for place in (1, 3, 5))
    return f"rgba({red},{green},{blue},{alpha:g})"


def scale_of(stops: tuple[str, ...]) -> list[list[Any]]:
    """Colours from low to high as plotly's colour scale."""
    return [[place / (len(stops) - 1), color] for place, color in enumerate(stops)]
