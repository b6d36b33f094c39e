"""Parts of LaTeX that only set a formula, taken from the tokens to do (which are in reverse)."""

from __future__ import annotations

from derivlab.errors import ParseError
from derivlab.expression.naming.names import FUNCTIONS
from derivlab.expression.noticed.notices import UNSURE, Notices
from derivlab.expression.operands.numerals import read_number
from derivlab.expression.tokens import Token

_LENGTHS = frozenset({"mm", "cm", "pt", "em", "ex", "in", "mu", "pc"})
_BEHIND = frozenset({"$", "end", ".", ",", ";"})


def kind_ahead(todo: list[Token]) -> str:
    """The kind of the next token; an index ends without a token of its own for the end."""
    return todo[-1].kind if todo else "end"


def count_behind(todo: list[Token]) -> int:
    """How many tokens stand behind the formula, such as a dollar sign and a full stop."""
    return next((count for count, token in enumerate(todo) if token.kind not in _BEHIND), len(todo))


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


def split_digits(done: list[Token], digits: Token, notices: Notices) -> list[Token]:
    r"""The digits that stand on the line behind a raised or lowered one, as TeX prints them: ``\sin^22x``, ``\log_28``.

    TeX raises one digit. Behind a function that is read so, since its authors saw it printed; behind any
    other base, as in ``x^23``, the whole number is meant as often, and it is only noticed.
    """
    sign, before = done[-1], done[-2] if len(done) > 1 else digits
    first, rest = digits.text[0], digits.text[1:]
    is_function = before.value == "whole" and before.text in FUNCTIONS
    if not rest.isdecimal() or first in "01" or (sign.kind == "_" and before.text != "log"):
        return []  # nobody writes the first power or the base 1 out
    shown = f"{sign.text}{digits.text}"
    if not is_function:
        if sign.kind == "^":
            notices.add(
                f"digits {digits.start}",
                f"{shown} was read as {sign.text}{{{digits.text}}}; TeX itself raises only the {first}.",
                digits.span,
                (digits.start, digits.end, f"{{{first}}}{rest}"),
            )
        return []
    notices.add(
        f"{UNSURE} digits {digits.start}",
        f"{shown} was read as TeX prints it: only the {first} is {'raised' if sign.kind == '^' else 'lowered'}.",
        digits.span,
        (digits.start, digits.end, f"{{{digits.text}}}"),
    )
    middle = digits.start + 1
    digits.text, digits.value = first, read_number(first, digits.start)
    after = Token("number", rest, middle, digits.end, False, read_number(rest, middle))
    digits.end = middle
    return [after]


def without_ties(tokens: list[Token]) -> list[Token]:
    """The tokens without ``~`` between a number and what it multiplies, where it is TeX's space: ``2~x``."""
    return [
        token
        for place, token in enumerate(tokens)
        if not (token.text == "~" and place and tokens[place - 1].kind == "number")
        or token.gap
        or tokens[place + 1].gap
    ]


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
