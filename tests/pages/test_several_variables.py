"""The pages on several variables in the app: good input, bad input, deep links, sizes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

APP = Path(__file__).parents[2] / "app.py"
LARGEST = 300_000
"""Characters of all figures of a page together."""
EVERY_VIEW = [
    *(("partials", {"panel": name}) for name in ("Slices", "All partials", "Direction", "Bending")),
    *(("extrema", {"extrema": name}) for name in ("Critical points", "Descent", "Constraint")),
    *(
        ("vector", {"values_panel": name})
        for name in ("Step by step", "Table", "Why the sum works", "Any v", "Coupled outputs")
    ),
    *(("mapping", {"mapping": name}) for name in ("Square", "Field", "Chain rule", "Forward and backward")),
    *(("plane_curves", {"curve": name}) for name in ("Implicit", "Parametric")),
]


def opened(page: str, **parameters: str) -> AppTest:
    """A page, opened by a link with these parameters."""
    app = AppTest.from_file(str(APP), default_timeout=120)
    for key, value in parameters.items():
        app.query_params[key] = value
    app.switch_page(f"pages/{page}.py")
    return app.run()


def words(app: AppTest) -> str:
    """All that can be read on the page."""
    return "\n".join(
        str(element.value) for kind in ("markdown", "caption", "code", "info") for element in app.get(kind)
    )


def figures(app: AppTest) -> list[dict[str, Any]]:
    """The charts as plotly gets them."""
    return [json.loads(chart.proto.spec) for chart in app.get("plotly_chart")]


def traces(app: AppTest) -> list[str]:
    """The roles of all traces of the page's charts."""
    return [str(trace.get("meta")) for figure in figures(app) for trace in figure["data"]]


@pytest.mark.parametrize(("page", "view"), EVERY_VIEW, ids=str)
def test_every_view_opens_by_a_link_and_is_small(page: str, view: dict[str, str]) -> None:
    """Each panel of each page opens from its link, without a fault, with figures of at most 300 kB
    together.
    """
    app = opened(page, **view)
    assert not app.exception
    assert "Traceback" not in words(app)
    assert sum(len(chart.proto.spec) for chart in app.get("plotly_chart")) <= LARGEST


def test_the_tutorials_partials() -> None:
    """f(u, v) = u³ + v² + 4uv at (3, 4): ∂f/∂u = 43 and ∂f/∂v = 20 on the first visit, with surface, plane
    and gradient.
    """
    app = opened("partials")
    assert r"\mathbf{43}" in words(app)
    assert r"\mathbf{20}" in words(app)
    assert "f(3, 4) = 91" in words(app)
    assert {"sheet", "patch", "curve0", "curve1", "levels", "level", "point"} <= set(traces(app))
    assert figures(app)[1]["layout"]["annotations"]


def test_a_deep_link_holds_function_point_window_and_axes() -> None:
    """A link with three variables, chosen axes and a window opens just that."""
    app = opened(
        "partials",
        f="x y + z^2",
        at_x="1",
        at_y="2",
        at_z="-3",
        axis1="z",
        axis2="x",
        lo1="-4",
        hi1="4",
        lo2="0",
        hi2="sqrt(9)",
        panel="All partials",
    )
    assert not app.exception
    assert r"\mathbf{-6}" in words(app)
    layout = figures(app)[1]["layout"]
    assert (layout["xaxis"]["range"], layout["yaxis"]["range"]) == ([-4, 4], [0, 3])


def test_moving_the_point_moves_the_numbers() -> None:
    """A new point in the boxes gives new partials at once."""
    app = opened("partials")
    app.text_input(key="at_u").set_value("1")
    app.run()
    assert r"\mathbf{19}" in words(app)


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({"f": "x^2", "at_x": "3"}, "level along y"),
        ({"f": "7"}, "is a constant"),
        ({"f": "y ln(x)", "at_x": "-1", "at_y": "1"}, "has no value"),
        ({"f": "1/(x^2 + y^2)", "at_x": "0", "at_y": "0"}, "has no value|no derivative|infty"),
        ({"f": "x^2 + y^2", "panel": "Direction", "way": "Vector", "dx": "0", "dy": "0"}, "points nowhere"),
        ({"f": "x^2 + y^2", "at_x": "nan"}, "nan"),
        ({"f": "x^2 + y^2", "at_x": "abc"}, "number"),
        ({"f": "x^2 +* y"}, "Nothing to draw yet"),
        ({"f": "x^2 + y^2", "axis1": "q", "axis2": "<b>"}, "nabla"),
        ({"f": "x^2 + y^2", "panel": "no such panel"}, "nabla"),
        (
            {"f": "sqrt(x^2 + y^2)", "at_x": "0", "at_y": "0", "panel": "Bending"},
            "no finite first and second",
        ),
        ({"f": "x^2 + y^2", "lo1": "5", "hi1": "-5"}, "must end above"),
        ({"f": "x^2 + y^2", "at_x": "1e200"}, "nabla"),
        ({"f": "f(x, y) = undefined"}, "has no value"),
    ],
)
def test_bad_input_on_the_partials_page(parameters: dict[str, str], expected: str) -> None:
    """Functions of one variable or none, undefined and infinite points, the direction (0, 0), wrong numbers
    and names.
    """
    app = opened("partials", **parameters)
    assert not app.exception
    assert any(part in words(app) for part in expected.split("|")), words(app)


def test_twelve_variables() -> None:
    """A function of twelve variables: two on the axes, ten beside, all first partials in the table."""
    names = [f"x{k}" for k in range(1, 13)]
    body = " + ".join(f"{k}*{name}^2" for k, name in enumerate(names, 1))
    app = opened("partials", f=f"f({', '.join(names)}) = {body}", panel="All partials")
    assert not app.exception
    assert len(app.slider) >= 10
    table = next(each.value for each in app.markdown if "by autograd" in each.value)
    assert table.count(r"\frac{\partial f}") == 12


@pytest.mark.parametrize(
    ("f", "expected"),
    [
        ("(x^2 + y - 11)^2 + (x + y^2 - 7)^2", "4 minima, ▲ 1 maximum, ✕ 4 saddles"),
        ("(x^2 + y^2 - 1)^2", "on whole curves or regions"),
        ("f(x, y) = 5", "zero everywhere"),
        ("x + 2y", "No critical point"),
        ("sqrt(x^2 + y^2)", "1 minimum"),
        ("f(x, y) = undefined", "No critical point"),
    ],
)
def test_critical_points_are_named(f: str, expected: str) -> None:
    """The Extrema page counts what is in the window, or says why it cannot be counted."""
    app = opened("extrema", f=f)
    assert not app.exception
    assert expected in words(app)


def test_descent_shows_divergence() -> None:
    """With too large a step the walk diverges, and the page says so and shows it."""
    app = opened("extrema", f="x^2 + 3y^2", at_x="1", at_y="1", extrema="Descent", rate0="0.5")
    assert not app.exception
    assert "diverged" in words(app)
    assert "path-gradient descent" in traces(app)


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({"f": "y + ln(x)", "at_x": "-1", "at_y": "1"}, "no slope at the start"),
        ({"rate0": "-1"}, "must be positive"),
        ({"rate0": "abc"}, "number"),
        ({"steps": "1e9"}, "steps"),
        ({"steps": "-3"}, "steps"),
    ],
)
def test_bad_input_of_a_descent(parameters: dict[str, str], expected: str) -> None:
    """A start outside the domain and wrong settings are answered in words."""
    app = opened("extrema", extrema="Descent", **parameters)
    assert not app.exception
    assert expected in words(app) or app.text_input(key="steps")


@pytest.mark.parametrize(
    ("constraint", "expected"),
    [
        ("x^2 + y^2 = 4", "smallest"),
        ("x^2 + y^2", "one equals sign"),
        ("x^2 + y^2 = -1", "no point in this window"),
        ("x + q = 1", "q is not a variable"),
        ("1 = 2", "says nothing about the variables"),
        ("x = (", "x = ("),
    ],
)
def test_constraints(constraint: str, expected: str) -> None:
    """A constraint is solved, or what is wrong with it is said."""
    app = opened("extrema", extrema="Constraint", constraint=constraint)
    assert not app.exception
    assert expected in words(app)


def test_the_tutorials_many_values() -> None:
    """x² over the linspace: torch's refusal word by word, the sum, both curves, .detach() explained."""
    app = opened("vector")
    assert "RuntimeError: grad can be implicitly created only for scalar outputs" in words(app)
    assert "y.sum().backward()" in words(app)
    assert ".detach()" in words(app)
    assert traces(app) == ["order0", "order1"]


def test_the_table_of_many_values() -> None:
    """The table has x, f(x) and x.grad = 2x."""
    app = opened("vector", values="1, 2, 3", values_panel="Table")
    table = app.dataframe[0].value
    assert table["x.grad"].tolist() == [2.0, 4.0, 6.0]


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({"values": "1, two, 3"}, "two"),
        ({"values": "1,, 2"}, "missing between two commas"),
        ({"values": "linspace(0, 1, 1e9)"}, "whole number from 1 to 1,000,000"),
        ({"values": ""}, "There are no values"),
        ({"values": "1, nan, 3"}, "nan"),
        ({"f": "x y"}, "2 variables"),
        ({"f": "ln(x)", "values": "-1, -2"}, "no derivative at any"),
        ({"f": "ln(x)", "values": "-1, 2"}, "At 1 of them"),
        ({"f": "5", "values": "1, 2"}, "2 values"),
        ({"values_panel": "Any v", "v": "1, 2"}, "v has 2 numbers"),
        ({"values_panel": "Any v", "v": "x"}, "not a number"),
        ({"values_panel": "Coupled outputs", "coupling": "mean"}, "0 everywhere"),
    ],
)
def test_bad_input_on_the_vector_page(parameters: dict[str, str], expected: str) -> None:
    """Words among the values, none, too many, a function of two variables, undefined values, a wrong v."""
    app = opened("vector", **parameters)
    assert not app.exception
    assert expected in words(app)


@pytest.mark.parametrize("panel", ["Step by step", "Table", "Why the sum works", "Any v", "Coupled outputs"])
def test_a_million_values(panel: str) -> None:
    """10⁶ values: every panel answers, with little to send."""
    app = opened("vector", f="sin(x)", values="linspace(-50, 50, 1000000)", values_panel=panel)
    assert not app.exception
    assert "1,000,000 values" in words(app)
    assert sum(len(chart.proto.spec) for chart in app.get("plotly_chart")) <= LARGEST


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({}, r"\det J = \mathbf{-2.664587}"),
        (
            {"F": "F(r, theta) = (r cos(theta), r sin(theta))", "at_r": "2", "at_theta": "pi/6"},
            r"\det J = \mathbf{2}",
        ),
        ({"F": "(x, y"}, "never closed"),
        ({"F": "(ln(x), y)", "at_x": "-1"}, "no value at this point"),
        ({"F": "(x + y, x, y)"}, "two variables and two components"),
        ({"F": "(1, 2)"}, "is constant"),
        ({"mapping": "Chain rule", "G": "G(t) = (t, t, t)"}, "inner one gives 3 numbers"),
        ({"mapping": "Forward and backward", "tangent": "1"}, "tangent has 1 number"),
        ({"mapping": "Field", "F": "(cos t, sin t)"}, "two variables and two components"),
        ({"mapping": "Field", "F": "F(x, y) = (-y, x)"}, "counterclockwise"),
    ],
)
def test_the_mapping_page(parameters: dict[str, str], expected: str) -> None:
    """Jacobians of the examples, and a clear answer to what cannot be."""
    app = opened("mapping", **parameters)
    assert not app.exception
    assert expected in words(app)


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({"equation": "x^2 + y^2 = 1", "at_x": "0.6", "at_y": "0.8"}, r"\mathbf{-0.75}"),
        ({"equation": "x^2 + y^2 = 1", "at_x": "1", "at_y": "0"}, "upright"),
        ({"equation": "y^2 = x^3", "at_x": "0", "at_y": "0"}, "Both are 0 here"),
        ({"equation": "x^2 + y^2 = -1"}, "does not pass through this window"),
        ({"equation": "x + y + z = 1"}, "3 variables"),
        ({"equation": "1 = 1"}, "no variable"),
        ({"equation": "x^2"}, "one equals sign"),
        ({"equation": "x = 1", "at_x": "1", "at_y": "0"}, "upright"),
        ({"curve": "Parametric", "path": "(cos t, sin 2t)", "at_t": "0.5"}, r"\mathbf{-2.2539571}"),
        ({"curve": "Parametric", "path": "(t - sin t, 1 - cos t)", "at_t": "0"}, "velocity is 0"),
        ({"curve": "Parametric", "path": "(x y, x)"}, "2 variables"),
        ({"curve": "Parametric", "path": "(ln t, t)", "at_t": "-1"}, "no point"),
        ({"curve": "Parametric", "path": "(t, t^2, t^3)", "at_t": "1"}, "in space"),
    ],
)
def test_the_plane_curves_page(parameters: dict[str, str], expected: str) -> None:
    """Slopes of implicit and parametric curves, upright and singular points, and wrong texts."""
    app = opened("plane_curves", **parameters)
    assert not app.exception
    assert expected in words(app)


@pytest.mark.parametrize("page", ["partials", "extrema", "vector", "mapping", "plane_curves"])
@pytest.mark.parametrize(
    "hostile",
    ["<script>alert(1)</script>", "$\\href{javascript:alert(1)}{x}$", "[a](javascript:b)", "x" * 20_000],
)
def test_hostile_links_show_nothing_but_text(page: str, hostile: str) -> None:
    """What is typed or linked never becomes HTML, a link or a formula."""
    keys = {"partials": "f", "extrema": "f", "vector": "values", "mapping": "F", "plane_curves": "equation"}
    app = opened(page, **{keys[page]: hostile})
    assert not app.exception
    assert not any("<script>" in each.value or "](javascript:b)" in each.value for each in app.markdown)


def test_an_exact_partial_says_where_it_holds() -> None:
    """∂f/∂x of ln(x·y) is 1/x where x·y > 0."""
    import derivlab as dl
    from ui.several.formulas import latex_where_valid

    f = dl.parse("ln(x*y)")
    assert latex_where_valid(f, ("x",), dl.exact(f, "x").function) == r"\frac{1}{x} \quad \text{for } x y > 0"
    assert latex_where_valid(f, ("x", "y"), dl.exact(f, ("x", "y")).function).startswith("0")


@pytest.mark.parametrize(
    "page", ["partials", "extrema", "vector", "mapping", "plane_curves", "graph", "accuracy"]
)
def test_the_inputs_stand_in_one_order(page: str) -> None:
    """Everywhere the formula comes first, then the point or the values, and the examples last."""
    app = opened(page)
    assert not app.exception
    row = next(
        block for block in blocks(app.main) if any(each.type == "text_input" for each in leaves(block))
    )
    kinds = [each.type for each in leaves(row)]
    last_box = max(place for place, kind in enumerate(kinds) if kind == "text_input")
    first_example = kinds.index("button")
    assert last_box < first_example


def blocks(block: Any) -> list[Any]:
    """The containers in a container that lie in a row, in order."""
    found = []
    for child in block.children.values():
        if hasattr(child, "children"):
            if str(getattr(child, "proto", "")).find("HORIZONTAL") >= 0:
                found.append(child)
            found += blocks(child)
    return found


def leaves(block: Any) -> list[Any]:
    """All elements in a container, in order."""
    found = []
    for child in block.children.values():
        found += leaves(child) if hasattr(child, "children") else [child]
    return found


def test_a_partial_that_is_a_number_stands_there_once() -> None:
    """x² does not change with y: the page says 0, not 0 = 0."""
    said = words(opened("partials", f="x^2", at_x="3", at_y="1"))
    assert "= \\mathbf{0}" in said
    assert "= 0 = " not in said


def test_a_turned_over_area_is_called_signed() -> None:
    """A negative ratio of areas is a signed one; a positive one needs no such word."""
    assert "**Signed** area" in words(opened("mapping"))
    upright = words(opened("mapping", F="F(x, y) = (2x, 3y)"))
    assert "Area of the image" in upright
    assert "Signed" not in upright


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("(x^2 + y - 11)^2 + (x + y^2 - 7)^2", "turns round once."),
        ("x^2 - y^2", "turns round once, the other way."),
    ],
)
def test_how_often_the_gradient_turns_is_said_in_words(text: str, said: str) -> None:
    """The check by Poincaré and Hopf reads as a sentence."""
    assert said in words(opened("extrema", f=text))


def test_the_height_of_a_minimum_has_no_rounding_noise() -> None:
    """Himmelblau's minima have the height 0, and the table says 0."""
    app = opened("extrema", f="(x^2 + y - 11)^2 + (x + y^2 - 7)^2")
    assert "10^{-3" not in words(app)


def test_implicit_differentiation_is_written_as_mathematics() -> None:
    """No raw F_x stands on the page."""
    said = words(opened("plane_curves"))
    assert "F_x" not in said
    assert r"\frac{\partial F}{\partial x}\,dx" in said


def test_a_curve_with_too_many_variables_is_counted_in_words() -> None:
    """One component is one component, and the examples stay at hand."""
    app = opened("plane_curves", curve="Parametric", path="(s + t, t, s, 1)")
    assert not app.exception
    assert "2 variables and 4 components" in words(app)
    assert any(button.label == "Cycloid: tips" for button in app.button)


def test_upright_lines_have_no_exact_slope() -> None:
    """z² = 1 is two upright lines: the tangent is upright, and no formula full of "undefined" is shown."""
    app = opened("plane_curves", equation="z^2 = 1")
    assert not app.exception
    assert "upright" in words(app)
    assert "undefined" not in words(app)
