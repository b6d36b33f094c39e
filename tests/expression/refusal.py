"""What holds of any text at all: it is a function with all its laws, or a ParseError that helps."""

from __future__ import annotations

from derivlab import Function, ParseError, parse
from derivlab.expression.tree import postorder


def is_read_or_refused(text: str) -> None:
    """Check the laws of what the text is read as, or of the error that it gets."""
    function = _read(text)
    if isinstance(function, ParseError):
        assert function.message
        assert 0 <= function.span.start <= function.span.end <= len(text)
        assert function.caret(text)
        if function.suggestion is not None:
            parse(function.suggestion)
        return
    assert parse(function.text) == function
    assert parse(f"{function.heading} = {function.latex}") == function
    assert len(function.spans) == len(list(postorder(function.tree)))
    for notice in function.notices:
        assert 0 <= notice.span.start <= notice.span.end <= len(text)
        if notice.instead is not None:
            assert parse(notice.instead) != function


def _read(text: str) -> Function | ParseError:
    try:
        return parse(text)
    except ParseError as error:
        return error
