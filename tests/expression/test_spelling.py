"""Names, numbers and signs as people spell them: read as they are meant, or refused with the name that is meant."""

from __future__ import annotations

import pytest

from derivlab import ParseError, parse

SAME = [
    # a number behind a function's name is not split
    ("sin0.5x", "sin(0.5x)"),
    ("ln0.5x", "ln(0.5x)"),
    ("2sin1.5πx", "2sin(1.5πx)"),
    ("xsin0.5x", "x*sin(0.5x)"),
    ("Sin0.5x", "sin(0.5x)"),
    ("log2.5", "ln(2.5)"),
    ("log10.5x", "ln(10.5x)"),
    ("arctan2.5", "arctan(2.5)"),
    ("sin0,5x", "sin(0.5x)"),
    ("max(sin0,5)", "max(sin(0), 5)"),
    ("x mod0.5", "mod(x, 0.5)"),
    ("log_0.5x", "log(x, 0.5)"),
    ("log100", "ln(100)"),
    ("log25x", "ln(25x)"),
    ("log210", "ln(210)"),
    ("log2x", "log2(x)"),
    ("log10x", "log10(x)"),
    # an index
    ("ax_{2n}", "f(a, x_2n) = a*x_2n"),
    ("a_{2n}x^{2n}", "f(a_2n, n, x) = a_2n*x^(2n)"),
    ("v_{0x}t", "f(t, v_0x) = v_0x*t"),
    ("x₂ₙ", "f(x_2n) = x_2n"),
    ("e_{2n}", "f(e_2n) = e_2n"),
    ("x^2_1", "x_1^2"),
    ("x²₁", "x_1^2"),
    ("x^{n+1}_{2}", "x_2^(n+1)"),
    ("log²₃ x", "log(x, 3)^2"),
    # raised and lowered signs keep their height
    ("2ᴺ", "2^N"),
    ("eᵏᵀ", "e^(k*T)"),
    ("aᴹ⁺ᴺ", "a^(M+N)"),
    ("xᵡ", "x^χ"),
    ("xᵅ", "x^α"),
    ("xᵦ", "x_β"),
    ("x^²", "x^2"),
    ("x³⁄²", "x^(3/2)"),
    ("V=⁴⁄₃πr³", "4/3*π*r^3"),
    ("(x+1)⁄(x−1)", "(x+1)/(x-1)"),
    ("⁻x+1", "-x+1"),
    ("2·⁻3", "2*(-3)"),
    # other characters
    ("ƒ(x)=x²", "x^2"),
    ("f(x)≔x²", "x^2"),
    ("f(x) ≝ x²", "x^2"),
    ("y ≜ x²", "x^2"),
    ("f(x)≡x²", "x^2"),
    ("∥x∥", "abs(x)"),
    ("2~x", "2x"),
    # names of other countries
    ("cosech 2x", "csch(2x)"),
    ("cossec x", "csc(x)"),
    ("arccosec x", "acsc(x)"),
    ("arccotg 2x", "acot(2x)"),
    ("arccotan(x)", "acot(x)"),
    ("cotanh x", "coth(x)"),
    ("tgh x", "tanh(x)"),
    ("arctgh(x)", "atanh(x)"),
    ("argsh x", "asinh(x)"),
    ("ld(x)", "log2(x)"),
    ("x² wenn x>0 sonst 3", "{x^2 if x > 0, 3 otherwise}"),
    # capitals
    ("Sinx", "sin(x)"),
    ("Sin2x", "sin(2x)"),
    ("SinxCosx", "sin(x)cos(x)"),
    ("xSin(x)", "x*sin(x)"),
    ("eSin x", "e*sin(x)"),
    ("Arctanx", "arctan(x)"),
    ("COSX", "cos(X)"),
    ("AsinB", "A*sin(B)"),
    ("Acosωt", "A*cos(ωt)"),
    ("a/sinC", "a/sin(C)"),
    ("tanH", "tan(H)"),
    ("Log_2 x", "log2(x)"),
    ("LOG_2(x)", "log2(x)"),
    ("f(x) = Sin(x)", "sin(x)"),
    ("f[x] = Exp[-x^2]", "exp(-x^2)"),
    ("f(X) = SIN(X)", "sin(X)"),
    ("f(S, i, n) = Sin", "f(S, i, n) = S*i*n"),
    ("f(L, n, x) = Lnx", "f(L, n, x) = L*n*x"),
    # Greek names
    ("2varphix", "2*phi*x"),
    ("f(varphi) = varphi", "phi"),
    ("omicron", "f(omicron) = omicron"),
    # names of programs
    ("sqrtf(x)", "sqrt(x)"),
    ("powf(x, 2)", "x^2"),
    ("tgamma(x)", "gamma(x)"),
    ("asind(x)", "arcsin(x)*180/pi"),
    ("Boole[x > 0]", "{1 if x > 0, 0 otherwise}"),
    # LaTeX
    (r"\sin^22x", "sin(2x)^2"),
    (r"\sin^10 x", "sin(x)^10"),
    (r"\log_28", "log2(8)"),
    (r"\log_23x", "log2(3x)"),
    (r"\log_10 x", "log10(x)"),
    (r"\frac{x^23}{2}", "x^23/2"),
    (r"\operatorname{Ln} x", "ln(x)"),
    (r"\operatorname{area}(x) = x", "x"),
    (r"{\rm sin}(x)", "sin(x)"),
    (r"{\rm tg} x", "tan(x)"),
    (r"{\rm e}^x", "e^x"),
    (r"f(x) &= x^2", "x^2"),
    (r"f(x)=\cases{x^2 & x<0\cr x & x\ge 0}", "{x^2 if x<0, x if x>=0}"),
    (r"f(x)=\cases{x^2, & $x<0$\cr x, & otherwise}", "{x^2 if x<0, x otherwise}"),
    (r"\begin{cases} x^2 & (x<0),\\ x & (x>1).\end{cases}", "{x^2 if x<0, x if x>1}"),
    (r"\begin{cases} x^2 & : x<0\\ x & : x>1\end{cases}", "{x^2 if x<0, x if x>1}"),
    (
        r"\left\{\begin{array}{lll} x^2 & \text{if} & x<0\\ x & \text{if} & x>1\end{array}\right.",
        "{x^2 if x<0, x if x>1}",
    ),
    (
        r"\begin{cases} 1 & \text{if } x<0\\ 2 & \text{else if } x<3\\ 3 & \text{else}\end{cases}",
        "{1 if x<0, 2 if x<3, 3 otherwise}",
    ),
    (r"\begin{cases} 1 & \text{si } x<0\\ 2 & \text{en otro caso}\end{cases}", "{1 if x<0, 2 otherwise}"),
    (r"\begin{cases} 1 & \text{for all } x<0\\ 2 & \text{sinon}\end{cases}", "{1 if x<0, 2 otherwise}"),
    (r"x^2 \text{ where } x>0", "{x^2 if x > 0}"),
    (r"v_{\text{se}}", "v_se"),
]


@pytest.mark.parametrize(("text", "explicit"), SAME)
def test_spelling_is_understood(text: str, explicit: str) -> None:
    """The text means what the explicit one means, and its own text and LaTeX mean it too."""
    function = parse(text)
    assert function == parse(explicit)
    assert parse(function.text) == function
    assert parse(f"{function.heading} = {function.latex}") == function


NOTICED = [
    ("Lnx", "not as a product", "L*nx"),
    ("Inx", "begins with a small L", "lnx"),
    ("In|x|", "begins with a small L", "ln|x|"),
    ("sh x", "not as the hyperbolic function sinh", "sinh x"),
    ("ch²x - sh²x", "not as the hyperbolic function cosh", "cosh²x - sinh²x"),
    ("lb x", "not as the logarithm log2", "log2 x"),
    ("6.02x10^23", "sign of multiplication", "6.02*10^23"),
    ("3 x 10^8", "sign of multiplication", "3 * 10^8"),
    ("½absinC", "not as a*b*sin(C)", "½a*b*sinC"),
    ("sinf(x)", "in C", "sin f*(x)"),
    ("tgamma(x)", "in C", "t*gamma(x)"),
    (r"\sin^22x", "as TeX prints it", r"\sin^{22}x"),
    (r"\frac{x^23}{2}", "TeX itself raises only the 2", r"\frac{x^{2}3}{2}"),
]


@pytest.mark.parametrize(("text", "words", "instead"), NOTICED)
def test_the_other_spelling_is_offered(text: str, words: str, instead: str) -> None:
    """What could have been meant otherwise says so, and offers the other."""
    found = [notice for notice in parse(text).notices if words in notice.message]
    assert [notice.instead for notice in found] == [instead]


REFUSED = [
    ("2senx", "sen is not a function", "Did you mean sin?", "2sinx"),
    ("e^senx", "sen is not a function", "Did you mean sin?", "e^sinx"),
    ("lnsenx", "sen is not a function", "Did you mean sin?", "lnsinx"),
    ("arcsenx", "arcsen is not a function", "Did you mean arcsin?", "arcsinx"),
    ("arc sen x", "arcsen is not a function", "Did you mean arcsin?", "arcsin x"),
    ("cosecante(x)", "cosecante is not a function", "Did you mean csc?", "csc(x)"),
    ("cotangens(x)", "cotangens is not a function", "Did you mean cot?", "cot(x)"),
    ("signe(x)", "signe is not a function", "Did you mean sign?", "sign(x)"),
    ("In(x)", "In is not a function", "Did you mean ln?", "ln(x)"),
    (r"\operatorname{sen} x", "sen is not a function", "Did you mean sin?", "sin x"),
    (r"\mathrm{sen}\,x", "sen is not a function", "Did you mean sin?", r"sin\,x"),
    (r"\operatorname{foo} x", "foo is not a function", "Did you mean floor?", "floor x"),
    (r"\sen x", "no meaning", r"Did you mean \sin?", None),
    (r"\costheta", "no meaning", r"Did you mean \cos \theta?", None),
    (r"\leftroot x", "no meaning", "Leave it out", None),
    (r"\overbrace x", "no meaning", "Leave it out", None),
    (r"\left( x \right.", "never closed", r"Add a \right) where it ends.", r"\left( x \right)"),
    (r"\left\{x", "never closed", r"Add a \right\} where it ends.", r"\left\{x\right\}"),
    (r"\cases{x & x<0", "never closed", "Add a } where it ends.", r"\cases{x & x<0}"),
    (r"\sum_{n=0}^{\infty} x", "Sums over many terms", "Write the terms out", None),
    ("sum_{n=1}^5 n", "Sums over many terms", "Write the terms out", None),
    ("Σ_{n=1}^5 n", "Sums over many terms", "Write the terms out", None),
    ("∑ₙ xⁿ", "Sums over many terms", "Write the terms out", None),
    ("∫₀¹ x dx", "Integrals cannot be read", "without an integral sign", None),
    ("1+x+…+x^n", "Dots leave out", "Write all the terms", None),
    ("1 + x + ... + x^n", "Dots leave out", "Write all the terms", None),
    ("limx→0", "Limits cannot be read", "Type the function itself", None),
    ("x⁼", "no meaning", "Leave it out", None),
    ("logsumexp(x)", "many values", "Vector page", None),
]


@pytest.mark.parametrize(("text", "words", "hint", "suggestion"), REFUSED)
def test_what_is_spelt_otherwise_is_named(text: str, words: str, hint: str, suggestion: str | None) -> None:
    """The refusal says what is wrong and how it is spelt here."""
    with pytest.raises(ParseError) as caught:
        parse(text)
    assert words in caught.value.message
    assert hint in (caught.value.hint or "")
    assert caught.value.suggestion == suggestion
