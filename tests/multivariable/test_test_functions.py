"""Gradients and Hessians of published test functions, at published points."""

from __future__ import annotations

import mpmath
import numpy as np
import pytest
import sympy

import derivlab as dl
from derivlab.lowering.to_sympy import to_sympy
from derivlab.multivariable.batch import gradients, hessians
from derivlab.multivariable.test_functions import TEST_FUNCTIONS, TestFunction, find

SMOOTH = [each for each in TEST_FUNCTIONS if each.name != "Ackley"]
NAMES = [each.name for each in SMOOTH]


def test_there_are_twenty() -> None:
    """Twenty functions of two variables are offered, each once."""
    assert len({each.name for each in TEST_FUNCTIONS}) == 20


@pytest.mark.parametrize("known", TEST_FUNCTIONS, ids=lambda each: each.name)
def test_published_minima_have_their_published_values(known: TestFunction) -> None:
    """f at each published minimum is the published value, to the digits that are published."""
    f = dl.parse(known.text)
    for x, y, value in known.minima:
        assert dl.value(f, {"x": x, "y": y}) == pytest.approx(value, abs=2e-6)


@pytest.mark.parametrize("known", SMOOTH, ids=NAMES)
def test_the_gradient_vanishes_at_published_minima(known: TestFunction) -> None:
    """At a published minimum the gradient is zero, as far as the six published decimals allow, and the
    Hessian is not negative.
    """
    f = dl.parse(known.text)
    for x, y, _ in known.minima:
        _, gradient, hessian = hessians(f, np.array([[x, y]]))
        assert np.abs(gradient).max() <= 2e-6 * max(1.0, np.abs(hessian).max())
        assert np.linalg.eigvalsh(hessian[0]).min() > -1e-6


@pytest.mark.parametrize("known", TEST_FUNCTIONS, ids=lambda each: each.name)
def test_gradient_and_hessian_agree_with_sympy_at_fifty_digits(known: TestFunction) -> None:
    """At the start and at a crooked point, autograd agrees with SymPy's formulas evaluated by mpmath at 50
    digits.
    """
    f = dl.parse(known.text)
    formula = to_sympy(f.tree)
    symbols = [sympy.Symbol(name, real=True) for name in f.variables]
    points = np.array([known.start, (0.3717, -0.2919)], dtype=float)
    _, gradient, hessian = hessians(f, points)
    with mpmath.workdps(50):
        for row, place in enumerate(points):
            at = dict(zip(symbols, (sympy.Float(number, 50) for number in place), strict=True))
            for i, first in enumerate(symbols):
                slope = float(sympy.diff(formula, first).evalf(50, subs=at))
                assert gradient[row, i] == pytest.approx(slope, rel=1e-11, abs=1e-10)
                for j, second in enumerate(symbols):
                    bend = float(sympy.diff(formula, first, second).evalf(50, subs=at))
                    assert hessian[row, i, j] == pytest.approx(bend, rel=1e-11, abs=1e-9)


@pytest.mark.parametrize(
    ("name", "point", "gradient", "hessian"),
    [
        ("Rosenbrock", (-1.2, 1.0), (-215.6, -88.0), ((1330.0, 480.0), (480.0, 200.0))),
        ("Rosenbrock", (1.0, 1.0), (0.0, 0.0), ((802.0, -400.0), (-400.0, 200.0))),
        ("Booth", (1.0, 3.0), (0.0, 0.0), ((10.0, 8.0), (8.0, 10.0))),
        ("Matyas", (0.0, 0.0), (0.0, 0.0), ((0.52, -0.48), (-0.48, 0.52))),
        ("Himmelblau", (3.0, 2.0), (0.0, 0.0), ((74.0, 20.0), (20.0, 34.0))),
        ("Sphere", (4.0, 3.0), (8.0, 6.0), ((2.0, 0.0), (0.0, 2.0))),
    ],
)
def test_values_worked_out_by_hand(
    name: str,
    point: tuple[float, float],
    gradient: tuple[float, float],
    hessian: tuple[tuple[float, float], ...],
) -> None:
    """Gradient and Hessian are those that textbooks and paper give."""
    found = hessians(dl.parse(find(name).text), np.array([point]))
    assert found[1][0] == pytest.approx(gradient, abs=1e-9)
    assert found[2][0] == pytest.approx(np.array(hessian), abs=1e-9)


def test_ackley_has_no_gradient_at_its_minimum() -> None:
    """Ackley's minimum is the tip of a cone: there is no gradient there, and none is made up."""
    _, gradient = gradients(dl.parse(find("Ackley").text), np.array([[0.0, 0.0]]))
    assert np.isnan(gradient).all()
