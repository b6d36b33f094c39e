"""Readings that could have been others: collected while parsing, each with the whole text of the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from derivlab.errors import Span
from derivlab.expression.function import Notice

Edit: TypeAlias = tuple[int, int, str]
"""Replace ``text[start:end]``."""

MOST_NOTICES = 8
UNSURE = "unsure"
"""Begins the kind of a notice that is kept only if its other reading can be read."""


class Notices:
    """Collects notices about ``text``; those of one ``kind`` are one notice, which makes all their edits."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.found: dict[str, tuple[str, Span, list[Edit]]] = {}

    def add(self, kind: str, message: str, span: Span, *edits: Edit) -> None:
        """One more reading; ``edits`` make the other reading of the text (none: there is none to offer)."""
        if kind in self.found:
            self.found[kind][2].extend(edits)
        elif len(self.found) < MOST_NOTICES:
            self.found[kind] = (message, span, list(edits))

    def finish(
        self, place_of: Callable[[Span], Span], is_readable: Callable[[str], bool]
    ) -> tuple[Notice, ...]:
        """The notices, with their places in what was typed."""
        for kind in [kind for kind in self.found if kind.startswith(UNSURE)]:
            if not is_readable(edited(self.text, self.found[kind][2])):
                del self.found[kind]
        return tuple(
            Notice(message, place_of(span), edited(self.text, edits) if edits else None)
            for message, span, edits in self.found.values()
        )


def edited(text: str, edits: Sequence[Edit]) -> str:
    """The text with all the edits made."""
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text
