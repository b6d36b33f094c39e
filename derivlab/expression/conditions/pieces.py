r"""Piecewise formulas: ``{x if x < 0, 2x otherwise}``, ``{x > 0: x, 0}``, ``a if c else b``, ``Piecewise((x, x > 0))``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivlab.expression import build
from derivlab.expression.build import Term, is_always
from derivlab.expression.conditions import choices
from derivlab.expression.conditions.ahead import (
    SEPARATORS,
    condition_is_alone,
    condition_is_next,
    has_comma,
    value_is_next,
)
from derivlab.expression.conditions.gaps import look_for_if
from derivlab.expression.conditions.restrictions import is_restriction
from derivlab.expression.messages import misjudged, mispieced, mistakes
from derivlab.expression.precedence import Level
from derivlab.expression.tokens import CLOSERS, COMPARES, Token

if TYPE_CHECKING:
    from derivlab.expression.grammar import Grammar

_PIECE = Level.CHOICE + 1


def braces(grammar: Grammar, opening: Token) -> Term:
    """Braces or LaTeX cases: a piecewise formula, or a mere bracket."""
    grammar.place += 1
    closer = "endcases" if opening.kind == "cases" else "}"
    token = grammar.tokens[grammar.place]
    if token.kind in (closer, "&", "row"):
        raise mistakes.missing(grammar, token)
    grammar.enter(2)
    term: Term | None = None
    if token.kind not in ("otherwise", "if", "(", "[") or not _begins_piece(grammar, token):
        term = grammar.expression(_PIECE)
    if term is None or term.is_condition or grammar.tokens[grammar.place].kind != closer:
        grammar.frames += 4
        term = pieces_until(grammar, closer, opening, term)
        grammar.frames -= 4
    grammar.leave(2)
    end = mistakes.expect(grammar, closer, opening).end
    return term.widened(opening.start, end)


def _begins_piece(grammar: Grammar, token: Token) -> bool:
    """Whether what begins here is no value: ``otherwise``, ``if c then``, or a pair of value and condition."""
    if token.kind == "if":
        return not choices.is_call(grammar)
    return token.kind == "otherwise" or has_comma(grammar)


class _Found:
    """What was found out on the way: whether conditions stand before their values, and lost words."""

    __slots__ = ("conditions_first", "lost")

    def __init__(self) -> None:
        self.conditions_first = False
        self.lost: list[tuple[Term, Term, Term]] = []


def pieces_until(grammar: Grammar, closer: str, opening: Token, first: Term | None = None) -> Term:
    """The pieces up to ``closer``, which is not taken; ``first`` is what was read of them already."""
    tokens = grammar.tokens
    pieces: list[tuple[Term, Term]] = []
    otherwise: Term | None = None
    found = _Found()
    word: Token | None = None  # the “otherwise” that was met
    while True:
        token = tokens[grammar.place]
        if token.kind == "otherwise" and first is None:
            grammar.place += 1
            grammar.place += tokens[grammar.place].kind in (":", ",", "&")
            word = token
            otherwise = grammar.number(grammar.expression(_PIECE))
        else:
            condition, value = _piece(grammar, closer, first, found)
            first = None
            if condition is None:
                otherwise = value
                word = _word_behind(grammar)
            else:
                pieces.append((condition, value))
            if tokens[grammar.place].kind == "otherwise":  # a if c else b
                if condition is None:
                    raise mispieced.no_condition(tokens[grammar.place])
                grammar.place += 1
                grammar.place += tokens[grammar.place].kind == ":"
                otherwise = grammar.number(grammar.expression(Level.CHOICE))
        while tokens[grammar.place].kind in (".", "row") or (
            tokens[grammar.place].kind in SEPARATORS and tokens[grammar.place + 1].kind in (closer, "row")
        ):
            grammar.place += 1
        if otherwise is not None or tokens[grammar.place].kind == closer:
            break
        if tokens[grammar.place].kind in SEPARATORS:
            grammar.place += 1
        elif not pieces or tokens[grammar.place - 1].kind not in ("row", ","):
            break
    if found.lost:
        raise mispieced.no_if(grammar, found.lost)
    if tokens[grammar.place].kind in SEPARATORS:
        raise misjudged.after_otherwise(grammar, tokens[grammar.place], bool(pieces))
    if otherwise is not None and not pieces:
        if word is not None:
            raise mispieced.no_condition(word)
        return otherwise
    return nested(pieces, otherwise, opening.start, tokens[grammar.place].end)


def _piece(grammar: Grammar, closer: str, first: Term | None, found: _Found) -> tuple[Term | None, Term]:
    """One piece: its condition (None: this is what holds otherwise) and its value."""
    if first is None:
        token = grammar.tokens[grammar.place]
        if token.kind == "if" and not choices.is_call(grammar):
            return choices.headed(grammar)
        if token.kind in ("(", "[") and has_comma(grammar):
            return pair(grammar)
        first = grammar.expression(_PIECE)
    tokens = grammar.tokens
    token = tokens[grammar.place]
    if token.kind == ":" and first.is_condition:
        grammar.place += 1
        return first, grammar.number(grammar.expression(_PIECE))
    if token.kind == ":" and condition_is_next(grammar):  # {x^2 : x < 0}
        grammar.place += 1
        return _condition(grammar), _value(grammar, first)
    if token.kind == "," and tokens[grammar.place + 1].kind in ("&", "if", "otherwise"):
        grammar.place += 1
        token = tokens[grammar.place]
    if token.kind == "&":
        grammar.place += 1
        token = tokens[grammar.place]
    if token.kind == "if":
        grammar.place += 1
        return _condition(grammar), _value(grammar, first)
    if token.kind == "otherwise" and not _more(tokens, grammar.place + 1):
        grammar.place += 1
        grammar.place += tokens[grammar.place].kind == "if"
        return None, _value(grammar, first)
    if first.is_condition:
        if token.kind in SEPARATORS and (found.conditions_first or value_is_next(grammar)):
            found.conditions_first = True  # {x < 0, x^2, x >= 0, x}
            grammar.place += 1
            return first, grammar.number(grammar.expression(_PIECE))
        if token.kind == closer or token.kind in SEPARATORS:  # {x > 0} counts 1 where it holds
            look_for_if(grammar, first, closer, found.lost)
            return first, build.number(1, first.start, first.end)
        raise mistakes.missing(grammar, token)
    if tokens[grammar.place - 1].kind == "&" or (token.kind == "," and condition_is_next(grammar)):
        grammar.place += token.kind == ","
        return _condition(grammar), _value(grammar, first)
    return None, _value(grammar, first)


def _word_behind(grammar: Grammar) -> Token | None:
    """The “otherwise” that has just been taken behind a value, as in ``x^2 otherwise``; None where there was none."""
    before = grammar.tokens[grammar.place - 1]
    if before.kind == "if":
        before = grammar.tokens[grammar.place - 2]
    return before if before.kind == "otherwise" else None


def _more(tokens: object, place: int) -> bool:
    """Whether a value follows ``otherwise``, as in ``a if c else b``."""
    return tokens[place].kind not in (",", ";", "}", ")", "]", "row", "endcases", "end", ".", "if")  # type: ignore[index]


def _condition(grammar: Grammar) -> Term:
    grammar.inside += 1
    term = _braced_condition(grammar) or grammar.condition(grammar.expression(_PIECE))
    while grammar.tokens[grammar.place].kind == "," and condition_is_alone(grammar):  # 1 & x > 0, x < 1
        grammar.place += 1
        also = grammar.condition(grammar.expression(_PIECE))
        term = also if is_always(term) else build.apply("and", (term, also), term.start, also.end)
    grammar.inside -= 1
    grammar.place += grammar.tokens[grammar.place].kind == ":"
    return term


def _braced_condition(grammar: Grammar) -> Term | None:
    """A condition with LaTeX braces around it, as in ``{x<0}``; None where none stands here."""
    opening = grammar.tokens[grammar.place]
    if opening.kind != "{" or not is_restriction(grammar):
        return None
    grammar.place += 1
    term = grammar.condition(grammar.expression(_PIECE))
    mistakes.expect(grammar, "}", opening)
    return term


def _value(grammar: Grammar, term: Term) -> Term:
    return grammar.number(term)


def pair(grammar: Grammar) -> tuple[Term, Term]:
    """Condition and value of a pair in brackets, ``(value, condition)``."""
    opening = grammar.tokens[grammar.place]
    grammar.place += 1
    grammar.enter(4)
    first = grammar.expression()
    mistakes.expect(grammar, ",", opening)
    second = grammar.expression()
    grammar.leave(4)
    mistakes.expect(grammar, CLOSERS[opening.kind], opening)
    if first.is_condition and not second.is_condition:
        first, second = second, first
    return grammar.condition(second), grammar.number(first)


def domain_follows(grammar: Grammar) -> bool:
    """Whether a condition for what was read follows behind a comma: ``x^2, x > 0`` or ``x², x < 0; x, x ≥ 0``.

    ``x^2, x = 3`` names a point and ``x^2, g(x) = x^3`` another function: there ``=`` is no comparison.
    """
    tokens = grammar.tokens
    compares = False
    depth = 0
    for place in range(grammar.place + 1, len(tokens)):
        kind = tokens[place].kind
        depth += (kind in ("(", "[", "{", "cases")) - (kind in (")", "]", "}", "endcases"))
        if depth:
            continue
        if kind in ("=", "==", ":="):
            if (
                not compares
                or tokens[place - 2].kind not in SEPARATORS
                or tokens[place - 1].kind != "variable"
            ):
                return False
        elif kind in COMPARES:
            compares = True
        elif kind in SEPARATORS and not compares:
            return False
    return compares


def nested(pieces: list[tuple[Term, Term]], otherwise: Term | None, start: int, end: int) -> Term:
    """The pieces as ``where`` inside ``where``; undefined where nothing is said."""
    rest = otherwise if otherwise is not None else build.apply("undefined", (), end, end)
    for condition, value in reversed(pieces):
        if is_always(condition):
            rest = value
        else:
            first = min(value.start, condition.start)
            rest = build.apply("where", (condition, value, rest), first, max(first, rest.end, condition.end))
    return rest


def truth(token: Token) -> Term:
    """``True`` and ``False``."""
    zero = build.number(0, token.start, token.end)
    holds = token.text[0] in "Tt"
    return build.apply("equal" if holds else "not_equal", (zero, zero), token.start, token.end)
