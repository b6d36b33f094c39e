"""Where an exact derivative holds: as textbooks say it, no more than needed, and never wrong."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import derivlab as dl
from derivlab.autodiff.derivative import value
from derivlab.expression.operations import OPERATIONS
from derivlab.expression.show import to_text
from derivlab.expression.tree import Variable
from derivlab.symbolic.condition import Condition
from derivlab.symbolic.differentiate import differentiate
from derivlab.symbolic.line_sets import ALL
from derivlab.symbolic.solving import solve
from derivlab.symbolic.validity import valid_where


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("ln(x)", "x > 0"),
        ("log2(x)", "x > 0"),
        ("log1p(x)", "x > -1"),
        ("atanh(x)", "-1 < x < 1"),
        ("acoth(x)", "x < -1 or x > 1"),
        ("ln(x^2 - 1)", "x < -1 or x > 1"),
        ("ln(2x^2 - 3)", "x < -sqrt(6)/2 or x > sqrt(6)/2"),
        ("ln(2 - x)", "x < 2"),
        ("ln(pi - x)", "x < pi"),
        ("ln(sin(x))", "sin(x) > 0"),
        ("ln(ln(x))", "x > 1"),
        ("|x|", "x != 0"),
        ("|x - 1/2|", "x != 1/2"),
        ("|sin(x)|", "sin(x) != 0"),
        ("sign(x)", "x != 0"),
        ("floor(x)", "x not a whole number"),
        ("round(x)", "x + 1/2 not a whole number"),
        ("mod(x, 2)", "x/2 not a whole number"),
        ("mod(x, 1)", "x not a whole number"),
        ("relu(x)", "x != 0"),
        ("max(x, 1)", "x != 1"),
        ("clamp(x, 0, 1)", "x != 0 and x != 1"),
        ("{x^2 if x > 1, x otherwise}", "x != 1"),
        ("sqrt(x^2)", "x != 0"),
        ("x*sqrt(x)", "x > 0"),
        ("ln(x - 1) + |x - 3|", "x > 1 and x != 3"),
        ("ln(x*y)", "x*y > 0"),
        ("max(x, y)", "x != y"),
        ("x + ln(y)", "y > 0"),
        ("ln(1 - x) + ln(2 - y)", "x < 1 and y < 2"),
        ("sqrt(-1 - x^2)", "nowhere"),
    ],
)
def test_what_the_formula_does_not_say_is_said(text: str, where: str) -> None:
    """1/x for ln x holds for x > 0 only, sgn x for |x| where x is not 0."""
    found = dl.exact(dl.parse(text), wrt="x").domain
    assert found is not None
    assert found.text == where


@pytest.mark.parametrize(
    "text",
    [
        *("x^2", "1/x", "sqrt(x)", "asin(x)", "acosh(x)", "x^x", "tan(x)", "x^(1/3)", "cbrt(x)", "x^(2/3)"),
        *("ln(x)/x", "ln|x|", "x*|x|", "|x|^3", "gamma(x)", "x!", "digamma(x)", "1/ln(x)", "ln(x)^2"),
        *("sin(x)/x", "e^x", "sec(x)", "sqrt(1 - x^2)", "exp(-1/x^2)", "ln(x^2 + 1)", "x^1.5", "5"),
    ],
)
def test_what_the_formula_says_itself_is_not_said_again(text: str) -> None:
    """1/(2·sqrt(x)) has no value where sqrt has no slope."""
    assert dl.exact(dl.parse(text), wrt="x").domain is None


def test_higher_orders_keep_their_corners() -> None:
    """The second derivative of |x| is 0, but not at 0."""
    found = dl.exact(dl.parse("|x|"), wrt="x", order=2)
    assert (found.text, found.domain.text if found.domain else "") == ("0", "x != 0")


def test_more_conditions_than_anybody_reads_are_summed_up() -> None:
    """Twenty corners are not listed, nor passed over."""
    f = dl.parse(" + ".join(f"|x - {k}|" for k in range(20)))
    found = valid_where(f.tree, differentiate(f.tree, "x"), ("x",))
    assert found is not None
    assert (found.text, found.phrase) == (
        "where every part has a slope",
        r"\text{where every part has a slope}",
    )
    g = dl.parse(" + ".join(f"1/(x - {k})" for k in range(20)))
    assert valid_where(g.tree, differentiate(g.tree, "x"), ("x",)) is None


def test_latex_stands_beside_the_formula() -> None:
    """The condition as LaTeX, with its word before it."""
    found = dl.exact(dl.parse("ln(x^2 - 1)"), wrt="x").domain
    assert found is not None
    assert found.phrase == r"\text{for } x < -1 \text{ or } x > 1"


CONDITIONS = st.recursive(
    st.tuples(
        st.sampled_from(["x", "x^2", "2x - 1", "3 - x^2", "x^2 - x - 1", "(x - 1)(x + 2)", "|x|", "5"]),
        st.sampled_from(["<", "<=", ">", ">=", "==", "!="]),
        st.sampled_from(["0", "1", "2", "1/4"]),
    ).map(" ".join),
    lambda part: st.one_of(
        st.tuples(part, st.sampled_from(["and", "or"]), part).map(lambda p: f"({p[0]} {p[1]} {p[2]})"),
        part.map(lambda p: f"not ({p})"),
    ),
    max_leaves=4,
)


@settings(max_examples=200, deadline=None)
@given(CONDITIONS)
def test_a_solved_condition_holds_where_the_condition_does(text: str) -> None:
    """At the ends, beside them and between them, against the condition itself, and again as it is said."""
    tree = dl.parse(f"f(x) = where({text}, 1, 0)").tree.arguments[0]  # type: ignore[union-attr]
    found = solve(tree, "x")
    if found is None:
        return
    ends = [end.value for end in found.ends if end.root == 0 and Fraction(end.value) == end.part]
    x = np.array([*ends, *(end + step for end in ends for step in (-0.3, 0.3)), -9.0, -1.7, 0.1, 0.7, 9.0])
    truth = value(dl.Function("c", ("x",), tree), {"x": x})
    said = found.condition(Variable("x"))
    again = np.ones(len(x)) if said is None else value(dl.Function("c", ("x",), said), {"x": x})
    if found.is_empty:
        assert not truth.any()
    else:
        np.testing.assert_array_equal(again, truth, err_msg=to_text(tree))
    assert (found | ~found).is_all
    assert (found & ~found).is_empty
    assert found.is_within(ALL)


UNARY = [
    name
    for name, row in OPERATIONS.items()
    if row.arity == (1, 1)
    and row.rules
    and name not in {"negate", "erfinv", "lgamma", "gamma", "factorial", "digamma"}
]
INNER = ["x", "x - 1", "2 - x", "x^2 - 2", "1/x", "|x|", "sin(x)", "x*y"]


X = np.array([-2.5, -2.0, -1.0, -0.5, 0.0, 0.5, 1.0, 1.4, 2.0, 3.0])
H = 1e-6


@pytest.mark.parametrize("name", UNARY)
def test_where_it_is_said_to_hold_it_holds(name: str) -> None:
    """At points of the condition at which the formula has a value, it is the slope of the function by differences."""
    for inner in INNER:
        f = dl.parse(f"f(x, y) = {name}({inner})")
        formula = differentiate(f.tree, "x")
        claimed = value(dl.Function("g", f.variables, formula), {"x": X, "y": 0.7})
        asked = np.isfinite(claimed) & (np.abs(claimed) < 1e6) & _holds(valid_where(f.tree, formula, ("x",)))
        beside = value(f, {"x": X + np.array([[-H], [0.0], [H]]), "y": 0.7})
        slopes = np.diff(beside, axis=0) / H
        for slope in slopes:
            np.testing.assert_allclose(slope[asked], claimed[asked], rtol=1e-3, atol=1e-3, err_msg=f.text)


def _holds(found: Condition | None) -> np.ndarray:
    """Where a condition holds at the points X, read from its words."""
    truth = np.ones(len(X), dtype=bool)
    for part in found.text.split(" and ") if found else []:
        if part == "nowhere":
            return ~truth
        if part.endswith("not a whole number"):
            inner = value(
                dl.parse(f"f(x, y) = {part.removesuffix(' not a whole number')}"), {"x": X, "y": 0.7}
            )
            truth &= inner != np.floor(inner)
        else:
            truth &= value(dl.parse(f"f(x, y) = where({part}, 1, 0)"), {"x": X, "y": 0.7}) == 1
    return truth
