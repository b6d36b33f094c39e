"""Sampled curves as a plotly figure: a plain dict, ready to be sent.

Nothing is computed here but pixels' worth of geometry: the curves, breaks, tangent and marks come as records.
The browser finds each trace by its ``meta``, which says its role.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from derivlab.curves.curve import Curve
from derivlab.figures.numbers import text
from derivlab.figures.palette import Palette, Style

Figure: TypeAlias = dict[str, Any]
Scale = Literal["linear", "log"]

FAR = 1e300
"""Values beyond this are drawn as if undefined: plotly cannot place them."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """One curve of the chart, sampled for row ``row`` of its values; ``label`` stands in the legend."""

    curve: Curve
    row: int
    label: str
    style: Style
    width: float = 2.5


@dataclass(frozen=True, slots=True)
class Mark:
    """A point of interest: where, what it is in a word, and the rest of the sentence for the hover."""

    x: float
    y: float
    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line y = ``slope`` x + ``intercept``, or x = ``at`` where that is given."""

    slope: float = 0.0
    intercept: float = 0.0
    at: float | None = None


@dataclass(frozen=True, slots=True)
class Band:
    """A stretch of x on which f rises (``sign`` 1), falls (−1) or stays (0)."""

    lo: float
    hi: float
    sign: int


@dataclass(frozen=True, slots=True)
class Scene:
    """All that one chart shows. ``point`` is (x, f(x)); ``tangent`` only where there is a derivative."""

    curves: tuple[Drawn, ...]
    x: tuple[float, float]
    y: tuple[float, float]
    variable: str = "x"
    name: str = "f"
    point: tuple[float, float] | None = None
    slopes: tuple[tuple[Style, float], ...] = ()
    tangent: Line | None = None
    taylor: tuple[str, Sequence[float], Sequence[float]] | None = None
    asymptotes: tuple[Line, ...] = ()
    marks: tuple[Mark, ...] = ()
    bands: tuple[Band, ...] = ()
    x_scale: Scale = "linear"
    y_scale: Scale = "linear"
    equal: bool = False
    height: int = 490


def curve_figure(scene: Scene, colors: Palette) -> Figure:
    """The figure of ``scene`` in these colours."""
    data = [_line(drawn) for drawn in reversed(scene.curves)]
    for drawn in scene.curves:
        data.extend(_circles(drawn, colors))
    if scene.taylor is not None:
        label, xs, ys = scene.taylor
        data.append(_trace("taylor", xs, ys, name=label, line=_stroke(colors.taylor, 2)))
    if scene.marks:
        data.append(_marks(scene.marks, colors))
    if scene.tangent is not None:
        xs, ys = _ends(scene.tangent, scene.x, scene.y)
        data.append(
            _trace("tangent", xs, ys, name="tangent", line=_stroke(colors.tangent, 1.75), showlegend=False)
        )
    data.extend(_point(scene, colors))
    return {"data": data, "layout": _layout(scene, colors)}


def role_of(drawn: Drawn) -> str:
    """The ``meta`` of a curve's trace."""
    return f"curve:{drawn.row}:{drawn.label}"


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


def _line(drawn: Drawn) -> dict[str, Any]:
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


def _ends(
    line: Line, window: tuple[float, float], heights: tuple[float, float]
) -> tuple[list[float], list[float]]:
    """A straight line from one window's width left of the window to one right of it, for panning."""
    if line.at is not None:
        bottom, top = heights
        return [line.at, line.at], [bottom - (top - bottom), top + (top - bottom)]
    lo, hi = window
    xs = [lo - (hi - lo), hi + (hi - lo)]
    return xs, [line.slope * x + line.intercept for x in xs]


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


def _layout(scene: Scene, colors: Palette) -> dict[str, Any]:
    axis = {
        "gridcolor": colors.grid,
        "zerolinecolor": colors.axis,
        "zerolinewidth": 1.25,
        "linecolor": colors.grid,
        "tickfont": {"size": 12, "color": colors.muted},
        "ticks": "",
        "automargin": True,
        "exponentformat": "power",
        "minexponent": 5,
        "separatethousands": False,
        "showspikes": False,
    }
    x_axis = {**axis, "type": scene.x_scale, "range": _range(scene.x, scene.x_scale)}
    x_axis["title"] = {"text": _italic(scene.variable), "font": {"size": 13}, "standoff": 4}
    y_axis = {**axis, "type": scene.y_scale, "range": _range(scene.y, scene.y_scale)}
    if scene.equal and scene.x_scale == scene.y_scale == "linear":
        y_axis |= {"scaleanchor": "x", "scaleratio": 1}
    return {
        "template": {"data": {}},
        "height": scene.height,
        "margin": {"l": 46, "r": 12, "t": 8, "b": 38},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {
            "family": "system-ui, -apple-system, Segoe UI, Roboto, sans-serif",
            "size": 13,
            "color": colors.text,
        },
        "xaxis": x_axis,
        "yaxis": y_axis,
        "dragmode": "pan",
        "hovermode": "closest",
        "hoverlabel": {
            "bgcolor": colors.background,
            "bordercolor": colors.axis,
            "font": {"color": colors.text},
        },
        "showlegend": True,
        "legend": {
            "x": 0.01,
            "y": 0.99,
            "xanchor": "left",
            "yanchor": "top",
            "traceorder": "reversed",
            "bgcolor": _translucent(colors.background),
            "borderwidth": 0,
            "font": {"size": 14},
            "itemclick": False,
            "itemdoubleclick": False,
        },
        "shapes": [*_shading(scene, colors), *_asymptotes(scene, colors)],
    }


def _range(window: tuple[float, float], scale: Scale) -> list[float]:
    lo, hi = window
    if scale == "linear":
        return [lo, hi]
    top = hi if hi > 0 else 1.0
    bottom = lo if lo > 0 else top / 1000
    return [math.log10(bottom), math.log10(top)]


def _italic(name: str) -> str:
    """A variable's name for plotly, which reads a little HTML: its letters, digits and underscores only."""
    return f"<i>{''.join(c for c in name if c.isalnum() or c == '_')}</i>"


def _translucent(color: str) -> str:
    red, green, blue = (int(color[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},0.78)"


def _shading(scene: Scene, colors: Palette) -> list[dict[str, Any]]:
    tints = {1: colors.increase, -1: colors.decrease}
    return [
        {
            "type": "rect",
            "xref": "x",
            "yref": "paper",
            "x0": band.lo,
            "x1": band.hi,
            "y0": 0,
            "y1": 1,
            "layer": "below",
            "line": {"width": 0},
            "fillcolor": tints[band.sign],
            "opacity": 0.1,
            "label": {
                "text": "↗" if band.sign > 0 else "↘",
                "textposition": "bottom center",
                "font": {"size": 18, "color": tints[band.sign]},
            },
        }
        for band in scene.bands
        if band.sign in tints
    ]


def _asymptotes(scene: Scene, colors: Palette) -> list[dict[str, Any]]:
    shapes = []
    for line in scene.asymptotes[:60]:
        place: dict[str, Any]
        if line.at is not None:
            place = {"xref": "x", "yref": "paper", "x0": line.at, "x1": line.at, "y0": 0, "y1": 1}
        else:
            xs, ys = _ends(line, scene.x, scene.y)
            place = {"xref": "x", "yref": "y", "x0": xs[0], "x1": xs[1], "y0": ys[0], "y1": ys[1]}
        shapes.append(
            {
                "type": "line",
                **place,
                "layer": "between",
                "line": {"color": colors.asymptote.color, "dash": colors.asymptote.dash, "width": 1.25},
            }
        )
    return shapes


def words_for(kind: str, x: float, y: float, variable: str = "x", name: str = "f") -> str:
    """What the hover of a point of interest says: ``maximum: f(1) = 2``."""
    return f"{kind}: {name}({text(x)}) = {text(y)}"
