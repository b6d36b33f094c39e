"""Tree to SymPy and back.

Symbols are ``real=True``. The real root ``x^(1/3)`` and the operations that SymPy has not, or whose
derivative it gives as a Dirac delta, become functions of our own that know their definition.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache
from typing import Any

import sympy
from sympy.functions.elementary.piecewise import ExprCondPair

from derivlab.expression.operations import ARGUMENTS, OPERATIONS
from derivlab.expression.parse import parse
from derivlab.expression.tree import Apply, Node, Number, Variable, fold, substitute

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


_OPAQUE = {name: _opaque(name) for name in _FORMS if name not in {"log2", "log10"}}

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
        special = _OPAQUE.get(node.operation) if opaque else None
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


# ── back ──────────────────────────────────────────────────────────────────────────────────────────

_NAMES = {row.sympy: row.name for row in OPERATIONS.values() if row.sympy and row.arity[1] != 0}
_NAMES |= {"log": "ln", "StrictLessThan": "less", "LessThan": "less_equal", "StrictGreaterThan": "greater"}
_NAMES |= {name: name for name in _OPAQUE}
_NAMES |= {"GreaterThan": "greater_equal", "Equality": "equal", "Unequality": "not_equal"}
_CONSTANTS = {sympy.pi: "pi", sympy.E: "e", sympy.nan: "undefined", sympy.zoo: "undefined"}
_FOLDED = {"Max": "max", "Min": "min", "And": "and", "Or": "or"}


def from_sympy(expression: Any) -> Node:
    """The tree of a SymPy expression, in the order in which SymPy would print it.

    Raises ValueError for what our language does not have (an unevaluated integral, a complex number).
    """
    done: dict[Any, Node] = {}
    pending: list[Any] = [expression]
    while pending:
        node = pending[-1]
        if node in done:
            pending.pop()
            continue
        parts = _parts(node)
        missing = [part for part in parts if part not in done]
        if missing:
            pending.extend(reversed(missing))
        else:
            done[node] = _build(node, [done[part] for part in parts])
            pending.pop()
    return done[expression]


def _parts(node: Any) -> list[Any]:
    """The subexpressions that must be trees before ``node`` can be one."""
    if node.is_Rational or node.is_Symbol or node in _CONSTANTS or node == sympy.true:
        return []
    if node.is_Add:
        return [term if sign > 0 else -term for sign, term in map(_sign, node.as_ordered_terms())]
    if node.is_Mul:
        top, bottom = _quotient(node)
        return [*top, *bottom]
    if node.is_Pow and node.exp == sympy.Rational(1, 2):
        return [node.base]
    inverse = _inverse(node)
    if inverse is not None:
        return [inverse]
    if isinstance(node, sympy.exp):
        return [node.args[0]]
    if isinstance(node, sympy.Piecewise):
        return [part for pair in node.args for part in (pair.expr, pair.cond) if part != sympy.true]
    if isinstance(node, ExprCondPair):
        return [node.expr, node.cond]
    if isinstance(node, sympy.Heaviside):
        return [node.args[0]]
    if isinstance(node, sympy.polygamma) and node.args[0] == 0:
        return [node.args[1]]
    return list(node.args)


def _sign(term: Any) -> tuple[int, Any]:
    coefficient = term.as_coeff_Mul()[0]
    return (-1 if coefficient.is_negative else 1), term


def _quotient(product: Any) -> tuple[list[Any], list[Any]]:
    """Factors above and below the line; a sign stays with the caller as a factor −1 in front."""
    coefficient, rest = product.as_coeff_Mul()
    top: list[Any] = []
    bottom: list[Any] = []
    for factor in rest.as_ordered_factors() if rest.is_Mul else [rest]:
        inverse = _inverse(factor)
        (top if inverse is None else bottom).append(factor if inverse is None else inverse)
    if coefficient.is_Rational:
        if abs(coefficient.p) != 1 or not top:
            top.insert(0, sympy.Integer(abs(coefficient.p)))
        if coefficient.q != 1:
            bottom.insert(0, sympy.Integer(coefficient.q))
    else:
        top.insert(0, coefficient)
    return [factor for factor in top if factor != 1] or [sympy.Integer(1)], bottom


def _inverse(factor: Any) -> Any:
    """1/factor where the factor is a power with a negative exponent, else None."""
    if isinstance(factor, RealPower) and factor.args[1].is_negative:
        return RealPower(factor.args[0], -factor.args[1])
    if factor.is_Pow and factor.exp.is_Rational and factor.exp.is_negative:
        return 1 / factor
    return None


def _chain(operation: str, trees: list[Node]) -> Node:
    total = trees[0]
    for tree in trees[1:]:
        total = Apply(operation, (total, tree))
    return total


def _number(value: Any) -> Node:
    top: Node = Number(Fraction(abs(int(value.p))))
    tree = top if value.q == 1 else Apply("divide", (top, Number(Fraction(int(value.q)))))
    return Apply("negate", (tree,)) if value.p < 0 else tree


def _build(node: Any, parts: list[Node]) -> Node:
    if node.is_Rational:
        return _number(node)
    if node.is_Symbol:
        return Variable(node.name)
    if node in _CONSTANTS:
        return Apply(_CONSTANTS[node])
    if node.is_Add:
        return _sum([sign for sign, _ in map(_sign, node.as_ordered_terms())], parts)
    if node.is_Mul:
        top, _bottom = _quotient(node)
        product = _chain("multiply", parts[: len(top)])
        if len(parts) > len(top):
            product = Apply("divide", (product, _chain("multiply", parts[len(top) :])))
        negative = node.as_coeff_Mul()[0].is_negative
        return Apply("negate", (product,)) if negative else product
    if node.is_Pow or isinstance(node, RealPower):
        return _build_power(node, parts)
    if isinstance(node, sympy.exp):
        return Apply("power", (Apply("e"), parts[0]))
    if isinstance(node, sympy.Piecewise):
        return _build_piecewise(node, parts)
    name = "digamma" if isinstance(node, sympy.polygamma) and len(parts) == 1 else type(node).__name__
    if name in _FOLDED:
        return _chain(_FOLDED[name], parts)
    if name not in _NAMES:
        raise ValueError(f"{name} is not in the language")
    return Apply(_NAMES[name], tuple(parts))


def _sum(signs: list[int], parts: list[Node]) -> Node:
    total = Apply("negate", (parts[0],)) if signs[0] < 0 else parts[0]
    for sign, part in zip(signs[1:], parts[1:], strict=True):
        total = Apply("subtract" if sign < 0 else "add", (total, part))
    return total


def _build_power(node: Any, parts: list[Node]) -> Node:
    if len(parts) == 1 and node.is_Pow and node.exp == sympy.Rational(1, 2):
        return Apply("sqrt", (parts[0],))
    if len(parts) == 1:
        return Apply("divide", (Number(Fraction(1)), parts[0]))
    return Apply("power", (parts[0], parts[1]))


def _build_piecewise(node: Any, parts: list[Node]) -> Node:
    pieces = iter(parts)
    pairs = [(next(pieces), next(pieces) if pair.cond != sympy.true else None) for pair in node.args]
    tree: Node = Apply("undefined")
    for value, condition in reversed(pairs):
        tree = value if condition is None else Apply("where", (condition, value, tree))
    return tree
