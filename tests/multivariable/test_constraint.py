"""Lagrange points, level curves, implicit and parametric curves."""

from __future__ import annotations

import numpy as np
import pytest
import sympy

import derivlab as dl
from derivlab.expression.several import parse_equation, parse_vector
from derivlab.multivariable.constraint import Constrained, lagrange
from derivlab.multivariable.level_set import level_set, project
from derivlab.multivariable.plane_curve import implicit_slope, motion, trace

WINDOW = {"x": (-2.0, 2.0), "y": (-2.0, 2.0)}


def on(f: str, constraint: str, window: dict[str, tuple[float, float]] = WINDOW) -> Constrained:
    """Lagrange points of a typed function under a typed constraint."""
    return lagrange(dl.parse(f), parse_equation(constraint).function, 0.0, window)


def test_x_plus_y_on_the_circle() -> None:
    """x + y on the unit circle is largest at (√½, √½) with λ = √½, smallest opposite."""
    low, high = on("x + y", "x^2 + y^2 = 1").points
    assert (low.kind, low.lowest, high.kind, high.highest) == ("minimum", True, "maximum", True)
    assert (high.value, high.multiplier) == (pytest.approx(np.sqrt(2)), pytest.approx(np.sqrt(0.5)))
    assert (high.at["x"], high.at["y"]) == (pytest.approx(np.sqrt(0.5)), pytest.approx(np.sqrt(0.5)))


def test_x2y_on_the_circle() -> None:
    """x²y on x² + y² = 3 has six Lagrange points, the largest value 2 at (±√2, 1)."""
    found = on("x^2 y", "x^2 + y^2 = 3")
    assert len(found.points) == 6
    tops = [each for each in found.points if each.highest]
    assert [(abs(each.at["x"]), each.at["y"], each.value) for each in tops] == [
        (pytest.approx(np.sqrt(2)), pytest.approx(1), pytest.approx(2))
    ] * 2


def test_lagrange_condition_holds_at_each_point() -> None:
    """At every point found the gradients are parallel and the point is on the curve."""
    f, g = dl.parse("sin(2x) + x y"), parse_equation("x^2/2 + y^2 = 1 + x y/3").function
    for each in lagrange(f, g, 0.0, WINDOW).points:
        slope, normal = (np.array(list(dl.gradient(h, each.at).values())) for h in (f, g))
        assert slope == pytest.approx(each.multiplier * normal, abs=1e-9)
        assert dl.value(g, each.at) == pytest.approx(0, abs=1e-12)


def test_a_tip_of_the_constraint_counts() -> None:
    """x on y² = x³ is smallest at the tip, where ∇g = 0 and Lagrange's condition says nothing."""
    (point,) = on("x + 0y", "y^2 = x^3").points
    assert (point.kind, point.lowest) == ("singular", True)
    assert point.at["x"] == pytest.approx(0, abs=1e-6)


def test_a_level_constraint_is_said() -> None:
    """x² + y² on the unit circle is the same everywhere: no point is singled out."""
    assert on("x^2 + y^2", "x^2 + y^2 = 1").not_isolated


def test_a_constraint_outside_the_window_is_refused() -> None:
    """A curve that misses the window is an InputError that says so."""
    with pytest.raises(dl.InputError, match="no point in this window"):
        on("x + y", "x^2 + y^2 = 100")
    with pytest.raises(dl.InputError, match="no point in this window"):
        on("x + y", "x^2 + y^2 = -1")


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("x^2 + y^2 = 1", 1),
        ("x^2 - y^2 = 1", 2),
        ("x y = 1", 2),
        ("y = x^2", 1),
        ("(x^2 + y^2 - 1)*((x - 1.5)^2 + y^2 - 0.01) = 0", 2),
    ],
)
def test_level_curves_lie_on_the_curve(text: str, pieces: int) -> None:
    """Every point of a level curve fulfils the equation, and the curve hangs together."""
    f = parse_equation(text).function
    found = level_set(f, 0.0, WINDOW)
    assert len(found.pieces) == pieces
    for piece in found.pieces:
        values = dl.value(f, {"x": piece[:, 0], "y": piece[:, 1]})
        assert np.abs(values).max() < 1e-7


def test_a_pole_is_no_level_curve() -> None:
    """1/x = 0 has no solution: the jump from −∞ to ∞ is not taken for one."""
    assert level_set(dl.parse("f(x, y) = 1/x"), 0.0, WINDOW).is_empty
    assert level_set(dl.parse("f(x, y) = sign(x) + 0.5"), 0.0, WINDOW).is_empty


def test_the_length_of_a_circle() -> None:
    """The level curve of a circle closes and is 2π long, to a thousandth."""
    (piece,) = level_set(parse_equation("x^2 + y^2 = 1").function, 0.0, WINDOW).pieces
    assert piece[0] == pytest.approx(piece[-1])
    assert np.linalg.norm(np.diff(piece, axis=0), axis=1).sum() == pytest.approx(2 * np.pi, rel=1e-3)


def test_projection_onto_the_curve() -> None:
    """A point beside the circle moves onto it; far from any curve it is said."""
    f = parse_equation("x^2 + y^2 = 1").function
    at = project(f, 0.0, {"x": 3.0, "y": 4.0}, ("x", "y"))
    assert at == {"x": pytest.approx(0.6), "y": pytest.approx(0.8)}
    with pytest.raises(dl.InputError, match="no point of the curve"):
        project(parse_equation("x^2 + y^2 = -1").function, 0.0, {"x": 1.0, "y": 1.0}, ("x", "y"))


@pytest.mark.parametrize(
    ("text", "x"),
    [("x^2 + y^2 = 1", 0.6), ("x^3 + y^3 = 3x y", 1.5), ("y + sin(y) = x", 0.7), ("x e^y = y^2 + 1", 2.0)],
)
def test_implicit_slopes_against_differences_of_the_curve(text: str, x: float) -> None:
    """dy/dx = −F_x/F_y is the slope of the curve that SymPy's solver follows from x − h to x + h."""
    equation = parse_equation(text)
    near = implicit_slope(equation.function, 0.0, {"x": x, "y": 0.8})
    formula = sympy.lambdify(
        ("x", "y"), dl.exact(equation.function, "x").sympy * 0 + _sympy(equation.function)
    )
    ends = []
    for step in (-1e-4, 1e-4):
        root = near.at["y"]
        for _ in range(50):
            slope = (
                formula(near.at["x"] + step, root + 1e-7) - formula(near.at["x"] + step, root - 1e-7)
            ) / 2e-7
            root -= formula(near.at["x"] + step, root) / slope
        ends.append(root)
    assert near.slope == pytest.approx((ends[1] - ends[0]) / 2e-4, rel=1e-5)


def _sympy(f: dl.Function) -> sympy.Expr:
    from derivlab.lowering.to_sympy import to_sympy

    return to_sympy(f.tree)


def test_upright_and_singular_points() -> None:
    """At (1, 0) the circle's tangent is upright; at the origin the lemniscate crosses itself."""
    assert (
        implicit_slope(parse_equation("x^2 + y^2 = 1").function, 0.0, {"x": 1.0, "y": 0.0}).kind == "vertical"
    )
    crossing = implicit_slope(parse_equation("(x^2 + y^2)^2 = x^2 - y^2").function, 0.0, {"x": 0.0, "y": 0.0})
    assert crossing.kind == "singular"
    assert np.isnan(crossing.slope)


def test_motion_on_a_figure_eight() -> None:
    """(cos t, sin 2t): velocity (−sin t, 2 cos 2t), acceleration (−cos t, −4 sin 2t)."""
    found = motion(parse_vector("(cos t, sin 2t)"), 0.5)
    assert found.velocity == pytest.approx([-np.sin(0.5), 2 * np.cos(1)])
    assert found.acceleration == pytest.approx([-np.cos(0.5), -4 * np.sin(1)])
    assert found.slope == pytest.approx(2 * np.cos(1) / -np.sin(0.5))


def test_a_circle_has_the_curvature_of_its_radius() -> None:
    """A circle of radius 4 has curvature 1/4 everywhere; run through the other way round, −1/4."""
    assert motion(parse_vector("(4 cos t, 4 sin t)"), 1.1).curvature == pytest.approx(0.25)
    assert motion(parse_vector("(4 cos t, -4 sin t)"), 1.1).curvature == pytest.approx(-0.25)


def test_upright_and_standing_still() -> None:
    """At t = 0 the unit circle runs upright; the cycloid stands still at its tip."""
    assert motion(parse_vector("(cos t, sin t)"), 0.0).kind == "vertical"
    assert motion(parse_vector("(t - sin t, 1 - cos t)"), 0.0).kind == "singular"


def test_a_curve_needs_one_variable() -> None:
    """A vector function of two variables is no curve, and a t outside of the domain no point."""
    with pytest.raises(dl.InputError, match="one variable"):
        motion(parse_vector("(x y, x)"), 0.0)
    with pytest.raises(dl.InputError, match="no point"):
        motion(parse_vector("(ln t, t)"), -1.0)


def test_a_trace_has_no_long_strides() -> None:
    """Even where t runs much faster than the path no two neighbours are far apart."""
    _, places = trace(parse_vector("(cos(t^3), sin(t^3))"), (0.0, 3.0))
    assert np.linalg.norm(np.diff(places, axis=0), axis=1).max() < 0.15
    with pytest.raises(dl.InputError):
        trace(parse_vector("(cos t, sin t)"), (1.0, 1.0))
