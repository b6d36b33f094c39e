"""Names, numbers and texts as pieces of Python source, whatever a person called them."""

from __future__ import annotations

import keyword
import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import torch

from derivlab.lowering.points import Floats

_TAKEN = frozenset({"torch", "math", "print"})
_LINE = 88


def python_names(names: Mapping[str, Any]) -> dict[str, str]:
    """For each variable a name that Python takes and that clashes with nothing else in the script."""
    found: dict[str, str] = {}
    for name in names:
        legal = re.sub(r"\W", "_", unicodedata.normalize("NFKC", name))
        if not legal.isidentifier():
            legal = f"v_{legal}"
        while keyword.iskeyword(legal) or legal in _TAKEN or legal in found.values():
            legal += "_"
        found[name] = legal
    return found


def free_name(candidates: Sequence[str], taken: Any) -> str:
    """The first of some names that is not taken."""
    used = set(taken)
    name = next((name for name in candidates if name not in used), "result")
    while name in used:
        name += "_"
    return name


def linspace_arguments(value: Floats) -> str | None:
    """The arguments of torch.linspace that give exactly these numbers; None where none do."""
    if len(value) < 5:
        return None
    first, last = float(value[0]), float(value[-1])
    if np.array_equal(torch.linspace(first, last, len(value), dtype=torch.float64).numpy(), value):
        return f"{first!r}, {last!r}, {len(value)}"
    return None


def wrapped(values: list[Any]) -> str:
    """A list of numbers as source, over several lines where it is long."""
    text = repr(values)
    if len(text) <= _LINE // 2:
        return text
    rows: list[str] = []
    for piece in text[1:-1].split(", "):
        if rows and len(rows[-1]) + len(piece) + 2 <= _LINE - 4:
            rows[-1] += f" {piece},"
        else:
            rows.append(f"    {piece},")
    return "[\n" + "\n".join(rows) + "\n]"


def plain(text: str) -> str:
    """A text without line breaks and other characters that do not print."""
    return "".join(character if character.isprintable() else " " for character in text)


def comment(text: str) -> str:
    """A text as a comment of one line."""
    short = plain(text)
    return f"# {short if len(short) <= 2_000 else short[:2_000] + ' …'}"


def quoted(text: str) -> str:
    """A text as a string literal of one line."""
    return '"' + plain(text).replace("\\", "\\\\").replace('"', '\\"') + '"'
