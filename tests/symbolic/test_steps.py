"""Steps: every one of them is a true statement, checked against PyTorch's autograd, which knows nothing of the rules."""

from __future__ import annotations

import math

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import derivlab as dl
from derivlab.expression.operations import OPERATIONS
from derivlab.expression.tree import substitute
from derivlab.symbolic.step import Steps

POINTS = (0.3, 0.7, 1.9, -0.6)

# text → rule at the top, derivative as it is written down
EXPECTED = {
    "5": ("constant", "0"),
    "x": ("identity", "1"),
    "3x^2": ("constant multiple", "6*x"),
    "6x^2 + 2x + 4": ("sum", "12*x + 2"),
    "-x^3": ("constant multiple", "-3*x^2"),
    "x^2 sin x": ("product", "2*x*sin(x) + x^2*cos(x)"),
    "x e^x sin x": ("product", "e^x*sin(x) + x*e^x*sin(x) + x*e^x*cos(x)"),
    "x/(x^2+1)": ("quotient", "(x^2 + 1 - 2*x^2)/(x^2 + 1)^2"),
    "1/x": ("rewriting", "-1/x^2"),
    "3/x^2": ("rewriting", "-6/x^3"),
    "4/(3x)": ("constant multiple", "-4/(3*x^2)"),
    "1/sin x": ("reciprocal", "-cos(x)/sin(x)^2"),
    "x^(1/3)": ("power", "x^(-2/3)/3"),
    "0.5x^1.5": ("constant multiple", "0.75*x^0.5"),
    "a x^n": ("constant multiple", "a*n*x^(n - 1)"),
    "sqrt(1 - x^2)": ("chain", "-x/sqrt(1 - x^2)"),
    "(x^2 + 1)^3": ("chain", "6*x*(x^2 + 1)^2"),
    "sin(x)^2": ("chain", "2*cos(x)*sin(x)"),
    "e^(2x)": ("chain", "2*e^(2*x)"),
    "e^x": ("exponential", "e^x"),
    "2^x": ("exponential", "2^x*ln(2)"),
    "tan x": ("function", "1/cos(x)^2"),
    "x^x": ("power of functions", "x^x*(ln(x) + x/x)"),
    "{x^2 if x < 0, x otherwise}": ("piecewise", "{2*x if x < 0, 1 otherwise}"),
    "{x^2 if x < 0}": ("piecewise", "{2*x if x < 0}"),
    "{2 if x < 0, 3 otherwise}": ("piecewise", "0"),
}

FUNCTIONS = (
    *EXPECTED,
    "atan2(x, x^2 + 1)",
    "hypot(x, 2x + 1)",
    "max(x, x^2)",
    "log_3(x^2 + 2)",
    "ln(ln(x^2 + 3))",
    "x^2/(3(x + 1))",
    "(2x + 1)^3 sin(x)/x",
    "cos(x)^2 + sin(x)^2",
    "e^(-x^2/2)/sqrt(2pi)",
    "sin(x cos(x e^x))",
    "(x^2 + 1)^sin(x)",
    "|x - 1| |x|",
    "x - (x - (x - 1/x))",
    "-(x + 1)(-x)",
    "2^(3^x)",
    "relu(x^2 - x) gelu(x)",
    "1/(1 + e^-x)",
    "asin(x/3) + atan(2x)",
    "cbrt(x^2 + 1)",
    "x^-2 + x^0.5 + x^pi",
)


def is_true(step: Steps, at: dict[str, float]) -> bool | None:
    """Whether the right side of a step is the derivative of its left side, by autograd; None where it has none."""
    if step.wrt not in step.before.variables:
        return dl.value(step.after, at) == 0
    expected = float(dl.derivative(step.before, at, wrt=step.wrt))  # type: ignore[arg-type]
    if not math.isfinite(expected):
        return None
    return dl.value(step.after, at) == pytest.approx(expected, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("text", EXPECTED)
def test_the_rule_and_the_answer_are_those_of_the_textbook(text: str) -> None:
    """The last rule of calculation comes first, and the answer is written as a person would write it."""
    found = dl.steps(dl.parse(text), wrt="x")
    assert (found.rule, found.after.body) == EXPECTED[text]


@pytest.mark.parametrize("text", FUNCTIONS)
def test_every_step_is_true(text: str) -> None:
    """Each step inside, and each outer function of a chain rule, is a derivative by itself."""
    found = list(dl.steps(dl.parse(text), wrt="x").walk())
    found += [step.outer for step in found if step.outer is not None]
    answers = [
        is_true(step, {**dict.fromkeys(step.before.variables, 1.7), step.wrt: x})
        for step in found
        for x in POINTS
    ]
    assert True in answers
    assert False not in answers


@pytest.mark.parametrize("text", FUNCTIONS)
def test_a_rule_and_the_steps_inside_make_the_answer(text: str) -> None:
    """The right side of a rule, with the derivatives of the parts put in, is what the step comes to."""
    for step in dl.steps(dl.parse(text), wrt="x").walk():
        if not step.children:
            continue
        filled = substitute(
            step.applied,
            {place: part.after.tree for place, part in zip(step.places, step.children, strict=True)},
        )
        whole = dl.Function("g", step.before.variables, filled)
        for x in POINTS:
            at = {**dict.fromkeys(step.before.variables, 1.7), "x": x}
            assert dl.value(whole, at) == pytest.approx(
                dl.value(step.after, at), rel=1e-9, abs=1e-9, nan_ok=True
            )


@pytest.mark.parametrize("name", [name for name, row in OPERATIONS.items() if any(row.rules)])
def test_every_operation_of_the_table_has_steps(name: str) -> None:
    """The example of each row can be worked out, and the answer is autograd's."""
    row = OPERATIONS[name]
    f = dl.parse(row.example)
    for wrt in f.variables:
        try:
            found = dl.steps(f, wrt=wrt)
        except dl.InputError as refused:
            assert "has no derivative by its argument" in refused.message  # noqa: PT017 - the words are the promise
            continue
        at = dict.fromkeys(f.variables, 0.37)
        expected = dl.derivative(f, at, wrt=wrt)
        if math.isfinite(float(expected)):  # type: ignore[arg-type]
            assert dl.value(found.after, at) == pytest.approx(expected, rel=1e-7, abs=1e-9)


LEAVES = st.sampled_from(["x", "a", "2", "3", "1/2", "0.5", "pi"])
FORMULAS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["+", "-", "*", "/"]), inner).map(
            lambda t: f"({t[0]}) {t[1]} ({t[2]})"
        ),
        st.tuples(st.sampled_from(["sin", "exp", "atan", "tanh"]), inner).map(lambda t: f"{t[0]}({t[1]})"),
        st.tuples(inner, st.sampled_from(["2", "3", "(-1)"])).map(lambda t: f"({t[0]})^{t[1]}"),
        st.tuples(inner, st.sampled_from(["a", "x"])).map(lambda t: f"exp({t[0]})^{t[1]}"),
        inner.map(lambda t: f"-({t})"),
    ),
    max_leaves=7,
)


@settings(max_examples=150, deadline=None)
@given(FORMULAS, st.floats(0.2, 2.0))
def test_any_formula_is_worked_out_rightly(text: str, x: float) -> None:
    """Whatever is built of the operations, the answer is autograd's, and its text can be read again."""
    try:
        f = dl.parse(f"f(x, a) = {text}")
    except dl.ParseError:
        return
    found = dl.steps(f, wrt="x")
    assert dl.parse(found.after.text) == found.after
    at = {"x": x, "a": 1.3}
    expected = float(dl.derivative(f, at, wrt="x"))  # type: ignore[arg-type]
    assume(math.isfinite(expected) and abs(expected) < 1e9)
    assert float(dl.value(found.after, at)) == pytest.approx(expected, rel=1e-6, abs=1e-6)  # type: ignore[arg-type]


def test_an_exponent_in_constant_pieces_needs_no_logarithm() -> None:
    """The derivative of x^3 for x ≤ 0 has a value, though ln(x) has none there."""
    found = dl.steps(dl.parse("x^{2 if x > 0, 3 otherwise}"))
    assert dl.value(found.after, {"x": [-2.0, 2.0]}) == pytest.approx([12.0, 4.0])


def test_the_chain_rule_shows_the_outer_function() -> None:
    """sin(x^2) is sin(u) with u = x^2."""
    found = dl.steps(dl.parse("sin(x^2)"))
    assert found.outer is not None
    assert (found.outer.before.body, found.outer.after.body, found.outer.wrt) == ("sin(u)", "cos(u)", "u")
    assert [child.before.body for child in found.children] == ["x^2"]


def test_names_of_the_function_are_not_taken() -> None:
    """A function of u has another letter for the inner function, and d_0 stays a variable of its own."""
    found = dl.steps(dl.parse("f(u, v, d_0) = sin(u^2) + v d_0 u"), wrt="u")
    chain = next(step for step in found.walk() if step.outer is not None)
    assert chain.outer is not None
    assert chain.outer.wrt == "w"
    assert {place for step in found.walk() for place in step.places}.isdisjoint(found.before.variables)


def test_partial_derivatives_hold_the_other_variables() -> None:
    """The tutorial's function: 3u^2 + 4v and 2v + 4u."""
    f = dl.parse("f(u, v) = u^3 + v^2 + 4uv")
    assert dl.steps(f, wrt="u").after.body == "3*u^2 + 4*v"
    assert dl.steps(f, wrt="v").after.body == "2*v + 4*u"


def test_a_long_sum_is_no_deep_recursion() -> None:
    """Two thousand terms, and a hundred functions inside each other."""
    long = dl.steps(dl.parse(" + ".join(f"{n}x" for n in range(1, 2001))))
    assert long.after.body == str(sum(range(1, 2001)))
    deep = dl.steps(dl.parse("sin(" * 60 + "x" + ")" * 60))
    assert dl.value(deep.after, {"x": 0.5}) == pytest.approx(dl.derivative(deep.before, {"x": 0.5}))


def test_what_would_be_too_long_is_refused() -> None:
    """A product of five hundred factors has a derivative of 250,000."""
    f = dl.parse("*".join(f"(x+{n})" for n in range(500)))
    with pytest.raises(dl.InputError, match="20,000 parts"):
        dl.steps(f)


def test_a_name_that_does_not_fit_is_refused() -> None:
    """Which variable must be said where there are several, and a misspelt one is answered."""
    f = dl.parse("f(u, v) = uv")
    with pytest.raises(dl.InputError, match="by which variable"):
        dl.steps(f)


def test_a_planted_wrong_rule_is_found() -> None:
    """The check itself rejects an answer that is a little off."""
    right = dl.steps(dl.parse("x^2"))
    wrong = Steps(right.rule, right.before, dl.parse("2.001x"), "x")
    assert is_true(right, {"x": 1.0})
    assert not is_true(wrong, {"x": 1.0})
