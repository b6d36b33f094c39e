"""All critical points of a window, found and rightly named."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

import derivlab as dl
from derivlab.multivariable.critical import CriticalPoints, critical_points
from derivlab.multivariable.hessian import classify
from derivlab.multivariable.test_functions import TEST_FUNCTIONS, TestFunction, find


def search(text: str, x: tuple[float, float], y: tuple[float, float]) -> CriticalPoints:
    """Critical points of a typed function."""
    return critical_points(dl.parse(text), {"x": x, "y": y})


def kinds(found: CriticalPoints) -> Counter[str]:
    """How many there are of each kind."""
    return Counter(each.kind for each in found.points)


def test_himmelblau_has_nine() -> None:
    """Himmelblau's function has 4 minima, 4 saddles and 1 maximum, at the published places."""
    found = search(find("Himmelblau").text, (-6, 6), (-6, 6))
    assert kinds(found) == {"minimum": 4, "saddle": 4, "maximum": 1}
    published = {
        "minimum": [(3, 2), (-2.805118, 3.131313), (-3.779310, -3.283186), (3.584428, -1.848127)],
        "maximum": [(-0.270845, -0.923039)],
        "saddle": [
            (-3.073026, -0.081353),
            (-0.127961, -1.953715),
            (0.086678, 2.884255),
            (3.385154, 0.073852),
        ],
    }
    for kind, places in published.items():
        here = sorted((each.at["x"], each.at["y"]) for each in found.points if each.kind == kind)
        assert np.array(here) == pytest.approx(np.array(sorted(places)), abs=2e-6)
    assert found.is_balanced


def test_six_hump_camel_has_fifteen() -> None:
    """The six-hump camel has 6 minima, two of them at −1.0316, 2 maxima and 7 saddles."""
    found = search(find("Six-hump camel").text, (-2.2, 2.2), (-1.2, 1.2))
    assert kinds(found) == {"minimum": 6, "maximum": 2, "saddle": 7}
    lowest = [each for each in found.points if each.value < -1.03]
    assert [each.value for each in lowest] == pytest.approx([-1.0316284535, -1.0316284535], abs=1e-9)
    assert found.is_balanced


def test_goldstein_price_has_nine() -> None:
    """Goldstein and Price's function has 4 minima (the lowest 3 at (0, −1)), 4 saddles and 1 maximum."""
    found = search(find("Goldstein–Price").text, (-2, 2), (-2, 2))
    assert kinds(found) == {"minimum": 4, "saddle": 4, "maximum": 1}
    assert found.points[0].value == pytest.approx(3.0, abs=1e-9)


def test_the_tutorials_function() -> None:
    """u³ + v² + 4uv has a saddle at (0, 0) and a minimum at (8/3, −16/3)."""
    f = dl.parse("f(u, v) = u^3 + v^2 + 4uv")
    found = critical_points(f, {"u": (-6, 6), "v": (-6, 6)})
    assert [(each.kind, each.at["u"], each.at["v"]) for each in found.points] == [
        ("minimum", pytest.approx(8 / 3), pytest.approx(-16 / 3)),
        ("saddle", 0.0, 0.0),
    ]


def test_a_long_lattice_is_found_whole() -> None:
    """sin x · sin y has on [0.5, 9.5]² 5 maxima, 4 minima and 9 saddles: none missed and none twice."""
    found = search("sin(x) sin(y)", (0.5, 9.5), (0.5, 9.5))
    assert kinds(found) == {"maximum": 5, "minimum": 4, "saddle": 9}
    assert found.is_balanced


@pytest.mark.parametrize("known", TEST_FUNCTIONS, ids=lambda each: each.name)
def test_published_minima_are_found(known: TestFunction) -> None:
    """Each published minimum of each test function is among the points, as a minimum."""
    found = search(known.text, *known.window)
    for x, y, value in known.minima:
        near = [
            each
            for each in found.points
            if abs(each.at["x"] - x) < 1e-5 and abs(each.at["y"] - y) < 1e-5 and each.kind == "minimum"
        ]
        assert near, (x, y)
        assert near[0].value == pytest.approx(value, abs=2e-6)


def test_every_point_is_checked() -> None:
    """The gradient at each point that is called critical is zero to rounding."""
    for known in TEST_FUNCTIONS:
        for each in search(known.text, *known.window).points:
            if each.is_smooth:
                assert each.gradient_norm < 1e-7, known.name


@pytest.mark.parametrize(
    ("text", "looks"),
    [
        ("x^4 + y^4", "minimum"),
        ("-x^4 - y^6", "maximum"),
        ("x^3 - 3x y^2", "saddle"),
        ("x^2 + y^3", "saddle"),
    ],
)
def test_where_the_hessian_does_not_decide(text: str, looks: str) -> None:
    """A degenerate point is called so, once, with what samples around it show."""
    (point,) = search(text, (-2, 2), (-2, 2)).points
    assert (point.kind, point.looks) == ("degenerate", looks)
    assert point.at == {"x": pytest.approx(0, abs=1e-3), "y": pytest.approx(0, abs=1e-3)}


@pytest.mark.parametrize("text", ["(x^2 + y^2 - 1)^2", "x^2 + 0y", "sin(x + y)", "relu(x) + relu(y)"])
def test_curves_and_regions_of_critical_points_are_not_counted(text: str) -> None:
    """Where the gradient is zero on whole curves or regions, it is said instead of counting."""
    assert search(text, (-2, 2), (-2, 2)).not_isolated


def test_a_constant_is_critical_everywhere() -> None:
    """A constant function gets an answer at once: the gradient is zero everywhere."""
    found = search("f(x, y) = 5", (-2, 2), (-2, 2))
    assert found.not_isolated
    assert found.points == ()


@pytest.mark.parametrize("text", ["x + 2y", "exp(x) + exp(y)", "ln(x) + y", "1/(x^2 + y^2)"])
def test_none_where_there_is_none(text: str) -> None:
    """A slope, a flank, half a plane without values and a pole have no critical point."""
    found = search(text, (-3, 3), (-3, 3))
    assert found.points == ()
    assert not found.not_isolated


def test_far_flats_are_no_critical_points() -> None:
    """e^(−x²−y²) is nearly flat far out, but only its top is critical."""
    found = search("exp(-x^2 - y^2)", (-10, 10), (-10, 10))
    assert [(each.kind, each.at) for each in found.points] == [("maximum", {"x": 0.0, "y": 0.0})]


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("sqrt(x^2 + y^2)", (0, 0)),
        ("abs(x - 1/3) + abs(y) + x y/10", (1 / 3, 0)),
        ("hypot(x - 1, y + 2)", (1, -2)),
    ],
)
def test_corners_are_found(text: str, at: tuple[float, float]) -> None:
    """A minimum at a tip, where there is no gradient, is found and told apart."""
    (point,) = search(text, (-3, 3), (-3, 3)).points
    assert (point.kind, point.is_smooth) == ("minimum", False)
    assert (point.at["x"], point.at["y"]) == pytest.approx(at, abs=1e-6)


def test_ackley_balances_with_its_corner() -> None:
    """On [−4, 4]² Ackley's function has 81 minima (one a tip), 144 saddles, 64 maxima: their sum is the
    edge's one turn.
    """
    found = search(find("Ackley").text, (-4, 4), (-4, 4))
    assert kinds(found) == {"minimum": 81, "saddle": 144, "maximum": 64}
    assert found.is_balanced


def test_one_variable_and_three() -> None:
    """The search works for one free variable, for three, and with others held."""
    f = dl.parse("x^3 - 3x")
    assert [(each.at["x"], each.kind) for each in critical_points(f, {"x": (-3, 3)}).points] == [
        (pytest.approx(1), "minimum"),
        (pytest.approx(-1), "maximum"),
    ]
    g = dl.parse("x^2 + (y - 1)^2 + (z + 1)^2 + x y z/10")
    three = critical_points(g, dict.fromkeys("xyz", (-3.0, 3.0)))
    assert all(
        np.linalg.norm([dl.derivative(g, each.at, wrt=n) for n in "xyz"]) < 1e-9 for each in three.points
    )
    assert kinds(three)["minimum"] == 1
    held = critical_points(g, {"x": (-3, 3), "y": (-3, 3)}, {"z": 0.0})
    assert [each.at for each in held.points] == [{"x": 0.0, "y": pytest.approx(1.0), "z": 0.0}]


def test_the_count_at_the_edge_can_fail() -> None:
    """A list with a point missing is out of balance: the check is one that can fail."""
    found = search(find("Himmelblau").text, (-6, 6), (-6, 6))
    short = CriticalPoints(found.variables, found.points[1:], found.not_isolated, found.starts, found.turns)
    assert short.is_balanced is False


@pytest.mark.parametrize("bounds", [(1.0, 1.0), (2.0, -2.0), (float("nan"), 1.0), (0.0, float("inf"))])
def test_an_empty_window_is_refused(bounds: tuple[float, float]) -> None:
    """A window that does not end above where it starts is an InputError."""
    with pytest.raises(dl.InputError):
        critical_points(dl.parse("x^2 + y^2"), {"x": bounds, "y": (-1, 1)})


def test_unknown_and_missing_variables_are_refused() -> None:
    """A window of a variable that f has not, and a variable without a value, are InputErrors."""
    with pytest.raises(dl.InputError, match="z is not a variable"):
        critical_points(dl.parse("x^2 + y^2"), {"z": (-1, 1)})
    with pytest.raises(dl.InputError, match="y"):
        critical_points(dl.parse("x^2 + y^2"), {"x": (-1, 1)})


@pytest.mark.parametrize(
    ("eigenvalues", "kind"),
    [
        ((1, 2), "minimum"),
        ((-3, -1), "maximum"),
        ((-1, 5), "saddle"),
        ((0, 5), "degenerate"),
        ((-1, 0, 2), "saddle"),
    ],
)
def test_the_second_derivative_test(eigenvalues: tuple[float, ...], kind: str) -> None:
    """All positive: minimum; all negative: maximum; both signs: saddle; a zero without both signs:
    degenerate.
    """
    assert classify(np.array(eigenvalues, dtype=float)) == kind
