"""What people type means what a mathematician would read."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest

from derivlab import parse
from derivlab.expression.constants import value_of
from derivlab.expression.tree import Node, Variable, fold
from tests.expression.corpus import CORPUS

VALUES = (0.7, -1.2, 2.3)


def _at(variables: tuple[str, ...], turn: int) -> dict[str, float]:
    """A value for each variable, no two alike."""
    return {name: VALUES[(turn + place) % 3] + 0.1 * place for place, name in enumerate(variables)}


def _value(tree: Node, at: dict[str, float]) -> float:
    return fold(
        tree, lambda node, below: at[node.name] if isinstance(node, Variable) else value_of(node, below)
    )


def _expected(meaning: Callable[..., float], at: dict[str, float]) -> float:
    """The value by plain Python; NaN where it has none that is real."""
    try:
        found = meaning(*at.values()) if "lambda" not in at else meaning(**at)
    except (ValueError, ZeroDivisionError, OverflowError):
        return math.nan
    except TypeError:  # a complex number was compared or rounded
        return math.nan
    return math.nan if isinstance(found, complex) else float(found)


def test_the_corpus_is_large_and_has_no_doubles() -> None:
    """The corpus holds at least 400 different inputs."""
    assert len({text for text, _, _ in CORPUS}) == len(CORPUS) >= 400


@pytest.mark.parametrize(("text", "explicit", "meaning"), CORPUS, ids=[text for text, _, _ in CORPUS])
def test_meaning(text: str, explicit: str, meaning: Callable[..., float]) -> None:
    """The text is read as the explicit form, and has the values of the hand-written Python."""
    function = parse(text)
    assert function.text == explicit
    known = 0
    for turn in range(3):
        at = _at(function.variables, turn)
        wanted = _expected(meaning, at)
        found = _value(function.tree, at)
        known += not math.isnan(wanted)
        assert math.isclose(found, wanted, rel_tol=1e-12, abs_tol=1e-12) or (
            math.isnan(found) and math.isnan(wanted)
        )
    assert known


@pytest.mark.parametrize(("text", "explicit", "meaning"), CORPUS, ids=[text for text, _, _ in CORPUS])
def test_both_printed_forms_mean_the_same(text: str, explicit: str, meaning: Callable[..., float]) -> None:
    """The canonical text and the LaTeX are read as the function that they were printed from."""
    del explicit, meaning
    function = parse(text)
    assert parse(function.text) == function
    assert parse(f"{function.heading} = {function.latex}") == function


@pytest.mark.parametrize(
    ("text", "name", "variables"),
    [
        ("x^2", "f", ("x",)),
        ("f(u, v) = u^3 + v^2 + 4uv", "f", ("u", "v")),
        ("g(v, u) = u + v", "g", ("v", "u")),
        ("y = b x + a", "y", ("a", "b", "x")),
        ("h(x) = 5", "h", ("x",)),
        ("f(x, y) = x", "f", ("x", "y")),
        ("5", "f", ()),
        ("f x", "g", ("f", "x")),
        ("lambda t: t**2", "f", ("t",)),
        ("x_1 + x2 + α", "f", ("alpha", "x1", "x2")),
    ],
)
def test_name_and_variables(text: str, name: str, variables: tuple[str, ...]) -> None:
    """Name and variables are those of the left side, else f and the alphabet."""
    function = parse(text)
    assert (function.name, function.variables) == (name, variables)
    assert parse(function.text) == function


def test_equality_ignores_the_name() -> None:
    """``y = x^2`` is ``f(x) = x^2``; what is typed differently but means the same form is the same."""
    assert parse("y = x^2") == parse("f(x) = x²") == parse("x**2")
    assert hash(parse("y = x^2")) == hash(parse("x**2"))
    assert parse("x*x") != parse("x^2")
    assert parse("f(x, y) = x") != parse("x")
