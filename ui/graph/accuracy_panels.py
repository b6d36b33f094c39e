"""The parts of the Accuracy page: from secant to tangent, the error of small steps, forward and reverse."""

from __future__ import annotations

import numpy as np
import streamlit as st

import derivlab as dl
from derivlab.autodiff.finite_difference import METHODS, secant_slope, study
from derivlab.autodiff.modes import Cost, both_modes, measure
from derivlab.figures import numbers
from derivlab.figures.accuracy import cost_figure, error_figure, secant_figure
from derivlab.figures.accuracy_words import TINIEST, error_words
from derivlab.figures.notation import SUPERSCRIPT
from derivlab.figures.palette import Palette
from ui.chart import chart
from ui.escape import escape

STEPS = ["1", *("10⁻" + str(power).translate(SUPERSCRIPT) for power in range(1, 17))]
MANY_DIGITS = 45
SIZES = (1, 4, 16, 64)


def limit_panel(f: dl.Function, variable: str, at: float, colors: Palette) -> None:
    """The derivative as the limit of secants: a slider for h."""
    left, right = st.columns([2.2, 1], gap="medium")
    with right:
        chosen = st.select_slider("Step h", STEPS, value="1", key="h", bind="query-params")
        h = 10.0 ** -STEPS.index(chosen)
        slope, secant = (
            float(dl.derivative(f, {variable: at}, wrt=variable)),
            secant_slope(f, variable, at, h),
        )
        st.markdown(
            rf"$\dfrac{{{f.name}({variable}+h)-{f.name}({variable})}}{{h}} = {numbers.latex(secant)}$"
        )
        st.markdown(rf"${f.name}'({variable}) = {numbers.latex(slope)}$ &nbsp; by autograd")
        st.markdown(f"They differ by {numbers.text(abs(secant - slope), digits=2)}.")
        st.caption(
            "The secant runs through two points of the curve. As h shrinks it turns into the tangent: "
            "the derivative is the limit. Go on to 10⁻¹⁶ and see the computer run out of digits."
        )
    width = max(1.6 * h, 1e-3, 0.8 * abs(at) * 2**-20)
    xs = np.linspace(at - width, at + width * 1.25, 201)
    ys = np.asarray(dl.value(f, {variable: xs}), dtype=float)
    y, y_next = (float(dl.value(f, {variable: place})) for place in (at, at + h))
    with left:
        chart(
            secant_figure((xs, ys), ((at, y), (at + h, y_next)), slope, colors),
            key="secant",
            alt=f"The curve with its tangent, and the secant for a step of {chosen}",
        )


def error_panel(f: dl.Function, variable: str, at: float, colors: Palette) -> None:
    """Error against step, for every method, with autograd as the floor."""
    try:
        found = study(f.tree, variable, at)
    except dl.DerivlabError as error:
        st.info(f"{escape(error.message)} {escape(error.hint)}", icon=":material/info:")
        return
    first, second = st.columns([1.9, 1], gap="medium", width=620)
    with first:
        shown = st.pills(
            "Methods",
            list(METHODS),
            default=["forward", "central", "Richardson", "complex step"],
            selection_mode="multi",
            key="methods",
        )
    with second:
        kinds = st.pills(
            "Numbers", ["float32", "float64"], default=["float64"], selection_mode="multi", key="numbers"
        )
    curves = [curve for curve in found.curves if curve.method in shown and curve.precision in kinds]
    words = error_words(curves, found.slope)
    left, right = st.columns([2.2, 1], gap="medium")
    with left:
        chart(
            error_figure(found, shown, kinds, colors),
            key="errors",
            alt=f"The error of each method against the step. {plain_words(words)}",
        )
    with right:
        report = dl.inspect_point(f, at)
        if report.kind == "smooth":
            digits = found.truth.removesuffix(".0")
            st.markdown(f"True value{', 50 digits' if len(digits) > MANY_DIGITS else ''}: `{digits}`")
        else:
            st.warning(
                f"There is **no derivative** here: this point is of the kind “{report.kind}”. "
                "The errors are measured from the number that autograd answers all the same.",
                icon=":material/info:",
            )
        rows = [("autograd", "–", numbers.text(found.autograd[kind], digits=2), kind) for kind in kinds]
        rows += [
            (
                curve.method,
                numbers.text(float(curve.h[curve.best]), digits=2),
                numbers.text(float(curve.error[curve.best]), digits=2),
                curve.precision,
            )
            for curve in curves
        ]
        st.table(
            {
                "method": [r[0] for r in rows],
                "best h": [r[1] for r in rows],
                "error": [r[2] for r in rows],
                "numbers": [r[3] for r in rows],
            }
        )
        st.caption(
            f"From left to right the step gets smaller. {words} Autograd takes no step, so it has neither fault."
        )
        if any((curve.error <= TINIEST).any() for curve in curves):
            st.caption("An error of 0 is drawn at the bottom.")
        if found.missing:
            st.caption(found.missing)


def plain_words(markdown: str) -> str:
    """The words without their emphasis, for a screen reader."""
    return markdown.replace("*", "")


@st.cache_data(max_entries=4, show_spinner=False)
def _costs(by: str) -> list[Cost]:
    return [measure(size, 1) if by == "inputs" else measure(1, size) for size in SIZES]


def modes_panel(f: dl.Function, at: dict[str, float], colors: Palette) -> None:
    """The same derivatives by JVP and by VJP, and what each costs as inputs and outputs grow."""
    left, middle, right = st.columns(3, gap="medium")
    with left:
        st.markdown("**This function**")
        passes = both_modes(f, at)
        st.table(
            {
                "pass": [f"{p.mode} {number}" for number, p in enumerate(passes, 1)],
                "seed": [p.seed for p in passes],
                "gives": [", ".join(numbers.text(value, digits=6) for value in p.result) for p in passes],
            }
        )
        count = len(f.variables)
        passed = "1 pass" if count == 1 else f"{count} passes"
        st.markdown(f"Forward: {passed}, one for each input. Reverse: 1 pass for all of them.")
        st.caption(
            "Forward mode (JVP) carries a tangent along with the values. Reverse mode (VJP) brings a "
            "cotangent "
            "back from one output; that is what .backward() does."
        )
    for place, by, words in (
        (middle, "inputs", "**Many inputs, one output**: reverse wins"),
        (right, "outputs", "**One input, many outputs**: forward wins"),
    ):
        with place:
            st.markdown(words)
            chart(cost_figure(_costs(by), by, colors), key=f"cost_{by}", alt=f"Measured cost against {by}")
