"""SymPy to tree: the way back, for formulas that SymPy made."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import sympy
from sympy.functions.elementary.piecewise import ExprCondPair

from derivlab.expression.operations import OPERATIONS
from derivlab.expression.tree import Apply, Node, Number, Variable
from derivlab.lowering.to_sympy import OPAQUE, RealPower

_NAMES = {row.sympy: row.name for row in OPERATIONS.values() if row.sympy and row.arity[1] != 0}
_NAMES |= {"log": "ln", "StrictLessThan": "less", "LessThan": "less_equal", "StrictGreaterThan": "greater"}
_NAMES |= {name: name for name in OPAQUE}
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
