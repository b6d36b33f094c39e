"""The sampler: what it draws is the curve, what it breaks is broken, and it always stops."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import derivlab as dl
from benchmarks.raster import Window, compare, reference
from derivlab.autodiff.taylor import evaluator
from derivlab.curves.sample import CAP, sample_curve

POLES_OF_TAN = [math.pi / 2 + k * math.pi for k in range(-4, 4)]
HARD = [
    ("tan(x)", POLES_OF_TAN),
    ("1/x", [0.0]),
    ("sin(1/x)", [0.0]),
    ("floor(x)", [float(k) for k in range(-10, 11)]),
    ("|x|", []),
    ("sqrt(x)", []),
    ("x^x", []),
    ("1/(x^2-1e-4)", [-0.01, 0.01]),
    ("exp(1/x)", [0.0]),
    ("ln|x|", [0.0]),
    ("sign(sin(1/x))", [0.0, *(1 / (k * math.pi) for k in range(-2000, 2001) if k)]),
    ("sin(100x)", []),
    ("1/x^2", [0.0]),
    ("1/(x-pi)^2", [math.pi]),
    ("arctan(1/x)", [0.0]),
    ("tan(10x)", [(math.pi / 2 + k * math.pi) / 10 for k in range(-33, 33)]),
    ("1/(1+10000x^2)", []),
    ("x^(2/3)", []),
    ("sqrt(|x-0.3|)", []),
    ("arctan(1000000x)", []),
    ("x sin(1/x)", [0.0]),
    ("e^(e^x)", []),
    ("sqrt(4-x^2)", []),
    ("sin(x^2)", []),
    ("1/sin(x)", [k * math.pi for k in range(-3, 4)]),
    ("floor(3sin(x))", None),
]
ORDINARY = ["3x^2", "sin(x)", "e^x", "x^3-3x", "1/(1+x^2)", "x sin(x)", "ln(x)"]


def lines(curve: object) -> list[tuple[np.ndarray, np.ndarray]]:
    """The segments as polylines."""
    return [(part.x, part.y[0]) for part in curve.segments]  # type: ignore[attr-defined]


@pytest.mark.parametrize(("text", "breaks"), HARD, ids=[text for text, _ in HARD])
def test_hard_curves_are_drawn_to_the_pixel_without_false_joins(
    text: str, breaks: list[float] | None
) -> None:
    """At 1000 × 600 no point of curve or drawing is more than 1.5 px from the other, and no break is joined across."""
    f = dl.parse(text)
    evaluate = evaluator(f, order=1)
    if breaks is None:
        thirds = [math.asin(level / 3) for level in (-2, -1, 0, 1, 2)]
        breaks = [s + 2 * math.pi * k for k in range(-3, 4) for a in thirds for s in (a, math.pi - a)]

    def values(x: np.ndarray) -> np.ndarray:
        result = evaluate(x)[0].copy()
        # closer to 0 than this, sin(1/x) and its kin fill a band thinner than a tenth of a pixel
        result[np.abs(x) < 2e-4] = np.nan if "sign" in text else result[np.abs(x) < 2e-4]
        return result

    window = Window(-10, 10, -5, 5)
    truth = reference(values, window, breaks, 100_000, steep=[-2.0, 0.0, 0.3, 2.0])
    for seed in range(2):
        curve = dl.sample(f, -10, 10, y=(-5, 5), seed=seed)
        # a break that rounding moved by a float or two is the same break
        seen = [next((b.at for b in curve.breaks if abs(b.at - k) <= 4 * math.ulp(k)), k) for k in breaks]
        verdict = compare(lines(curve), window, truth, seen)
        assert verdict.error <= 1.5
        assert verdict.false_joins == 0


@pytest.mark.parametrize("text", ORDINARY)
@pytest.mark.parametrize("y", [None, (-5.0, 5.0)])
def test_ordinary_curves_need_at_most_140_points(text: str, y: tuple[float, float] | None) -> None:
    """Ordinary smooth curves cost at most 140 evaluated points, whatever the seed."""
    for seed in range(20):
        assert dl.sample(dl.parse(text), -10, 10, y=y, seed=seed).evaluations <= 140


@pytest.mark.parametrize(
    ("text", "at", "kind"),
    [
        ("1/x", 0.0, "pole"),
        ("1/x^2", 0.0, "pole"),
        ("ln|x|", 0.0, "pole"),
        ("sin(x)/x", 0.0, "hole"),
        ("(x^2-1)/(x-1)", 1.0, "hole"),
        ("(1-cos(x))/x^2", 0.0, "hole"),
        ("sign(x)", 0.0, "jump"),
        ("arctan(1/(x-1))", 1.0, "jump"),
        ("sqrt(x)", 0.0, "edge"),
        ("ln(x-2)", 2.0, "edge"),
        ("sin(1/x)", 0.0, "oscillation"),
        ("1/(x-pi)^2", math.pi, "pole"),
    ],
)
def test_a_break_has_its_place_and_kind(text: str, at: float, kind: str) -> None:
    """A break is found at its place to 1e-9 and named, and there is no other."""
    curve = dl.sample(dl.parse(text), -10, 10)
    assert [found.kind for found in curve.breaks] == [kind]
    assert curve.breaks[0].at == pytest.approx(at, abs=1e-9)


@pytest.mark.parametrize(
    "text", ["|x|", "x^(1/3)", "arctan(1000000x)", "e^(e^x)", "1/(1+10000x^2)", "x^x", "tanh(50x)"]
)
def test_steep_but_continuous_curves_are_not_broken(text: str) -> None:
    """A continuous curve is one segment, however steep."""
    for seed in range(4):
        assert len(dl.sample(dl.parse(text), -10, 10, y=(-5, 5), seed=seed).segments) == 1


def test_holes_are_drawn_up_to_the_hole() -> None:
    """sin(x)/x is two segments that come within a hundredth of a pixel of 0, with the limits on the break."""
    curve = dl.sample(dl.parse("sin(x)/x"), -10, 10)
    left, right = curve.segments
    assert left.x[-1] == pytest.approx(0, abs=2e-4)
    assert right.x[0] == pytest.approx(0, abs=2e-4)
    assert (curve.breaks[0].left, curve.breaks[0].right) == (pytest.approx(1), pytest.approx(1))


def test_values_at_the_points_are_the_functions_own() -> None:
    """Each row of a segment is that derivative at the segment's x, evaluated and not interpolated."""
    curve = dl.sample(dl.parse("x^3-3x"), -3, 3, order=2)
    for part in curve.segments:
        np.testing.assert_allclose(
            part.y, [part.x**3 - 3 * part.x, 3 * part.x**2 - 3, 6 * part.x], atol=1e-12
        )
        assert np.all(np.diff(part.x) > 0)


@pytest.mark.parametrize(
    "text",
    ["sin(3141.59x)", "sign(sin(3000x))", "floor(50x)", "tan(500x)", "sqrt(sin(300x))", "sin(1/x)tan(1/x)"],
)
def test_endless_detail_is_bounded(text: str) -> None:
    """However wild the function, the evaluations stay under the cap."""
    assert dl.sample(dl.parse(text), -10, 10).evaluations <= CAP


def test_what_is_left_out_is_said() -> None:
    """A curve with ten thousand oscillations says that it cannot all be drawn; an ordinary one says nothing."""
    notice = dl.sample(dl.parse("sin(3141.59x)"), -10, 10).left_out
    assert notice is not None
    assert "zoom in" in notice
    assert dl.sample(dl.parse("sin(x)"), -10, 10).left_out is None


def test_nothing_to_draw_is_no_error() -> None:
    """A function undefined on all the window gives no segment; a constant gives one."""
    assert dl.sample(dl.parse("ln(-1-x^2)"), -10, 10).segments == ()
    assert len(dl.sample(dl.parse("5"), -10, 10, wrt="x").segments) == 1


@pytest.mark.parametrize(("low", "high"), [(1, 1), (2, 1), (0, math.inf), (math.nan, 1), ("a", 1)])
def test_a_window_needs_two_ends(low: object, high: object) -> None:
    """An empty or infinite window is an InputError."""
    with pytest.raises(dl.InputError):
        dl.sample(dl.parse("x"), low, high)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("low", "high", "y"),
    [
        (-1.7e308, 1.7e308, None),
        (0, 5e-324, None),
        (0, 1e-320, None),
        (-1, 1, (0, 5e-324)),
        (-1, 1, (-1e308, 1e308)),
        (-1, 1, (1, 1)),
        (-1, 1, (0, math.nan)),
    ],
)
def test_a_window_beyond_floating_point_is_an_input_error(
    low: float, high: float, y: tuple[float, float] | None
) -> None:
    """Windows too wide or too narrow for floating point are refused in words, in x and in y."""
    with pytest.raises(dl.InputError, match="window"):
        dl.sample(dl.parse("sqrt(x)"), low, high, y=y)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("x", -8e307, 8e307),
        ("1/x", -1e-299, 1e-299),
        ("x", 1.0, 1.0 + 2.3e-16),
        ("x+1e308", -1.0, 1.0),
        ("1e308 sin(x)", -10.0, 10.0),
        ("x^1000", -10.0, 10.0),
        ("sin(x)", 1e16, 1e16 + 10),
    ],
)
def test_extreme_windows_and_values_are_drawn(text: str, low: float, high: float) -> None:
    """At the ends of floating point there is still an answer: a finite y window, points in order."""
    curve = dl.sample(dl.parse(text), low, high)
    assert math.isfinite(curve.y[1] - curve.y[0]) and curve.y[0] < curve.y[1]  # noqa: PT018
    assert all(np.all(np.diff(part.x) > 0) for part in curve.segments)


def test_rounding_beside_a_hole_is_not_drawn() -> None:
    """(1 - cos x)/x² near its hole is rounding noise up to 0.61 where its values are at most 1/2."""
    for seed in range(5):
        curve = dl.sample(dl.parse("(1-cos(x))/x^2"), -10, 10, seed=seed)
        assert max(part.y[0].max() for part in curve.segments) < 0.5001


def test_swings_that_cannot_be_followed_fill_their_band() -> None:
    """Of sin(3141x) each column of pixels or its neighbour reaches 1 within a pixel, and it is said to be too wild."""
    curve = dl.sample(dl.parse("sin(3141x)"), -10, 10, y=(-2, 2))
    x = np.concatenate([part.x for part in curve.segments])
    value = np.concatenate([part.y[0] for part in curve.segments])
    column = np.minimum((x + 10) / 20 * 1000, 999).astype(int)
    highest = np.full(1000, -math.inf)
    np.maximum.at(highest, column, value)
    highest = np.maximum(np.maximum(highest[:-2], highest[1:-1]), highest[2:])
    assert (1 - highest).max() * 150 < 1
    assert curve.left_out is not None


def test_an_edge_gap_narrower_than_a_pixel_is_no_line() -> None:
    """√((x - 0.5)(x - 0.5002)) is undefined on a thirtieth of a pixel: two branches, and both ends are named."""
    curve = dl.sample(dl.parse("sqrt((x-0.5)(x-0.5002))"), -3, 3)
    assert [(one.kind, one.at) for one in curve.breaks] == [("edge", 0.5), ("edge", 0.5002)]
    assert len(curve.segments) == 2


def test_the_chosen_window_shows_what_matters() -> None:
    """The y window holds turning points and intercepts, not the tails: x³ - 3x shows its waves, tan x its middle."""
    cubic = dl.sample(dl.parse("x^3-3x"), -10, 10).y
    assert cubic[0] < -2
    assert 2 < cubic[1] < 50
    tangent = dl.sample(dl.parse("tan(x)"), -10, 10).y
    assert tangent[0] < -1
    assert 1 < tangent[1] < 50
    swinging = dl.sample(dl.parse("x*sin(1/x)"), -10, 10).y
    assert swinging[0] < -0.2172
    assert 1 < swinging[1] < 1.3
    spike = dl.sample(dl.parse("1/(x^2+1e-9)"), -10, 10).y
    assert spike[1] < 1e4
    between_poles = dl.sample(dl.parse("1/(x^2-0.01)"), -10, 10).y
    assert -10 < between_poles[0] < -1
    assert 1 < between_poles[1] < 10
    wider = dl.sample(dl.parse("1/(x^2-1)"), -10, 10).y
    assert wider[0] < -1


def test_the_checker_catches_a_planted_false_join() -> None:
    """Joining the two branches of 1/x is seen as one false join and as pixels that do not belong."""
    curve = dl.sample(dl.parse("1/x"), -10, 10, y=(-5, 5))
    (x1, y1), (x2, y2) = lines(curve)
    window = Window(-10, 10, -5, 5)
    with np.errstate(all="ignore"):
        truth = reference(lambda x: 1 / x, window, [0.0], 100_000)
    honest = compare([(x1, y1), (x2, y2)], window, truth, [0.0])
    assert honest.false_joins == 0
    assert honest.error < 1.5
    joined = (np.concatenate([x1[:-8], x2[8:]]), np.concatenate([y1[:-8], y2[8:]]))
    planted = compare([joined], window, truth, [0.0])
    assert planted.false_joins == 1
    assert planted.error > 1.5


def test_the_checker_catches_a_missing_piece_and_a_false_break() -> None:
    """A parabola with a stretch left out is seen as missing pixels and as a break where the curve goes on."""
    x = np.linspace(-2, 2, 400)
    window = Window(-2, 2, -1, 5)
    truth = reference(lambda v: v**2, window, [], 20_000)
    whole = compare([(x, x**2)], window, truth, [], lambda a, b: True)
    assert whole.error < 0.5
    assert whole.false_breaks == 0
    cut = compare([(x[:200], x[:200] ** 2), (x[220:], x[220:] ** 2)], window, truth, [], lambda a, b: True)
    assert cut.missing > 1.5
    assert cut.false_breaks == 1


@settings(max_examples=40, deadline=None)
@given(
    roots=st.lists(st.integers(-40, 40).map(lambda k: k / 8), min_size=1, max_size=5),
    scale=st.sampled_from([-3.0, -0.1, 0.02, 1.0, 7.0]),
    seed=st.integers(0, 10_000),
)
def test_polynomials_are_one_segment_within_a_pixel(roots: list[float], scale: float, seed: int) -> None:
    """Any polynomial is one unbroken segment within 1.5 px, in the window that the sampler chose."""

    def evaluate(x: np.ndarray) -> np.ndarray:
        p = np.poly1d(np.poly(roots)) * scale
        return np.stack([p(x), p.deriv()(x)])

    curve = sample_curve(evaluate, -6.0, 7.0, seed=seed)
    assert len(curve.segments) == 1
    assert curve.breaks == ()
    window = Window(-6, 7, *curve.y)
    truth = reference(lambda x: evaluate(x)[0], window, [], 20_000)
    assert compare(lines(curve), window, truth, []).error <= 1.5


@settings(max_examples=30, deadline=None)
@given(
    at=st.floats(-5, 5).map(lambda v: v + 1e-4),
    order=st.integers(1, 3),
    size=st.sampled_from([0.01, 0.3, 2.0]),
    seed=st.integers(0, 10_000),
)
def test_a_pole_anywhere_is_one_break(at: float, order: int, size: float, seed: int) -> None:
    """size/(x - at)^n has one break, a pole at its place, and its two branches are never joined."""

    def evaluate(x: np.ndarray) -> np.ndarray:
        return np.stack([size / (x - at) ** order, -order * size / (x - at) ** (order + 1)])

    curve = sample_curve(evaluate, -6.0, 7.0, y=(-4.0, 4.0), seed=seed)
    assert [found.kind for found in curve.breaks] == ["pole"]
    assert curve.breaks[0].at == pytest.approx(at, abs=1e-9)
    assert len(curve.segments) == 2
