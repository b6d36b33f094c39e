"""Readings that could have been others: collected while parsing, each with the whole text of the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from derivlab.errors import Span

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

    def finish(self, is_another: Callable[[str], bool]) -> Iterator[tuple[str, Span, str | None]]:
        """Message, place and other reading of each; an offer is kept only if it has another meaning."""
        for kind, (message, span, edits) in self.found.items():
            instead = edited(self.text, edits) if edits else None
            if instead is not None and not is_another(instead):
                if kind.startswith(UNSURE):
                    continue
                instead = None
            yield message, span, instead


def edited(text: str, edits: Sequence[Edit]) -> str:
    """The text with all the edits made."""
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text
