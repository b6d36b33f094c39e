"""The widgets that the pages share, each once: function, point, window, examples, trouble, answers.

A page calls ``function_box`` first and always gets a Function: while the text is wrong the last good one
stays.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import streamlit as st

import derivlab as dl
from ui.escape import escape, tidy
from ui.query import LONGEST_FUNCTION, LONGEST_NUMBER, POINT, Query

POINTS = ("3", "4", "1", "2", "0.5")
"""Where a page looks first: the tutorial's x = 3 and (u, v) = (3, 4)."""

TRY = "Try 2, -1/3 or pi/2."


@dataclass(frozen=True, slots=True)
class Example:
    """A query worth a look, with the words on its button."""

    label: str
    query: Query


@lru_cache(maxsize=512)
def read(text: str) -> dl.Function | dl.ParseError:
    """The function in ``text``, or what is wrong with it."""
    try:
        return dl.parse(text)
    except dl.ParseError as error:
        return error


@lru_cache(maxsize=512)
def read_number(text: str) -> float | dl.DerivlabError:
    """The number in ``text``, such as ``pi/2``, ``sqrt(2)`` or ``-1/3``, or what is wrong with it."""
    try:
        constant = dl.parse(text)
        if constant.variables:
            names = ", ".join(constant.variables)
            return dl.InputError(f"A number is needed here, and “{names}” is not one.", hint=TRY)
        number = float(dl.value(constant, {}))
    except dl.DerivlabError as error:
        return error
    if not math.isfinite(number):
        return dl.InputError("This is not a finite number.", hint=TRY)
    return number


def put(key: str, text: str) -> None:
    """Callback: write ``text`` into the widget of this key."""
    st.session_state[key] = text


def trouble(error: dl.DerivlabError, text: str = "", key: str = "f") -> None:
    """Say what is wrong: message, caret under the fault, next step, and the correction as a button."""
    with st.container(key=f"trouble_{key}", gap="xsmall"):
        st.markdown(f":material/error: **{escape(error.message)}** {escape(error.hint)}")
        if isinstance(error, dl.ParseError) and text.strip():
            st.code(error.caret(text), language=None)
            if error.suggestion is not None:
                st.button(
                    f"Use `{escape(error.suggestion)}`",
                    key=f"use_{key}",
                    on_click=put,
                    args=(key, error.suggestion),
                    icon=":material/auto_fix_high:",
                )


def function_box(
    default: str = "3x^2", *, key: str = "f", label: str = "Function", examples: Sequence[Example] = ()
) -> dl.Function:
    """The box for the function, with the echo under it; stops the page only where nothing can be shown yet.

    The function travels from page to page. A page's own ``default`` stands until the person types another.
    """
    defaults: str | None = st.session_state.get(f"_default_{key}")
    if defaults is not None and defaults != default and st.session_state.get(key, defaults) == defaults:
        st.session_state[key] = default
    st.session_state[f"_default_{key}"] = default

    with st.container(key=f"{key}_row", horizontal=True, vertical_alignment="bottom", gap="small"):
        typed = st.text_input(
            label,
            value=default,
            key=key,
            live=True,
            bind="query-params",
            placeholder="Type a function: 3x^2, sin(x)/x, f(u, v) = u^3 + v^2",
            autocomplete="off",
        )
        if examples:
            gallery(examples, key=f"gallery_{key}")
    text = tidy(typed or "", LONGEST_FUNCTION + 1)
    found = read(text)
    if isinstance(found, dl.Function):
        st.session_state[f"_good_{key}"] = text
        echo(found, text, key)
        return found
    trouble(found, text, key)
    good = st.session_state.get(f"_good_{key}")
    kept = read(good) if good is not None else None
    if not isinstance(kept, dl.Function):
        st.info(
            "There is nothing to draw yet. Correct the text above, or take an example.",
            icon=":material/edit:",
        )
        for example in examples:
            st.button(example.label, key=f"start_{key}_{example.label}", on_click=example.query.apply)
        st.stop()
    st.caption(f"Below you still see `{escape(kept.text)}`, the last function that could be read.")
    return kept


def echo(function: dl.Function, text: str, key: str = "f") -> None:
    """What was understood, as a formula and as text with every ``*``; then other readings."""
    with st.container(key=f"echo_{key}", horizontal=True, vertical_alignment="center", gap="medium"):
        st.markdown(f"${function.heading} = {function.latex}$", width="content")
        st.code(function.body, language=None, width="content")
    for number, notice in enumerate(function.notices[:4]):
        with st.container(key=f"notice_{key}_{number}", horizontal=True, vertical_alignment="center"):
            st.markdown(f":material/info: {escape(notice.message)}", width="content")
            if notice.instead is not None:
                st.button(
                    f"Read it as {escape(notice.instead)}",
                    key=f"instead_{key}_{number}",
                    type="tertiary",
                    on_click=put,
                    args=(key, notice.instead),
                )


def gallery(examples: Iterable[Example], key: str = "gallery") -> None:
    """A popover of examples; one click opens one."""
    with st.popover("Examples", icon=":material/lightbulb:", key=key):
        for number, example in enumerate(examples):
            st.button(
                example.label,
                key=f"{key}_{number}",
                type="tertiary",
                on_click=example.query.apply,
                wrap=True,
            )


def number_box(
    label: str, key: str, default: str, *, about: str | None = None, empty: bool = False
) -> float | None:
    """A box that takes a number as people write it; while it is wrong it says so and the last good one stays.

    None only where the box may be ``empty`` and is.
    """
    typed = st.text_input(
        label, value=default, key=key, live=True, bind="query-params", help=about, autocomplete="off"
    )
    text = tidy(typed or "", LONGEST_NUMBER)
    if not text and empty:
        return None
    found = read_number(text) if text else dl.InputError("Type a number here.", hint=TRY)
    if isinstance(found, float):
        st.session_state[f"_good_{key}"] = text
        return found
    trouble(found, text, key)
    kept = read_number(st.session_state.get(f"_good_{key}", default or "0"))
    return kept if isinstance(kept, float) else 0.0


def point_box(variables: Sequence[str], defaults: Mapping[str, str] | None = None) -> dict[str, float]:
    """One box for each variable, bound to ``at_<variable>``; the values by name."""
    given = defaults or {}
    point: dict[str, float] = {}
    with st.container(key="point", horizontal=True, gap="small"):
        for position, name in enumerate(variables):
            with st.container(width=130 if len(variables) > 1 else "stretch"):
                first = given.get(name, POINTS[position % len(POINTS)])
                value = number_box(f"${name}$", f"{POINT}{name}", first)
                point[name] = 0.0 if value is None else value
    return point


def window_box(default: tuple[str, str] = ("", "")) -> tuple[float, float] | None:
    """The ends of the window, or None for an automatic one; ends in the wrong order are said in words."""
    with st.container(key="window", horizontal=True, gap="small"):
        with st.container():
            lo = number_box("From", "lo", default[0], empty=True)
        with st.container():
            hi = number_box("To", "hi", default[1], empty=True)
    if lo is None and hi is None:
        return None
    if lo is None or hi is None:
        st.caption("Give both ends, or neither for an automatic window.")
        return None
    if lo >= hi:
        st.caption("The window must end to the right of where it starts.")
        if lo > hi:
            st.button("Swap them", key="swap_window", on_click=swap, type="tertiary")
        return None
    return lo, hi


def swap() -> None:
    """Callback: exchange the ends of the window."""
    st.session_state["lo"], st.session_state["hi"] = st.session_state["hi"], st.session_state["lo"]


def answers(rows: Sequence[tuple[str, str]]) -> None:
    """The answer in figures: pairs of a name and a value, both as LaTeX without dollar signs."""
    with st.container(key="answers", gap="xsmall"):
        for name, value in rows:
            st.markdown(f"${name} = {value}$")
