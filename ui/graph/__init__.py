"""The recorded graph in the browser: formula, boxes and steps, linked, with no message to the server.

The drawing gets one scene (`derivlab.figures.graph`) as data; layout, stepping, zoom and folding happen in
the browser.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from derivlab.figures.graph import Scene
from derivlab.figures.palette import Palette

_HERE = Path(__file__).parent
_SCRIPTS = (
    "layout.js",
    "folding.js",
    "formula.js",
    "drawing.js",
    "camera.js",
    "panel.js",
    "address.js",
    "keys.js",
    "player.js",
)


@cache
def _component() -> Any:
    return st.components.v2.component(
        "derivlab_graph",
        html=(_HERE / "graph.html").read_text("utf-8"),
        css=(_HERE / "graph.css").read_text("utf-8"),
        js="\n".join((_HERE / name).read_text("utf-8") for name in _SCRIPTS),
    )


def graph_player(
    scene: Scene, colors: Palette, *, key: str = "tape", start: int = 0, keeps_step: bool = False
) -> None:
    """Mount the player at the step ``start``, counted from 0. With ``keeps_step`` the address follows the steps."""
    packed = json.dumps(scene, ensure_ascii=False, sort_keys=True)
    shown = {
        "value": colors.orders[0].color,
        "gradient": colors.orders[1].color,
        "point": colors.point.color,
        "muted": colors.muted,
        "axis": colors.axis,
        "bad": colors.bad,
    }
    print_ = hashlib.sha256(packed.encode()).hexdigest()
    _component()(
        key=key,
        data={"scene": scene, "colors": shown, "print": print_, "start": start, "keeps_step": keeps_step},
    )
