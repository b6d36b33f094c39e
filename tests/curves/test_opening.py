"""The window that a page opens with shows what matters."""

from __future__ import annotations

import numpy as np
import pytest

import derivlab as dl
from derivlab.autodiff.taylor import evaluator
from derivlab.curves.opening import opening_window


@pytest.mark.parametrize(
    ("text", "must_show"),
    [
        ("3x^2", [0.0]),
        ("x^3 - 3x", [-1.7320508, 0.0, 1.7320508]),
        ("x^2 - 400", [-20.0, 20.0]),
        ("1/(x - 7)", [7.0]),
        ("ln(x)", [0.0, 1.0]),
        ("sqrt(x)", [0.0]),
    ],
)
def test_roots_turns_and_edges_are_in_the_window(text: str, must_show: list[float]) -> None:
    """Everything that is known to matter lies inside, and the point too."""
    lo, hi = opening_window(evaluator(dl.parse(text), "x", order=2), 3.0)
    assert all(lo <= x <= hi for x in [*must_show, 3.0])


def test_a_fast_oscillation_opens_narrow() -> None:
    """sin(100x) shows some periods, not hundreds."""
    lo, hi = opening_window(evaluator(dl.parse("sin(100x)"), "x", order=2), 0.0)
    assert 1 <= (hi - lo) / (2 * np.pi / 100) <= 20


def test_a_point_far_away_is_in_the_middle() -> None:
    """Far from zero the window is about the point."""
    lo, hi = opening_window(evaluator(dl.parse("x^2"), "x", order=2), 1e6)
    assert lo < 1e6 < hi
    assert lo > 0


def test_a_function_without_values_has_a_window_all_the_same() -> None:
    """Nothing defined, yet two ends in the right order."""
    lo, hi = opening_window(evaluator(dl.parse("sqrt(-1 - x^2)"), "x", order=2), None)
    assert lo < 0 < hi
