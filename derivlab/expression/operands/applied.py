"""From a name and its arguments to the operation on them: how many there are, in which order, and what is noticed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivlab.expression import build
from derivlab.expression.build import Term
from derivlab.expression.conditions.piecewise import chain_of_ifs
from derivlab.expression.messages import miscounted
from derivlab.expression.naming.spellings import SPELLINGS, spelled_out, takes_conditions
from derivlab.expression.noticed import call_readings
from derivlab.expression.operations import ARGUMENTS, OPERATIONS
from derivlab.expression.programs import conversions
from derivlab.expression.programs.arguments import in_order, which_logarithm
from derivlab.expression.programs.signatures import WITH_OPTIONS
from derivlab.expression.tokens import Token

if TYPE_CHECKING:
    from derivlab.expression.grammar import Grammar

_PLAIN = frozenset(name for name, row in OPERATIONS.items() if row.arity == (1, 1)) - {
    "ln",
    "exp",
    "gamma",
    "factorial",
    "acot",
    *SPELLINGS,
}
"""Functions of one number about which nothing need be asked."""
_FOLDED = {"max": "max", "min": "min", "added": "add", "multiplied": "multiply"}
"""Functions of any number of arguments, and the operation that joins each to those before it."""


def applied(
    grammar: Grammar, name: str, token: Token, arguments: list[Term], named: dict[str, Term], end: int
) -> Term:
    """The operation on its arguments, if their number is right."""
    start = token.start
    if name in _PLAIN and len(arguments) == 1 and not named and not arguments[0].is_nothing:
        argument = arguments[0]
        if argument.is_condition:
            argument = grammar.number(argument)
        if argument.is_constant and name in ("sin", "cos", "tan"):
            call_readings.note_degrees(grammar, token, argument)
        return build.apply(name, (argument,), start, end)
    if name == "frac" and token.kind == "frac":
        if len(arguments) != 2:
            raise miscounted.not_two_parts(token, end)
        term = build.apply("divide", tuple(grammar.number(each) for each in arguments), start, end)
        term.bracketed = True
        return term
    if name in conversions.CALLS:
        return conversions.call(grammar, token, arguments, named, end)
    if name == "where" and len(arguments) > 3 and token.text.lower() == "if":
        return chain_of_ifs(grammar, arguments, start, end)
    if named or (len(arguments) > 1 and name in WITH_OPTIONS):
        name, arguments = in_order(grammar, name, token, arguments, named, end)
    for argument in arguments:
        if argument.is_nothing:
            raise miscounted.no_value(argument)
    if name in ("ln", "log"):
        call_readings.note_logarithm(grammar, token, arguments)
        call_readings.note_comma(grammar, arguments)
        if token.text != "Log":
            call_readings.note_base_first(grammar, arguments)
        name = which_logarithm(arguments)
    count = len(arguments)
    row = OPERATIONS.get(name)
    fits = row is not None and row.arity[0] <= count and (row.arity[1] is None or count <= row.arity[1])
    if not fits and count in SPELLINGS.get(name, ()):
        conditions = takes_conditions(name, count)
        by_name = {
            place: grammar.condition(argument) if place in conditions else grammar.number(argument)
            for place, argument in zip(ARGUMENTS, arguments, strict=False)
        }
        term = build.instantiated(spelled_out(name, count), by_name, start, end)
        term.bracketed = True
        return term
    if name == "atan" and count == 2:
        call_readings.note_arctan_of_two(grammar, token, arguments)
        name, row, fits = "atan2", OPERATIONS["atan2"], True
    if not fits and not (name in ("added", "multiplied") and count):
        if name == "where" and count == 2:
            arguments.append(build.apply("undefined", (), end, end))
        else:
            raise miscounted.wrong_count(grammar, name, token, count, end)
    if name == "where":
        condition = grammar.condition(arguments[0])
        return build.apply(name, (condition, *map(grammar.number, arguments[1:])), start, end)
    arguments = [grammar.number(argument) for argument in arguments]
    if name in _FOLDED:
        term = arguments[0]
        for argument in arguments[1:]:
            term = build.apply(_FOLDED[name], (term, argument), start, end)
        return term
    if name in ("atan2", "acot"):
        call_readings.note_convention(grammar, token, arguments, end)
    term = build.apply(name, tuple(arguments), start, end)
    if term.is_constant and name in ("factorial", "gamma", "exp", "power"):
        grammar.large.append(term)
    return term
