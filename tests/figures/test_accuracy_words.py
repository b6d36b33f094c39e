"""The words on error curves: they say what the curves do, not what error curves usually do."""

from __future__ import annotations

import numpy as np
import pytest

import derivlab as dl
from derivlab.autodiff.finite_difference import ErrorCurve, study
from derivlab.figures.accuracy_words import Shape, error_words, shape_of


def shapes(text: str, at: float) -> dict[str, Shape]:
    """The shape of each method's curve in float64."""
    found = study(dl.parse(text).tree, "x", at)
    return {c.method: shape_of(c, found.slope) for c in found.curves if c.precision == "float64"}


def made(errors: list[float]) -> ErrorCurve:
    """An error curve with these errors."""
    return ErrorCurve("forward", "float64", np.logspace(0, -16, len(errors)), np.array(errors), 0, 1)


@pytest.mark.parametrize(
    ("text", "at", "forward", "central", "stepped"),
    [
        ("sin(x)", 1.0, "valley", "valley", "falling"),
        ("x^2", 3.0, "valley", "rising", "exact"),
        ("3x", 3.0, "rising", "rising", "exact"),
        ("x^2", 0.0, "falling", "exact", "exact"),
        ("f(x) = 5", 1.0, "exact", "exact", None),
        ("abs(x)", 0.0, "flat", "exact", None),
    ],
)
def test_what_each_method_does(
    text: str, at: float, forward: Shape, central: Shape, stepped: Shape | None
) -> None:
    """A difference that is exact for a line or a parabola has no truncation, and one at a corner never improves."""
    found = shapes(text, at)
    assert (found["forward"], found["central"]) == (forward, central)
    assert stepped is None or found["complex step"] == stepped


def test_planted_curves() -> None:
    """One wild error does not make a fall, and a curve without a number is said to have none."""
    assert shape_of(made([1.0] * 30 + [1e-9] + [1.0] * 30), 1.0) == "flat"
    assert shape_of(made([10.0**-k for k in range(60)]), 1.0) == "falling"
    assert shape_of(made([float("nan")] * 60), 1.0) == "missing"


def test_the_sentence_names_the_methods() -> None:
    """Methods of one shape share a sentence; truncation is only spoken of where it is seen."""
    line = study(dl.parse("3x").tree, "x", 3.0)
    words = error_words([c for c in line.curves if c.precision == "float64"], line.slope)
    assert words.startswith("*Forward, central, Richardson*: the error only rises")
    assert "truncation" not in words
    sine = study(dl.parse("sin(x)").tree, "x", 1.0)
    assert "truncation" in error_words(sine.curves, sine.slope)
    assert "forward (float32)" in error_words(sine.curves, sine.slope).lower()
