"""Points of interest against answers that were found without derivlab."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

import derivlab as dl

KNOWN = json.loads(Path(__file__).with_name("known_answers.json").read_text(encoding="utf-8"))
KINDS = ("roots", "maxima", "minima", "inflections")


def test_there_are_150_known_functions() -> None:
    """The set of known answers has at least 150 functions."""
    assert len({row["text"] for row in KNOWN}) >= 150


@pytest.mark.parametrize("row", KNOWN, ids=[row["text"] for row in KNOWN])
def test_every_point_is_found_and_none_invented(row: dict[str, object]) -> None:
    """Roots, maxima, minima and inflections in the window are all found, to 1e-10, and there are no others."""
    found = dl.features(dl.parse(str(row["text"])), float(str(row["low"])), float(str(row["high"])))
    for kind in KINDS:
        expected = [float(v) for v in row[kind]]  # type: ignore[attr-defined]
        assert list(getattr(found, kind)) == pytest.approx(expected, rel=1e-10, abs=1e-10), kind


@pytest.mark.parametrize(
    ("text", "stretches"),
    [
        ("max(x, 0)", ((-10.0, 0.0),)),
        ("floor(x)", ((0.0, 1.0),)),
        ("max(x-0.3, 0)", ((-10.0, 0.3),)),
        ("|x|+x", ((-10.0, 0.0),)),
        ("x^2", ()),
        ("sin(x)", ()),
    ],
)
def test_where_f_is_zero_throughout_is_a_stretch(
    text: str, stretches: tuple[tuple[float, float], ...]
) -> None:
    """An interval on which f is zero is told as such, and none of its points is listed as a root."""
    found = dl.features(dl.parse(text), -10, 10)
    assert found.zero_stretches == stretches
    assert not any(lo <= root <= hi for root in found.roots for lo, hi in stretches)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("x^2*sin(1/x)", [(1, 0)]),
        ("sqrt(x^2+x)", [(-1, -0.5), (1, 0.5)]),
        ("x+e^(-x)", [(1, 0)]),
        ("arctan(x)+x", [(1, -math.pi / 2), (1, math.pi / 2)]),
        ("x*arctan(x)", [(-math.pi / 2, -1), (math.pi / 2, -1)]),
        ("ln(x)", []),
        ("sqrt(x)", []),
        ("x sin(x)", []),
        ("x+sin(x)", []),
        ("x+ln(x)", []),
    ],
)
def test_oblique_asymptotes(text: str, lines: list[tuple[float, float]]) -> None:
    """Oblique asymptotes are found to nine digits, and none is invented where a curve only comes near to being straight."""
    found = dl.features(dl.parse(text), -10, 10).asymptotes
    assert len(found.oblique) == len(lines)
    assert found.horizontal == ()
    for line, expected in zip(found.oblique, lines, strict=True):
        assert line == pytest.approx(expected, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize(
    ("text", "window", "roots"),
    [
        ("(x-1)(x-1.001)", (-5, 5), (1.0, 1.001)),
        ("(x-1)(x-1.000001)", (-5, 5), (1.0, 1.000001)),
        ("x^3-1e-6 x", (-1, 1), (-0.001, 0.0, 0.001)),
        ("(x-0.5)(x-0.5001)(x-0.5002)", (-2, 2), (0.5, 0.5001, 0.5002)),
        ("sin(x)(x-0.0001)", (-1, 1), (0.0, 0.0001)),
    ],
)
def test_a_root_right_beside_a_round_one_is_found(
    text: str, window: tuple[float, float], roots: tuple[float, ...]
) -> None:
    """The sampling puts points on round numbers; a second root in the cell beside one of them is no touch."""
    found = dl.features(dl.parse(text), *window)
    assert found.roots == pytest.approx(roots, abs=1e-12)


def test_rounding_beside_a_corner_is_no_turn() -> None:
    """arcsin(2x/(1+x²)) has corners at ±1, which are its turning points, and one inflection, at 0."""
    found = dl.features(dl.parse("asin(2x/(1+x^2))"), -4, 4)
    assert (found.maxima, found.minima, found.corners) == ((1.0,), (-1.0,), (-1.0, 1.0))
    assert found.inflections == pytest.approx((0.0,), abs=1e-12)
