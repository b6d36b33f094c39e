"""Asymptotes worked out by hand: all of them, to the last digits, and none where there is none."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import sympy

import derivlab as dl
from derivlab.curves.far import far_look
from derivlab.lowering.to_mpmath import TooHard
from derivlab.lowering.to_sympy import to_sympy

KNOWN = json.loads(Path(__file__).with_name("known_asymptotes.json").read_text(encoding="utf-8"))
X = sympy.Symbol("x", real=True)


@pytest.mark.parametrize("row", KNOWN, ids=[row["text"] for row in KNOWN])
def test_the_lines_far_out(row: dict[str, Any]) -> None:
    """The formula's own lines on both sides are those worked out by hand, to 1e-13."""
    look = far_look(dl.parse(row["text"]), "x", {})
    assert look is not None
    lines = sorted({line for line in (look.line(-1.0), look.line(1.0)) if line is not None})
    level = [intercept for slope, intercept in lines if slope == 0]
    steep = [number for line in lines if line[0] != 0 for number in line]
    assert sorted(level) == pytest.approx(row["horizontal"], rel=1e-13, abs=1e-13)
    assert steep == pytest.approx(
        [number for line in row["oblique"] for number in line], rel=1e-13, abs=1e-13
    )


@pytest.mark.parametrize(
    "text",
    [
        "x + sin(x)/x",
        "ln(cosh(x))",
        "x + 1/ln(x)",
        "ln(1+e^x)",
        "x^(-0.001)",
        "x^2 ln(1+1/x)",
        "sqrt(2)x+1/x",
    ],
)
def test_features_have_them(text: str) -> None:
    """The points of interest list the same lines, one for each, not one a side."""
    row = next(row for row in KNOWN if row["text"] == text)
    found = dl.features(dl.parse(text), -10, 10).asymptotes
    assert list(found.horizontal) == pytest.approx(row["horizontal"], abs=1e-13)
    assert [list(line) for line in found.oblique] == [
        pytest.approx(line, abs=1e-13) for line in row["oblique"]
    ]


@pytest.mark.parametrize(
    "text", ["(2x^3-x^2+1)/(x^2+x)", "x*atan(x)", "sqrt(4x^2-3x+1)", "x*(1+1/x)^x", "x-asinh(x)"]
)
def test_sympy_has_the_same_line(text: str) -> None:
    """SymPy's limits of f/x and of f - m·x on the right are the line, or one of them is infinite."""
    tree = dl.parse(text).tree
    f = to_sympy(tree)
    slope = sympy.limit(f / X, X, sympy.oo)
    intercept = sympy.limit(f - slope * X, X, sympy.oo)
    look = far_look(dl.parse(text), "x", {})
    assert look is not None
    line = look.line(1.0)
    if intercept.is_finite:
        assert line == pytest.approx((float(slope), float(intercept)), rel=1e-13)
    else:
        assert line is None


def test_what_cannot_be_told_is_said() -> None:
    """The sine of a tower of powers keeps its angle to itself."""
    look = far_look(dl.parse("x*sin(e^(e^x))"), "x", {})
    assert look is not None
    with pytest.raises(TooHard):
        look.line(1.0)
