"""The panel of critical points: all of those in the window, named."""

from __future__ import annotations

import numpy as np
import streamlit as st

from derivlab.expression.show_latex import name_to_latex
from derivlab.figures import numbers
from derivlab.figures.palette import Palette
from derivlab.multivariable.critical import CriticalPoints, critical_points
from derivlab.multivariable.view import Surface
from ui.several.exact_points import exact_points
from ui.several.formulas import when_ready
from ui.several.marked import LISTED, SIGNS, height_doubt, marks_of
from ui.several.pictures import pictures
from ui.several.subject import Subject
from ui.several.tables import wide_table


def critical_panel(subject: Subject, surface: Surface, colors: Palette) -> None:
    """All critical points in the window, on the pictures and in a table."""
    found = critical_points(subject.f, subject.window, subject.at)
    shown = found.points
    pictures(
        subject,
        surface,
        colors,
        on_surface={"marks": marks_of(subject, shown, 1)},
        on_map={"marks": marks_of(subject, shown, 0)},
    )
    _summary(subject, found)
    if shown and not found.not_isolated:
        asked = [] if subject.others else [lambda patience: exact_points(subject.f, subject.axes, patience)]
        when_ready(asked, lambda: _table(subject, found))


def _summary(subject: Subject, found: CriticalPoints) -> None:
    name = subject.f.name
    if found.not_isolated:
        where = "everywhere" if not found.points else "on whole curves or regions"
        st.markdown(f"**The gradient is zero {where}**, so the critical points cannot be counted one by one.")
        return
    kinds = [(kind, len(found.of(kind))) for kind in ("minimum", "maximum", "saddle", "degenerate")]
    plural = {"minimum": "minima", "maximum": "maxima", "saddle": "saddles", "degenerate": "undecided"}
    counts = ", ".join(
        f"{SIGNS[kind]} {count} {kind if count == 1 else plural[kind]}" for kind, count in kinds if count
    )
    if not counts:
        st.markdown(f"**No critical point in this window:** the gradient of {name} is nowhere zero here.")
        return
    st.markdown(f"**In this window: {counts}.**")
    if found.is_balanced:
        least, most, saddles = (len(found.of(kind)) for kind in ("minimum", "maximum", "saddle"))
        st.caption(
            f"A check that none was missed: walk once round the edge of the window, counterclockwise, and the "
            f"gradient {_turning(found.turns or 0)}. That makes {numbers.text(found.turns or 0)}, and so does minima + "
            f"maxima − saddles = {least} + {most} − {saddles} (theorem of Poincaré and Hopf)."
        )


def _turning(turns: int) -> str:
    """How often the gradient turns round, in words: the sign is the sense."""
    if turns == 0:
        return "makes no full turn"
    count = abs(turns)
    often = {1: "once", 2: "twice"}.get(count, f"{count} times")
    return f"turns round {often}" + ("" if turns > 0 else ", the other way")


def _table(subject: Subject, found: CriticalPoints) -> None:
    names = subject.axes
    solved = None if subject.others else exact_points(subject.f, names, 0.0)
    exact = solved if isinstance(solved, dict) else {}
    head = ["", *(f"${name_to_latex(name)}$" for name in names), f"${name_to_latex(subject.f.name)}$", "kind"]
    head += ["curvatures (eigenvalues of H)", rf"$\lVert\nabla {name_to_latex(subject.f.name)}\rVert$ there"]
    head += ["exactly"] if exact else []
    rows = [f"| {' | '.join(head)} |", "|" + ":--|" * len(head)]
    for each in found.points[:LISTED]:
        place = [f"${numbers.latex(each.at[name], digits=8)}$" for name in names]
        bends = ", ".join(f"${numbers.latex(n, digits=4)}$" for n in each.eigenvalues) or "corner: none"
        kind = each.kind
        if kind == "degenerate":
            kind = (
                f"degenerate: H does not decide; by samples a {each.looks}"
                if each.looks != kind
                else "degenerate"
            )
        norm = "–" if np.isnan(each.gradient_norm) else f"${numbers.latex(each.gradient_norm, digits=1)}$"
        at = tuple(each.at[name] for name in names)
        height = numbers.latex(each.value, height_doubt(each), digits=7)
        cells = [SIGNS[each.kind], *place, f"${height}$", kind, bends, norm]
        cells += [_exact_cell(exact, at)] if exact else []
        rows.append(f"| {' | '.join(cells)} |")
    wide_table(rows, "critical")
    if len(found.points) > LISTED:
        st.caption(f"The lowest {LISTED} of {len(found.points)} are listed; all are on the map.")
    st.caption(
        f"Found by {found.starts} Newton walks with Hessians by autograd, duplicates merged. All "
        f"curvatures positive: minimum. "
        "All negative: maximum. Mixed: saddle. One of them 0: the second derivatives do not decide."
    )


def _exact_cell(exact: dict[tuple[str, ...], tuple[float, ...]], at: tuple[float, ...]) -> str:
    for formulas, place in exact.items():
        if np.allclose(place, at, rtol=1e-6, atol=1e-6):
            return f"$({', '.join(formulas)})$".replace("|", r"\vert ")
    return ""
