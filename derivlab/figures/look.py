"""The look that all flat charts share: axes, font, hover labels, legend."""

from __future__ import annotations

from typing import Any

from derivlab.figures.palette import Palette

FONT = "system-ui, -apple-system, Segoe UI, Roboto, sans-serif"


def axis_look(colors: Palette) -> dict[str, Any]:
    """An axis without its title and range."""
    return {
        "gridcolor": colors.grid,
        "zerolinecolor": colors.axis,
        "zerolinewidth": 1.25,
        "linecolor": colors.grid,
        "tickfont": {"size": 12, "color": colors.muted},
        "automargin": True,
        "exponentformat": "power",
        "minexponent": 5,
    }


def layout_look(colors: Palette, height: int) -> dict[str, Any]:
    """A layout without axes, margins and legend: nothing is painted behind it, the left button pans."""
    return {
        "template": {"data": {}},
        "height": height,
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": FONT, "size": 13, "color": colors.text},
        "dragmode": "pan",
        "hovermode": "closest",
        "hoverlabel": {
            "bgcolor": colors.background,
            "bordercolor": colors.axis,
            "font": {"color": colors.text},
        },
    }


def legend_look(*, at_right: bool = False) -> dict[str, Any]:
    """A legend in a row above the chart, at the left or the right; a click on it hides nothing."""
    return {
        "orientation": "h",
        "x": 1 if at_right else 0,
        "y": 1.0,
        "xanchor": "right" if at_right else "left",
        "yanchor": "bottom",
        "bgcolor": "rgba(0,0,0,0)",
        "font": {"size": 13},
        "itemclick": False,
        "itemdoubleclick": False,
    }
