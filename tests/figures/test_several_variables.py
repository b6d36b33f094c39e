"""Figures of functions of several variables: packed arrays, level spacing, right angles, gaps."""

from __future__ import annotations

import json
from base64 import b64decode

import numpy as np
import pytest

import derivlab as dl
from derivlab.figures.contour import contour_figure
from derivlab.figures.descent import clip_far
from derivlab.figures.heatmap import matrix_figure
from derivlab.figures.many_values import MOST_POINTS, thin
from derivlab.figures.marks import Path
from derivlab.figures.packed import pack
from derivlab.figures.palette import DARK, LIGHT, Palette
from derivlab.figures.stretch import Stretch, stretch_of
from derivlab.figures.surface import surface_figure
from derivlab.multivariable.view import Surface, slices, surface

WINDOW = {"x": (-2.0, 2.0), "y": (-1.0, 3.0)}


def surface_of(text: str) -> Surface:
    """The surface of a typed function of x and y over the window."""
    return surface(dl.parse(f"f(x, y) = {text}"), WINDOW, {})


def test_packed_arrays_are_four_byte_floats() -> None:
    """What plotly decodes is the array to 4-byte precision; what is undefined, infinite or too far is a
    gap.
    """
    numbers = np.array([[1.5, -2.0, np.nan], [np.inf, 1e40, 1e-3]])
    packed = pack(numbers)
    decoded = np.frombuffer(b64decode(packed["bdata"]), "<f4").reshape(2, 3)
    assert packed["shape"] == "2, 3"
    assert decoded[0, :2].tolist() == [1.5, -2.0]
    assert np.isnan(decoded[[0, 1, 1], [2, 0, 1]]).all()
    assert decoded[1, 2] == pytest.approx(1e-3)


@pytest.mark.parametrize(
    "stretch",
    [Stretch(0, 0.0, 1.0), Stretch(1, -3.0, 0.1), Stretch(-1, 50.0, 2.0)],
    ids=["even", "low", "high"],
)
def test_levels_can_be_undone(stretch: Stretch) -> None:
    """Stretching keeps the order of heights and can be undone, so that the colour bar tells the truth."""
    heights = np.linspace(-3, 50, 40)
    shown = stretch.apply(heights)
    assert (np.diff(shown) > 0).all()
    assert [stretch.undo(float(each)) for each in shown] == pytest.approx(heights, abs=1e-9)


def test_a_long_valley_gets_levels_by_ratio() -> None:
    """Rosenbrock's valley is spaced by ratio, a plane evenly."""
    assert stretch_of(surface_of("(1 - x)^2 + 100(y - x^2)^2")).sign == 1
    assert stretch_of(surface_of("-(1 - x)^2 - 100(y - x^2)^2")).sign == -1
    assert stretch_of(surface_of("x + y")).sign == 0


def test_right_angles_stay_right_angles() -> None:
    """Both axes of the map have one scale, so the gradient stands upright on its level line; not in a very
    long window.
    """
    figure = contour_figure(surface_of("x^2 + y"), LIGHT)
    assert figure["layout"]["yaxis"]["scaleanchor"] == "x"
    long = surface(dl.parse("x^2 + y"), {"x": (0.0, 100.0), "y": (0.0, 1.0)}, {})
    assert "scaleanchor" not in contour_figure(long, LIGHT)["layout"]["yaxis"]


def test_the_gradients_arrow_points_along_the_gradient() -> None:
    """The arrow starts at the point and has the gradient's direction."""
    figure = contour_figure(surface_of("x^2 + y"), LIGHT, point=(1.0, 0.0), gradient=(2.0, 1.0))
    (arrow,) = figure["layout"]["annotations"]
    assert (arrow["ax"], arrow["ay"]) == (1.0, 0.0)
    assert (arrow["y"] - arrow["ay"]) / (arrow["x"] - arrow["ax"]) == pytest.approx(0.5)


@pytest.mark.parametrize("gradient", [(0.0, 0.0), (np.nan, 1.0), (np.inf, 0.0)])
def test_no_arrow_where_there_is_no_direction(gradient: tuple[float, float]) -> None:
    """A gradient that is zero or undefined has no arrow."""
    figure = contour_figure(surface_of("x^2 + y"), LIGHT, point=(1.0, 0.0), gradient=gradient)
    assert figure["layout"]["annotations"] == []


@pytest.mark.parametrize("text", ["undefined", "y ln(x)", "1/(x^2 + y^2)", "5", "10^200*x", "1e-300*x"])
@pytest.mark.parametrize("colors", [LIGHT, DARK], ids=["light", "dark"])
def test_awkward_surfaces_are_drawn(text: str, colors: Palette) -> None:
    """Undefined, half-defined, infinite, level, huge and tiny surfaces make figures that are valid JSON,
    without NaN in it.
    """
    seen = surface_of(text)
    for figure in (surface_figure(seen, colors), contour_figure(seen, colors, field=True)):
        json.dumps(figure, allow_nan=False)


def test_a_pole_does_not_hide_the_rest() -> None:
    """Around a pole the shown range is that of the bulk of the values."""
    low, high = surface_of("1/(x^2 + y^2)").shown
    assert 0 <= low < 0.2
    assert 1 < high < 100


def test_slices_have_their_slopes() -> None:
    """The slices pass through the point with the partials as slopes."""
    first, second = slices(dl.parse("x^2 y"), WINDOW, {"x": 1.0, "y": 2.0})
    assert (first.value, first.slope, second.slope) == (2.0, 4.0, 1.0)


def test_thinning_keeps_the_extremes() -> None:
    """A million values are thinned to a picture's worth, a single spike among them stays."""
    x = np.linspace(0, 1, 1_000_000)
    y = np.sin(x)
    y[123_456] = 99.0
    thin_x, thin_y = thin(x, y)
    assert len(thin_x) <= MOST_POINTS
    assert thin_y.max() == 99.0
    assert (np.diff(thin_x) > 0).all()


def test_a_divergence_is_cut_where_it_leaves() -> None:
    """A walk that runs away is drawn to the edge, and no number in it is infinite."""
    x = np.array([1.0, -3.0, 9.0, -1e9, np.inf])
    cut = clip_far(Path("walk", LIGHT.order(1), x, x, x**2), 20.0)
    assert cut.x.tolist() == [1.0, -3.0, 9.0, -20.0]


def test_zeros_of_a_matrix_have_no_colour() -> None:
    """In the heat map a zero is blank and its number muted, so that a diagonal is seen as one."""
    figure = matrix_figure(np.diag([1.0, 2.0, 3.0]), LIGHT, rows=["a", "b", "c"], columns=["a", "b", "c"])
    decoded = np.frombuffer(b64decode(figure["data"][0]["z"]["bdata"]), "<f4").reshape(3, 3)
    assert np.isnan(decoded[0, 1])
    assert len(figure["layout"]["annotations"]) == 6


def test_labels_of_a_large_matrix_have_room() -> None:
    """Twenty columns are labelled by at most eight numbers: more would run into each other on a phone."""
    names = [str(n) for n in range(20)]
    layout = matrix_figure(np.eye(20), LIGHT, rows=names, columns=names)["layout"]
    assert len(layout["xaxis"]["tickvals"]) <= 8
    assert layout["xaxis"]["ticktext"][:2] == ["0", "3"]
