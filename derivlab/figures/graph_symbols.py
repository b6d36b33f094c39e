"""The symbols and numbers of a recorded graph as people write them: ``w₁ = x²``, ``∂f/∂w₁``, ``[1, 4]``."""

from __future__ import annotations

import re

from derivlab.autodiff.tape_nodes import Graph, GraphNode, Saved
from derivlab.autodiff.tape_values import Value
from derivlab.expression.show import to_text
from derivlab.figures import numbers

DIGITS = 6
MOST_SHOWN = 4

_SUPERSCRIPT = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
_SUBSCRIPT = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_POWER = re.compile(r"\^(-?\d+)(?![\d.^/!])")
_CHOICE = re.compile(r"^\{([^{}]*) if ([^{}]*), ([^{}]*) otherwise\}$")
_INDEXED = re.compile(r"\b([a-zA-Zα-ω])_?(\d+)\b")


def pretty(text: str) -> str:
    """Canonical text as people write it: ``3*x^2`` is ``3·x²``, ``w1`` is ``w₁``."""
    text = _CHOICE.sub(r"\1 if \2 else \3", pretty_words(text))
    text = _POWER.sub(lambda found: found[1].translate(_SUPERSCRIPT), text)
    return text.replace("*", "·").replace("-", numbers.MINUS)


def pretty_words(sentence: str) -> str:
    """A sentence with the symbols in it written as `pretty` writes them."""
    indexed = _INDEXED.sub(lambda found: found[1] + found[2].translate(_SUBSCRIPT), sentence)
    return indexed.replace(" -", f" {numbers.MINUS}").replace(" inf ", f" {numbers.INFINITY} ")


def number(value: Value | None, digits: int = DIGITS) -> str:
    """A number, a truth value, or the first few of many numbers."""
    if value is None:
        return "None"
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, tuple):
        return "NaN" if value != value else numbers.text(value, digits=digits)  # noqa: PLR0124
    shown = [number(item, digits) for item in value[:MOST_SHOWN]]
    return f"[{', '.join(shown)}{', …' if len(value) > MOST_SHOWN else ''}]"


def name_of(graph: Graph) -> str:
    """What the output is called in ``∂f/∂x``."""
    if graph.create_graph:
        return "g"
    return "S" if graph.nodes[graph.output].operation == "sum" else graph.function.name or "f"


def saved_value(saved: Saved) -> str:
    """What a backward node kept, as text."""
    return saved.value if isinstance(saved.value, str) else number(saved.value)


def expression(node: GraphNode) -> str:
    """The operation on the symbols of its arguments, such as ``3·w₁``."""
    return pretty(to_text(node.expression))


def partial(above: str, below: str) -> str:
    """``∂w₂/∂w₁`` as text."""
    return f"∂{pretty(above)}/∂{pretty(below)}"


def in_brackets(text: str) -> str:
    """A number as a factor: in brackets where a sign or a power of ten would be misread."""
    plain = text.startswith("[") or not (text.startswith(numbers.MINUS) or "×" in text or " " in text)
    return text if plain else f"({text})"
