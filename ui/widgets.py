"""The widgets that the pages share, each once: function, point, window, examples, trouble, answers.

A page calls ``function_box`` first and always gets a Function: while the text is wrong the last good one
stays. All boxes are bound to the query parameter of their key.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

import derivlab as dl
from derivlab.expression.show_latex import name_to_latex
from derivlab.figures import numbers
from ui.escape import code, escape, shortened, tidy
from ui.query import LONGEST_FUNCTION, LONGEST_NUMBER, POINT, Query

POINTS = ("3", "4", "1", "2", "0.5")
"""Where a page looks first: the tutorial's x = 3 and (u, v) = (3, 4)."""

TRY = "Try 2, -1/3 or pi/2."
LARGEST = 1e100
LONGEST_ECHO = 1500
"""A formula longer than this is echoed as text only."""
LONGEST_CARET = 120
"""A text longer than this is not repeated to point at its fault."""


@dataclass(frozen=True, slots=True)
class Example:
    """A query worth a look, with the words on its button."""

    label: str
    query: Query


def read(text: str) -> dl.Function | dl.ParseError:
    """The function in ``text``, or what is wrong with it. Parsing remembers texts of ordinary length."""
    try:
        return dl.parse(text)
    except dl.ParseError as error:
        return error


@lru_cache(maxsize=512)
def read_number(text: str) -> float | dl.DerivlabError:
    """The number in ``text``, such as ``pi/2``, ``sqrt(2)``, ``-1/3`` or ``1,5``, or what is wrong with it."""
    try:
        constant = dl.parse(text)
        if constant.variables:
            return dl.InputError(f"“{shortened(text, 20)}” is not a number.", hint=TRY)
        number = float(dl.value(constant, {}))
    except dl.DerivlabError as error:
        return error
    if math.isnan(number):
        return dl.InputError(f"“{shortened(text, 20)}” has no value.", hint=TRY)
    if abs(number) > LARGEST:
        return dl.InputError("This number is too large to work with here.", hint="The limit is 1e100.")
    return number


def put(key: str, text: str) -> None:
    """Callback: write ``text`` into the widget of this key."""
    st.session_state[key] = text


def trouble(error: dl.DerivlabError, text: str = "", key: str = "f", then: str = "") -> None:
    """Say what is wrong: caret under the fault, message, next step, and the correction as a button.

    ``then`` is a sentence of Markdown that follows.
    """
    with st.container(key=f"trouble_{key}", horizontal=True, vertical_alignment="center", gap="small"):
        is_parse = isinstance(error, dl.ParseError)
        if is_parse and 0 < len(text) <= LONGEST_CARET and error.span.end - error.span.start < len(text):
            st.code(error.caret(text), language=None, width="content")
        words = f":material/error: **{escape(error.message)}** {escape(error.hint)}"
        st.markdown(f"{words} :gray[{then}]" if then else words, width="content")
        if is_parse and error.suggestion is not None:
            st.button(
                f"Use {code(shortened(error.suggestion))}",
                key=f"use_{key}",
                on_click=put,
                args=(key, error.suggestion),
                icon=":material/auto_fix_high:",
            )


def input_row(key: str = "inputs") -> DeltaGenerator:
    """A row for the inputs at the top of a page; it wraps where it is narrow."""
    return st.container(key=key, horizontal=True, vertical_alignment="bottom", gap="small")


def function_box(
    default: str = "3x^2",
    *,
    key: str = "f",
    label: str = "Type a function",
    examples: Sequence[Example] = (),
    starts: Sequence[Example] = (),
    row: DeltaGenerator | None = None,
) -> dl.Function:
    """The box for the function, with the echo under it; stops the page only where nothing can be shown yet.

    The function travels from page to page. A page's own ``default`` stands until the person types another.
    Give an ``input_row`` as ``row`` to put more inputs beside the box. ``examples`` make a gallery beside it;
    ``starts`` (else these) are offered while there is nothing to show.
    """
    before: str | None = st.session_state.get(f"_default_{key}")
    if before is not None and before != default and st.session_state.get(key, before) == before:
        st.session_state[key] = default
    st.session_state[f"_default_{key}"] = default

    with row or input_row(f"{key}_row"):
        typed = st.text_input(
            label,
            value=default,
            key=key,
            live=True,
            bind="query-params",
            placeholder="3x^2, sin(x)/x, f(u, v) = u^3 + v^2 …",
            autocomplete="off",
        )
        if examples:
            gallery(examples, key=f"gallery_{key}")
    text = tidy(typed or "", LONGEST_FUNCTION)
    found = read(text)
    if isinstance(found, dl.Function):
        st.session_state[f"_good_{key}"] = text
        echo(found, key)
        return found
    good = st.session_state.get(f"_good_{key}")
    kept = read(good) if good is not None else None
    if not isinstance(kept, dl.Function):
        trouble(found, text, key)
        nothing_yet(starts or examples, key)
        st.stop()
    trouble(found, text, key, f"Still shown: {code(shortened(kept.body, 30))}.")
    return kept


def nothing_yet(examples: Iterable[Example], key: str) -> None:
    """What stands where the picture would be before any function could be read."""
    with st.container(key=f"nothing_{key}", border=True):
        st.markdown("**Nothing to draw yet.** Correct the text above, or begin with an example:")
        with st.container(horizontal=True, gap="small"):
            for number, example in enumerate(examples):
                st.button(example.label, key=f"start_{key}_{number}", on_click=example.query.apply)


def echo(function: dl.Function, key: str = "f") -> None:
    """What was understood, as a formula and as text with every ``*``; then other readings."""
    with st.container(key=f"echo_{key}", horizontal=True, vertical_alignment="center", gap="medium"):
        heading = function.heading if function.variables else f"{name_to_latex(function.name)}(x)"
        if len(function.body) <= LONGEST_ECHO:
            st.markdown(f"${heading} = {function.latex}$", width="content")
        st.markdown(code(shortened(function.body, LONGEST_ECHO)), width="content")
        for number, notice in enumerate(function.notices[:4]):
            _notice(notice, key, number)


def _notice(notice: dl.Notice, key: str, number: int) -> None:
    """One reading that could have been another, with the other one click away."""
    with st.container(
        key=f"notice_{key}_{number}",
        horizontal=True,
        vertical_alignment="center",
        gap="xsmall",
        width="content",
    ):
        st.markdown(f":material/info: {escape(notice.message)}", width="content")
        if notice.instead is not None:
            st.button(
                f"Read it as {code(shortened(notice.instead))}",
                key=f"instead_{key}_{number}",
                type="tertiary",
                on_click=put,
                args=(key, notice.instead),
            )


def gallery(examples: Iterable[Example], key: str = "gallery") -> None:
    """A popover of examples; one click opens one."""
    with st.popover("Examples", icon=":material/lightbulb:", key=key), st.container(gap=None):
        for number, example in enumerate(examples):
            st.button(
                example.label,
                key=f"{key}_{number}",
                type="tertiary",
                on_click=example.query.apply,
                wrap=True,
            )


def number_box(
    label: str,
    key: str,
    default: str = "",
    *,
    about: str | None = None,
    row: DeltaGenerator | None = None,
    width: int | None = None,
    notes: DeltaGenerator | None = None,
) -> float | None:
    """A box that takes a number as people write it; while it is wrong it says so and the last good one stays.

    ``row`` is where the box goes, ``notes`` where it is said what is wrong (else where it is called). None
    only where ``default`` is empty and so is the box.
    """
    with row or st.container(), st.container(width=width or "stretch"):
        typed = st.text_input(
            label,
            value=default,
            key=key,
            live=True,
            bind="query-params",
            help=about,
            autocomplete="off",
            placeholder="automatic" if not default else None,
        )
    text = tidy(typed or "", LONGEST_NUMBER)
    if not text and not default:
        return None
    found = read_number(text) if text else dl.InputError("Here a number is needed.", hint=TRY)
    if isinstance(found, float):
        st.session_state[f"_good_{key}"] = text
        understood = read(text)
        for notice in understood.notices[:1] if isinstance(understood, dl.Function) else ():
            with notes or st.container():
                st.caption(f":material/info: {escape(notice.message)}")
        return found
    kept = read_number(st.session_state.get(f"_good_{key}") or default)
    value = kept if isinstance(kept, float) else None
    stays = "" if value is None else f"Still used: {code(numbers.plain(value))}."
    with notes or st.container():
        trouble(found, text, key, stays)
    return value


def point_box(
    variables: Sequence[str], defaults: Mapping[str, str] | None = None, row: DeltaGenerator | None = None
) -> dict[str, float]:
    """One box for each variable, bound to ``at_<variable>``; the values by name."""
    given = defaults or {}
    place = row or input_row("point")
    point: dict[str, float] = {}
    for position, name in enumerate(variables):
        first = given.get(name, POINTS[position % len(POINTS)])
        value = number_box(f"${name_to_latex(name)}$", POINT + name, first, row=place, width=120)
        point[name] = 0.0 if value is None else value
    return point


def window_box(
    axis: str = "x", keys: tuple[str, str] = ("lo", "hi"), notes: DeltaGenerator | None = None
) -> tuple[float, float] | None:
    """The ends of a window, None for an automatic one; ends in the wrong order are said in words."""
    row = input_row("_".join(("window", *keys)))
    lo = number_box(f"{axis} from", keys[0], row=row, notes=notes)
    hi = number_box(f"{axis} to", keys[1], row=row, notes=notes)
    good = f"_good_{'_'.join(keys)}"
    if lo is None and hi is None:
        st.session_state.pop(good, None)
        return None
    if lo is not None and hi is not None and lo < hi and math.isfinite(hi - lo):
        st.session_state[good] = (lo, hi)
        return lo, hi
    kept: tuple[float, float] | None = st.session_state.get(good)
    stays = "The window stays as it was." if kept else "The window is automatic."
    with notes or st.container():
        if lo is None or hi is None:
            st.caption(f"Give both ends of {axis}, or neither. {stays}")
        else:
            words = f":material/error: **The window of {axis} must end above where it starts.** {stays}"
            with st.container(key="_".join(("trouble", *keys)), horizontal=True, vertical_alignment="center"):
                st.markdown(words, width="content")
                if lo > hi:
                    st.button("Swap the ends", key="_".join(("swap", *keys)), on_click=_swap, args=keys)
    return kept


def _swap(first: str, second: str) -> None:
    """Callback: exchange the texts of two boxes."""
    st.session_state[first], st.session_state[second] = st.session_state[second], st.session_state[first]


def answers(rows: Iterable[tuple[str, str, str]], key: str = "answers") -> None:
    """The answer in figures: for each a name and a value as LaTeX without dollar signs, and a word on it."""
    with st.container(key=key, gap="xsmall"):
        for name, value, word in rows:
            st.markdown(f"${name} = {value}$" + (f" &nbsp; :gray[{escape(word)}]" if word else ""))
