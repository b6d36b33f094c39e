"""The controls of the Curve page: which curves, which window, which layers. All are in the URL."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

import derivlab as dl
from derivlab.expression.show import name_to_latex
from derivlab.figures import numbers
from ui import widgets
from ui.query import POINT, Query, asked
from ui.subject import Ends, Subject

ORDERS = ("f", "f′", "f″", "f‴", "4", "5", "6", "7", "8", "9", "10")
"""The labels of the orders 0 to 10, in the URL too."""
FIRST_CURVES = ("f", "f′")
MORE = ("g", "h", "k")
"""The keys of the boxes for further functions."""
HIGHEST_TAYLOR = 10
MOST_SLIDERS = 6


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the controls say. An ``x`` or ``y`` of None is automatic; ``taylor`` None is no polynomial."""

    orders: tuple[int, ...]
    x: Ends | None
    y: Ends | None
    x_log: bool
    y_log: bool
    equal: bool
    tangent: bool
    taylor: int | None
    shading: bool
    marks: bool
    others: tuple[dl.Function, ...]

    @property
    def scales(self) -> tuple[Literal["linear", "log"], Literal["linear", "log"]]:
        """The scales of x and y."""
        return ("log" if self.x_log else "linear"), ("log" if self.y_log else "linear")


def controls(variable: str) -> Wanted:
    """One line of controls above the chart."""
    row = st.container(key="controls", horizontal=True, vertical_alignment="center", gap="small")
    notes = st.container(key="notes", gap="small")
    with row:
        chosen = st.segmented_control(
            "Curves",
            ORDERS,
            selection_mode="multi",
            default=FIRST_CURVES,
            key="d",
            bind="query-params",
            label_visibility="collapsed",
            width="stretch",
        )
        with st.popover("Layers", icon=":material/layers:", key="layers"):
            tangent, taylor, shading, marks = _layers()
            others = _others(variable, notes)
        with st.popover("Window", icon=":material/crop_free:", key="window"):
            x = widgets.window_box(variable, ("lo", "hi"), notes)
            y = widgets.window_box("y", ("ylo", "yhi"), notes)
            st.button("Automatic window", key="automatic", on_click=forget_window, width="stretch")
            x_log = st.toggle(f"Logarithmic {variable} axis", key="xlog", bind="query-params")
            y_log = st.toggle("Logarithmic y axis", key="ylog", bind="query-params")
            equal = st.toggle("Same scale on both axes", key="equal", bind="query-params")
    orders = tuple(k for k, label in enumerate(ORDERS) if label in (chosen or ()))
    return Wanted(orders, x, y, x_log, y_log, equal, tangent, taylor, shading, marks, others)


def _layers() -> tuple[bool, int | None, bool, bool]:
    tangent = st.toggle("Tangent at the point", value=True, key="tangent", bind="query-params")
    marks = st.toggle("Points of interest", value=True, key="marks", bind="query-params")
    shading = st.toggle("Shade where f rises and falls", key="shade", bind="query-params")
    with_taylor = st.toggle("Taylor polynomial at the point", key="taylor", bind="query-params")
    degree = 2
    if with_taylor:
        degree = st.slider("Degree", 0, HIGHEST_TAYLOR, 2, key="degree", bind="query-params")
    return tangent, (min(max(degree, 0), HIGHEST_TAYLOR) if with_taylor else None), shading, marks


def _others(variable: str, notes: DeltaGenerator) -> tuple[dl.Function, ...]:
    """The boxes for further functions: those that are filled, and one more on request."""
    shown = max([i + 1 for i, key in enumerate(MORE) if asked(key)] + [st.session_state.get("_more", 0)])
    found: list[dl.Function] = []
    for key in MORE[:shown]:
        text = st.text_input(f"{key}({variable}) =", key=key, live=True, bind="query-params")
        if not (text or "").strip():
            continue
        function = widgets.read(text.strip())
        if isinstance(function, dl.ParseError):
            with notes:
                widgets.trouble(function, text, key)
        elif set(function.variables) - {variable}:
            wrong = dl.InputError(f"{key} is no function of {variable} alone.", hint=f"Use only {variable}.")
            with notes:
                widgets.trouble(wrong, key=key)
        else:
            found.append(dl.Function(key, (variable,), function.tree))
    if shown < len(MORE):
        st.button(
            "Add a function", key="add_function", icon=":material/add:", on_click=_one_more, args=(shown,)
        )
    return tuple(found)


def _one_more(shown: int) -> None:
    st.session_state["_more"] = shown + 1


def forget_window() -> None:
    """Callback: back to the automatic window."""
    for key in ("lo", "hi", "ylo", "yhi"):
        st.session_state[key] = ""


def take_window(view: Any) -> None:
    """In a callback: the window that the chart reports into the boxes, to the digits that a pixel shows."""
    if not isinstance(view, Mapping):
        return
    if view.get("automatic"):
        forget_window()
        return
    for axis, keys in (("x", ("lo", "hi")), ("y", ("ylo", "yhi"))):
        try:
            lo, hi = (float(end) for end in view[axis])
        except (TypeError, ValueError, KeyError, IndexError):
            return
        if not (math.isfinite(lo) and math.isfinite(hi) and lo < hi):
            return
        digits = numbers.digits_within((lo, hi))
        for end, key in zip((lo, hi), keys, strict=True):
            st.session_state[key] = numbers.plain(end, digits=digits)


def take_point(variable: str, x: Any) -> None:
    """In a callback: the point that the chart reports into its box."""
    if isinstance(x, int | float) and math.isfinite(x):
        st.session_state[POINT + variable] = numbers.plain(float(x))


def subject_box(f: dl.Function, row: DeltaGenerator) -> tuple[Subject, float]:
    """The function as one of a single variable, and the point: boxes for both.

    Of several variables one is the axis; the others get values, each with a slider.
    """
    variable = "x"
    if len(f.variables) > 1:
        first = "x" if "x" in f.variables else f.variables[0]
        with row:
            chosen = st.selectbox(
                "Along", f.variables, f.variables.index(first), key="wrt", bind="query-params", width=110
            )
        variable = chosen if chosen in f.variables else first
    elif f.variables:
        variable = f.variables[0]
    x = widgets.point_box((variable,), row=row)[variable]
    rest = [name for name in f.variables if name != variable]
    if not rest:
        return Subject(f, variable), x
    with st.container(key="others", horizontal=True, vertical_alignment="bottom"):
        values = [(name, _slid(name, place)) for place, name in enumerate(rest[:MOST_SLIDERS])]
        values += [(name, 1.0) for name in rest[MOST_SLIDERS:]]
        st.page_link(
            "pages/partials.py", label="All variables at once: Partials", icon=":material/landscape:"
        )
    return Subject(f, variable, tuple(values)), x


def _slid(name: str, place: int) -> float:
    """A box for the value of another variable, and a slider that follows it and moves it."""
    with st.container(width=280, horizontal=True, vertical_alignment="bottom", gap="small"):
        label, first = f"${name_to_latex(name)}$", ("1", "2", "0.5")[place % 3]
        value = widgets.number_box(label, POINT + name, first, width=90) or 0.0
        reach = 5.0
        while reach < abs(value):
            reach *= 2
        st.session_state[f"slide_{name}"] = value
        st.slider(
            name,
            -reach,
            reach,
            step=reach / 100,
            key=f"slide_{name}",
            label_visibility="collapsed",
            on_change=_follow,
            args=(name,),
        )
    return value


def _follow(name: str) -> None:
    """Callback: the slider's value into the box."""
    st.session_state[POINT + name] = numbers.plain(float(st.session_state[f"slide_{name}"]), digits=6)


KEPT: Mapping[str, object] = {
    **dict.fromkeys(("wrt", "lo", "hi", "ylo", "yhi", *MORE), ""),
    **dict.fromkeys(("xlog", "ylog", "equal", "shade", "taylor"), False),
    **dict.fromkeys(("tangent", "marks"), True),
    "degree": 2,
}
"""The keys, beside the function, the point and the curves, that make up the view, and their defaults."""


def link_of(f: str, subject: Subject) -> str:
    """The address of what is on the screen, without what is as it was at first."""
    state = st.session_state
    at = {name: asked(POINT + name) for name in (subject.variable, *dict(subject.others))}
    changed = {key: state[key] for key, first in KEPT.items() if state.get(key) not in {None, first}}
    more = {
        key: str(value).lower() if isinstance(value, bool) else str(value) for key, value in changed.items()
    }
    chosen = tuple(state.get("d") or ())
    return Query(f, at, more=more, lists={"d": () if chosen == FIRST_CURVES else chosen}).link()
