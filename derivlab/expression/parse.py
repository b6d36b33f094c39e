"""``parse``: typed text to a Function."""

from __future__ import annotations

from derivlab.errors import ParseError, Span
from derivlab.expression.bounds import MAX_CHARACTERS
from derivlab.expression.build import spans_of
from derivlab.expression.function import Function
from derivlab.expression.grammar import Grammar
from derivlab.expression.names import canonical_name, split_word
from derivlab.expression.tokens import Token, tokenise
from derivlab.expression.tree import variables_of


def parse(text: str) -> Function:
    """Read a function as people write it: ``3x^2``, ``f(u, v) = u^3 + 4uv``, ``y = sin 2x cos x``.

    The text is never evaluated; it becomes a tree of the operations in the table, or an error.

    Raises ParseError, with the place of the fault and the next step, for anything else.
    """
    if len(text) > MAX_CHARACTERS:
        raise ParseError(
            f"The text is too long: {len(text):,} characters.",
            span=Span(MAX_CHARACTERS, len(text)),
            hint=f"At most {MAX_CHARACTERS:,} can be read.",
        )
    name, declared, tokens = _head(tokenise(text))
    grammar = Grammar(_named(tokens, declared or ()), text)
    term = grammar.expression()
    rest = grammar.tokens[grammar.place]
    if rest.kind != "end":
        raise grammar.surprise(rest)
    occurring = sorted(variables_of(term.node))
    if declared is None:
        declared = tuple(occurring)
    for token in grammar.tokens:
        if token.kind == "variable" and token.value not in declared:
            raise ParseError(
                f"{token.text} is not among the variables of {name}({', '.join(declared)}).",
                span=token.span,
                hint="Add it on the left side, or use one of those.",
            )
    return Function(name, declared, term.node, tuple(grammar.notices), text, spans_of(term))


def _head(tokens: list[Token]) -> tuple[str, tuple[str, ...] | None, list[Token]]:
    """Name, variables (None: not declared) and the rest of ``f(u, v) = …``, ``y = …`` or a bare formula."""
    if tokens[0].kind != "word":
        return "f", None, tokens
    if tokens[1].kind == "=":
        return canonical_name(tokens[0].text), None, tokens[2:]
    if tokens[1].kind != "(":
        return "f", None, tokens
    place = 2
    names: list[str] = []
    while tokens[place].kind == "word" and tokens[place + 1].kind in (",", ")"):
        names.append(canonical_name(tokens[place].text))
        place += 2
        if tokens[place - 1].kind == ")":
            if tokens[place].kind != "=":
                break
            return canonical_name(tokens[0].text), tuple(names), tokens[place + 1 :]
    return "f", None, tokens


def _named(tokens: list[Token], declared: tuple[str, ...]) -> list[Token]:
    named: list[Token] = []
    for place, token in enumerate(tokens):
        if token.kind == "word":
            named += split_word(token, tokens[place + 1].kind in ("(", "["), declared)
        else:
            named.append(token)
    return named
