"""The Language page: all that can be typed, made from the operations table, to search and to try out."""

from __future__ import annotations

from itertools import cycle, groupby

import streamlit as st

from derivlab.expression.reference import READINGS, Entry, entries
from ui import theme
from ui.escape import code, escape, tidy
from ui.query import Query

LONGEST_SEARCH = 60


def link(text: str) -> str:
    """A text as code that opens the Curve page with it."""
    return f"[{cell(code(text))}]({Query(f=text).link()})"


def cell(text: str) -> str:
    """Markdown for a cell of a table: a bar would end the cell."""
    return text.replace("|", "\\|")


def formula(latex: str) -> str:
    """LaTeX for a cell of a table."""
    return f"${latex}$".replace("|", r"\vert ")


def readings(words: str) -> None:
    """Examples of what may be typed, and how it is read, side by side."""
    wanted = words.split()
    groups = {
        title: [pair for pair in pairs if all(word in " ".join((title, *pair)).lower() for word in wanted)]
        for title, pairs in READINGS
    }
    groups = {title: pairs for title, pairs in groups.items() if pairs}
    places = cycle(st.columns(3)) if groups else cycle(())
    for (title, pairs), place in zip(groups.items(), places, strict=False):
        rows = [f"| {link(typed)} | {cell(code(meaning))} |" for typed, meaning in pairs]
        with place:
            st.subheader(title)
            st.markdown("\n".join(["| You type | It is read as |", "|---|---|", *rows]))


def operations(found: list[Entry]) -> None:
    """The operations, group by group."""
    for group, members in groupby(found, key=lambda entry: entry.group):
        st.subheader(group.capitalize())
        rows = [
            f"| {', '.join(cell(code(name)) for name in entry.names)} | {formula(entry.latex)} "
            f"| {cell(escape(entry.doc))} {limits(entry)} | {link(entry.example)} |"
            for entry in members
        ]
        st.markdown("\n".join(["| Names | Formula | Meaning | Try it |", "|---|---|---|---|", *rows]))


def limits(entry: Entry) -> str:
    """Where an operation is defined and where it has no derivative, in small print."""
    domain = f"Defined where {cell(code(entry.domain))}. " if entry.domain else ""
    kinks = f"No derivative: {cell(escape(entry.kinks))}." if entry.kinks else ""
    return f":gray[{domain}{kinks}]" if domain or kinks else ""


theme.heading("Language")
st.markdown(
    "One box takes mathematics as you write it, LaTeX, and the spelling of PyTorch, NumPy and Python. "
    "What was understood is always shown under the box."
)
words = tidy(
    st.text_input(
        "Search",
        key="search",
        live=True,
        bind="query-params",
        placeholder="inverse sine, relu, log …",
        autocomplete="off",
    )
    or "",
    LONGEST_SEARCH,
).lower()
found = [entry for entry in entries() if entry.matches(words)]
readings(words)
operations(found)
if not found:
    st.info(f"No operation matches {code(words)}. Try a shorter word.")
