"""Slopes in a direction, at corners too, and bending."""

from __future__ import annotations

import numpy as np
import pytest

import derivlab as dl
from derivlab.multivariable.directional import directional, rosette, unit
from derivlab.multivariable.hessian import bending

TUTORIAL = dl.parse("f(u, v) = u^3 + v^2 + 4uv")


def test_the_tutorials_point() -> None:
    """At (3, 4) the slope along (1, 1) is 63/√2, the steepest 47.42 along (43, 20)."""
    found = directional(TUTORIAL, {"u": 3, "v": 4}, {"u": 1, "v": 1})
    assert found.slope == pytest.approx(63 / np.sqrt(2), rel=1e-14)
    assert found.steepest_slope == pytest.approx(np.hypot(43, 20), rel=1e-14)
    assert found.steepest == pytest.approx(np.array([43, 20]) / np.hypot(43, 20), rel=1e-14)


def test_the_length_of_the_direction_does_not_matter() -> None:
    """A direction a thousand times as long, or 1e-300 of it, has the same slope."""
    slopes = {
        round(directional(TUTORIAL, {"u": 3, "v": 4}, {"u": 3 * size, "v": 4 * size}).slope, 9)
        for size in (1.0, 1e3, 1e-300, 1e300)
    }
    assert len(slopes) == 1


@pytest.mark.parametrize("direction", [{}, {"u": 0.0}, {"u": 0.0, "v": 0.0}])
def test_nowhere_is_no_direction(direction: dict[str, float]) -> None:
    """The direction (0, 0) is refused in words, with one to try."""
    with pytest.raises(dl.InputError, match="points nowhere") as caught:
        directional(TUTORIAL, {"u": 3, "v": 4}, direction)
    assert "(1, 0)" in caught.value.hint


def test_a_direction_must_be_finite() -> None:
    """NaN and infinity are no directions."""
    for wrong in (np.nan, np.inf):
        with pytest.raises(dl.InputError, match="finite"):
            unit(np.array([wrong, 1.0]))


def test_a_corner_has_two_slopes() -> None:
    """On |x| + y² at 0 the slope ahead along x is 1, from behind −1."""
    found = directional(dl.parse("abs(x) + y^2"), {"x": 0, "y": 0}, {"x": 1.0})
    assert (found.forward, found.backward) == (pytest.approx(1), pytest.approx(-1))


def test_a_level_spot_has_no_steepest_direction() -> None:
    """Where the gradient is zero no direction is the steepest."""
    assert directional(dl.parse("x^2 + y^2"), {"x": 0, "y": 0}, {"x": 1.0}).steepest is None
    assert rosette(dl.parse("x^2 + y^2"), {"x": 0, "y": 0}, ("x", "y")).steepest_angle is None


def test_outside_the_domain_it_is_said() -> None:
    """Where f has no value there is no slope, and no bending."""
    f = dl.parse("y ln(x)")
    with pytest.raises(dl.InputError, match="no value"):
        directional(f, {"x": -1, "y": 1}, {"x": 1.0})
    with pytest.raises(dl.InputError, match="no value"):
        bending(f, {"x": -1, "y": 1})


def test_a_rosette_is_two_circles() -> None:
    """The slopes all around are |∇f| times the cosine of the angle to the steepest direction."""
    found = rosette(TUTORIAL, {"u": 3, "v": 4}, ("u", "v"))
    assert found.slopes == pytest.approx(
        np.hypot(43, 20) * np.cos(found.angles - np.arctan2(20, 43)), abs=1e-9
    )


def test_bending_of_a_turned_bowl() -> None:
    """x² + xy + y² bends by 3 along (1, 1)/√2 and by 1 across it."""
    found = bending(dl.parse("x^2 + x y + y^2"), {"x": 0.3, "y": -2})
    assert found.eigenvalues == pytest.approx([1, 3])
    assert np.abs(found.directions[1]) == pytest.approx([np.sqrt(0.5)] * 2)
    assert found.shape == "bowl"
    assert found.determinant == pytest.approx(3)


def test_the_quadratic_picture_of_a_quadratic_is_itself() -> None:
    """A polynomial of degree 2 is its own second-order Taylor polynomial, anywhere."""
    f = dl.parse("3 + x - 2y + x^2 - 5x y + y^2")
    found = bending(f, {"x": 1.5, "y": -0.5})
    places = np.random.default_rng(0).uniform(-9, 9, (20, 2))
    assert found.quadratic(places) == pytest.approx(
        dl.value(f, {"x": places[:, 0], "y": places[:, 1]}), rel=1e-12
    )


def test_the_quadratic_picture_errs_by_the_third_order() -> None:
    """Ten times nearer, the quadratic approximation is about a thousand times better, the plane a hundred."""
    f = dl.parse("exp(x) sin(y)")
    found = bending(f, {"x": 0.2, "y": 0.5})
    errors = []
    for step in (1e-1, 1e-2):
        place = np.array([[0.2 + step, 0.5 - step]])
        true = dl.value(f, {"x": place[0, 0], "y": place[0, 1]})
        errors.append((abs(found.quadratic(place)[0] - true), abs(found.tangent_plane(place)[0] - true)))
    assert errors[0][0] / errors[1][0] == pytest.approx(1000, rel=0.3)
    assert errors[0][1] / errors[1][1] == pytest.approx(100, rel=0.3)
