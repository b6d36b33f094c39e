"""The scene and the words of the Graph page."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

import derivlab as dl
from derivlab.figures.formula import formula
from derivlab.figures.graph import dot, scene
from derivlab.figures.graph_symbols import pretty
from derivlab.figures.graph_words import steps_of
from derivlab.lowering.to_python import python_lines

TWO = dl.parse("f(u, v) = u^3 + v^2 + 4uv")


def words(text: str, at: dict[str, object]) -> list[str]:
    """All the words of all steps, a string a step."""
    return [
        " | ".join((step.phase, step.title, *(line for _, line in step.lines)))
        for step in steps_of(dl.record(dl.parse(text), at))
    ]


def test_the_story_of_3x2() -> None:
    """Values forward, then the seed 1, 3, and 18 in x.grad."""
    story = words("3x^2", {"x": 3.0})
    assert story[1].startswith("forward | w₁ = x² | = 3² = 9 | PyTorch writes PowBackward0")
    assert "call | f.backward()" in story[3]
    assert "∂f/∂w₂ · ∂w₂/∂w₁ = 1 · 3 = 3" in story[4]
    assert "∂w₁/∂x = 2·x = 6" in story[5]
    assert story[-1].startswith("backward | x.grad = 18")
    assert "∂w₂/∂w₁ · ∂w₁/∂x | = 3 · 6 = 18" in story[-1]


def test_sums_are_spelled_out() -> None:
    """Where branches meet the sum stands in symbols and in numbers."""
    story = words("f(u, v) = u^3 + v^2 + 4uv", {"u": 3, "v": 4})
    (u,) = [step for step in story if "u.grad = 43" in step.split(" | ")[1]]
    assert "∂f/∂u = ∂f/∂w₁ · ∂w₁/∂u + ∂f/∂w₄ · ∂w₄/∂u | = 27 + 16 = 43" in u
    (v,) = [step for step in story if "v.grad = 20" in step.split(" | ")[1]]
    assert "= 8 + 12 = 20" in v


def test_no_gradient_before_backward() -> None:
    """No step before the call says anything of a gradient's value."""
    for text, at in (("3x^2", {"x": 3.0}), ("f(u, v) = u^3 + v^2 + 4uv", {"u": 3, "v": 4})):
        story = words(text, at)
        before = story[: next(i for i, step in enumerate(story) if step.startswith("call"))]
        assert not any("∂" in step for step in before)


def test_a_scene_is_json() -> None:
    """A scene travels as strict JSON, NaN and infinities included as text."""
    for text, at in (
        ("3x^2", 3.0),
        ("where(x > 0, sqrt(x), 0)", 0.0),
        ("1/x + ln(x)", 0.0),
        ("x^2", [1.0, 2.0]),
    ):
        packed = json.dumps(scene(dl.record(dl.parse(text), {"x": at})), allow_nan=False)
        assert json.loads(packed)["steps"]


def test_places_link_the_formula_to_the_graph() -> None:
    """Every part of the formula belongs to a node of the graph with the same text."""
    graph = dl.record(TWO, {"u": 3, "v": 4})
    built = scene(graph)
    from derivlab.expression.tree import postorder

    parts = list(postorder(TWO.tree))
    assert sorted(map(int, built["places"])) == list(range(len(parts)))
    for place, node in built["places"].items():
        assert graph.nodes[node].tree == parts[int(place)]


def test_lines_of_the_script_light_up() -> None:
    """Each step has its line in the script, and the line computes it."""
    at = {"u": 3.0, "v": 4.0}
    script = python_lines(TWO, at, None, steps=True, raw=True)
    built = scene(dl.record(TWO, at), script)
    for step in built["steps"]:
        if step["phase"] == "forward":
            line = built["script"][built["lines"][str(step["node"])]]
            operation = {"power": "**", "add": "+", "multiply": "*"}
            node = dl.record(TWO, at).nodes[step["node"]]
            assert operation.get(node.operation, "torch.tensor") in line
    assert built["script"][built["call"]] == "y.backward()"


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("3x^2", {"x": 3.0}),
        ("f(u, v) = u^3 + v^2 + 4uv", {"u": 3.0, "v": 4.0}),
        ("where(x > 0, sqrt(x), 0)", {"x": 0.0}),
    ],
)
def test_the_script_prints_what_the_page_shows(text: str, at: dict[str, float]) -> None:
    """The script, run in a fresh process, prints the graph's own value and gradients, NaN too."""
    f = dl.parse(text)
    graph = dl.record(f, at)
    script = python_lines(f, at, None, steps=True, raw=True).text
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=120
    )
    printed = [line.split("=")[1].strip() for line in done.stdout.splitlines()]
    assert printed == [repr(graph.nodes[graph.output].value), *(repr(graph.gradient[v]) for v in f.variables)]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("3*x^2", "3·x²"),
        ("w12 + x^-1", "w₁₂ + x⁻¹"),
        ("log2(x)", "log2(x)"),
        ("x^2.5", "x^2.5"),
        ("-x", "−x"),
    ],
)
def test_pretty(text: str, shown: str) -> None:
    """Canonical text is shown as people write it."""
    assert pretty(text) == shown


def test_formula_is_bounded() -> None:
    """A very long formula is not nested into the page."""
    assert formula(dl.parse("+".join(["x"] * 200)).tree) is None


def test_dot_is_escaped() -> None:
    """The DOT of a graph has a box for each node and an arrow for each edge."""
    graph = dl.record(TWO, {"u": 3, "v": 4})
    text = dot(graph)
    assert text.count('[label="') == len(graph.nodes) + sum(edge.tracked for edge in graph.edges)
    assert text.count("->") == len(graph.edges)


def test_the_first_way_back_is_announced_once() -> None:
    """In the gradient's graph one step says where its own part begins, and that its gradient is the second."""
    steps = steps_of(dl.record(dl.parse("x^3"), {"x": 2.0}, create_graph=True, wrt="x"))
    told = [step for step in steps if any("for the first time" in line for _, line in step.lines)]
    assert [step.title for step in told] == ["w₂ = x²"]
    assert steps[-1].title == "x.grad = 12"
