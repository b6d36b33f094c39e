"""Tree to SymPy.

Symbols are ``real=True``. The real root ``x^(1/3)`` and the operations that SymPy has not, or whose
derivative it gives as a Dirac delta, become functions of our own that know their definition.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import sympy

from derivlab.expression.operations import ARGUMENTS, OPERATIONS
from derivlab.expression.parse import parse
from derivlab.expression.tree import Node, Number, Variable, fold, substitute

LARGEST_POWER = 4096
"""The greatest number of bits of a power of two numbers that is worked out rather than left standing."""

_FORMS = {
    "log2": "ln(u)/ln(2)",
    "log10": "ln(u)/ln(10)",
    "log1p": "ln(1 + u)",
    "expm1": "exp(u) - 1",
    "trunc": "sign(u)*floor(abs(u))",
    "relu": "where(u > 0, u, 0)",
    "leaky_relu": "where(u > 0, u, u/100)",
    "elu": "where(u > 0, u, exp(u) - 1)",
    "sigmoid": "1/(1 + exp(-u))",
    "logsigmoid": "-ln(1 + exp(-u))",
    "softplus": "ln(1 + exp(u))",
    "softsign": "u/(1 + abs(u))",
    "silu": "u/(1 + exp(-u))",
    "gelu": "u*(1 + erf(u/sqrt(2)))/2",
    "hardtanh": "max(-1, min(1, u))",
    "clamp": "min(max(u, v), w)",
    "sinc": "where(u == 0, 1, sin(pi*u)/(pi*u))",
    "lgamma": "ln(abs(gamma(u)))",
    "hypot": "sqrt(u^2 + v^2)",
    "round": "where(frac(u) == 1/2, 2*floor((u + 1)/2), floor(u + 1/2))",
}
"""What the operations that SymPy does not have are, written with those that it has."""


@lru_cache(maxsize=128)
def form(operation: str) -> Node | None:
    """The definition of an operation that SymPy lacks, over ``u``, ``v``, ``w``; None where it has it."""
    text = _FORMS.get(operation) or OPERATIONS[operation].definition
    return parse(f"form({', '.join(ARGUMENTS)}) = {text}").tree if text else None


class RealPower(sympy.Function):  # type: ignore[misc]
    """``base**(p/q)`` with q odd: the real root, also of a negative base."""

    is_real = True

    @classmethod
    def eval(cls, base: Any, exponent: Any) -> Any:
        """Fold what is known: numbers, the sign of the base, a whole exponent."""
        if base.is_nonnegative or exponent.is_Integer:
            return base**exponent
        if base.is_negative:
            root = (-base) ** exponent
            return -root if exponent.p % 2 else root
        return None

    def _eval_power(self, exponent: Any) -> Any:
        if exponent.is_Integer:
            return RealPower(self.args[0], self.args[1] * exponent)
        return None

    def fdiff(self, argindex: int = 1) -> Any:
        """By the base: the power rule, which holds for the real root too."""
        base, exponent = self.args
        return exponent * RealPower(base, exponent - 1)

    def _eval_evalf(self, prec: int) -> Any:
        base = self.args[0].evalf(n=max(15, int(prec / 3.33)))
        if not base.is_Float:
            return None
        root = abs(base) ** self.args[1]
        return (-root if base < 0 and self.args[1].p % 2 else root)._eval_evalf(prec)


def _opaque(name: str) -> Any:
    """A SymPy function that is only a name: what the tidied formula keeps as it is."""
    return type(name, (sympy.Function,), {"is_real": True})


OPAQUE = {name: _opaque(name) for name in _FORMS if name not in {"log2", "log10"}}
"""What SymPy does not have, as bare names."""

_SPECIAL: dict[str, Callable[..., Any]] = {
    "subtract": lambda u, v: u - v,
    "divide": lambda u, v: u / v,
    "negate": lambda u: -u,
    "log": lambda u, v: sympy.log(u) / sympy.log(v),
    "cbrt": lambda u: _power(u, sympy.Rational(1, 3)),
    "acot": lambda u: sympy.pi / 2 - sympy.atan(u),
    "polygamma": sympy.polygamma,
    "heaviside": lambda u: sympy.Heaviside(u, sympy.Rational(1, 2)),
}


def to_sympy(tree: Node, *, opaque: bool = False) -> Any:
    """The tree as a SymPy expression in real symbols. SymPy's own automatic simplifications happen.

    What SymPy does not have is written by its definition, or kept as a bare name with ``opaque``.
    """

    def combine(node: Node, arguments: tuple[Any, ...]) -> Any:
        match node:
            case Number(value):
                return sympy.Rational(value.numerator, value.denominator)
            case Variable(name):
                return sympy.Symbol(name, real=True)
        if node.operation == "power":
            return _power(arguments[0], arguments[1])
        if node.operation == "where":
            return _piecewise(*arguments)
        special = OPAQUE.get(node.operation) if opaque else None
        special = special or _SPECIAL.get(node.operation)
        if special is not None:
            return special(*arguments)
        row = OPERATIONS[node.operation]
        if not row.sympy:
            definition = form(node.operation)
            if definition is None:
                raise AssertionError(f"{node.operation} has neither a SymPy function nor a definition")
            names: dict[str, Node] = {name: Variable(f"_{name}") for name in ARGUMENTS}
            shape = to_sympy(substitute(definition, names))
            symbols = [sympy.Symbol(f"_{name}", real=True) for name in ARGUMENTS]
            return shape.subs(dict(zip(symbols, arguments, strict=False)), simultaneous=True)
        function = getattr(sympy, row.sympy)
        return function(*arguments) if row.arity[1] != 0 else function

    return fold(tree, combine)


def _power(base: Any, exponent: Any) -> Any:
    if base.is_Number and exponent.is_Number and base != 0 and abs(base) != 1:
        bits = abs(exponent) * max(abs(base.p).bit_length(), base.q.bit_length()) if base.is_Rational else 0
        if bits > LARGEST_POWER:
            return sympy.Pow(base, exponent, evaluate=False)
    if exponent.is_Rational and exponent.q % 2 == 1 and exponent.q > 1:
        return RealPower(base, exponent)
    if base == 0 and exponent.is_negative:
        return sympy.nan
    return base**exponent


def _piecewise(condition: Any, then: Any, otherwise: Any) -> Any:
    if condition in (sympy.true, sympy.false):
        return then if condition == sympy.true else otherwise
    if isinstance(otherwise, sympy.Piecewise):
        return sympy.Piecewise((then, condition), *otherwise.args)
    return sympy.Piecewise((then, condition), (otherwise, True))
