"""The Steps page: the worked solution, one line at a time, and the same number by autograd."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

APP = Path(__file__).parents[2] / "app.py"


def opened(**parameters: str) -> AppTest:
    """The Steps page as a link opens it."""
    app = AppTest.from_file(APP, default_timeout=60).switch_page("pages/steps.py")
    for key, value in parameters.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception
    return app


def shown(page: AppTest) -> str:
    """All the text on the page."""
    return "\n".join(part.value for part in page.markdown)


def test_a_solution_names_its_rules_and_agrees_with_autograd() -> None:
    """x² sin x: the product rule, the power rule, the sine, and one number found in two ways."""
    text = shown(opened(f="x^2 sin(x)", at_x="0"))
    assert [rule in text for rule in ("Product rule", "Power rule", "Derivative of sin")] == [True] * 3
    assert r"2 x \sin\left(x\right) + x^{2} \cos\left(x\right)" in text
    assert "by these steps" in text
    assert "by PyTorch's autograd" in text


@pytest.mark.parametrize(
    ("text", "at", "wrt", "answer"),
    [
        ("3x^2", {"at_x": "3"}, "x", "18"),
        ("6x^2 + 2x + 4", {"at_x": "3"}, "x", "38"),
        ("f(u, v) = u^3 + v^2 + 4uv", {"at_u": "3", "at_v": "4"}, "u", "43"),
        ("f(u, v) = u^3 + v^2 + 4uv", {"at_u": "3", "at_v": "4"}, "v", "20"),
    ],
)
def test_the_tutorials_numbers(text: str, at: dict[str, str], wrt: str, answer: str) -> None:
    """18, 38, 43 and 20, by the rules and by autograd."""
    check = next(
        part.value for part in opened(f=text, wrt=wrt, **at).markdown if "by these steps" in part.value
    )
    assert check.count(f"}}{{{answer}}}$") == 2


def test_one_at_a_time_keeps_the_answer_for_the_end() -> None:
    """Only the first line is there at first; the last button press brings the answer."""
    page = opened(f="x^2 sin(x)", mode="One at a time")
    assert "Power rule" not in shown(page)
    assert "by these steps" not in shown(page)
    for _ in range(3):
        page.button(key="next").click().run()
    assert "Derivative of sin" in shown(page)
    assert "by these steps" in shown(page)
    assert page.button(key="next").disabled


@pytest.mark.parametrize("typed", ["0", "-3", "99999", "x", "²", "1e3", ""])
def test_a_wrong_number_of_lines_in_the_address(typed: str) -> None:
    """A line that is not there is one that is."""
    page = opened(f="3x^2", mode="One at a time", step=typed)
    assert "Constant factor" in shown(page)


def test_small_steps_on_request() -> None:
    """The derivative of x itself has a line of its own only where it is asked for."""
    assert "The variable itself" not in shown(opened(f="5x + 1"))
    assert "The variable itself" in shown(opened(f="5x + 1", small="true"))


def test_differentiate_again() -> None:
    """The derivative takes the function's place: f″ of x³ is 6x."""
    page = opened(f="x^3", at_x="2")
    page.button(key="again").click().run()
    assert page.text_input(key="f").value == "3*x^2"
    assert "6 x" in shown(page)


def test_differentiate_again_keeps_the_variables() -> None:
    """∂/∂u of u³ + v² has no v in it, and v stays a variable."""
    page = opened(f="f(u, v) = u^3 + v^2")
    page.button(key="again").click().run()
    assert page.text_input(key="f").value == "f(u, v) = 3*u^2"


@pytest.mark.parametrize(
    "text", ["5", "sin(", "<script>alert(1)</script>", "gamma(x)", "*".join(f"(x+{n})" for n in range(300))]
)
def test_awkward_functions_are_designed_states(text: str) -> None:
    """A constant, a mistake, markup and what is too long to write out are answered in words."""
    page = opened(f=text)
    assert "<script>" not in shown(page).replace("&lt;", "")
    assert shown(page)


def test_a_point_without_a_derivative_is_said() -> None:
    """1/x at 0."""
    assert "no derivative" in shown(opened(f="1/x", at_x="0"))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("|x|", "A corner"),
        ("relu(x)", "A corner"),
        ("{x^2 if x < 0, sin(x) if x >= 0}", "A corner"),
        ("floor(x)", "A jump"),
        ("1/x", "A pole"),
        ("sqrt(x)", "The edge"),
    ],
)
def test_a_number_of_autograds_is_no_derivative(text: str, kind: str) -> None:
    """At a corner of |x| autograd answers 0, and so do the rules; it is said that there is no derivative."""
    page = shown(opened(f=text, at_x="0"))
    assert kind in page
    assert "by these steps" not in page


def test_a_derivative_that_neither_the_steps_nor_autograd_find() -> None:
    """cbrt(x)³ is x, but both ways divide by 0 at 0."""
    page = shown(opened(f="cbrt(x)^3", at_x="0"))
    assert "the derivative is" in page
    assert "no value by these steps" in page


def test_a_corner_along_one_variable() -> None:
    """|u| v has a corner along u at u = 0, and none along v."""
    held = {"f": "f(u, v) = |u| v", "at_u": "0", "at_v": "2"}
    assert "A corner" in shown(opened(wrt="u", **held))
    assert "by these steps" in shown(opened(wrt="v", **held))


def test_what_is_not_from_school_is_explained() -> None:
    """The derivative of gamma is written with another function, and a rule says where it holds."""
    assert "The derivative of ln gamma" in shown(opened(f="gamma(x)")).replace("\\", "")
    text = shown(opened(f="|x|"))
    assert "Derivative of the absolute value" in text
    assert r"\text{for } x \ne 0" in text
    assert "the sign of a number" in text


def test_a_very_long_answer_is_no_wall_of_text() -> None:
    """Of what nobody reads the beginning is shown."""
    page = opened(f="*".join(f"(x+{n})" for n in range(40)))
    assert "…" in shown(page)
    assert max(len(part.value) for part in page.markdown) < 2000


def test_another_function_begins_at_its_first_line() -> None:
    """The answer of the next exercise is not given away by the steps of the one before; a link keeps its step."""
    page = opened(f="x^2 sin(x)", mode="One at a time", step="4")
    assert "by these steps" in shown(page)
    page.text_input(key="f").set_value("x^3 cos(x)").run()
    assert "by these steps" not in shown(page)
    assert "Power rule" not in shown(page)


def test_a_link_from_another_page_hands_over_function_and_point() -> None:
    """Under names of their own, which leave the address; nothing else is written by them."""
    page = opened(to_f="x^3", to_at_x="2", to__good_f="x^9", to_mode="One at a time")
    assert page.text_input(key="f").value == "x^3"
    assert page.text_input(key="at_x").value == "2"
    assert "12" in next(part.value for part in page.markdown if "by these steps" in part.value)
    assert not [key for key in page.query_params if key.startswith("to_")]


def test_a_link_hands_over_the_other_pages_own_example() -> None:
    """3x² is meant, though it is what the Curve page begins with."""
    page = AppTest.from_file(APP, default_timeout=60).run()
    assert page.text_input(key="f").value == "3x^2"
    page.query_params["to_f"] = "3x^2"
    page.switch_page("pages/steps.py").run()
    assert page.text_input(key="f").value == "3x^2"
