"""The examples of the pages on several variables; the first one is the tutorial's."""

from __future__ import annotations

from derivlab.figures.numbers import plain
from derivlab.multivariable.test_functions import TEST_FUNCTIONS
from ui.several.subject import example

TUTORIAL = example("u³ + v² + 4uv at (3, 4)", "f(u, v) = u^3 + v^2 + 4uv", {"u": "3", "v": "4"})

SURFACES = (
    TUTORIAL,
    example("Saddle: x² − y²", "x^2 - y^2", {"x": "1", "y": "0.5"}, ("-2", "2", "-2", "2")),
    example("Hills: sin x · cos y", "sin(x)cos(y)", {"x": "1", "y": "0.5"}),
    example("A bell: e^(−x² − y²)", "exp(-x^2 - y^2)", {"x": "0.5", "y": "0.5"}, ("-2", "2", "-2", "2")),
    example("A cone: sqrt(x² + y²)", "sqrt(x^2 + y^2)", {"x": "1", "y": "1"}, ("-3", "3", "-3", "3")),
    example("Half a plane: y ln x", "y ln(x)", {"x": "2", "y": "1"}),
    example("A pole: 1/(x² + y²)", "1/(x^2 + y^2)", {"x": "1", "y": "1"}, ("-3", "3", "-3", "3")),
    example(
        "The order matters at (0, 0)",
        "where(x^2 + y^2 > 0, x y (x^2 - y^2)/(x^2 + y^2), 0)",
        {"x": "0", "y": "0"},
        ("-2", "2", "-2", "2"),
        panel="All partials",
    ),
    example("Three variables: x y + z²", "x y + z^2", {"x": "1", "y": "2", "z": "1"}),
    example("A neuron: sigmoid(w₁x₁ + w₂x₂ + b)", "sigmoid(w1*x1 + w2*x2 + b)", {"w1": "1", "w2": "-1"}),
)

OPTIMA = tuple(
    example(
        each.name,
        each.text,
        {name: plain(number) for name, number in zip(("x", "y"), each.start, strict=True)},
        [plain(end) for bounds in each.window for end in bounds],
    )
    for each in TEST_FUNCTIONS
)
