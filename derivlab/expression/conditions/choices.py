"""Choices in the line: ``a if c else b``, ``c ? a : b``, ``if c then a else b``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivlab.expression import build
from derivlab.expression.build import Term
from derivlab.expression.conditions.ahead import closing
from derivlab.expression.messages import mispieced, mistakes
from derivlab.expression.precedence import Level
from derivlab.expression.tokens import COMPARES, STARTS, Token, onward

if TYPE_CHECKING:
    from derivlab.expression.grammar import Grammar

_PIECE = Level.CHOICE + 1


def conditional(grammar: Grammar, value: Term) -> Term:
    """``a if c else b``; undefined where there is no ``else``."""
    grammar.place += 1
    grammar.inside += 1
    grammar.frames += 1
    condition = grammar.condition(grammar.expression(_PIECE))
    if grammar.tokens[grammar.place].kind == "otherwise":
        grammar.place += 1
        rest = grammar.number(grammar.expression(Level.CHOICE))
    else:
        rest = build.apply("undefined", (), condition.end, condition.end)
    grammar.inside -= 1
    grammar.frames -= 1
    if build.is_always(condition):
        return grammar.number(value)
    return build.apply(
        "where", (condition, grammar.number(value), rest), value.start, max(rest.end, condition.end)
    )


def question(grammar: Grammar, condition: Term) -> Term:
    """``c ? a : b``."""
    mark = grammar.tokens[grammar.place]
    if not condition.is_condition and not _has_colon(grammar):
        raise mistakes.surprise(grammar, mark)
    grammar.condition(condition)
    grammar.place += 1
    grammar.frames += 1
    value = grammar.number(grammar.expression(Level.CHOICE))
    mistakes.expect(grammar, ":", mark)
    rest = grammar.number(grammar.expression(Level.CHOICE))
    grammar.frames -= 1
    return build.apply("where", (condition, value, rest), condition.start, rest.end)


def _has_colon(grammar: Grammar) -> bool:
    """Whether a colon follows, so that the question mark may belong to ``c ? a : b``."""
    return any(token.kind == ":" for token in onward(grammar.tokens, grammar.place))


def opposite(grammar: Grammar, sign: Token) -> Term:
    """``!(x > 0)`` of programs: not."""
    place = grammar.place
    grammar.place += 1
    grammar.frames += 2
    term = grammar.operand(Level.ATOM)
    grammar.frames -= 2
    if not term.is_condition:
        grammar.place = place
        raise mistakes.missing(grammar, sign)
    return build.apply("not", (term,), sign.start, term.end)


def is_call(grammar: Grammar) -> bool:
    """Whether the ``if`` here is a function with its arguments, as in ``If(x > 0, x, 0)``."""
    opening = grammar.tokens[grammar.place + 1]
    return opening.kind in ("(", "[") and closing(grammar, grammar.place + 1, (",", ";"))[1]


def if_then(grammar: Grammar) -> Term:
    """``if x > 0 then x else 0``; undefined where there is no ``else``."""
    start = grammar.tokens[grammar.place].start
    condition, value = headed(grammar)
    tokens = grammar.tokens
    grammar.place += (
        tokens[grammar.place].kind in (",", ";", "row") and tokens[grammar.place + 1].kind == "otherwise"
    )
    if tokens[grammar.place].kind != "otherwise":
        return build.apply(
            "where", (condition, value, build.apply("undefined", (), value.end, value.end)), start, value.end
        )
    grammar.place += 1
    grammar.place += tokens[grammar.place].kind == ":"
    grammar.frames += 2
    rest = grammar.number(grammar.expression(Level.CHOICE))
    grammar.frames -= 2
    return build.apply("where", (condition, value, rest), start, rest.end)


def headed(grammar: Grammar) -> tuple[Term, Term]:
    """Condition and value of ``if x > 0 then x``, ``if x > 0: x``, ``if (x > 0) x`` and ``if x > 0 {x}``."""
    tokens = grammar.tokens
    word = tokens[grammar.place]
    grammar.place += 1
    _mark_body(grammar)
    grammar.inside += 1
    grammar.frames += 2
    is_bracketed = _is_condition_in_brackets(grammar)
    condition = grammar.operand(Level.ATOM) if is_bracketed else grammar.expression(_PIECE)
    condition = grammar.condition(condition)
    grammar.inside -= 1
    if tokens[grammar.place].kind in ("then", ":", ","):
        grammar.place += 1
    elif not is_bracketed:
        raise mispieced.no_then(word, condition)
    value = grammar.number(grammar.expression(_PIECE))
    grammar.frames -= 2
    return condition, value


def _mark_body(grammar: Grammar) -> None:
    """Put ``then`` before the brace that holds the value, as in ``if x > 0 {x} else {0}``."""
    tokens = grammar.tokens
    depth = 0
    for place in range(grammar.place, len(tokens)):
        token = tokens[place]
        if token.kind == "{" and not depth and tokens[place - 1].kind in _ENDS_OPERAND:
            tokens.insert(place, Token("then", "then", token.start, token.start))
            return
        depth += (token.kind in ("(", "[", "{")) - (token.kind in (")", "]", "}"))
        if depth < 0 or (not depth and token.kind in ("then", ":", ",", ";", "row", "otherwise", "if")):
            return


_ENDS_OPERAND = frozenset({"number", "variable", "constant", "fraction", ")", "]", "}", "|", "‖", "!", "°"})


def _is_condition_in_brackets(grammar: Grammar) -> bool:
    """Whether brackets hold the whole condition: ``if (x > 0) x``, but not ``if (x + 1) > 0``."""
    if grammar.tokens[grammar.place].kind != "(":
        return False
    end, compares = closing(grammar, grammar.place, COMPARES)
    after = grammar.tokens[min(end + 1, len(grammar.tokens) - 1)].kind
    return compares and (after in STARTS or after in ("-", "|", "‖", "then", ":", ","))
