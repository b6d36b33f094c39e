"""Descent: the same steps as torch and as a pen make, and honest outcomes."""

from __future__ import annotations

import numpy as np
import pytest
import torch

import derivlab as dl
from derivlab.multivariable.descent import METHODS, MOST_STEPS, descend
from derivlab.multivariable.test_functions import find

BOWL = dl.parse("x^2 + 3y^2")
START = {"x": 1.0, "y": -2.0}


def test_gradient_descent_by_hand() -> None:
    """On x² + 3y² each step multiplies x by 1 − 2r and y by 1 − 6r."""
    found = descend(BOWL, START, "gradient descent", 0.1, 12)
    steps = np.arange(13)
    assert found.places == pytest.approx(np.stack([0.8**steps, -2 * 0.4**steps], axis=1), abs=1e-14)


def test_momentum_by_hand() -> None:
    """Momentum 0.9: the velocity is 0.9 of the last one plus the gradient, as torch.optim.SGD defines it."""
    found = descend(BOWL, START, "momentum", 0.02, 10)
    place, velocity = np.array([1.0, -2.0]), np.zeros(2)
    for row in found.places[1:]:
        velocity = 0.9 * velocity + place * [2, 6]
        place = place - 0.02 * velocity
        assert row == pytest.approx(place, abs=1e-13)


def test_adam_is_torchs() -> None:
    """Adam's path is the one that torch.optim.Adam takes on the same function written by hand."""
    found = descend(BOWL, START, "Adam", 0.1, 20)
    x = torch.tensor([1.0, -2.0], dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.Adam([x], lr=0.1)
    for row in found.places[1:]:
        optimizer.zero_grad()
        (x[0] ** 2 + 3 * x[1] ** 2).backward()
        optimizer.step()
        assert row == pytest.approx(x.detach().numpy(), abs=1e-12)


def test_newton_needs_one_step_on_a_quadratic() -> None:
    """Newton's method is at the bottom of a quadratic bowl after one step."""
    found = descend(BOWL, START, "Newton", 1.0, 50)
    assert found.places[1] == pytest.approx([0, 0], abs=1e-15)
    assert found.outcome == "arrived"


def test_newton_arrives_at_rosenbrocks_minimum() -> None:
    """From (−1.2, 1) Newton's method reaches (1, 1) in under ten steps."""
    found = descend(dl.parse(find("Rosenbrock").text), {"x": -1.2, "y": 1}, "Newton", 1.0, 30)
    assert found.places[-1] == pytest.approx([1, 1], abs=1e-9)
    assert found.steps < 10


def test_newton_says_that_it_stopped_at_a_saddle() -> None:
    """Newton's method looks for a slope of zero, up or down: at a saddle it says so."""
    found = descend(dl.parse("x^2 - y^2 + y^4/10"), {"x": 1, "y": 0.1}, "Newton", 1.0, 50)
    assert found.outcome == "saddle or maximum"


def test_too_large_a_step_diverges() -> None:
    """With a step above 2/6 the walk on 3y² grows: it is an outcome, and the walk ends."""
    found = descend(BOWL, START, "gradient descent", 0.4, 2000)
    assert found.outcome == "diverged"
    assert 1 < found.steps < 2000
    assert np.isfinite(found.places[:-1]).all()


def test_a_slope_without_end_diverges() -> None:
    """On −x² the walk runs away."""
    assert (
        descend(dl.parse("f(x, y) = -x^2 - y^2"), START, "gradient descent", 0.5, 200).outcome == "diverged"
    )


def test_walking_out_of_the_domain_is_said() -> None:
    """On √x a step beyond 0 has no value: the walk ends there."""
    found = descend(dl.parse("f(x, y) = sqrt(x) + y^2"), {"x": 0.1, "y": 0}, "gradient descent", 0.2, 50)
    assert found.outcome == "left the domain"


def test_a_short_walk_is_still_moving() -> None:
    """Before it arrives a walk is still moving."""
    assert descend(BOWL, START, "gradient descent", 0.01, 3).outcome == "still moving"


@pytest.mark.parametrize("method", METHODS)
def test_a_constant_is_arrived_at_once(method: str) -> None:
    """On a constant every method stays where it is."""
    found = descend(dl.parse("f(x, y) = 4"), START, method, 0.1, 10)  # type: ignore[arg-type]
    assert found.outcome == "arrived"
    assert found.places[-1] == pytest.approx([1, -2])


def test_held_variables_do_not_move() -> None:
    """With wrt only the named variables walk."""
    found = descend(
        dl.parse("x^2 + y^2 + z^2"), {**START, "z": 3.0}, "gradient descent", 0.1, 200, ("x", "y")
    )
    assert found.variables == ("x", "y")
    assert found.values[-1] == pytest.approx(9)


@pytest.mark.parametrize(
    ("method", "rate", "steps"),
    [
        ("sgd", 0.1, 10),
        ("Adam", 0.0, 10),
        ("Adam", -1.0, 10),
        ("Adam", float("nan"), 10),
        ("Adam", 0.1, 0),
        ("Adam", 0.1, MOST_STEPS + 1),
    ],
)
def test_wrong_settings_are_refused(method: str, rate: float, steps: int) -> None:
    """An unknown method, a step size that is not positive and too many steps are InputErrors."""
    with pytest.raises(dl.InputError):
        descend(BOWL, START, method, rate, steps)  # type: ignore[arg-type]


def test_a_start_without_slope_is_refused() -> None:
    """From a point outside of the domain there is no way down, and it is said."""
    with pytest.raises(dl.InputError, match="no slope at the start"):
        descend(dl.parse("y + ln(x)"), {"x": -1, "y": 0}, "Adam", 0.1, 10)
