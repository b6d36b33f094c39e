"""The Graph page: a good input, bad ones, deep links, and what it says of awkward points."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from ui.graph.subject import read_values

APP = Path(__file__).parents[2] / "app.py"


def open_page(**parameters: str) -> AppTest:
    """The page, opened by a link with these parameters."""
    app = AppTest.from_file(APP, default_timeout=60).switch_page("pages/graph.py")
    for name, text in parameters.items():
        app.query_params[name] = text
    return app.run()


def said(app: AppTest) -> str:
    """All Markdown and captions on the page."""
    return "\n".join(str(part.value).replace("\\", "") for part in (*app.markdown, *app.caption))


def tensors(app: AppTest) -> list[dict[str, str]]:
    """The rows of the table of tensors."""
    return json.loads(app.dataframe[0].value.to_json(orient="records"))


def test_the_first_visit_shows_18() -> None:
    """Without a link the page shows 3x² at 3, and 18 in x.grad."""
    app = open_page()
    assert not app.exception
    leaf = tensors(app)[0]
    assert leaf["tensor"] == "x"
    assert leaf["grad before"] == "None"
    assert leaf["grad after"] == "18"
    inner = tensors(app)[1]
    assert inner["grad after"] == "None"
    assert inner["after, with retain_grad()"] == "3"


def test_a_deep_link() -> None:
    """A link opens the function, the point and the panel."""
    app = open_page(f="f(u, v) = u^3 + v^2 + 4uv", at_u="3", at_v="4")
    assert [row["grad after"] for row in tensors(app)[:2]] == ["43", "20"]
    assert "u.grad.item()" in open_page(f="u^3", at_u="3", more="Script").code[0].value


def test_the_graph_of_the_gradient() -> None:
    """With create_graph=True the leaf's gradient is the second derivative."""
    app = open_page(f="x^3", at_x="2", of="its gradient")
    assert not app.exception
    assert tensors(app)[0]["grad after"] == "12"


def test_the_gradient_s_own_script() -> None:
    """The script of the gradient's graph goes back twice."""
    app = open_page(f="x^3", at_x="2", of="its gradient", more="Script")
    assert "create_graph=True" in app.code[0].value
    assert "g.backward()" in app.code[0].value
    assert "second" in said(app)


def test_a_gradient_that_is_not_there() -> None:
    """By a variable that does not occur there is no gradient, and the page says so."""
    app = open_page(f="f(x, y) = x^2", of="its gradient", wrt="y")
    assert not app.exception
    assert "f does not depend on y" in said(app)


def test_many_values_of_two_variables() -> None:
    """The other variable has its value once for each, so that table and script agree."""
    app = open_page(f="x*y", at_y="3", many="1, 2", more="Script")
    assert tensors(open_page(f="x*y", at_y="3", many="1, 2"))[1]["grad after"] == "[1, 2]"
    assert "3.0" in app.code[0].value


def test_many_values() -> None:
    """Several values at once give a gradient for each."""
    app = open_page(f="x^2", many="1, 2, 3")
    assert tensors(app)[0]["grad after"] == "[2, 4, 6]"


@pytest.mark.parametrize("bad", ["sin(x", "x^", "__import__('os')", "<script>alert(1)</script>", ""])
def test_a_bad_function_keeps_the_page(bad: str) -> None:
    """A mistake is said in words and no traceback reaches the page."""
    app = open_page(f=bad)
    assert not app.exception


@pytest.mark.parametrize("bad", ["a, b", "1,,", "nan", "1, 2, 1/0", "x" * 500, ","])
def test_a_bad_list_keeps_the_picture(bad: str) -> None:
    """A list that cannot be read is said, and the graph of the one point stays."""
    app = open_page(f="x^2", many=bad)
    assert not app.exception
    assert tensors(app)[0]["tensor"] == "x"


@pytest.mark.parametrize(
    ("text", "at", "words"),
    [
        ("ln(x)", "-1", "ln of zero or of a negative number"),
        ("abs(x)", "0", "has a corner at 0"),
        ("where(x > 0, sqrt(x), 0)", "0", "NaN leaks out"),
        ("f(x) = 5", "1", "PyTorch refuses"),
    ],
)
def test_awkward_points_are_explained(text: str, at: str, words: str) -> None:
    """The page says which node made it and why."""
    app = open_page(f=text, at_x=at)
    assert not app.exception
    assert words in said(app)


def test_a_function_of_2000_nodes() -> None:
    """A very long function still opens."""
    app = open_page(f="+".join(f"sin({n}x)" for n in range(1, 400)), at_x="0.1")
    assert not app.exception
    assert tensors(app)


@pytest.mark.parametrize(
    ("typed", "values"), [("1, 2, pi", (1, 2, 3.141592653589793)), ("[1 2]", (1, 2)), ("-1/2", (-0.5,))]
)
def test_lists_as_people_write_them(typed: str, values: tuple[float, ...]) -> None:
    """A list takes commas or blanks, brackets, and numbers such as pi."""
    assert read_values(typed) == values
