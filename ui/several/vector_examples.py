"""The examples of the pages on vector functions and on curves in the plane."""

from __future__ import annotations

from collections.abc import Mapping

from ui.query import Query
from ui.widgets import Example


def _mapping(label: str, text: str, at: Mapping[str, str], **more: str) -> Example:
    return Example(label, Query("", at, more={"F": text, **more}))


def _curve(label: str, kind: str, text: str, at: Mapping[str, str], **more: str) -> Example:
    key = "equation" if kind == "Implicit" else "path"
    return Example(label, Query("", at, more={"curve": kind, key: text, **more}))


MAPPINGS = (
    _mapping("(x²y, x + sin y)", "F(x, y) = (x^2 y, x + sin y)", {"x": "1", "y": "2"}),
    _mapping("Polar coordinates", "F(r, theta) = (r cos(theta), r sin(theta))", {"r": "2", "theta": "pi/6"}),
    _mapping(
        "Rotation by 30°",
        "F(x, y) = (x cos(pi/6) - y sin(pi/6), x sin(pi/6) + y cos(pi/6))",
        {"x": "1", "y": "1"},
    ),
    _mapping("Squaring complex numbers", "F(x, y) = (x^2 - y^2, 2x y)", {"x": "1", "y": "0.5"}),
    _mapping("A shear", "F(x, y) = (x + y, y)", {"x": "1", "y": "1"}),
    _mapping("A fold: determinant 0", "F(x, y) = (x^2, y)", {"x": "0", "y": "1"}),
    _mapping("A whirl", "F(x, y) = (-y, x)", {"x": "1", "y": "1"}, mapping="Field"),
    _mapping("A source", "F(x, y) = (x, y)", {"x": "1", "y": "1"}, mapping="Field"),
    _mapping(
        "Spherical coordinates",
        "F(r, theta, phi) = (r sin(theta) cos(phi), r sin(theta) sin(phi), r cos(theta))",
        {"r": "2", "theta": "pi/3", "phi": "pi/4"},
        mapping="Forward and backward",
    ),
    _mapping(
        "A field in space", "F(x, y, z) = (y z, x z, x y)", {"x": "1", "y": "2", "z": "3"}, mapping="Field"
    ),
)

CURVES = (
    _curve("Circle: x² + y² = 1", "Implicit", "x^2 + y^2 = 1", {"x": "0.6", "y": "0.8"}),
    _curve("Ellipse", "Implicit", "x^2/4 + y^2 = 1", {"x": "1", "y": "0.9"}),
    _curve("Folium of Descartes", "Implicit", "x^3 + y^3 = 3x y", {"x": "1.5", "y": "1.5"}),
    _curve("Lemniscate: a crossing", "Implicit", "(x^2 + y^2)^2 = 4(x^2 - y^2)", {"x": "1.5", "y": "0.7"}),
    _curve("A tip: y² = x³", "Implicit", "y^2 = x^3", {"x": "1", "y": "1"}),
    _curve("Many pieces: sin x + sin y = 1/2", "Implicit", "sin(x) + sin(y) = 1/2", {"x": "0.5", "y": "0"}),
    _curve("Heart", "Implicit", "(x^2 + y^2 - 1)^3 = x^2 y^3", {"x": "1", "y": "1"}),
    _curve("Figure eight: (cos t, sin 2t)", "Parametric", "(cos t, sin 2t)", {"t": "0.5"}),
    _curve("Circle", "Parametric", "(cos t, sin t)", {"t": "pi/6"}),
    _curve("Cycloid: tips", "Parametric", "(t - sin t, 1 - cos t)", {"t": "2"}, t1="0", t2="4pi"),
    _curve("Spiral", "Parametric", "(t cos(t), t sin(t))", {"t": "6"}, t1="0", t2="6pi"),
    _curve("Lissajous", "Parametric", "(sin 3t, cos 2t)", {"t": "1"}),
)
