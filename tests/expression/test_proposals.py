"""What is offered for texts that cannot be read: words, exercises, points, half a formula; and that each offer can be read."""

from __future__ import annotations

import re

import pytest

from derivlab import ParseError, parse
from tests.expression import test_domains, test_habits, test_mistakes

OFFERED = [
    # in words
    ("sin 30 degrees", "said in words", "sin 30°"),
    ("sin(30 deg)", "said in words", "sin(30°)"),
    ("square root of x", "sqrt", "sqrt x"),
    ("the square root of x plus 1", "sqrt", "sqrt x + 1"),
    ("cube root of x", "cbrt", "cbrt x"),
    ("Absolute value of x", "abs", "abs x"),
    ("abs value x", "abs", "abs x"),
    ("{1 if x is less than 0, 2}", "<", "{1 if x < 0, 2}"),
    ("1 if x is greater than or equal to 3 else 0", ">=", "1 if x >= 3 else 0"),
    ("y equals x squared", "=", "y = x^2"),
    ("f of x equals x squared plus one", "f(x)", "f(x) = x^2 + 1"),
    ("log base 2 (x)", "log_2", "log_2 (x)"),
    ("logarithm to the base 3 of x", "log_3", "log_3 x"),
    ("half x", "1/2*", "1/2*x"),
    ("x multiplied by 2", "*", "x * 2"),
    ("x squared", "^2", "x^2"),
    ("x cubed", "^3", "x^3"),
    ("3 times x", "*", "3 * x"),
    ("x to the power of 3", "^", "x^3"),
    ("x to the fourth", "^4", "x^4"),
    ("e to the x", "^x", "e^x"),
    ("x plus 1", "+", "x + 1"),
    ("x over 2", "/", "x / 2"),
    ("sine of x", "sin", "sin x"),
    ("natural log of x", "ln", "ln x"),
    ("5 percent of x", "5/100", "5/100*x"),
    ("sum of x and y", "(x + y)", "(x + y)"),
    ("the derivative of x squared", "word", "x^2"),
    ("plot x^2", "instruction", "x^2"),
    ("roots of x^2", "asks for something", "x^2"),
    ("x^2 for all x", "need not be said", "x^2"),
    # exercises and points
    ("1. f(x) = x²", "stands before the formula", "f(x) = x²"),
    ("(a) f(x) = x^2", "stands before the formula", "f(x) = x^2"),
    ("a) f(x)=x^2", "stands before the formula", "f(x)=x^2"),
    ("2) x^2", "stands before the formula", "x^2"),
    ("- f(x)=x²", "stands before the formula", "f(x)=x²"),
    ("Exercise 3: y = x^2", "stands before the formula", "y = x^2"),
    ("The function f(x) = x^2.", "stands before the formula", "f(x) = x^2"),
    ("2 f(x) = x", "implicit", "2 f(x) - x"),
    ("x^2 at x=3", "names a point", "x^2"),
    ("f(x) = x^2 | x=3", "names a point", "f(x) = x^2"),
    ("(2, 3)", "point or an interval", None),
    ("[0,1]", "point or an interval", None),
    ("12.05.2024", "date", None),
    ("john@example.com", "address", None),
    ("-y = x", "implicit", "-y - x"),
    ("f(x) = x^2 from 0 to 1", "interval", "f(x) = x^2 on [0, 1]"),
    ("x^2 between x=0 and x=1", "interval", "x^2 on [0, 1]"),
    ("x^2 [0,1]", "interval", "x^2 on [0,1]"),
    ("f(x)=x^2; D=[0,1]", "interval", "f(x)=x^2 on [0,1]"),
    ("f(x)=x^2, D=R", "interval", "f(x)=x^2 on R"),
    ("f(x) = x^2, n ∈ N", "real numbers", None),
    ("x^2 for x = 3", "names a point", "x^2"),
    ("3:4 x", "colon", "3/4 x"),
    ("f(x) > 0", "without the comparison", None),
    ("x = [1,2,3]", "Several numbers", None),
    # several lines
    ("√(3&x)", "index of a root", "cbrt(x)"),
    ("1+√(n&x+1)", "index of a root", "1+root(x+1, n)"),
    ("f(x)={█(x^2,&x<0@x,&x≥0)┤", "brace over several lines", "f(x)={x^2 if x<0, x if x≥0}"),
    ("⎧ x^2, x<0\n⎨\n⎩ x, x≥0", "brace over several lines", "{x^2 if x<0, x if x≥0}"),
    ("f(x) = ⎧ x^2  if x<0\n       ⎩ x  otherwise", "brace", "f(x) = {x^2 if x<0, x otherwise}"),
    ("f(x) = x^2\ng(x) = x^3", "second formula", "f(x) = x^2"),
    ("y = 3; z = 4", "one formula", "y = 3"),
    # the left side
    ("x = x + 1", "equation, not a function", "x - (x + 1)"),
    ("x=x^2", "equation, not a function", "x - (x^2)"),
    ("y = x + y", "f(x, y)", "f(x, y) = x + y"),
    ("f = x + f", "g(f, x)", "g(f, x) = x + f"),
    ("sin(x) = 1/2", "fixed meaning", "sin(x) - (1/2)"),
    ("sinh(x) = (e^x - e^-x)/2", "f(x) = (e^x - e^-x)/2", "sinh(x) - ((e^x - e^-x)/2)"),
    ("f(2x) = x", "letter alone", None),
    ("f(x+1) = x^2", "letter alone", None),
    ("x(x+1) = 6", "equation", "x(x+1) - 6"),
    ("f(x): x^2", "colon", "f(x) = x^2"),
    ("fx = x^2", "brackets", "f(x) = x^2"),
    ("F(x) = f(x) + 1", "another function", None),
    ("0 = x^2 - 1", "equation", "x^2 - 1"),
    # half a formula
    ("x++", "missing after +", "x"),
    ("x?", "question mark", "x"),
    (",x", "before this comma", "x"),
    (r"\left(x", r"\right)", r"\left(x\right)"),
    ("10%", "percent", "10/100"),
    ("x else 0", "condition is missing", None),
    ("when x > 0", "value behind this condition", None),
    ("x < 3", "condition", "{1 if x < 3, 0 otherwise}"),
    (r"f(x) = x^2 \quad x > 0", "behind a comma", None),
    ("sin^1/2 x", "sin^(1/2)(x)", None),
    ("log_1/2 x", "log_(1/2)(x)", None),
    ("cos_x", "cos(x)", "cos(x)"),
    ("1,2,3", "Several numbers", None),
    ("1,5,2", "Several numbers", None),
    ("1,23,456", "Several numbers", None),
]


@pytest.mark.parametrize(("text", "words", "suggestion"), OFFERED, ids=[row[0] for row in OFFERED])
def test_what_is_offered(text: str, words: str, suggestion: str | None) -> None:
    """The refusal says what is wrong, in a place of the text, and offers what is meant."""
    with pytest.raises(ParseError) as caught:
        parse(text)
    error = caught.value
    assert words in f"{error.message} {error.hint}"
    assert error.suggestion == suggestion
    assert 0 <= error.span.start < error.span.end <= len(text)


_TEXTS = sorted(
    {
        row[0]
        for rows in (OFFERED, test_mistakes.MISTAKES, test_habits.REFUSED, test_domains.REFUSED)
        for row in rows
    }
)
_ADVISED = re.compile(
    r"(?:Write|Type) (?:for example )?((?:[^ ,;.]|\.\d|[,;] (?=[^ ]*\)))+)(?= for | or |, say|\.$|$)"
)


@pytest.mark.parametrize("text", _TEXTS)
def test_advice_can_be_read(text: str) -> None:
    """What an error suggests can be read, and so can the formula that its hint says to write."""
    with pytest.raises(ParseError) as caught:
        parse(text)
    error = caught.value
    if error.suggestion is not None:
        parse(error.suggestion)
    if "said in words" in error.message:
        return
    advised = _ADVISED.search(error.hint)
    if advised is not None and re.search("[0-9(]", advised.group(1)) and "…" not in advised.group(1):
        parse(advised.group(1))


READ = [
    ("x where x>0", "{x if x > 0}"),
    ("where(x>0, 1, 0)", "{1 if x > 0, 0}"),
    ("base*height/2", "b*a*s*e*h*e*i*g*h*t/2"),
    ("f(half, x) = half x", "f(half, x) = half*x"),
    ("f(deg) = 30 deg", "f(deg) = 30*deg"),
]


@pytest.mark.parametrize(("text", "plain"), READ, ids=[row[0] for row in READ])
def test_words_that_are_read(text: str, plain: str) -> None:
    """Words that are names, or signs of a condition, are read as before."""
    assert parse(text) == parse(plain)


def test_the_number_of_an_exercise_is_noticed() -> None:
    """``2. x^2`` is 2 times x^2, unless the 2 is the number of an exercise."""
    function = parse("2. x^2")
    assert function == parse("2*x^2")
    assert [notice.instead for notice in function.notices] == ["x^2"]


@pytest.mark.parametrize(
    "text", ["value " * 8000, "if : else" * 33, "x ∈ (" * 9000, "f: R -> R, " * 4000, "1,2<" * 9000]
)
def test_long_texts_are_answered_quickly(text: str) -> None:
    """None of this takes long for a long text."""
    with pytest.raises(ParseError):
        parse(text)
