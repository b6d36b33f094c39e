"""Letters that are factors or names, and Greek letters that are functions or numbers: what is read, and what is said."""

from __future__ import annotations

from collections.abc import Callable
from math import acos, asin, cos, e, exp, log, log2, pi, sin, sqrt

import pytest

from derivlab import ParseError, parse, value
from tests.expression.corpus import sigmoid

AT = {"A": 1.7, "K": 2.3, "S": 1.1, "gamma": 0.7, "mu": 0.4, "omega": 1.3, "phi": 0.2, "sigma": 1.9, "t": 0.6}
AT |= {"T": 0.8, "r": 0.3, "x": 0.45, "x0": 0.15}


def bell(x: float, mu: float, sigma: float) -> float:
    """The density of a normal distribution."""
    return exp(-((x - mu) ** 2) / (2 * sigma**2)) / (sigma * sqrt(2 * pi))


READINGS: list[tuple[str, Callable[..., float]]] = [
    (
        r"{\frac {1}{\sigma {\sqrt {2\pi }}}}e^{-{\frac {1}{2}}\left({\frac {x-\mu }{\sigma }}\right)^{2}}",
        lambda mu, sigma, x: bell(x, mu, sigma),
    ),
    (
        r"\frac{1}{\sigma(2\pi)^{1/2}}e^{-\frac{(x-\mu)^2}{2\sigma^2}}",
        lambda mu, sigma, x: bell(x, mu, sigma),
    ),
    ("1/(σ√(2π)) e^(-(x-μ)²/(2σ²))", lambda mu, sigma, x: bell(x, mu, sigma)),
    (
        r"{\frac {1}{\pi \gamma \,\left[1+\left({\frac {x-x_{0}}{\gamma }}\right)^{2}\right]}}",
        lambda gamma, x, x0: 1 / (pi * gamma * (1 + ((x - x0) / gamma) ** 2)),
    ),
    (
        r"{\frac {\ln(S/K)+(r+\sigma ^{2}/2)T}{\sigma {\sqrt {T}}}}",
        lambda K, S, T, r, sigma: (log(S / K) + (r + sigma**2 / 2) * T) / (sigma * sqrt(T)),  # noqa: N803
    ),
    ("σ(x)(1 - σ(x))", lambda x: sigmoid(x) * (1 - sigmoid(x))),
    ("σ(x) - σ²(x)", lambda x: sigmoid(x) - sigmoid(x) ** 2),
    (r"\sigma(x) - \sigma^{2}\left(x\right)", lambda x: sigmoid(x) - sigmoid(x) ** 2),
    ("σ(x+1) + σ", lambda sigma, x: sigma * (x + 1) + sigma),
    ("A sin(ωt + φ)", lambda A, omega, phi, t: A * sin(omega * t + phi)),  # noqa: N803
    ("Asin(ωt + φ)", lambda A, omega, phi, t: A * sin(omega * t + phi)),  # noqa: N803
    ("x = Acos(ωt)", lambda A, omega, t: A * cos(omega * t)),  # noqa: N803
    ("Math.Asin(x)", asin),
    ("ACOS(x)", acos),
    ("log_2 ½x", lambda x: log2(x / 2)),
    ("log_2½", lambda: log2(0.5)),
    ("2πer", lambda r: 2 * pi * e * r),
]


@pytest.mark.parametrize(("text", "meant"), READINGS, ids=[text for text, _ in READINGS])
def test_it_is_read_as_it_is_meant(text: str, meant: Callable[..., float]) -> None:
    """The value is that of the Python next to it, and both printers' texts have it too."""
    function = parse(text)
    at = {name: AT[name] for name in function.variables}
    names = sorted(at)
    assert value(function, at) == pytest.approx(meant(*(at[name] for name in names)))
    assert parse(function.text) == function
    assert parse(f"{function.heading} = {function.latex}") == function


@pytest.mark.parametrize(
    "text",
    [
        "A sin(ωt + φ)",
        "e^{-γt} cos(ωt)",
        "x₁x₂",
        "v₀t",
        "αx + βy",
        "F = Gm_1m_2/r^2",
        "αβ",
        "1/(σ√(2π)) e^(-x²/2)",
        "1/√(2π) e^(-x^2/2)",
        "4ε[(σ/r)¹²-(σ/r)⁶]",
        "log_y 2",
        "log_ax",
        "e^-x/x",
        "e^x/x",
        "x^n/n",
        "x^2y",
        "a^x/b",
        r"{\sigma {\sqrt {2\pi }}}",
    ],
)
def test_nobody_doubts_it(text: str) -> None:
    """A Greek letter beside another letter, an index, a bracket that ends a denominator: nothing is said."""
    assert parse(text).notices == ()


OFFERS = [
    ("2πrh", "rh was read as the product r*h", "f(rh) = 2πrh"),
    ("x₁yz", "yz was read as the product y*z", "f(x1, yz) = x₁yz"),
    ("sinxy", "xy was read as the product x*y", "f(xy) = sinxy"),
    ("betax", "betax was read as the product beta*x", "f(betax) = betax"),
    ("rhogh", "rhogh was read as the product rho*g*h", "f(rhogh) = rhogh"),
    ("Acos(x)", "Acos was read as the product A*cos, not as arccos", "acos(x)"),
    ("σ(x) - σ²(x)", "σ(…) was read as the sigmoid function", "σ*(x) - σ²*(x)"),
    ("σ(x) + σ", "σ(…) was read as the product σ*(…)", None),
    ("√½x", "√½x was read as √½*x", "√(½x)"),
    ("1/(x+1) (x-1)", "1/(x+1) (x-1) was read as (1/(x+1))*(x-1)", "1/((x+1) (x-1))"),
    ("e^2πx", "e^2π was read as (e^2)*π", "e^(2πx)"),
    ("e^akt + 1", "e^ak was read as (e^a)*k", "e^(akt) + 1"),
    ("√2πn", "√2π was read as √2*π", "√(2πn)"),
    ("x^2n", "x^2n was read as (x^2)*n", "x^(2n)"),
    ("x^ab", "x^ab was read as (x^a)*b", "x^(ab)"),
    ("e^-t/τ", "e^-t/τ was read as (e^-t)/τ", "e^(-t/τ)"),
    ("e^1/x", "e^1/x was read as (e^1)/x", "e^(1/x)"),
    ("log3(x)", "log3(…) was read as the logarithm to the base 3, not as log 3 times", "log 3*(x)"),
    ("1,5x", "1,5 was read as the decimal number 1.5, not as two numbers", None),
]


@pytest.mark.parametrize(("text", "says", "instead"), OFFERS, ids=[text for text, _, _ in OFFERS])
def test_both_readings_are_named(text: str, says: str, instead: str | None) -> None:
    """The notice names what was read and offers the other reading, where there is one that can be typed."""
    notices = {notice.instead: notice.message for notice in parse(text).notices}
    assert notices[instead].startswith(says)
    if instead is not None:
        assert parse(instead) != parse(text)


@pytest.mark.parametrize(
    "text", ["gamma sqrt(2x)^n", "gamma (2θ)^2*1", "psi*(x + 1)^2", "sigma*(x + 1)!", "Gamma*(x/2)^3*x"]
)
def test_a_letter_before_a_bracketed_power_stays_a_factor(text: str) -> None:
    """LaTeX shows a dot between the letter and a bracket, also where the bracket has an exponent."""
    function = parse(text)
    assert parse(function.latex) == function


@pytest.mark.parametrize("text", ["a/bc", "e^kt", "e^-kt", "√xy", "x^ab"])
def test_letters_that_were_parted_are_called_no_product(text: str) -> None:
    """One notice says where the exponent, the denominator or the root ends; none says that the letters are a product."""
    assert len(parse(text).notices) == 1
    assert "product" not in parse(text).notices[0].message


@pytest.mark.parametrize("text", [r"(\circ", r"\left( \circ x", r"(\circ)"])
def test_a_circle_with_nothing_before_it_is_refused(text: str) -> None:
    """It composes nothing and measures no angle."""
    with pytest.raises(ParseError, match="puts functions one inside the other"):
        parse(text)
