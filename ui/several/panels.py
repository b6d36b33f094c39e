"""The panels of the Partials page: what each adds to the linked pictures, and what it shows below them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import streamlit as st

import derivlab as dl
from derivlab.expression.show import name_to_latex
from derivlab.figures import numbers
from derivlab.figures.palette import Palette
from derivlab.figures.rosette import rosette_figure
from derivlab.figures.slices import slice_figure
from derivlab.figures.surface import Patch, patch_grid
from derivlab.multivariable.batch import gradients, point_of
from derivlab.multivariable.directional import Directional, directional, rosette
from derivlab.multivariable.hessian import Bending, bending
from derivlab.multivariable.partials import Partial, mixed, partials
from derivlab.multivariable.view import slices, surface
from ui import widgets
from ui.chart import chart
from ui.several.formulas import asked_partials, exact_partial, partial_name, short_latex, when_ready
from ui.several.subject import Subject

DIGITS = 8
MOST_IN_TABLE = 3
"""Variables up to which the table has every second partial; with more it has those of the two axes."""
SHAPES = {
    "bowl": "The surface bends up in every direction, like a bowl.",
    "dome": "The surface bends down in every direction, like a dome.",
    "saddle": "The surface bends up one way and down another, like a saddle.",
    "flat in a direction": "In one direction the surface does not bend at all (to second order).",
}


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
        with st.container(key="answers", horizontal=True, gap="large"):
            st.markdown(f"${' = '.join(facts)}$", width="content")
            for axis in subject.axes:
                exact = short_latex(exact_partial(f, (axis,), 0.0))
                middle = f" = {exact}" if exact else ""
                result = number(float(slope[f.variables.index(axis)]))
                st.markdown(
                    f"${partial_name(f.name, (axis,))}{middle} = \\mathbf{{{result}}}$", width="content"
                )
            st.markdown(f"$|\\nabla {name}| = {number(float(np.linalg.norm(slope)))}$", width="content")

    when_ready(asked_partials(f, [(axis,) for axis in subject.axes]), show)
    if not np.isfinite(slope).all():
        st.caption("There is no derivative at this point: it is a corner, a tip or an edge.")


def _basics(subject: Subject) -> tuple[dict[str, Any], dict[str, Any]]:
    """The point and the gradient, for the surface and for the map."""
    f = subject.f
    value, slope = (part[0] for part in gradients(f, point_of(f, subject.at)[None, :]))
    if not np.isfinite(value):
        return {}, {}
    along = tuple(float(slope[f.variables.index(name)]) for name in subject.axes)
    return {"point": (*subject.place, float(value))}, {"gradient": along, "level": float(value)}


def slices_panel(subject: Subject, colors: Palette) -> Panel:
    """The partial curves and the tangent plane; below, the two slices."""
    on_surface, on_map = _basics(subject)
    curves = slices(subject.f, subject.window, subject.at)
    if on_surface:
        on_surface["curves"] = curves
        on_surface["patch"] = _tangent_plane(subject)

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


def _tangent_plane(subject: Subject) -> Patch | None:
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
    on_surface, on_map = _basics(subject)
    if on_surface:
        on_surface["patch"] = _tangent_plane(subject)

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
            st.markdown("\n".join(rows))

        when_ready(asked_partials(f, [each.wrt for each in shown]), table)
        if len(f.variables) > MOST_IN_TABLE:
            st.caption("The second partials are those of the two variables on the axes; choose others above.")
        _clairaut(subject)

    return Panel({"on_surface": on_surface, "on_map": on_map}, show)


def _row(f: dl.Function, partial: Partial) -> str:
    exact = exact_partial(f, partial.wrt)
    if exact is None:
        formula = ":gray[working …]"
    elif isinstance(exact, dl.DerivlabError):
        formula = ":gray[took too long]"
    elif len(exact.body) > 150:
        formula = ":gray[long: see the Steps page]"
    else:
        formula = f"${exact.latex}$".replace("|", r"\vert ")
    if np.isnan(partial.autograd) and np.isnan(partial.difference):
        verdict = ":gray[undefined]"
    else:
        verdict = ":green[agrees]" if partial.agrees else ":orange[differs]"
    name = partial_name(f.name, partial.wrt)
    found, check = number(partial.autograd), numbers.latex(partial.difference, digits=6)
    return f"| ${name}$ | {formula} | ${found}$ | ${check}$ | {verdict} |"


def _clairaut(subject: Subject) -> None:
    f = subject.f
    pair = mixed(f, subject.at, subject.axes)
    first, second = (partial_name(f.name, wrt) for wrt in (subject.axes, subject.axes[::-1]))
    numbers_found = (
        f"${first} = {numbers.latex(pair.xy, digits=5)}$ and ${second} = {numbers.latex(pair.yx, digits=5)}$"
    )
    if np.isnan([pair.xy, pair.yx]).any():
        st.markdown("The mixed partials have no value at this point.")
    elif pair.agree:
        st.markdown(
            f"The order makes no difference here: {numbers_found}. So it is wherever the second partials "
            f"are continuous "
            "(Clairaut’s theorem)."
        )
    else:
        st.markdown(
            f":material/priority_high: **The order makes a difference here:** {numbers_found}. The second "
            f"partials are not "
            "continuous at this point, so Clairaut’s theorem does not apply. Autograd differentiates the "
            "formula as it is "
            "written and cannot see this."
        )


def direction_panel(subject: Subject, colors: Palette) -> Panel:
    """A direction by angle or as a vector; the slope along it, and the slopes all around."""
    on_surface, on_map = _basics(subject)
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
            on_surface["patch"] = _tangent_plane(subject)

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


def bending_panel(subject: Subject, colors: Palette) -> Panel:
    """The Hessian, its eigenvalues and principal directions, and the quadratic approximation."""
    del colors
    on_surface, on_map = _basics(subject)
    try:
        found: Bending | dl.InputError = bending(subject.f, subject.at, subject.axes)
        whole = bending(subject.f, subject.at) if subject.others else found
    except dl.InputError as error:
        found = whole = error
    if isinstance(found, Bending):
        x, y, places = patch_grid(surface(subject.f, subject.window, subject.at), subject.place, 0.3)
        heights = found.quadratic(places).reshape(len(y), len(x))
        on_surface["patch"] = Patch("quadratic approximation", x, y, heights)
        on_map["axes_at_point"] = (found.directions, found.eigenvalues)

    def show() -> None:
        if isinstance(found, dl.InputError) or isinstance(whole, dl.InputError):
            widgets.trouble(found if isinstance(found, dl.InputError) else dl.InputError(""), key="bending")
            return
        left, right = st.columns(2, gap="medium")
        with left:
            _describe_hessian(subject, whole)
        with right:
            _describe_bending(subject, found)

    return Panel({"on_surface": on_surface, "on_map": on_map}, show)


def _describe_hessian(subject: Subject, whole: Bending) -> None:
    rows = r" \\ ".join(" & ".join(numbers.latex(float(n), digits=5) for n in row) for row in whole.hessian)
    names = ", ".join(name_to_latex(name) for name in whole.variables)
    st.markdown(f"The **Hessian**: all second partials, by ${names}$.")
    st.markdown(f"$$H = \\begin{{pmatrix}} {rows} \\end{{pmatrix}}$$")
    if subject.others:
        values = ", ".join(numbers.latex(float(each), digits=5) for each in whole.eigenvalues)
        st.markdown(f"Its eigenvalues: ${values}$.")


def _describe_bending(subject: Subject, found: Bending) -> None:
    st.markdown(f"**{SHAPES[found.shape]}**")
    for direction, eigenvalue in zip(found.directions, found.eigenvalues, strict=True):
        along = ", ".join(numbers.latex(float(part), digits=4) for part in direction)
        way = "up" if eigenvalue > 0 else "down" if eigenvalue < 0 else "neither up nor down"
        st.markdown(
            f"- along $({along})$ it bends {way}: second derivative $\\lambda = {number(float(eigenvalue))}$"
        )
    st.markdown(f"Determinant of the part by the two axes: ${number(found.determinant)}$.")
    st.caption(
        "The λ are the **eigenvalues** of the Hessian, the directions its eigenvectors (the cross on the "
        "map). The patch on "
        "the surface is the **quadratic approximation**: value, gradient and Hessian at the point, and "
        "nothing else."
    )
