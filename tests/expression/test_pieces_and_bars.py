"""Pieces, conditions and bars as textbooks and programs write them, and what is said where a word is missing."""

from __future__ import annotations

import pytest

from derivlab import ParseError, parse
from derivlab.expression.least_parts import least_parts
from tests.expression.corpus import CORPUS
from tests.expression.further_readings import READINGS
from tests.expression.refusal import is_read_or_refused

SAME = [
    # if before its value
    ("if x > 0 then x else 0", "{x if x > 0, 0 otherwise}"),
    ("if x > 0 { x } else { 0 }", "{x if x > 0, 0 otherwise}"),
    ("if(x > 0) x else 0", "{x if x > 0, 0 otherwise}"),
    ("if (x > 0) -x else x", "{-x if x > 0, x otherwise}"),
    ("if (x + 1)*2 > 0 then x else 0", "{x if (x + 1)*2 > 0, 0 otherwise}"),
    ("if (x > 0) and (x < 1) then 1 else 0", "{1 if x > 0 and x < 1, 0 otherwise}"),
    ("if x > 0: x else: 0", "{x if x > 0, 0 otherwise}"),
    ("if x > 0 then x", "{x if x > 0}"),
    ("If x > 0 then x^2, otherwise x", "{x^2 if x > 0, x otherwise}"),
    ("if x < 0 {-x} else if x < 1 {x} else {1}", "{-x if x < 0, x if x < 1, 1 otherwise}"),
    ("2 + (if x > 0 then 1 else 2)", "2 + {1 if x > 0, 2 otherwise}"),
    ("{if x <= 1: x^2, else: 2 - x}", "{x^2 if x <= 1, 2 - x otherwise}"),
    ("{if x < 0 then -x; if x < 1 then x; else 1}", "{-x if x < 0, x if x < 1, 1 otherwise}"),
    # pairs, colons, and conditions first
    ("{x^2 : x <= 1, 2 - x : x > 1}", "{x^2 if x <= 1, 2 - x if x > 1}"),
    ("{(x^2, x <= 1), (2 - x, x > 1)}", "{x^2 if x <= 1, 2 - x if x > 1}"),
    ("{x < 0, x^2, x >= 0, x}", "{x^2 if x < 0, x if x >= 0}"),
    ("{x < 0, x^2, x}", "{x^2 if x < 0, x otherwise}"),
    ("{x < 0, x^2; x >= 0, x}", "{x^2 if x < 0, x if x >= 0}"),
    ("piecewise(x <= 1: x^2, 2 - x)", "{x^2 if x <= 1, 2 - x otherwise}"),
    ("piecewise(x^2 if x <= 1, 2 - x otherwise)", "{x^2 if x <= 1, 2 - x otherwise}"),
    ("piecewise(x if x > 0 else 1, x < 3, 0)", "{{x if x > 0, 1 otherwise} if x < 3, 0 otherwise}"),
    ("If(x < 0, -x, x < 1, x, 1)", "{-x if x < 0, x if x < 1, 1 otherwise}"),
    ("If(x<0,1,x<1,2)", "{1 if x < 0, 2 if x < 1}"),
    ("Which[x < 0, -x, True, x]", "{-x if x < 0, x otherwise}"),
    ("{x>0}", "{1 if x > 0}"),
    ("{2x<3}", "{1 if 2*x < 3}"),
    # a function of pieces
    ("sin {x if x > 0, -x}", "sin({x if x > 0, -x otherwise})"),
    ("√{x if x > 0, 4}", "sqrt({x if x > 0, 4 otherwise})"),
    ("exp{-x, x < 0; x, x > 0}", "exp({-x if x < 0, x if x > 0})"),
    ("max{x, 0}", "max(x, 0)"),
    # words of other languages
    ("{x² si x<0, x sinon}", "{x^2 if x < 0, x otherwise}"),
    ("{x^2 wenn x<0, x sonst}", "{x^2 if x < 0, x otherwise}"),
    ("{x provided x≥0; -x otherwise}", "{x if x >= 0, -x otherwise}"),
    (r"\begin{cases} x^2 & \text{falls } x<0\\ x & \text{sonst}\end{cases}", "{x^2 if x < 0, x otherwise}"),
    (r"\begin{cases} x^2 & \text{si } x<0\\ x & \text{sinon}\end{cases}", "{x^2 if x < 0, x otherwise}"),
    ("si x", "s*i*x"),
    # lines
    ("{x^2, x<0\nx, x>=0}", "{x^2 if x < 0, x if x >= 0}"),
    ("{x^2 if x<0\nx otherwise}", "{x^2 if x < 0, x otherwise}"),
    ("f(x) = {\n  x^2, x<0\n  2x+1, x>=0\n}", "{x^2 if x < 0, 2*x + 1 if x >= 0}"),
    ("{x^2, x<0\n-x, x>=0}", "{x^2 if x < 0, -x if x >= 0}"),
    ("{x^2 if x<0 and\nx>-1\n|x|}", "{x^2 if x < 0 and x > -1, abs(x) otherwise}"),
    ("{x^2\nif x<0, x\n+1}", "{x^2 if x < 0, x + 1 otherwise}"),
    ("{x<0: x^2\n\n    x>=0: x\n}", "{x^2 if x < 0, x if x >= 0}"),
    ("{if x<0: x^2\nif x<1: x\nelse: 1}", "{x^2 if x < 0, x if x < 1, 1 otherwise}"),
    # two bars
    ("x < 0 || x > 1 ? 0 : x", "{0 if x < 0 or x > 1, x otherwise}"),
    ("{x if x<0||x>1, 0}", "{x if x < 0 or x > 1, 0 otherwise}"),
    ("where(x<0 || x>1, 0, x)", "{0 if x < 0 or x > 1, x otherwise}"),
    ("If[x < 0 || x > 1, 0, x]", "{0 if x < 0 or x > 1, x otherwise}"),
    ("{x if |x|<1 || |x|>2 || x==3, 0}", "{x if abs(x) < 1 or abs(x) > 2 or x == 3, 0 otherwise}"),
    ("{x if ||x|-1|<1 || x>2, 0}", "{x if abs(abs(x) - 1) < 1 or x > 2, 0 otherwise}"),
    ("||x|-1|", "abs(abs(x) - 1)"),
    ("{1 if x < ||y||, 0}", "{1 if x < abs(abs(y)), 0 otherwise}"),
    ("{1 if x<||y|-1|, 0}", "{1 if x < abs(abs(y) - 1), 0 otherwise}"),
    ("x<|y||z| ? 1 : 0", "{1 if x < abs(y)*abs(z), 0 otherwise}"),
    # not
    ("!(x > 0) ? 0 : x", "{0 if not x > 0, x otherwise}"),
    ("{1 if x>1 && !(x<0), 0}", "{1 if x > 1 and not x < 0, 0 otherwise}"),
    ("n!(x + 1)", "n!*(x + 1)"),
    # bars behind a function
    ("ln|x|x", "ln(abs(x))*x"),
    ("ln|x| x", "ln(abs(x))*x"),
    ("sqrt|x|y", "sqrt(abs(x))*y"),
    ("log_2|x| x", "log2(abs(x))*x"),
    ("ln|x|(x+1)", "ln(abs(x))*(x + 1)"),
    ("ln|x|^2", "ln(abs(x)^2)"),
    ("sin 2|x|x", "sin(2*abs(x)*x)"),
    ("³√³√x", "cbrt(cbrt(x))"),
    ("PI()", "pi"),
    # the domain in brackets
    ("f(x)=x² (0≤x≤1)", "{x^2 if 0 <= x and x <= 1}"),
    (r"x^2 \;(x>0)", "{x^2 if x > 0}"),
    ("x^2 + 1 (x>0)", "{x^2 + 1 if x > 0}"),
    ("sin x (x>0)", "{sin(x) if x > 0}"),
    ("x^2*(x>0)", "x^2*{1 if x > 0, 0 otherwise}"),
    ("(x>0) (x<1)", "{1 if x > 0, 0 otherwise}*{1 if x < 1, 0 otherwise}"),
    ("x*(x>0) + 2x (x<=0)", "x*{1 if x > 0, 0 otherwise} + 2*x*{1 if x <= 0, 0 otherwise}"),
]


@pytest.mark.parametrize(("text", "meant"), SAME, ids=[row[0] for row in SAME])
def test_pieces_are_read_as_they_are_meant(text: str, meant: str) -> None:
    """The reading, and the laws of every function."""
    assert parse(text).tree == parse(meant).tree
    is_read_or_refused(text)


REFUSED = [
    # a value before else, without a condition
    ("x^2 else x", "condition is missing", None),
    ("ln|x| else sin x", "condition is missing", None),
    ("{x^2 else x}", "condition is missing", None),
    ("x^2, else x", "condition is missing", None),
    ("else x", "condition is missing", None),
    ("x^2 otherwise", "condition is missing", None),
    ("{otherwise 0}", "condition is missing", None),
    ("{x^2 else x if x>0}", "condition is missing", None),
    # two conditions without a word between them
    ("{x^2 if x > 0 x < 1, 0}", "side by side", "{x^2 if x > 0 and x < 1, 0}"),
    ("where(x>0 x<1, x, 0)", "side by side", "where(x>0 and x<1, x, 0)"),
    ("x if x > 0 y < 1 else 0", "side by side", "x if x > 0 and y < 1 else 0"),
    ("x {x>0 x<1}", "side by side", "x {x>0 and x<1}"),
    ("{1 if x > 0 sin x < 1, 0}", "side by side", "{1 if x > 0 and sin x < 1, 0}"),
    ("{1 if x > -1 x - 1 < 1, 0}", "side by side", "{1 if x > -1 and x - 1 < 1, 0}"),
    ("{1 if x>0 xor y>0, 0}", "xor is not known", None),
    # a value and its condition without a word between them
    ("f(x)={x^2 x<0, x x>=0}", "A value and its condition", "f(x)={x^2 if x<0, x if x>=0}"),
    ("{x x≥0}", "A value and its condition", "{x if x≥0}"),
    ("{sin x / x x≠0, 1 x=0}", "A value and its condition", "{sin x / x if x≠0, 1 if x=0}"),
    ("{x sin x x<0; x}", "A value and its condition", "{x sin x if x<0; x}"),
    ("{x mientras x<0; 0}", "A value and its condition", "{x if x<0; 0}"),
    ("if x > 0", "value behind this condition", None),
    ("x then 3", "“then” stands behind a condition", None),
    # nothing to work on
    ("³√", "nothing to work on", "³√(x)"),
    ("2³√", "nothing to work on", None),
    ("e()", "nothing inside", None),
    # percent and question marks
    ("50%", "not percent", "50/100"),
    ("(1+5%)^t", "not percent", "(1+5/100)^t"),
    ("x+5 %", "not percent", "x+5/100"),
    ("2/5%", "not percent", "2/(5/100)"),
    ("x^2?", "question mark", "x^2"),
    ("f(x) = x²?", "question mark", "f(x) = x²"),
    ("!(x+1)", "factorial", None),
]


@pytest.mark.parametrize(("text", "words", "suggestion"), REFUSED, ids=[row[0] for row in REFUSED])
def test_what_is_missing_is_named(text: str, words: str, suggestion: str | None) -> None:
    """The message says what is missing, and what is offered has it."""
    with pytest.raises(ParseError) as caught:
        parse(text)
    assert words in caught.value.message
    assert caught.value.suggestion == suggestion
    assert caught.value.hint
    is_read_or_refused(text)


NOTICED = [
    # the last factor counts
    ("5e^2x", "5e^(2x)"),
    ("xe^2x", "xe^(2x)"),
    ("3e^2x+1", "3e^(2x)+1"),
    ("4e^-3x", "4e^(-3x)"),
    ("(x+1)e^2x", "(x+1)e^(2x)"),
    ("Ae^kt", "Ae^(kt)"),
    ("e^½x", "e^(½x)"),
    ("2x^2x", "2x^(2x)"),
    ("e^2x!", "e^(2x!)"),
    ("3x^1/2", "3x^(1/2)"),
    ("1/x^1/2", "1/x^(1/2)"),
    ("4e^-x/2", "4e^(-x/2)"),
    ("x sin 1/x", "x sin (1/x)"),
    ("2cos πx/3", "2cos (πx/3)"),
    ("x ln x/y", "x ln (x/y)"),
    ("2√x/2", "2√(x/2)"),
    ("³√x/2", "³√(x/2)"),
    # bars
    ("ln|x|x", "ln(|x|x)"),
    ("ln|x|(x+1)^2", "ln(|x|(x+1)^2)"),
    ("2ln|x|·x", "2ln(|x|*x)"),
    # conditions
    ("x^2(x>0)", "x^2 {x>0}"),
    ("x^2 (x>0)", "x^2 *(x>0)"),
    ("{2 x < 3}", "{2 if x < 3}"),
    ("{x<0, x}", "{x<0: x}"),
    ("{x if x>0\n-x}", "{x if x>0 -x}"),
    ("{1 if x > 1 y > 2, 0}", "{1 if x > 1 and y > 2, 0}"),
]


@pytest.mark.parametrize(("text", "other"), NOTICED, ids=[row[0] for row in NOTICED])
def test_the_other_reading_is_offered(text: str, other: str) -> None:
    """A notice offers the whole text of the other reading."""
    assert other in [notice.instead for notice in parse(text).notices]
    is_read_or_refused(text)


@pytest.mark.parametrize(
    "text", ["f^{-1}(x)", "f⁻¹(x)", "f^2(x)", "f²(x)", "f^{(2)}(x)", "2g^-1(x)", "f^n(x)"]
)
def test_a_power_of_a_function_is_noticed(text: str) -> None:
    """Neither the inverse nor a derivative of f is known."""
    assert any("is not known here: type its formula" in notice.message for notice in parse(text).notices)


@pytest.mark.parametrize(
    "text",
    [
        "x^2y",
        "x^2(x+1)",
        "x²x³",
        "(sin x)/2",
        "(x^1)/2",
        "2e^2 x",
        "ln|x|",
        "ln|x| {x>0}",
        "0 < 2x < 3 ? 1 : 0",
    ],
)
def test_what_is_clear_has_no_notice(text: str) -> None:
    """No notice where nobody doubts."""
    assert not parse(text).notices


@pytest.mark.parametrize("text", [row[0] for row in (*CORPUS, *READINGS)])
def test_parts_are_never_overcounted(text: str) -> None:
    """What a text has at least, counted without reading it, is not more than it has."""
    assert least_parts(text) <= parse(text).tree._size


@pytest.mark.parametrize("unit", ["|x|x", "x²", "ln|x|", "x[0]", "sin x "])
def test_too_many_parts_are_seen_at_once(unit: str) -> None:
    """A text that repeats one unit is refused by its count."""
    assert least_parts(unit * (45_000 // len(unit))) > 20_000
    with pytest.raises(ParseError, match="more than 20,000 parts"):
        parse(unit * (45_000 // len(unit)))
