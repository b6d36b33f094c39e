"""``parse``: typed text to a Function."""

from __future__ import annotations

import math
from typing import NamedTuple

from derivlab.errors import ParseError, Span
from derivlab.expression.bounds import MAX_CHARACTERS, MAX_EXPONENT
from derivlab.expression.build import Term, spans_of
from derivlab.expression.characters import LOWERED, RAISED, cleaned, typed
from derivlab.expression.conditions import memberships
from derivlab.expression.conditions.lines import separate_lines
from derivlab.expression.conditions.pieces import domain_follows, pieces_until
from derivlab.expression.conditions.restrictions import compares, read_domain
from derivlab.expression.function import Function, Notice
from derivlab.expression.grammar import Grammar
from derivlab.expression.heads import Head, read_head, unwrapped
from derivlab.expression.latex.latex_input import read_commands
from derivlab.expression.latex.latex_layout import without_ties
from derivlab.expression.least_parts import refuse_too_many
from derivlab.expression.messages import misjudged, misnamed, misnumbered, mistakes
from derivlab.expression.messages.proposals import retold
from derivlab.expression.naming.resolve import Resolver
from derivlab.expression.naming.subscripts import joined_subscripts
from derivlab.expression.noticed.letters import note_letters
from derivlab.expression.noticed.notices import Notices
from derivlab.expression.operands.bars import read_double_bars
from derivlab.expression.operands.commas import read_decimal_commas
from derivlab.expression.operands.roots import indexed_roots
from derivlab.expression.programs import comments, lambdas, wolfram
from derivlab.expression.programs.options import (
    DECLARING,
    may_have_options,
    read_options,
    without_declaration,
)
from derivlab.expression.tokens import Token, tokenise
from derivlab.expression.tree import Node, Variable
from derivlab.memory import remembered

_LONGEST_OFFER = 500
_BYTES = 150
"""About what the function of a text takes, a character."""


def parse(text: str) -> Function:
    """Read a function as people write it: ``3x^2``, ``f(u, v) = u^3 + 4uv``, ``y = sin 2x cos x``.

    Mathematics as written, Python, torch and NumPy spelling, and LaTeX are read by one grammar; see
    docs/language.md. The text is never evaluated: it becomes a tree of the operations in the table.
    Readings that could have been others are in ``notices``.

    Raises ParseError, with the place of the fault and the next step, for anything else.
    """
    if not isinstance(text, str):
        raise ParseError("A formula is needed here, as text.", hint='For example parse("x^2").')
    return _parse(text)


@remembered(lambda _, text: _BYTES * len(text))
def _parse(text: str) -> Function:
    if len(text) > MAX_CHARACTERS:
        raise ParseError(
            f"The text is too long: {len(text):,} characters.",
            span=Span(MAX_CHARACTERS, len(text)),
            hint=f"At most {MAX_CHARACTERS:,} can be read.",
        )
    clean, places = cleaned(text)
    refuse_too_many(clean)
    try:
        reading = _read_beside_comments(clean)
    except ParseError as fault:
        error = retold(clean, fault, lambda other: _other(other) is not None)
        error.span = typed(error.span, places)
        if error.suggestion is not None and _other(error.suggestion) is None:
            error.suggestion = None
        raise error from None
    notices: tuple[Notice, ...] = ()
    if reading.notices.found:
        notices = tuple(
            Notice(message, typed(span, places), instead)
            for message, span, instead in reading.notices.finish(lambda other: _is_another(reading, other))
        )
    term = reading.term
    return Function(reading.name, reading.variables, term.node, notices, text, _Origin(term, places))


class _Origin(NamedTuple):
    """The terms of a function, whose places are written out when somebody asks: few do, and it takes time."""

    term: Term
    places: list[int] | None

    def spans(self) -> tuple[Span, ...]:
        """The places of all nodes, in postorder."""
        spans = spans_of(self.term)
        return spans if self.places is None else tuple([typed(span, self.places) for span in spans])


def parse_rule(text: str) -> Node:
    """Read a text of the operations table: it may be a condition, and a variable may stand for one.

    Raises ParseError where the text is not well formed.
    """
    return _read(text, trusted=True).term.node


class _Reading(NamedTuple):
    name: str
    variables: tuple[str, ...]
    term: Term
    notices: Notices


def _read_beside_comments(text: str) -> _Reading:
    """Read a text; where it cannot be read and holds a comment, read it without."""
    try:
        return _read(text)
    except ParseError as error:
        comment = comments.found_in(text)
        if comment is None:
            raise
        try:
            reading = _read(comments.without(text))
        except ParseError as other:
            raise (error if text[comment.start] == "/" else other) from None
    shown = text[comment.start : comment.end].strip()
    reading.notices.add("comment", f"{shown[:40]} was left out, as a comment.", comment)
    return reading


def _other(text: str) -> _Reading | None:
    """What a text that we offer means; None where it cannot be read."""
    if len(text) > _LONGEST_OFFER:
        return None
    try:
        return _read(cleaned(text)[0])
    except ParseError:
        return None


def _is_another(reading: _Reading, text: str) -> bool:
    """Whether a text that we offer has another meaning."""
    other = _other(text)
    return other is not None and (other.term.node, other.variables) != (reading.term.node, reading.variables)


def _read(text: str, trusted: bool = False) -> _Reading:
    """Text in clean characters to a term; ``trusted`` is for the texts of the operations table."""
    if "__" in text:
        raise misnamed.program(text)
    tokens = tokenise(text)
    while len(tokens) > 1 and tokens[-2].kind in (";", "."):
        del tokens[-2]
    notices = Notices(text)
    if "\\" in text or "$" in text or "&=" in text:
        tokens = read_commands(tokens, notices)
    elif "~" in text:
        tokens = without_ties(tokens)
    if "_" in text or "[" in text or not (text.isascii() or LOWERED.keys().isdisjoint(text)):
        tokens = joined_subscripts(tokens)
    if "√" in text and not RAISED.keys().isdisjoint(text):
        tokens = indexed_roots(tokens)
    if tokens[0].kind == "{":
        tokens = unwrapped(tokens)
    if tokens[0].text in DECLARING and "=" in text:
        tokens = without_declaration(tokens)
    if tokens[0].kind == "(" and tokens[1].text == "lambda":
        tokens = lambdas.without_brackets(tokens)
    head = read_head(tokens, text)
    body = tokens[head.start :] if head.start else tokens
    if may_have_options(text):
        body = read_options(body)
    if "[" in text and "E" in text:
        wolfram.read_euler(body, notices)
    if "||" in text:
        body = read_double_bars(body)
    if head.domain:
        body = [*body[:-1], *head.domain, body[-1]]
    if head.domain or memberships.is_mentioned(text):
        body = memberships.marked(body)
    if "," in text:
        body = read_decimal_commas(body, notices)
    grammar = Grammar(body, text, notices)
    grammar.head = head.equals
    grammar.trusted = trusted
    grammar.declared = head.variables or ()
    resolver = Resolver(body, head.variables or (), text, notices)
    tokens = resolver.resolve()
    if "\n" in text and "{" in text and "\\" not in text:
        tokens = separate_lines(tokens, text, notices)
    if tokens[-2:][0].kind == ")" and compares(text):
        read_domain(tokens, text, notices)
    grammar.tokens = tokens
    term = pieces_until(grammar, "end", tokens[0]) if resolver.is_piecewise else grammar.expression()
    if resolver.is_piecewise:
        misjudged.refuse_point(term, text)
    rest = tokens[grammar.place]
    if rest.kind == "," and domain_follows(grammar):
        term = pieces_until(grammar, "end", tokens[0], term)
        rest = tokens[grammar.place]
    if rest.kind == "on":
        term = memberships.on(grammar, term)
        rest = tokens[grammar.place]
    if rest.kind != "end":
        raise mistakes.surprise(grammar, rest)
    if term.is_condition and not trusted:
        raise misjudged.condition_as_whole(grammar, term)
    _check_sizes(grammar, term)
    variables = _variables(head, grammar, resolver)
    name = head.name
    if head.equals is None and name in variables:
        name = next((other for other in "ghFGHuvwpq" if other not in variables), "f0")
    return _Reading(name, variables, term, notices)


def _variables(head: Head, grammar: Grammar, resolver: Resolver) -> tuple[str, ...]:
    """The variables: as declared, else alphabetical. Raises ParseError for one that is not declared."""
    tokens, text = grammar.tokens, grammar.text
    occurring: dict[str, Token] = {}
    for token in tokens:
        if token.kind == "variable" and token.value not in occurring:
            occurring[str(token.value)] = token
    if head.variables is not None:
        missing = [token for name, token in occurring.items() if name not in head.variables]
        if missing:
            raise misnamed.undeclared(missing, head.name, head.variables, text)
        return head.variables
    if head.equals is not None and head.name in occurring:
        others = [name for name in occurring if name != head.name]
        raise misjudged.own_name(occurring[head.name], head.name, head.equals, others, text)
    if head.equals is not None and not occurring and head.name.rstrip("0123456789") in ("x", "t", "theta"):
        raise misjudged.value_of_variable(head.name, tokens, text)
    note_letters(head, grammar, resolver, occurring)
    return tuple(sorted(occurring))


def _check_sizes(grammar: Grammar, term: Term) -> None:
    """Refuse constants that no floating-point number can hold, and exponents beyond the limit."""
    if not grammar.large:
        return
    from derivlab.expression.constants import value_of

    values: list[float | None] = []
    walk: list[tuple[Term, bool]] = [(term, False)]
    while walk:
        each, ready = walk.pop()
        if not ready:
            walk.append((each, True))
            walk.extend((part, False) for part in reversed(each.parts))
            continue
        first = len(values) - len(each.parts)
        below = values[first:]
        del values[first:]
        operation = each.operation
        if operation == "power" and below[1] is not None and abs(below[1]) > MAX_EXPONENT:
            raise misnumbered.large_exponent(each.parts[1])
        value = None
        if not isinstance(each.node, Variable) and None not in below:
            value = value_of(each.node, tuple(below))  # type: ignore[arg-type]
            if operation in ("power", "factorial", "gamma", "exp", "multiply") and (
                math.isinf(value) or (value == 0 and operation == "power" and below[0])
            ):
                raise misnumbered.too_large(each)
        values.append(value)
