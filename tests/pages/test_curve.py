"""The Curve page in the app: good input, bad input, deep links."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

import derivlab as dl

APP = Path(__file__).parents[2] / "app.py"


def opened(**parameters: str) -> AppTest:
    """The app, opened by a link with these parameters."""
    app = AppTest.from_file(str(APP), default_timeout=120)
    for key, value in parameters.items():
        app.query_params[key] = value
    return app.run()


def words(app: AppTest) -> str:
    """All that can be read on the page."""
    return "\n".join(
        str(element.value) for kind in ("markdown", "caption", "code") for element in app.get(kind)
    )


def figure(app: AppTest) -> dict[str, Any]:
    """The chart as plotly gets it."""
    found: dict[str, Any] = json.loads(app.get("plotly_chart")[0].proto.spec)
    return found


def roles(app: AppTest) -> list[str]:
    """The roles of the chart's traces."""
    return [trace["meta"] for trace in figure(app)["data"]]


def heights(app: AppTest, role: str) -> list[float]:
    """The y of a trace, without gaps."""
    trace = next(trace for trace in figure(app)["data"] if trace["meta"] == role)
    return [y for y in trace["y"] if y is not None]


def test_the_first_visit_shows_the_tutorials_function() -> None:
    """3x² at 3: the value 27 and the derivative 18, both curves, the tangent and the point."""
    app = opened()
    assert not app.exception
    shown = words(app)
    assert "f(3) = 27" in shown
    assert "f'(3) = 18" in shown
    assert "PyTorch autograd" in shown
    assert "`3*x^2`" in shown
    assert "18 x - 27" in shown
    assert {"curve:0:f", "curve:1:f′", "tangent", "point"} <= set(roles(app))


def test_the_second_example_of_the_tutorial() -> None:
    """6x² + 2x + 4 at 3 has the derivative 38."""
    assert "f'(3) = 38" in words(opened(f="6x^2 + 2x + 4", at_x="3"))


def test_an_example_is_one_click() -> None:
    """The gallery's button puts function and point into the boxes."""
    app = opened()
    next(button for button in app.button if button.label.startswith("A corner")).click().run()
    assert app.text_input(key="f").value == "abs(x)"
    assert app.text_input(key="at_x").value == "0"
    assert "A corner" in words(app)


def test_a_deep_link_opens_function_point_window_and_curves() -> None:
    """Everything that is in the address is on the page."""
    app = opened(f="sin(x)", at_x="pi/2", lo="0", hi="2pi", d="f″")
    assert not app.exception
    assert app.text_input(key="f").value == "sin(x)"
    assert "f''(1.570796" in words(app)
    assert figure(app)["layout"]["xaxis"]["range"] == pytest.approx([0, 6.283185307179586])
    assert "curve:2:f″" in roles(app)


@pytest.mark.parametrize(
    "text", ["", "x^", "sin(x", "1,500x", "foo(x)", "<img src=x onerror=alert(1)>", "x" * 60_000]
)
def test_a_link_with_a_bad_function_says_what_to_do(text: str) -> None:
    """A sentence, and examples to begin with; never a traceback."""
    app = opened(f=text)
    assert not app.exception
    assert ":material/error:" in words(app)
    assert any(button.label.startswith("3x²") for button in app.button)


def test_the_last_good_picture_stays_while_the_text_is_wrong() -> None:
    """The curve of before, the caret under the fault, and the correction one click away."""
    app = opened(f="x^3")
    before = heights(app, "curve:0:f")
    app.text_input(key="f").set_value("sin(x").run()
    assert not app.exception
    assert heights(app, "curve:0:f") == before
    shown = words(app)
    assert "Still shown: `x^3`" in shown
    assert "sin(x\n   ^" in shown
    app.button(key="use_f").click().run()
    assert app.text_input(key="f").value == "sin(x)"
    assert ":material/error:" not in words(app)


@pytest.mark.parametrize("text", ["nan", "inf", "x", "", "1/0", "9" * 500, "1e300"])
def test_a_bad_point_is_said_and_the_picture_stays(text: str) -> None:
    """The last good point, or the first, is shown instead."""
    app = opened()
    app.text_input(key="at_x").set_value(text).run()
    assert not app.exception
    assert ":material/error:" in words(app)
    assert "Still used: `3`" in words(app)
    assert "f(3) = 27" in words(app)


def test_the_last_good_point_stays_while_the_text_is_wrong() -> None:
    """Not the first one: where the person was is where the picture stays."""
    app = opened(at_x="2")
    app.text_input(key="at_x").set_value("abc").run()
    assert "Still used: `2`" in words(app)
    assert "f(2) = 12" in words(app)


def test_a_decimal_comma_is_read_and_said() -> None:
    """1,5 is 1.5 and says so; 1,500 could be two numbers and is not guessed."""
    app = opened(at_x="1,5")
    assert ":material/error:" not in words(app)
    assert "1,5 was read as the decimal number 1\\.5" in words(app)
    assert "f(1.5) = 6.75" in words(app)
    app.text_input(key="at_x").set_value("1,500").run()
    assert "1500" in words(app)
    assert "f(1.5) = 6.75" in words(app)


def test_a_point_outside_the_domain_has_a_reason() -> None:
    """ln(−1) is undefined because of the logarithm, and no tangent is drawn."""
    app = opened(f="ln(x)", at_x="-1")
    shown = words(app)
    assert "is undefined" in shown
    assert "ln of zero or of a negative number" in shown
    assert "tangent" not in roles(app)


@pytest.mark.parametrize(
    "window", [{"lo": "5", "hi": "-5"}, {"lo": "1", "hi": "1"}, {"lo": "nan"}, {"lo": "2"}]
)
def test_a_bad_window_is_said_and_an_automatic_one_shown(window: dict[str, str]) -> None:
    """The message stands on the page, not hidden in the closed popover."""
    app = opened(**window)
    assert not app.exception
    lo, hi = figure(app)["layout"]["xaxis"]["range"]
    assert lo < hi
    assert any(word in words(app) for word in ("must end above", "not a real number", "both ends"))


def test_the_ends_of_a_window_can_be_swapped() -> None:
    """One click puts lo ≥ hi right."""
    app = opened(lo="5", hi="-5")
    app.button(key="swap_lo_hi").click().run()
    assert figure(app)["layout"]["xaxis"]["range"] == [-5, 5]


@pytest.mark.parametrize(
    ("text", "point", "kind"),
    [
        ("abs(x)", "0", "A corner"),
        ("sin(x)/x", "0", "A hole"),
        ("floor(x)", "2", "A jump"),
        ("1/x", "0", "A pole"),
        ("sqrt(x)", "0", "The edge of the domain"),
    ],
)
def test_no_tangent_where_there_is_no_derivative(text: str, point: str, kind: str) -> None:
    """The kind of point is said, what PyTorch returns beside it, and no tangent is drawn."""
    app = opened(f=text, at_x=point)
    assert not app.exception
    assert kind in words(app)
    assert "PyTorch returns" in words(app)
    assert "tangent" not in roles(app)


@pytest.mark.parametrize(
    ("text", "lines"),
    [("{x^2 if x<1, 2x otherwise}", 0), ("|x|", 0), ("x + 1/x", 2), ("{0 if x<0, tanh(x) otherwise}", 1)],
)
def test_a_line_is_not_its_own_asymptote(text: str, lines: int) -> None:
    """Where the curve is a straight line from some place on, no dashed line is drawn over it."""
    shapes = figure(opened(f=text, at_x="2"))["layout"]["shapes"]
    assert sum(shape["type"] == "line" for shape in shapes) == lines


def test_undefined_stretches_are_gaps() -> None:
    """√(x² − 1) has nothing between −1 and 1."""
    app = opened(f="sqrt(x^2 - 1)", lo="-3", hi="3", at_x="2")
    trace = next(trace for trace in figure(app)["data"] if trace["meta"] == "curve:0:f")
    assert None in trace["x"]
    assert not [x for x in trace["x"] if x is not None and -0.99 < x < 0.99]


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("5", {}),
        ("sqrt(-1 - x^2)", {}),
        ("e^(e^x)", {"at_x": "1"}),
        ("sin(10000x)", {"lo": "-10", "hi": "10"}),
        ("floor(100x)", {"lo": "-5", "hi": "5"}),
        ("x", {"lo": "1", "hi": "1.0000000000000002"}),
        ("x^2", {"at_x": "1e99"}),
        ("1 + x" + " + x" * 900, {}),
        ("x^3 - 3x", {"xlog": "true", "ylog": "true", "equal": "true", "shade": "true"}),
        ("x^3 - 3x", {"taylor": "true", "degree": "99", "d": "zzz", "tab": "zzz", "wrt": "q"}),
        ("a*sin(b*x)", {"at_a": "2", "at_b": "nan"}),
    ],
)
def test_hard_functions_are_designed_states(text: str, more: dict[str, str]) -> None:
    """Constant, undefined everywhere, huge, wild, long: a picture and no exception."""
    app = opened(f=text, **more)
    assert not app.exception
    assert len(app.get("plotly_chart")) == 1
    assert "went wrong on our side" not in words(app)


def test_what_a_picture_leaves_out_is_said() -> None:
    """Too many oscillations to draw: zoom in."""
    assert "zoom in" in words(opened(f="sin(10000x)", lo="-10", hi="10"))


def test_orders_up_to_ten_can_be_shown() -> None:
    """The tenth derivative of x¹⁰ is 10! = 3628800."""
    app = opened(f="x^10", at_x="1", d="10")
    assert "f^{(10)}(1) = 3628800" in words(app)
    assert "curve:10:f⁽¹⁰⁾" in roles(app)


def test_further_functions_are_drawn_beside_f() -> None:
    """g is in the chart with its own name; a bad one is said in words."""
    app = opened(f="x^2", g="x^3", h="y")
    assert "curve:0:g" in roles(app)
    assert "no function of x alone" in words(app)


def test_partial_derivatives_are_written_as_such() -> None:
    """The tutorial's f at (3, 4): both values are named, the derivative says by which variable."""
    app = opened(f="f(u, v) = u^3 + v^2 + 4uv", at_u="3", at_v="4")
    shown = words(app)
    assert r"f(3,\ 4) = 91" in shown
    assert r"\frac{\partial f}{\partial u}(3,\ 4) = 43" in shown
    assert "f'" not in shown
    assert "curve:1:∂f/∂u" in roles(app)
    app.segmented_control(key="wrt").set_value("v").run()
    assert r"\frac{\partial f}{\partial v}(3,\ 4) = 20" in words(app)


def test_the_tangents_letter_is_free() -> None:
    """Where y is a variable, another letter stands for the height."""
    assert "z = 4 y - 4" in words(opened(f="y^2", at_y="2"))
    assert "w = " in words(opened(f="f(x, y, z) = x y z"))


def test_a_link_names_the_partial_orders() -> None:
    """The curves that are chosen travel, and those of one variable are kept apart."""
    app = opened(f="u^2 v^3", d="f″", partial="∂²f", tab="Link")
    assert [role for role in roles(app) if role.startswith("curve:")] == ["curve:2:∂²f/∂u²"]
    assert "partial=%E2%88%82%C2%B2f" in words(app)


def test_variables_beyond_the_sliders_say_where_they_are_held() -> None:
    """The seventh and eighth further variable have no slider; a link may still set them."""
    app = opened(f="a b c d k m n p x", at_n="7")
    assert "n \\= 7, p \\= 1" in words(app)


def test_other_variables_get_values() -> None:
    """a sin(x) with a = 2 at π/2 is 2."""
    app = opened(f="a*sin(x)", at_a="2", at_x="pi/2")
    assert "= 2$" in words(app) or "= 2}$" in words(app)
    assert app.slider(key="slide_a").value == 2.0


def test_the_shading_and_the_taylor_polynomial() -> None:
    """Bands where f rises and falls, and a polynomial about the point."""
    app = opened(f="x^3 - 3x", shade="true", taylor="true", degree="3", at_x="0.5")
    bands = [shape for shape in figure(app)["layout"]["shapes"] if shape["type"] == "rect"]
    assert len(bands) == 3
    assert "taylor" in roles(app)


@pytest.mark.parametrize(
    ("tab", "text"),
    [
        ("Points of interest", "odd"),
        ("Signs", "Monotonicity"),
        ("Code", "import torch"),
        ("Data", "401 points"),
        ("Link", "f=x%5E3+-+3x"),
    ],
)
def test_every_tab_has_its_content(tab: str, text: str) -> None:
    """A link opens the tab, too."""
    app = opened(f="x^3 - 3x", tab=tab)
    assert not app.exception
    assert text in words(app)


def test_the_link_opens_what_is_on_the_screen() -> None:
    """Window, curves and layers travel in the address that the page offers; what is as at first does not."""
    first = opened(
        f="x^3 - 3x", at_x="1/3", lo="-2", hi="2", shade="true", tangent="false", d="f″", tab="Link"
    )
    link = next(block.value for block in first.code if "?f=" in block.value)
    parameters = {key: values[0] for key, values in parse_qs(urlsplit(link).query).items()}
    assert "marks" not in parameters
    assert figure(opened(**parameters)) == figure(first)


def test_the_window_stays_while_the_point_moves_inside_it() -> None:
    """It does not jump under a drag; a point outside opens another; the link opens what is seen."""
    app = opened(f="3x^2", at_x="3", tab="Link")
    first = figure(app)["layout"]["xaxis"]["range"]
    app.text_input(key="at_x").set_value("1").run()
    assert figure(app)["layout"]["xaxis"]["range"] == first
    link = next(block.value for block in app.code if "?f=" in block.value)
    parameters = {key: values[0] for key, values in parse_qs(urlsplit(link).query).items()}
    assert figure(opened(**parameters))["layout"]["xaxis"]["range"] == first
    app.text_input(key="at_x").set_value("50").run()
    assert figure(app)["layout"]["xaxis"]["range"][1] > 50
    app.text_input(key="at_x").set_value("3").run()
    app.button(key="automatic").click().run()
    assert figure(app)["layout"]["xaxis"]["range"] == first


def test_the_script_on_the_page_prints_the_numbers_of_the_page() -> None:
    """The code that is offered runs and gives 27 and 18."""
    import subprocess
    import sys

    script = next(block.value for block in opened(tab="Code").code if "import torch" in block.value)
    printed = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=120
    )
    assert "27" in printed.stdout
    assert "18" in printed.stdout


def test_an_exact_derivative_says_where_it_holds() -> None:
    """1/x is the derivative of ln x for x > 0 only; 1/(2√x) says so itself."""
    for text, condition in (("ln(x)", r"\text{for } x > 0"), ("sqrt(x)", "")):
        dl.exact(dl.parse(text), "x", budget=30.0)  # so that the workers are there
        dl.exact(dl.parse(text), "x")
        shown = words(opened(f=text))
        assert ":small[:gray[exact]]" in shown
        assert condition in shown
        assert (r"\text{for }" in shown) is bool(condition)
