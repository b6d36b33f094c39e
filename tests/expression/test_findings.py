"""Texts that a fuzzer found, each of which once broke a law of the language."""

from __future__ import annotations

import pytest

from tests.expression.refusal import is_read_or_refused

FINDINGS = [
    "log_0.5g_ 5. 0x",
    "-" * 78 + "llx^2nl",
    "sin(" * 5 + "-" * 85 + "llx^2nl" + ")" * 5,
    "\\{\\begin{array}{llright.{",
    "x3/00versinannhx  xlogy010",
    "x^1/0",
    "~\\sqrt[n\\\\]{else x}",
    "\\sqrt[\\begin]{x}",
    "\\frac.2|²ty ={2None0\\leftθ",
    "sqrtnp.\\left",
    "F.elu(x, alp<ha=2)",
    "xlampe(min=0)",
    "notmod(x, 2)",
    "xothex ≥ 0, -rwiseₙ",
    "np.where((x<0) | (x>1)2, 1, x)",
    "π1e55->1otherwise",
    "\\frac{ambda x,e^x - e^{√-x}}{2}",
    "log_f (x) = x^2",
    "\\sigma(-x)^2",
    "g_xπ ",
    "σ_π",
    "F.sigmoid\\sigma0(x)",
    ">}\\text{\\sigma",
    "np.where(np.logical_and(x 0, x < 1),x, 0)",
    "spog₃(x).Piecewise(x, x > 0), (0, True))",
    "eTrueiratelog_y =notsin6",
    "$sin1+\\operatorname{log_rate}xy7sin0",
    "5<=t\\operatorname{\\sigma",
    "σf(x) =\\operatorname{\\sigma",
    "tan1= x!",
    "acos1=0",
    "sin^True-1(x)",
    "\\operatorname{arcsi₁n} x",
    "x^3/4rac1iewherexcagmoiD00000000000000ln|xfrac1iewherexcagmoid000000|0",
    "modx0x",
    "*x\\left0",
    "0 \\left0",
    "\\left½",
    "\\leftπ",
    "\xad",
    "f(x) = ",
    "{" * 200,
    "xylog_min=0ⁿtⁿ",
    "l_πxog",
    "1e25^3",
    "\\operatorname{arsinh5}mod(x)",
    "log_0: ℝ → ℝ, x.5(x)",
    "f: [0th,1] -> R, f(x) = x^2",
    "x^x, 1not in [0,1]∪",
    "def: R ; ]0,1[-> R, f f",
]


@pytest.mark.parametrize("text", FINDINGS, ids=range(len(FINDINGS)))
def test_finding(text: str) -> None:
    """The text is read with all its laws, or refused with a message."""
    is_read_or_refused(text)
