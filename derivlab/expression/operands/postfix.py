"""What stands behind its operand: ``n!``, ``30°``, ``x.exp()``, and the stroke that asks for a derivative."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivlab.expression import build
from derivlab.expression.build import Term
from derivlab.expression.messages import miscounted, misnamed, misnumbered, mistakes
from derivlab.expression.naming.spellings import SPELLINGS
from derivlab.expression.operands import calls
from derivlab.expression.operands.applied import applied
from derivlab.expression.operations import OPERATIONS
from derivlab.expression.programs import conversions
from derivlab.expression.tokens import Token

if TYPE_CHECKING:
    from derivlab.expression.grammar import Grammar


def factorial(grammar: Grammar, left: Term, token: Token) -> Term:
    """``n!``."""
    grammar.place += 1
    if grammar.tokens[grammar.place].kind == "!" and not grammar.tokens[grammar.place].gap:
        raise misnumbered.double_factorial(grammar.tokens[grammar.place])
    term = build.apply("factorial", (grammar.number(left),), left.start, token.end)
    grammar.large.append(term)
    return term


def degrees(grammar: Grammar, left: Term, token: Token) -> Term:
    """``30°`` is 30*pi/180."""
    grammar.place += 1
    start, end = left.start, token.end
    turned = build.apply("multiply", (grammar.number(left), build.apply("pi", (), start, end)), start, end)
    term = build.apply("divide", (turned, build.number(180, start, end)), start, end)
    term.bracketed = True
    return term


def method(grammar: Grammar, left: Term, token: Token) -> Term:
    """``x.exp()``, ``(x**2).clamp(min=0)``."""
    name = grammar.tokens[grammar.place + 1]
    opening = grammar.tokens[min(grammar.place + 2, len(grammar.tokens) - 1)]
    if name.text in conversions.METHODS and name.kind != "function" and opening.kind == "(":
        grammar.place += 2
        arguments, named, end = calls.read_arguments(grammar, opening)
        kinds = [*arguments, *named.values()]
        if not kinds and name.text in ("astype", "type"):
            raise miscounted.no_type(build.nothing(opening.start, end))
        if len(kinds) > 1:
            raise miscounted.wrong_count(grammar, name.text, name, len(kinds), end)
        term = conversions.converted(grammar, left, kinds[0] if kinds else None, name, end)
        return term.widened(left.start, end)
    if name.kind != "function" or name.value == "piecewise" or opening.kind != "(":
        raise misnamed.attribute(grammar, token, name)
    grammar.place += 2
    arguments, named, end = calls.read_arguments(grammar, opening)
    row = OPERATIONS.get(str(name.value))
    if row is not None and len(arguments) >= row.arity[0] > 0 and _is_module(grammar, left, str(name.value)):
        raise misnamed.no_module(grammar, left, name, end)
    in_order = [*arguments, left] if name.value == "polygamma" else [left, *arguments]
    term = applied(grammar, str(name.value), name, in_order, named, end)
    return term.widened(left.start, end)


def _is_module(grammar: Grammar, left: Term, name: str) -> bool:
    """Whether what stands before the point is more likely a module that is not known than a value.

    The brackets hold all that the function takes.
    """
    is_run = grammar.text[left.start - 1 : left.start].isalpha() and left.operation == ""
    return is_run or (OPERATIONS[name].arity == (1, 1) and name not in SPELLINGS)


def prime(grammar: Grammar, left: Term, token: Token) -> Term:
    """``x'`` asks for a derivative; other quotes do not belong in a formula."""
    raise mistakes.stroke(grammar, left, token)


def empty_call(grammar: Grammar, token: Token) -> int | None:
    """The end of the brackets of ``PI()``, as spreadsheets write it; None where there are none, and for a letter."""
    opening, closing = (
        grammar.tokens[grammar.place],
        grammar.tokens[min(grammar.place + 1, len(grammar.tokens) - 1)],
    )
    if len(token.text) == 1 or opening.kind != "(" or closing.kind != ")" or opening.gap:
        return None
    grammar.place += 2
    return closing.end
