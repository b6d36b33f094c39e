"""The Language page: all that can be typed, made from the operations table, to search and to try out."""

from __future__ import annotations

from itertools import cycle, groupby

import streamlit as st

from derivlab.expression.reference import READINGS, Entry, entries
from ui import theme
from ui.escape import code, escape, tidy
from ui.query import Query

LONGEST_SEARCH = 60
MOST_NAMES = 8
"""So many names stand in the heading of a folded group."""


def link(text: str) -> str:
    """A text as code that opens the Curve page with it."""
    return f"[{cell(code(text))}]({Query(f=text).link()})"


def cell(text: str) -> str:
    """Markdown for a cell of a table: a bar would end the cell."""
    return text.replace("|", "\\|")


def formula(latex: str) -> str:
    """LaTeX for a cell of a table."""
    return f"${latex}$".replace("|", r"\vert ")


def table(headers: str, rows: list[str]) -> None:
    """A table of Markdown; on a phone each row is a block of its own."""
    st.markdown("\n".join([headers, "|" + "---|" * (headers.count("|") - 1), *rows]))


def readings(words: str) -> int:
    """Examples of what may be typed, and how it is read, side by side; how many were found."""
    wanted = words.split()
    groups = {
        title: [pair for pair in pairs if all(word in " ".join((title, *pair)).lower() for word in wanted)]
        for title, pairs in READINGS
    }
    groups = {title: pairs for title, pairs in groups.items() if pairs}
    if groups:
        st.subheader("What you can type, and how it is read")
        columns = st.columns(min(3, len(groups)), gap="small")
        for (title, pairs), place in zip(groups.items(), cycle(columns), strict=False):
            rows = [f"| {link(typed)} | {cell(code(meaning))} |" for typed, meaning in pairs]
            with place, st.expander(f"**{title}** :gray[{len(pairs)}]", expanded=bool(wanted)):
                table("| You type | It is read as |", rows)
    return sum(map(len, groups.values()))


def operations(found: list[Entry], unfolded: bool) -> None:
    """The operations, folded by group; the heading of each says what is in it."""
    if found:
        st.subheader("All functions and signs")
    for group, members in ((group, list(rows)) for group, rows in groupby(found, key=lambda e: e.group)):
        rows = [
            f"| {', '.join(cell(code(name)) for name in entry.names)} | {formula(entry.latex)} "
            f"| {escape(entry.doc)} {limits(entry)} | {link(entry.example)} |"
            for entry in members
        ]
        names = " ".join(code(entry.names[0]) for entry in members[:MOST_NAMES])
        more = " …" if len(members) > MOST_NAMES else ""
        with st.expander(f"**{group.capitalize()}** &nbsp; {names}{more}", expanded=unfolded):
            table("| Names | Formula | Meaning | Try it |", rows)


def limits(entry: Entry) -> str:
    """Where an operation is defined and where it has no derivative, in small print."""
    domain = f"Defined where {cell(code(entry.domain))}. " if entry.domain else ""
    kinks = f"No derivative: {escape(entry.kinks)}." if entry.kinks else ""
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
with st.container(key="language"):
    read = readings(words)
    operations(found, unfolded=bool(words))
if not found:
    also = "" if read else " Try a shorter word."
    st.info(f"No operation matches {code(words)}.{also}")
