"""Trees to LaTeX, which parses back to the same tree."""

from __future__ import annotations

from collections.abc import Mapping
from string import Formatter

from derivlab.expression.operations import OPERATIONS
from derivlab.expression.precedence import INFIX, Level
from derivlab.expression.show import (
    Piece,
    chained,
    choices,
    comparisons,
    decimal,
    flattened,
    left_needs,
    level_of,
    render,
    right_needs,
)
from derivlab.expression.tree import Apply, Node, Number, Variable


def to_latex(tree: Node, written: Mapping[str, str] | None = None) -> str:
    """LaTeX as a textbook sets it; ``written`` has the LaTeX of variables that stand for something else."""
    if not written:
        return render(tree, _latex_layout)

    def is_known(node: Node) -> bool:
        return isinstance(node, Variable) and node.name in written

    def layout(node: Node) -> list[Piece]:
        if isinstance(node, Variable) and node.name in written:
            return [written[node.name]]
        laid = _latex_layout(node)
        if isinstance(node, Apply) and node.operation == "multiply" and any(map(is_known, node.arguments)):
            return [r" \cdot " if piece == " " else piece for piece in laid]
        return laid

    return render(tree, layout)


_TWO_SIDED = frozenset({"sigma", "gamma", "psi", "Gamma"})


def _latex_layout(node: Node) -> list[Piece]:
    if isinstance(node, Number):
        value = node.value
        return [decimal(value) or rf"\frac{{{value.numerator}}}{{{value.denominator}}}"]
    if isinstance(node, Variable):
        return [name_to_latex(node.name)]
    operation, arguments = node.operation, node.arguments
    if operation == "divide":
        return [r"\frac{", arguments[0], "}{", arguments[1], "}"]
    if operation == "power":
        return _latex_power(*arguments)
    if operation == "multiply":
        return _latex_product(*arguments)
    chain = chained(node) if operation == "and" else ()
    if chain:
        return comparisons(chain, lambda name: INFIX[name].latex, _latex_operand)
    infix = INFIX.get(operation)
    if infix is not None:
        left, right = arguments
        return [
            *_latex_operand(left, *left_needs(left, infix.level, infix.groups_right)),
            infix.latex,
            *_latex_operand(right, right_needs(right, infix.level, infix.groups_right)),
        ]
    if operation == "negate":
        return ["-", *_latex_operand(arguments[0], level_of(arguments[0]) <= Level.SIGN)]
    if operation == "not":
        return [r"\text{not } ", *_latex_operand(arguments[0], level_of(arguments[0]) < Level.NOT)]
    if operation == "factorial":
        return [*_latex_operand(arguments[0], level_of(arguments[0]) < Level.ATOM), "!"]
    if operation == "where":
        return _latex_cases(node)
    template = OPERATIONS[operation].latex or rf"\operatorname{{{operation}}}"
    if not arguments:
        return [template]
    if "{0}" in template:
        return _filled(template, arguments)
    laid: list[Piece] = [template, r"\left("]
    for place, argument in enumerate(flattened(node)):
        laid += [", ", argument] if place else [argument]
    return [*laid, r"\right)"]


_CALLED = frozenset({r"\Gamma"})
"""A letter that is a function only right before a bracket."""


def _latex_power(base: Node, exponent: Node) -> list[Piece]:
    raised: list[Piece] = ["^{", exponent, "}"]
    command = _raised_command(base, exponent)
    if command and isinstance(base, Apply):
        return [command, *raised, r"\left(", base.arguments[0], r"\right)"]
    return [*_latex_operand(base, _is_base_bracketed(base)), *raised]


def _raised_command(base: Node, exponent: Node) -> str:
    r"""The command of a function that has its exponent before the bracket, as in ``\sin^{2}``; else nothing."""
    if isinstance(base, Apply) and isinstance(exponent, Number) and len(base.arguments) == 1:
        command = OPERATIONS[base.operation].latex
        if command.startswith("\\") and "{0}" not in command and command not in _CALLED:
            return command
    return ""


def _is_base_bracketed(base: Node) -> bool:
    return level_of(base) <= Level.POWER or not _is_closed(base)


def _is_closed(node: Node) -> bool:
    """Whether an exponent behind the node is seen to belong to all of it."""
    if isinstance(node, Apply):
        return node.operation not in ("sqrt", "cbrt", "where") and level_of(node) == Level.ATOM
    return not isinstance(node, Number) or "e" not in (decimal(node.value) or "e")


def _latex_product(left: Node, right: Node) -> list[Piece]:
    before = _latex_operand(left, level_of(left) < Level.PRODUCT)
    after = _latex_operand(
        right,
        right_needs(right, Level.PRODUCT, False)
        and not (isinstance(right, Apply) and right.operation == "divide"),
    )
    return [*before, r" \cdot " if _needs_dot(left, right, len(after) > 1) else " ", *after]


def _needs_dot(left: Node, right: Node, bracket: bool) -> bool:
    """Whether a product without a sign would be read as something else."""
    last = _rightmost(left)
    if isinstance(last, Variable) and last.name in _TWO_SIDED:
        return bracket or _begins_with_bracket(right)
    if bracket:
        return False
    first = _leftmost(right)
    if isinstance(last, Variable) and last.name == "d" and isinstance(first, Variable):
        return True  # d x would be a differential
    return isinstance(first, Number) or (
        isinstance(first, Apply) and first.operation == "divide" and isinstance(last, Number)
    )


def _begins_with_bracket(node: Node) -> bool:
    """Whether a power or a factorial is printed with a bracket first."""
    while isinstance(node, Apply) and node.operation in ("power", "factorial"):
        inner = node.arguments[0]
        if node.operation == "factorial":
            is_bracketed = level_of(inner) < Level.ATOM
        elif _raised_command(inner, node.arguments[1]):
            return False
        else:
            is_bracketed = _is_base_bracketed(inner)
        if is_bracketed or (isinstance(inner, Apply) and inner.operation == "where"):
            return True
        node = inner
    return False


def _leftmost(node: Node) -> Node:
    """The node whose sign is printed first."""
    while isinstance(node, Apply) and (
        (node.operation in INFIX and node.operation != "divide") or node.operation == "factorial"
    ):
        node = node.arguments[0]
    return node


def _rightmost(node: Node) -> Node:
    while isinstance(node, Apply) and node.operation == "multiply":
        node = node.arguments[1]
    return node


def _latex_cases(node: Apply) -> list[Piece]:
    laid: list[Piece] = [r"\begin{cases} "]
    pieces, otherwise = choices(node)
    for place, (condition, value) in enumerate(pieces):
        laid += [r" \\ "] if place else []
        laid += [value, r" & \text{if } ", condition]
    if otherwise is not None:
        laid += [r" \\ ", otherwise, r" & \text{otherwise}"]
    return [*laid, r" \end{cases}"]


def _filled(template: str, arguments: tuple[Node, ...]) -> list[Piece]:
    laid: list[Piece] = []
    for text, place, _, _ in Formatter().parse(template):
        laid.append(text)
        if place is not None:
            argument = arguments[int(place)]
            laid += _latex_bracketed(argument, template.endswith("!") and level_of(argument) < Level.ATOM)
    return laid


def _latex_operand(node: Node, needed: bool) -> list[Piece]:
    """An operand of a sign; pieces get brackets, since nothing shows where their brace ends."""
    return _latex_bracketed(node, needed or (isinstance(node, Apply) and node.operation == "where"))


def _latex_bracketed(node: Node, needed: bool) -> list[Piece]:
    return [r"\left(", node, r"\right)"] if needed else [node]


def name_to_latex(name: str) -> str:
    r"""A variable's or a function's name: ``x1`` as ``x_{1}``, ``alpha`` as ``\alpha``."""
    from derivlab.expression.naming.greek import GREEK_NAMES

    stem, _, subscript = name.partition("_")
    if not subscript:
        stem = name.rstrip("0123456789")
        subscript = name[len(stem) :]
    if not stem.isalpha() or stem.lower().endswith("log"):
        return rf"\mathrm{{{name}}}"
    shown = "\\" + stem if stem in GREEK_NAMES else stem if len(stem) == 1 else rf"\mathrm{{{stem}}}"
    return f"{shown}_{{{subscript}}}" if subscript else shown
