"""The controls of the Curve page: which curves, which window, which layers. All are in the URL."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

import derivlab as dl
from derivlab.expression.show_latex import name_to_latex
from derivlab.figures import numbers
from ui import widgets
from ui.escape import escape
from ui.query import POINT, Query, asked
from ui.subject import Ends, Subject

ORDERS = ("f", "f′", "f″", "f‴", "4", "5", "6", "7", "8", "9", "10")
"""The labels of the orders 0 to 10, in the URL too."""
PARTIAL_ORDERS = ("f", "∂f", "∂²f", "∂³f", *ORDERS[4:])
"""The same where the function has several variables: the derivatives are along the one that is drawn."""
FIRST_CURVES = 2
"""So many of them are drawn at first: the function and its first derivative."""
MORE = ("g", "h", "k")
"""The keys of the boxes for further functions."""
HIGHEST_TAYLOR = 10
MOST_SLIDERS = 6
MOST_BUTTONS = 5
"""Up to so many variables, a button each says which one is drawn."""


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


def controls(subject: Subject) -> Wanted:
    """One line of controls above the chart."""
    variable, key, labels = subject.variable, *curve_choice(subject)
    row = st.container(key="controls", horizontal=True, vertical_alignment="center", gap="small")
    notes = st.container(key="notes", gap="small")
    with row:
        chosen = st.segmented_control(
            "Curves",
            labels,
            selection_mode="multi",
            default=labels[:FIRST_CURVES],
            key=key,
            bind="query-params",
            label_visibility="collapsed",
            width="stretch",
        )
        with st.popover("Layers", icon=":material/layers:", key="layers"):
            tangent, taylor, shading, marks = _layers()
            others = _others(variable, notes)
        with st.popover("Window", icon=":material/crop_free:", key="window"):
            x = widgets.window_box(variable, ("lo", "hi"), notes)
            y = widgets.window_box(subject.height, ("ylo", "yhi"), notes)
            st.button("Automatic window", key="automatic", on_click=forget_window, width="stretch")
            x_log = st.toggle(f"Logarithmic {variable} axis", key="xlog", bind="query-params")
            y_log = st.toggle(f"Logarithmic {subject.height} axis", key="ylog", bind="query-params")
            equal = st.toggle("Same scale on both axes", key="equal", bind="query-params")
    orders = tuple(k for k, label in enumerate(labels) if label in (chosen or ()))
    return Wanted(orders, x, y, x_log, y_log, equal, tangent, taylor, shading, marks, others)


def curve_choice(subject: Subject) -> tuple[str, tuple[str, ...]]:
    """The key and the labels of the buttons that choose the orders; a link names them by these."""
    return ("partial", PARTIAL_ORDERS) if subject.is_partial else ("d", ORDERS)


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


def steady(subject: Subject, x: float, opened: Ends) -> Ends:
    """The automatic window: that of before while the point moves inside of it, else ``opened``.

    A window that follows each move of the point would jump under the hand that drags it.
    """
    before: tuple[Subject, Ends] | None = st.session_state.get("_opened")
    if before is not None and before[0] == subject and before[1][0] <= x <= before[1][1]:
        return before[1]
    st.session_state["_opened"] = (subject, opened)
    return opened


def forget_window() -> None:
    """Callback: back to the automatic window."""
    st.session_state.pop("_opened", None)
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

    Of several variables one is drawn along the axis; the others are held, each at a value with a slider.
    """
    if len(f.variables) < 2:
        variable = f.variables[0] if f.variables else "x"
        return Subject(f, variable), widgets.point_box((variable,), row=row)[variable]
    with st.container(key="others", horizontal=True, vertical_alignment="bottom", gap="medium"):
        variable = _drawn_along(f.variables)
        x = widgets.point_box((variable,), row=row)[variable]
        rest = [name for name in f.variables if name != variable]
        values = [(name, _slid(name, place)) for place, name in enumerate(rest[:MOST_SLIDERS], 1)]
        unseen = [(name, _linked(name)) for name in rest[MOST_SLIDERS:]]
        st.page_link(
            "pages/partials.py", label="All variables at once: Partials", icon=":material/landscape:"
        )
    if unseen:
        held = ", ".join(f"{name} = {numbers.text(value, digits=6)}" for name, value in unseen)
        st.caption(f"Held as well, without a slider: {escape(held)}.")
    return Subject(f, variable, (*values, *unseen)), x


def _linked(name: str) -> float:
    """The value that a link gives to a variable without a box; else 1."""
    value = widgets.read_number(asked(POINT + name, default="1"))
    return value if isinstance(value, float) else 1.0


def _drawn_along(variables: Sequence[str]) -> str:
    """Which variable runs along the axis: x where there is one, else the first, unless another is chosen."""
    first = "x" if "x" in variables else variables[0]
    if len(variables) <= MOST_BUTTONS:
        chosen = st.segmented_control(
            "Draw along", variables, default=first, key="wrt", bind="query-params", required=True
        )
    else:
        chosen = st.selectbox(
            "Draw along", variables, variables.index(first), key="wrt", bind="query-params", width=130
        )
    return chosen if chosen in variables else first


def _slid(name: str, place: int) -> float:
    """A box for the value of another variable, and a slider that follows it and moves it."""
    with st.container(width=270, horizontal=True, vertical_alignment="bottom", gap="small"):
        label, first = f"${name_to_latex(name)}$ is held at", widgets.POINTS[place % len(widgets.POINTS)]
        value = widgets.number_box(label, POINT + name, first, row=st.container(width=100)) or 0.0
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


def link_of(f: str, subject: Subject, shown: Ends, opens: Ends) -> str:
    """The address of what is on the screen, without what is as it was at first.

    ``shown`` is the window of x on the screen, ``opens`` the one that a link without a window opens.
    """
    state = st.session_state
    at = {name: asked(POINT + name) for name in (subject.variable, *dict(subject.others))}
    changed = {key: state[key] for key, first in KEPT.items() if state.get(key) not in {None, first}}
    more = {
        key: str(value).lower() if isinstance(value, bool) else str(value) for key, value in changed.items()
    }
    if shown != opens and not ("lo" in more or "hi" in more):
        more |= {"lo": numbers.plain(shown[0]), "hi": numbers.plain(shown[1])}
    key, labels = curve_choice(subject)
    chosen = tuple(state.get(key) or ())
    return Query(f, at, more=more, lists={key: () if chosen == labels[:FIRST_CURVES] else chosen}).link()
