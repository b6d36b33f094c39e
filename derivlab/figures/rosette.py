"""The slope in every direction around a point, as a polar chart."""

from __future__ import annotations

from typing import Any

import numpy as np

from derivlab.figures.look import FONT
from derivlab.figures.numbers import text
from derivlab.figures.packed import pack
from derivlab.figures.palette import Palette
from derivlab.figures.plane import Figure, Floats, italic
from derivlab.multivariable.directional import Rosette


def rosette_figure(
    rosette: Rosette, colors: Palette, *, chosen: float | None = None, height: int = 300
) -> Figure:
    """Rising directions as a full line, falling ones dashed, both by the size of the slope; the steepest
    and the chosen marked.
    """
    degrees = np.rad2deg(rosette.angles)
    rising = np.where(rosette.slopes >= 0, rosette.slopes, np.nan)
    falling = np.where(rosette.slopes <= 0, -rosette.slopes, np.nan)
    data: list[dict[str, Any]] = [
        _line(degrees, rising, "rises", {"color": colors.text, "width": 2.25}),
        _line(degrees, falling, "falls", {"color": colors.muted, "width": 2.25, "dash": "dash"}),
    ]
    top = float(np.nanmax(np.abs(rosette.slopes), initial=0.0)) or 1.0
    if rosette.steepest_angle is not None:
        data.append(
            _ray(
                rosette.steepest_angle,
                top,
                f"steepest: {text(top, digits=5)}",
                colors.orders[1].color,
                "solid",
            )
        )
    if chosen is not None:
        slope = float(np.interp(chosen % (2 * np.pi), rosette.angles, rosette.slopes))
        data.append(
            _ray(chosen, abs(slope), f"chosen: {text(slope, digits=5)}", colors.orders[2].color, "solid")
        )
    axis = {
        "gridcolor": colors.grid,
        "linecolor": colors.axis,
        "tickfont": {"size": 11, "color": colors.muted},
    }
    return {
        "data": data,
        "layout": {
            "template": {"data": {}},
            "height": height,
            "margin": {"l": 40, "r": 40, "t": 24, "b": 24},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "font": {"family": FONT, "size": 13, "color": colors.text},
            "polar": {
                "bgcolor": "rgba(0,0,0,0)",
                "radialaxis": {**axis, "range": [0, 1.08 * top], "nticks": 4, "angle": 22.5},
                "angularaxis": {
                    **axis,
                    "tickvals": [0, 90, 180, 270],
                    "ticktext": [f"+{italic(rosette.variables[0])}", f"+{italic(rosette.variables[1])}"]
                    + [f"−{italic(name)}" for name in rosette.variables],
                },
            },
            "legend": {"x": 1.02, "y": 1, "font": {"size": 12}, "itemclick": False, "itemdoubleclick": False},
            "uirevision": "kept",
        },
    }


def _line(degrees: Floats, size: Floats, name: str, stroke: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "scatterpolar",
        "mode": "lines",
        "name": name,
        "theta": pack(degrees),
        "r": pack(size),
        "line": stroke,
        "hoverinfo": "skip",
    }


def _ray(angle: float, length: float, name: str, color: str, dash: str) -> dict[str, Any]:
    degrees = float(np.rad2deg(angle))
    return {
        "type": "scatterpolar",
        "mode": "lines+markers",
        "name": name,
        "theta": [degrees, degrees],
        "r": [0, length],
        "line": {"color": color, "width": 3, "dash": dash},
        "marker": {"size": [0, 9], "color": color},
        "hoverinfo": "skip",
    }
