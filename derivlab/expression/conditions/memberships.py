"""Membership in a set of numbers: ``x ∈ [0, 1]``, ``x in (0, ∞)``, ``x ∉ ]0, 1[``, ``x^2 on [0, 1]``, ``x ∈ ℝ``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from derivlab.errors import ParseError, Span
from derivlab.expression import build
from derivlab.expression.build import Term
from derivlab.expression.conditions import pieces
from derivlab.expression.messages import mistakes
from derivlab.expression.precedence import Level
from derivlab.expression.tokens import Token
from derivlab.expression.tree import variables_of

if TYPE_CHECKING:
    from derivlab.expression.grammar import Grammar

_MENTIONED = re.compile(r"[∈∉]|\\(?:not)?in(?![a-z])|(?<![A-Za-z\\])(?:in|on)(?![A-Za-z])")
"""Finds the signs and words of a membership in a text."""

_LONGEST = 64
"""More tokens than these make no interval."""
_ORDERED = frozenset({"=", "<", ">", "<=", ">=", "member", "end"})
_REALS = frozenset({"R", "Reals", "reals"})
_INFINITE = frozenset({"inf", "Inf", "infinity", "oo"})


def is_mentioned(text: str) -> bool:
    """Whether a set may be named in the text: an interval with its two ends, or the real numbers."""
    return (
        ("," in text or ";" in text or "R" in text or "eals" in text)
        and ("n" in text or "∈" in text or "∉" in text)
        and _MENTIONED.search(text) is not None
    )


def marked(tokens: list[Token]) -> list[Token]:
    """The tokens with each membership that can be read as such in kinds of its own.

    ``∈`` is of the kind ``member``, ``on`` of the kind ``on``; an interval opens with ``interval``, its ends are parted by
    ``to``, and it closes with ``endinterval``, whatever its brackets; ``reals`` is the set of all real numbers.
    """
    place = 0
    while place < len(tokens):
        token = tokens[place]
        place += 1
        if token.kind in ("∈", "∉") or (token.kind == "word" and token.text in ("in", "on")):
            if not _mark_sets(tokens, place):
                continue
            before = tokens[place - 2] if place > 1 else token
            is_outside = token.kind == "∉"
            if before.kind == "not" or (before.kind == "word" and before.text == "not"):
                token.start, token.gap, is_outside = before.start, before.gap, True
                del tokens[place - 2]
                place -= 1
            token.kind = "on" if token.text == "on" else "member"
            token.value = "outside" if is_outside else None
    return tokens


def _mark_sets(tokens: list[Token], place: int) -> bool:
    """Whether a set begins at ``place``; its tokens, and those of the sets that ``∪`` joins to it, are marked."""
    if not mark_set(tokens, place):
        return False
    while True:
        if tokens[place].kind == "interval" or tokens[place + 1].kind == "without":
            while tokens[place].kind != "endinterval":
                place += 1
        join = tokens[place + 1]
        is_join = join.kind == "∪" or (join.kind == "word" and join.text == "U")
        if not is_join or tokens[place + 2].kind == "end" or not mark_set(tokens, place + 2):
            return True
        join.kind = "∪"
        place += 2


def mark_set(tokens: list[Token], place: int) -> bool:
    """Whether a set begins at ``place``; its tokens are marked."""
    token = tokens[place]
    if token.kind == "word" and token.text in _REALS:
        token.kind, token.value = "reals", ""
        _mark_kind_of_reals(tokens, place + 1)
        return True
    return token.kind in ("(", "[", "]") and _mark_interval(tokens, place)


def _mark_kind_of_reals(tokens: list[Token], place: int) -> None:
    """What stands behind ℝ: ``ℝ⁺``, ``ℝ_+``, ``ℝ^*``, ``ℝ∖{0}``."""
    kinds = [each.kind for each in tokens[place : place + 4]]
    if kinds[:1] in (["^"], ["_"]):
        bracketed = kinds[1:2] == ["("] and kinds[3:4] == [")"]
        sign = tokens[place + 1 + bracketed]
        if sign.kind in ("+", "-", "*"):
            tokens[place - 1].value = sign.kind
            del tokens[place : place + (4 if bracketed else 2)]
            kinds = [each.kind for each in tokens[place : place + 2]]
    is_less = kinds[:1] in (["∖"], ["-"]) and kinds[1:2] == ["{"]
    if not is_less and kinds[:1] != ["{"]:
        return
    opening = place + is_less
    for end in range(opening + 1, min(opening + _LONGEST, len(tokens))):
        kind = tokens[end].kind
        if kind == "}":
            break
        if kind in _ORDERED or kind in ("{", "if", "word"):
            return
    else:
        return
    for each in tokens[opening + 1 : end]:
        if each.kind in (",", ";"):
            each.kind = "to"
    tokens[opening].kind, tokens[end].kind = "without", "endinterval"
    if is_less:
        del tokens[place]


def _mark_interval(tokens: list[Token], start: int) -> bool:
    """Whether an interval with brackets of any kind opens at ``start``."""
    depth, between = 0, 0
    for place in range(start + 1, min(start + _LONGEST, len(tokens))):
        token = tokens[place]
        kind = token.kind
        if kind in _ORDERED:
            return False
        if depth == 0 and between and (kind in (")", "]") or (kind == "[" and between < place - 1)):
            tokens[start].value, token.value = tokens[start].kind, kind
            tokens[start].kind, tokens[between].kind, token.kind = "interval", "to", "endinterval"
            for each in tokens[start:place]:
                if each.kind == "word" and each.text in _INFINITE:
                    each.kind = "∞"
            return True
        if depth == 0 and token.text in (",", ";"):
            if between and (token.text == "," or tokens[between].text == ","):
                between = place if token.text == ";" else between  # [0,5; 1,5]
            elif between:
                return False
            else:
                between = place
        depth += (kind in ("(", "[", "{")) - (kind in (")", "]", "}"))
        if depth < 0:
            return False
    return False


def member(grammar: Grammar, left: Term) -> Term:
    """``x ∈ [0, 1]``: the comparisons that say the same."""
    token = grammar.tokens[grammar.place]
    grammar.place += 1
    number = grammar.number(left)
    term = _in_set(grammar, number)
    while grammar.tokens[grammar.place].kind == "∪" and grammar.tokens[grammar.place + 1].kind in (
        "interval",
        "reals",
    ):
        grammar.place += 1
        other = _in_set(grammar, number)
        term = build.apply("or", (term, other), left.start, other.end)
    if token.value == "outside":
        term = build.apply("not", (term,), left.start, term.end)
    return term


def on(grammar: Grammar, left: Term) -> Term:
    """``x^2 on [0, 1]``: undefined outside."""
    token = grammar.tokens[grammar.place]
    names = grammar.declared or tuple(sorted(variables_of(left.node)))
    if len(names) != 1:
        raise ParseError(
            "It is not clear which variable lies in this set.",
            span=token.span,
            hint="Name it, as in x^2 for x in [0, 1].",
        )
    condition = member(grammar, Term(build.variable(names[0]), token.start, token.end))
    end = max(left.end, condition.end)
    return pieces.nested([(condition, grammar.number(left))], None, left.start, end)


def _in_set(grammar: Grammar, left: Term) -> Term:
    opening = grammar.tokens[grammar.place]
    grammar.place += 1
    start = min(left.start, opening.start)
    if opening.kind == "reals":
        return _in_reals(grammar, left, opening)
    grammar.enter(2)
    low = _end(grammar, "-")
    mistakes.expect(grammar, "to", opening)
    high = _end(grammar, "+")
    grammar.leave(2)
    closing = mistakes.expect(grammar, "endinterval", opening)
    end = max(left.end, closing.end)
    above = "less_equal" if opening.value == "[" else "less"
    below = "less_equal" if closing.value == "]" else "less"
    if low is None:
        return _always(start, end) if high is None else build.apply(below, (left, high), start, end)
    if high is None:
        return build.apply(above.replace("less", "greater"), (left, low), start, end)
    first = build.apply(above, (low, left), start, end)
    return build.apply("and", (first, build.apply(below, (left, high), start, end)), start, end)


def _in_reals(grammar: Grammar, left: Term, token: Token) -> Term:
    start, end = min(left.start, token.start), max(left.end, token.end)
    zero = build.number(0, token.start, token.end)
    signs = {"+": "greater", "-": "less", "*": "not_equal"}
    found: list[Term] = []
    if token.value:
        found.append(build.apply(signs[str(token.value)], (left, zero), start, end))
    opening = grammar.tokens[grammar.place]
    if opening.kind == "without":
        grammar.enter(2)
        while not found or grammar.tokens[grammar.place].kind in ("without", "to"):
            grammar.place += 1
            value = grammar.number(grammar.expression(Level.SUM))
            found.append(build.apply("not_equal", (left, value), start, max(end, value.end)))
        grammar.leave(2)
        end = max(end, mistakes.expect(grammar, "endinterval", opening).end)
    term = found[0] if found else _always(start, end)
    for other in found[1:]:
        term = build.apply("and", (term, other), start, end)
    return term


def _end(grammar: Grammar, sign: str) -> Term | None:
    """One end of an interval; None where it is infinite on the side of ``sign``."""
    ahead = [each.kind for each in grammar.tokens[grammar.place : grammar.place + 2]]
    signed = ahead[0] in ("+", "-")
    if ahead[signed] == "∞":
        found = ahead[0] if signed else "+"
        token = grammar.tokens[grammar.place + signed]
        grammar.place += 1 + signed
        if found != sign:
            raise ParseError(
                f"An interval cannot {'begin' if sign == '-' else 'end'} at {found.strip('+')}∞.",
                span=Span(token.start - signed, token.end),
                hint="The smaller end stands first: (-∞, 0) or (0, ∞).",
            )
        return None
    return grammar.number(grammar.expression(Level.SUM))


def _always(start: int, end: int) -> Term:
    """The condition that holds everywhere."""
    zero = build.number(0, start, end)
    return build.apply("equal", (zero, zero), start, end)
