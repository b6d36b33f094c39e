"""Arguments by name, as programs write them, brought to arguments by place."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from derivlab.expression import build
from derivlab.expression.build import Term, is_always
from derivlab.expression.messages import miscounted
from derivlab.expression.programs import conversions
from derivlab.expression.programs.signatures import ALONG, TYPE, WITHOUT_EFFECT, Place, place_named, places_of
from derivlab.expression.tokens import Token
from derivlab.expression.tree import Number

if TYPE_CHECKING:
    from derivlab.expression.grammar import Grammar

_ROUNDED = {"floor": "floor_divide", "trunc": "trunc_divide"}


def in_order(
    grammar: Grammar, name: str, token: Token, arguments: list[Term], named: dict[str, Term], end: int
) -> tuple[str, list[Term]]:
    """The call with its arguments all by place: ``clamp(x, min=0)`` is ``clamp_min(x, 0)``."""
    places = places_of(name)
    if places and len(arguments) > sum(not place.by_name for place in places):
        raise miscounted.wrong_count(grammar, name, token, len(arguments), end)
    found: list[Term | None] = [*arguments, *[None] * (len(places) - len(arguments))]
    options: dict[str, Term] = {}
    for key, term in named.items():
        if key in ALONG:
            raise miscounted.many_values(token)
        place = place_named(name, key)
        if key == TYPE:
            conversions.look_at_type(grammar, term)
        elif place is not None and places[place].by_name:
            options[places[place].names[0]] = term
        elif place is not None and found[place] is None:
            found[place] = term
        elif key not in WITHOUT_EFFECT:
            free = [each.names[0] for each, at in zip(places, found, strict=False) if at is None]
            raise miscounted.unknown_keyword(grammar, name, key, token, term, free)
    for place, known in enumerate(places):
        given = found[place]
        if known.has_effect or given is None:
            continue
        if not given.is_constant or (known.names[0] == "inplace" and not given.is_condition):
            raise miscounted.wrong_count(grammar, name, token, len(arguments), end)
        found[place] = None
    if name == "clamp":
        return _bounded(name, token, found)
    if places and any(found[1:]):
        found = [
            _default(known, end) if term is None else term for term, known in zip(found, places, strict=True)
        ]
    complete = [term for term in found if term is not None]
    return _with_options(grammar, name, token, complete, options)


def _bounded(name: str, token: Token, found: list[Term | None]) -> tuple[str, list[Term]]:
    """``clamp`` with one bound or with both."""
    value, low, high = (None if term is None or term.is_nothing else term for term in found)
    if value is not None and low is not None and high is None:
        return "clamp_min", [value, low]
    if value is not None and high is not None and low is None:
        return "clamp_max", [value, high]
    return name, [term for term in found if term is not None]


def _with_options(
    grammar: Grammar, name: str, token: Token, arguments: list[Term], options: dict[str, Term]
) -> tuple[str, list[Term]]:
    """The call without arguments that are given by name only."""
    for key, term in options.items():
        if key == "approximate":
            name = "gelu_tanh" if term.option == "tanh" or (term.is_condition and is_always(term)) else "gelu"
            if term.option not in ("", "tanh", "none"):
                raise miscounted.unknown_option(grammar, key, term, ("tanh", "none"))
        elif key == "rounding_mode":
            if term.option:
                if term.option not in _ROUNDED:
                    raise miscounted.unknown_option(grammar, key, term, tuple(_ROUNDED))
                name = _ROUNDED[term.option]
        elif len(arguments) > 1:  # torch.add(x, y, alpha=2), torch.addcmul(x, y, z, value=2)
            for each in (term, arguments[1]):
                if each.is_nothing:
                    raise miscounted.no_value(each)
            factors = grammar.number(term), grammar.number(arguments[1])
            arguments[1] = build.pair("multiply", *factors, True)
    return name, arguments


def _default(place: Place, end: int) -> Term | None:
    """What the program takes where an argument is left out; None where it must be given, or is nothing at all."""
    return None if place.default is None else build.signed(Fraction(str(place.default)), end, end)


def which_logarithm(arguments: list[Term]) -> str:
    """Which logarithm it is; the base, if it is an argument, is taken out where the name says it."""
    if len(arguments) == 2 and isinstance(arguments[1].node, Number):
        known = {2: "log2", 10: "log10"}.get(arguments[1].node.value)  # type: ignore[call-overload]
        if known is not None:
            del arguments[1]
            return str(known)
    return "log" if len(arguments) > 1 else "ln"
