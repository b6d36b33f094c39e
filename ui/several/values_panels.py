"""The panels of the Vector page: the steps to a derivative at every value, the Jacobian, any v, coupled
outputs.
"""

from __future__ import annotations

import numpy as np
import streamlit as st

import derivlab as dl
from derivlab.expression.show_latex import name_to_latex
from derivlab.figures import numbers
from derivlab.figures.heatmap import matrix_figure
from derivlab.figures.many_values import many_values_figure
from derivlab.figures.notation import derivative_name
from derivlab.figures.palette import Palette
from derivlab.multivariable.batch import Floats
from derivlab.multivariable.many_values import (
    CODE,
    COUPLINGS,
    MOST_FOR_JACOBIAN,
    ManyValues,
    Product,
    backward_with,
    refusal,
)
from derivlab.multivariable.value_list import read_values
from ui import widgets
from ui.chart import chart

ROWS = 1_000
"""Rows of the table that are sent to the browser."""
LABELS = {
    "none": "none: each output has its own input",
    "softmax": "softmax: shares that add to 1",
    "cumsum": "cumsum: running total",
    "mean": "minus the mean",
}


def steps_panel(f: dl.Function, found: ManyValues, colors: Palette) -> None:
    """From the error to the derivative at every value, and the picture."""
    words = refusal(f, found.x)
    left, right = st.columns([1, 1.15], gap="medium")
    with left:
        st.markdown("**1. Call `.backward()` on many values, and PyTorch refuses:**")
        if words is None:
            st.code("y.backward()   # one single value: nothing to refuse", language="python")
        else:
            st.code(f"x = {_code_of(found.x)}\ny = f(x)\ny.backward()", language="python")
            st.code(words, language=None, wrap_lines=True)
        st.markdown(
            "A gradient belongs to **one** number, and `y` has many.\n\n"
            "**2. Add them up first, and it works:**"
        )
        st.code("y.sum().backward()\nx.grad", language="python")
        st.caption(
            "The sum’s derivative by x₁ is f′(x₁): every other term does not contain x₁ and adds 0. So one "
            "backward pass gives "
            "the derivative at every value. The panel “Why the sum works” shows it as a picture."
        )
    with right:
        name, variable = f.name, f.variables[0] if f.variables else "x"
        chart(
            many_values_figure(found, colors, name=name, variable=variable, height=380),
            key="values_chart",
            alt=f"{name} and its derivative at {len(found.x)} values",
        )
        st.code(
            "plt.plot(x.detach(), y.detach(), label='f')\nplt.plot(x.detach(), x.grad, label='f′')",
            language="python",
        )
        st.caption(
            "`x` and `y` are part of autograd’s record. A plot needs plain numbers, so **`.detach()`** "
            "hands out the same numbers "
            "without the record. `x.grad` is plain already."
        )


def table_panel(f: dl.Function, found: ManyValues, colors: Palette) -> None:
    """The table x, f(x), x.grad."""
    del colors
    name = f.name
    variable = f.variables[0] if f.variables else "x"
    shown = slice(0, ROWS)
    st.dataframe(
        {
            variable: found.x[shown] + 0.0,
            f"{name}({variable})": found.y[shown] + 0.0,
            f"{variable}.grad": found.grad[shown] + 0.0,
        },
        hide_index=True,
        height=420,
        column_config={
            each: st.column_config.NumberColumn(format="%.8g")
            for each in (variable, f"{name}({variable})", f"{variable}.grad")
        },
    )
    if len(found.x) > ROWS:
        st.caption(f"The first {ROWS:,} of {len(found.x):,} values. All of them are in the picture.")


def why_panel(f: dl.Function, found: ManyValues, colors: Palette) -> None:
    """The Jacobian of y = f(x): diagonal, so its column sums are its diagonal."""
    x = found.x
    if len(x) > MOST_FOR_JACOBIAN:
        size = len(x) ** 2
        st.info(
            f"{len(x):,} outputs by {len(x):,} inputs make a Jacobian of {size:,} numbers "
            f"({_bytes(8 * size)}). Autograd never builds it: it only computes the sum of its rows. "
            f"The picture takes {MOST_FOR_JACOBIAN} values spread over yours.",
            icon=":material/grid_on:",
        )
        x = x[np.linspace(0, len(x) - 1, MOST_FOR_JACOBIAN).astype(int)]
    product = backward_with(f, x)
    left, right = st.columns([1.2, 1], gap="medium")
    with left:
        _heatmap(product, colors, "jacobian_chart")
    with right:
        name = name_to_latex(f.name)
        st.markdown("**Every output depends on its own input only.** The table of all derivatives,")
        st.markdown(rf"$$J_{{ij}} = \frac{{\partial y_i}}{{\partial x_j}},\qquad y_i = {name}(x_i),$$")
        st.markdown(
            "the **Jacobian**, has numbers on its diagonal and zeros elsewhere. `y.sum().backward()` adds "
            "up each column. In a "
            "column there is just one number, so adding changes nothing: the sum gives the derivative at "
            "every value."
        )


def product_panel(f: dl.Function, found: ManyValues, colors: Palette) -> None:
    """``y.backward(v)`` for any v."""
    typed = st.text_input(
        "v: a weight for each output, or one for all",
        value="1",
        key="v",
        live=True,
        bind="query-params",
        help="As many numbers as there are values, for example 1, 0, 0, or linspace(0, 1, 20).",
    )
    try:
        cotangent = read_values(typed or "")
        product = backward_with(f, found.x, cotangent)
    except dl.DerivlabError as error:
        widgets.trouble(error, typed or "", "v")
        return
    left, right = st.columns([1, 1], gap="medium")
    with left:
        st.code("y.backward(v)\nx.grad", language="python")
        st.markdown(r"`x.grad` is now $v^{\mathsf T} J$: each row of the Jacobian counted $v_i$ times.")
        st.caption(
            "This is the one thing that a backward pass computes: a **vector-Jacobian product** (VJP). "
            "`y.sum().backward()` is "
            "the case where v is all ones; v = 1, 0, 0, … picks out the first output alone. v is called "
            "the **cotangent**."
        )
    with right:
        _table_of(product, f)
    if product.jacobian is not None:
        _heatmap(product, colors, "product_chart")


def coupled_panel(f: dl.Function, found: ManyValues, colors: Palette) -> None:
    """What the sum does where outputs share inputs."""
    coupling = st.segmented_control(
        "What is done to f(x)",
        list(COUPLINGS),
        default="softmax",
        key="coupling",
        bind="query-params",
        format_func=lambda each: LABELS[each],
    )
    x = found.x
    if len(x) > MOST_FOR_JACOBIAN:
        x = x[np.linspace(0, len(x) - 1, MOST_FOR_JACOBIAN).astype(int)]
        st.caption(f"With {MOST_FOR_JACOBIAN} of your values, so that the table can be drawn.")
    product = backward_with(f, x, None, coupling or "softmax")
    left, right = st.columns([1.2, 1], gap="medium")
    with left:
        _heatmap(product, colors, "coupled_chart")
    with right:
        st.code(f"{CODE[product.coupling]}\ny.sum().backward()\nx.grad", language="python")
        _explain(product)
        _table_of(product, f)


def _explain(product: Product) -> None:
    words = {
        "none": "The Jacobian is diagonal, so `x.grad` is the derivative of each output by its own input.",
        "softmax": (
            "Each output contains **every** input. The outputs always add up to 1, so their sum cannot "
            "change "
            "and `x.grad` is **0 everywhere** (but for rounding): not the derivatives that one looked for."
        ),
        "cumsum": (
            "Output i contains the inputs 1 … i. Each column has many numbers, and the sum **mixes** them: "
            "`x.grad` of the first input counts it once for every output."
        ),
        "mean": (
            "Each output has the mean of all taken off. The outputs always add up to 0, "
            "so `x.grad` is **0 everywhere** (but for rounding)."
        ),
    }
    st.markdown(words[product.coupling])
    if product.coupling != "none":
        st.caption(
            "The sum gives derivatives one by one only where the Jacobian is diagonal. Elsewhere ask for "
            "the rows that you need: "
            "`y.backward(v)` with v = 1 at one output, or `torch.func.jacrev` for all."
        )


def _heatmap(product: Product, colors: Palette, key: str) -> None:
    if product.jacobian is None:
        return
    labels = [numbers.text(float(x), digits=3) for x in product.x]
    chart(
        matrix_figure(
            product.jacobian,
            colors,
            rows=labels,
            columns=labels,
            x="by the input x =",
            y="output at x =",
            height=400,
        ),
        key=key,
        alt="The Jacobian: "
        + ("numbers on the diagonal only" if product.is_diagonal else "numbers off the diagonal too"),
    )


def _table_of(product: Product, f: dl.Function) -> None:
    variable = f.variables[0] if f.variables else "x"
    shown = slice(0, ROWS)
    columns = {
        variable: product.x[shown] + 0.0,
        "y": product.y[shown] + 0.0,
        "v": product.cotangent[shown] + 0.0,
        f"{variable}.grad": product.grad[shown] + 0.0,
    }  # adding 0 makes 0 of −0
    st.dataframe(
        columns,
        hide_index=True,
        height=240,
        column_config={each: st.column_config.NumberColumn(format="%.6g") for each in columns},
    )


def answer_line(f: dl.Function, found: ManyValues) -> None:
    """How many values, and what cannot be had at some."""
    count, missing = len(found.x), found.undefined
    name = derivative_name(f.name, 1)
    words = f"**{count:,} values, one backward pass:** {name} at every one of them."
    if missing == count:
        words = f":material/error: {f.name} has no derivative at any of the {count:,} values."
    elif missing:
        words += f" :orange[At {missing:,} of them there is no value or no derivative: gaps.]"
    st.markdown(words)


def _code_of(x: Floats) -> str:
    """The values as PyTorch code."""
    step = np.diff(x)
    if len(x) > 4 and np.allclose(step, step[0], rtol=1e-9, atol=0):
        ends = f"{numbers.plain(float(x[0]))}, {numbers.plain(float(x[-1]))}, {len(x)}"
        return f"torch.linspace({ends}, requires_grad=True)"
    listed = ", ".join(f"{float(n):g}" + ("." if float(n).is_integer() else "") for n in x[:6])
    return f"torch.tensor([{listed}{', …' if len(x) > 6 else ''}], requires_grad=True)"


def _bytes(size: float) -> str:
    for unit in ("bytes", "kB", "MB", "GB"):
        if size < 1000:
            return f"{size:.3g} {unit}"
        size /= 1000
    return f"{size:.3g} TB"
