"""The boxes for a vector function, for an equation and for a list of numbers, each with its echo."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

import derivlab as dl
from derivlab.expression.several import Equation, VectorFunction, parse_equation, parse_vector
from ui import widgets
from ui.escape import escape, tidy
from ui.query import LONGEST_FUNCTION
from ui.several.look import style

LONGEST_ECHO = 400

T = TypeVar("T", VectorFunction, Equation)


@lru_cache(maxsize=256)
def _vector(text: str) -> VectorFunction | dl.ParseError:
    try:
        return parse_vector(text)
    except dl.ParseError as error:
        return error


@lru_cache(maxsize=256)
def _equation(text: str) -> Equation | dl.ParseError:
    try:
        return parse_equation(text)
    except dl.ParseError as error:
        return error


def vector_box(
    default: str,
    *,
    key: str,
    label: str,
    row: DeltaGenerator,
    echo: bool = True,
) -> VectorFunction:
    """The box for ``F(x, y) = (…, …)``; while the text is wrong it says so and the last good one stays."""
    found = _box(default, key, label, row, _vector)
    if echo or len(found.body) >= LONGEST_ECHO:
        vector_echo(found)
    for notice in found.notices[:3]:
        st.caption(f":material/info: {escape(notice.message)}")
    return found


def vector_echo(found: VectorFunction) -> None:
    """What was understood, as a formula; a very long one as text, cut."""
    if len(found.body) < LONGEST_ECHO:
        st.markdown(f"${found.heading} = {found.latex}$")
    else:
        st.markdown(escape(found.body[:LONGEST_ECHO] + " …"))


def equation_box(default: str, *, key: str, label: str, row: DeltaGenerator) -> Equation:
    """The box for ``x^2 + y^2 = 1``; while the text is wrong it says so and the last good one stays."""
    found = _box(default, key, label, row, _equation)
    st.markdown(f"${found.latex}$" if len(found.text) < 400 else escape(found.text[:400] + " …"))
    return found


def _box(
    default: str, key: str, label: str, row: DeltaGenerator, read: Callable[[str], T | dl.ParseError]
) -> T:
    style()
    with row:
        typed = st.text_input(
            label, value=default, key=key, live=True, bind="query-params", autocomplete="off"
        )
    text = tidy(typed or "", LONGEST_FUNCTION)
    found = read(text)
    if not isinstance(found, dl.ParseError):
        st.session_state[f"_good_{key}"] = text
        return found
    widgets.trouble(found, text, key)
    kept = read(st.session_state.get(f"_good_{key}") or default)
    if isinstance(kept, dl.ParseError):
        st.stop()
    return kept
