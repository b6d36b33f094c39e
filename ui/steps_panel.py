"""The Steps page's parts: the result, the worked solution line by line, and the check by autograd."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import streamlit as st

import derivlab as dl
from derivlab.expression.show_latex import name_to_latex
from derivlab.figures import numbers
from derivlab.figures.notation import derivative_latex, partial_derivative_latex
from derivlab.figures.palette import Palette
from derivlab.figures.steps import Line, lines
from derivlab.symbolic.condition import MANY, NOWHERE
from derivlab.symbolic.step import Steps
from derivlab.symbolic.validity import valid_where
from ui.background import exact_formula
from ui.curve_view import here_at, inspected
from ui.escape import code, escape, shortened
from ui.point_words import agrees, describe
from ui.query import Query, start_step
from ui.several.formulas import when_ready
from ui.subject import Subject
from ui.theme import tinted
from ui.widgets import Example

MOST_LINES = 120
LONGEST = 1500
"""LaTeX longer than this is no formula that anybody reads."""
LONGEST_LARGE = 110
"""An answer with longer LaTeX is written in the size of the text, so that more of it is seen at once."""
LONGEST_TEXT = 240
"""Characters that are shown of an answer that is no formula that anybody reads."""
LONGEST_DOMAIN = 90
"""LaTeX of a condition that is still read at a glance."""
DEEPEST = 6
"""Lines deeper than this are not moved further to the right."""
MODES = ("All steps", "One at a time")
STARTS = (
    Example("A polynomial: 6x² + 2x + 4", Query("6x^2 + 2x + 4", {"x": "3"})),
    Example("Product rule: x² sin x", Query("x^2 sin(x)", {"x": "1"})),
    Example("Quotient rule: x/(x² + 1)", Query("x/(x^2 + 1)", {"x": "2"})),
    Example("Chain rule: (x² + 1)³", Query("(x^2 + 1)^3", {"x": "1"})),
    Example("A chain in a chain: e^(−sin² x)", Query("e^(-sin(x)^2)", {"x": "1"})),
    Example("A variable exponent: xˣ", Query("x^x", {"x": "2"})),
    Example("Two variables: u³ + v² + 4uv", Query("f(u, v) = u^3 + v^2 + 4uv", {"u": "3", "v": "4"})),
)


def name_of(f: dl.Function, wrt: str) -> str:
    r"""The derivative's name as LaTeX: ``f'(x)``, or ``\partial f/\partial u``."""
    name, variable = name_to_latex(f.name), name_to_latex(wrt)
    if len(f.variables) > 1:
        return partial_derivative_latex(name, variable, 1)
    return f"{derivative_latex(name, 1)}({variable})"


def result(f: dl.Function, root: Steps, at: Mapping[str, float], colors: Palette) -> None:
    """The answer: as the rules give it, in a short form once SymPy has it, and at the point."""
    name = name_of(f, root.wrt)

    def shorter(patience: float) -> dl.Function | dl.DerivlabError | None:
        return exact_formula(f, root.wrt, 1)

    def show() -> None:
        found = shorter(0.0)
        is_large = len(root.after.latex) <= LONGEST_LARGE
        with st.container(key="answers" if is_large else "answers_long", gap="xsmall"):
            _formula(name, root.after, colors)
            if found is None:
                st.markdown(":small[:gray[A shorter form is being looked for …]]")
            elif isinstance(found, dl.Function) and len(found.body) < len(root.after.body):
                st.markdown(":small[:gray[Shorter:]]")
                _formula(name, found, colors)
        domain = valid_where(f.tree, root.after.tree, (root.wrt,))
        if domain and len(domain.phrase) <= LONGEST_DOMAIN:
            is_said = domain in (NOWHERE, MANY)
            st.markdown(f"This holds {domain.text}." if is_said else f"This holds for ${domain.latex}$.")

    when_ready([shorter], show)
    st.button(  # outside of what looks again by itself: there a press would not reach the rest of the page
        "Differentiate again",
        key="again",
        on_click=_again,
        args=(f, root),
        icon=":material/replay:",
        help="The steps of the second derivative: they begin with this one.",
    )
    check(f, root, at, colors)


def _again(f: dl.Function, root: Steps) -> None:
    """Callback: the derivative takes the place of the function, in its short form where that is there."""
    found = exact_formula(f, root.wrt, 1)
    derivative = found if isinstance(found, dl.Function) else root.after
    variables = f"({', '.join(f.variables)})" if len(f.variables) > 1 else ""
    st.session_state["f"] = f"{f.name}{variables} = {derivative.body}" if variables else derivative.body
    _show(1)


def _formula(name: str, formula: dl.Function, colors: Palette) -> None:
    if len(formula.latex) > LONGEST:
        st.markdown(f"{tinted(name, colors.order(1))} = {code(shortened(formula.body, LONGEST_TEXT))}")
    else:
        st.markdown(tinted(rf"\displaystyle {name} = {formula.latex}", colors.order(1)))


def check(f: dl.Function, root: Steps, at: Mapping[str, float], colors: Palette) -> None:
    """The same derivative at the point twice: from these steps, and by autograd, which knows no rule of them.

    Where there is no derivative both may answer a number all the same; then it is said what kind of point it is.
    """
    if root.wrt not in at:
        return
    x = at[root.wrt]
    subject = Subject(f, root.wrt, tuple((name, at[name]) for name in f.variables if name != root.wrt))
    report = inspected(subject, x)
    place = r",\ ".join(f"{name_to_latex(name)} = {numbers.latex(at[name])}" for name in f.variables)
    with st.container(key="check", gap="xsmall"):
        if report.kind != "smooth":
            title, sentences = describe(report, subject, here_at(subject, x, (0, 1), report))
            st.markdown(f"At ${place}$: **{title}** {' '.join(sentences)}")
            return
        by_steps = float(dl.value(root.after, dict(at)))  # type: ignore[arg-type]
        by_autograd = float(dl.derivative(f, dict(at), wrt=root.wrt))  # type: ignore[arg-type]
        true = "" if report.derivative is None or agrees(report) else numbers.latex(report.derivative)
        if true:
            st.markdown(f"At ${place}$ the derivative is {tinted(true, colors.order(1))}, as a limit.")
        st.markdown(
            f"{'There: ' if true else f'At ${place}$: '}{_answer(by_steps, colors)} by these steps, "
            f"{_answer(by_autograd, colors)} by PyTorch's autograd."
        )


def _answer(value: float, colors: Palette) -> str:
    return tinted(numbers.latex(value), colors.order(1)) if math.isfinite(value) else "no value"


def solution(root: Steps, is_partial: bool) -> bool:
    """The worked solution, all of it or one line after the other; whether its last line is there to be seen."""
    with st.container(key="how", horizontal=True, vertical_alignment="center", gap="medium"):
        mode = st.segmented_control(
            "Show",
            MODES,
            default=MODES[0],
            key="mode",
            bind="query-params",
            required=True,
            label_visibility="collapsed",
        )
        with_trivial = st.toggle(
            "Every small step",
            key="small",
            bind="query-params",
            help="Also the derivatives of constants and of the variable itself.",
        )
    found = lines(root, is_partial=is_partial, with_trivial=with_trivial)
    if st.session_state.get("_solved", root.before) != root.before:
        st.query_params.pop("step", None)  # of another function only the first line is given away
    st.session_state["_solved"] = root.before
    if mode == MODES[1]:
        shown = min(start_step() + 1, len(found))
        _draw(found[:shown])
        _turning(shown, len(found))
        return shown == len(found)
    _draw(found[:MOST_LINES])
    if len(found) > MOST_LINES:
        st.caption(f"And {len(found) - MOST_LINES} more lines. Look at a part of the function.")
    return True


def _turning(shown: int, count: int) -> None:
    """The buttons under the last line that is shown."""
    with st.container(key="turning", horizontal=True, vertical_alignment="center", gap="small"):
        st.button("Back", key="less", on_click=_show, args=(shown - 1,), disabled=shown <= 1)
        st.button(
            "Next step",
            key="next",
            on_click=_show,
            args=(shown + 1,),
            disabled=shown >= count,
            type="primary",
        )
        st.caption(f"Line {shown} of {count}")


def _show(count: int) -> None:
    """Callback: show so many lines."""
    st.query_params["step"] = str(count)


def _draw(shown: Sequence[Line]) -> None:
    with st.container(key="solution", gap="small"):
        for number, line in enumerate(shown):
            with st.container(key=f"line_{min(line.depth, DEEPEST)}_{number}", gap=None):
                _line(line)


def _line(line: Line) -> None:
    if line.title:
        rule = rf" &nbsp; :gray[$\displaystyle {line.formula}$]" if line.formula else ""
        st.markdown(f"**{escape(line.title)}**{rule}")
    else:
        st.markdown(":small[:gray[Put together:]]")
    if len(line.equation) > LONGEST:
        st.markdown(":gray[This line is too long to be read as a formula.]")
    else:
        st.markdown(rf"$\displaystyle {line.equation}$")
    if line.outer:
        st.markdown(":small[with] " + ", &nbsp; ".join(rf"$\displaystyle {part}$" for part in line.outer))
    for name, word in line.words:
        st.markdown(f":small[:gray[${name}$: {escape(word)}]]")
