"""What a person types stays text."""

from __future__ import annotations

import pytest

from ui.escape import code, escape, shortened, tidy


@pytest.mark.parametrize(
    "text", ["**bold**", "<img src=x>", "[a](b)", ":red[x]", "$x$", "`x`", "# h", "~~x~~", "&lt;"]
)
def test_no_mark_of_markdown_is_left_bare(text: str) -> None:
    """Every special character has a backslash before it."""
    escaped = escape(text)
    assert escaped.replace("\\", "") == text.replace("\\", "")
    for position, character in enumerate(escaped):
        if character in "*<>[]:$`#~&_":
            assert escaped[position - 1] == "\\"


@pytest.mark.parametrize(("text", "span"), [("x", "`x`"), ("a`b", "`` a`b ``"), ("```", "```` ``` ````")])
def test_a_code_span_holds_any_text(text: str, span: str) -> None:
    """The fence is longer than any run of backticks inside."""
    assert code(text) == span


def test_control_characters_and_direction_marks_become_spaces() -> None:
    """One line, nothing invisible that reorders it."""
    assert tidy("x\n+\u202e1\x00", 100) == "x + 1"


def test_long_text_is_cut() -> None:
    """Tidied to the bound, shortened with an ellipsis."""
    assert tidy("x" * 50, 10) == "x" * 10
    assert shortened("x" * 50, 10) == "x" * 9 + "…"
