"""How derivatives are written: f′ and f″ with one variable, ∂f/∂u with several; as text and as LaTeX."""

from __future__ import annotations

from functools import lru_cache

SUPERSCRIPT = str.maketrans("0123456789-+", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺")
PRIMES = ("", "′", "″", "‴")


@lru_cache(maxsize=256)
def derivative_name(name: str, order: int) -> str:
    """``f``, ``f′``, ``f″``, ``f‴``, ``f⁽⁴⁾`` … as text."""
    if order < len(PRIMES):
        return name + PRIMES[order]
    return f"{name}⁽{str(order).translate(SUPERSCRIPT)}⁾"


@lru_cache(maxsize=256)
def derivative_latex(name: str, order: int) -> str:
    """The same as LaTeX; ``name`` is LaTeX already."""
    if order < len(PRIMES):
        return name + "'" * order
    return f"{name}^{{({order})}}"


@lru_cache(maxsize=256)
def partial_derivative_name(name: str, variable: str, order: int) -> str:
    """``f``, ``∂f/∂u``, ``∂²f/∂u²`` … as text: ``order`` times along the same variable."""
    if order == 0:
        return name
    power = str(order).translate(SUPERSCRIPT) if order > 1 else ""
    return f"∂{power}{name}/∂{variable}{power}"


@lru_cache(maxsize=256)
def partial_derivative_latex(name: str, variable: str, order: int) -> str:
    """The same as LaTeX, as a fraction; ``name`` and ``variable`` are LaTeX already."""
    if order == 0:
        return name
    power = f"^{{{order}}}" if order > 1 else ""
    return rf"\frac{{\partial{power} {name}}}{{\partial {variable}{power}}}"
