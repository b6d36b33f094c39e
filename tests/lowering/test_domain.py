"""The domain of a formula as a condition, and the ranges that leave out what always holds."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import derivlab as dl
from derivlab.expression.operations import OPERATIONS
from derivlab.expression.show import to_text
from derivlab.expression.tree import Node, fold
from derivlab.lowering.domain import clauses_of, domain_of
from derivlab.lowering.intervals import Range
from derivlab.lowering.ranges import range_of


@pytest.mark.parametrize(
    ("text", "domain"),
    [
        ("1/x", "x != 0"),
        ("ln(x)", "x > 0"),
        ("exp(-1/x^2)", "x != 0"),
        ("1/(x^2*(x - 1))", "x != 0 and x - 1 != 0"),
        ("asin(x)", "-1 <= x and x <= 1"),
        ("gamma(x)", "x > 0 or x != floor(x)"),
        ("sqrt(x) + ln(x) + sqrt(x)", "x >= 0 and x > 0"),
        ("x^-3", "x != 0"),
        ("x^0.5", "x >= 0"),
        ("x^-0.5", "x > 0"),
        ("x^(-1/3)", "x != 0"),
        ("{ln(x) if x > 1, x otherwise}", "not x > 1 or x > 0"),
        ("{x if x > 0}", "x > 0"),
    ],
)
def test_the_condition_is_read_off_the_table(text: str, domain: str) -> None:
    """Every operation's own condition on its own arguments, each once."""
    assert " and ".join(to_text(clause) for clause in clauses_of(domain_of(dl.parse(text).tree))) == domain


@pytest.mark.parametrize(
    "text",
    [
        *("x^2 + 1", "1/(x^2 + 1)", "ln(cos(x) + 2)", "sqrt(x^2)", "1/exp(x)", "2^x", "5!", "mod(x, 2)"),
        *("ln(x*x + 1)", "atanh(tanh(x))", "acosh(cosh(x))", "sqrt(1 - sin(x))", "asin(cos(x)/2)"),
        *("1/(1 + |x|)", "sqrt(e^x + x^4)", "ln(sigmoid(x))", "1/(3 - sin(x)^2)", "sqrt(max(x, 0))"),
        *("1/max(1, x)", "sqrt(hypot(x, 1))", "1/(pi - 3)", "1/cosh(x)", "{1/x^2 if x > 0, x otherwise}"),
    ],
)
def test_what_always_holds_is_left_out(text: str) -> None:
    """Where the ranges show that nothing can go wrong, or nearly so, little is asked at run time."""
    condition = domain_of(dl.parse(text).tree)
    assert condition is None or text.startswith("{")


def _range(tree: Node) -> Range:
    ranges: dict[Node, Range] = {}

    def combine(node: Node, inner: tuple[Range, ...]) -> Range:
        ranges[node] = range_of(node, inner)
        return ranges[node]

    return fold(tree, combine)


UNARY = [
    name
    for name, row in OPERATIONS.items()
    if row.arity == (1, 1) and name != "negate" and not row.is_condition
]


@st.composite
def formulas(draw: st.DrawFn) -> str:
    """A random formula of x and y."""
    leaf = st.sampled_from(["x", "y", "2", "0", "1/3", "pi", "-1", "x^2", "y^-2", "(x - y)^3"])
    inner = st.recursive(
        leaf,
        lambda part: st.one_of(
            st.tuples(st.sampled_from(UNARY), part).map(lambda p: f"{p[0]}({p[1]})"),
            st.tuples(part, st.sampled_from("+-*/^"), part).map(lambda p: f"({p[0]}){p[1]}({p[2]})"),
            st.tuples(st.sampled_from(["max", "min", "hypot", "mod"]), part, part).map(
                lambda p: f"{p[0]}({p[1]}, {p[2]})"
            ),
            st.tuples(part, part, part).map(lambda p: f"where({p[0]} > 0, {p[1]}, {p[2]})"),
        ),
        max_leaves=6,
    )
    return draw(inner)


@settings(max_examples=300, deadline=None)
@given(formulas(), st.lists(st.tuples(st.floats(-5, 5), st.floats(-5, 5)), min_size=1, max_size=8))
def test_no_value_lies_outside_its_range(text: str, points: list[tuple[float, float]]) -> None:
    """Interval arithmetic encloses what torch computes, up to rounding."""
    f = dl.parse(f"f(x, y) = {text}")
    found = _range(f.tree)
    values = dl.value(f, {"x": [p[0] for p in points], "y": [p[1] for p in points]})
    values = values[np.isfinite(values)]
    low = -math.inf if found.low is None else float(found.low)
    high = math.inf if found.high is None else float(found.high)
    assert (values >= low - 1e-9 * (1 + abs(low))).all()
    assert (values <= high + 1e-9 * (1 + abs(high))).all()
