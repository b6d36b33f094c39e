"""Sampled curves as a plotly figure: a plain dict, ready to be sent.

Nothing is computed here but pixels' worth of geometry: the curves, breaks, tangent and marks come as records.
The browser finds each trace by its ``meta``, which says its role.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias

from derivlab.figures.curve_layout import ends, layout_of
from derivlab.figures.palette import Palette, Style
from derivlab.figures.scene import Drawn, Mark, Scene, role_of

Figure: TypeAlias = dict[str, Any]

FAR = 1e300
"""Values beyond this are drawn as if undefined: plotly cannot place them."""


def curve_figure(scene: Scene, colors: Palette) -> Figure:
    """The figure of ``scene`` in these colours."""
    data = [_line(drawn, rank) for rank, drawn in reversed(list(enumerate(scene.curves, 1)))]
    for drawn in scene.curves:
        data.extend(_circles(drawn, colors))
    if scene.taylor is not None:
        label, xs, ys = scene.taylor
        data.append(_trace("taylor", xs, ys, name=label, line=_stroke(colors.taylor, 2)))
    if scene.marks:
        data.append(_marks(scene.marks, colors))
    if scene.tangent is not None:
        xs, ys = ends(scene.tangent, scene.x, scene.y)
        data.append(
            _trace("tangent", xs, ys, name="tangent", line=_stroke(colors.tangent, 1.75), showlegend=False)
        )
    data.extend(_strip(scene, colors))
    data.extend(_point(scene, colors))
    return {"data": data, "layout": layout_of(scene, colors)}


def _trace(role: str, xs: Iterable[float | None], ys: Iterable[float | None], **more: Any) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "meta": role,
        "x": list(xs),
        "y": list(ys),
        "hoverinfo": "skip",
        **more,
    }


def _stroke(style: Style, width: float) -> dict[str, Any]:
    return {"color": style.color, "dash": style.dash, "width": width}


def _line(drawn: Drawn, rank: int) -> dict[str, Any]:
    """All segments as one trace, with a gap between one and the next."""
    xs: list[float | None] = []
    ys: list[float | None] = []
    for segment in drawn.curve.segments:
        if xs:
            xs.append(None)
            ys.append(None)
        xs.extend(segment.x.tolist())
        ys.extend(y if abs(y) < FAR else None for y in segment.y[drawn.row].tolist())
    return _trace(
        role_of(drawn),
        xs or [None],
        ys or [None],
        name=drawn.label,
        legendrank=rank,
        line={**_stroke(drawn.style, drawn.width), "simplify": False},
        connectgaps=False,
    )


def _circles(drawn: Drawn, colors: Palette) -> list[dict[str, Any]]:
    """Open circles at limits that are not reached, closed ones at values: at jumps, holes and edges."""
    opened: list[tuple[float, float]] = []
    closed: list[tuple[float, float]] = []
    for gap in drawn.curve.breaks:
        if gap.kind not in {"jump", "hole", "edge"}:
            continue
        limits = {y for y in (gap.left, gap.right) if y is not None and abs(y) < FAR}
        value = gap.value
        if value is not None and math.isfinite(value):
            if gap.kind != "edge" or value not in limits:
                closed.append((gap.at, value))
            nearby = 1e-9 * max(1.0, abs(value))
            limits = {y for y in limits if abs(y - value) > nearby}
        opened.extend((gap.at, y) for y in sorted(limits))
    found = []
    for name, places, fill in (
        ("open", opened, colors.background),
        ("closed", closed, drawn.style.color),
    ):
        if places:
            marker = {"size": 8, "color": fill, "line": {"color": drawn.style.color, "width": 2}}
            xs, ys = zip(*places, strict=True)
            role = f"{name}:{drawn.row}:{drawn.label}"
            found.append(
                _trace(role, xs, ys, name=f"{name} circle", mode="markers", marker=marker, showlegend=False)
            )
    return found


_MARK_SYMBOLS = {
    "root": "circle-open",
    "maximum": "triangle-up",
    "minimum": "triangle-down",
    "inflection": "diamond-open",
    "corner": "x-thin-open",
    "intercept": "square-open",
}


def _marks(marks: Sequence[Mark], colors: Palette) -> dict[str, Any]:
    symbols = [_MARK_SYMBOLS.get(mark.kind, "circle-open") for mark in marks]
    return _trace(
        "marks",
        [mark.x for mark in marks],
        [mark.y for mark in marks],
        name="points of interest",
        mode="markers",
        marker={
            "symbol": symbols,
            "size": 9,
            "color": colors.text,
            "opacity": 0.8,
            "line": {"color": colors.text, "width": 1.5},
        },
        text=[mark.words for mark in marks],
        hoverinfo="text",
        showlegend=False,
    )


def _strip(scene: Scene, colors: Palette) -> list[dict[str, Any]]:
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
            _trace(
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
            _trace(
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


def _point(scene: Scene, colors: Palette) -> list[dict[str, Any]]:
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
            _trace(
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
            _trace("point", [x], [y], name="the point", mode="markers", marker=marker, showlegend=False)
        )
    return found
