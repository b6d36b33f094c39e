"""What is put on the map and on the surface: marked points, arrows, walks."""

from __future__ import annotations

from dataclasses import dataclass

from derivlab.figures.palette import Style
from derivlab.figures.plane import Floats


@dataclass(frozen=True)
class Marked:
    """A point on the surface with a word for the hover."""

    x: float
    y: float
    z: float
    label: str
    symbol: str = "circle"


@dataclass(frozen=True)
class Pointer:
    """An arrow from ``tail`` in the direction ``along``; ``share`` of the usual length."""

    tail: tuple[float, float]
    along: tuple[float, float]
    color: str
    share: float = 1.0


@dataclass(frozen=True)
class Path:
    """A walk over the map and, with ``z``, over the surface."""

    name: str
    style: Style
    x: Floats
    y: Floats
    z: Floats
