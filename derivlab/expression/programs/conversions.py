"""Types of numbers in programs: ``(x > 0).float()``, ``x.astype(np.float64)``, ``torch.tensor(2.0, dtype=torch.float32)``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivlab.errors import ParseError
from derivlab.expression import build
from derivlab.expression.build import Term
from derivlab.expression.messages import miscounted
from derivlab.expression.programs.modules import TYPES
from derivlab.expression.programs.signatures import TYPE, WITHOUT_EFFECT
from derivlab.expression.tokens import Token

if TYPE_CHECKING:
    from derivlab.expression.grammar import Grammar

CALLS = frozenset(
    {
        "float",
        "double",
        "tensor",
        "as_tensor",
        "array",
        "asarray",
        "float32",
        "float64",
        "constant",
        "cast",
        "Boole",
    }
)
"""Functions that leave a number as it is, and make one of a condition."""

METHODS = frozenset({*TYPES, "astype", "type"})
"""Methods that change the type of what stands before the point."""


def look_at_type(grammar: Grammar, term: Term) -> None:
    """Say what is left out with ``dtype=``. Raises ParseError for a type that would change the value."""
    kept = TYPES.get(term.option, "")
    if kept == "short":
        grammar.notices.add(
            "type", f"{term.option} was left out: all numbers here are computed with float64.", term.span
        )
    elif kept != "real" and not (term.is_nothing and not term.option):
        shown = grammar.text[term.start : term.end]
        raise ParseError(
            f"{shown} would change the value." if kept else f"{shown} is no type of a real number.",
            span=term.span,
            hint="Leave it out: all numbers here are float64. For the whole part write trunc(x).",
        )


def call(grammar: Grammar, token: Token, arguments: list[Term], named: dict[str, Term], end: int) -> Term:
    """``float(x > 0)``, ``tf.cast(x > 0, tf.float32)``, ``torch.tensor(2.0, dtype=torch.float64)``."""
    kind: Term | None = None
    for key, term in named.items():
        if key == TYPE:
            kind = term
        elif key not in WITHOUT_EFFECT:
            raise miscounted.unknown_keyword(grammar, token.text, key, token, term)
    if len(arguments) == 2 and arguments[1].option:
        kind = arguments.pop()
    if len(arguments) != 1 or (kind is None and token.text == "cast"):
        raise miscounted.wrong_count(grammar, token.text, token, len(arguments), end)
    return converted(grammar, arguments[0], kind, token, end)


def converted(grammar: Grammar, value: Term, kind: Term | None, token: Token, end: int) -> Term:
    """The value as a number of another type: a condition counts 1 where it holds, else 0."""
    if value.is_nothing:
        raise miscounted.no_value(value)
    if kind is not None and not kind.option:
        raise miscounted.no_type(kind)
    if value.is_condition:
        value.bracketed = True
        return grammar.number(value).widened(min(value.start, token.start), end)
    name = kind.option if kind is not None else token.text
    if kind is None and TYPES.get(name) in ("whole", "truth", "complex"):
        raise _changed(grammar, value, token, end)
    if name in TYPES:
        look_at_type(grammar, kind or build.nothing(token.start, token.end, name))
    return value


def _changed(grammar: Grammar, value: Term, token: Token, end: int) -> ParseError:
    """``x.int()`` and ``x.bool()``, whose values are others than those of x."""
    shown = grammar.text[value.start : value.end]
    before, after = grammar.text[: value.start], grammar.text[end:]
    if TYPES[token.text] == "whole":
        return ParseError(
            f"{token.text} drops the digits behind the point.",
            span=token.span,
            hint="Write trunc(x) for it, or floor(x) to round down.",
            suggestion=f"{before}trunc({shown}){after}",
        )
    return ParseError(
        f"{token.text} makes something else of a number.",
        span=token.span,
        hint="Leave it out, or write a comparison such as x != 0.",
    )
