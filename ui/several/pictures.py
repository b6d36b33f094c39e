"""The linked pictures of f over two variables: the surface and the map, on which the point is moved."""

from __future__ import annotations

from typing import Any

import streamlit as st

from derivlab.figures.contour import contour_figure
from derivlab.figures.numbers import text
from derivlab.figures.palette import Palette
from derivlab.figures.stretch import stretch_of
from derivlab.figures.surface import surface_figure
from derivlab.multivariable.view import Surface
from ui.chart import chart
from ui.map_point import map_point
from ui.several.look import style
from ui.several.subject import Subject, move_point


def pictures(
    subject: Subject,
    surface: Surface,
    colors: Palette,
    *,
    on_surface: dict[str, Any] | None = None,
    on_map: dict[str, Any] | None = None,
    field: bool = False,
    height: int = 430,
) -> None:
    """Surface and map side by side; the keyword arguments go to the figures, ``field`` draws all gradients."""
    name = subject.f.name
    left, right = st.columns(2, gap="small")
    with left, st.container(key="surface"):
        chart(
            surface_figure(surface, colors, name=name, height=height, **(on_surface or {})),
            key="surface_chart",
            alt=f"The surface of {name} over {' and '.join(subject.axes)}; turn it with the mouse.",
        )
    with right:
        the_map(subject, surface, colors, height=height, field=field, **(on_map or {}))


def the_map(
    subject: Subject,
    surface: Surface,
    colors: Palette,
    *,
    height: int = 430,
    **shown: Any,
) -> None:
    """The contour map, on which the point is clicked or dragged. Walks among ``shown`` (``paths``) get a
    player.
    """
    name = subject.f.name
    style()
    with st.container(key="map"):
        figure = contour_figure(surface, colors, name=name, point=subject.place, height=height, **shown)
        chart(
            figure,
            key="map_chart",
            alt=f"Level lines of {name}; the point is at "
            + ", ".join(
                f"{axis} = {text(number)}" for axis, number in zip(subject.axes, subject.place, strict=True)
            ),
        )
        map_point(
            key="map_point",
            chart="map",
            name=name,
            axes=subject.axes,
            point=subject.place,
            stretch=stretch_of(surface),
            steps=max((len(path.x) - 1 for path in shown.get("paths", ())), default=0),
            colors=colors,
            on_moved=lambda: move_point("map_point", subject.axes),
        )
