r"""Piecewise formulas: ``{x if x < 0, 2x otherwise}``, ``{x > 0: x, 0}``, ``a if c else b``, ``Piecewise((x, x > 0))``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivlab.expression import build, misjudged, mistakes
from derivlab.expression.build import Term
from derivlab.expression.precedence import Level
from derivlab.expression.tokens import Token

if TYPE_CHECKING:
    from derivlab.expression.grammar import Grammar

_PIECE = Level.CHOICE + 1
_COMPARES = frozenset({"<", ">", "<=", ">=", "==", "!=", "=", "member"})
_SEPARATORS = (",", ";", "row")


def braces(grammar: Grammar, opening: Token) -> Term:
    """Braces or LaTeX cases: a piecewise formula, or a mere bracket."""
    grammar.place += 1
    closer = "endcases" if opening.kind == "cases" else "}"
    if grammar.tokens[grammar.place].kind in (closer, "&", "row"):
        raise mistakes.missing(grammar, grammar.tokens[grammar.place])
    grammar.enter(2)
    term = grammar.expression(_PIECE) if grammar.tokens[grammar.place].kind != "otherwise" else None
    if term is None or term.is_condition or grammar.tokens[grammar.place].kind != closer:
        grammar.frames += 4
        term = pieces_until(grammar, closer, opening, term)
        grammar.frames -= 4
    grammar.leave(2)
    end = mistakes.expect(grammar, closer, opening).end
    return term.widened(opening.start, end)


def pieces_until(grammar: Grammar, closer: str, opening: Token, first: Term | None = None) -> Term:
    """The pieces up to ``closer``, which is not taken; ``first`` is what was read of them already."""
    tokens = grammar.tokens
    pieces: list[tuple[Term, Term]] = []
    otherwise: Term | None = None
    while True:
        token = tokens[grammar.place]
        if token.kind == "otherwise" and first is None:
            grammar.place += 1
            grammar.place += tokens[grammar.place].kind in (":", ",", "&")
            otherwise = grammar.number(grammar.expression(_PIECE))
        else:
            condition, value = _piece(grammar, closer, first)
            first = None
            if condition is None:
                otherwise = value
            else:
                pieces.append((condition, value))
            if tokens[grammar.place].kind == "otherwise":  # a if c else b
                if condition is None:
                    raise misjudged.otherwise_alone(tokens[grammar.place], value)
                grammar.place += 1
                otherwise = grammar.number(grammar.expression(Level.CHOICE))
        while tokens[grammar.place].kind in (".", "row") or (
            tokens[grammar.place].kind in _SEPARATORS and tokens[grammar.place + 1].kind in (closer, "row")
        ):
            grammar.place += 1
        if otherwise is not None or tokens[grammar.place].kind == closer:
            break
        if tokens[grammar.place].kind in _SEPARATORS:
            grammar.place += 1
        elif not pieces or tokens[grammar.place - 1].kind not in ("row", ","):
            break
    if tokens[grammar.place].kind in _SEPARATORS:
        raise misjudged.after_otherwise(grammar, tokens[grammar.place], bool(pieces))
    if otherwise is not None and not pieces:
        return otherwise
    return nested(pieces, otherwise, opening.start, tokens[grammar.place].end)


def _piece(grammar: Grammar, closer: str, first: Term | None) -> tuple[Term | None, Term]:
    """One piece: its condition (None: this is what holds otherwise) and its value."""
    tokens = grammar.tokens
    if first is None:
        first = grammar.expression(_PIECE)
    token = tokens[grammar.place]
    if token.kind == ":" and first.is_condition:
        grammar.place += 1
        return first, grammar.number(grammar.expression(_PIECE))
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
        if token.kind == closer or token.kind in _SEPARATORS:  # {x > 0} counts 1 where it holds
            return first, build.number(1, first.start, first.end)
        raise mistakes.missing(grammar, token)
    if tokens[grammar.place - 1].kind == "&" or (token.kind == "," and _condition_ahead(grammar)):
        grammar.place += token.kind == ","
        return _condition(grammar), _value(grammar, first)
    return None, _value(grammar, first)


def _more(tokens: object, place: int) -> bool:
    """Whether a value follows ``otherwise``, as in ``a if c else b``."""
    return tokens[place].kind not in (",", ";", "}", "row", "endcases", "end", ".", "if")  # type: ignore[index]


def _condition(grammar: Grammar) -> Term:
    grammar.inside += 1
    term = _braced_condition(grammar) or grammar.condition(grammar.expression(_PIECE))
    while grammar.tokens[grammar.place].kind == "," and _is_condition_alone(grammar):  # 1 & x > 0, x < 1
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


def _is_condition_alone(grammar: Grammar) -> bool:
    """Whether what follows the comma up to the next separator is a condition that holds for no piece of its own."""
    if not _condition_ahead(grammar):
        return False
    depth = 0
    for token in grammar.tokens[grammar.place + 1 :]:
        depth += (token.kind in ("(", "[", "{", "cases")) - (token.kind in (")", "]", "}", "endcases"))
        if depth < 0 or (depth == 0 and token.kind in (*_SEPARATORS, "end")):
            return True
        if depth == 0 and token.kind in ("if", "otherwise", ":", "&"):
            return False
    return True


def _value(grammar: Grammar, term: Term) -> Term:
    return grammar.number(term)


def _condition_ahead(grammar: Grammar) -> bool:
    """Whether a comparison follows before the next separator: ``{x, x > 0; -x, x <= 0}``."""
    depth = 0
    for token in grammar.tokens[grammar.place + 1 :]:
        if token.kind in ("(", "[", "{", "cases"):
            depth += 1
        elif token.kind in (")", "]", "}", "endcases"):
            depth -= 1
        if depth < 0 or (depth == 0 and token.kind in (*_SEPARATORS, "end", "if", "otherwise", ":")):
            return False
        if depth == 0 and (token.kind in _COMPARES or token.kind == "truth"):
            return True
    return False


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
                or tokens[place - 2].kind not in _SEPARATORS
                or tokens[place - 1].kind != "variable"
            ):
                return False
        elif kind in _COMPARES:
            compares = True
        elif kind in _SEPARATORS and not compares:
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


def is_always(condition: Term) -> bool:
    """Whether the condition is ``True``."""
    return condition.operation == "equal" and condition.parts[0] is condition.parts[1]


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
    if is_always(condition):
        return grammar.number(value)
    return build.apply(
        "where", (condition, grammar.number(value), rest), value.start, max(rest.end, condition.end)
    )


def question(grammar: Grammar, condition: Term) -> Term:
    """``c ? a : b``."""
    mark = grammar.tokens[grammar.place]
    if grammar.tokens[grammar.place + 1].kind == "end":
        raise mistakes.surprise(grammar, mark)
    grammar.condition(condition)
    grammar.place += 1
    grammar.frames += 1
    value = grammar.number(grammar.expression(Level.CHOICE))
    mistakes.expect(grammar, ":", mark)
    rest = grammar.number(grammar.expression(Level.CHOICE))
    grammar.frames -= 1
    return build.apply("where", (condition, value, rest), condition.start, rest.end)


def is_restriction(grammar: Grammar) -> bool:
    """Whether the brace here holds a condition for what stands before it: ``x^2 {x > 0}``."""
    depth = 0
    compares = False
    for token in grammar.tokens[grammar.place :]:
        kind = token.kind
        if kind in ("{", "(", "["):
            depth += 1
        elif kind in ("}", ")", "]"):
            depth -= 1
            if depth == 0:
                return compares
        elif depth == 1 and kind in (",", ";", "if", ":"):
            return False
        elif kind in _COMPARES:
            compares = True
    return False


def restricted(grammar: Grammar, value: Term) -> Term:
    """``x^2 {x > 0}``: undefined where the condition does not hold."""
    opening = grammar.tokens[grammar.place]
    grammar.place += 1
    grammar.enter(2)
    condition = grammar.condition(grammar.expression(_PIECE))
    grammar.leave(2)
    end = mistakes.expect(grammar, "}", opening).end
    undefined = build.apply("undefined", (), end, end)
    return build.apply("where", (condition, grammar.number(value), undefined), value.start, end)
