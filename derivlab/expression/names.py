"""What a run of letters means: functions, constants, Greek letters, variables, or a product of them."""

from __future__ import annotations

import re
from collections.abc import Collection

from derivlab.expression.operations import NAMES, OPERATIONS
from derivlab.expression.tokens import Token, read_number

GREEK_LETTERS: dict[str, str] = {
    "α": "alpha",
    "β": "beta",
    "γ": "gamma",
    "δ": "delta",
    "ε": "epsilon",
    "ζ": "zeta",
    "η": "eta",
    "θ": "theta",
    "ι": "iota",
    "κ": "kappa",
    "λ": "lambda",
    "μ": "mu",
    "ν": "nu",
    "ξ": "xi",
    "ρ": "rho",
    "ς": "sigma",
    "σ": "sigma",
    "τ": "tau",
    "υ": "upsilon",
    "φ": "phi",
    "χ": "chi",
    "ψ": "psi",
    "ω": "omega",
    "Γ": "Gamma",
    "Δ": "Delta",
    "Θ": "Theta",
    "Λ": "Lambda",
    "Ξ": "Xi",
    "Σ": "Sigma",
    "Φ": "Phi",
    "Ψ": "Psi",
    "Ω": "Omega",
}
"""Greek letters and the one name that each has as a variable."""

GREEK_NAMES: frozenset[str] = frozenset(GREEK_LETTERS.values())

_CALL_ONLY_GROUPS = ("arithmetic", "conditions")

FUNCTIONS: dict[str, str] = {
    name: row
    for name, row in NAMES.items()
    if OPERATIONS[row].arity != (0, 0) and OPERATIONS[row].group not in _CALL_ONLY_GROUPS
} | {"where": "where", "power": "power", "pow": "power"}
"""Names that may be written before an argument, and the operation of each."""

CONSTANTS: dict[str, str] = {name: row for name, row in NAMES.items() if OPERATIONS[row].arity == (0, 0)} | {
    "Pi": "pi",
    "PI": "pi",
}

NEEDS_BRACKET: frozenset[str] = frozenset(
    name for name, row in FUNCTIONS.items() if OPERATIONS[row].arity[0] > 1 and name != "log"
) | {"gamma", "psi", "sigma", "Gamma", "Γ", "ψ", "σ"}
"""Names that are a function only right before a bracket."""

KEYWORDS = frozenset({"and", "or", "not", "if", "else", "otherwise", "mod"})

_LONGEST = max(len(name) for name in (*FUNCTIONS, *CONSTANTS, *GREEK_NAMES))
_SUBSCRIPT = re.compile(r"_?[0-9]+|[₀-₉]+|_+[^\W0-9_]+[0-9]*")
_DIGITS = re.compile(r"[0-9]+|[₀-₉]+")


def split_word(word: Token, before_bracket: bool, declared: Collection[str]) -> list[Token]:
    """The tokens that a run of letters and digits stands for: the longest known name wins, from the left.

    ``declared`` are the variables named on the left side; ``before_bracket`` tells whether ``(`` follows.
    """
    text, start = word.text, word.start
    if text in KEYWORDS and not (text == "mod" and before_bracket):
        word.kind = text
        return [word]
    tokens: list[Token] = []
    longest = max(_LONGEST, max(map(len, declared), default=0))
    place, gap = 0, word.gap

    def take(kind: str, end: int, value: object = None) -> None:
        tokens.append(Token(kind, text[place:end], start + place, start + end, gap, value))

    while place < len(text):
        digits = _DIGITS.match(text, place)
        if digits:
            end = digits.end()
            if digits.group()[0] in _SUBSCRIPT_DIGITS:
                take("_", place)
            take("number", end, read_number(digits.group().translate(_SUBSCRIPTS), start + place))
        elif text[place] == "_":
            end = place + 1
            take("_", end)
        else:
            for length in range(min(longest, len(text) - place), 0, -1):
                name = text[place : place + length]
                found = _meaning(name, before_bracket and place + length == len(text), declared)
                if found is not None:
                    kind, value = found
                    break
            else:
                name, kind, value = text[place], "variable", text[place]
            end = place + len(name)
            if kind == "variable" and value not in declared:
                subscript = _SUBSCRIPT.match(text, end)
                if subscript:
                    end = subscript.end()
                    value = canonical_name(value + subscript.group())
            take(kind, end, value)
        place, gap = end, False
    return tokens


def _meaning(name: str, before_bracket: bool, declared: Collection[str]) -> tuple[str, str] | None:
    if name in declared:
        return "variable", name
    canonical = canonical_name(name) if len(name) > 1 or not name.isascii() else name
    if canonical in declared:
        return "variable", canonical
    if name in FUNCTIONS and (before_bracket or name not in NEEDS_BRACKET):
        return "function", FUNCTIONS[name]
    if name in CONSTANTS:
        return "constant", CONSTANTS[name]
    if name in GREEK_LETTERS or name in GREEK_NAMES:
        return "variable", GREEK_LETTERS.get(name, name)
    return None


def canonical_name(name: str) -> str:
    """The one spelling of a variable: ``x_1`` and ``x₁`` are ``x1``, ``α`` is ``alpha``."""
    name = name.translate(_SUBSCRIPTS)
    for letter in set(name) & GREEK_LETTERS.keys():
        name = name.replace(letter, GREEK_LETTERS[letter])
    return _DIGITS_AFTER_UNDERSCORE.sub(r"\1\2", name)


_SUBSCRIPT_DIGITS = "₀₁₂₃₄₅₆₇₈₉"
_SUBSCRIPTS = str.maketrans(_SUBSCRIPT_DIGITS, "0123456789")
_DIGITS_AFTER_UNDERSCORE = re.compile(r"^([^\W0-9_]+)_+([0-9]+)$")
