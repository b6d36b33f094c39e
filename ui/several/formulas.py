"""Exact partial derivatives for the pages: asked in the background, shown when they are there."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

import derivlab as dl
from derivlab.expression.show import name_to_latex
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


def when_ready(f: dl.Function, wanted: Sequence[Sequence[str]], show: Callable[[], None]) -> None:
    """Show what needs these exact partials now, and again by itself until all of them are there."""

    def ready(patience: float = 0.0) -> bool:
        return all(exact_partial(f, wrt, patience) is not None for wrt in wanted)

    @st.fragment(run_every=None if ready(0.15) else PERIOD)
    def look() -> None:
        show()
        if waiting and ready():
            st.rerun()

    waiting = not ready()
    look()
