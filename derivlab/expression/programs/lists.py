"""Calls whose brackets hold more than arguments: ``max([x, 0])``, ``np.select([…], […])``, ``frac{x}{2}``."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from derivlab.errors import ParseError, Span
from derivlab.expression import build
from derivlab.expression.build import Term
from derivlab.expression.conditions.pieces import nested
from derivlab.expression.conditions.piecewise import piecewise
from derivlab.expression.messages import miscounted, mistakes, misused
from derivlab.expression.operands import calls
from derivlab.expression.operands.applied import applied
from derivlab.expression.tokens import CLOSERS, Token

if TYPE_CHECKING:
    from derivlab.expression.grammar import Grammar

_OPENING = ("(", "[", "{")
_CLOSING = (")", "]", "}")


def _greatest(grammar: Grammar, token: Token) -> Term | None:
    """``max([x, 0])`` and ``max((x, 0))``: the brackets inside hold all the arguments."""
    tokens, place = grammar.tokens, grammar.place
    if tokens[place].kind not in _OPENING or tokens[place + 1].kind not in _OPENING:
        return None
    depth = 0
    has_comma = False
    for end in range(place + 1, len(tokens)):
        kind = tokens[end].kind
        depth += (kind in _OPENING) - (kind in _CLOSING)
        has_comma = has_comma or (kind == "," and depth == 1)
        if depth == 0:
            break
    if not has_comma or depth or tokens[end + 1].kind != CLOSERS[tokens[place].kind]:
        return None
    opening = tokens[place]
    grammar.place += 1
    arguments, named, _ = calls.read_arguments(grammar, tokens[grammar.place])
    closing = mistakes.expect(grammar, CLOSERS[opening.kind], opening)
    return applied(grammar, str(token.value), token, arguments, named, closing.end)


def _clip(grammar: Grammar, token: Token) -> Term | None:
    """Wolfram's ``Clip[x]`` and ``Clip[x, {0, 1}]``."""
    tokens = grammar.tokens
    opening = tokens[grammar.place]
    if opening.kind != "[" or token.text != "Clip":
        return None
    grammar.place += 1
    value = _argument(grammar)
    bounds = [build.signed(-1, value.end, value.end), build.number(1, value.end, value.end)]
    if tokens[grammar.place].kind == ",":
        grammar.place += 1
        bounds = _list(grammar, tokens[grammar.place])
    end = mistakes.expect(grammar, "]", opening).end
    return applied(grammar, "clamp", token, [value, *bounds], {}, end)


def _opened(grammar: Grammar, token: Token) -> Token:
    """Take the bracket behind a function's name."""
    opening = grammar.tokens[grammar.place]
    if opening.kind != "(":
        raise misused.no_argument(grammar, token, opening)
    grammar.place += 1
    return opening


def _argument(grammar: Grammar) -> Term:
    grammar.enter(3)
    term = grammar.expression()
    grammar.leave(3)
    return term


def _list(grammar: Grammar, opening: Token, before_value: Callable[[], None] | None = None) -> list[Term]:
    """The entries of a list in brackets; ``before_value`` may take tokens before each of them."""
    if opening.kind not in _OPENING:
        raise ParseError(
            "A list was expected here.",
            span=opening.span,
            hint="Write it in square brackets, or use where(x > 0, x, 0).",
        )
    grammar.place += 1
    entries: list[Term] = []
    while grammar.tokens[grammar.place].kind != CLOSERS[opening.kind]:
        if before_value is not None:
            before_value()
        entries.append(_argument(grammar))
        if grammar.tokens[grammar.place].kind != ",":
            break
        grammar.place += 1
    mistakes.expect(grammar, CLOSERS[opening.kind], opening)
    return entries


def _select(grammar: Grammar, token: Token) -> Term:
    """``np.select([x < 0, x > 1], [-1, 1], default=0)``."""
    tokens = grammar.tokens
    opening = _opened(grammar, token)
    conditions = _list(grammar, tokens[grammar.place])
    mistakes.expect(grammar, ",", opening)
    return _chosen(grammar, token, opening, conditions, _list(grammar, tokens[grammar.place]))


def _piecewise_of_lists(grammar: Grammar, token: Token) -> Term:
    """``np.piecewise(x, [x < 0, x >= 0], [lambda x: -x, lambda x: x])``."""
    tokens = grammar.tokens
    opening = _opened(grammar, token)
    value = _argument(grammar)
    mistakes.expect(grammar, ",", opening)
    conditions = _list(grammar, tokens[grammar.place])
    mistakes.expect(grammar, ",", opening)

    def skip_lambda() -> None:
        first, *further = tokens[grammar.place : grammar.place + 3]
        if first.text == "lambda" and [each.kind for each in further] == ["variable", ":"]:
            name = further[0]
            if build.variable(str(name.value)) != value.node:
                raise ParseError(
                    f"Name the variable of this lambda as the first argument, {grammar.text[value.start : value.end]}.",
                    span=name.span,
                    hint="Or use where(x > 0, x, 0).",
                )
            first.kind = "lambda"  # no variable of this name stands here
            grammar.place += 3

    return _chosen(grammar, token, opening, conditions, _list(grammar, tokens[grammar.place], skip_lambda))


def _chosen(
    grammar: Grammar, token: Token, opening: Token, conditions: list[Term], values: list[Term]
) -> Term:
    """The first value whose condition holds; else the default, which is 0 in NumPy."""
    tokens = grammar.tokens
    default = build.number(0, opening.end, opening.end)
    if tokens[grammar.place].kind == ",":
        grammar.place += 1
        if tokens[grammar.place].kind == "keyword":
            grammar.place += 2
        default = grammar.number(_argument(grammar))
    elif len(values) == len(conditions) + 1:
        default = grammar.number(values.pop())
    end = mistakes.expect(grammar, ")", opening).end
    if len(values) != len(conditions) or not values:
        raise ParseError(
            f"{token.text} takes as many values as conditions, here {len(values)} and {len(conditions)}.",
            span=Span(token.start, end),
            hint="For example np.select([x < 0, x >= 0], [-x, x]).",
        )
    pairs = [
        (grammar.condition(condition), grammar.number(value))
        for condition, value in zip(conditions, values, strict=True)
    ]
    return nested(pairs, default, token.start, end).widened(token.start, end)


def _lost_fraction(grammar: Grammar, token: Token) -> Term | None:
    r"""``frac{x}{2}``, which is ``\frac{x}{2}`` without its backslash."""
    tokens = grammar.tokens
    opening = tokens[grammar.place]
    if opening.kind != "{" or token.kind != "function":
        return None
    start = grammar.place
    parts, _, _ = calls.read_arguments(grammar, opening)
    if tokens[grammar.place].kind != "{" or len(parts) != 1:
        grammar.place = start
        return None
    below, _, end = calls.read_arguments(grammar, tokens[grammar.place])
    if len(below) != 1:
        raise miscounted.not_two_parts(token, end)
    grammar.notices.add(
        f"fraction {token.start}",
        f"{grammar.text[token.start : end]} was read as a fraction, as LaTeX writes it with a backslash.",
        Span(token.start, end),
    )
    both = (grammar.number(parts[0]), grammar.number(below[0]))
    return build.apply("divide", both, token.start, end).widened(token.start, end)


def _lambda(grammar: Grammar, token: Token) -> Term:
    """SymPy's ``Lambda(x, x**2)``: the function itself."""
    tokens = grammar.tokens
    opening = _opened(grammar, token)
    names = (
        _list(grammar, tokens[grammar.place]) if tokens[grammar.place].kind == "(" else [_argument(grammar)]
    )
    order = [str(name.node) if name.operation else getattr(name.node, "name", "") for name in names]
    mistakes.expect(grammar, ",", opening)
    body = _argument(grammar)
    end = mistakes.expect(grammar, ")", opening).end
    if order != sorted(order):
        raise ParseError(
            "The variables of this Lambda are not in the order of the alphabet.",
            span=Span(token.start, end),
            hint="Name them on the left, as in f(y, x) = x^2*y.",
            suggestion=f"f({', '.join(order)}) = {grammar.text[body.start : body.end]}",
        )
    return body.widened(token.start, end)


READERS: dict[str, Callable[[Grammar, Token], Term | None]] = {
    "piecewise": piecewise,
    "max": _greatest,
    "min": _greatest,
    "clamp": _clip,
    "select": _select,
    "piecewise_of_lists": _piecewise_of_lists,
    "frac": _lost_fraction,
    "lost_fraction": _lost_fraction,
    "lambda_of": _lambda,
}
"""Functions whose brackets are read in a way of their own; None where they hold plain arguments after all."""
