"""The two halves of the Plane curves page: implicit curves and parametric ones."""

from __future__ import annotations

import numpy as np
import streamlit as st

import derivlab as dl
from derivlab.expression.show_latex import name_to_latex
from derivlab.expression.tree import Apply, postorder
from derivlab.figures import numbers
from derivlab.figures.mapping import curves_figure
from derivlab.figures.palette import Palette
from derivlab.multivariable.level_set import LevelSet, level_set
from derivlab.multivariable.plane_curve import (
    ImplicitSlope,
    Motion,
    implicit_slope,
    motion,
    trace,
)
from ui import widgets
from ui.chart import chart
from ui.map_point import map_point
from ui.several.formulas import exact_slope, partial_name, when_ready
from ui.several.subject import move_point
from ui.several.vector_box import equation_box, vector_box
from ui.several.vector_examples import CURVES

LONGEST_SLOPE = 160
"""Characters of an exact slope that is shown."""
REACH = 5.0
"""Half the widest window for an implicit curve, unless the point lies farther out."""


def implicit_panel(colors: Palette) -> None:
    """F(x, y) = c: the curve, a point on it, and the slope −F_x/F_y."""
    row = widgets.input_row()
    equation = equation_box(
        "x^2 + y^2 = 1", key="equation", label="Type an equation in two variables", row=row
    )
    f = equation.function
    if len(f.variables) > 2 or not f.variables:
        wrong = (
            "This equation has no variable."
            if not f.variables
            else f"This equation has {len(f.variables)} variables."
        )
        with row:
            widgets.gallery(CURVES)
        widgets.trouble(
            dl.InputError(wrong, hint="A curve in the plane needs two, such as x and y."), key="equation"
        )
        return
    axes = (*f.variables, *(name for name in ("x", "y") if name not in f.variables))[:2]
    axes = (axes[0], axes[1]) if axes != ("y", "x") else ("x", "y")
    f = dl.Function("F", axes, f.tree)
    near = widgets.point_box(axes, {axes[0]: "0.6", axes[1]: "0.8"}, row=row)
    with row:
        widgets.gallery(CURVES)
    window, curve = _framed(f, axes, max(REACH, *(1.2 * abs(number) for number in near.values())))
    found: ImplicitSlope | dl.InputError
    try:
        found = implicit_slope(f, 0.0, near, axes)
    except dl.InputError as error:
        found = error
    left, right = st.columns([1.3, 1], gap="medium")
    with left:
        place = (near[axes[0]], near[axes[1]])
        tangent = normal = None
        if isinstance(found, ImplicitSlope):
            place = (found.at[axes[0]], found.at[axes[1]])
            if found.kind != "singular":
                normal, tangent = (found.partial_x, found.partial_y), (-found.partial_y, found.partial_x)
        with st.container(key="map"):
            chart(
                curves_figure(
                    list(curve.pieces),
                    colors,
                    names=axes,
                    window=tuple(window.values()),
                    at=place,
                    tangent=tangent,
                    normal=normal,
                ),
                key="implicit_chart",
                alt=f"The curve {equation.text} with its tangent",
            )
            map_point(
                key="map_point",
                chart="map",
                name="F",
                axes=axes,
                point=place,
                stretch=None,
                colors=colors,
                on_moved=lambda: move_point("map_point", axes),
            )
    with right:
        if curve.is_empty:
            st.markdown(
                "**The curve does not pass through this window.** Perhaps no real point fulfils the equation."
            )
        if isinstance(found, dl.InputError):
            widgets.trouble(found, key="implicit")
        else:
            _describe_implicit(f, axes, found)


def is_showable(slope: dl.Function) -> bool:
    """Whether an exact slope is short, and has a value: there is none where F does not depend on the second axis."""
    nodes = postorder(slope.tree)
    has_value = not any(isinstance(node, Apply) and node.operation == "undefined" for node in nodes)
    return has_value and len(slope.body) <= LONGEST_SLOPE


def _framed(
    f: dl.Function, axes: tuple[str, str], reach: float
) -> tuple[dict[str, tuple[float, float]], LevelSet]:
    """The curve in a window around 0 that is as large as it needs to be, at most ``reach`` to each side."""
    window = dict.fromkeys(axes, (-reach, reach))
    curve = level_set(f, 0.0, window)
    extent = max((float(np.abs(piece).max()) for piece in curve.pieces), default=reach)
    if extent < 0.8 * reach:
        window = dict.fromkeys(axes, (-1.4 * extent, 1.4 * extent))
        curve = level_set(f, 0.0, window)
    return window, curve


def _describe_implicit(f: dl.Function, axes: tuple[str, str], found: ImplicitSlope) -> None:
    x, y = (name_to_latex(name) for name in axes)
    at = ", ".join(numbers.latex(found.at[name], digits=6) for name in axes)
    by_x, by_y = (partial_name("F", (name,)) for name in axes)
    st.markdown(f"The point on the curve: $({at})$")
    st.markdown(
        f"${by_x} = {numbers.latex(found.partial_x, digits=7)}$ and ${by_y} = "
        f"{numbers.latex(found.partial_y, digits=7)}$ by autograd"
    )
    if found.kind == "singular":
        st.markdown(
            "**Both are 0 here:** the curve crosses itself, has a tip, or is a single point. There is no "
            "single slope."
        )
        return
    if found.kind == "vertical":
        st.markdown(f"${by_y} = 0$: the tangent is **upright**, so $\\frac{{d{y}}}{{d{x}}}$ has no value.")
    else:
        st.markdown(
            f"$$\\frac{{d{y}}}{{d{x}}} = -\\frac{{\\partial F/\\partial {x}}}{{\\partial F/\\partial {y}}} = "
            f"\\mathbf{{{numbers.latex(found.slope, digits=8)}}}$$"
        )

    def exact() -> None:
        formula = exact_slope(f, axes)
        if isinstance(formula, dl.Function) and is_showable(formula):
            st.markdown(f"Exactly: $\\frac{{d{y}}}{{d{x}}} = {formula.latex}$")

    when_ready([lambda patience: exact_slope(f, axes, patience)], exact)
    st.caption(
        f"$F$ is the left side minus the right. Along the curve it stays 0, and so does its change: "
        f"${by_x}\\,d{x} + {by_y}\\,d{y} = 0$. That gives the slope without solving for ${y}$ (**implicit "
        "differentiation**). The arrow is $\\nabla F$: it stands at a right angle to the curve. Click on the "
        "picture, or drag the point."
    )


def parametric_panel(colors: Palette) -> None:
    """(x(t), y(t)): the curve, the velocity and the slope at t."""
    row = widgets.input_row()
    curve = vector_box(
        "(cos t, sin 2t)",
        key="path",
        label="Type a curve: a list of functions of one variable",
        row=row,
    )
    if len(curve.variables) != 1 or len(curve.components) not in {2, 3}:
        with row:
            widgets.gallery(CURVES)
        words = f"Here are {_counted(len(curve.variables), 'variable')} and {_counted(len(curve.components), 'component')}."
        widgets.trouble(
            dl.InputError(
                words, hint="A curve has one variable and two or three components, such as (cos t, sin 2t)."
            ),
            key="path",
        )
        return
    name = curve.variables[0]
    at = widgets.point_box(curve.variables, {name: "0.5"}, row=row)
    with row:
        with st.popover("Window", icon=":material/crop_free:", key="window_box"):
            window = widgets.window_box(name, ("t1", "t2")) or (0.0, float(2 * np.pi))
        widgets.gallery(CURVES)
    _, places = trace(curve, window)
    found: Motion | dl.InputError
    try:
        found = motion(curve, at[name])
    except dl.InputError as error:
        found = error
    left, right = st.columns([1.3, 1], gap="medium")
    with left:
        here = (float(found.place[0]), float(found.place[1])) if isinstance(found, Motion) else None
        along = (float(found.velocity[0]), float(found.velocity[1])) if isinstance(found, Motion) else None
        chart(
            curves_figure([places[:, :2]], colors, names=("x", "y"), at=here, tangent=along, velocity=along),
            key="parametric_chart",
            alt=f"The curve {curve.body} with its velocity at {name} = {numbers.text(at[name])}",
        )
        if len(curve.components) == 3:
            st.caption(
                "The curve lies in space; this is its shadow on the plane of the first two components."
            )
    with right:
        if isinstance(found, dl.InputError):
            widgets.trouble(found, key="motion")
        else:
            _describe_motion(curve.variables[0], found)


def _counted(count: int, thing: str) -> str:
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"


def _describe_motion(name: str, found: Motion) -> None:
    t = name_to_latex(name)

    def vector(parts: np.ndarray) -> str:  # type: ignore[type-arg]
        return f"({', '.join(numbers.latex(float(part), digits=6) for part in parts)})"

    st.markdown(f"At ${t} = {numbers.latex(found.t, digits=8)}$:")
    st.markdown(
        f"- place ${vector(found.place)}$\n- velocity ${vector(found.velocity)}$, each part differentiated "
        f"by ${t}$\n- speed ${numbers.latex(found.speed, digits=7)}$"
    )
    if found.kind == "singular":
        st.markdown(
            "**The velocity is 0:** the point stands still for a moment, and the curve may have a tip. "
            "There is no slope."
        )
    elif found.kind == "vertical":
        st.markdown("$x' = 0$: the tangent is **upright**.")
    elif len(found.place) == 2:
        st.markdown(
            f"$$\\frac{{dy}}{{dx}} = \\frac{{y'}}{{x'}} = "
            f"\\mathbf{{{numbers.latex(found.slope, digits=8)}}}$$"
        )
        st.markdown(
            f"Curvature ${numbers.latex(found.curvature, digits=6)}$: the best circle there has radius "
            f"${numbers.latex(1 / abs(found.curvature), digits=5)}$."
            if found.curvature
            else "Curvature 0: it runs straight there."
        )
    st.caption(
        "The arrow is the **velocity**: the derivative of the place by the variable, by autograd for each "
        "component."
    )
