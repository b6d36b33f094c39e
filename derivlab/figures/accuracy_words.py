"""What the error curves of the Accuracy page look like, in words that are read off the curves themselves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from derivlab.autodiff.finite_difference import ErrorCurve
from derivlab.figures.numbers import text

Shape = Literal["valley", "falling", "rising", "exact", "flat", "missing"]

EPSILON = {"float32": 2.0**-23, "float64": 2.0**-52}
TINIEST = 1e-18
"""A log axis has no 0: an error of exactly 0 is drawn here."""
_CLEARLY = 10.0
"""How many times larger one error is than another before a person sees a fall or a rise."""
_ROOM = 5
"""Neighbouring steps whose median stands for one place: round-off makes single errors jump."""

_SENTENCES: dict[Shape, str] = {
    "valley": "first the error falls, since the formula cuts off less (**truncation**); then it rises, since two nearly "
    "equal numbers are subtracted and few digits are left (**round-off**).",
    "falling": "the error only falls: no digits are lost to a subtraction here.",
    "rising": "the error only rises: what the formula cuts off does not show here, and smaller steps lose digits "
    "(**round-off**).",
    "exact": "as good as no error at any step.",
    "flat": "the error stays near {level} at every step: smaller steps do not help.",
    "missing": "no number at any step.",
}


def shape_of(curve: ErrorCurve, slope: float) -> Shape:
    """How the error runs from the largest step to the smallest; ``slope`` is the true derivative."""
    errors = _smoothed(curve.error)
    if not len(errors):
        return "missing"
    unseen = max(EPSILON[curve.precision] * abs(slope), TINIEST)
    least = max(float(errors.min()), unseen)
    falls, rises = errors[0] > _CLEARLY * least, errors[-1] > _CLEARLY * least
    if falls and rises:
        return "valley"
    if falls or rises:
        return "falling" if falls else "rising"
    return "exact" if float(errors.max()) <= 4 * unseen else "flat"


def _smoothed(errors: NDArray[np.float64]) -> NDArray[np.float64]:
    """Medians over neighbouring finite errors."""
    finite = errors[np.isfinite(errors)]
    count = len(finite) // _ROOM
    return np.median(finite[: count * _ROOM].reshape(count, _ROOM), axis=1) if count else finite[:0]


def error_words(curves: Sequence[ErrorCurve], slope: float) -> str:
    """A sentence for each shape among the curves, after the names of those that have it; Markdown."""
    named: dict[str, list[str]] = {}
    is_one_kind = len({curve.precision for curve in curves}) < 2
    for curve in curves:
        sentence = _SENTENCES[shape_of(curve, slope)]
        finite = curve.error[np.isfinite(curve.error)]
        if len(finite):
            sentence = sentence.format(level=text(float(np.median(finite)), digits=2))
        name = curve.method if is_one_kind else f"{curve.method} ({curve.precision})"
        named.setdefault(sentence, []).append(name)
    return " ".join(f"*{_listed(names)}*: {sentence}" for sentence, names in named.items())


def _listed(names: Sequence[str]) -> str:
    listed = ", ".join(names)
    return listed[:1].upper() + listed[1:]
