"""What kind of point it is, in a title and plain sentences, with what PyTorch says where that differs."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from derivlab.figures.numbers import text
from ui.escape import escape

if TYPE_CHECKING:
    from derivlab.curves.differentiability import PointReport
    from ui.curve_view import Here
    from ui.subject import Subject

TITLES = {
    "smooth": "Smooth.",
    "corner": "A corner.",
    "cusp": "A cusp.",
    "vertical tangent": "A vertical tangent.",
    "jump": "A jump.",
    "pole": "A pole.",
    "hole": "A hole.",
    "oscillation": "It never settles.",
    "edge": "The edge of the domain.",
    "outside": "Outside the domain.",
}


def describe(report: PointReport, subject: Subject, here: Here) -> tuple[str, list[str]]:
    """Title and sentences for the report, as Markdown."""
    name = escape(subject.spoken)
    sentences = {
        "smooth": _smooth,
        "corner": _corner,
        "cusp": _cusp,
        "vertical tangent": _vertical,
        "jump": _jump,
        "pole": _pole,
        "hole": _hole,
        "oscillation": _oscillation,
        "edge": _edge,
        "outside": _outside,
    }[report.kind](report, name, here)
    if report.kind != "smooth":
        sentences += _torch(report, name)
    return TITLES[report.kind], sentences


def _number(value: float | None) -> str:
    return "none" if value is None else text(value, digits=7)


def _smooth(report: PointReport, name: str, here: Here) -> list[str]:
    slope = here.values[1]
    if not agrees(report):
        return [f"{name} has a derivative here, but PyTorch returns {_answer(report)}."]
    if not math.isfinite(slope):
        return [f"{name} has a derivative here."]
    if abs(slope) < 1e-12 * max(1.0, abs(here.y)):
        bend = here.values[2] if len(here.values) > 2 else math.nan
        flat = "The tangent is level"
        if bend > 0:
            return [f"{flat} and the curve bends upwards: a local minimum."]
        if bend < 0:
            return [f"{flat} and the curve bends downwards: a local maximum."]
        return [f"{flat}."]
    way, sign = ("rises", "positive") if slope > 0 else ("falls", "negative")
    return [f"{name} {way} here: the derivative is {sign}."]


def _corner(report: PointReport, name: str, here: Here) -> list[str]:
    left, right = _number(report.slope_left), _number(report.slope_right)
    return [f"The slope is {left} on the left and {right} on the right, so there is no derivative."]


def _cusp(report: PointReport, name: str, here: Here) -> list[str]:
    return ["The slopes grow without bound, to opposite sides, so there is no derivative."]


def _vertical(report: PointReport, name: str, here: Here) -> list[str]:
    return ["The slope grows without bound from both sides, so there is no derivative."]


def _jump(report: PointReport, name: str, here: Here) -> list[str]:
    return [
        f"From the left {name} comes to {_number(report.left)}, from the right to {_number(report.right)}.",
        "Where a function jumps it has no derivative.",
    ]


def _pole(report: PointReport, name: str, here: Here) -> list[str]:
    return [f"{name} grows without bound here: no value, no derivative."]


def _hole(report: PointReport, name: str, here: Here) -> list[str]:
    if not math.isfinite(here.y):
        first = f"{name} has no value here, but from both sides it comes to {_number(report.left)}."
    else:
        first = f"From both sides {name} comes to {_number(report.left)}, but its value is {text(here.y)}."
    if report.slope_left is not None and report.slope_left == report.slope_right:
        return [first, f"With the hole filled, the derivative would be {_number(report.slope_left)}."]
    return [first]


def _oscillation(report: PointReport, name: str, here: Here) -> list[str]:
    return [f"Close to this point {name} swings ever faster and comes to no limit."]


def _edge(report: PointReport, name: str, here: Here) -> list[str]:
    side = "right" if report.left is None else "left"
    slope = report.slope_right if side == "right" else report.slope_left
    first = f"{name} goes on only to the {side}."
    limit = report.right if side == "right" else report.left
    if limit is not None and math.isinf(limit):
        way = "grows" if limit > 0 else "falls"
        return [first, f"Towards this point it {way} without bound: a vertical asymptote, and no derivative."]
    if slope is None:
        return [first, "There is no derivative."]
    if math.isinf(slope):
        return [first, "The slope grows without bound towards it: no derivative."]
    return [first, f"From that side the slope is {_number(slope)}; a derivative needs both sides."]


def _outside(report: PointReport, name: str, here: Here) -> list[str]:
    return [f"{name} has no value here or near here."]


def _torch(report: PointReport, name: str) -> list[str]:
    """What autograd answers where there is no derivative."""
    if report.autograd is None or (report.kind == "outside" and math.isnan(report.autograd)):
        return []
    same = " all the same" if math.isfinite(report.autograd) else ""
    return [f"PyTorch returns {_answer(report)}{same}."]


def _answer(report: PointReport) -> str:
    answer = report.autograd
    return "NaN (not a number)" if answer is None or math.isnan(answer) else text(answer, digits=7)


def agrees(report: PointReport) -> bool:
    """Whether autograd answers the derivative that there is."""
    true, answer = report.derivative, report.autograd
    if true is None or answer is None or not math.isfinite(answer):
        return False
    return math.isclose(true, answer, rel_tol=1e-5, abs_tol=1e-7)
