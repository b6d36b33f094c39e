"""The inputs of a page on several variables: the function, the point, two axes, the window."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import streamlit as st

import derivlab as dl
from derivlab.figures.numbers import plain
from ui import widgets
from ui.query import POINT, Query

REACH = 6.0
"""Half the automatic window, where it holds the point."""
ENDS = ("lo1", "hi1", "lo2", "hi2")


@dataclass(frozen=True)
class Subject:
    """What a page is about: ``f`` at the point ``at``, drawn over the two ``axes`` in the ``window``."""

    f: dl.Function
    at: dict[str, float]
    axes: tuple[str, str]
    window: dict[str, tuple[float, float]]

    @property
    def place(self) -> tuple[float, float]:
        """The point on the map."""
        return self.at[self.axes[0]], self.at[self.axes[1]]

    @property
    def others(self) -> tuple[str, ...]:
        """The variables that are held while the map is drawn."""
        return tuple(name for name in self.f.variables if name not in self.axes)


def example(
    label: str, f: str, at: Mapping[str, str], window: Sequence[str] = (), **more: str
) -> widgets.Example:
    """An example with a point and, in the order of ``ENDS``, a window."""
    return widgets.Example(label, Query(f, at, more={**dict(zip(ENDS, window, strict=False)), **more}))


def read_subject(default: str, at: Mapping[str, str], examples: Sequence[widgets.Example]) -> Subject:
    """The widgets at the top of the page, and what they say."""
    row = widgets.input_row()
    typed = widgets.function_box(default, starts=examples, row=row)
    f = _spread_out(typed)
    with row:
        axes = _axes(f)
    point = widgets.point_box(axes, {name: at[name] for name in axes if name in at}, row=row)
    with row:
        window = _window(point)
        widgets.gallery(examples)
    point |= _others(f, axes, at)
    return Subject(f, {name: point[name] for name in f.variables}, axes, window)


def _spread_out(f: dl.Function) -> dl.Function:
    """A function of one variable or none, taken as one of two: the surface is then level along the second."""
    if len(f.variables) >= 2:
        return f
    added = [name for name in ("x", "y") if name not in f.variables][: 2 - len(f.variables)]
    if f.variables:
        words = f"{f.name} has one variable, {f.variables[0]}; it is level along {added[0]}."
    else:
        words = f"{f.name} is a constant: a level plane, and every partial derivative is 0."
    st.caption(words)
    return dl.Function(f.name, (*f.variables, *added), f.tree)


def _axes(f: dl.Function) -> tuple[str, str]:
    """Which two variables are drawn; asked only where there are more."""
    names = f.variables
    if len(names) == 2:
        return names[0], names[1]
    for key in ("axis1", "axis2"):
        if st.session_state.get(key) not in names:
            st.session_state.pop(key, None)
    with st.container(width=90):
        first = st.selectbox("Across", names, key="axis1", bind="query-params")
    rest = [name for name in names if name != first]
    if st.session_state.get("axis2") not in rest:
        st.session_state.pop("axis2", None)
    with st.container(width=90):
        second = st.selectbox("Up the map", rest, key="axis2", bind="query-params")
    return first or names[0], second or rest[0]


def _others(f: dl.Function, axes: tuple[str, str], at: Mapping[str, str]) -> dict[str, float]:
    """A box and a slider for each variable that is not drawn."""
    names = [name for name in f.variables if name not in axes]
    found = {}
    if not names:
        return found
    with st.container(key="others", horizontal=True, gap="medium"):
        for name in names:
            with st.container(width=230, horizontal=True, vertical_alignment="bottom", gap="small"):
                found |= widgets.point_box([name], {name: at.get(name, "1")}, row=st.container(width=90))
                low, high = min(-6.0, found[name]), max(6.0, found[name])
                st.session_state[f"slide_{name}"] = found[name]
                st.slider(
                    name,
                    low,
                    high,
                    step=(high - low) / 120,
                    key=f"slide_{name}",
                    on_change=_slid,
                    args=(name,),
                    label_visibility="collapsed",
                    format="%.3g",
                )
    return found


def _slid(name: str) -> None:
    st.session_state[f"{POINT}{name}"] = plain(float(st.session_state[f"slide_{name}"]), digits=6)


def _window(place: Mapping[str, float]) -> dict[str, tuple[float, float]]:
    """The window of both axes, in a popover; automatic, it holds the point."""
    with st.popover("Window", icon=":material/crop_free:", key="window_box"):
        return {
            name: widgets.window_box(name, keys) or _around(place[name])
            for name, keys in zip(place, (ENDS[:2], ENDS[2:]), strict=True)
        }


def _around(number: float) -> tuple[float, float]:
    """A window about 0 that holds the number; it does not move while the point is dragged inside of it."""
    if abs(number) <= REACH:
        return -REACH, REACH
    power = 10.0 ** np.floor(np.log10(abs(number)))
    reach = float(np.ceil(1.25 * abs(number) / power) * power)
    return -reach, reach


def move_point(key: str, axes: tuple[str, str]) -> None:
    """Callback of the map: take the point that was clicked or dragged to."""
    moved = st.session_state[key].get("moved")
    if not isinstance(moved, list) or len(moved) != 2:
        return
    for name, number in zip(axes, moved, strict=True):
        if isinstance(number, int | float):
            st.session_state[f"{POINT}{name}"] = plain(float(number), digits=10)
