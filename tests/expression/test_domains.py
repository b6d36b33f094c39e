"""Where a function is defined: domains behind a comma, intervals, sets of numbers, and the left side ``f: ℝ → ℝ``."""

from __future__ import annotations

import pytest

from derivlab import ParseError, parse

SAME = [
    # a domain behind a comma
    ("f(x) = x^2, x > 0", "{x^2 if x > 0}"),
    ("f(x)=√x, x≥0", "{sqrt(x) if x >= 0}"),
    ("f(x)=x², 0≤x≤1", "{x^2 if 0 <= x <= 1}"),
    ("f(x)=x^2,0<x<1", "{x^2 if 0 < x < 1}"),
    (r"f(x)=x^2,\quad x>0", "{x^2 if x > 0}"),
    ("1/x, x ≠ 0", "{1/x if x != 0}"),
    ("x², x<0; x, x≥0", "{x^2 if x < 0, x if x >= 0}"),
    ("sin(x)/x, x≠0; 1, x=0", "{sin(x)/x if x != 0, 1 if x == 0}"),
    ("f(x, y) = x y, y > 0", "f(x, y) = {x*y if y > 0}"),
    # sets of numbers
    ("f(x)=x^2, x ∈ ℝ", "x^2"),
    (r"f(x)=x^2, x\in\mathbb{R}", "x^2"),
    ("x^2 for x in R", "x^2"),
    ("ln(x), x ∈ ℝ⁺", "{ln(x) if x > 0}"),
    (r"\ln x, x\in\mathbb{R}_+", "{ln(x) if x > 0}"),
    ("1/x, x ∈ ℝ^*", "{1/x if x != 0}"),
    (r"1/x, x ∈ ℝ\{0}", "{1/x if x != 0}"),
    (r"\frac1x, x\in\mathbb{R}\setminus\{0, 1\}", "{1/x if x != 0 and x != 1}"),
    # intervals
    ("f(x)=x^2 on [0,1]", "{x^2 if 0 <= x <= 1}"),
    ("{x if x ∈ [0,1], 0}", "{x if 0 <= x <= 1, 0}"),
    ("{x, x ∈ [0,1[; 0}", "{x if 0 <= x < 1, 0}"),
    ("1 if x in ]0,1[", "{1 if 0 < x < 1}"),
    ("x^2 {x in (0, 1]}", "{x^2 if 0 < x <= 1}"),
    ("x^2 for x in [0,5; 1,5]", "{x^2 if 0.5 <= x <= 1.5}"),
    ("x^2 for x in (0, ∞)", "{x^2 if x > 0}"),
    ("x^2, x ∈ (-oo, 0]", "{x^2 if x <= 0}"),
    ("x^2 for x in (-∞, 0) ∪ (1, ∞)", "{x^2 if x < 0 or x > 1}"),
    (r"x^2, x \notin [0,1]", "{x^2 if not (0 <= x <= 1)}"),
    ("x^2, x not in [0,1]", "{x^2 if not (0 <= x <= 1)}"),
    (r"x^2,\ x\in\left]0,1\right[", "{x^2 if 0 < x < 1}"),
    ("1 if 2x+1 ∈ [0, x^2] else 0", "{1 if 0 <= 2x+1 <= x^2, 0}"),
    # signatures
    ("f: R -> R, f(x) = x^2", "x^2"),
    (r"f:\mathbb{R}\to\mathbb{R}, f(x)=x^2", "x^2"),
    ("f: ℝ → ℝ, x ↦ x²", "x^2"),
    ("f: R -> R with f(x) = x^2", "x^2"),
    ("f: ℝ² → ℝ, f(x, y) = xy", "x*y"),
    ("f: D → ℝ, f(x) = 1/x", "1/x"),
    ("f: ℝ×ℝ → ℝ, (x,y) ↦ xy", "x*y"),
    (r"f\colon\mathbb{R}^+\to\mathbb{R}, x \mapsto \ln x", "{ln(x) if x > 0}"),
    ("f: [0,1] -> R, f(x) = x^2", "{x^2 if 0 <= x <= 1}"),
    ("f: ]0,∞[ → ℝ, x ↦ ln x", "{ln(x) if x > 0}"),
    ("f: x -> x^2", "x^2"),
    ("f: (x, y) -> x y", "x*y"),
    # the inverse on the left
    ("f⁻¹(x)=√x", "sqrt(x)"),
    (r"f^{-1}(x)=\sqrt{x}", "sqrt(x)"),
    ("f^-1(x) = sqrt(x)", "sqrt(x)"),
]


@pytest.mark.parametrize(("text", "plain"), SAME, ids=[row[0] for row in SAME])
def test_the_domain_is_read(text: str, plain: str) -> None:
    """The text means what the plain one means, and keeps the laws of printing."""
    function = parse(text)
    assert function == parse(plain)
    assert parse(function.text) == function
    assert parse(f"{function.heading} = {function.latex}") == function


def test_the_name_of_an_inverse_is_kept() -> None:
    """The function on the left has a name of its own."""
    assert parse("f⁻¹(x) = √x").name == "f_inverse"


REFUSED = [
    ("f: R -> R", "formula is missing", None),
    ("f: ℝ → ℝ", "formula is missing", None),
    ("f: A → B", "formula is missing", None),
    ("x^-1(x) = 2", "equation", "x^-1(x) - 2"),
    ("x in [0,1]", "condition", "{1 if x in [0,1], 0 otherwise}"),
    ("x*y on [0,1]", "which variable", None),
    ("on [0,1]", "behind a formula", None),
    ("x^2, x ∈ Z", "all real numbers", None),
    ("x^2 for x in (1, -∞)", "cannot end at -∞", None),
    ("0,5 < x", "condition", None),
    ("x^2, x = 3", "names a point", "x^2"),
    ("f(x) = x^2, g(x) = x^3", "two formulas", "f(x) = x^2"),
    ("x^2, x^3", "Vector page", "x^2"),
    ("f(sin) = sin", "is a function and cannot be a variable", None),
    ("f(x, exp) = x exp", "is a function and cannot be a variable", None),
    ("f(if) = if", "belongs to conditions", None),
    ("f(mod) = mod", "belongs to conditions", None),
    ("sin=>sin^-1", "cannot be a variable", None),
    ("sin^-1(x) = x", "equation", "sin^-1(x) - x"),
    ('f"(x)', 'f" is the second derivative', None),
    ("y″ = 2", "second derivative", None),
    ("f''(x)", "f'' is the second derivative", None),
]


@pytest.mark.parametrize(("text", "words", "suggestion"), REFUSED, ids=[row[0] for row in REFUSED])
def test_what_is_said(text: str, words: str, suggestion: str | None) -> None:
    """The refusal says what is wrong and offers what can be read."""
    with pytest.raises(ParseError) as caught:
        parse(text)
    assert words in f"{caught.value.message} {caught.value.hint}"
    assert caught.value.suggestion == suggestion
