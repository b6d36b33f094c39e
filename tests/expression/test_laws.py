"""Laws that hold for every formula, tried on formulas made at random."""

from __future__ import annotations

import string
from fractions import Fraction

from hypothesis import example, given, settings
from hypothesis import strategies as st

from derivlab import Function, ParseError, parse
from derivlab.expression.operations import OPERATIONS
from derivlab.expression.show import to_text
from derivlab.expression.show_latex import to_latex
from derivlab.expression.tree import Apply, Node, Number, Variable, postorder
from tests.expression.refusal import is_read_or_refused

NUMBERS = st.one_of(
    st.integers(0, 30).map(Fraction),
    st.decimals(0, 1000, places=3).map(Fraction),
    st.sampled_from([Fraction(10) ** 25, Fraction(1, 10**20), Fraction(123456789)]),
).map(Number)
VARIABLES = st.sampled_from(
    ["x", "y", "t", "x1", "x12", "theta", "alpha1", "gamma", "sigma", "psi", "lambda", "N", "x_max", "i", "d"]
).map(Variable)
CONSTANTS = st.sampled_from([Apply("pi"), Apply("e")])
UNARY = sorted(
    name
    for name, row in OPERATIONS.items()
    if row.arity == (1, 1) and not row.is_condition and name != "undefined"
)
BINARY = sorted(
    name
    for name, row in OPERATIONS.items()
    if row.arity[0] == 2 and not row.is_condition and name not in ("log", "power")
)
COMPARISONS = ["less", "less_equal", "greater", "greater_equal", "equal", "not_equal"]


def _conditions(trees: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    compared = st.builds(lambda name, a, b: Apply(name, (a, b)), st.sampled_from(COMPARISONS), trees, trees)
    return st.recursive(
        compared.filter(lambda node: node.arguments[0] != node.arguments[1]),
        lambda inner: st.one_of(
            st.builds(lambda name, a, b: Apply(name, (a, b)), st.sampled_from(["and", "or"]), inner, inner),
            st.builds(lambda a: Apply("not", (a,)), inner),
        ),
        max_leaves=3,
    )


def _grow(trees: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    return st.one_of(
        st.builds(lambda name, a: Apply(name, (a,)), st.sampled_from(UNARY), trees),
        st.builds(lambda name, a, b: Apply(name, (a, b)), st.sampled_from(BINARY), trees, trees),
        st.builds(
            lambda a, b: Apply("power", (a, b)),
            trees,
            st.one_of(trees, st.integers(0, 9).map(Fraction).map(Number)),
        ),
        st.builds(
            lambda c, a, b: Apply("where", (c, a, b)),
            _conditions(trees),
            trees,
            st.one_of(trees, st.just(Apply("undefined"))),
        ),
        st.builds(lambda a, b, c: Apply("clamp", (a, b, c)), trees, trees, trees),
        st.builds(lambda a, b: Apply("log", (a, b)), trees, VARIABLES),
    )


TREES = st.recursive(st.one_of(NUMBERS, VARIABLES, CONSTANTS), _grow, max_leaves=12)


def _parsed(text: str) -> Function | None:
    """The function, or None where its constants are beyond floating point."""
    try:
        return parse(text)
    except ParseError as error:
        if "exponent" in error.message or "too large" in error.message:
            return None
        raise


@given(TREES)
@settings(max_examples=200, deadline=None)
def test_text_parses_back_to_the_same_tree(tree: Node) -> None:
    """``to_text`` writes what ``parse`` reads as the same tree."""
    function = _parsed(to_text(tree))
    assert function is None or function.tree == tree


@given(TREES)
@settings(max_examples=200, deadline=None)
def test_latex_parses_back_to_the_same_tree(tree: Node) -> None:
    """``to_latex`` writes what ``parse`` reads as the same tree."""
    function = _parsed(to_latex(tree))
    assert function is None or function.tree == tree


@given(TREES)
@settings(max_examples=100, deadline=None)
def test_a_function_is_its_text(tree: Node) -> None:
    """``parse(f.text) == f``, ``parse(heading = latex) == f``, and the canonical text is a fixed point."""
    function = _parsed(to_text(tree))
    if function is not None:
        assert parse(function.text) == function
        assert parse(function.text).text == function.text
        assert parse(f"{function.heading} = {function.latex}") == function


@given(TREES, st.integers(0, 3))
@settings(max_examples=200, deadline=None)
def test_brackets_around_everything_change_nothing(tree: Node, depth: int) -> None:
    """Redundant brackets are only brackets."""
    function = _parsed(to_text(tree))
    if function is not None:
        assert parse("(" * depth + to_text(tree) + ")" * depth).tree == function.tree


@given(TREES, st.data())
@settings(max_examples=200, deadline=None)
def test_white_space_between_signs_changes_nothing(tree: Node, data: st.DataObject) -> None:
    """Spaces around the signs of calculation, brackets and commas do not matter."""
    text = to_text(tree)
    function = _parsed(text)
    if function is None:
        return
    spaced = "".join(
        f"{data.draw(st.sampled_from(['', ' ', '  ']))}{letter} "
        if letter in "*/^,+" and "e" + letter not in text
        else letter
        for letter in text
    )
    assert parse(spaced).tree == function.tree


@given(TREES)
@settings(max_examples=200, deadline=None)
def test_every_node_has_its_place(tree: Node) -> None:
    """There is a span for each node in postorder, inside the text and around the spans of its arguments."""
    text = to_text(tree)
    function = _parsed(text)
    if function is None:
        return
    nodes = list(postorder(function.tree))
    assert len(function.spans) == len(nodes)
    for node, span in zip(nodes, function.spans, strict=True):
        assert 0 <= span.start <= span.end <= len(text)
        if isinstance(node, Variable):
            assert text[span.start : span.end].strip("()") == node.name


PIECES = [
    *"xyzteπθ0123456789.,+-*/^()[]{}|!<>=°_'\"\\ ;:?%&$~",
    *[
        "sin",
        "cos^2",
        "ln",
        "log_",
        "sqrt",
        "√",
        "|",
        "²",
        "⁻¹",
        "½",
        "\\frac",
        "\\sqrt",
        "{",
        "}",
        "\\left",
        "\\right",
    ],
    *[
        "if",
        "else",
        "otherwise",
        "and",
        "or",
        "not",
        "where(",
        "max(",
        "lambda",
        ":",
        "torch.",
        ".exp()",
        "np.",
    ],
    *[
        "\\begin{cases}",
        "\\end{cases}",
        "&",
        "\\\\",
        "x_1",
        "f(x) =",
        "y =",
        "1e5",
        "mod",
        "<=",
        "!=",
        "->",
        "True",
    ],
]


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
@settings(max_examples=500, deadline=None)
@example("\\frac{x}{")
@example("x_{")
@example("f(x) = ")
@example("{x if x > 0, ")
@example("\\sqrt[")
def test_fragments_are_read_or_refused(text: str) -> None:
    """Whatever is put together from the language's own pieces is a function or a ParseError, no other error."""
    is_read_or_refused(text)


@given(st.text(max_size=40))
@settings(max_examples=300, deadline=None)
def test_any_textis_read_or_refused(text: str) -> None:
    """Any text at all is a function or a ParseError, no other error."""
    is_read_or_refused(text)


@given(st.text(string.printable, max_size=30))
@settings(max_examples=300, deadline=None)
def test_any_keyboard_textis_read_or_refused(text: str) -> None:
    """Any text from a keyboard is a function or a ParseError, no other error."""
    is_read_or_refused(text)
