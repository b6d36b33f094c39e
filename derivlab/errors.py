"""Everything that can go wrong with a person's input.

::

    DerivlabError
    ├── ParseError (ValueError)     the text is not a function that we can read
    ├── InputError (ValueError)     a point, a window, a variable or an order does not fit the function
    └── TimedOut (TimeoutError)     symbolic work passed its budget of time or memory
        └── Busy                    every worker is taken and the queue is full

Each says what is wrong and where, and names the next step in ``hint``.
"""

from __future__ import annotations

from typing import NamedTuple


class Span(NamedTuple):
    """A half-open stretch ``text[start:end]`` of what a person typed, in characters."""

    start: int
    end: int


NOWHERE = Span(0, 0)
"""The span of an error that has no place of its own in the text."""


class DerivlabError(Exception):
    """The root of all errors that a person's input can cause.

    ``message`` says what is wrong in one sentence, ``hint`` names the next step (may be empty).
    """

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class ParseError(DerivlabError, ValueError):
    """The text cannot be read as a function; ``span`` is the place in the text that was typed.

    ``suggestion`` is a whole text to try instead, or None.
    """

    def __init__(
        self,
        message: str,
        *,
        span: Span = NOWHERE,
        hint: str = "",
        suggestion: str | None = None,
    ) -> None:
        super().__init__(message, hint=hint)
        self.span = span
        self.suggestion = suggestion

    def caret(self, text: str) -> str:
        """The line of ``text`` that holds the fault, and below it ``^^^`` under the fault."""
        start = min(max(self.span.start, 0), len(text))
        line_start = text.rfind("\n", 0, start) + 1
        line_end = text.find("\n", start)
        line = text[line_start : len(text) if line_end < 0 else line_end].expandtabs(1)
        column = start - line_start
        width = max(1, min(self.span.end, line_start + len(line)) - start)
        return f"{line}\n{' ' * column}{'^' * width}"


class InputError(DerivlabError, ValueError):
    """A point, a window, a variable or an order does not fit the function."""


class TimedOut(DerivlabError, TimeoutError):
    """Symbolic work passed its budget of time or memory and was stopped."""


class Busy(TimedOut):
    """All symbolic workers are taken and the queue is full."""
