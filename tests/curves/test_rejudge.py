"""Windows with more breaks than the sampling can look at one by one, and with more points of interest than can be listed."""

from __future__ import annotations

import math

import numpy as np
import pytest

import derivlab as dl
from derivlab.curves.curve import Break, Curve
from derivlab.curves.rejudge import rejudged


def test_hundreds_of_poles_are_poles_where_they_are() -> None:
    """tan(1/x) has a pole at 1/(π/2 + kπ), each found to the last digits, and no jump among the wider ones."""
    found = dl.features(dl.parse("tan(1/x)"), 0.004, 1)
    wanted = sorted(1 / (math.pi / 2 + k * math.pi) for k in range(80))
    assert list(found.poles) == pytest.approx([x for x in wanted if x > 0.004], rel=1e-12)
    assert found.jumps == ()


def test_an_endless_crowd_of_jumps_is_an_oscillation() -> None:
    """sign(sin(1/x)) never settles at 0; the wide jumps beside it are jumps."""
    found = dl.features(dl.parse("sign(sin(1/x))"), -1, 1)
    assert 0.0 in found.oscillations
    wide = [1 / (k * math.pi) for k in range(1, 25)]
    assert [x for x in found.jumps if x > 0.013] == pytest.approx(sorted(wide), rel=1e-12)


def test_few_breaks_are_left_alone() -> None:
    """The sampling's own word stands where it could look at each."""
    curve = Curve((), (Break(0.5, "jump", 0.0, 1.0, None),), 0, (0.0, 1.0), (0.0, 1.0), (100, 100))
    assert rejudged(lambda x: np.zeros((2, len(x))), curve) is curve


@pytest.mark.parametrize("text", ["sin(x)", "sin(" * 60 + "x" + ")" * 60])
def test_too_many_points_are_not_listed_and_that_is_said(text: str) -> None:
    """On ±10⁶ a wave has some 600,000 roots: a few hundred are listed, and the rest is said to be left out."""
    found = dl.features(dl.parse(text), -1e6, 1e6)
    assert found.left_out is not None
    assert "zoom in" in found.left_out
    assert len(found.maxima) <= 400
    assert [stretch.sign for stretch in found.signs] == [None]


def test_a_stretch_of_divisions_by_zero_has_edges_and_no_poles() -> None:
    """1/floor(x) has no value on [0, 1): its domain ends at 0 and begins again at 1."""
    found = dl.features(dl.parse("1/floor(x)"), -2.5, 3.5)
    assert (found.edges, found.poles, found.jumps) == ((0.0, 1.0), (), (-2.0, -1.0, 2.0, 3.0))
    assert found.asymptotes.vertical == ()
    assert dl.features(dl.parse("e^(1/x^2)"), -5, 5).poles == (0.0,)
