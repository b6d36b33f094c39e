"""The panel of directions: the slope along one, and the slopes all around."""

from __future__ import annotations

import numpy as np
import streamlit as st

import derivlab as dl
from derivlab.expression.show_latex import name_to_latex
from derivlab.figures import numbers
from derivlab.figures.palette import Palette
from derivlab.figures.rosette import rosette_figure
from derivlab.multivariable.directional import Directional, directional, rosette
from ui import widgets
from ui.chart import chart
from ui.several.panels import Panel, basics, number, tangent_plane
from ui.several.subject import Subject


def direction_panel(subject: Subject, colors: Palette) -> Panel:
    """A direction by angle or as a vector; the slope along it, and the slopes all around."""
    on_surface, on_map = basics(subject)
    direction = _read_direction(subject)
    try:
        found: Directional | dl.InputError = directional(subject.f, subject.at, direction)
    except dl.InputError as error:
        found = error
    if isinstance(found, Directional):
        on_map["direction"] = tuple(
            float(found.direction[subject.f.variables.index(name)]) for name in subject.axes
        )
        if on_surface:
            on_surface["patch"] = tangent_plane(subject)

    def show() -> None:
        if isinstance(found, dl.InputError):
            widgets.trouble(found, key="direction")
            return
        left, right = st.columns(2, gap="medium")
        with left:
            _describe_direction(subject, found)
        with right:
            around = rosette(subject.f, subject.at, subject.axes)
            chosen = on_map["direction"]
            chart(
                rosette_figure(around, colors, chosen=float(np.arctan2(chosen[1], chosen[0]))),
                key="rosette",
                alt="The slope in every direction: a circle forwards along the gradient, and one backwards.",
            )

    return Panel({"on_surface": on_surface, "on_map": on_map}, show)


def _read_direction(subject: Subject) -> dict[str, float]:
    first, second = subject.axes
    with widgets.input_row("direction_row"):
        way = st.segmented_control(
            "Give the direction as", ["Angle", "Vector"], default="Angle", key="way", bind="query-params"
        )
        if way == "Vector":
            with st.container(width=260):
                row = widgets.input_row("direction_vector")
                parts = {
                    name: widgets.number_box(
                        f"along ${name_to_latex(name)}$", key, default, row=row, width=120
                    )
                    for name, key, default in ((first, "dx", "1"), (second, "dy", "1"))
                }
            return {name: part or 0.0 for name, part in parts.items()}
        with st.container(width=360):
            degrees = st.slider(
                f"Angle from the {first} axis",
                0,
                360,
                45,
                step=5,
                format="%d°",
                key="angle",
                bind="query-params",
            )
    angle = np.deg2rad(degrees)
    return {first: float(np.round(np.cos(angle), 15)), second: float(np.round(np.sin(angle), 15))}


def _describe_direction(subject: Subject, found: Directional) -> None:
    f = name_to_latex(subject.f.name)
    parts = ", ".join(numbers.latex(float(part), digits=4) for part in found.direction)
    slope = ", ".join(numbers.latex(float(part), digits=6) for part in found.gradient)
    st.markdown(f"Along the unit vector $v = ({parts})$ the slope is")
    st.markdown(
        f"$$D_v {f} = \\nabla {f} \\cdot v = ({slope}) \\cdot ({parts}) = \\mathbf{{{number(found.slope)}}}$$"
    )
    st.caption(
        "It is computed in one forward pass that carries v along (a **Jacobian-vector product**, JVP); no "
        "gradient is needed."
    )
    if found.steepest is None:
        st.markdown("The gradient is zero or missing here, so no direction is the steepest.")
        if abs(found.forward - found.backward) > 1e-3 * max(1.0, abs(found.forward)):
            ahead, behind = (numbers.latex(each, digits=4) for each in (found.forward, found.backward))
            st.markdown(
                f"Going forwards the slope is ${ahead}$, coming from behind ${behind}$: there is a corner."
            )
        return
    steep = ", ".join(numbers.latex(float(part), digits=4) for part in found.steepest)
    st.markdown(
        f"Steepest up: along the gradient, $({steep})$, with slope $|\\nabla {f}| = "
        f"{number(found.steepest_slope)}$. "
        "Steepest down: the opposite way. At right angles to it, along the level line, the slope is 0."
    )
