"""The reference says what the parser does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from derivlab import parse
from derivlab.expression.naming.spellings import SPELLINGS
from derivlab.expression.operations import OPERATIONS
from derivlab.expression.parse import parse_rule
from derivlab.expression.reference import READINGS, entries, to_markdown
from derivlab.expression.show import to_text

ROOT = Path(__file__).parents[2]


def test_the_file_is_up_to_date() -> None:
    """docs/language.md is what the table makes: write it anew with python -m derivlab.expression.reference."""
    assert (ROOT / "docs" / "language.md").read_text(encoding="utf-8") == to_markdown()


@pytest.mark.parametrize(("typed", "meaning"), [pair for _, pairs in READINGS for pair in pairs])
def test_every_reading_is_true(typed: str, meaning: str) -> None:
    """Each example of the reference is read as the reference says."""
    assert parse(typed).text == meaning


@pytest.mark.parametrize("name", OPERATIONS)
def test_every_row_is_read_from_its_example(name: str) -> None:
    """The example of a row uses the operation of the row, and both printed forms are read back."""
    function = parse(OPERATIONS[name].example)
    assert any(getattr(node, "operation", "") == name for node in _nodes(function.tree))
    assert parse(function.text) == function
    assert parse(function.latex).tree == function.tree


@pytest.mark.parametrize("name", OPERATIONS)
def test_every_text_of_a_row_is_read(name: str) -> None:
    """Rules, definition, domain and kinks of a row are formulas of our own notation."""
    row = OPERATIONS[name]
    for text in (*row.rules, row.definition, row.domain, *(kink.at for kink in row.kinks)):
        if text:
            assert parse_rule(to_text(parse_rule(text))) == parse_rule(text)


@pytest.mark.parametrize("name", [name for name, row in OPERATIONS.items() if row.aliases])
def test_every_alias_is_read(name: str) -> None:
    """An alias means the same as the name."""
    row = OPERATIONS[name]
    arguments = ", ".join("xyz"[: row.arity[0]])
    for alias in row.aliases:
        if row.arity[0]:
            assert parse(f"{alias}({arguments})").tree == parse(f"{name}({arguments})").tree
        else:
            assert parse(alias).tree == parse(name).tree


@pytest.mark.parametrize("name", SPELLINGS)
def test_every_spelling_is_read(name: str) -> None:
    """A program's name is read with each number of arguments that it has a text for."""
    for count, text in SPELLINGS[name].items():
        arguments = ("u", "v", "w")[:count]
        if name.startswith("logical"):
            arguments = ("u > 0", "v > 0", "w > 0")[:count]
            text = re.sub("[uvw]", r"\g<0> > 0", text)  # noqa: PLW2901
        call = parse_rule(f"{name}({', '.join(arguments)})")
        assert call == parse_rule(text)


def test_entries_can_be_searched() -> None:
    """All words must occur, in any case; an empty search finds everything."""
    assert [entry.name for entry in entries() if entry.matches("Inverse SINE")][:1] == ["asin"]
    assert all(entry.matches("") for entry in entries())
    assert not any(entry.matches("nosuchword") for entry in entries())


def _nodes(tree: object) -> list[object]:
    from derivlab.expression.tree import postorder

    return list(postorder(tree))  # type: ignore[arg-type]
