"""The figure says what the records say, and nothing else."""

from __future__ import annotations

import json
import math
from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest

from derivlab.curves.curve import Break, Curve, Segment
from derivlab.figures.curve import curve_figure
from derivlab.figures.palette import DARK, LIGHT, Palette
from derivlab.figures.scene import Band, Drawn, Line, Mark, Scene, role_of


def segment(*xs: float) -> Segment:
    """A stretch of y = x with its slope."""
    x = np.array(xs)
    return Segment(x, np.vstack([x, np.ones_like(x)]))


def curve(*segments: Segment, breaks: tuple[Break, ...] = ()) -> Curve:
    """A sampled curve on −2 … 2."""
    return Curve(segments, breaks, 0, (-2.0, 2.0), (-2.0, 2.0), (900, 480))


def scene(drawn: Curve, colors: Palette = LIGHT, **more: Any) -> Scene:
    """A scene with one curve."""
    return Scene((Drawn(drawn, 0, "f", colors.order(0)),), (-2.0, 2.0), (-2.0, 2.0), **more)


def trace(figure: dict[str, Any], role: str) -> dict[str, Any] | None:
    """The trace of this role."""
    return next((found for found in figure["data"] if found["meta"] == role), None)


def test_there_is_a_gap_between_two_segments() -> None:
    """Segments are one trace, with a missing point between them, and plotly is told not to connect."""
    shown = scene(curve(segment(-2, -1), segment(1, 2)))
    line = trace(curve_figure(shown, LIGHT), role_of(shown.curves[0]))
    assert line is not None
    assert line["x"] == [-2, -1, None, 1, 2]
    assert line["connectgaps"] is False


def test_a_jump_has_an_open_and_a_closed_circle() -> None:
    """The limit that is not reached is open, the value is closed."""
    jump = Break(0.0, "jump", -1.0, 1.0, 1.0)
    figure = curve_figure(scene(curve(segment(-2, 0), segment(0, 2), breaks=(jump,))), LIGHT)
    opened, closed = trace(figure, "open:0:f"), trace(figure, "closed:0:f")
    assert opened is not None
    assert closed is not None
    assert (opened["x"], opened["y"]) == ([0.0], [-1.0])
    assert (closed["x"], closed["y"]) == ([0.0], [1.0])
    assert opened["marker"]["color"] == LIGHT.background


def test_a_crowd_of_ends_has_no_circles() -> None:
    """A few jumps have their circles; a thousand would only be a blot."""
    for count, is_drawn in ((50, True), (1000, False)):
        jumps = tuple(Break(place, "jump", -1.0, 1.0, 1.0) for place in np.linspace(-2, 2, count))
        figure = curve_figure(scene(curve(segment(-2, 2), breaks=jumps)), LIGHT)
        assert (trace(figure, "open:0:f") is not None) is is_drawn


def test_a_derivative_has_no_value_where_it_jumps() -> None:
    """What the formula gives at a corner of f is drawn neither as f′ there nor as anything else."""
    x = np.array([-2.0, 0.0])
    parts = [Segment(x, np.vstack([x, x * 0 - 1])), Segment(x + 2, np.vstack([x + 2, x * 0 + 1]))]
    drawn = Drawn(curve(*parts, breaks=(Break(0.0, "jump", -1.0, 1.0, 0.0),)), 1, "f′", LIGHT.order(1))
    figure = curve_figure(Scene((drawn,), (-2.0, 2.0), (-2.0, 2.0)), LIGHT)
    opened = trace(figure, "open:1:f′")
    assert opened is not None
    assert opened["y"] == [-1.0, 1.0]
    assert trace(figure, "closed:1:f′") is None


def test_a_hole_has_an_open_circle_only() -> None:
    """Nothing is drawn where f has no value."""
    hole = Break(0.0, "hole", 1.0, 1.0, None)
    figure = curve_figure(scene(curve(segment(-2, 2), breaks=(hole,))), LIGHT)
    assert trace(figure, "open:0:f") is not None
    assert trace(figure, "closed:0:f") is None


def test_a_pole_has_no_circle() -> None:
    """At a pole there is no limit to mark."""
    pole = Break(0.0, "pole", -math.inf, math.inf, None)
    figure = curve_figure(scene(curve(segment(-2, -1), segment(1, 2), breaks=(pole,))), LIGHT)
    assert trace(figure, "open:0:f") is None
    assert trace(figure, "closed:0:f") is None


def test_a_tangent_is_drawn_only_where_there_is_one() -> None:
    """No tangent in the scene, no tangent in the picture; a vertical one stands upright."""
    without = curve_figure(scene(curve(segment(-2, 2)), point=(1.0, 1.0)), LIGHT)
    assert trace(without, "tangent") is None
    sloped = trace(curve_figure(scene(curve(segment(-2, 2)), tangent=Line(2.0, -1.0)), LIGHT), "tangent")
    assert sloped is not None
    assert all(y == 2 * x - 1 for x, y in zip(sloped["x"], sloped["y"], strict=True))
    upright = trace(curve_figure(scene(curve(segment(-2, 2)), tangent=Line(at=1.0)), LIGHT), "tangent")
    assert upright is not None
    assert upright["x"] == [1.0, 1.0]


FULL = {
    "point": (1.0, 1.0),
    "tangent": Line(1.0, 0.0),
    "taylor": ("Taylor", [0.0, 1.0], [0.0, 1.0]),
    "asymptotes": (Line(at=0.5), Line(1.0, 2.0)),
    "marks": (Mark(0.0, 0.0, "root", "root: f(0) = 0"),),
    "bands": (Band(-2, 0, 1), Band(0, 2, -1)),
    "slopes": ((LIGHT.order(1), 1.0), (LIGHT.order(2), math.inf)),
    "rough": (Mark(0.0, 0.0, "corner", "corner: no derivative at 0"),),
    "undefined": ((-2.0, -1.0),),
    "equal": True,
}


@pytest.mark.parametrize("colors", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("more", [{}, FULL, {**FULL, "x_scale": "log", "y_scale": "log"}])
def test_the_figure_is_one_that_plotly_accepts(colors: Palette, more: dict[str, Any]) -> None:
    """Plotly's own validation takes the plain dict, and it is JSON without NaN or infinity."""
    hole = Break(0.0, "hole", 1.0, math.inf, math.nan)
    shown = scene(curve(segment(-2, -1), segment(1, math.inf), breaks=(hole,)), colors, **more)
    figure = curve_figure(shown, colors)
    lines = [found for found in figure["data"] if found["mode"] == "lines"]
    assert all(y is None or math.isfinite(y) for found in lines for y in found["y"])
    go.Figure(figure)
    json.dumps([found["y"] for found in figure["data"]], allow_nan=False)


def test_an_undefined_function_still_has_axes() -> None:
    """With no segment at all there is an empty trace and a window."""
    figure = curve_figure(scene(curve()), LIGHT)
    assert figure["data"][0]["x"] == [None]
    assert figure["layout"]["xaxis"]["range"] == [-2.0, 2.0]


def test_a_variable_name_is_not_read_as_html() -> None:
    """The axis title holds letters and digits only."""
    figure = curve_figure(scene(curve(segment(-2, 2)), variable="<b>x"), LIGHT)
    assert figure["layout"]["xaxis"]["title"]["text"] == "<i>bx</i>"


def legend(figure: dict[str, Any]) -> list[str]:
    """The names in the legend."""
    shapes = [shape for shape in figure["layout"]["shapes"] if shape.get("showlegend")]
    shown = [found for found in figure["data"] if found.get("showlegend", True)]
    return sorted(found["name"] for found in (*shown, *shapes))


def test_the_legend_names_what_is_drawn_once_and_nothing_else() -> None:
    """Marks, circles, tangent, asymptotes and bands are told in words only where they are there."""
    assert legend(curve_figure(scene(curve(segment(-2, 2)), point=(1.0, 1.0)), LIGHT)) == ["f"]
    jumps = tuple(Break(at, "jump", -1.0, 1.0, 1.0) for at in (-1.0, 0.0, 1.0))
    more = {
        "tangent": Line(1.0, 0.0),
        "asymptotes": (Line(at=0.5), Line(1.0, 2.0)),
        "marks": tuple(Mark(x, 0.0, kind, kind) for x, kind in ((-1, "root"), (0, "root"), (1, "maximum"))),
        "bands": (Band(-2, -1, 1), Band(-1, 1, -1), Band(1, 2, 1)),
        "rough": (Mark(0.0, 0.0, "corner", "corner"),),
        "undefined": ((-2.0, -1.0),),
    }
    full = curve_figure(scene(curve(segment(-2, 0), segment(0, 2), breaks=jumps), **more), LIGHT)
    words = "f, tangent, asymptote, root, maximum, f rises, f falls, no derivative, no value, included, not included"
    assert legend(full) == sorted(words.split(", "))


def test_a_ring_on_the_curve_means_a_missing_point_and_nothing_else() -> None:
    """No point of interest is drawn as an open circle."""
    kinds = ("root", "maximum", "minimum", "inflection", "corner", "cusp", "vertical tangent")
    marks = tuple(Mark(0.0, 0.0, kind, kind) for kind in kinds)
    figure = curve_figure(scene(curve(segment(-2, 2)), marks=marks), LIGHT)
    symbols = {trace(figure, f"mark:{kind}")["marker"]["symbol"] for kind in kinds}  # type: ignore[index]
    assert not symbols & {"circle", "circle-open"}
    assert len(symbols) == 5
