"""What stands on the curves of a chart: circles, points of interest, the strip at the lower edge, the point.

Each kind is a trace of its own, so that the legend names what is drawn, and only that.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any

from derivlab.figures.palette import Palette, Style
from derivlab.figures.scene import Drawn, Mark, Scene

FAR = 1e300
"""Values beyond this are drawn as if undefined: plotly cannot place them."""

_SYMBOLS = {
    "root": ("square-open", 11),
    "maximum": ("triangle-up", 9),
    "minimum": ("triangle-down", 9),
    "inflection": ("diamond-open", 11),
}
"""Symbol and size, such that two of them at one place are both seen."""
_SHARP = ("x-thin-open", 9)
"""For corners, cusps and vertical tangents. A ring means a missing point, so it marks nothing else."""


def trace(role: str, xs: Iterable[float | None], ys: Iterable[float | None], **more: Any) -> dict[str, Any]:
    """A line or markers as plotly takes them; the browser finds them by their ``role``."""
    return {
        "type": "scatter",
        "mode": "lines",
        "meta": role,
        "x": list(xs),
        "y": list(ys),
        "hoverinfo": "skip",
        **more,
    }


MOST_CIRCLES = 400
"""Where a curve has more ends than these, nobody tells one from another."""


def stroke(style: Style, width: float) -> dict[str, Any]:
    """How a line of this style is drawn."""
    return {"color": style.color, "dash": style.dash, "width": width}


def circles(curves: Sequence[Drawn], colors: Palette) -> list[dict[str, Any]]:
    """Open circles at limits that are not reached, closed ones at values: at jumps, holes and edges."""
    found: list[dict[str, Any]] = []
    named: set[str] = set()
    for drawn in curves:
        opened, closed = _ends_of(drawn)
        if len(opened) + len(closed) > MOST_CIRCLES:
            continue
        for role, name, places, fill in (
            ("closed", "included", closed, drawn.style.color),
            ("open", "not included", opened, colors.background),
        ):
            if not places:
                continue
            xs, ys = zip(*places, strict=True)
            found.append(
                trace(
                    f"{role}:{drawn.row}:{drawn.label}",
                    xs,
                    ys,
                    name=name,
                    mode="markers",
                    marker={"size": 8, "color": fill, "line": {"color": drawn.style.color, "width": 2}},
                    legendrank=1900,
                    showlegend=role not in named,
                )
            )
            named.add(role)
    return found


def _ends_of(drawn: Drawn) -> tuple[list[tuple[float, float]], list[tuple[float, float]]]:
    """The open and the closed circles of one curve.

    Where a derivative jumps or has a hole, the formula may still give a number, but it is no derivative (a
    derivative takes every value between two of its own, by Darboux): no circle is filled there.
    """
    opened: list[tuple[float, float]] = []
    closed: list[tuple[float, float]] = []
    for gap in drawn.curve.breaks:
        if gap.kind not in {"jump", "hole", "edge"}:
            continue
        limits = {y for y in (gap.left, gap.right) if y is not None and abs(y) < FAR}
        value = gap.value if drawn.row == 0 or gap.kind == "edge" else None
        if value is not None and math.isfinite(value):
            if gap.kind != "edge" or value not in limits:
                closed.append((gap.at, value))
            nearby = 1e-9 * max(1.0, abs(value))
            limits = {y for y in limits if abs(y - value) > nearby}
        opened.extend((gap.at, y) for y in sorted(limits))
    return opened, closed


def marks(found: Sequence[Mark], colors: Palette) -> list[dict[str, Any]]:
    """The points of interest: a trace for each kind."""
    present = {mark.kind for mark in found}
    kinds = [kind for kind in _SYMBOLS if kind in present] + sorted(present - _SYMBOLS.keys())
    return [_marks_of([mark for mark in found if mark.kind == kind], colors) for kind in kinds]


def _marks_of(found: Sequence[Mark], colors: Palette) -> dict[str, Any]:
    kind = found[0].kind
    symbol, size = _SYMBOLS.get(kind, _SHARP)
    return trace(
        f"mark:{kind}",
        [mark.x for mark in found],
        [mark.y for mark in found],
        name=kind,
        legendrank=1500,
        mode="markers",
        marker={
            "symbol": symbol,
            "size": size,
            "color": colors.text,
            "opacity": 0.8,
            "line": {"color": colors.text, "width": 1.5},
        },
        text=[mark.words for mark in found],
        hoverinfo="text",
    )


def strip(scene: Scene, colors: Palette) -> list[dict[str, Any]]:
    """Along the lower edge: where f has no value, and where it has no derivative."""
    bottom = scene.y[0]
    found = []
    if scene.undefined:
        xs: list[float | None] = []
        for lo, hi in scene.undefined:
            xs += [lo, hi, None]
        ys = [None if x is None else bottom for x in xs]
        line = {"color": colors.muted, "width": 9}
        found.append(
            trace(
                "undefined",
                xs,
                ys,
                name="no value",
                legendrank=2000,
                line=line,
                opacity=0.55,
                cliponaxis=False,
            )
        )
    if scene.rough:
        found.append(
            trace(
                "rough",
                [mark.x for mark in scene.rough],
                [bottom] * len(scene.rough),
                name="no derivative",
                legendrank=2001,
                mode="markers",
                marker={"symbol": "x", "size": 8, "color": colors.bad},
                text=[mark.words for mark in scene.rough],
                hoverinfo="text",
                cliponaxis=False,
            )
        )
    return found


def point(scene: Scene, colors: Palette) -> list[dict[str, Any]]:
    """The point on the curve, and the values of the derivatives above it."""
    if scene.point is None:
        return []
    x, y = scene.point
    found = []
    slopes = [(style, value) for style, value in scene.slopes if abs(value) < FAR]
    if slopes:
        marker = {
            "size": 8,
            "color": [style.color for style, _ in slopes],
            "symbol": [style.symbol for style, _ in slopes],
            "line": {"color": colors.background, "width": 1.5},
        }
        found.append(
            trace(
                "slopes",
                [x] * len(slopes),
                [value for _, value in slopes],
                name="derivatives at the point",
                mode="markers",
                marker=marker,
                showlegend=False,
            )
        )
    if abs(y) < FAR:
        marker = {
            "size": 13,
            "color": colors.point.color,
            "line": {"color": colors.background, "width": 2.5},
        }
        found.append(
            trace("point", [x], [y], name="the point", mode="markers", marker=marker, showlegend=False)
        )
    return found
