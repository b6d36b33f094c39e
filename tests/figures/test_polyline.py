"""The drawn line is smooth where the curve bends, honest at breaks, and never too long to send."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest

import derivlab as dl
from derivlab.autodiff.taylor import evaluator
from derivlab.curves.curve import Curve
from derivlab.figures.polyline import polyline

BENT = [
    "x^2",
    "sin(x)",
    "1/x",
    "sqrt(x)",
    "sqrt(4-x^2)",
    "tan(x)",
    "x^(1/3)",
    "x^x",
    "asin(x)",
    "e^(-10000x^2)",
    "|x^2-4|",
]


def strays(curve: Curve, text: str) -> float:
    """How far the line is from the true curve, in pixels, looked at between each two of its points on the screen."""
    line = polyline(curve, 0)
    x, y = (np.array([math.nan if v is None else v for v in part]) for part in (line.x, line.y))
    across, up = curve.pixels[0] / (curve.x[1] - curve.x[0]), curve.pixels[1] / (curve.y[1] - curve.y[0])
    share = np.linspace(0, 1, 9)[1:-1, None]
    between = x[:-1] + share * np.diff(x)
    chord = y[:-1] + share * np.diff(y)
    truth = evaluator(dl.parse(text))(between.ravel())[0].reshape(between.shape)
    with np.errstate(all="ignore"):
        lean = np.hypot(1, np.diff(y) * up / (np.diff(x) * across))
        off = np.abs(truth - chord) * up / lean
    shown = (truth > curve.y[0]) & (truth < curve.y[1])
    return float(np.nanmax(np.where(shown, off, 0.0)))


@pytest.mark.parametrize("text", BENT)
def test_bends_are_smooth_on_a_sharp_screen(text: str) -> None:
    """With two device pixels for one, the line is within a quarter of a device pixel of the curve, and finer than it was."""
    for seed in range(3):
        curve = dl.sample(dl.parse(text), -10, 10, y=(-5, 5), seed=seed)
        assert strays(curve, text) < 0.125


def test_the_samples_stay_and_no_point_lies_between_stretches() -> None:
    """Every sample is a point of the line, and between the two branches of 1/x there is a gap and nothing else."""
    curve = dl.sample(dl.parse("1/x"), -10, 10, y=(-5, 5))
    line = polyline(curve, 0)
    points = set(zip(line.x, line.y, strict=True))
    for segment in curve.segments:
        assert set(zip(segment.x.tolist(), segment.y[0].tolist(), strict=True)) <= points
    gap = line.x.index(None)
    assert line.x[gap - 1] == curve.segments[0].x[-1]
    assert line.x[gap + 1] == curve.segments[1].x[0]
    assert line.x.count(None) == 1


def test_points_ascend_and_have_the_curves_slope() -> None:
    """Points between samples lie in order, and their slopes are those of the curve to a thousandth."""
    line = polyline(dl.sample(dl.parse("sin(x)"), -10, 10, y=(-5, 5)), 0)
    x, slope = np.array(line.x), np.array(line.slope)
    assert len(x) > 120
    assert np.all(np.diff(x) > 0)
    assert np.abs(slope - np.cos(x)).max() < 5e-3


@pytest.mark.parametrize("text", ["sin(3141x)", "sin(100x)", "sin(1/x)", "floor(50x)", "tan(300x)"])
def test_a_wild_curve_is_not_too_long_to_send(text: str) -> None:
    """However many samples a curve has, its line is less than 300 kB of text."""
    line = polyline(dl.sample(dl.parse(text), -10, 10, pixels=(900, 480)), 0)
    assert len(json.dumps([line.x, line.y])) < 300_000


def test_thinning_keeps_every_columns_extremes() -> None:
    """A curve thinned for sending has in each column of pixels the lowest and the highest sample it had."""
    curve = dl.sample(dl.parse("sin(3141x)"), -10, 10, y=(-2, 2))
    x = np.concatenate([part.x for part in curve.segments])
    y = np.concatenate([part.y[0] for part in curve.segments])
    line = polyline(curve, 0)
    pairs = [(a, b) for a, b in zip(line.x, line.y, strict=True) if a is not None and b is not None]
    thin_x, thin_y = np.array(pairs).T
    assert len(thin_x) < len(x) / 2
    for column in range(0, 1000, 37):
        low, high = -10 + column / 50, -10 + (column + 1) / 50
        all_of, kept = y[(x >= low) & (x < high)], thin_y[(thin_x >= low) & (thin_x < high)]
        assert (kept.min(), kept.max()) == (all_of.min(), all_of.max())


def test_slopes_that_were_not_sampled_leave_the_samples_as_they_are() -> None:
    """Without a row of slopes the line is the samples."""
    curve = dl.sample(dl.parse("x^2"), -3, 3, order=0)
    line = polyline(curve, 0)
    assert line.x == curve.segments[0].x.tolist()
    assert line.slope == [None] * len(line.x)
