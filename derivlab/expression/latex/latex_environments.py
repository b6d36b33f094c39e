r"""Environments: ``\begin{cases}`` holds the pieces of a function, ``\begin{align}`` only sets a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivlab.errors import ParseError, Span
from derivlab.expression.latex import latex_words
from derivlab.expression.latex.latex_layout import skip_brace
from derivlab.expression.tokens import Token

if TYPE_CHECKING:
    from derivlab.expression.latex.latex_input import Reader


def read_environment(reader: Reader, name: str, token: Token) -> None:
    r"""``\begin{cases}`` and ``\end{cases}``; environments that only set a line are left out."""
    opening = reader.todo.pop() if len(reader.todo) > 1 else token
    title = ""
    while opening.kind == "{" and reader.todo and reader.todo[-1].kind not in ("}", "end"):
        title += reader.todo.pop().text
    end = reader.todo[-1].end if reader.todo else token.end
    if reader.todo and reader.todo[-1].kind == "}":
        reader.todo.pop()
    is_lines = title in latex_words.LINES
    if name == "begin":
        reader.cases.append(not is_lines or reader.is_braced)
        reader.is_braced = False
        holds_pieces = reader.cases[-1]
    else:
        holds_pieces = reader.cases.pop() if reader.cases else not is_lines
    if is_lines and not holds_pieces:
        reader.is_aligned = True
        return
    if title not in latex_words.CASES and not is_lines:
        raise ParseError(
            f"The LaTeX environment {title!r} cannot be read.",
            span=Span(token.start, end),
            hint=r"For a piecewise function use \begin{cases} … \end{cases}.",
        )
    if name == "begin" and title == "array":
        skip_brace(reader.todo)
    if name == "end" and reader.done and reader.done[-1].kind == ".":
        reader.done.pop()
    reader.done.append(
        Token("cases" if name == "begin" else "endcases", token.text, token.start, end, token.gap)
    )
