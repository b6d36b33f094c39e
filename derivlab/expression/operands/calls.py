"""Calls: ``sin x``, ``sin^2(x)``, ``log_2 x``, ``max(a, b)``, ``torch.clamp(x, min=0)``, ``x.exp()``, ``n!``, ``30°``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivlab.expression import build
from derivlab.expression.build import Term
from derivlab.expression.conditions import ahead, pieces
from derivlab.expression.messages import miscounted, misnamed, mistakes, misused
from derivlab.expression.noticed import call_readings, readings
from derivlab.expression.operands.applied import applied
from derivlab.expression.operands.bare import bare_argument, begins_argument
from derivlab.expression.operations import OPERATIONS
from derivlab.expression.precedence import Level
from derivlab.expression.programs import lists, wolfram
from derivlab.expression.programs.signatures import LAYERS
from derivlab.expression.tokens import CLOSERS, Token

if TYPE_CHECKING:
    from derivlab.expression.grammar import Grammar

INVERSES = {
    name: "a" + name
    for name in ("sin", "cos", "tan", "sec", "csc", "cot", "sinh", "cosh", "tanh", "sech", "csch", "coth")
}
_ROOTS = {"2": "sqrt", "3": "cbrt"}


def call(grammar: Grammar, token: Token) -> Term:
    """A function, its power or base if it has one, and its arguments."""
    grammar.place += 1
    tokens = grammar.tokens
    name = str(token.value)
    exponent: Term | None = None
    base: Term | None = None
    while True:
        opening = tokens[grammar.place]
        kind = opening.kind
        if kind not in ("^", "_") and not (kind == "[" and _is_base_in_brackets(grammar, token)):
            break
        grammar.place += kind != "["
        if kind == "^":
            if exponent is not None:
                raise mistakes.surprise(grammar, opening)
            grammar.frames += 2
            exponent = grammar.number(grammar.expression(Level.POWER))
            grammar.frames -= 2
        else:
            base = _base(grammar)
    if exponent is None and base is None and (token.value in ("sqrt", "root")):
        root = _root_with_index(grammar, token)
        if root is not None:
            return root
    bare: Term | None = None
    named: dict[str, Term] = {}
    if opening.kind == "'":
        raise misnamed.derivative_asked(token, opening)
    if name in lists.READERS:
        grammar.frames += 2
        whole = lists.READERS[name](grammar, token)
        grammar.frames -= 2
        if whole is not None:
            return whole
    if kind == "{" and _takes_one(name) and ahead.holds_pieces(grammar, compares=True):
        bare = pieces.braces(grammar, opening)
        arguments, end = [bare], bare.end
    elif kind in ("(", "[", "{"):
        arguments, named, end = read_arguments(grammar, opening)
        if not arguments or token.text in LAYERS:
            end = _layer(grammar, token, opening, arguments, named, end)
        elif kind == "[":
            name = wolfram.meant(token, name, arguments)
    elif token.text in ("log2", "log10") and not begins_argument(grammar, opening):
        plain = _plain_logarithm(grammar, token)
        if exponent is None:
            return plain
        plain = build.apply("power", (plain, exponent), token.start, exponent.end)
        readings.look_at_power(grammar, plain, plain.parts[0], exponent)
        return plain
    else:
        if exponent is not None and opening.kind in ("+", "-"):
            raise misused.no_argument(grammar, token, opening)
        bare = bare_argument(grammar, token)
        arguments, end = [bare], bare.end
        if opening.kind == "-" and name in INVERSES:
            call_readings.note_minus_one(grammar, token, bare, "arc" + name)
    if base is not None and arguments:
        arguments.append(base)
    if exponent is not None and build.is_minus_one(exponent) and name in INVERSES:
        call_readings.note_inverse(grammar, token, exponent, bare, end)
        name, exponent = INVERSES[name], None
    term = applied(grammar, name, token, arguments, named, end)
    if exponent is not None:
        term = build.apply("power", (term, exponent), token.start, end)
        readings.look_at_power(grammar, term, term, exponent)
    term.bare = bare
    return term


def _base(grammar: Grammar) -> Term:
    """The base of a logarithm; in ``log_2 ½x`` it is 2, and the fraction begins the argument."""
    token = grammar.tokens[grammar.place]
    if token.kind == "number" and grammar.tokens[grammar.place + 1].kind == "fraction":
        grammar.place += 1
        return _leaf(token)
    return grammar.operand(Level.ATOM)


def _layer(
    grammar: Grammar, token: Token, first: Token, arguments: list[Term], named: dict[str, Term], end: int
) -> int:
    """Read the value of a layer behind its options, ``torch.nn.LeakyReLU(0.2)(x)``, and put it first."""
    opening = grammar.tokens[grammar.place]
    are_options = all(each.is_constant or each.is_condition for each in arguments)
    if opening.kind == "(" and are_options:
        values, further, end = read_arguments(grammar, opening)
        arguments[:0] = values
        named.update(further)
    elif token.text[0].isupper() and grammar.text.endswith(("nn.", "layers."), 0, token.start):
        is_value = len(arguments) == 1 and not arguments[0].is_constant and not named
        if not is_value:
            raise miscounted.layer_without_input(grammar, token, first, end)
    return end


def _is_base_in_brackets(grammar: Grammar, function: Token) -> bool:
    """Whether ``[2]`` of ``log[2](x)`` stands here."""
    ahead = grammar.tokens[grammar.place : grammar.place + 4]
    return (
        function.text == "log"
        and [each.kind for each in ahead] == ["[", "number", "]", "("]
        and not ahead[0].gap
        and not ahead[3].gap
    )


def read_arguments(grammar: Grammar, opening: Token) -> tuple[list[Term], dict[str, Term], int]:
    """What stands in the brackets of a call: arguments by place, arguments by name, and the end."""
    grammar.place += 1
    terms: list[Term] = []
    named: dict[str, Term] = {}
    closer = CLOSERS[opening.kind]
    tokens = grammar.tokens
    while True:
        token = tokens[grammar.place]
        kind = token.kind
        if kind == closer:
            break
        if kind == "keyword":
            grammar.place += 2
        elif named:
            raise miscounted.place_after_name(token)
        value = tokens[grammar.place]
        if value.kind in ("none", "option"):
            grammar.place += 1
            term = build.nothing(value.start, value.end, value.text if value.kind == "option" else "")
        else:
            grammar.enter(3)
            term = grammar.expression()
            grammar.leave(3)
        if kind == "keyword":
            if token.text in named:
                raise miscounted.given_twice(token.text, token.span)
            named[token.text] = term
        else:
            terms.append(term)
        comma = tokens[grammar.place]
        if comma.kind not in (",", ";"):
            break
        grammar.place += 1
        if tokens[grammar.place].kind == closer:
            raise miscounted.trailing_comma(grammar, comma)
    end = mistakes.expect(grammar, closer, opening).end
    return terms, named, end


def _root_with_index(grammar: Grammar, token: Token) -> Term | None:
    """``√[3](x)``, ``sqrt[3](x)``, ``root(3)(x)`` and ``³√x``; None where no index stands behind the root."""
    tokens, place = grammar.tokens, grammar.place
    opening = tokens[place]
    last = min(place + 3, len(tokens) - 1)
    closing, follows = tokens[last - 1], tokens[last]
    is_raised = opening.value == "index"
    if (
        opening.kind not in ("[", "(")
        or closing.kind != CLOSERS[opening.kind]
        or not (is_raised or (tokens[place + 1].kind == "number" and tokens[place + 1].text.isdecimal()))
        or (opening.kind == "(" and token.text != "root")
        or token.text == "Sqrt"
        or not (is_raised or token.text == "√" or (follows.kind in ("(", "{") and not follows.gap))
    ):
        return None
    if is_raised and not begins_argument(grammar, follows):
        raise misused.no_argument(grammar, token, follows)
    if not is_raised and not grammar.starts_factor(follows):
        return None
    index = tokens[place + 1]
    grammar.place += 3
    bare: Term | None = None
    if follows.kind in ("(", "{") and not follows.gap:
        arguments, _, end = read_arguments(grammar, follows)
    else:
        bare = bare_argument(grammar, token)
        arguments, end = [bare], bare.end
    if index.kind == "number" and index.text in _ROOTS:
        name = _ROOTS[index.text]
    else:
        name = "root"
        arguments.append(_leaf(index))
    term = applied(grammar, name, token, arguments, {}, end)
    term.bare = bare
    return term


def _leaf(token: Token) -> Term:
    """The term of a single number or variable."""
    if token.kind == "number":
        return build.number(token.value.value, token.start, token.end)  # type: ignore[attr-defined]
    return Term(build.variable(str(token.value)), token.start, token.end)


def _plain_logarithm(grammar: Grammar, token: Token) -> Term:
    """``x log2``: the logarithm of 2, since nothing follows of which log2 could be taken."""
    digits = token.text[3:]
    grammar.notices.add(
        f"plain {token.start}",
        f"{token.text} has nothing to work on and was read as ln({digits}).",
        token.span,
        (token.start, token.end, f"log10({digits})"),
    )
    return build.apply("ln", (build.number(int(digits), token.start + 3, token.end),), token.start, token.end)


def _takes_one(name: str) -> bool:
    """Whether a function takes one number, so that braces behind it may hold the pieces of one."""
    row = OPERATIONS.get(name)
    return name in ("log", "ln") or (row is not None and row.arity == (1, 1))
