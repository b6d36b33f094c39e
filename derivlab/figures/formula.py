"""A typed function as MathML, part by part: each part knows the node of the tree that it shows.

The result is plain data, ``[tag, place, children]`` with text at the leaves, which a browser builds element
by element; ``place`` is the index of the tree's node in postorder, or -1 for a mark that belongs to the part
around it.
"""

from __future__ import annotations

from typing import TypeAlias

from derivlab.expression.naming.greek import GREEK_LETTERS
from derivlab.expression.operations import OPERATIONS
from derivlab.expression.precedence import INFIX, Level
from derivlab.expression.show import level_of, to_text
from derivlab.expression.tree import Apply, Node, Number, Variable, postorder, size_of

Part: TypeAlias = "list[str | int | list[Part] | str]"

MOST_PARTS = 150
"""A formula of more nodes is shown as text only: nobody reads it, and browsers nest elements only so deep."""

_GREEK = {name: letter for letter, name in GREEK_LETTERS.items() if letter != "ς"}
_SIGNS = {
    "multiply": "·",
    "subtract": "−",
    "less_equal": "≤",
    "greater_equal": "≥",
    "equal": "=",
    "not_equal": "≠",
}
_FENCES = {"abs": ("|", "|"), "floor": ("⌊", "⌋"), "ceil": ("⌈", "⌉")}


def formula(tree: Node) -> Part | None:
    """The formula as nested parts; None where it is too long to be read as one."""
    if size_of(tree) > MOST_PARTS:
        return None
    stack: list[tuple[Node, Part]] = []
    for place, node in enumerate(postorder(tree)):
        count = len(node.arguments) if isinstance(node, Apply) else 0
        inner = stack[len(stack) - count :] if count else []
        del stack[len(stack) - count :]
        stack.append((node, _part(node, inner, place)))
    return stack[0][1]


def _mark(text: str, tag: str = "mo") -> Part:
    return [tag, -1, text]


def _bracketed(part: Part, needed: bool) -> Part:
    return ["mrow", -1, [_mark("("), part, _mark(")")]] if needed else part


def _name(name: str) -> str:
    return _GREEK.get(name, name)


def _part(node: Node, inner: list[tuple[Node, Part]], place: int) -> Part:
    parts = [part for _, part in inner]
    if isinstance(node, Number):
        return ["mn", place, to_text(node)]
    if isinstance(node, Variable):
        stem, _, index = node.name.partition("_")
        if not index and stem.rstrip("0123456789") not in {stem, ""}:
            index = stem[len(stem.rstrip("0123456789")) :]
            stem = stem.rstrip("0123456789")
        if index:
            return ["msub", place, [_mark(_name(stem), "mi"), _mark(_name(index), "mi")]]
        return ["mi", place, _name(stem)]
    name = node.operation
    if name in INFIX:
        return _infix(node, inner, place)
    match name, parts:
        case ("negate", [part]):
            return ["mrow", place, [_mark("−"), _bracketed(part, level_of(inner[0][0]) <= Level.SIGN)]]
        case ("sqrt", [part]):
            return ["msqrt", place, [part]]
        case ("cbrt", [part]):
            return ["mroot", place, [part, _mark("3", "mn")]]
        case ("factorial", [part]):
            return ["mrow", place, [_bracketed(part, level_of(inner[0][0]) < Level.ATOM), _mark("!")]]
        case ("where", [condition, chosen, other]):
            rows: list[Part] = [_row(chosen, "if", [condition]), _row(other, "otherwise", [])]
            return ["mrow", place, [["mtable", -1, rows]]]
        case (_, [part]) if name in _FENCES:
            return ["mrow", place, [_mark(_FENCES[name][0]), part, _mark(_FENCES[name][1])]]
        case ("log", [part, base]):
            head: Part = ["msub", -1, [_mark("log", "mi"), base]]
            return ["mrow", place, [head, _mark("("), part, _mark(")")]]
        case (_, []):
            return ["mi", place, {"pi": "π", "undefined": "undefined"}.get(name, name)]
    separated: list[Part] = []
    for part in parts:
        separated += [_mark(","), part] if separated else [part]
    shown = {"asin": "arcsin", "acos": "arccos", "atan": "arctan"}.get(name, name)
    return ["mrow", place, [_mark(shown, "mi"), _mark("("), *separated, _mark(")")]]


def _row(value: Part, word: str, rest: list[Part]) -> Part:
    return ["mtr", -1, [["mtd", -1, [value]], ["mtd", -1, [["mtext", -1, f"\u00a0{word}\u00a0"], *rest]]]]


def _infix(node: Apply, inner: list[tuple[Node, Part]], place: int) -> Part:
    (left, first), (right, second) = inner
    level = INFIX[node.operation].level
    if node.operation == "divide":
        return ["mfrac", place, [first, second]]
    if node.operation == "power":
        return ["msup", place, [_bracketed(first, not isinstance(left, (Number, Variable))), second]]
    first = _bracketed(first, level_of(left) < level)
    second = _bracketed(second, level_of(right) <= level and node.operation != "add")
    if node.operation == "multiply" and _joins(left, right):
        return ["mrow", place, [first, _mark("\u2062"), second]]
    sign = _SIGNS.get(node.operation, INFIX[node.operation].text.strip())
    return ["mrow", place, [first, _mark(sign), second]]


def _joins(left: Node, right: Node) -> bool:
    """Whether a product is clear without its sign: a number or letter before a letter or a function."""
    while isinstance(left, Apply) and left.operation == "multiply":
        left = left.arguments[1]
    if isinstance(right, Apply) and right.operation == "power":
        right = right.arguments[0]
    plain = isinstance(left, (Number, Variable)) or (isinstance(left, Apply) and left.operation in OPERATIONS)
    return plain and isinstance(right, (Variable, Apply)) and not _is_division(left)


def _is_division(node: Node) -> bool:
    return isinstance(node, Apply) and node.operation in {"divide", "negate"}
