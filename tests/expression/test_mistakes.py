"""Errors that teach: where, in plain words, and what may be meant."""

from __future__ import annotations

import pytest

from derivlab import ParseError, parse

MISTAKES = [
    # text, the place, words of the message or hint, suggestion
    ("", "", "no formula", None),
    ("   ", "", "no formula", None),
    ("sin(x", "(", "never closed", "sin(x)"),
    ("(x+1", "(", "never closed", "(x+1)"),
    ("x+1)", ")", "closes nothing", "x+1"),
    (")(", ")", "closes nothing", None),
    ("(x]", "(x]", "opened", "(x)"),
    ("()", "()", "nothing inside", None),
    ("x^", "^", "exponent is missing", "x"),
    ("sin x^", "^", "exponent is missing", "sin x"),
    ("x*", "*", "missing after *", "x"),
    ("*x", "*", "on its left", "x"),
    ("3x^^2", "^^", "side by side", "3x^2"),
    ("x + * y", "+ *", "side by side", "x + y"),
    ("1 2", "1 2", "side by side", "1*2"),
    ("1.2.3", "1.2.3", "one decimal point", "1.23"),
    ("1,000", "1,000", "two ways", "1000"),
    ("1,234,567", "1,234,567", "not grouped", "1234567"),
    ("1 000 000", "1 000 000", "not grouped", "1000000"),
    ("sen(x)", "sen", "sin", "sin(x)"),
    ("arcsn(x)", "arcsn", "arcsin", "arcsin(x)"),
    ("sinn(x)", "sinn", "sin", "sin(x)"),
    ("cosinus(x)", "cosinus", "cos", "cos(x)"),
    ("squareroot(x)", "squareroot", "sqrt", "sqrt(x)"),
    ("tann x", "tann", "tan", "tan x"),
    ("foobar(x)", "foobar", "not a function", "floor(x)"),
    ("sin", "sin", "nothing to work on", "sin(x)"),
    ("sin()", "sin()", "1 argument", "sin(x)"),
    ("sin(x, y)", "sin(x, y)", "takes 1 argument", None),
    ("max(x)", "max(x)", "at least 2", None),
    ("log(x, y, z)", "log(x, y, z)", "1 or 2", None),
    ("max(x,)", ",", "nothing follows", None),
    ("2x =", "=", "nothing follows", "2x"),
    ("= x^2", "=", "left", None),
    ("x^2 + y^2 = 1", "=", "implicit", "x^2 + y^2 - 1"),
    ("xy = 1", "=", "implicit", "xy - 1"),
    ("x^2 = 4", "=", "equation", "x^2 - 4"),
    ("f(x) = x^2 = 4", "=", "two equals signs", "f(x) = x^2"),
    ("x^2 = y", "=", "left", "y = x^2"),
    ("f = x + f", "f", "both sides", None),
    ("y = x + y", "y", "both sides", None),
    ("y = x^2; z = 3", ";", "one formula", None),
    ("x^2, y^2", ",", "one function", "x^2"),
    ("f(x) = a x", "a", "not among the variables", "f(x, a) = a x"),
    ("f(x) = ax^2+bx+c", "a", "f(x, a, b, c)", "f(x, a, b, c) = ax^2+bx+c"),
    ("exp^x", "exp^x", "not the number e", "e^x"),
    ('"x^2"', '"', "Quotes", "x^2"),
    ("max x", "max", "needs brackets", None),
    ("x squared", "squared", "signs", None),
    ("plot x^2", "plot", "instruction", None),
    ("f(x) = x2", "x2", "x^2", "f(x) = x^2"),
    ("f(x) = x f(x)", "f", "own formula", None),
    ("f(x, x) = x", "f(x, x) =", "twice", None),
    ("f(2) = 3", "(2)", "name the variables", None),
    ("f(e) = e^2", "f", "fixed number", None),
    ("f'(x)", "f'", "derivative", None),
    ("y' = 2x", "y'", "derivative", None),
    ("x'", "'", "derivative", None),
    ("d/dx x^2", "d/dx", "derivative", None),
    (r"\frac{d}{dx} x^2", r"\frac{d}{dx", "derivative", None),
    ("diff(x^2)", "diff", "derivative", None),
    ("∫ x dx", "∫", "Integrals", None),
    (r"\int x dx", r"\int", "Integrals", None),
    ("lim x", "lim", "Limits", None),
    ("sum(x)", "sum", "many values", None),
    ("∑ x", "∑", "terms", None),
    ("x ± 1", "±", "two functions", None),
    ("1/∞", "∞", "not a real number", None),
    ("inf", "inf", "not a real number", None),
    ("x < 5", "x < 5", "condition", None),
    ("y == x^2", "y == x^2", "equals sign", "y = x^2"),
    ("{x if y}", "y", "condition was expected", None),
    ("where(x, 1, 0)", "x", "condition was expected", None),
    ("{x if x > 0, 0 otherwise, 1}", ",", "no other can follow", None),
    ("{1, 2}", ",", "condition", None),
    ("|x|x|", "|", "open and which close", None),
    ("x!!", "!", "double factorial", None),
    ("50% x", "50%", "percent", "50/100*x"),
    ("0x10", "0x10", "base 16", None),
    ("x.mean()", "mean", "many values", None),
    ("x.foo()", ".foo", "cannot be used", None),
    ("torch.foo(x)", "foo", "not a function", None),
    ("a @ b", "@", "matrices", None),
    (r"\foo{x}", r"\foo", "no meaning", None),
    (r"\frac{1}", "}", r"\frac needs two", None),
    (r"\begin{tikzpicture}", r"\begin{tikzpicture}", "cannot be read", None),
    ("def f(x): return x", "def", "never run", None),
]


@pytest.mark.parametrize(("text", "place", "words", "suggestion"), MISTAKES, ids=[row[0] for row in MISTAKES])
def test_mistake(text: str, place: str, words: str, suggestion: str | None) -> None:
    """The error points at the place, says what is wrong or expected, and offers what may be meant."""
    with pytest.raises(ParseError) as caught:
        parse(text)
    error = caught.value
    assert text[error.span.start : error.span.end] == place
    assert words in f"{error.message} {error.hint}"
    assert error.hint
    if suggestion is not None:
        assert error.suggestion == suggestion
    if error.suggestion is not None:
        parse(error.suggestion)


def test_the_caret_stands_under_the_fault() -> None:
    """The caret line points at the fault."""
    with pytest.raises(ParseError) as caught:
        parse("2x + sen(x)")
    assert caught.value.caret("2x + sen(x)") == "2x + sen(x)\n     ^^^"


def test_a_parse_error_is_a_value_error() -> None:
    """Programs that catch ValueError catch it."""
    with pytest.raises(ValueError, match="never closed"):
        parse("sin(x")
