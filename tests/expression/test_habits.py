"""What people bring with them from calculators, textbooks, LaTeX and programs is read as they mean it."""

from __future__ import annotations

import pytest

from derivlab import ParseError, parse

SAME = [
    # roots with an index
    ("√[3](x)", "cbrt(x)"),
    ("√[3]x", "cbrt(x)"),
    ("sqrt[3](x)", "cbrt(x)"),
    ("root[3](x)", "cbrt(x)"),
    ("root(3)(x)", "cbrt(x)"),
    ("³√x", "cbrt(x)"),
    ("2 ³√(x+1)", "2*cbrt(x + 1)"),
    ("⁴√x", "x^(1/4)"),
    ("ⁿ√x", "x^(1/n)"),
    ("x²√3", "x^2*sqrt(3)"),
    ("Sqrt[3](x+1)", "sqrt(3)*(x + 1)"),
    # layers and arguments of programs
    ("nn.LeakyReLU(0.2)(x)", "{x if x > 0, 0.2*x otherwise}"),
    ("nn.ELU(alpha=2)(x)", "{x if x > 0, 2*expm1(x) otherwise}"),
    ("torch.nn.Hardtanh(-2, 2)(x)", "{-2 if x <= -2, 2 if x >= 2, x otherwise}"),
    ("nn.ReLU(inplace=True)(x)", "relu(x)"),
    ("F.relu(x, inplace=True)", "relu(x)"),
    ("F.softplus(x, beta=2, threshold=20)", "softplus(2*x)/2"),
    ("torch.add(x, y, alpha=2)", "x + 2*y"),
    ("torch.sin(input=x)", "sin(x)"),
    ("torch.where(x > 0, x, torch.zeros_like(x))", "{x if x > 0, 0 otherwise}"),
    ("torch.tensor(2.0, requires_grad=True)*x", "2*x"),
    ("x.round(decimals=2)", "round(x*10^2)/10^2"),
    ("x.relu_()", "relu(x)"),
    ("float(x > 0)*x", "{1 if x > 0, 0 otherwise}*x"),
    ("math.tau*x", "2*pi*x"),
    ("mp.sin(x)", "sin(x)"),
    ("math.remainder(x, 3)", "x - 3*round(x/3)"),
    ("torch.logaddexp(x, y)", "y + softplus(x - y)"),
    ("x[0]**2 + x[1]**2", "x0^2 + x1^2"),
    ("@(x) x.^2", "x^2"),
    ("f[x_, y_] := x^2 y", "x^2*y"),
    ("f[x] = x^2", "x^2"),
    ("PI()*x", "pi*x"),
    ("IFS(x>0, 1, x<0, 2)", "{1 if x > 0, 2 if x < 0}"),
    # a sign belongs to the left side of a remainder, as in Python
    ("-x % 3", "mod(-x, 3)"),
    ("-x // 2", "floor((-x)/2)"),
    ("-x mod 3", "mod(-x, 3)"),
    ("2 - x % 3", "2 - mod(x, 3)"),
    ("-2x % 3 * y", "mod(-2*x, 3)*y"),
    # names
    ("log_0.5(x)", "log(x, 0.5)"),
    ("log_0.5 x", "log(x, 0.5)"),
    ("LN(X)", "ln(X)"),
    ("cotg x", "cot(x)"),
    ("argsinh(x)", "asinh(x)"),
    ("sh(x)", "sinh(x)"),
    ("f(s, h) = sh(s)", "f(s, h) = s*h*s"),
    ("sincosx", "sin(cos(x))"),
    ("sincx", "sinc(x)"),
    ("erfcosx", "erf(cos(x))"),
    ("x mod3", "mod(x, 3)"),
    ("cuberoot(x)", "cbrt(x)"),
    # LaTeX
    (r"\begin{cases}x&x>0\\[2mm]0&x\le 0\end{cases}", "{x if x > 0, 0 if x <= 0}"),
    (r"\begin{cases} x & \text{if $x>0$} \\ 0 & \text{otherwise} \end{cases}", "{x if x > 0, 0 otherwise}"),
    (r"\begin{align} f(x) &= x^2 \end{align}", "x^2"),
    (
        r"\begin{align*} f(x) &= \begin{cases} x & x>0 \\ 0 & x \le 0\end{cases} \end{align*}",
        "{x if x > 0, 0 if x <= 0}",
    ),
    (r"x \pmod{3}", "mod(x, 3)"),
    (r"f(x) \coloneqq x^2", "x^2"),
    (r"{\rm e}^x", "e^x"),
    (r"\ell^2", "l^2"),
    (r"x^2 \hspace{1cm} + 1", "x^2 + 1"),
    (r"\boxed{x^2+1}", "x^2 + 1"),
    (r"x^2 \tag{1}", "x^2"),
    (r"x^2 \label{eq:f} \\", "x^2"),
    (r"\mathop{\mathrm{sgn}}(x)", "sign(x)"),
    ("$$f(x)=x^2,$$", "x^2"),
    (r"\frac{d}{d \cdot x}", "d/(d*x)"),
    (r"\begin{cases} 1 & x>0 , x<1\\ 0&\text{else}\end{cases}", "{1 if x > 0 and x < 1, 0 otherwise}"),
    ("{x, x>0, -x, x<0}", "{x if x > 0, -x if x < 0}"),
    (r"\sh x", "sinh(x)"),
    (r"\begin{cases}{x}^{2}&{x<0}\\{x}&{x\ge0}\end{cases}", "{x^2 if x < 0, x if x >= 0}"),
    (
        r"\left\{\begin{aligned} x & \quad x>0 \\ 0 & \quad x\le 0\end{aligned}\right.",
        "{x if x > 0, 0 if x <= 0}",
    ),
    (r"{1 if x \not= 1, 0}", "{1 if x != 1, 0 otherwise}"),
    (r"\mathcal{A} x", "A*x"),
    ("sin - x", "sin(-x)"),
    ("x.polygamma(1)", "polygamma(1, x)"),
    ("x^2 +\n1", "x^2 + 1"),
    ("Ln x", "ln(x)"),
    ("Lg(x)", "log10(x)"),
    (r"{\displaystyle f(x)=x^{2}}", "x^2"),
    (r"{\displaystyle y=ax^{2}+bx+c}", "a*x^2 + b*x + c"),
    (r"{\displaystyle f\colon x\mapsto x^{2}}", "x^2"),
    ("{x = 1: 2, 0}", "{2 if x == 1, 0 otherwise}"),
    ("logₑ(x)", "log(x, e)"),
    ("log2^x", "ln(2)^x"),
    ("1/log2^2", "1/ln(2)^2"),
    ("log^3_2(x)", "log2(x)^3"),
    ("log[10](x)", "log10(x)"),
    ("log3(x)", "log(x, 3)"),
    ("1_000x", "1000*x"),
    ("x MOD 2", "mod(x, 2)"),
    ("x %% 2", "mod(x, 2)"),
    ("{1 if x ~= 0, 0}", "{1 if x != 0, 0 otherwise}"),
    ("x [0]", "x0"),
    ("sin〖x〗", "sin(x)"),
    ("nroot(x, 3)", "x^(1/3)"),
    # decimal commas, where a comma separates nothing
    ("1,5x", "1.5*x"),
    ("(2,5x + 1)^2", "(2.5*x + 1)^2"),
    ("sin(0,5x)", "sin(0.5*x)"),
    ("x^{0,5}", "x^0.5"),
    (r"\frac{0,5}{x}", "0.5/x"),
    ("max(0,5; x)", "max(0.5, x)"),
    ("max(0, 5)", "max(0, 5)"),
    ("log(2,5)", "log(2, 5)"),
    ("nn.Hardtanh(-2,2)(x)", "{-2 if x <= -2, 2 if x >= 2, x otherwise}"),
    # letters that are names only before a bracket
    ("v = gt", "g*t"),
    ("s = 1/2gt^2", "1/2*g*t^2"),
    ("A = ch/2", "c*h/2"),
    ("V = lbh", "l*b*h"),
    ("ne^x", "n*e^x"),
    ("ch^2(x) - sh^2(x)", "cosh(x)^2 - sinh(x)^2"),
    # heads
    ("KE = 1/2mv^2", "1/2*m*v^2"),
    ("f: ℝ → ℝ, x ↦ x²", "x^2"),
    ("Log[2, x]", "log2(x)"),
    ("Piecewise((sin(x)/x, Ne(x, 0)), (1, True))", "{sin(x)/x if x != 0, 1 otherwise}"),
    ("IF(AND(X>0,X<1),X,0)", "{X if X > 0 and X < 1, 0 otherwise}"),
    ("nn.Hardtanh(min_val=-2, max_val=2)(x)", "{-2 if x <= -2, 2 if x >= 2, x otherwise}"),
    ("{1 if x =/= 0, 0}", "{1 if x != 0, 0 otherwise}"),
]


@pytest.mark.parametrize(("text", "explicit"), SAME, ids=[text for text, _ in SAME])
def test_habits_are_understood(text: str, explicit: str) -> None:
    """The text means what the explicit one means, and both printers bring it back."""
    function = parse(text)
    assert function.text == explicit
    assert parse(function.text) == function
    assert parse(function.latex).tree == function.tree


NOTICED = [
    ("sh(x)", "hyperbolic", "s*h*(x)"),
    ("E^x", "Euler's number", "e^x"),
    ("2j + x", "imaginary", None),
    ("x[0] + 1", "entry", None),
    ("x[x+1]", "product", None),
    ("sin-1(x)", "exponent was lost", "arcsin(x)"),
    ("sin x (x+1)", "whole product", "sin(x) (x+1)"),
    ("sqrt2x", "whole product", "sqrt(2)x"),
    ("xysin(x)", "product x*y", None),
    ("1,5x", "decimal number 1.5", None),
    ("50%x", "not as percent", "50/100*x"),
    ("log(2, x)", "to the base x", "log(x, 2)"),
    ("spin", "s*pi*n", "f(spin) = spin"),
    ("pmax(x, 0)", "product p before max", None),
    (r"\sigma(x)", "sigmoid", r"\sigma*(x)"),
    ("sin x e^x", "whole product", "sin(x) e^x"),
    ("sin x x", "whole product", "sin(x) x"),
    ("log3(x)", "to the base 3", "log 3*(x)"),
    ("Log(x)", "natural logarithm", "log10(x)"),
    (r"2\frac{1}{2}", "mixed number", r"(2 + \frac{1}{2})"),
    (r"\log10 x", "natural logarithm", "log10 10 x"),
    ("LOG(X)", "natural logarithm", "log10(X)"),
    ("sin 30", "radians", "sin 30°"),
    ("x^1/2", "was read as (x^1)/2", "x^(1/2)"),
    ("x2 + x", "variable of its own", "x^2 + x"),
]


@pytest.mark.parametrize(("text", "words", "instead"), NOTICED, ids=[row[0] for row in NOTICED])
def test_doubtful_habits_are_noticed(text: str, words: str, instead: str | None) -> None:
    """A reading that could have been another says so, and offers the other where there is one."""
    notices = [notice for notice in parse(text).notices if words in notice.message]
    assert len(notices) == 1
    assert notices[0].instead == instead
    if instead is not None:
        assert parse(instead).tree != parse(text).tree


UNDOUBTED = [
    "Log[x]",
    "sin w t",
    "exp(-(x-1)^2/2)",
    "x^2/2",
    "x^4/4 - x^2/2",
    "f(x) = x(x+1)",
    "f(x, y) = x(y+1)",
    "x0 + x",
    "sin(30°)",
    "sin 2",
    r"2\frac{x}{2}",
    "xsin(x)",
    "(x+1)[x-1]",
]


@pytest.mark.parametrize("text", UNDOUBTED)
def test_what_nobody_doubts_has_no_notice(text: str) -> None:
    """Notices are for readings that could have been others, and for these alone."""
    assert parse(text).notices == ()


REFUSED = [
    ("sinx = 0", "equation", "sinx"),
    ("sinx = cosx", "equation", "sinx - cosx"),
    ("f(x)=x=2", "two equals", "f(x)=x"),
    ("d sin(x)/dx", "derivative", None),
    ("dsinx/dx", "derivative", None),
    (r"\frac{\mathrm d}{\mathrm dx}x^2", "derivative", None),
    ("log_2()", "takes 1 or 2", "log_2(x)"),
    ("maximum", "needs brackets", None),
    ("(x+1)[0]", "entry", None),
    ("1,000x", "two ways", "1000x"),
    ("arcos(x)", "not a function", "arccos(x)"),
    ("ciel(x)", "not a function", "ceil(x)"),
    ("sqtr(x)", "not a function", "sqrt(x)"),
    ("sni(x)", "not a function", "sin(x)"),
    ("csh(x)", "not a function", "cosh(x)"),
    ("clamp(x, 0, 1, 2)", "takes 3 arguments", None),
    ("torch.add(x, 1, 2)", "takes 2 arguments", None),
    ("1{,}000x", "two ways", None),
    (r"x \circ y", "one inside the other", None),
    (r"1\,000x", "grouped", "1000x"),
    (r"12\,345.6", "grouped", "12345.6"),
    ("torch.sin(x)[0]", "entry", None),
    ("torch.foo.sin(x)", "foo is not", None),
    ("torch.sin.cos(x)", "nothing to work on", None),
    ("foo.sin(x)", "no module", "sin(x)"),
    ("sin x\ncos x", "second formula", "sin x"),
    ("x = 3\ny = x**2", "second formula", None),
    ("raise x", "program", None),
    ("x = 3", "no function", "y = 3"),
    ("x^2 + 5 = 0", "equation", "x^2 + 5"),
    ("0xff", "base 16", None),
    ("0b101", "base 2", None),
    (r"5\%x", "Percent", None),
    (r"\mathrm{$}+x", "no name", None),
    (r"\mathrm{}+x", "holds nothing", None),
    ("Π", "Products", None),
    (r"\binom{n}{2}", "cannot be read", None),
    (r"\dfrac{\mathrm{d}}{\mathrm{d}x} x^2", "derivative", None),
    ("sin^2+1", "exponent", None),
    ("sin+1", "nothing to work on", None),
    ("{1 if x => 0, 0}", "arrow", "{1 if x >= 0, 0}"),
    ("{1 if !x>0, 0}", "factorial", "{1 if not x>0, 0}"),
    ("{x if x >, 0}", "missing after >", None),
    ("besselj0(x)", "Bessel", None),
    ("gcd(x, 2)", "whole numbers", None),
    ("nCr(n, 2)", "choices", None),
    ("int(x)", "whole part", None),
    ("x.to(y)", "type of a tensor", None),
    ("SUM(X, Y)", "many values", None),
    ("Let y = x^2", "instruction", "y = x^2"),
    ("x factorial", "nothing to work on", None),
    ("mux(x, 0)", "mux is not", None),
    ("minimun(x, 1)", "minimun is not", "minimum(x, 1)"),
    ("sigmod(x)", "sigmod is not", "sigmoid(x)"),
    ("peicewise(x>0,x,0)", "not a function", "piecewise(x>0,x,0)"),
    ("1.000,5", "grouped", "1000.5"),
    ("1,234.5", "grouped", "1234.5"),
    ("12 345,6", "grouped", "12345.6"),
    ("1.234.567", "grouped", "1234567"),
    ("2 3/4 x", "side by side", "(2 + 3/4) x"),
    (r"\frac{1}{}", "empty", None),
    (r"\sqrt{x", "never closed", r"\sqrt{x}"),
    (r"\begin{cases}\end{cases}", "piece", None),
    ("²x", "on its left", None),
    ("x₋₁", "subscript", None),
    ("=SIN(X)", "left of =", "SIN(X)"),
]


@pytest.mark.parametrize(("text", "words", "suggestion"), REFUSED, ids=[row[0] for row in REFUSED])
def test_what_cannot_be_read_is_explained(text: str, words: str, suggestion: str | None) -> None:
    """The message names the fault at a place that can be seen, and what is offered can be read."""
    with pytest.raises(ParseError) as caught:
        parse(text)
    error = caught.value
    assert words in error.message
    assert error.span.start < error.span.end <= len(text)
    assert error.suggestion == suggestion
    if suggestion is not None:
        parse(suggestion)


def test_unknown_commands_name_the_one_that_they_begin_with() -> None:
    r"""``\sinx`` is ``\sin x``."""
    with pytest.raises(ParseError) as caught:
        parse(r"\sinx")
    assert caught.value.hint == r"Did you mean \sin x?"
