"""Spikes that no start grid hits are found from the formula's parts."""

from __future__ import annotations

import numpy as np
import pytest

import derivlab as dl
from derivlab.curves.spikes import spikes_in


@pytest.mark.parametrize(
    ("text", "at", "height"),
    [
        ("1/(1+1000000(x-0.3)^2)", 0.3, 1.0),
        ("exp(-100000(x-1.2345)^2)+sin(x)", 1.2345, 1 + 0.9438183),
        ("sech(500(x-0.37))", 0.37, 1.0),
        ("cos(x)^100000", 3.14159265358979, 1.0),
        ("-0.001/((x-0.37)^2+0.000001)", 0.37, -1000.0),
    ],
)
def test_a_narrow_spike_is_reached_to_its_top(text: str, at: float, height: float) -> None:
    """The curve has the spike's top among its points, in one unbroken line, whatever the seed."""
    for seed in range(4):
        curve = dl.sample(dl.parse(text), -10, 10, y=(-5, 5), seed=seed)
        assert len(curve.segments) == 1
        part = curve.segments[0]
        near = np.abs(part.x - at) < 1e-3
        top = part.y[0][near][np.argmax(np.abs(part.y[0][near]))]
        assert top == pytest.approx(height, rel=1e-3)


def test_a_lone_spike_is_in_the_chosen_window() -> None:
    """Where the curve is level but for one spike, the window shows its top."""
    window = dl.sample(dl.parse("exp(-10000(x-0.3)^2)"), -10, 10).y
    assert window[1] > 1


@pytest.mark.parametrize("text", ["x^2", "e^x", "1/(1+x^2)", "e^(-x^2)", "1/x", "sin(x)^2", "x^8"])
def test_what_the_grid_sees_is_no_spike(text: str) -> None:
    """Ordinary curves have no spikes, and cost no more points for the search."""
    assert len(spikes_in(dl.parse(text), -10, 10)) == 0
