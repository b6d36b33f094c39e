"""The panel of bending: the Hessian, its principal directions, the quadratic approximation."""

from __future__ import annotations

import streamlit as st

import derivlab as dl
from derivlab.expression.show_latex import name_to_latex
from derivlab.figures import numbers
from derivlab.figures.palette import Palette
from derivlab.figures.surface import Patch, patch_grid
from derivlab.multivariable.hessian import Bending, bending
from derivlab.multivariable.view import surface
from ui import widgets
from ui.several.panels import Panel, basics, number
from ui.several.subject import Subject

SHAPES = {
    "bowl": "The surface bends up in every direction, like a bowl.",
    "dome": "The surface bends down in every direction, like a dome.",
    "saddle": "The surface bends up one way and down another, like a saddle.",
    "flat in a direction": "In one direction the surface does not bend at all (to second order).",
}


def bending_panel(subject: Subject, colors: Palette) -> Panel:
    """The Hessian, its eigenvalues and principal directions, and the quadratic approximation."""
    del colors
    on_surface, on_map = basics(subject)
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
