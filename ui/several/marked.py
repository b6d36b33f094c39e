"""Critical points as marks on the map and on the surface."""

from __future__ import annotations

import math
from collections.abc import Sequence

from derivlab.figures import numbers
from derivlab.figures.marks import Marked
from derivlab.multivariable.constraint import LagrangePoint
from derivlab.multivariable.critical import CriticalPoint
from ui.several.subject import Subject

MOST = 400
LISTED = 25
"""Points that are listed in the table; all are on the map."""
SYMBOLS = {
    "minimum": ("triangle-down", "circle"),
    "maximum": ("triangle-up", "diamond"),
    "saddle": ("x", "square"),
    "degenerate": ("square", "circle-open"),
    "singular": ("star", "diamond-open"),
}
"""The marks on the map and on the surface."""
SIGNS = {"minimum": "▼", "maximum": "▲", "saddle": "✕", "degenerate": "■", "singular": "★"}


def height_doubt(point: CriticalPoint | LagrangePoint) -> float:
    """What the rounding of the point's coordinates can change in its height, by slope and curvature there."""
    moved = max((abs(each) for each in point.at.values()), default=0.0) * 2.0**-52
    bend = sum(abs(each) for each in getattr(point, "eigenvalues", ()))
    slope = getattr(point, "gradient_norm", 0.0)
    return (
        2.0**-52 * abs(point.value) + 0.5 * bend * moved**2 + (slope * moved if math.isfinite(slope) else 0.0)
    )


def marks_of(subject: Subject, points: Sequence[CriticalPoint | LagrangePoint], place: int) -> list[Marked]:
    """The marks of these points; ``place`` is 0 for the map, 1 for the surface."""
    return [
        Marked(
            *(each.at[name] for name in subject.axes),
            each.value,
            f"{each.kind}: {subject.f.name} = {numbers.text(each.value, height_doubt(each), digits=6)}",
            SYMBOLS[each.kind][place],
        )
        for each in points[:MOST]
    ]
