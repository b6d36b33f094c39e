"""The controls of the Curve page: which curves, which window, which layers. All are in the URL."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import streamlit as st

import derivlab as dl
from derivlab.figures import numbers
from ui import widgets
from ui.query import POINT, asked

ORDERS = ("f", "f′", "f″", "f‴", "4", "5", "6", "7", "8", "9", "10")
"""The labels of the orders 0 to 10, in the URL too."""
MORE = ("g", "h", "k")
"""The keys of the boxes for further functions."""
HIGHEST_TAYLOR = 10
Ends = tuple[float, float]


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
    with row:
        chosen = st.pills(
            "Curves",
            ORDERS,
            selection_mode="multi",
            default=["f", "f′"],
            key="d",
            bind="query-params",
            label_visibility="collapsed",
            width="stretch",
        )
        with st.popover("Layers", icon=":material/layers:", key="layers"):
            tangent, taylor, shading, marks = _layers()
            others = _others(variable)
        with st.popover("Window", icon=":material/crop_free:", key="window"):
            x = widgets.window_box(variable, ("lo", "hi"))
            y = widgets.window_box("y", ("ylo", "yhi"))
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


def _others(variable: str) -> tuple[dl.Function, ...]:
    """The boxes for further functions: those that are filled, and one more on request."""
    shown = max([i + 1 for i, key in enumerate(MORE) if asked(key)] + [st.session_state.get("_more", 0)])
    found: list[dl.Function] = []
    for key in MORE[:shown]:
        text = st.text_input(f"{key}({variable}) =", key=key, live=True, bind="query-params")
        if not (text or "").strip():
            continue
        function = widgets.read(text.strip())
        if isinstance(function, dl.ParseError):
            widgets.trouble(function, text, key)
        elif set(function.variables) - {variable}:
            wrong = dl.InputError(f"This is no function of {variable} alone.", hint=f"Use only {variable}.")
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


def take_window(x: Ends, y: Ends) -> None:
    """In a callback: this window into the boxes, to the digits that a pixel can tell apart."""
    for ends, keys in ((x, ("lo", "hi")), (y, ("ylo", "yhi"))):
        digits = numbers.digits_within(ends)
        for end, key in zip(ends, keys, strict=True):
            st.session_state[key] = numbers.plain(end, digits=digits)


def take_point(variable: str, x: float) -> None:
    """In a callback: this point into its box."""
    st.session_state[POINT + variable] = numbers.plain(x)
