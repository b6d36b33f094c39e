"""A plotly chart from a plain dict: nothing validated, no template, no toolbar, a name for screen readers."""

from __future__ import annotations

from typing import Any

import streamlit as st
from plotly.basedatatypes import BaseFigure

CONFIG = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False, "responsive": True}


class _Ready(BaseFigure):  # type: ignore[misc]
    """A figure that is a dict already. Building and checking a plotly Figure costs fifteen times as much."""

    def __init__(self, figure: dict[str, Any]) -> None:
        object.__setattr__(self, "_plain", figure)

    def to_dict(self) -> dict[str, Any]:
        plain: dict[str, Any] = object.__getattribute__(self, "_plain")
        return plain


def chart(figure: dict[str, Any], *, key: str, alt: str, config: dict[str, Any] | None = None) -> None:
    """Show a figure; ``alt`` says in a sentence what is to be seen in it."""
    height = figure.get("layout", {}).get("height")
    st.plotly_chart(
        _Ready(figure),
        key=key,
        alt=alt,
        theme=None,
        height=height if isinstance(height, int) else "content",
        config={**CONFIG, **(config or {})},
    )
