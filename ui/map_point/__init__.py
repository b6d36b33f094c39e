"""The point that is moved on the map in the browser: by a click, a drag or the arrow keys.

The component draws over the contour chart in the container of key ``chart`` and calls back on release.
Nothing is sent while the pointer moves.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from derivlab.figures.palette import Palette
from derivlab.figures.stretch import Stretch
from ui.drag import with_shared

_HERE = Path(__file__).parent
_SCRIPTS = ("heights.js", "gradient.js", "companion.js", "player.js", "map_point.js")


@cache
def _component() -> Any:
    return st.components.v2.component(
        "derivlab_map_point",
        html=(_HERE / "map_point.html").read_text("utf-8"),
        css=(_HERE / "map_point.css").read_text("utf-8"),
        js=with_shared(_HERE, _SCRIPTS),
    )


def map_point(
    *,
    key: str,
    chart: str,
    name: str,
    axes: tuple[str, str],
    point: tuple[float, float],
    stretch: Stretch | None,
    steps: int = 0,
    colors: Palette,
    on_moved: Callable[[], None],
) -> None:
    """Mount it. In the callback ``st.session_state[key]["moved"]`` holds the new ``[x, y]``.

    ``stretch`` is how the map's heights were spaced, so that the card can show f while the point moves.
    With ``steps`` a player lets the walks on the map and on the surface beside it (traces ``path-…``) grow
    step by step.
    """
    _component()(
        key=key,
        data={
            "chart": chart,
            "surface": "surface",
            "name": name,
            "axes": list(axes),
            "steps": steps,
            "point": list(point),
            "stretch": None if stretch is None else [stretch.sign, stretch.floor, stretch.unit],
            "colors": {
                "background": colors.background,
                "text": colors.text,
                "grid": colors.grid,
                "point": colors.point.color,
                "gradient": colors.orders[1].color,
            },
        },
        on_moved_change=on_moved,
    )
