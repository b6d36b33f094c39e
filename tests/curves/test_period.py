"""Periods that the form of a formula proves, exactly; and none where there is none."""

from __future__ import annotations

import math

import numpy as np
import pytest

import derivlab as dl
from derivlab.autodiff.taylor import evaluator
from derivlab.curves.symmetry import symmetry_of
from derivlab.expression.show import to_text

PERIODS = [
    ("sin(x)", "2*pi"),
    ("tan(x)", "pi"),
    ("sin(2x)", "pi"),
    ("sin(3x)+sin(2x)", "2*pi"),
    ("sin(x)^2", "pi"),
    ("|sin(x)|", "pi"),
    ("sin(x)cos(x)", "pi"),
    ("sin(x)^3", "2*pi"),
    ("sin(x)^2+1", "pi"),
    ("sin(x)+1", "2*pi"),
    ("(sin(x)+1)^2", "2*pi"),
    ("cos(sin(x))", "pi"),
    ("sin(cos(x))", "2*pi"),
    ("e^sin(x)", "2*pi"),
    ("1/sin(x)", "2*pi"),
    ("sin(x)/cos(x)", "pi"),
    ("tan(x/2)", "2*pi"),
    ("sin(2pi x)", "1"),
    ("sin(pi x/3)", "6"),
    ("cos(3x/2)", "4*pi/3"),
    ("cos(x/2)+cos(x/3)", "12*pi"),
    ("sin(x)+sin(3x)", "2*pi"),
    ("(sin(x)+sin(3x))^2", "pi"),
    ("(sin(x)+sin(2x))^2", "2*pi"),
    ("x-floor(x)", "1"),
    ("2x-floor(2x)", "1/2"),
    ("mod(x,3)", "3"),
    ("mod(2x,3)", "3/2"),
    ("(x-floor(x))^2", "1"),
    ("sqrt(1-cos(x))", "2*pi"),
    ("ln|sin(x)|", "pi"),
]
NONE = [
    "x",
    "x+sin(x)",
    "sin(x)+sin(pi x)",
    "x*sin(x)",
    "sin(x^2)",
    "sin(sqrt(2)x)",
    "floor(x)",
    "x+floor(x)",
    "x-floor(2x)",
    "e^x",
    "sin(1/x)",
    "x^2-floor(x)",
]


@pytest.mark.parametrize(("text", "length"), PERIODS)
def test_the_period_is_exact_and_real(text: str, length: str) -> None:
    """The period is named exactly; f repeats after it, and after no half, third or fifth of it."""
    f = dl.parse(text)
    found = symmetry_of(f.tree, "x")
    assert found.period_tree is not None
    assert to_text(found.period_tree) == length
    assert found.period == pytest.approx(
        float(dl.value(dl.Function("p", (), found.period_tree), {})), rel=1e-15
    )
    x = np.linspace(0.113, 5.0, 97)
    evaluate = evaluator(f, "x", 0)

    def repeats(step: float) -> bool:
        before, after = evaluate(x)[0], evaluate(x + step)[0]
        both = np.isfinite(before) & np.isfinite(after)
        return bool(np.allclose(before[both], after[both], rtol=1e-6, atol=1e-9))

    assert repeats(found.period)
    assert not any(repeats(found.period / k) for k in (2, 3, 5))


@pytest.mark.parametrize("text", NONE)
def test_no_period_is_invented(text: str) -> None:
    """Where the form proves none, none is told."""
    found = symmetry_of(dl.parse(text).tree, "x")
    assert (found.period, found.period_tree) == (None, None)


def test_the_features_name_it() -> None:
    """The period of tan is π, not 3.14159."""
    found = dl.features(dl.parse("tan(x)"), -5, 5)
    assert found.symmetry.period == math.pi
    assert found.symmetry.period_tree == dl.parse("pi").tree
