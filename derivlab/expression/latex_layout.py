"""Parts of LaTeX that only set a formula, taken from the tokens to do (which are in reverse)."""

from __future__ import annotations

from derivlab.errors import ParseError
from derivlab.expression.tokens import Token

_LENGTHS = frozenset({"mm", "cm", "pt", "em", "ex", "in", "mu", "pc"})


def kind_ahead(todo: list[Token]) -> str:
    """The kind of the next token; an index ends without a token of its own for the end."""
    return todo[-1].kind if todo else "end"


def skip_row_spacing(todo: list[Token]) -> None:
    r"""The space in ``\\[2mm]`` and ``\\*``."""
    if kind_ahead(todo) == "*":
        todo.pop()
    ahead = todo[-4:][::-1]
    if [each.kind for each in ahead] == ["[", "number", "word", "]"] and ahead[2].text in _LENGTHS:
        del todo[-4:]


def skip_brace(todo: list[Token]) -> None:
    """The brace behind a command that is left out."""
    if kind_ahead(todo) != "{":
        return
    depth = 0
    while kind_ahead(todo) != "end":
        kind = todo.pop().kind
        depth += (kind == "{") - (kind == "}")
        if depth == 0:
            return


def take_index(todo: list[Token]) -> list[Token]:
    """The tokens between the square brackets of a root."""
    opening = todo.pop()
    found: list[Token] = []
    while kind_ahead(todo) not in ("]", "end", "["):
        found.append(todo.pop())
    if kind_ahead(todo) != "]" or not found:
        raise ParseError(
            "The index of this root is not closed.",
            span=opening.span,
            hint=r"Write it as in \sqrt[3]{x}.",
        )
    todo.pop()
    return found
