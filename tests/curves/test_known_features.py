"""All points of interest of 150 textbook functions against answers that were found without derivlab."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest
import sympy

import derivlab as dl

KNOWN = json.loads(Path(__file__).with_name("known_features.json").read_text(encoding="utf-8"))
EVERYTHING = ("roots", "maxima", "minima", "inflections", "poles", "jumps", "holes")
EVERYTHING += ("edges", "corners", "cusps", "vertical_tangents")
KINDS = {
    "poles": "pole",
    "jumps": "jump",
    "holes": "hole",
    "edges": "edge",
    "corners": "corner",
    "cusps": "cusp",
}
KINDS["vertical_tangents"] = "vertical tangent"
NAMES = [f"{row['text']} on {row['low']}..{row['high']}" for row in KNOWN]


def test_there_are_150_known_functions() -> None:
    """The set has at least 150 functions."""
    assert len(KNOWN) >= 150


@pytest.mark.parametrize("row", KNOWN, ids=NAMES)
def test_everything_is_found_and_nothing_invented(row: dict[str, Any]) -> None:
    """Points of all kinds to 1e-10 and asymptotes are those that are known; each has the kind that it has when inspected."""
    f = dl.parse(row["text"])
    found = dl.features(f, row["low"], row["high"])
    for kind in EVERYTHING:
        expected = [float(place) for place in row[kind]]
        assert list(getattr(found, kind)) == pytest.approx(expected, rel=1e-10, abs=1e-10), kind
    for kind, word in KINDS.items():
        assert {dl.inspect_point(f, place).kind for place in getattr(found, kind)[:4]} <= {word}
    if "horizontal" in row:
        level = [number(text) for text in row["horizontal"]]
        assert list(found.asymptotes.horizontal) == pytest.approx(level, abs=1e-12)
        steep = [number(text) for line in row["oblique"] for text in line]
        assert [one for line in found.asymptotes.oblique for one in line] == pytest.approx(steep, abs=1e-12)


def number(text: str) -> float:
    """A number written for SymPy."""
    return float(sympy.sympify(text))


@pytest.mark.parametrize("row", KNOWN[::10], ids=NAMES[::10])
def test_twice_a_function_has_the_same_points(row: dict[str, Any]) -> None:
    """2f has its points where f has them."""
    f = dl.parse(row["text"])
    double = dl.Function(
        f.name, f.variables, dl.parse("2x").tree.__class__("multiply", (dl.parse("2").tree, f.tree))
    )
    one, two = (dl.features(g, row["low"], row["high"]) for g in (f, double))
    for kind in EVERYTHING:
        assert getattr(two, kind) == pytest.approx(getattr(one, kind), rel=1e-10, abs=1e-10), kind


def test_all_poles_of_gamma_are_listed() -> None:
    """Close to -50 gamma is as small as 10⁻⁶⁵, and still has a pole at each whole number; lgamma has them too."""
    for text in ("gamma(x)", "lgamma(x)"):
        assert dl.features(dl.parse(text), -50, 5).poles == tuple(float(n) for n in range(-50, 1))


@pytest.mark.parametrize("text", ["tan(1/x)", "1/sin(1/x)"])
def test_a_crowd_of_poles_has_no_jumps(text: str) -> None:
    """Towards 0 there are more poles than can be listed; those that are listed are poles, and nothing else is broken."""
    found = dl.features(dl.parse(text), -1, 1)
    assert len(found.poles) > 900
    assert (found.jumps, found.holes, found.edges, found.oscillations) == ((), (), (), (0.0,))
    shift = 0.5 if "tan" in text else 0.0
    assert all(abs(turns - round(turns)) < 1e-8 for turns in (1 / at / math.pi - shift for at in found.poles))


def test_long_rows_of_cusps_and_vertical_tangents() -> None:
    """√|sin x| and the cube root of sin x rest on zero at all 63 multiples of π on ±100."""
    wanted = [k * math.pi for k in range(-31, 32)]
    cusps = dl.features(dl.parse("sqrt(|sin(x)|)"), -100, 100)
    for places in (cusps.roots, cusps.minima, cusps.cusps):
        assert list(places) == pytest.approx(wanted, rel=1e-15)
    upright = dl.features(dl.parse("cbrt(sin(x))"), -100, 100)
    for places in (upright.roots, upright.inflections, upright.vertical_tangents):
        assert list(places) == pytest.approx(wanted, rel=1e-15)
    assert upright.holes == ()


def test_a_pole_where_float64_holds_only_noise() -> None:
    """Beside 3 - π, 1 + cos(x - 3) is lost in rounding; the formula says that there is a pole."""
    found = dl.features(dl.parse("sin(x-3)/(1+cos(x-3))"), -1, 7)
    assert found.poles == pytest.approx((3 - math.pi, 3 + math.pi), rel=1e-14)
    assert (found.holes, found.oscillations) == ((), ())
