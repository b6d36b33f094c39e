"""Limits: each has its own message, and nothing typed makes the parser recurse or grow past them."""

from __future__ import annotations

import sys
import threading

import pytest

from derivlab import ParseError, parse
from derivlab.expression.bounds import MAX_CHARACTERS, MAX_DEPTH, MAX_NODES
from derivlab.expression.tree import size_of

LIMITS = [
    ("+x" * 500_000, "too long"),
    ("(" * 10_000 + "x" + ")" * 10_000, "nested"),
    ("[" * 10_000, "nested"),
    ("{" * 10_000, "nested"),
    ("|" * 10_000, "nested"),
    (r"\left(" * 5_000, "nested"),
    (r"\frac{1}{" * 1_000 + "x" + "}" * 1_000, "nested"),
    (r"\sqrt " * 5_000 + "x", "nested"),
    ("sin " * 10_000 + "x", "nested"),
    ("√" * 20_000 + "x", "nested"),
    ("^".join("x" * 5_000), "nested"),
    ("-" * 20_000 + "x", "nested"),
    ("not " * 5_000 + "x > 0", "nested"),
    ("x" + "%2" * 5_000, "nested"),
    ("x" + ".sin()" * 5_000, "nested"),
    ("x if x > 0 else " * 3_000 + "x", "nested"),
    ("where(x > 0, x, " * 1_000 + "0" + ")" * 1_000, "nested"),
    ("x+" * (MAX_NODES // 2 + 1) + "x", "parts"),
    ("0<(" * 100 + "x" + ")<1" * 100, "parts"),
    ("9" * 1_000, "digits"),
    ("0." + "3" * 1_000, "digits"),
    ("1e999", "exponent"),
    ("1e-999", "exponent"),
    ("1e999999999999", "exponent"),
    ("2e308", "too large"),
    ("9^9^9^9", "exponent"),
    ("9^9^9", "exponent"),
    ("10^400", "too large"),
    ("10^-400", "too large or too close to zero"),
    ("(1/2)^100000", "too close to zero"),
    ("x^(10^9)", "exponent"),
    ("x^1000000000", "exponent"),
    ("x^-10000000", "exponent"),
    ("171!", "too large"),
    ("(9!)!", "too large"),
    ("q" * 10_000, "letters"),
]


@pytest.mark.parametrize(("text", "words"), LIMITS, ids=[text[:20] for text, _ in LIMITS])
def test_limit(text: str, words: str) -> None:
    """A text past a limit gets the message of that limit."""
    with pytest.raises(ParseError) as caught:
        parse(text)
    assert words in caught.value.message
    assert caught.value.hint


@pytest.mark.parametrize(
    "text",
    [
        "+".join(["x"] * 2_000),
        "*".join(["x"] * 2_000),
        " ".join(f"+ x{k}^2" for k in range(1, 1_001)),
        "max(" + ",".join(f"x{k}" for k in range(1_000)) + ")",
        "{" + ", ".join(f"{k} if x < {k}" for k in range(500)) + ", 0 otherwise}",
        "(" * 100 + "x" + ")" * 100,
        "sin(" * 99 + "x" + ")" * 99,
        "1/(1+" * 49 + "x" + ")" * 49,
        "x^1000000",
        "2^1000",
        "170!",
        "(1 + 1/1000000)^1000000",
    ],
    ids=lambda text: text[:20],
)
def test_below_the_limits(text: str) -> None:
    """Long and deep formulas below the limits are read, and both printed forms are read back."""
    function = parse(text)
    assert parse(function.text) == function
    assert parse(function.latex).tree == function.tree
    assert size_of(function.tree) <= MAX_NODES
    assert repr(function.tree)
    assert hash(function) == hash(parse(function.text))


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ("sin(", ")"),
        ("(x+", ")"),
        ("x^(", ")"),
        ("-(", ")"),
        ("|", "|"),
        ("{1 if x > 0, ", "}"),
        ("max(1, ", ")"),
        ("(x^2*", ")"),
        (r"\frac{1}{", "}"),
        (r"\sqrt{", "}"),
        ("√", ""),
        ("1 + 2*3^-sin -", ""),
    ],
)
def test_every_depth_is_read_or_refused(opening: str, closing: str) -> None:
    """At every depth the text is read, and then its printed forms too, or refused; also with a full stack."""
    failures: list[BaseException] = []

    def attempt() -> None:
        try:
            for depth in (*range(1, MAX_DEPTH + 60, 9), *range(MAX_DEPTH - 4, MAX_DEPTH + 5)):
                text = opening * depth + "x" + closing * depth
                try:
                    function = parse(text)
                except ParseError:
                    continue
                assert parse(function.text) == function
                assert parse(function.latex).tree == function.tree
        except BaseException as error:  # noqa: BLE001
            failures.append(error)

    def below(frames: int) -> None:
        if frames:
            below(frames - 1)
        else:
            attempt()

    thread = threading.Thread(target=below, args=(min(300, sys.getrecursionlimit() - 700),))
    thread.start()
    thread.join()
    assert failures == []


def test_the_longest_text() -> None:
    """A text of exactly the greatest length is looked at."""
    with pytest.raises(ParseError, match="parts"):
        parse("x " * (MAX_CHARACTERS // 2))
