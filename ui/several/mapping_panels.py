"""The panels of the Mapping page: the Jacobian and its picture, the field, the chain rule, what a pass
costs.
"""

from __future__ import annotations

import numpy as np
import streamlit as st

import derivlab as dl
from derivlab.expression.several import VectorFunction
from derivlab.expression.show_latex import name_to_latex
from derivlab.figures import numbers
from derivlab.figures.mapping import field_figure, image_figure, square_figure
from derivlab.figures.palette import Palette
from derivlab.multivariable.batch import Floats
from derivlab.multivariable.value_list import read_values
from derivlab.multivariable.vector_function import Linearization, chain, cost, field, jvp, picture, vjp
from ui import widgets
from ui.chart import chart
from ui.several.formulas import asked_partials, exact_partial, when_ready
from ui.several.subject import REACH
from ui.several.vector_box import vector_box

LONGEST = 120
MOST_FORMULAS = 9
"""Entries of a Jacobian up to which they are shown as formulas."""
SIDES = ("0.001", "0.01", "0.05", "0.1", "0.2", "0.5", "1", "2", "4")
"""Sides of the square to choose from."""


def spread_out(vector: VectorFunction) -> VectorFunction:
    """A vector of constants, taken as a function of x and y: its Jacobian is 0."""
    if vector.variables:
        return vector
    st.caption(f"{vector.name} is constant: every entry of its Jacobian is 0.")
    parts = tuple(dl.Function(part.name, ("x", "y"), part.tree) for part in vector.components)
    return VectorFunction(vector.name, ("x", "y"), parts)


def number_matrix(matrix: Floats, digits: int = 5) -> str:
    """A matrix of numbers as LaTeX."""
    rows = r" \\ ".join(" & ".join(numbers.latex(float(n), digits=digits) for n in row) for row in matrix)
    return rf"\begin{{pmatrix}} {rows} \end{{pmatrix}}"


def jacobian_line(vector: VectorFunction, near: Linearization) -> None:
    """The Jacobian as formulas and as numbers, with what follows from it."""
    if len(vector.body) < 400:
        with st.container(key="formulas", horizontal=True, gap="medium", vertical_alignment="center"):
            for fact in value_words(vector, near):
                st.markdown(f"${fact}$", width="content")
    wanted = [(part, name) for part in vector.components for name in vector.variables]

    def show() -> None:
        cells = [exact_partial(part, (name,), 0.0) for part, name in wanted]
        formulas = [
            cell.latex if isinstance(cell, dl.Function) and len(cell.body) <= LONGEST else r"\cdot"
            for cell in cells
        ]
        width = len(vector.variables)
        rows = r" \\ ".join(" & ".join(formulas[k : k + width]) for k in range(0, len(formulas), width))
        exact = rf"\begin{{pmatrix}} {rows} \end{{pmatrix}} = " if len(wanted) <= MOST_FORMULAS else ""
        facts = [f"J = {exact}{number_matrix(near.jacobian)}"]
        if near.determinant is not None:
            facts.append(rf"\det J = \mathbf{{{numbers.latex(near.determinant, digits=7)}}}")
        if near.divergence is not None:
            facts.append(rf"\operatorname{{div}} = {numbers.latex(near.divergence, digits=6)}")
        if near.curl is not None:
            curl = ", ".join(numbers.latex(part, digits=6) for part in near.curl)
            facts.append(rf"\operatorname{{curl}} = {curl if len(near.curl) == 1 else f'({curl})'}")
        with st.container(key="jacobian", horizontal=True, gap="medium", vertical_alignment="center"):
            for fact in facts:
                st.markdown(f"${fact}$", width="content")

    asked = [
        ask for part in vector.components for ask in asked_partials(part, [(n,) for n in vector.variables])
    ]
    when_ready(asked if len(wanted) <= MOST_FORMULAS else [], show)


def square_panel(vector: VectorFunction, near: Linearization, colors: Palette) -> None:
    """A small square and its image; the determinant is the ratio of the areas."""
    with st.container(width=420):
        chosen = st.select_slider("Side of the square", SIDES, "0.5", key="side", bind="query-params")
    side = float(chosen) if chosen in SIDES else 0.5
    try:
        shown = picture(vector, near.at, side)
    except dl.InputError as error:
        widgets.trouble(error, key="square")
        return
    at = tuple(near.at.values())
    left, right = st.columns(2, gap="small")
    with left:
        names = (vector.variables[0], vector.variables[1])
        chart(
            square_figure(shown, colors, names=names, at=(at[0], at[1])),
            key="square",
            alt="A square around the point",
        )
    with right:
        value = (float(near.value[0]), float(near.value[1]))
        chart(
            image_figure(shown, colors, name=vector.name, value=value),
            key="image",
            alt="The image of the square, and the parallelogram that the Jacobian makes of it",
        )
    _areas(near, shown.area_ratio)


def _areas(near: Linearization, ratio: float) -> None:
    determinant = near.determinant or 0.0
    is_signed = min(ratio, determinant) < 0
    words = (
        f"{'**Signed** area' if is_signed else 'Area'} of the image, divided by the area of the square: "
        f"${numbers.latex(ratio, digits=5)}$. The determinant is ${numbers.latex(determinant, digits=5)}$; the smaller "
        "the square, the closer the two. "
    )
    if abs(determinant) < 1e-12:
        words += "**The determinant is 0:** the square is squashed flat, and F cannot be undone here."
    elif determinant < 0:
        words += "The sign is negative because the image is **turned over**, as in a mirror: follow the two coloured sides."
    st.markdown(words)


def field_panel(vector: VectorFunction, near: Linearization, colors: Palette) -> None:
    """F as a field of arrows, with divergence and curl explained."""
    if len(vector.variables) < 2 or len(vector.components) < 2:
        widgets.trouble(
            dl.InputError("A field needs two variables and two components.", hint="Try (-y, x)."), key="field"
        )
        return
    names = (vector.variables[0], vector.variables[1])
    place = (near.at[names[0]], near.at[names[1]])
    reach = max(REACH / 2, *(1.25 * abs(each) for each in place))
    places, arrows = field(vector, dict.fromkeys(names, (-reach, reach)), near.at)
    left, right = st.columns([1.3, 1], gap="medium")
    with left:
        chart(
            field_figure(places, arrows, colors, names=names, at=place),
            key="field",
            alt="The field as arrows",
        )
    with right:
        _describe_field(near)


def _describe_field(near: Linearization) -> None:
    if near.divergence is not None:
        way = (
            "more flows out than in: a source"
            if near.divergence > 1e-12
            else "more flows in than out: a sink"
        )
        if abs(near.divergence) <= 1e-12:
            way = "as much flows in as out"
        st.markdown(
            f"**Divergence** ${numbers.latex(near.divergence, digits=6)}$ (the sum of the Jacobian’s "
            f"diagonal): around the "
            f"point {way}."
        )
    if near.curl is not None and len(near.curl) == 1:
        curl = near.curl[0]
        way = "turns counterclockwise" if curl > 0 else "turns clockwise"
        way = "does not turn" if abs(curl) <= 1e-12 else way
        st.markdown(f"**Curl** ${numbers.latex(curl, digits=6)}$: a small wheel put there {way}.")
    elif near.curl is not None:
        parts = ", ".join(numbers.latex(part, digits=6) for part in near.curl)
        st.markdown(f"**Curl** $({parts})$: a small wheel put there turns around this axis.")


def chain_panel(vector: VectorFunction, near: Linearization, colors: Palette) -> None:
    """The chain rule as a product of Jacobians."""
    del near, colors
    row = widgets.input_row("chain_row")
    default = f"G(t, s) = ({', '.join(['t cos(s)', 't sin(s)', 't + s', 't s'][: len(vector.variables)])})"
    inner = vector_box(default, key="G", label="First G, then F", row=row)
    at = widgets.point_box(inner.variables, {"t": "1", "s": "0.5"}, row=row)
    try:
        found = chain(vector, inner, at)
    except dl.InputError as error:
        widgets.trouble(error, key="chain")
        return
    st.markdown(
        "The Jacobian of $F(G(\\cdot))$ is the **product** of the two Jacobians, F’s taken at the place "
        "where G leads:"
    )
    st.markdown(
        rf"$$\underbrace{{{number_matrix(found.outer)}}}_{{J_F}} \cdot "
        rf"\underbrace{{{number_matrix(found.inner)}}}_{{J_G}} = "
        rf"{number_matrix(found.product)}$$"
    )
    error = float(np.max(np.abs(found.product - found.direct), initial=0.0))
    st.markdown(
        rf"Autograd on the whole of $F(G(\cdot))$ gives ${number_matrix(found.direct)}$: the greatest "
        rf"difference is "
        rf"${numbers.latex(error, digits=1)}$."
    )


def passes_panel(vector: VectorFunction, near: Linearization, colors: Palette) -> None:
    """JVP and VJP with any vector, and what the whole Jacobian costs each way."""
    del colors
    left, right = st.columns(2, gap="medium")
    with left:
        st.markdown("**Forward: a JVP**, $J v$. How the outputs move when the inputs move along v.")
        _product(vector, near, "tangent", len(vector.variables))
    with right:
        st.markdown(
            "**Backward: a VJP**, $w^{\\mathsf T} J$. How a weighted sum of the outputs depends on each "
            "input."
        )
        _product(vector, near, "cotangent", len(vector.components))
    found = cost(vector, near.at)
    rows = ["| the whole Jacobian | passes | measured just now |", "|:--|--:|--:|"]
    for words, passes, seconds in (
        ("forward, one JVP for each input", found.forward_passes, found.forward_seconds),
        ("backward, one VJP for each output", found.backward_passes, found.backward_seconds),
    ):
        rows.append(f"| {words} | {passes} | {1e3 * seconds:.2f} ms |")
    st.markdown("\n".join(rows))
    st.caption(
        "One pass of either kind costs a small multiple of one evaluation of F. Few inputs: go forward. "
        "Few outputs (a loss is "
        "one number): go backward. That is why networks are trained with `.backward()`."
    )


def _product(vector: VectorFunction, near: Linearization, kind: str, count: int) -> None:
    label = "v: one number for each input" if kind == "tangent" else "w: one number for each output"
    default = ", ".join("1" if k == 0 else "0" for k in range(count))
    typed = st.text_input(label, value=default, key=kind, live=True, bind="query-params")
    try:
        given = read_values(typed or "")
        result = jvp(vector, near.at, given) if kind == "tangent" else vjp(vector, near.at, given)
    except dl.DerivlabError as error:
        widgets.trouble(error, typed or "", kind)
        return
    name = "J v" if kind == "tangent" else r"w^{\mathsf T} J"
    st.markdown(f"$${name} = ({', '.join(numbers.latex(float(n), digits=6) for n in result)})$$")


def value_words(vector: VectorFunction, near: Linearization) -> tuple[str, str]:
    """F as a formula, and F at the point, as LaTeX."""
    places = ", ".join(numbers.latex(number, digits=6) for number in near.at.values())
    rows = r" \\ ".join(numbers.latex(float(number), digits=7) for number in near.value)
    at = rf"{name_to_latex(vector.name)}({places}) = \begin{{pmatrix}} {rows} \end{{pmatrix}}"
    return f"{vector.heading} = {vector.latex}", at
