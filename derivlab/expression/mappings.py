"""``f: ℝ → ℝ,`` before a formula: between which sets a function maps."""

from __future__ import annotations

from dataclasses import dataclass

from derivlab.errors import ParseError, Span
from derivlab.expression.tokens import Token

_LONGEST = 40
"""More tokens than these make no set."""
_SETS = frozenset("RDNZQCIABMU")
_OPENING = frozenset({"(", "[", "]"})
_JOINS = frozenset({"with", "where", "given", "defined", "by"})
_PARTS = frozenset({"^", "_", "∖", "{", "-"})
_RESTRICTS = frozenset({"+", "-", "*", "{"})


@dataclass(frozen=True, slots=True)
class Signature:
    """Where the definition begins behind it, and the set outside of which the function is undefined, if there is one."""

    end: int
    domain: tuple[Token, ...]


def read_signature(tokens: list[Token]) -> Signature | None:
    """The signature ``f: D → ℝ`` at the beginning; None where there is none.

    Raises ParseError where no formula follows it.
    """
    if tokens[0].kind != "word" or tokens[0].text == "def" or tokens[1].kind != ":":
        return None
    arrow = next(
        (place for place in range(3, min(_LONGEST, len(tokens))) if tokens[place].kind == "->"), None
    )
    if arrow is None or not _is_set(tokens[2:arrow]):
        return None
    end = _set_end(tokens, arrow + 1)
    if end is None:
        return None
    after = tokens[end]
    if after.kind in (",", ";", ".", ":", "row"):
        end += 1
    elif after.kind == "end":
        if end > arrow + 2:  # f: R -> R^2
            return None
        raise ParseError(
            "The formula is missing: this says only between which sets the function maps.",
            span=Span(tokens[0].start, tokens[end - 1].end),
            hint="Add it behind a comma, as in f: R -> R, f(x) = x^2.",
        )
    elif after.kind != "word":
        return None
    while tokens[end].kind == "word" and tokens[end].text in _JOINS:
        end += 1
    return Signature(end, _restriction(tokens[2:arrow]))


def _is_set(tokens: list[Token]) -> bool:
    first = tokens[0]
    if first.kind == "word":
        return first.text in _SETS
    names = all(each.kind in ("word", ",", "(", ")", "[", "]") for each in tokens)
    return first.kind in _OPENING and not names and any(each.kind in (",", ";") for each in tokens)


def _set_end(tokens: list[Token], place: int) -> int | None:
    """Where the set ends that begins at ``place``: ``ℝ``, ``ℝ^2``, ``ℝ_+``, ``[0, 1]``; None where there is none."""
    first = tokens[place]
    if first.kind == "word" and first.text in _SETS:
        place += 1
        if tokens[place].kind in ("^", "_"):
            place += 1
            if tokens[place].kind == "(":
                while tokens[place].kind not in (")", "end"):
                    place += 1
            place += tokens[place].kind != "end"
        return place
    if first.kind in _OPENING:
        between = False
        for end in range(place + 1, min(place + _LONGEST, len(tokens))):
            if between and tokens[end].kind in (")", "]", "["):
                return end + 1
            between = between or tokens[end].kind in (",", ";")
    return None


def _restriction(domain: list[Token]) -> tuple[Token, ...]:
    """``on`` and the domain, to stand behind the formula; empty where the domain excludes nothing that is known."""
    if domain[0].kind == "word":
        is_part = len(domain) > 1 and domain[1].kind in _PARTS  # ℝ⁺, ℝ∖{0}, but not ℝ×ℝ
        if not is_part or _RESTRICTS.isdisjoint(each.kind for each in domain):
            return ()
    on = Token("word", "on", domain[0].start, domain[0].end)
    return (on, *domain)
