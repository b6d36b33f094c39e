"""The examples of the galleries; the first ones are the tutorial's."""

from __future__ import annotations

from ui.query import Query
from ui.widgets import Example

CURVES = (
    Example("3x² at x = 3", Query("3x^2", {"x": "3"})),
    Example("6x² + 2x + 4 at x = 3", Query("6x^2 + 2x + 4", {"x": "3"})),
    Example("x² over −10 … 10", Query("x^2", {"x": "3"}, "-10", "10")),
    Example("A corner: |x|", Query("abs(x)", {"x": "0"})),
    Example("A hole: sin(x)/x", Query("sin(x)/x", {"x": "0"})),
    Example("Poles: tan(x)", Query("tan(x)", {"x": "1"}, "-5", "5")),
    Example("Jumps: floor(x)", Query("floor(x)", {"x": "2"}, "-4", "4")),
    Example("A wild one: sin(1/x)", Query("sin(1/x)", {"x": "0.1"}, "-0.5", "0.5")),
    Example("The bell: e^(−x²)", Query("e^(-x^2)", {"x": "1"})),
    Example("Sigmoid", Query("sigmoid(x)", {"x": "1"})),
)
