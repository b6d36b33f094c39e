"""Laws that gradients, Hessians and Jacobians obey, on functions made at random."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import derivlab as dl
from derivlab.expression.several import VectorFunction, parse_vector
from derivlab.multivariable.batch import gradients, hessians
from derivlab.multivariable.directional import directional
from derivlab.multivariable.partials import mixed, partials
from derivlab.multivariable.vector_function import chain, jvp, linearize, vjp

LEAVES = st.sampled_from(["x", "y", "2", "0.5", "pi"])
SMOOTH = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("+-*"), inner).map(lambda t: f"({t[0]} {t[1]} {t[2]})"),
        st.tuples(st.sampled_from(["sin", "cos", "tanh", "atan", "sigmoid"]), inner).map(
            lambda t: f"{t[0]}({t[1]})"
        ),
        inner.map(lambda t: f"({t})^2"),
        inner.map(lambda t: f"({t})/(2 + ({t})^2)"),
    ),
    max_leaves=10,
)
NUMBERS = st.floats(-2, 2).map(lambda number: round(number, 3))
FEW = settings(max_examples=60, deadline=None)


def function(body: str, variables: str = "x, y") -> dl.Function:
    """A function of x and y, whether or not both occur."""
    return dl.parse(f"f({variables}) = {body}")


@FEW
@given(SMOOTH, NUMBERS, NUMBERS)
def test_clairaut(body: str, x: float, y: float) -> None:
    """For a smooth function both mixed partials are the same, and differences confirm them."""
    f = function(body)
    found = partials(f, {"x": x, "y": y})
    first, second = found.of("x", "y"), found.of("y", "x")
    size = max(1.0, abs(first.autograd), *(abs(each.autograd) for each in found.second))
    assume(size < 1e6)
    assert first.autograd == pytest.approx(second.autograd, abs=1e-9 * size)
    assert first.difference == pytest.approx(first.autograd, abs=1e-4 * size + 100 * first.difference_error)


@FEW
@given(st.lists(st.tuples(st.integers(-3, 3), st.integers(0, 4)), min_size=1, max_size=4), NUMBERS, NUMBERS)
def test_euler(terms: list[tuple[int, int]], x: float, y: float) -> None:
    """A homogeneous function of degree 4 has x·f_x + y·f_y = 4 f, and its Hessian gives 12 f (Euler)."""
    body = " + ".join(f"({factor}) x^{power} y^{4 - power}" for factor, power in terms)
    value, gradient, hessian = (part[0] for part in hessians(function(body), np.array([[x, y]])))
    place = np.array([x, y])
    assert place @ gradient == pytest.approx(4 * value, abs=1e-9)
    assert place @ hessian @ place == pytest.approx(12 * value, abs=1e-8)


@FEW
@given(st.tuples(SMOOTH, SMOOTH), st.tuples(SMOOTH, SMOOTH), NUMBERS, NUMBERS)
def test_chain_rule(outer: tuple[str, str], inner: tuple[str, str], x: float, y: float) -> None:
    """The Jacobian of a composition is the product of the Jacobians."""
    vectors = [
        VectorFunction("F", ("x", "y"), tuple(function(body) for body in pair)) for pair in (outer, inner)
    ]
    found = chain(vectors[0], vectors[1], {"x": x, "y": y})
    size = max(1.0, float(np.abs(found.outer).max()) * float(np.abs(found.inner).max()))
    assume(np.isfinite(size) and size < 1e8)
    assert found.product == pytest.approx(found.direct, abs=1e-10 * size)


@FEW
@given(SMOOTH, NUMBERS, NUMBERS, st.floats(0, 6.28))
def test_the_slope_along_a_direction(body: str, x: float, y: float, angle: float) -> None:
    """A forward pass (JVP) gives the same slope as the gradient's scalar product, and never more than |∇f|."""
    direction = {"x": float(np.cos(angle)), "y": float(np.sin(angle))}
    found = directional(function(body), {"x": x, "y": y}, direction)
    assert found.slope == pytest.approx(found.dot_product, rel=1e-9, abs=1e-9)
    assert abs(found.slope) <= found.steepest_slope * (1 + 1e-12) + 1e-12


@FEW
@given(st.tuples(SMOOTH, SMOOTH), NUMBERS, NUMBERS, NUMBERS, NUMBERS, NUMBERS, NUMBERS)
def test_forward_and_backward_agree(
    pair: tuple[str, str], x: float, y: float, v1: float, v2: float, w1: float, w2: float
) -> None:
    """w·(J v) is (wᵀJ)·v: a JVP and a VJP are two readings of one Jacobian."""
    vector = VectorFunction("F", ("x", "y"), tuple(function(body) for body in pair))
    at, v, w = {"x": x, "y": y}, np.array([v1, v2]), np.array([w1, w2])
    left, right = float(w @ jvp(vector, at, v)), float(vjp(vector, at, w) @ v)
    assert left == pytest.approx(right, rel=1e-9, abs=1e-9)


@FEW
@given(SMOOTH)
def test_many_points_are_as_many_single_ones(body: str) -> None:
    """The gradient at an array of points is the gradient at each: the sum keeps points apart."""
    f = function(body)
    points = np.random.default_rng(3).uniform(-2, 2, (7, 2))
    _, together = gradients(f, points)
    alone = np.array([list(dl.gradient(f, {"x": x, "y": y}).values()) for x, y in points])
    assert together == pytest.approx(alone, rel=1e-12, abs=1e-12)


def test_the_order_can_matter() -> None:
    """xy(x² − y²)/(x² + y²) has mixed partials −1 and 1 at the origin, as Peano showed, defined there or
    not.
    """
    formula = "x y (x^2 - y^2)/(x^2 + y^2)"
    for text in (formula, f"where(x^2 + y^2 > 0, {formula}, 0)"):
        found = mixed(dl.parse(text), {"x": 0, "y": 0}, ("x", "y"))
        assert (found.xy, found.yx) == (pytest.approx(-1), pytest.approx(1))
        assert not found.agree
    assert mixed(dl.parse(formula), {"x": 1, "y": 2}, ("x", "y")).agree


def test_mixed_partials_that_do_not_settle_are_nan() -> None:
    """Where the second difference grows without end there is no mixed partial, and none is made up."""
    found = mixed(dl.parse("cbrt(x y)"), {"x": 1, "y": 0}, ("x", "y"))
    assert np.isnan(found.xy) or abs(found.xy) > 1e3


@pytest.mark.parametrize(
    ("text", "at", "determinant"),
    [
        ("F(r, theta) = (r cos(theta), r sin(theta))", {"r": 2.5, "theta": 0.7}, 2.5),
        (
            "F(r, theta, phi) = (r sin(theta) cos(phi), r sin(theta) sin(phi), r cos(theta))",
            {"r": 2.0, "theta": 0.7, "phi": 1.1},
            4 * np.sin(0.7),
        ),
        ("F(x, y) = (x^2 - y^2, 2x y)", {"x": 1.0, "y": 2.0}, 20.0),
        ("F(x, y) = (x + y, y)", {"x": 1.0, "y": 2.0}, 1.0),
    ],
)
def test_known_determinants(text: str, at: dict[str, float], determinant: float) -> None:
    """Polar coordinates stretch areas by r, spherical ones volumes by r² sin θ, z² by |2z|², a shear not at
    all.
    """
    assert linearize(parse_vector(text), at).determinant == pytest.approx(determinant, rel=1e-12)


def test_divergence_and_curl() -> None:
    """A whirl has curl 2 and no divergence, a source the reverse, and a gradient field in space no curl."""
    at = {"x": 0.3, "y": -0.8, "z": 1.2}
    whirl, source = (linearize(parse_vector(text), at) for text in ("F(x, y) = (-y, x)", "F(x, y) = (x, y)"))
    assert (whirl.divergence, whirl.curl) == (0.0, (2.0,))
    assert (source.divergence, source.curl) == (2.0, (0.0,))
    assert linearize(parse_vector("(y z, x z, x y)"), at).curl == pytest.approx((0, 0, 0))
    assert linearize(parse_vector("(z, x, y)"), at).curl == (1.0, 1.0, 1.0)
    assert linearize(parse_vector("F(x, y) = (x, y, x y)"), at).divergence is None
