"""The point that is dragged along the curve in the browser, and the window that is zoomed there.

The component draws over the plotly chart in the container of key ``chart`` and calls back on release.
Nothing is sent while the pointer moves.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from derivlab.figures.palette import Palette
from ui.drag import with_shared

_HERE = Path(__file__).parent
_SCRIPTS = ("hermite.js", "chart.js", "readout.js", "point.js", "window.js", "overlay.js")


@dataclass(frozen=True, slots=True)
class Reading:
    """A curve that the pointer reads: the ``role`` of its trace, its order, its label and colour."""

    role: str
    order: int
    label: str
    color: str


@dataclass(frozen=True, slots=True)
class Handle:
    """What the overlay needs beyond the chart itself.

    ``x``, ``y``, ``slope`` are of the point now (None where undefined). ``main`` is the role of the trace
    that the point runs along, ``slopes`` the derivatives at the samples by role, None in gaps. ``special``
    are points that the handle snaps to, ``rest`` is the height at which it waits where y is undefined.
    """

    chart: str
    main: str
    name: str
    slope_name: str
    variable: str
    label: str
    x: float
    y: float | None
    rest: float | None
    slope: float | None
    curves: tuple[Reading, ...]
    slopes: dict[str, list[float | None]]
    special: tuple[float, ...]


@cache
def _component() -> Any:
    return st.components.v2.component(
        "derivlab_point",
        html=(_HERE / "overlay.html").read_text("utf-8"),
        css=(_HERE / "overlay.css").read_text("utf-8"),
        js=with_shared(_HERE, _SCRIPTS),
    )


def overlay(
    handle: Handle, colors: Palette, *, key: str, on_moved: Callable[[], None], on_view: Callable[[], None]
) -> None:
    """Mount it. In the callbacks ``st.session_state[key]`` has ``moved`` (x) or ``view`` ({x, y} or {automatic})."""
    data = asdict(handle)
    data["colors"] = {
        "background": colors.background,
        "text": colors.text,
        "muted": colors.muted,
        "grid": colors.grid,
        "point": colors.point.color,
    }
    _component()(key=key, data=data, on_moved_change=on_moved, on_view_change=on_view)
