"""Which known name a misspelt one most likely means."""

from __future__ import annotations

from functools import lru_cache

from derivlab.expression.naming.spellings import NOT_OFFERED, SPELLINGS
from derivlab.expression.naming.words import MISSPELT
from derivlab.expression.operations import NAMES, OPERATIONS

_ALL_NAMES = tuple(
    name
    for name in (
        *(alias for alias, row in NAMES.items() if OPERATIONS[row].group != "arithmetic"),
        *(name for name in SPELLINGS if name not in NOT_OFFERED),
        "piecewise",
    )
    if len(name) > 1
)
_COMMON_NAMES = (
    "sin",
    "cos",
    "tan",
    "sqrt",
    "exp",
    "log",
    "abs",
    "arcsin",
    "arccos",
    "arctan",
    "sinh",
    "cosh",
    "tanh",
    "floor",
    "ceil",
    "max",
    "min",
    "sign",
    "erf",
    "relu",
    "sigmoid",
    "gamma",
    "mod",
    "round",
    "cbrt",
    "sec",
    "csc",
    "cot",
    "asin",
    "acos",
    "atan",
)
_COMMON = {name: place for place, name in enumerate(_COMMON_NAMES)}
"""Functions that a misspelt name most likely means, the commonest first."""


@lru_cache(maxsize=256)
def nearest(name: str, known: tuple[str, ...] = (), cutoff: float = 0.7) -> str | None:
    """The known name that is most like ``name``; None where none is."""
    import difflib

    if not known and name.lower() in MISSPELT:
        return MISSPELT[name.lower()]
    if not known and name[:1] == "I" and "l" + name[1:] in _ALL_NAMES:
        return "l" + name[1:]  # In, with a capital I
    if len(name) > 20:
        return None
    names = known or _ALL_NAMES
    for wanted in (name, name.lower()):
        found = difflib.get_close_matches(wanted, names, 8, cutoff)
        if found:
            return min(found, key=lambda other: (_steps(wanted, other), _COMMON.get(other, len(_COMMON))))
    return None


def transposed(name: str) -> str | None:
    """The common function of which two letters that stand side by side were exchanged: ``sni`` is sin."""
    return next(
        (other for other in _COMMON if sorted(other) == sorted(name) and _steps(name, other) == 1), None
    )


def _steps(one: str, other: str) -> int:
    """How many letters must be put in, left out, replaced, or exchanged with their neighbour."""
    rows = [list(range(len(other) + 1))]
    for place, letter in enumerate(one):
        before = rows[-1]
        row = [place + 1]
        for column, wanted in enumerate(other):
            cost = min(before[column + 1] + 1, row[column] + 1, before[column] + (letter != wanted))
            if place and column and letter == other[column - 1] and one[place - 1] == wanted:
                cost = min(cost, rows[-2][column - 1] + 1)
            row.append(cost)
        rows.append(row)
    return rows[-1][-1]


def is_slip(name: str, other: str) -> bool:
    """Whether two names differ by a slip of the finger, or only in capitals and underlines."""
    name, other = (each.lower().replace("_", "") for each in (name, other))
    return _steps(name, other) <= (len(name) > 3) + (len(name) > 6)


@lru_cache(maxsize=256)
def keyword_like(name: str) -> str | None:
    """The word of a piecewise formula that ``name`` is with one mistake: ``ohterwise``; None where there is none."""
    return next((word for word in ("otherwise", "else") if is_slip(name, word)), None)
