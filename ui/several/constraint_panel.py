"""The panel of constraints: f on the curve g = c, by Lagrange's condition."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import streamlit as st

import derivlab as dl
from derivlab.expression.several import Equation, parse_equation
from derivlab.expression.show_latex import name_to_latex
from derivlab.figures import numbers
from derivlab.figures.marks import Pointer
from derivlab.figures.palette import Palette
from derivlab.multivariable.batch import gradients, point_of
from derivlab.multivariable.constraint import Constrained, LagrangePoint, lagrange
from derivlab.multivariable.view import Surface
from ui import widgets
from ui.several.marked import LISTED, SIGNS, marks_of
from ui.several.pictures import the_map
from ui.several.subject import Subject
from ui.several.tables import wide_table


def constraint_panel(subject: Subject, surface: Surface, colors: Palette) -> None:
    """The curve g = c on the map, with the points where the gradients are parallel."""
    first, second = subject.axes
    typed = st.text_input(
        "Only where (the constraint)",
        value=f"{first}^2 + {second}^2 = 4",
        key="constraint",
        live=True,
        bind="query-params",
        help="An equation in the two variables, such as x + y = 1.",
    )
    try:
        equation = _read_constraint(subject, typed or "")
        found = lagrange(subject.f, equation.function, 0.0, subject.window, subject.at)
    except dl.DerivlabError as error:
        widgets.trouble(error, typed or "", "constraint")
        the_map(subject, surface, colors)
        return
    shown = found.points[:60] if not found.not_isolated else ()
    left, right = st.columns([1.15, 1], gap="medium")
    with left:
        the_map(
            subject,
            surface,
            colors,
            lines=found.curve.pieces,
            marks=marks_of(subject, shown, 0),
            arrows=_parallel(subject, equation, shown[:8], colors),
        )
    with right:
        _describe_constraint(subject, equation, found)


def _read_constraint(subject: Subject, text: str) -> Equation:
    equation = parse_equation(text[:2000])
    strange = [name for name in equation.function.variables if name not in subject.f.variables]
    if strange:
        raise dl.InputError(
            f"{strange[0]} is not a variable of {subject.f.name}.",
            hint=f"Use {' and '.join(subject.axes)}.",
        )
    if not set(equation.function.variables) & set(subject.axes):
        raise dl.InputError(
            "The constraint says nothing about the variables on the axes.",
            hint=f"Use {' and '.join(subject.axes)}.",
        )
    return equation


def _parallel(
    subject: Subject, equation: Equation, points: Sequence[LagrangePoint], colors: Palette
) -> list[Pointer]:
    """The gradients of f and g at each point: on one line."""
    arrows = []
    g = dl.Function("g", subject.f.variables, equation.function.tree)
    for each in points:
        tail = (each.at[subject.axes[0]], each.at[subject.axes[1]])
        for function, color in ((g, colors.orders[3].color), (subject.f, colors.orders[1].color)):
            _, slope = gradients(function, point_of(function, each.at)[None, :])
            along = tuple(float(slope[0, function.variables.index(name)]) for name in subject.axes)
            if np.isfinite(along).all() and np.hypot(*along) > 1e-9:
                share = 1.0 if function is g else 0.62
                arrows.append(Pointer(tail, (along[0], along[1]), color, share))
    return arrows


def _describe_constraint(subject: Subject, equation: Equation, found: Constrained) -> None:
    f = name_to_latex(subject.f.name)
    st.markdown(f"Largest and smallest ${f}$ on the curve ${equation.latex}$")
    if found.not_isolated:
        st.markdown(
            f"**${f}$ stays the same along a whole stretch of the curve**, so no single point is the largest."
        )
        return
    if not found.points:
        st.markdown("**No such point inside the window.**")
        return
    names = subject.axes
    rows = [
        f"| | {' | '.join(f'${name_to_latex(n)}$' for n in names)} | ${f}$ | along the curve | $\\lambda$ |",
        "|:--|--:|--:|--:|:--|--:|",
    ]
    for each in found.points[:LISTED]:
        ends = "**largest**" if each.highest else "**smallest**" if each.lowest else ""
        place = [f"${numbers.latex(each.at[name], digits=6)}$" for name in names]
        value = f"${numbers.latex(each.value, digits=6)}$"
        kind = f"{each.kind}{': ' + ends if ends else ''}"
        multiplier = "–" if np.isnan(each.multiplier) else f"${numbers.latex(each.multiplier, digits=5)}$"
        rows.append(f"| {SIGNS[each.kind]} | {' | '.join(place)} | {value} | {kind} | {multiplier} |")
    wide_table(rows, "constraint")
    st.caption(
        "At these points the arrows of ∇f and ∇g lie on one line: **∇f = λ ∇g** (Lagrange’s condition). "
        "Anywhere else on the "
        "curve one can walk along it and still change f. Largest and smallest are meant among the points "
        "in this window."
    )
