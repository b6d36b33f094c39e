"""Texts that hold several functions: vectors and equations."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import derivlab as dl
from derivlab.expression.several import parse_equation, parse_vector, split


@pytest.mark.parametrize(
    ("text", "variables", "components"),
    [
        ("F(x, y) = (x^2 y, x + sin y)", ("x", "y"), ("x^2*y", "x + sin(y)")),
        ("(x^2 y, x + sin y)", ("x", "y"), ("x^2*y", "x + sin(y)")),
        ("cos t, sin 2t", ("t",), ("cos(t)", "sin(2*t)")),
        ("[y, x]", ("x", "y"), ("y", "x")),
        ("F(y, x) = (y, x)", ("y", "x"), ("y", "x")),
        ("G = (max(x, y), min(x, y))", ("x", "y"), ("max(x, y)", "min(x, y)")),
        ("F(x, y) = (1, 2)", ("x", "y"), ("1", "2")),
        ("x^2", ("x",), ("x^2",)),
        ("(x + 1)(x - 1)", ("x",), ("(x + 1)*(x - 1)",)),
        ("(x + 1)*(y - 1), (x)", ("x", "y"), ("(x + 1)*(y - 1)", "x")),
    ],
)
def test_vectors(text: str, variables: tuple[str, ...], components: tuple[str, ...]) -> None:
    """Header and brackets are free; every component is a function of all the variables."""
    found = parse_vector(text)
    assert found.variables == variables
    assert tuple(part.body for part in found.components) == components
    assert all(part.variables == variables for part in found.components)


@pytest.mark.parametrize("text", ["F(x, y) = (x^2 y, x + sin y)", "(cos t, sin 2t)", "(x, 1/2x, max(x, 3))"])
def test_canonical_text_reads_back(text: str) -> None:
    """What is shown is read back as the same vector function."""
    found = parse_vector(text)
    assert parse_vector(found.text) == found


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("(x,, y)", (2, 3)),
        ("(x, )", (2, 4)),
        ("(x, y", (0, 1)),
        ("x), y", (1, 2)),
        ("F(x) = (x, y)", (11, 12)),
        ("(x, 2 +)", (6, 7)),
    ],
)
def test_mistakes_are_placed_in_the_whole_text(text: str, span: tuple[int, int]) -> None:
    """An error in one component points into the text that was typed."""
    with pytest.raises(dl.ParseError) as caught:
        parse_vector(text)
    assert caught.value.span.start in range(span[0], span[1] + 1)
    assert "\n" in caught.value.caret(text)


def test_too_many_components_are_refused() -> None:
    """More than twelve components are refused."""
    with pytest.raises(dl.ParseError, match="At most 12"):
        parse_vector(", ".join("x" for _ in range(13)))


def test_other_readings_are_of_the_whole_text() -> None:
    """The other reading that a notice offers is the whole input, which parses."""
    notices = [each for each in parse_vector("(1/2x, x)").notices if each.instead]
    assert notices
    for notice in notices:
        assert parse_vector(notice.instead or "").components[1].body == "x"


@pytest.mark.parametrize(
    ("text", "body"),
    [("x^2 + y^2 = 1", "x^2 + y^2 - 1"), ("y = x^2", "y - x^2"), ("x y = 0", "x*y"), ("1 = x", "1 - x")],
)
def test_equations_become_left_minus_right(text: str, body: str) -> None:
    """The curve of an equation is where left − right is zero."""
    assert parse_equation(text).function.body == body


@pytest.mark.parametrize("text", ["x^2 + y^2", "x = y = 1", "= 1", "x =", "", "x == 1", "x <= 1"])
def test_what_is_no_equation_is_refused(text: str) -> None:
    """No equals sign, two of them, and an empty side are told apart, with an example."""
    with pytest.raises(dl.ParseError) as caught:
        parse_equation(text)
    assert caught.value.hint


@given(st.text(alphabet="xy12+-*/^(),=[] ", max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    """Whatever is typed, the answer is a function or a ParseError with a span inside the text."""
    for read in (parse_vector, parse_equation):
        try:
            read(text)
        except dl.ParseError as error:
            assert 0 <= error.span.start <= error.span.end <= max(len(text), 1)  # noqa: PT017


def test_splitting_keeps_brackets_together() -> None:
    """Marks inside of brackets do not split."""
    assert [piece.text for piece in split("a, f(b, c), [d, e]", ",")] == ["a", " f(b, c)", " [d, e]"]
    assert [piece.start for piece in split("a, f(b, c), [d, e]", ",")] == [0, 2, 11]
