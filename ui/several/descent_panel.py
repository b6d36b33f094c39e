"""The panel of descent: several methods walk down from the point, on the map and on the surface."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import streamlit as st

import derivlab as dl
from derivlab.expression.show_latex import name_to_latex
from derivlab.figures import numbers
from derivlab.figures.descent import clip_far, heights_figure
from derivlab.figures.marks import Path
from derivlab.figures.palette import Palette, Style
from derivlab.figures.surface import surface_figure
from derivlab.multivariable.descent import CODE, METHODS, MOST_STEPS, Descent, Method, descend
from derivlab.multivariable.view import Surface
from ui import widgets
from ui.chart import chart
from ui.several.pictures import the_map
from ui.several.subject import Subject
from ui.several.tables import wide_table

RATES = {"gradient descent": "0.01", "momentum": "0.005", "Adam": "0.1", "Newton": "1"}
OUTCOMES = {
    "arrived": ":green[arrived: the slope is 0]",
    "still moving": ":gray[still moving]",
    "diverged": ":red[diverged: ever farther away]",
    "left the domain": ":orange[left the domain: f is undefined there]",
    "saddle or maximum": ":orange[stopped at a saddle or a maximum]",
}


def descent_panel(subject: Subject, surface: Surface, colors: Palette) -> None:
    """Walks downhill from the point by the chosen methods, animated."""
    methods, rates, steps = _read_descent()
    walks: list[Descent] = []
    for method in methods:
        try:
            walks.append(descend(subject.f, subject.at, method, rates[method], steps, subject.axes))
        except dl.InputError as error:
            widgets.trouble(error, key=f"walk_{method}")
            break
    reach = 3 * max(abs(end) for ends in subject.window.values() for end in ends)
    paths = [
        clip_far(
            Path(walk.method, _style(walk.method, colors), walk.places[:, 0], walk.places[:, 1], walk.values),
            reach,
        )
        for walk in walks
    ]
    left, right = st.columns(2, gap="small")
    with left, st.container(key="surface"):
        figure = surface_figure(surface, colors, name=subject.f.name, paths=paths, height=430)
        chart(
            figure,
            key="descent_surface",
            alt="The walks on the surface",
        )
    with right:
        the_map(subject, surface, colors, paths=paths)
    _outcomes(subject, walks, paths, colors)


def _style(method: Method, colors: Palette) -> Style:
    return colors.orders[(1, 3, 4, 5)[METHODS.index(method)]]


def _read_descent() -> tuple[list[Method], dict[Method, float], int]:
    row = widgets.input_row("descent_row")
    with row:
        chosen = st.pills(
            "Methods",
            METHODS,
            selection_mode="multi",
            default=list(METHODS),
            key="methods",
            bind="query-params",
        )
    methods = [method for method in METHODS if method in (chosen or ())]
    rates: dict[Method, float] = {}
    with row, st.popover("Step sizes", icon=":material/footprint:", key="rates"):
        for number, method in enumerate(METHODS):
            rate = widgets.number_box(method, f"rate{number}", RATES[method])
            rates[method] = rate if rate and rate > 0 else float(RATES[method])
            if not rate or rate <= 0:
                st.caption(f"The step size of {method} must be positive; {RATES[method]} is taken.")
    count = widgets.number_box("steps", "steps", "100", row=row, width=100)
    steps = int(min(max(count or 1, 1), MOST_STEPS))
    return methods, rates, steps


def _outcomes(subject: Subject, walks: Sequence[Descent], paths: Sequence[Path], colors: Palette) -> None:
    if not walks:
        st.markdown("Choose a method above.")
        return
    names = ", ".join(name_to_latex(name) for name in subject.axes)
    left, right = st.columns([1.25, 1], gap="medium")
    with left:
        rows = [
            f"| method | steps | ends at $({names})$ | ${name_to_latex(subject.f.name)}$ there | |",
            "|:--|--:|:--|--:|:--|",
        ]
        for walk in walks:
            last = ", ".join(numbers.latex(float(n), digits=5) for n in walk.places[-1])
            value = numbers.latex(float(walk.values[-1]), digits=5)
            rows.append(
                f"| {walk.method} | {walk.steps} | $({last})$ | ${value}$ | {OUTCOMES[walk.outcome]} |"
            )
        wide_table(rows, "descent")
        st.caption("What is run, step by step, is PyTorch’s own optimizer:")
        code = [CODE[walk.method].format(rate=f"{walk.rate:g}") for walk in walks]
        st.code("\n".join(code), language="python")
    with right:
        finite = [float(np.nanmin(walk.values)) for walk in walks if np.isfinite(walk.values).any()]
        lowest = min(finite) if finite else None
        chart(
            heights_figure(paths, colors, name=subject.f.name, lowest=lowest, height=280),
            key="heights",
            alt="The height after each step of each method",
        )
