r"""The words inside ``\text{…}`` that say when a piece of a function holds, in English and in other languages."""

from __future__ import annotations

from derivlab.expression.tokens import Token

TEXTS = frozenset({"text", "textrm", "textit", "textbf", "textnormal", "mbox", "hbox"})
"""Commands that hold words."""

_MEANT = {
    **dict.fromkeys(("whenever", "where", "with", "si", "se", "wenn", "falls", "pour", "para", "per"), "if"),
    **dict.fromkeys(("elseif", "elif"), "if"),
    **dict.fromkeys(("sonst", "sinon", "ansonsten", "altrimenti", "autrement", "anders"), "otherwise"),
    **dict.fromkeys(("all", "every", "any", "each"), ""),
}
_PHRASES = frozenset(
    {
        "en otro caso",
        "en caso contrario",
        "in caso contrario",
        "caso contrario",
        "dans les autres cas",
        "in all other cases",
        "in other cases",
    }
)
"""What else is said for “otherwise”."""


def translate_words(todo: list[Token]) -> None:
    r"""Bring the words behind the brace of ``\text{`` to those of the grammar; ``todo`` is in reverse."""
    first = len(todo) - 2
    last = first
    while last >= 0 and todo[last].kind == "word":
        last -= 1
    words = todo[last + 1 : first + 1][::-1]
    if " ".join(word.text.lower() for word in words) in _PHRASES:
        words[0].text = "otherwise"
        words[0].end = words[-1].end
        del words[1:]
    kept: list[Token] = []
    for place, word in enumerate(words):
        text = word.text
        after = words[place + 1].text if place + 1 < len(words) else ""
        if text in ("else", "otherwise") and after == "if":
            continue
        if _MEANT.get(text) == "" and not kept:
            kept.append(word)
        elif _MEANT.get(text) != "":
            word.text = _MEANT.get(text, word.text)
            kept.append(word)
    todo[last + 1 : first + 1] = kept[::-1]
