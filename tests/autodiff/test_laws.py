"""Laws of calculus on random functions: linearity, product, quotient and chain rule, Clairaut."""

from __future__ import annotations

import math
from fractions import Fraction

import mpmath
import numpy as np
import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

import derivlab as dl
from derivlab.autodiff.taylor import evaluator, taylor
from derivlab.expression.function import Function
from derivlab.expression.tree import Apply, Node, Number, Variable, fold, substitute
from derivlab.lowering.to_sympy import to_sympy

SMOOTH = ("sin", "cos", "atan", "tanh", "sigmoid", "asinh", "erf", "exp")
TWO = Number(Fraction(2))
POINTS = st.floats(-1.5, 1.5).map(lambda x: round(x, 3))


def bounded(child: Node) -> Node:
    """tanh of it: what stays small can be nested without overflow."""
    return Apply("tanh", (child,))


def trees(names: tuple[str, ...]) -> st.SearchStrategy[Node]:
    """Smooth functions that are defined everywhere and stay of moderate size."""
    numbers = st.fractions(min_value=0, max_value=4, max_denominator=8).map(Number)
    leaves = st.one_of(st.sampled_from([Variable(name) for name in names]), numbers)

    def extend(children: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
        small = children.map(bounded)
        return st.one_of(
            st.tuples(st.sampled_from(("add", "subtract", "multiply")), small, children).map(
                lambda t: Apply(t[0], (t[1], t[2]))
            ),
            st.tuples(st.sampled_from(SMOOTH), small).map(lambda t: Apply(t[0], (t[1],))),
            small.map(lambda u: Apply("power", (u, TWO))),
            small.map(lambda u: Apply("sqrt", (Apply("add", (TWO, u)),))),
            small.map(lambda u: Apply("ln", (Apply("add", (TWO, u)),))),
            st.tuples(children, small).map(lambda t: Apply("divide", (t[0], Apply("add", (TWO, t[1]))))),
            children.map(lambda u: Apply("negate", (u,))),
        )

    return st.recursive(leaves, extend, max_leaves=8)


def function(tree: Node, *names: str) -> Function:
    """A function of the named variables."""
    return Function("f", names or ("x",), tree)


def slope(tree: Node, x: float, order: int = 1) -> float:
    """A derivative by x."""
    return dl.derivative(function(tree), {"x": x}, order=order)


def close(a: float, b: float, scale: float = 1.0) -> bool:
    """Equal up to rounding, which grows with the size of what was added."""
    return a == pytest.approx(b, rel=1e-9, abs=1e-9 * max(1.0, scale))


@given(trees(("x",)), trees(("x",)), POINTS)
@settings(max_examples=25, deadline=None)
def test_the_derivative_is_linear(f: Node, g: Node, x: float) -> None:
    """(f + 3g)′ = f′ + 3g′."""
    combined = Apply("add", (f, Apply("multiply", (Number(Fraction(3)), g))))
    assert close(slope(combined, x), slope(f, x) + 3 * slope(g, x), abs(slope(g, x)))


@given(trees(("x",)), trees(("x",)), POINTS)
@settings(max_examples=25, deadline=None)
def test_product_and_quotient_rule(f: Node, g: Node, x: float) -> None:
    """(f·g)′ = f′·g + f·g′ and (f/h)′ = (f′·h − f·h′)/h² with h = 2 + tanh g."""
    at = {"x": x}
    first, second = dl.value(function(f), at), dl.value(function(g), at)
    product = slope(f, x) * second + first * slope(g, x)
    assert close(slope(Apply("multiply", (f, g)), x), product, abs(slope(f, x) * second))
    h = Apply("add", (TWO, bounded(g)))
    below = dl.value(function(h), at)
    quotient = (slope(f, x) * below - first * slope(h, x)) / below**2
    assert close(slope(Apply("divide", (f, h)), x), quotient, abs(first))


@given(trees(("x",)), trees(("x",)), POINTS)
@settings(max_examples=25, deadline=None)
def test_chain_rule(f: Node, g: Node, x: float) -> None:
    """(f∘g)′(x) = f′(g(x))·g′(x)."""
    inner = bounded(g)
    between = dl.value(function(inner), {"x": x})
    composed = substitute(f, {"x": inner})
    assert close(slope(composed, x), slope(f, between) * slope(inner, x))


@given(trees(("x", "y")), POINTS, POINTS)
@settings(max_examples=25, deadline=None)
def test_clairaut(f: Node, x: float, y: float) -> None:
    """∂²f/∂x∂y = ∂²f/∂y∂x, and both stand in the Hessian."""
    both, at = function(f, "x", "y"), {"x": x, "y": y}
    first, second = (dl.derivative(both, at, wrt=names) for names in (("x", "y"), ("y", "x")))
    matrix = dl.hessian(both, at)
    assert close(first, second)
    assert close(matrix[0, 1], first)
    assert close(matrix[1, 0], first)
    assert close(matrix[0, 0], dl.derivative(both, at, wrt="x", order=2))


@given(trees(("x", "y")), POINTS, POINTS)
@settings(max_examples=25, deadline=None)
def test_gradient_jacobian_and_derivative_agree(f: Node, x: float, y: float) -> None:
    """Three ways to the same numbers."""
    both, at = function(f, "x", "y"), {"x": x, "y": y}
    found = dl.gradient(both, at)
    assert found == {name: dl.derivative(both, at, wrt=name) for name in ("x", "y")}
    np.testing.assert_allclose(dl.jacobian([both], at)[0], list(found.values()), rtol=1e-12, atol=1e-12)


@given(trees(("x",)), POINTS)
@settings(max_examples=20, deadline=None)
def test_autograd_and_taylor_agree(f: Node, x: float) -> None:
    """At orders 0 to 3, within 1e-9."""
    rows = taylor(function(f), {"x": x}, "x", 3)
    for order, row in enumerate(rows):
        assert close(float(row), slope(f, x, order), float(np.abs(rows).max()))


@given(trees(("x",)), POINTS)
@settings(max_examples=25, deadline=None)
def test_sympy_agrees(f: Node, x: float) -> None:
    """SymPy's second derivative, evaluated by mpmath at 30 digits, is the same."""
    expression = to_sympy(f)
    symbol = sympy.Symbol("x", real=True)
    exact = sympy.lambdify(symbol, sympy.diff(expression, symbol, 2), "mpmath")
    with mpmath.workdps(30):
        expected = float(mpmath.re(mpmath.mpmathify(exact(mpmath.mpf(x)))))
    assert close(slope(f, x, 2), expected)
    assert close(float(taylor(function(f), {"x": x}, "x", 2)[2]), expected)


@given(trees(("x",)), st.lists(POINTS, min_size=1, max_size=6))
@settings(max_examples=20, deadline=None)
def test_many_points_are_single_points(f: Node, xs: list[float]) -> None:
    """An array gives what each of its points gives."""
    many = dl.derivative(function(f), {"x": xs})
    rows = evaluator(function(f))(np.array(xs))
    for i, x in enumerate(xs):
        assert close(many[i], slope(f, x))
        assert close(rows[1, i], slope(f, x))


@given(st.integers(1, 6), st.integers(1, 4), st.floats(0.2, 2), st.floats(0.2, 2))
@settings(max_examples=20, deadline=None)
def test_eulers_identity(p: int, q: int, x: float, y: float) -> None:
    """x·f_x + y·f_y = (p + q)·f for f = x^p·y^q."""
    f = dl.parse(f"x^{p}*y^{q}")
    slopes = dl.gradient(f, {"x": x, "y": y})
    assert close(
        x * slopes["x"] + y * slopes["y"], (p + q) * dl.value(f, {"x": x, "y": y}), (x + y) ** (p + q)
    )


def test_the_random_trees_are_not_all_trivial() -> None:
    """The laws are tested on functions that bend."""
    seen: list[Node] = []

    @given(trees(("x",)))
    @settings(max_examples=60, deadline=None, database=None)
    def collect(tree: Node) -> None:
        seen.append(tree)

    collect()
    bent = [tree for tree in seen if abs(slope(tree, 0.37, 2)) > 1e-6]
    assert len(bent) > 10
    assert all(math.isfinite(slope(tree, 0.37)) for tree in seen)
    assert max(fold(tree, lambda _, parts: 1 + max(parts, default=0)) for tree in seen) > 4
