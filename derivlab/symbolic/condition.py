"""Conditions in words that stand behind a formula: ``for x > 0``, ``for x not a whole number``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from derivlab.expression.show import to_text
from derivlab.expression.show_latex import to_latex
from derivlab.expression.tree import Apply, Node, fold
from derivlab.lowering.domain import NEVER, both

LONGEST = 200
"""Characters of a condition that anybody reads."""


@dataclass(frozen=True, slots=True)
class Condition:
    """Where something holds, in a few words: ``x > 0``, ``x < -1 or x > 1``, ``x not a whole number``."""

    text: str
    latex: str

    @property
    def phrase(self) -> str:
        """The condition behind a formula, as LaTeX: ``for x > 0``."""
        return self.latex if self in (NOWHERE, MANY) else rf"\text{{for }} {self.latex}"


NOWHERE = Condition("nowhere", r"\text{nowhere}")
MANY = Condition("where every part has a slope", r"\text{where every part has a slope}")


def is_not_whole(clause: Node) -> bool:
    """Whether a condition is that a number is not whole: ``u != floor(u)``."""
    match clause:
        case Apply("not_equal", (inner, Apply("floor", (same,)))):
            return inner == same
    return False


def condition(parts: Sequence[Node]) -> Condition | None:
    """Conditions that must all hold, in words; None where there is none."""
    if NEVER in parts:
        return NOWHERE
    whole: Node | None = None
    for part in parts:
        whole = both(whole, part)
    if whole is None:
        return None
    found = fold(whole, _said)
    return found if len(found.text) <= LONGEST else MANY


def _said(node: Node, parts: tuple[Condition, ...]) -> Condition:
    """A condition in words that stand between formulas."""
    match node:
        case Apply("and", (Apply(first, (_, middle)), Apply(second, (same, high)))) if middle == same and {
            first,
            second,
        } <= {"less", "less_equal"}:
            text, latex = ("<", "<") if second == "less" else ("<=", r"\le")
            return Condition(
                f"{parts[0].text} {text} {to_text(high)}", f"{parts[0].latex} {latex} {to_latex(high)}"
            )
        case Apply("and" | "or" as joint, inner):
            left, right = (
                Condition(f"({said.text})", rf"\left({said.latex}\right)")
                if joint == "and" and isinstance(each, Apply) and each.operation == "or"
                else said
                for each, said in zip(inner, parts, strict=True)
            )
            return Condition(
                f"{left.text} {joint} {right.text}", rf"{left.latex} \text{{ {joint} }} {right.latex}"
            )
        case Apply(_, (inner, _)) if is_not_whole(node):
            return Condition(
                f"{to_text(inner)} not a whole number", rf"{to_latex(inner)} \notin \mathbb{{Z}}"
            )
    return Condition(to_text(node), to_latex(node))
