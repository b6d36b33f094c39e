"""What a run of letters means: functions, constants, Greek letters, variables, or a product of them."""

from __future__ import annotations

import re
from collections.abc import Collection

from derivlab.expression.characters import LOWERED
from derivlab.expression.naming.greek import GREEK_LETTERS, GREEK_NAMES, GREEK_VARIANTS
from derivlab.expression.naming.spellings import SPELLINGS
from derivlab.expression.naming.words import TAUGHT
from derivlab.expression.operands.numerals import read_number
from derivlab.expression.operations import NAMES, OPERATIONS
from derivlab.expression.tokens import Token

_ROWS = {
    name: row
    for name, row in NAMES.items()
    if OPERATIONS[row].group not in ("arithmetic", "conditions", "constants")
}

_OF_C = (
    *("sqrt", "cbrt", "pow", "exp", "exp2", "expm1", "log", "log2", "log10", "log1p", "fabs", "fmod"),
    *(
        "sin",
        "cos",
        "tan",
        "asin",
        "acos",
        "atan",
        "atan2",
        "sinh",
        "cosh",
        "tanh",
        "asinh",
        "acosh",
        "atanh",
    ),
    *("floor", "ceil", "round", "trunc", "fmin", "fmax", "hypot", "erf", "erfc", "tgamma", "lgamma"),
)
"""Functions of the language C, which ends their names in f where they work on floats: ``sqrtf(x)``."""

FUNCTIONS: dict[str, str] = (
    {name: name for name in SPELLINGS}
    | _ROWS
    | {
        "where": "where",
        "piecewise": "piecewise",
        "Piecewise": "piecewise",
        "sigma": "sigmoid",
        "σ": "sigmoid",
    }
    | {"Gamma": "gamma", "ψ": "digamma", "iif": "where", "ifelse": "where"}
    | {
        "And": "logical_and",
        "AND": "logical_and",
        "Or": "logical_or",
        "OR": "logical_or",
        "Not": "logical_not",
    }
    | {"NOT": "logical_not", "Ne": "ne", "Eq": "eq", "Lt": "lt", "Le": "le", "Gt": "gt", "Ge": "ge"}
    | {"IFS": "piecewise", "Which": "piecewise", "fract": "frac", "ITE": "where", "cast": "cast"}
    | {"dfrac": "lost_fraction", "tfrac": "lost_fraction", "cfrac": "lost_fraction", "tgamma": "gamma"}
    | {"Add": "added", "Plus": "added", "Mul": "multiplied", "Times": "multiplied", "Minus": "neg"}
    | {"Quotient": "floor_divide", "clip_by_value": "clamp", "convert_to_tensor": "tensor"}
    | {"hard_tanh": "hardtanh", "hard_sigmoid": "hardsigmoid", "hard_swish": "hardswish"}
    | {"hard_silu": "hardswish", "hard_shrink": "hardshrink", "soft_shrink": "softshrink"}
    | {"soft_sign": "softsign", "tanh_shrink": "tanhshrink"}
)
FUNCTIONS |= {f"{name}f": FUNCTIONS[name] for name in _OF_C}
"""Names that may be written before an argument, and the operation or the spelling that each stands for."""

NAMES_OF_C: frozenset[str] = frozenset(f"{name}f" for name in _OF_C) | {"tgamma"}
"""Names in which C has a letter more than others: they are a function only right before a bracket."""

CONSTANTS: dict[str, str] = {name: row for name, row in NAMES.items() if OPERATIONS[row].arity == (0, 0)} | {
    "Pi": "pi",
    "PI": "pi",
    "varpi": "pi",
}

COMPARISONS = frozenset({"lt", "le", "gt", "ge", "eq", "ne"})
"""Names of two letters that compare two numbers, and are products of letters elsewhere."""

_SHORT_NAMES = frozenset({"ln", "lg", "lb", "ld", "tg"}) & FUNCTIONS.keys()
"""Names of two letters that telephones and spreadsheets capitalise."""

SHORT_HYPERBOLIC = frozenset({"sh", "ch", "th", "cth", "arsh", "arch", "arth"})
"""Hyperbolic functions as they are written in much of Europe: alone, their letters may as well be a product."""

NEEDS_BRACKET: frozenset[str] = (
    frozenset(
        {name for name, row in FUNCTIONS.items() if row not in OPERATIONS or OPERATIONS[row].arity[0] > 1}
        - {"log"}
    )
    | {"gamma", "psi", "sigma", "Gamma", "Γ", "ψ", "σ"}
    | SHORT_HYPERBOLIC
    | {"lb", "ld"}
    | NAMES_OF_C
    | SPELLINGS.keys() - OPERATIONS.keys()
)
"""Names that are a function only right before a bracket."""

_PRINTED = frozenset(row for row in OPERATIONS if row in FUNCTIONS) | {"Γ", "Gamma"}
"""Names that the printers write before a bracket: there they are functions even if a variable has the name."""

KEYWORDS: dict[str, str] = {
    "and": "and",
    "or": "or",
    "not": "not",
    "if": "if",
    "If": "if",
    "IF": "if",
    "for": "if",
    "when": "if",
    "whenever": "if",
    "provided": "if",
    "wenn": "if",
    "falls": "if",
    "si": "if",
    "se": "if",
    "then": "then",
    "where": "if",
    "else": "otherwise",
    "otherwise": "otherwise",
    "elsewhere": "otherwise",
    "sonst": "otherwise",
    "sinon": "otherwise",
    "altrimenti": "otherwise",
    "mod": "mod",
    "Mod": "mod",
    "MOD": "mod",
    "True": "truth",
    "true": "truth",
    "False": "truth",
    "false": "truth",
    "None": "none",
    "Degree": "°",
}
"""Words of a piecewise formula and of a condition, and the kind of token that each is."""

SHORT_KEYWORDS = frozenset({"si", "se"})
"""Keywords that are a product of letters elsewhere: they are words only between spaces, behind a brace."""

_LONGEST = max(len(name) for name in (*FUNCTIONS, *CONSTANTS, *GREEK_NAMES, *GREEK_VARIANTS))
_SUBSCRIPT_SIGNS = "".join(LOWERED)
_LOWER = str.maketrans(LOWERED)
_SUBSCRIPT = re.compile(rf"_?[0-9]+|[{_SUBSCRIPT_SIGNS}]+|_+[^\W0-9_{_SUBSCRIPT_SIGNS}]+[0-9]*")
_DIGITS = re.compile(r"[0-9]+|[₀-₉]+")
_LETTERS_BELOW = re.compile(rf"[{_SUBSCRIPT_SIGNS}]+")
_DIGITS_AFTER_UNDERSCORE = re.compile(r"^([^\W0-9_]+)_+([0-9]+)$")


_GREEK = GREEK_LETTERS | {"π": "pi"}


def canonical_name(name: str) -> str:
    """The one spelling of a variable: ``x_1`` and ``x₁`` are ``x1``, ``α`` is ``alpha``."""
    if name.isascii() and "_" not in name:
        return GREEK_VARIANTS.get(name, name)
    stem = name.rstrip(_SUBSCRIPT_SIGNS)
    if stem != name:
        name = f"{stem}_{name[len(stem) :].translate(_LOWER)}"
    name = name.translate(_LOWER)
    for letter in set(name) & _GREEK.keys():
        name = name.replace(letter, _GREEK[letter])
    return _DIGITS_AFTER_UNDERSCORE.sub(r"\1\2", name)


def meaning_of(name: str, before_bracket: bool, declared: Collection[str] = ()) -> tuple[str, str] | None:
    """What a name is, ``(kind, value)``; None where it is not known."""
    if declared and not (before_bracket and name in _PRINTED):
        canonical = canonical_name(name)
        if canonical in declared:
            return "variable", canonical
    is_product = declared and name in SHORT_HYPERBOLIC and set(name) <= set(declared)
    if name in FUNCTIONS and (before_bracket or name not in NEEDS_BRACKET) and not is_product:
        return "function", FUNCTIONS[name]
    if name in CONSTANTS:
        return "constant", CONSTANTS[name]
    if name in GREEK_LETTERS or name in GREEK_NAMES:
        return "variable", GREEK_LETTERS.get(name, name)
    if name in GREEK_VARIANTS:
        return "variable", GREEK_VARIANTS[name]
    return None


def in_any_case(name: str, before_bracket: bool, declared: Collection[str] = ()) -> tuple[str, str] | None:
    """What a name is whose letters may be capitals: ``Sin(x)``, ``SQRT(X)``, ``Abs(x)``."""
    found = meaning_of(name, before_bracket, declared)
    if found is not None or (declared and set(name) <= set(declared)):
        return found
    if name[:-1].islower() and name[:-1] in FUNCTIONS:  # sinC is sin of C, no sinc
        return None
    if len(name) == 2 and name[0].isupper() and name.lower() in _SHORT_NAMES:
        return "function", FUNCTIONS[name.lower()]
    if len(name) > 2:
        found = meaning_of(name.lower(), before_bracket)
        if found is not None and found[0] == "variable":
            return None
    return found


def split_word(word: Token, before_bracket: bool, declared: Collection[str]) -> list[Token]:
    """The tokens that a run of letters and digits stands for: the longest known name wins, from the left.

    ``declared`` are the variables named on the left side; ``before_bracket`` tells whether ``(`` follows.
    """
    text, start = word.text, word.start
    if word.value == "index":
        stem, _, index = text.rpartition("_")
        before = split_word(Token("word", stem, start, start + len(stem), word.gap), False, declared)
        name = f"{before[-1].value}_{index}"
        if before[-1].kind == "variable" or stem == "e":
            joined = Token("variable", name, before[-1].start, word.end, before[-1].gap, canonical_name(name))
            return [*before[:-1], joined]
    tokens: list[Token] = []
    longest = max(_LONGEST, max(map(len, declared), default=0))
    place, gap = 0, word.gap
    while place < len(text):
        kind, end, value = _next(text, place, longest, before_bracket, declared)
        tokens.append(Token(kind, text[place:end], start + place, start + end, gap, value))
        if kind == "number":
            tokens[-1].value = read_number(text[place:end].translate(_LOWER), start + place)
        if text[place] in _SUBSCRIPT_SIGNS:
            tokens.insert(-1, Token("_", "_", start + place, start + place))
        place, gap = end, False
    return tokens


def _next(
    text: str, place: int, longest: int, before_bracket: bool, declared: Collection[str]
) -> tuple[str, int, str]:
    """The piece of a run of letters that begins at ``place``: its kind, its end and its value."""
    digits = _DIGITS.match(text, place)
    if digits:
        return "number", digits.end(), ""
    if text[place] == "_":
        return "_", place + 1, ""
    below = _LETTERS_BELOW.match(text, place)
    if below:
        value = below.group().translate(_LOWER)
        return "constant" if value in CONSTANTS else "variable", below.end(), value
    shorter: tuple[int, str, str] | None = None
    for length in range(min(longest, len(text) - place), 0, -1):
        end = place + length
        called = before_bracket and end == len(text)
        found = meaning_of(text[place:end], called, declared)
        if found is None and text[place].isupper() and length > 1:
            found = _capitalised(text[place:end], called, declared)
        if found is not None and text[place:end] not in SHORT_HYPERBOLIC:
            kind, value = found
            if kind == "function" and text[end - 1].isdigit() and text[end : end + 1].isdigit():
                continue  # log25 is no log2 of 5
            if kind == "function" and length > 3 and not declared and not _function_at(text, end):
                shorter = _shorter(text, place, end)
            break
    else:
        end, kind, value = place + 1, "variable", text[place]
    if shorter is not None:
        return shorter[1], shorter[0], shorter[2]
    if kind == "variable" or text[place:end] == "e":
        subscript = _SUBSCRIPT.match(text, end)
        if subscript:
            end = subscript.end()
            kind, value = "variable", canonical_name(value + subscript.group())
    return kind, end, value


def _capitalised(name: str, before_bracket: bool, declared: Collection[str]) -> tuple[str, str] | None:
    """``Sin`` in ``xSinx``, as telephones write it; the A of ``Asin x`` is a factor."""
    lower = name.lower()
    if name[1:] not in (lower[1:], name[1:].upper()) or lower[1:] in FUNCTIONS:
        return None
    if len(name) == 2 and lower != "ln":
        return None
    return in_any_case(name, before_bracket, declared)


def _shorter(text: str, place: int, end: int) -> tuple[int, str, str] | None:
    """A shorter name behind which another function begins, as in ``sin|cos x`` for ``sinc|osx``."""
    for sooner in range(end - 1, place + 2, -1):
        name = text[place:sooner]
        if name in FUNCTIONS and name not in NEEDS_BRACKET and _function_at(text, sooner):
            return sooner, "function", FUNCTIONS[name]
    return None


def _function_at(text: str, place: int) -> bool:
    """Whether a function's name of three letters or more begins at ``place``."""
    return any(
        text[place:end] in FUNCTIONS and text[place:end] not in NEEDS_BRACKET
        for end in range(place + 3, min(place + _LONGEST, len(text)) + 1)
    )


def stands_alone(name: str) -> bool:
    """Whether a variable of this name is read as itself where no left side declares it."""
    if name in KEYWORDS or name in TAUGHT:
        return False
    found = in_any_case(name, before_bracket=False)
    if found is not None:
        return found == ("variable", name)
    pieces = split_word(Token("word", name, 0, len(name)), False, ())
    return len(pieces) == 1 and pieces[0].value == name
