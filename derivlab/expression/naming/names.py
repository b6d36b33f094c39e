"""What a run of letters means: functions, constants, Greek letters, variables, or a product of them."""

from __future__ import annotations

import re
from collections.abc import Collection

from derivlab.expression.characters import LOWERED
from derivlab.expression.naming.greek import GREEK_LETTERS, GREEK_NAMES, GREEK_VARIANTS
from derivlab.expression.naming.spellings import SPELLINGS
from derivlab.expression.operations import NAMES, OPERATIONS

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
    "AND": "and",
    "OR": "or",
    "NOT": "not",
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

CAPITAL_WORDS = frozenset({"AND", "OR", "NOT"})
"""Keywords that are functions or products of letters elsewhere: they are words only in a text that compares."""

SUBSCRIPT_SIGNS = "".join(LOWERED)
TO_THE_LINE = str.maketrans(LOWERED)
"""Lowered digits and letters as ordinary ones."""
_DIGITS_AFTER_UNDERSCORE = re.compile(r"^([^\W0-9_]+)_+([0-9]+)$")


_GREEK = GREEK_LETTERS | {"π": "pi"}


def canonical_name(name: str) -> str:
    """The one spelling of a variable: ``x_1`` and ``x₁`` are ``x1``, ``α`` is ``alpha``."""
    if name.isascii() and "_" not in name:
        return GREEK_VARIANTS.get(name, name)
    stem = name.rstrip(SUBSCRIPT_SIGNS)
    if stem != name:
        name = f"{stem}_{name[len(stem) :].translate(TO_THE_LINE)}"
    name = name.translate(TO_THE_LINE)
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
    if name[0] == "A" and name[1:] in FUNCTIONS:  # A*sin(x); from a program it would be Math.Asin(x)
        return None
    if len(name) == 2 and name[0].isupper() and name.lower() in _SHORT_NAMES:
        return "function", FUNCTIONS[name.lower()]
    if len(name) > 2:
        found = meaning_of(name.lower(), before_bracket)
        if found is not None and found[0] == "variable":
            return None
    return found
