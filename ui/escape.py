"""Text from a person or a link, made harmless for Markdown."""

from __future__ import annotations

import re

_SPECIAL = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:&^=\"'/@])")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


def escape(text: str) -> str:
    """``text`` so that Markdown shows exactly these characters: no bold, no link, no HTML, no formula."""
    return _SPECIAL.sub(r"\\\1", _CONTROL.sub(" ", text))


def code(text: str) -> str:
    """``text`` as a code span of Markdown, whatever backticks it holds."""
    line = _CONTROL.sub(" ", text).strip()
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", line)), default=0))
    return f"{fence}{line}{fence}" if len(fence) == 1 else f"{fence} {line} {fence}"


def tidy(text: str, longest: int) -> str:
    """``text`` in one line without control characters, cut at ``longest`` characters."""
    return _CONTROL.sub(" ", text).strip()[:longest]


def shortened(text: str, longest: int = 60) -> str:
    """``text``, or its beginning and an ellipsis where it is longer."""
    return text if len(text) <= longest else text[: longest - 1] + "…"
