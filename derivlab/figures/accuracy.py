"""The pictures of the Accuracy page as plotly dicts: secant, error against step, cost of the modes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from derivlab.autodiff.finite_difference import METHODS, ErrorCurve, Study
from derivlab.autodiff.modes import Cost
from derivlab.figures.accuracy_words import TINIEST
from derivlab.figures.numbers import text
from derivlab.figures.palette import Palette

Figure = dict[str, Any]
Floats = NDArray[np.float64]

_DASHES = {"float64": "solid", "float32": "dot"}
_SYMBOLS = {"forward": "circle", "central": "diamond", "Richardson": "square", "complex step": "triangle-up"}


def _layout(colors: Palette, height: int, **axes: dict[str, Any]) -> Figure:
    base = {
        "gridcolor": colors.grid,
        "zerolinecolor": colors.grid,
        "linecolor": colors.axis,
        "ticks": "outside",
        "tickcolor": colors.axis,
        "automargin": True,
    }
    return {
        "height": height,
        "paper_bgcolor": colors.background,
        "plot_bgcolor": colors.background,
        "font": {"color": colors.text, "family": "system-ui, sans-serif", "size": 13},
        "margin": {"l": 10, "r": 10, "t": 10, "b": 10},
        "legend": {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
        "hovermode": "closest",
        **{name: {**base, **axis} for name, axis in axes.items()},
    }


def secant_figure(
    curve: tuple[Floats, Floats],
    points: tuple[tuple[float, float], tuple[float, float]],
    slope: float,
    colors: Palette,
) -> Figure:
    """The curve, the secant through both points, and the tangent of ``slope`` at the first."""
    xs, ys = curve
    (x, y), (x_next, y_next) = points
    ends = np.array([xs[0], xs[-1]])
    rise = (y_next - y) / (x_next - x) if x_next != x else math.nan
    first, tangent, point = colors.order(0), colors.tangent, colors.point
    line: dict[str, Any] = {"type": "scatter", "mode": "lines", "hoverinfo": "skip"}
    finite = ys[np.isfinite(ys)]
    low, high = (float(finite.min()), float(finite.max())) if len(finite) else (-1.0, 1.0)
    pad = 0.15 * (high - low or 1.0)
    data = [
        {
            **line,
            "x": xs.tolist(),
            "y": _listed(ys),
            "name": "f",
            "line": {"color": first.color, "width": 2.5},
        },
        {
            **line,
            "x": ends.tolist(),
            "y": (y + slope * (ends - x)).tolist(),
            "name": "tangent",
            "line": {"color": tangent.color, "width": 1.75, "dash": "solid"},
        },
        {
            **line,
            "x": ends.tolist(),
            "y": _listed(y + rise * (ends - x)),
            "name": "secant",
            "line": {"color": colors.order(1).color, "width": 2.25, "dash": "dash"},
        },
        {
            **line,
            "mode": "markers",
            "x": [x, x_next],
            "y": _listed(np.array([y, y_next])),
            "name": "the two points",
            "showlegend": False,
            "marker": {
                "color": [point.color, colors.order(1).color],
                "size": 10,
                "symbol": ["circle", "diamond"],
            },
        },
    ]
    return {
        "data": data,
        "layout": _layout(
            colors,
            330,
            xaxis={"range": [float(xs[0]), float(xs[-1])]},
            yaxis={"range": [low - pad, high + pad]},
        ),
    }


def _listed(values: Floats) -> list[float | None]:
    return [float(value) if math.isfinite(value) else None for value in values]


def error_figure(study: Study, shown: Sequence[str], precisions: Sequence[str], colors: Palette) -> Figure:
    """Error against h, both logarithmic: the methods, autograd's floor, and the two slopes."""
    is_one_kind = len(precisions) < 2
    data = [
        _error_trace(curve, colors, curve.method if is_one_kind else f"{curve.method}, {curve.precision}")
        for curve in study.curves
        if curve.method in shown and curve.precision in precisions
    ]
    marks: list[dict[str, Any]] = []
    for precision in precisions:
        floor = max(study.autograd[precision], TINIEST)
        told = f"autograd, {precision}: error {text(study.autograd[precision], digits=2)}"
        data.append(
            {
                "type": "scatter",
                "mode": "lines",
                "x": [1e-16, 1],
                "y": [floor, floor],
                "name": "autograd" if is_one_kind else f"autograd, {precision}",
                "line": {"color": colors.point.color, "width": 2, "dash": _DASHES[precision]},
                "hovertemplate": f"{told}<extra></extra>",
            }
        )
    if shown and precisions:
        marks = _slopes(study, shown[0], precisions[-1], colors)
    exponent = {"type": "log", "exponentformat": "power", "dtick": 4, "tickangle": 0}
    layout = _layout(
        colors,
        460,
        xaxis={**exponent, "title": {"text": "step h"}, "range": [0.2, -16.2]},
        yaxis={
            **exponent,
            "title": {"text": "error of f′", "standoff": 8},
            "range": [math.log10(TINIEST) - 0.4, 2],
        },
    )
    return {"data": data, "layout": {**layout, "annotations": marks}}


def _error_trace(curve: ErrorCurve, colors: Palette, name: str) -> dict[str, Any]:
    style = colors.companions[METHODS.index(curve.method)]
    errors = np.where(np.isfinite(curve.error), np.maximum(curve.error, TINIEST), np.nan)
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": curve.h.tolist(),
        "y": _listed(errors),
        "name": name,
        "line": {"color": style.color, "width": 1.75, "dash": _DASHES[curve.precision]},
        "marker": {
            "line": {"width": 0},
            "opacity": 1,
            "symbol": _SYMBOLS[curve.method],
            "size": [_size_of_mark(index, curve.best) for index in range(len(curve.h))],
        },
        "hovertemplate": f"{name}<br>h = %{{x:.1e}}<br>error %{{y:.1e}}<extra></extra>",
    }


def _size_of_mark(index: int, best: int) -> int:
    """Large where the error is smallest; a small one now and then tells the curves apart without colour."""
    return 11 if index == best else 5 if index % 12 == 0 else 0


def _slopes(study: Study, method: str, precision: str, colors: Palette) -> list[dict[str, Any]]:
    """Words on the two sides of a V: truncation on the way down, round-off on the way up."""
    curve = next((c for c in study.curves if c.method == method and c.precision == precision), None)
    if curve is None or not 4 < curve.best < len(curve.h) - 12 or method == "complex step":
        return []
    marks = []
    power = {1: "", 2: "²", 4: "⁴"}[curve.order]
    for index, side, words in (
        (curve.best // 2, "left", f"truncation: error ~ h{power}"),
        ((curve.best + 2 * len(curve.h)) // 3, "right", "round-off: error ~ 1/h"),
    ):
        error = float(curve.error[index])
        if math.isfinite(error) and error > 0:
            marks.append(
                {
                    "x": math.log10(curve.h[index]),
                    "y": math.log10(error),
                    "text": words,
                    "showarrow": True,
                    "arrowcolor": colors.muted,
                    "ax": 0,
                    "xanchor": side,
                    "ay": -46,
                    "font": {"color": colors.text},
                    "bgcolor": colors.panel,
                }
            )
    return marks


def cost_figure(costs: Sequence[Cost], by: str, colors: Palette) -> Figure:
    """The measured cost of a whole Jacobian against the number of inputs or outputs."""
    sizes = [cost.inputs if by == "inputs" else cost.outputs for cost in costs]
    rows = (
        ("forward: JVP", [cost.forward for cost in costs], colors.companions[0], "solid"),
        ("reverse: VJP", [cost.reverse for cost in costs], colors.companions[3], "dash"),
    )
    data = [
        {
            "type": "scatter",
            "mode": "lines+markers",
            "x": sizes,
            "y": values,
            "name": name,
            "line": {"color": style.color, "dash": dash, "width": 2},
            "marker": {"symbol": style.symbol, "size": 8},
            "hovertemplate": f"{name}<br>{by} %{{x}}<br>%{{y:.0f}} evaluations<extra></extra>",
        }
        for name, values, style, dash in rows
    ]
    log = {"type": "log", "dtick": 1}
    return {
        "data": data,
        "layout": _layout(
            colors,
            270,
            xaxis={"type": "log", "tickvals": sizes, "title": {"text": f"number of {by}"}},
            yaxis={**log, "title": {"text": "cost, in evaluations of f"}},
        ),
    }


def line_figure(xs: Floats, values: Floats, slopes: Floats, colors: Palette) -> Figure:
    """A function and its slopes over the same points."""
    rows = (("f", values, colors.order(0)), ("f′ from x.grad", slopes, colors.order(1)))
    data = [
        {
            "type": "scatter",
            "mode": "lines+markers",
            "x": xs.tolist(),
            "y": _listed(ys),
            "name": name,
            "line": {"color": style.color, "dash": style.dash, "width": 2.5},
            "marker": {"symbol": style.symbol, "size": 4},
            "hovertemplate": f"x = %{{x:.4g}}<br>{name} = %{{y:.6g}}<extra></extra>",
        }
        for name, ys, style in rows
    ]
    return {"data": data, "layout": _layout(colors, 360, xaxis={"title": {"text": "x"}}, yaxis={})}
