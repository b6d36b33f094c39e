"""The script of a gradient's graph: run in a fresh process it prints what the record holds."""

from __future__ import annotations

import subprocess
import sys
from ast import literal_eval

import pytest

import derivlab as dl
from derivlab.autodiff.gradient_script import gradient_script


def printed(script: str) -> dict[str, object]:
    """What the script prints, by the words before the equals sign."""
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    pairs = (line.split(" = ", 1) for line in run.stdout.splitlines())
    return {name: literal_eval(text) for name, text in pairs}


@pytest.mark.parametrize(
    ("text", "at", "wrt", "second"),
    [
        ("x^3", {"x": 2.0}, "x", {"x": 12.0}),
        ("x^3", {"x": (1.0, 2.0)}, "x", {"x": [6.0, 12.0]}),
        ("f(u, v) = u^3 + v^2 + 4uv", {"u": 3.0, "v": 4.0}, "u", {"u": 18.0, "v": 4.0}),
        ("f(g) = g^3", {"g": 2.0}, "g", {"g": 12.0}),
        ("f(lambda) = lambda^3", {"lambda": 2.0}, "lambda", {"lambda": 12.0}),
        ("f(x, y) = x^2", {"x": 1.0, "y": 2.0}, "x", {"x": 2.0, "y": None}),
    ],
)
def test_the_script_prints_the_second_derivatives(
    text: str, at: dict[str, object], wrt: str, second: dict[str, object]
) -> None:
    """The second derivatives by hand, by the script and in the record are the same; None where torch keeps none."""
    graph = dl.record(dl.parse(text), at, create_graph=True, wrt=wrt)
    script = gradient_script(graph, at)
    found = printed(script.text)
    recorded = {
        name: list(each) if isinstance(each, tuple) else each for name, each in graph.gradient.items()
    }
    assert recorded == second
    assert {name: found[f"d(df/d{wrt})/d{name}"] for name in at} == second
    lines = script.text.splitlines()
    assert "create_graph=True" in lines[script.result_line - 1]
    assert script.backward_line is not None
    assert lines[script.backward_line - 1].endswith(".backward()")


def test_a_constant_gradient_is_not_sent_back() -> None:
    """The gradient of 3x is a constant: the script says that a second way back would fail, and runs."""
    graph = dl.record(dl.parse("3x"), {"x": 1.0}, create_graph=True, wrt="x")
    script = gradient_script(graph, {"x": 1.0})
    assert script.backward_line is None
    assert printed(script.text) == {"f(x)": 3.0, "df/dx": 3.0}


def test_without_a_gradient_it_is_the_script_of_f() -> None:
    """Where f does not depend on the variable the script is that of f, and it runs."""
    at = {"x": 1.0, "y": 2.0}
    graph = dl.record(dl.parse("f(x, y) = x^2"), at, create_graph=True, wrt="y")
    assert printed(gradient_script(graph, at).text)["df/dx"] == 2.0
