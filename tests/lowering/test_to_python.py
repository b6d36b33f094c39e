"""The PyTorch script: it runs as it stands in a fresh process and prints what the project says."""

from __future__ import annotations

import ast
import math
import re
import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import derivlab as dl
from derivlab.expression.function import Function
from derivlab.expression.operations import OPERATIONS
from derivlab.expression.parse import parse
from derivlab.expression.tree import Apply, Node, Number, Variable, postorder
from derivlab.lowering.spelling import python_names
from derivlab.lowering.to_python import Script, python_lines, to_python

CASES: list[tuple[str, dict[str, Any], Any]] = [
    ("3x^2", {"x": 3}, "x"),
    ("f(u, v) = u^3 + v^2 + 4uv", {"u": 3, "v": 4}, None),
    ("f(u, v) = u^3 + v^2 + 4uv", {"u": [3, 1, 0.5], "v": 4}, ("v", "u")),
    ("x^2", {"x": np.linspace(-10, 10, 21)}, "x"),
    ("cbrt(x) + x^(2/3)/sec(x) + x^(-1/5)", {"x": [-8.0, 2.0]}, "x"),
    ("{ln(x) if x > 0, 0 otherwise}", {"x": [-1, 0, 2.0]}, "x"),
    ("{sqrt(x) if x > 1, {ln(x) if x > 0, x^3 otherwise} otherwise}", {"x": [-2, 0.5, 4]}, "x"),
    ("ln(x)", {"x": [-1, 2.0]}, "x"),
    ("ln(x)", {"x": -1}, "x"),
    ("5", {"x": [1, 2.0]}, "x"),
    ("f(x, y) = sqrt(x)", {"x": -1, "y": 2}, ("x", "y")),
    ("heaviside(x)*sin(2)", {"x": 1}, "x"),
    ("max(x, 0, sqrt(2)) + mod(5, x) + mod(x, 3) + atan2(1, x) + clamp(x, 0, 1)", {"x": 2.5}, "x"),
    ("softplus(x) + gelu(x) + gamma(x) + hypot(x, 3)", {"x": 0.5}, "x"),
    ("2^x*e^(-x)/3! + 1/3*x - (-x)^3 - pi^2", {"x": 0.7}, "x"),
    ("{1 if x > 0 and not x > 3 or x = -2, -1 otherwise}*x", {"x": [-2, 0, 1, 5]}, "x"),
    ("1e-7x + 0.1x^2 + 12345678901234567890x", {"x": 1.5}, "x"),
    ("3t^2", {"t": 3}, "x"),
]


def run(scripts: list[str]) -> list[str]:
    """What each script prints, all of them in one fresh Python."""
    loop = (
        "import io, contextlib, sys\n"
        "for text in sys.stdin.read().split('\\x00'):\n"
        "    out = io.StringIO()\n"
        "    with contextlib.redirect_stdout(out):\n"
        "        exec(compile(text, 'script', 'exec'), {'__name__': '__main__'})\n"
        "    print(out.getvalue(), end='\\x00')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", loop], input="\0".join(scripts), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split("\0")[: len(scripts)]


def printed(output: str) -> list[Any]:
    """The numbers of each printed line."""
    lines = [
        line.split(" = ", 1)[1] if " = " in line else line.split("=", 1)[1] for line in output.splitlines()
    ]
    return [np.array(ast.literal_eval(re.sub(r"\b(nan|inf)\b", "1e999", line))) for line in lines]


def as_printed(value: Any) -> Any:
    """NaN and infinity stand as the same mark on both sides."""
    found = np.asarray(value, dtype=float)
    return np.where(np.isfinite(found), found, np.inf)


@pytest.fixture(scope="module")
def outputs() -> list[str]:
    """What the scripts of all cases print."""
    return run([to_python(parse(text), at, wrt) for text, at, wrt in CASES])


@pytest.mark.parametrize("place", range(len(CASES)), ids=[text for text, _, _ in CASES])
def test_the_script_prints_the_projects_numbers(place: int, outputs: list[str]) -> None:
    """Value and derivatives, equal to the last digits, NaN included."""
    text, at, wrt = CASES[place]
    f = parse(text)
    names = f.variables if wrt is None or text == "3t^2" else (wrt,) if isinstance(wrt, str) else wrt
    found = printed(outputs[place])
    assert len(found) == 1 + len(names)
    np.testing.assert_allclose(np.abs(found[0]), np.abs(as_printed(dl.value(f, at))), rtol=3e-16)
    for name, slope in zip(names, found[1:], strict=True):
        expected = as_printed(dl.derivative(f, at, wrt=name))
        np.testing.assert_allclose(np.abs(slope), np.abs(expected), rtol=2e-15, atol=1e-300)


def test_a_script_is_a_program_of_its_own(tmp_path: Path) -> None:
    """Saved as a file and started, it prints the tutorial's numbers and nothing on the error stream."""
    path = tmp_path / "script.py"
    path.write_text(to_python(parse("3x^2"), {"x": 3.0}, wrt="x"), encoding="utf-8")
    done = subprocess.run([sys.executable, str(path)], capture_output=True, text=True, check=True)
    assert done.stdout == "f(x) = 27.0\ndf/dx = 18.0\n"
    assert done.stderr == ""


def test_it_reads_as_a_pytorch_programmer_writes() -> None:
    """The whole text for the tutorial's first function."""
    assert to_python(parse("3x^2"), {"x": 3.0}) == (
        "# f(x) = 3*x^2\n"
        "import torch\n"
        "\n"
        "x = torch.tensor(3.0, dtype=torch.float64, requires_grad=True)\n"
        "\n"
        "y = 3 * x**2\n"
        "y.backward()\n"
        "\n"
        'print("f(x) =", y.item())\n'
        'print("df/dx =", x.grad.item())\n'
    )


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("sec(x)", "y = 1 / torch.cos(x)"),
        ("-x^2", "y = -x**2"),
        ("(-x)^2", "y = (-x) ** 2"),
        ("x^-1", "y = x ** -1"),
        ("2^(x + 1)", "y = 2 ** (x + 1)"),
        ("(x + 1)*(x - 1)", "y = (x + 1) * (x - 1)"),
        ("x - (x - 1)", "y = x - (x - 1)"),
        ("1/(2x)", "y = 1 / (2 * x)"),
        ("e^x", "y = torch.exp(x)"),
        ("{x^2 if x > 0, -x otherwise}", "y = torch.where(x > 0, x**2, -x)"),
        ("0.1x", "y = 0.1 * x"),
        ("sqrt(2)*x", "y = math.sqrt(2) * x"),
    ],
)
def test_formulas_are_spelled_readably(text: str, line: str) -> None:
    """Brackets only where they are needed, definitions written out."""
    assert line in to_python(parse(text), {"x": 1.5}).splitlines()


def test_arrays_say_why_the_sum_works() -> None:
    """Many values: ``y.sum().backward()``, with the reason beside it."""
    script = to_python(parse("x^2"), {"x": [1, 2, 3]})
    assert "y.sum().backward()" in script
    assert "# Each value depends on its own point alone" in script


def test_the_real_root_and_the_other_branch_are_explained() -> None:
    """Where the project does more than torch, the script says so."""
    assert "root is the real one" in to_python(parse("x^(1/3)"), {"x": -8})
    assert "torch.where lets nan through" in to_python(parse("{ln(x) if x > 0, 0 otherwise}"), {"x": 1})
    assert "undefined, so is its derivative" in to_python(parse("ln(x)"), {"x": -1})


def test_hostile_and_awkward_names_are_renamed() -> None:
    """Keywords, the script's own names, and names that Python would take for one another."""
    assert python_names(dict.fromkeys(["lambda", "torch", "math", "x", "θ", "print"])) == {
        "lambda": "lambda_",
        "torch": "torch_",
        "math": "math_",
        "x": "x",
        "θ": "θ",
        "print": "print_",
    }
    assert len(set(python_names(dict.fromkeys(["ε", "ϵ", "x₁", "x1", "y'", "2"])).values())) == 6
    for name in python_names(dict.fromkeys(["ε", "ϵ", "x₁", "x1", "y'", "2", "a b", "import os"])).values():
        assert name.isidentifier()


def test_a_script_with_awkward_names_runs() -> None:
    """Python keywords, names of modules, the result's own name, and text that wants to break out."""
    names = ("lambda", "torch", "y", "θ", "t1")
    tree: Node = Number(Fraction(1))
    for name in names:
        tree = Apply("multiply", (tree, Apply("cbrt", (Variable(name),))))
    f = Function('f"\nraise SystemExit(3)\n#', names, tree)
    at = dict.fromkeys(names, 8.0)
    found = printed(run([to_python(f, at, None)])[0].replace('f" raise SystemExit(3) #', "f"))
    np.testing.assert_allclose(found[0], 32)
    np.testing.assert_allclose(found[1:], 32 / 24)


def test_every_operation_has_a_script() -> None:
    """Each row with a rule, at its test points, prints autograd's numbers."""
    asked = []
    for row in OPERATIONS.values():
        if row.rules and row.name not in {"where", "polygamma"}:
            names = ("u", "v", "w")[: len(row.test_points[0])]
            f = Function("f", names, Apply(row.name, tuple(map(Variable, names))))
            at = {name: [point[i] for point in row.test_points] for i, name in enumerate(names)}
            asked.append((f, at))
    for (f, at), output in zip(asked, run([to_python(f, at, None) for f, at in asked]), strict=True):
        found = printed(output)
        np.testing.assert_allclose(found[0], dl.value(f, at), rtol=1e-15, err_msg=f.text)
        for slope, expected in zip(found[1:], dl.gradient(f, at).values(), strict=True):
            np.testing.assert_allclose(slope, expected, rtol=1e-8, atol=1e-12, err_msg=f.text)


def test_long_sums_are_broken_into_lines() -> None:
    """A thousand terms make no line that Python's parser refuses."""
    f = parse(" + ".join(f"{i}x^{i % 5}" for i in range(1, 1_001)))
    script = to_python(f, {"x": 1.0})
    assert max(map(len, script.splitlines()[1:])) < 130
    assert printed(run([script])[0])[0] == 500_500


def line(script: Script, number: int) -> str:
    """A line by its number, from 1."""
    return script.text.splitlines()[number - 1]


def test_each_node_has_its_line() -> None:
    """With one operation a line, the line of a node computes just that operation."""
    f = parse("sin(x^2) + 3x")
    script = python_lines(f, {"x": 1}, steps=True)
    lines = [line(script, script.line_of[place]) for place in range(len(list(postorder(f.tree))))]
    assert "t1 = x**2" in lines
    assert "t2 = torch.sin(t1)" in lines
    assert "t3 = 3 * x" in lines
    assert line(script, script.result_line) == "y = t2 + t3" == lines[-1]
    assert line(script, script.leaf_line["x"]).startswith("x = torch.tensor(1.0")
    assert script.backward_line is not None
    assert line(script, script.backward_line) == "y.backward()"


@pytest.mark.parametrize(("text", "at", "wrt"), CASES, ids=[text for text, _, _ in CASES])
def test_every_place_of_the_tree_has_a_line(text: str, at: dict[str, Any], wrt: Any) -> None:
    """Also with long formulas, guards, constants and definitions."""
    f = parse(text)
    for steps in (False, True):
        script = python_lines(f, at, wrt, steps=steps)
        count = len(script.text.splitlines())
        assert set(script.line_of) == set(range(len(list(postorder(f.tree)))))
        assert all(1 <= number <= count for number in script.line_of.values())


@pytest.mark.parametrize(
    ("at", "wrt"),
    [({}, "x"), ({"x": math.nan}, "x"), ({"x": "1"}, "x"), ({"x": 1}, "2"), ({"x": np.zeros(20_000)}, "x")],
)
def test_what_makes_no_script_is_an_input_error(at: dict[str, Any], wrt: str) -> None:
    """A missing value, a bad name, more points than a person reads."""
    with pytest.raises(dl.InputError) as caught:
        to_python(parse("x^2"), at, wrt)
    assert caught.value.hint
