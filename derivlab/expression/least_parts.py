"""How many parts a text has at least, told before it is read: what is much too long is refused at once."""

from __future__ import annotations

import re
from collections import Counter

from derivlab.errors import Span
from derivlab.expression.bounds import MAX_NODES
from derivlab.expression.build import too_many_parts
from derivlab.expression.characters import FRACTIONS
from derivlab.expression.naming.names import FUNCTIONS, KEYWORDS
from derivlab.expression.naming.spellings import SPELLINGS
from derivlab.expression.naming.words import TAUGHT
from derivlab.expression.operations import OPERATIONS
from derivlab.expression.programs.modules import MODULES

_WORD = re.compile("[A-Za-z][A-Za-z0-9]*")
_LEAF = re.compile("[A-Za-z]|[A-DF-Za-df-z][0-9]+")
_NO_LEAF = re.compile(r"[A-Za-z]\s*\.|(?<=[0-9.])[eE][+-]")
"""A module, and the letter of a number such as 2e-3."""
_NUMBER = re.compile(r"(?<=[+*/(])(?<![eE]\+)[0-9]")
"""A number behind a sign that tells that it is one of its own, no base, index or exponent."""
_FIRST = re.compile("=|->|[→↦]")
_UNCLEAR = re.compile(r"[\\{?@\"_]")
"""Signs with which a text may have fewer parts than its letters tell."""
_PLAIN = {
    name
    for name, row in FUNCTIONS.items()
    if row in OPERATIONS and OPERATIONS[row].arity == (1, 1) and row not in SPELLINGS
} - SPELLINGS.keys()
"""Names that make a part of their own, of one number each."""
_KEEPING = frozenset({"log", "max", "min", "mod", "gamma", "atan2", "hypot"})
"""Names of functions that leave no argument out."""
_KNOWN = FUNCTIONS.keys() | KEYWORDS.keys() | MODULES | TAUGHT.keys() | {"ar"}
"""Words that may be no variable and no product of variables."""


def refuse_too_many(text: str) -> None:
    """Raise ParseError for a text that must have more parts than can be read."""
    if len(text) > MAX_NODES // 2 and least_parts(text) > MAX_NODES:
        raise too_many_parts(Span(0, len(text)))


def least_parts(text: str) -> int:
    """A number of parts that the text has at least; 0 where it is not clear from its letters.

    Each letter and each plain number is a part, and so is what joins it to the one before; each plain function is one more.
    """
    if _UNCLEAR.search(text):
        return 0
    start = max((found.end() for found in _FIRST.finditer(text)), default=0)
    words = Counter(_WORD.findall(text, start))
    leaves = functions = 0
    for word, count in words.items():
        if _LEAF.fullmatch(word) or (
            len(word) == 2 and word.isalpha() and word.islower() and word not in _KNOWN
        ):
            leaves += count
        elif word in _PLAIN:
            functions += count
        elif word in _KEEPING:
            continue
        else:
            return 0
    leaves += sum(map(text.count, FRACTIONS)) if start == 0 else 0
    leaves += len(_NUMBER.findall(text, start)) - len(_NO_LEAF.findall(text, start))
    return 2 * leaves - 1 + (functions if "," not in text else 0)
