"""Greek letters that are a function or a factor before a bracket: ``σ(x)`` and ``σ(2π)^(1/2)``."""

from __future__ import annotations

from derivlab.expression.naming.subscripts import end_of_exponent
from derivlab.expression.tokens import Token

TWO_READINGS = frozenset({"sigma", "gamma", "psi", "σ", "γ", "ψ"})
"""Letters that are a function right before a round bracket, and a variable elsewhere."""


class GreekCalls:
    """Which letters the whole text takes for functions: each letter is one or the other all over it.

    The word gamma may be both: printed text has it as a variable and as a function side by side.
    """

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        factors, called = set(), set()
        for place, token in enumerate(tokens):
            letter = token.text.lstrip("\\")
            if letter not in TWO_READINGS:
                continue
            if tokens[place + 1].kind == "(":
                called.add(letter)
            elif token.text != "gamma" and not self.bracket(place + 1):
                factors.add(letter)
        self.factors = frozenset(factors)
        self.called = frozenset(called - factors)

    def bracket(self, place: int) -> Token | None:
        """The round bracket at ``place``, or behind the exponent that begins there."""
        if self.tokens[place].kind == "^":
            place = end_of_exponent(self.tokens, place + 1) or place
        return self.tokens[place] if self.tokens[place].kind == "(" else None

    def opening(self, letter: str, after: Token) -> Token | None:
        """The bracket of the call, if the letter before ``after`` is a function there; not in ``\\sigma {\\sqrt x}``."""
        if after.kind == "(":
            return None if letter in self.factors else after
        if after.kind == "^" and letter in self.called:
            return self.bracket(self.tokens.index(after))  # σ²(x) beside σ(x)
        return None
