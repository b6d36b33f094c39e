"""A reading that could have been another says so, and offers the other as a whole text."""

from __future__ import annotations

import pytest

from derivlab import parse

OFFERS = [
    ("1/2x", "1/(2x)", "1/(2*x)"),
    ("1/4x", "1/(4x)", "1/(4*x)"),
    ("1/2 x", "1/(2 x)", "1/(2*x)"),
    ("1/2(x+1)", "1/(2(x+1))", "1/(2*(x + 1))"),
    ("a/bc", "a/(bc)", "a/(b*c)"),
    ("y = x^2/4x + 1", "y = x^2/(4x) + 1", "x^2/(4*x) + 1"),
    ("sin^-1 x", "1/sin(x)", "1/sin(x)"),
    ("sin^-1(x)", "1/sin(x)", "1/sin(x)"),
    ("sin⁻¹ x + 1", "1/sin(x) + 1", "1/sin(x) + 1"),
    ("2tan^{-1}(x)", "2(1/tan(x))", "2*(1/tan(x))"),
    ("x sin^-1 x", "x (1/sin(x))", "x*(1/sin(x))"),
    ("log x", "log10 x", "log10(x)"),
    ("log(x) + log(y)", "log10(x) + log10(y)", "log10(x) + log10(y)"),
    (r"\log x", "log10 x", "log10(x)"),
    ("xy", "f(xy) = xy", "f(xy) = xy"),
    ("rate t", "f(rate, t) = rate t", "f(rate, t) = rate*t"),
    ("e^2x", "e^(2x)", "e^(2*x)"),
    ("2^3x", "2^(3x)", "2^(3*x)"),
    ("x^1/2", "x^(1/2)", "x^(1/2)"),
    ("e^-x^2/2", "e^(-x^2/2)", "e^(-x^2/2)"),
    ("sin x/2", "sin (x/2)", "sin(x/2)"),
    ("√2x", "√(2x)", "sqrt(2*x)"),
    ("√4x²", "√(4x²)", "sqrt(4*x^2)"),
    ("sin^2 x/2", "sin^2 (x/2)", "sin(x/2)^2"),
    ("log(2,5)", "log(2.5)", "ln(2.5)"),
    ("2½", "2*½", "2*(1/2)"),
    ("log2x", "log(2x)", "ln(2*x)"),
    ("asinx", "a*sinx", "a*sin(x)"),
    ("x2 + x", "x^2 + x", "x^2 + x"),
    ("e2x", "e^2x", "e^2*x"),
    ("x 2", "x^2", "x^2"),
    ("2e-3", "2*e - 3", "2*e - 3"),
    ("σ(x)", "σ*(x)", "sigma*x"),
    ("|2|x|-1|", "|2*|x|-1|", "abs(2*abs(x) - 1)"),
]


@pytest.mark.parametrize(("text", "instead", "meaning"), OFFERS, ids=[text for text, _, _ in OFFERS])
def test_the_other_reading_is_offered(text: str, instead: str, meaning: str) -> None:
    """Among the notices is one with the other reading, which has the meaning that it promises."""
    offers = [notice.instead for notice in parse(text).notices]
    assert instead in offers
    assert parse(instead).text == meaning
    assert parse(instead) != parse(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("x(x+1)", "product"),
        ("i^2", "real"),
        ("x^(1/3)", "real root"),
        ("gamma(x)", "gamma function"),
    ],
)
def test_a_notice_without_another_reading(text: str, words: str) -> None:
    """Some readings are only explained."""
    assert any(words in notice.message for notice in parse(text).notices)


@pytest.mark.parametrize(
    "text",
    [
        "3x^2",
        "sin(x)",
        "2x + 1",
        "x^2y",
        "f(x, y) = xy",
        "1/(2x)",
        "x/2",
        "ln(x)",
        "log2(x)",
        "np.log(x)",
        "x*(x+1)",
        "1e-3*x",
    ],
)
def test_a_clear_text_has_no_notice(text: str) -> None:
    """Nothing is said where there is nothing to say."""
    assert parse(text).notices == ()


def test_places_of_notices() -> None:
    """A notice points at the place in the typed text, also where invisible characters stand before it."""
    notice = parse("\u200bx + 1/2x").notices[0]
    assert "\u200bx + 1/2x"[notice.span.start : notice.span.end] == "1/2x"
