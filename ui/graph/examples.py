"""Functions worth a look on the Graph and the Accuracy page."""

from __future__ import annotations

from ui.query import Query
from ui.widgets import Example

GRAPHS = (
    Example("3x² at x = 3", Query("3x^2", {"x": "3"})),
    Example("6x² + 2x + 4 at x = 3", Query("6x^2 + 2x + 4", {"x": "3"})),
    Example("Two variables: u³ + v² + 4uv", Query("f(u, v) = u^3 + v^2 + 4uv", {"u": "3", "v": "4"})),
    Example("Branches meet: x·sin(x) + x²", Query("x*sin(x) + x^2", {"x": "2"})),
    Example("A chain: e^(−sin(x)²)", Query("e^(-sin(x)^2)", {"x": "1"})),
    Example(
        "A small network",
        Query("f(x, w, b) = sigmoid(w*tanh(w*x + b) + b)", {"x": "1", "w": "2", "b": "0.5"}),
    ),
    Example("NaN leaks through where", Query("where(x > 0, sqrt(x), 0)", {"x": "0"})),
    Example("A corner: |x| at 0", Query("|x| + x", {"x": "0"})),
    Example("Outside the domain: ln(x − 5)", Query("x^2 + ln(x - 5)", {"x": "1"})),
    Example("Sixty nodes", Query(" + ".join(f"sin({n}x)" for n in range(1, 16)), {"x": "0.4"})),
)

ACCURACY = (
    Example("sin(x) at 1", Query("sin(x)", {"x": "1"})),
    Example("e^x/x at 0.7", Query("e^x/x", {"x": "0.7"})),
    Example("A hard one: 1/(1 + 10⁴(x − 1)²)", Query("1/(1 + 10000(x - 1)^2)", {"x": "1.01"})),
    Example("3x² at x = 3", Query("3x^2", {"x": "3"})),
    Example("Two variables, for the modes", Query("f(u, v) = u^3 + v^2 + 4uv", {"u": "3", "v": "4"})),
)
