"""The signs of a derivative, stretch by stretch."""

from __future__ import annotations

import derivlab as dl
from derivlab.autodiff.taylor import evaluator
from derivlab.curves.variation import Stretch, variation


def test_the_signs_of_a_cubic() -> None:
    """x³ − 3x rises, falls and rises; its slope is 0 at the turns."""
    found = variation(evaluator(dl.parse("x^3 - 3x"), "x", order=2), 1, (-3.0, 3.0), [-1.0, 0.0, 1.0])
    assert found.stretches == (Stretch(-3.0, -1.0, 1), Stretch(-1.0, 1.0, -1), Stretch(1.0, 3.0, 1))
    assert found.values == (0.0, 0.0)


def test_an_undefined_cut_keeps_its_sides_apart() -> None:
    """1/x falls on both sides of 0, which are two stretches; at 0 there is no value."""
    found = variation(evaluator(dl.parse("1/x"), "x", order=2), 1, (-2.0, 2.0), [0.0])
    assert [stretch.sign for stretch in found.stretches] == [-1, -1]
    assert found.values == (None,)


def test_outside_the_domain_there_is_no_sign() -> None:
    """ln has none left of 0."""
    found = variation(evaluator(dl.parse("ln(x)"), "x", order=1), 0, (-1.0, 3.0), [0.0, 1.0])
    assert [stretch.sign for stretch in found.stretches] == [None, -1, 1]


def test_no_stretch_goes_on_across_a_pole_or_a_jump() -> None:
    """tan rises on each of its branches, x - floor(x) on each of its steps, not on all of them together."""
    tangent = dl.features(dl.parse("tan(x)"), -200, 200)
    assert len(tangent.monotonicity) == len(tangent.poles) + 1
    sawtooth = dl.features(dl.parse("x - floor(x)"), 0.5, 3.5)
    assert [(s.lo, s.hi, s.sign) for s in sawtooth.monotonicity] == [
        (0.5, 1, 1),
        (1, 2, 1),
        (2, 3, 1),
        (3, 3.5, 1),
    ]
