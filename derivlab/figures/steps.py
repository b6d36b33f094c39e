"""Steps as the lines of a worked solution: a heading, the rule, the equation. Plain data, LaTeX without dollar signs."""

from __future__ import annotations

from dataclasses import dataclass

from derivlab.expression.operations import OPERATIONS
from derivlab.expression.show_latex import name_to_latex, to_latex
from derivlab.expression.tree import Apply, Variable, postorder, substitute
from derivlab.symbolic.differentiate import rule
from derivlab.symbolic.step import Steps
from derivlab.symbolic.validity import valid_where

TITLES = {
    "constant": "Constant",
    "identity": "The variable itself",
    "sum": "Sum rule",
    "constant multiple": "Constant factor",
    "product": "Product rule",
    "quotient": "Quotient rule",
    "reciprocal": "Quotient rule, constant on top",
    "rewriting": "Written as a power",
    "power": "Power rule",
    "exponential": "Exponential function",
    "function": "Known derivative",
    "chain": "Chain rule",
    "power of functions": "Power with a variable exponent",
    "several arguments": "Chain rule for several arguments",
    "piecewise": "Piece by piece",
}
"""The names of the rules, as a textbook has them."""

FORMULAS = {
    "constant": r"c' = 0",
    "identity": r"x' = 1",
    "sum": r"(u \pm v)' = u' \pm v'",
    "constant multiple": r"(c \, u)' = c \, u'",
    "product": r"(u \, v)' = u' v + u \, v'",
    "quotient": r"\left(\frac{u}{v}\right)' = \frac{u' v - u \, v'}{v^2}",
    "reciprocal": r"\left(\frac{c}{v}\right)' = -\frac{c \, v'}{v^2}",
    "rewriting": r"\frac{c}{u^n} = c \, u^{-n}",
    "power": r"(x^n)' = n \, x^{n-1}",
    "exponential": r"(a^x)' = a^x \ln a",
    "chain": r"\big(g(u)\big)' = g'(u) \cdot u'",
    "power of functions": r"\left(u^v\right)' = u^v \left(v' \ln u + v \, \frac{u'}{u}\right)",
    "several arguments": r"\big(g(u, v)\big)' = \frac{\partial g}{\partial u} u' + \frac{\partial g}{\partial v} v'",
}
"""The rules themselves; u and v are functions of the variable, c, n and a are constants."""

SPOKEN = {
    "abs": "the absolute value",
    "sqrt": "the square root",
    "cbrt": "the cube root",
    "sign": "the sign",
    "gamma": "the gamma function",
    "factorial": "the factorial",
    "heaviside": "the unit step",
} | {f"a{name}": f"arc{name}" for name in ("sin", "cos", "tan", "sec", "csc", "cot")}
"""What an operation is called where the table's own name is that of a program."""

_EXPLAINED = frozenset(("steps and corners", "activations", "special"))
"""The groups of the operations that a textbook of school does not have."""
_OF_E = r"(e^x)' = e^x"
_THREE = r"(u \, v \, w)' = u' v w + u \, v' w + u \, v \, w'"
TRIVIAL = ("constant", "identity")
"""Rules that need no line of their own for who has seen them once."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the solution. ``depth`` is how many rules it stands inside, ``title`` the name of its rule.

    ``formula`` is the rule, ``equation`` what it says here. ``outer`` has the outer function, its derivative and the inner
    function of a chain rule, as equations. ``words`` has what is new in the equation and not from school, as text and in
    words. A line without a title puts together what the lines before it found.
    """

    depth: int
    title: str
    formula: str
    equation: str
    outer: tuple[str, ...] = ()
    words: tuple[tuple[str, str], ...] = ()


def lines(root: Steps, *, is_partial: bool = False, with_trivial: bool = False) -> list[Line]:
    """The worked solution, a rule before the steps that it needs and what it comes to after them.

    ``is_partial`` writes partial derivatives. Without ``with_trivial`` the derivatives of constants and of the variable
    itself have no line of their own, unless nothing else is there.
    """
    found: list[Line] = []
    pending: list[tuple[Steps, int, bool]] = [(root, 0, False)]
    while pending:
        step, depth, is_done = pending.pop()
        sign = _operator(step, is_partial)
        left = f"{sign}{_held(to_latex(step.before.tree))}"
        if is_done:
            found.append(Line(depth, "", "", f"{left} = {to_latex(step.after.tree)}"))
            continue
        inner = [child for child in step.children if with_trivial or child.rule not in TRIVIAL]
        right = _right(step, is_partial)
        if not inner:
            ends = to_latex(step.after.tree)
            right = ends if right == ends else f"{right} = {ends}"
        told = f"{left} = {right}"
        found.append(Line(depth, title(step), formula(step), told, _outer(step), _words(step)))
        if inner:
            pending.append((step, depth, True))
            pending += [(child, depth + 1, False) for child in reversed(inner)]
    return found


def title(step: Steps) -> str:
    """The name of the rule, for a function with what it is called."""
    node = step.before.tree
    if step.rule == "function" and isinstance(node, Apply):
        return f"Derivative of {SPOKEN.get(node.operation, node.operation)}"
    return TITLES[step.rule]


def formula(step: Steps) -> str:
    """The rule as LaTeX; for a function what the table says; empty where there is none."""
    node = step.before.tree
    if step.rule == "function" and isinstance(node, Apply):
        return _from_table(node)
    if step.rule == "exponential" and isinstance(node, Apply):
        is_natural = node.operation == "exp" or node.arguments[0] == Apply("e")
        return _OF_E if is_natural else FORMULAS[step.rule]
    if step.rule == "product" and len(step.children) > 2:
        return _THREE
    return FORMULAS.get(step.rule, "")


def _from_table(node: Apply) -> str:
    row = OPERATIONS[node.operation]
    if len(node.arguments) != 1 or row.rules[0] == "":
        return ""
    known = rule(node.operation, 0)
    if known is None:
        return ""
    known = substitute(known, {"u": Variable("x")})
    shown = Apply(node.operation, (Variable("x"),))
    where = valid_where(shown, known, ("x",))
    holds = rf"\ \ {where.phrase}" if where else ""
    return rf"\left({to_latex(shown)}\right)' = {to_latex(known)}{holds}"


def _operator(step: Steps, is_partial: bool) -> str:
    d = r"\partial" if is_partial else "d"
    return rf"\frac{{{d}}}{{{d} {name_to_latex(step.wrt)}}}"


def _held(latex: str) -> str:
    return rf"\left[{latex}\right]"


def _right(step: Steps, is_partial: bool) -> str:
    """The rule's right side, with the derivatives of the parts still to be taken."""
    if not step.children:
        return to_latex(step.after.tree)
    sign = _operator(step, is_partial)
    written = {
        place: f"{sign}{_held(to_latex(child.before.tree))}"
        for place, child in zip(step.places, step.children, strict=True)
    }
    return to_latex(step.applied, written)


def _outer(step: Steps) -> tuple[str, ...]:
    if step.outer is None:
        return ()
    inner = name_to_latex(step.outer.wrt)
    return (
        f"g({inner}) = {to_latex(step.outer.before.tree)}",
        f"g'({inner}) = {to_latex(step.outer.after.tree)}",
        f"{inner} = {to_latex(step.children[0].before.tree)}",
    )


def _words(step: Steps) -> tuple[tuple[str, str], ...]:
    """What the derivative brings in that is not from school, with what the table says of it."""
    if step.rule not in ("function", "chain", "several arguments"):
        return ()
    known = {node.operation for node in postorder(step.before.tree) if isinstance(node, Apply)}
    result = step.applied if step.children else step.after.tree
    new = {
        node.operation: node
        for node in postorder(result)
        if isinstance(node, Apply) and node.operation not in known
    }
    rows = [(OPERATIONS[name], node) for name, node in new.items()]
    return tuple(
        (to_latex(Apply(row.name, (Variable("x"),)) if row.arity == (1, 1) else node), row.doc)
        for row, node in rows
        if row.group in _EXPLAINED
    )
