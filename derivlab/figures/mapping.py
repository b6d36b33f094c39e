"""A vector function as pictures: a square and its image, a field of arrows, curves in the plane."""

from __future__ import annotations

import numpy as np

from derivlab.figures.palette import Palette, Style
from derivlab.figures.plane import (
    Figure,
    Floats,
    Trace,
    arrow,
    dots,
    italic,
    line,
    plane,
    quiver,
    translucent,
)
from derivlab.multivariable.vector_function import Picture


def square_figure(
    picture: Picture, colors: Palette, *, names: tuple[str, str], at: tuple[float, float], height: int = 380
) -> Figure:
    """The square in the plane of the inputs, with its grid, its sides marked."""
    data = [
        _grid(picture.grid, colors),
        _outline(picture.square, colors.orders[0], colors, fill=True),
        *_edges(picture.square, colors),
        dots(np.array([at[0]]), np.array([at[1]]), colors.point, colors.background, 11, meta="point"),
    ]
    x_range, y_range = _frame(picture.square)
    return plane(
        data,
        colors,
        x=italic(names[0]),
        y=italic(names[1]),
        x_range=x_range,
        y_range=y_range,
        height=height,
        equal=True,
        legend=False,
        title="a small square …",
    )


def image_figure(
    picture: Picture, colors: Palette, *, name: str, value: tuple[float, float], height: int = 380
) -> Figure:
    """What becomes of the square, and the parallelogram that the Jacobian makes of it."""
    data = [
        _grid(picture.grid_image, colors),
        _outline(picture.image, colors.orders[0], colors, fill=True, name="image of the square"),
        _outline(
            picture.parallelogram, colors.tangent, colors, fill=False, name="parallelogram by J", dash="dash"
        ),
        *_edges(picture.image, colors),
        dots(np.array([value[0]]), np.array([value[1]]), colors.point, colors.background, 11, meta="point"),
    ]
    for trace in (data[1], data[2]):
        trace["showlegend"] = True
    finite = [part[np.isfinite(part).all(axis=1)] for part in (picture.image, picture.parallelogram)]
    x_range, y_range = _frame(np.concatenate(finite))
    return plane(
        data,
        colors,
        x=f"{italic(name)}<sub>1</sub>",
        y=f"{italic(name)}<sub>2</sub>",
        x_range=x_range,
        y_range=y_range,
        height=height,
        equal=True,
        legend=True,
        title="… and what becomes of it",
    )


def field_figure(
    places: Floats,
    vectors: Floats,
    colors: Palette,
    *,
    names: tuple[str, str],
    at: tuple[float, float] | None = None,
    height: int = 400,
) -> Figure:
    """The field as arrows: their direction is true, their length and colour grow with that of the vector."""
    low, high = places.min(axis=0), places.max(axis=0)
    step = (high - low) / (np.sqrt(len(places)) - 1)
    with np.errstate(invalid="ignore", divide="ignore"):
        length = np.linalg.norm(vectors, axis=1)
        usable = np.isfinite(length) & (length > 0)
        typical = float(np.quantile(length[usable], 0.95)) if usable.any() else 1.0
        share = np.clip(length / typical, 0.08, 1.0) ** 0.6
        unit = np.where(usable[:, None], vectors / length[:, None], np.nan)
    heads = places + unit * (0.9 * share[:, None]) * float(step.min())
    data: list[Trace] = []
    bands = np.digitize(share, [0.4, 0.65, 0.85])
    for band in range(4):
        rows = usable & (bands == band)
        if rows.any():
            x, y = quiver(places[rows], heads[rows])
            color = colors.scale[(3, 2, 1, 0)[band]] if not colors.dark else colors.scale[(1, 2, 3, 4)[band]]
            data.append(line(x, y, Style(color, "solid", "circle"), 1.75, meta=f"field{band}"))
    if at is not None:
        data.append(
            dots(np.array([at[0]]), np.array([at[1]]), colors.point, colors.background, 11, meta="point")
        )
    return plane(
        data,
        colors,
        x=italic(names[0]),
        y=italic(names[1]),
        x_range=(float(low[0]), float(high[0])),
        y_range=(float(low[1]), float(high[1])),
        height=height,
        equal=True,
        legend=False,
    )


def curves_figure(
    pieces: list[Floats],
    colors: Palette,
    *,
    names: tuple[str, str],
    window: tuple[tuple[float, float], tuple[float, float]] | None = None,
    at: tuple[float, float] | None = None,
    tangent: tuple[float, float] | None = None,
    velocity: tuple[float, float] | None = None,
    normal: tuple[float, float] | None = None,
    height: int = 440,
) -> Figure:
    """Curves in the plane with a point, the tangent through it along ``tangent``, and arrows for velocity
    or gradient.
    """
    data = [
        line(piece[:, 0], piece[:, 1], colors.orders[0], 2.75, meta=f"curve{k}")
        for k, piece in enumerate(pieces)
    ]
    points = (
        np.concatenate([*pieces, np.array([at])])
        if at is not None
        else np.concatenate(pieces or [np.zeros((1, 2))])
    )
    points = points[np.isfinite(points).all(axis=1)]
    x_range, y_range = window or _frame(points if len(points) else np.zeros((1, 2)))
    annotations = []
    span = max(x_range[1] - x_range[0], y_range[1] - y_range[0])
    if at is not None:
        if tangent is not None and np.hypot(*tangent) > 0:
            unit = np.array(tangent) / np.hypot(*tangent)
            ends = np.array([at - 2 * span * unit, at + 2 * span * unit])
            data.append(line(ends[:, 0], ends[:, 1], colors.tangent, 1.75, meta="tangent"))
        for along, color in ((velocity, colors.orders[1].color), (normal, colors.orders[3].color)):
            if along is not None and np.hypot(*along) > 0:
                size = 0.18 * span / np.hypot(*along)
                annotations.append(arrow(at, (at[0] + size * along[0], at[1] + size * along[1]), color, 3))
        data.append(
            dots(np.array([at[0]]), np.array([at[1]]), colors.point, colors.background, 13, meta="point")
        )
    return plane(
        data,
        colors,
        x=italic(names[0]),
        y=italic(names[1]),
        x_range=x_range,
        y_range=y_range,
        height=height,
        equal=True,
        legend=False,
        annotations=annotations,
    )


def _outline(
    outline: Floats, style: Style, colors: Palette, *, fill: bool, name: str = "", dash: str = "solid"
) -> Trace:
    closed = np.concatenate([outline, outline[:1]])
    drawn = Style(style.color, dash, style.symbol)
    trace = line(closed[:, 0], closed[:, 1], drawn, 2.5, name=name, showlegend=False)
    if fill:
        trace |= {"fill": "toself", "fillcolor": translucent(style.color, 0.14 if not colors.dark else 0.22)}
    return trace


def _grid(grid: Floats, colors: Palette) -> Trace:
    return line(grid[:, 0], grid[:, 1], Style(colors.axis, "solid", "circle"), 0.75, showlegend=False)


def _edges(outline: Floats, colors: Palette) -> list[Trace]:
    """The first and the second side in their own colours, so that a turn or a flip is seen."""
    count = len(outline) // 4
    return [
        line(part[:, 0], part[:, 1], Style(color, "solid", "circle"), 4.5, showlegend=False)
        for part, color in (
            (outline[:count], colors.orders[1].color),
            (outline[count : 2 * count], colors.orders[2].color),
        )
    ]


def _frame(points: Floats) -> tuple[tuple[float, float], tuple[float, float]]:
    low, high = points.min(axis=0), points.max(axis=0)
    middle, half = (low + high) / 2, float(np.max(high - low)) / 2 or 1.0
    reach = 1.25 * half
    return (float(middle[0] - reach), float(middle[0] + reach)), (
        float(middle[1] - reach),
        float(middle[1] + reach),
    )
