"""The panels of the Partials page: what each adds to the linked pictures, and what it shows below them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import streamlit as st

import derivlab as dl
from derivlab.expression.show_latex import name_to_latex
from derivlab.figures import numbers
from derivlab.figures.palette import Palette
from derivlab.figures.slices import slice_figure
from derivlab.figures.surface import Patch, patch_grid
from derivlab.multivariable.batch import gradients, point_of
from derivlab.multivariable.partials import Partial, mixed, partials
from derivlab.multivariable.view import slices, surface
from ui.chart import chart
from ui.several.formulas import (
    asked_partials,
    exact_partial,
    latex_where_valid,
    partial_name,
    short_latex,
    when_ready,
)
from ui.several.subject import Subject
from ui.several.tables import wide_table

DIGITS = 8
MOST_IN_TABLE = 3
"""Variables up to which the table has every second partial; with more it has those of the two axes."""


@dataclass(frozen=True)
class Panel:
    """What a panel adds to the pictures, and what it shows below them."""

    pictures: dict[str, Any] = field(default_factory=dict)
    show: Callable[[], None] = lambda: None


def number(value: float) -> str:
    """A number as LaTeX, to the digits that a page shows."""
    return numbers.latex(float(value), digits=DIGITS)


def answer_line(subject: Subject) -> None:
    """The value and the two partials at the point, with the exact forms, in one line."""
    f = subject.f
    value, slope = (part[0] for part in gradients(f, point_of(f, subject.at)[None, :]))
    places = ", ".join(number(subject.at[name]) for name in f.variables)
    name = name_to_latex(f.name)
    if np.isnan(value):
        st.markdown(
            f":material/error: **${name}({places})$ has no value:** the formula is undefined at this point. "
            "Choose another point, or click on the map where it is coloured."
        )
        return
    facts = [f"{name}({places})" if len(f.variables) <= 4 else name, number(float(value))]

    def show() -> None:
        with st.container(key="answers", horizontal=True, gap="medium"):
            st.markdown(f"${' = '.join(facts)}$", width="content")
            for axis in subject.axes:
                exact = short_latex(exact_partial(f, (axis,), 0.0))
                result = number(float(slope[f.variables.index(axis)]))
                middle = f" = {exact}" if exact and exact != result else ""
                st.markdown(
                    f"${partial_name(f.name, (axis,))}{middle} = \\mathbf{{{result}}}$", width="content"
                )
            st.markdown(f"$|\\nabla {name}| = {number(float(np.linalg.norm(slope)))}$", width="content")

    when_ready(asked_partials(f, [(axis,) for axis in subject.axes]), show)
    if not np.isfinite(slope).all():
        st.caption("There is no derivative at this point: it is a corner, a tip or an edge.")


def basics(subject: Subject) -> tuple[dict[str, Any], dict[str, Any]]:
    """The point and the gradient, for the surface and for the map."""
    f = subject.f
    value, slope = (part[0] for part in gradients(f, point_of(f, subject.at)[None, :]))
    if not np.isfinite(value):
        return {}, {}
    along = tuple(float(slope[f.variables.index(name)]) for name in subject.axes)
    return {"point": (*subject.place, float(value))}, {"gradient": along, "level": float(value)}


def slices_panel(subject: Subject, colors: Palette) -> Panel:
    """The partial curves and the tangent plane; below, the two slices."""
    on_surface, on_map = basics(subject)
    curves = slices(subject.f, subject.window, subject.at)
    if on_surface:
        on_surface["curves"] = curves
        on_surface["patch"] = tangent_plane(subject)

    def show() -> None:
        st.caption(
            "The surface is cut by two upright planes through the point. Each cut is a curve of one "
            "variable, and its slope "
            "is a **partial derivative**. The tangent plane holds both tangents. On the map the arrow is "
            "the **gradient**: it "
            "points where the surface rises fastest and stands at a right angle to the level line. Click "
            "or drag on the map."
        )
        for column, (order, curve) in zip(st.columns(2, gap="small"), enumerate(curves, 1), strict=True):
            held = [
                (name, numbers.text(value, digits=4))
                for name, value in subject.at.items()
                if name != curve.variable
            ]
            with column:
                slope = numbers.text(curve.slope, digits=DIGITS)
                chart(
                    slice_figure(
                        curve, colors, order=order, name=subject.f.name, held=held if len(held) < 4 else ()
                    ),
                    key=f"slice{order}",
                    alt=f"{subject.f.name} along {curve.variable}; the tangent has slope {slope}",
                )

    return Panel({"on_surface": on_surface, "on_map": on_map}, show)


def tangent_plane(subject: Subject) -> Patch | None:
    """The tangent plane around the point; None where there is no derivative."""
    f = subject.f
    value, slope = (part[0] for part in gradients(f, point_of(f, subject.at)[None, :]))
    if not np.isfinite([value, *slope]).all():
        return None
    x, y, places = patch_grid(surface(f, subject.window, subject.at), subject.place)
    along = np.array([slope[f.variables.index(name)] for name in subject.axes])
    heights = value + (places - np.array(subject.place)) @ along
    return Patch("tangent plane", x, y, heights.reshape(len(y), len(x)))


def table_panel(subject: Subject, colors: Palette) -> Panel:
    """Every partial of order 1 and 2, three ways; below, whether the mixed ones agree."""
    del colors
    on_surface, on_map = basics(subject)
    if on_surface:
        on_surface["patch"] = tangent_plane(subject)

    def show() -> None:
        f = subject.f
        found = partials(f, subject.at)
        shown = [*found.first]
        names = f.variables if len(f.variables) <= MOST_IN_TABLE else subject.axes
        shown += [each for each in found.second if set(each.wrt) <= set(names)]

        def table() -> None:
            rows = [
                "| partial | exact form | by autograd | check by differences | |",
                "|:--|:--|--:|--:|:--|",
            ]
            rows += [_row(f, each) for each in shown]
            wide_table(rows, "partials")

        left, right = st.columns([1.25, 1], gap="medium")
        with left:
            when_ready(asked_partials(f, [each.wrt for each in shown]), table)
            if len(f.variables) > MOST_IN_TABLE:
                st.caption("The second partials are those of the two variables on the axes.")
        with right:
            _clairaut(subject)

    return Panel({"on_surface": on_surface, "on_map": on_map}, show)


def _row(f: dl.Function, partial: Partial) -> str:
    exact = exact_partial(f, partial.wrt)
    if exact is None:
        formula = ":gray[working …]"
    elif isinstance(exact, dl.DerivlabError):
        formula = ":gray[took too long]"
    elif len(exact.body) > 150:
        formula = ":gray[too long to show here]"
    else:
        formula = f"${latex_where_valid(f, partial.wrt, exact)}$".replace("|", r"\vert ")
    if np.isnan(partial.autograd) and np.isnan(partial.difference):
        verdict = ":gray[undefined]"
    else:
        verdict = ":green[agrees]" if partial.agrees else ":orange[differs]"
    name = partial_name(f.name, partial.wrt)
    found, check = number(partial.autograd), numbers.latex(partial.difference, digits=6)
    return f"| ${name}$ | {formula} | ${found}$ | ${check}$ | {verdict} |"


def _clairaut(subject: Subject) -> None:
    pair = mixed(subject.f, subject.at, subject.axes)
    for wrt, value in ((subject.axes, pair.xy), (subject.axes[::-1], pair.yx)):
        first, second = (name_to_latex(name) for name in wrt)
        found = numbers.latex(value, digits=5)
        st.markdown(
            f"First by ${first}$, then by ${second}$: ${partial_name(subject.f.name, wrt)} = {found}$"
        )
    if np.isnan([pair.xy, pair.yx]).any():
        st.markdown("A mixed partial has no value at this point.")
    elif pair.agree:
        st.markdown("**The order makes no difference here.**")
        st.caption("So it is wherever the second partials are continuous (**Clairaut’s theorem**).")
    else:
        st.markdown(":material/priority_high: **The order makes a difference here.**")
        st.caption(
            "The second partials are not continuous at this point, so **Clairaut’s theorem** does not apply. "
            "Autograd differentiates the formula as it is written and cannot see this."
        )
    st.caption("Both numbers are limits of differences of autograd’s first partials.")
