"""What is different in Wolfram's language, which is told by its square brackets: ``Sinc[x]``, ``ArcTan[x, y]``, ``E``."""

from __future__ import annotations

from itertools import pairwise

from derivlab.expression.build import Term
from derivlab.expression.naming.names import in_any_case
from derivlab.expression.noticed.notices import Notices
from derivlab.expression.tokens import Token

_OTHERWISE = {"Sinc": "unnormalised_sinc"}


def meant(token: Token, name: str, arguments: list[Term]) -> str:
    """The operation that a name before a square bracket stands for; the arguments are brought to our order."""
    if len(arguments) == 2 and (token.text in ("Log", "ArcTan")):
        arguments.reverse()  # the base comes first, and x before y
        return "atan2" if token.text == "ArcTan" else name
    return _OTHERWISE.get(token.text, name)


def read_euler(tokens: list[Token], notices: Notices) -> None:
    """Make ``E`` Euler's number where a function of Wolfram's language is called."""
    letters = [token for token in tokens if token.kind == "word" and token.text == "E"]
    if not letters or not any(
        token.kind == "[" and before.kind == "word" and _is_function(before.text)
        for before, token in pairwise(tokens)
    ):
        return
    for token in letters:
        token.text = "e"
    notices.add("euler", "E was read as Euler's number e, as in Wolfram's language.", letters[0].span)


def _is_function(name: str) -> bool:
    """Whether the name is a function's with a capital, as all are there."""
    return name[0].isupper() and len(name) > 2 and in_any_case(name, before_bracket=True) is not None
