"""Exact partial derivatives for the pages: asked in the background, shown when they are there."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

import derivlab as dl
from derivlab.expression.show_latex import name_to_latex
from derivlab.multivariable.plane_curve import implicit_formula
from derivlab.symbolic.exact import simplify
from derivlab.symbolic.validity import valid_where
from ui.background import exact_formulas

PERIOD = 0.7
"""Seconds between two looks at a formula that is not there yet."""
LONGEST = 60
"""Characters of a formula that stands beside its number; a longer one has a place of its own."""


def exact_partial(
    f: dl.Function, wrt: Sequence[str], patience: float = 0.05
) -> dl.Function | dl.DerivlabError | None:
    """The exact partial as a function, why there is none, or None while SymPy works on it."""
    names = tuple(wrt)
    return exact_formulas().get((f, names), lambda: dl.exact(f, names).function, patience)


def partial_name(name: str, wrt: Sequence[str]) -> str:
    r"""``\frac{\partial^2 f}{\partial v\,\partial u}``: what is done first stands last."""
    order = f"^{{{len(wrt)}}}" if len(wrt) > 1 else ""
    below = r"\,".join(rf"\partial {name_to_latex(each)}" for each in reversed(wrt))
    if len(wrt) == 2 and wrt[0] == wrt[1]:
        below = rf"\partial {name_to_latex(wrt[0])}^{{2}}"
    return rf"\frac{{\partial{order} {name_to_latex(name)}}}{{{below}}}"


def short_latex(found: dl.Function | dl.DerivlabError | None) -> str | None:
    """The formula's LaTeX where it is there and short."""
    if isinstance(found, dl.Function) and len(found.body) <= LONGEST:
        return found.latex
    return None


def latex_where_valid(f: dl.Function, wrt: Sequence[str], found: dl.Function) -> str:
    """An exact partial as LaTeX, and where it holds if the formula does not say so itself."""
    domain = valid_where(f.tree, found.tree, tuple(wrt))
    return rf"{found.latex} \quad {domain.phrase}" if domain else found.latex


def exact_slope(
    f: dl.Function, axes: tuple[str, str], patience: float = 0.05
) -> dl.Function | dl.DerivlabError | None:
    """−F_x/F_y in a short form, why there is none, or None while SymPy works on it."""

    def work() -> dl.Function:
        by_x, by_y = (dl.exact(f, name).tree for name in axes)
        return simplify(dl.Function("slope", axes, implicit_formula(by_x, by_y)))

    return exact_formulas().get(("slope", f, axes), work, patience)


def when_ready(asked: Sequence[Callable[[float], object]], show: Callable[[], None]) -> None:
    """Show what needs these formulas now, and again by itself until all of them are there.

    Each of ``asked`` takes a patience in seconds and answers None while its formula is being worked out.
    """

    def ready(patience: float = 0.0) -> bool:
        return all(ask(patience) is not None for ask in asked)

    @st.fragment(run_every=None if ready(0.15) else PERIOD)
    def look() -> None:
        show()
        if waiting and ready():
            st.rerun()

    waiting = not ready()
    look()


def asked_partials(
    f: dl.Function, wanted: Sequence[Sequence[str]]
) -> list[Callable[[float], dl.Function | dl.DerivlabError | None]]:
    """What ``when_ready`` asks, for these partials."""

    def ask(wrt: Sequence[str]) -> Callable[[float], dl.Function | dl.DerivlabError | None]:
        return lambda patience: exact_partial(f, wrt, patience)

    return [ask(wrt) for wrt in wanted]
