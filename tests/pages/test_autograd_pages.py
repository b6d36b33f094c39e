"""Pitfalls, Accuracy and Tutorial: each opens, by links too, takes any input, and shows its numbers."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from derivlab.autodiff.pitfalls import pitfalls, run
from ui.tour import PARTS

APP = Path(__file__).parents[2] / "app.py"


def open_page(page: str, **parameters: str) -> AppTest:
    """A page, opened by a link with these parameters."""
    app = AppTest.from_file(APP, default_timeout=60).switch_page(f"pages/{page}.py")
    for name, text in parameters.items():
        app.query_params[name] = text
    return app.run()


def said(app: AppTest) -> str:
    """All Markdown on the page."""
    return "\n".join(str(part.value).replace("\\", "") for part in app.markdown)


def test_every_pitfall_is_on_the_page_with_torch_s_words() -> None:
    """The page shows the code and the output of each mistake and each cure."""
    app = open_page("pitfalls")
    assert not app.exception
    shown = [block.value for block in app.code]
    for pitfall in pitfalls():
        for experiment in (pitfall.mistake, pitfall.cure):
            outcome = run(experiment)
            assert outcome.code in shown
            assert outcome.text in shown


def test_a_link_opens_one_pitfall() -> None:
    """A link names the pitfall that is open."""
    app = open_page("pitfalls", pitfall="where")
    assert [box.label for box in app.expander if box.proto.expanded] == [
        next(box.label for box in app.expander if "where" in box.label)
    ]
    assert not open_page("pitfalls", pitfall="<script>").exception


@pytest.mark.parametrize("look", ["Error against step", "From secant to tangent", "Forward and reverse"])
def test_accuracy_panels(look: str) -> None:
    """Each part of the Accuracy page opens by its link and draws."""
    app = open_page("accuracy", f="e^x/x", at_x="0.7", look=look)
    assert not app.exception
    assert app.get("plotly_chart")


def test_accuracy_shows_the_true_value() -> None:
    """The slope of sin at 1 stands there to fifty digits."""
    assert "0.5403023058681397174009366074429766037323104206" in said(
        open_page("accuracy", f="sin(x)", at_x="1")
    )


@pytest.mark.parametrize(
    ("text", "at"),
    [("ln(x)", "-1"), ("abs(x)", "0"), ("1/x", "0"), ("f(x) = 5", "1"), ("sin(", "1"), ("floor(x)", "2")],
)
@pytest.mark.parametrize("look", ["Error against step", "From secant to tangent", "Forward and reverse"])
def test_accuracy_at_bad_points(text: str, at: str, look: str) -> None:
    """Off the domain, at a corner and for a constant there is a sentence, never a traceback."""
    assert not open_page("accuracy", f=text, at_x=at, look=look).exception


def test_two_variables_on_the_accuracy_page() -> None:
    """Two variables are welcome in forward and reverse, and asked to leave the others politely."""
    assert open_page("accuracy", f="f(u, v) = u*v").info
    app = open_page("accuracy", f="f(u, v) = u^3 + v^2 + 4uv", at_u="3", at_v="4", look="Forward and reverse")
    assert list(app.table[0].value["gives"]) == ["43", "20", "43, 20"]


ANSWERS = [("18",), ("3",), ("1", "1"), ("38",), ("43", "20"), ("41", "−20")]


@pytest.mark.parametrize("number", range(len(PARTS)))
def test_the_tutorial_asks_first(number: int) -> None:
    """A part hides its numbers until they are asked for, and then shows the right ones."""
    app = open_page("tutorial", part=f"{number + 1}. {PARTS[number].title}")
    assert not app.exception
    assert "check_circle" not in said(app)
    assert not app.code
    app.toggle[0].set_value(True).run()
    assert not app.exception
    for answer in ANSWERS[number]:
        assert f"**{answer}**" in said(app)


def test_a_right_and_a_wrong_guess() -> None:
    """A wrong guess gets a hint, the right one opens the rest."""
    app = open_page("tutorial")
    app.number_input[0].set_value(6.0).run()
    assert "Not 6" in said(app)
    assert not app.code
    app.number_input[0].set_value(18.0).run()
    assert "is right" in said(app)
    assert "x.grad" in app.code[0].value


def test_walking_through_the_tutorial() -> None:
    """Next leads through all parts, and a wrong link opens the first."""
    app = open_page("tutorial", part="nonsense")
    for part in PARTS:
        assert app.header[0].value == part.title
        ahead = [button for button in app.button if button.label == "Next part"]
        if ahead:
            ahead[0].click().run()


def shown(part: str) -> AppTest:
    """A part of the tutorial with its answers on the table."""
    app = open_page("tutorial", part=part)
    return app.toggle[0].set_value(True).run()


def test_the_tutorial_names_every_attribute() -> None:
    """What each attribute of a tensor means stands under the table that torch filled."""
    words = said(shown("3. Leaves and attributes"))
    for attribute in ("data", "grad", "grad_fn", "is_leaf", "requires_grad", "retains_grad"):
        assert f"`{attribute}`:" in words


def test_the_tutorial_detaches_before_it_plots() -> None:
    """Many values: the sum goes backward, and the plot is drawn from detached tensors."""
    app = shown("6. Many values, and the plot")
    code = "\n".join(block.value for block in app.code)
    assert "y.sum().backward()" in code
    assert "plt.plot(x.detach(), y.detach()" in code
    assert "plt.plot(x.detach(), x.grad" in code
