"""The colours of the app: one for f, one for f′, one for f″ …, one for the point, the same on every page.

Nothing is told by colour alone: each order of derivative has a dash and a marker of its own too.
The contrasts (at least 4.5 : 1 on the page) and the distances as colour-blind eyes see them are tested.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

MAX_ORDER = 10


@dataclass(frozen=True, slots=True)
class Style:
    """How one thing is drawn: ``color`` as ``#RRGGBB``, plotly's names of a ``dash`` and a ``symbol``."""

    color: str
    dash: str
    symbol: str


@dataclass(frozen=True, slots=True)
class Palette:
    """All the colours of one mode.

    ``orders[k]`` draws the k-th derivative (0 is f itself), ``companions`` the further functions of a chart.
    ``scale`` colours a surface from low to high, ``diverging`` from negative to positive.
    """

    dark: bool
    background: str
    panel: str
    text: str
    muted: str
    grid: str
    axis: str
    orders: tuple[Style, ...]
    companions: tuple[Style, ...]
    point: Style
    tangent: Style
    taylor: Style
    asymptote: Style
    increase: str
    decrease: str
    bad: str
    good: str
    scale: tuple[str, ...]
    diverging: tuple[str, ...]

    def order(self, k: int) -> Style:
        """How the k-th derivative is drawn."""
        return self.orders[k]


_DASHES = (
    "solid",
    "dash",
    "dot",
    "dashdot",
    "longdash",
    "longdashdot",
    "12px,3px",
    "2px,6px",
    "8px,3px,2px,3px,2px,3px",
    "16px,4px,4px,4px",
    "4px,2px",
)
_SYMBOLS = (
    "circle",
    "diamond",
    "square",
    "triangle-up",
    "triangle-down",
    "cross",
    "x",
    "star",
    "pentagon",
    "hexagon",
    "hourglass",
)


_COMPANION_SYMBOLS = ("circle-open", "diamond-open", "square-open", "triangle-up-open")


def _styles(colors: str, symbols: Sequence[str], dashes: Sequence[str]) -> tuple[Style, ...]:
    return tuple(Style(*row) for row in zip(colors.split(), dashes, symbols, strict=True))


def _mode(dark: bool) -> Palette:
    """The palette of one mode, each colour beside its counterpart in the other."""

    def pick(by_day: str, by_night: str) -> str:
        return by_night if dark else by_day

    orders = _styles(
        pick(
            "#0B4CCD #C8440B #11796B #5B1A9E #86610A #B0257A #3A6B12 #4B5B73 #A23B3B #0E7490 #6B4FBB",
            "#4D90FA #F2A35E #74F3D6 #D0ADF5 #E5CB62 #F584C3 #A5D86E #AFBCCF #F29090 #5CC9E6 #AE9BF2",
        ),
        _SYMBOLS,
        _DASHES,
    )
    point = pick("#8C0A3F", "#F2407F")
    return Palette(
        dark=dark,
        background=pick("#FFFFFF", "#10151C"),
        panel=pick("#F4F6FA", "#1A212B"),
        text=pick("#1B2430", "#E3E9F2"),
        muted=pick("#566275", "#9DA9BA"),
        grid=pick("#E6EAF0", "#252E3A"),
        axis=pick("#8793A5", "#6C7A8E"),
        orders=orders,
        companions=_styles(
            pick("#4A5568 #8A5A00 #3F7017 #9C2F86", "#B6C2D3 #E0B040 #9BD069 #E88AD0"),
            _COMPANION_SYMBOLS,
            ("solid",) * len(_COMPANION_SYMBOLS),
        ),
        point=Style(point, "solid", "circle"),
        tangent=Style(point, "solid", "line-ew"),
        taylor=Style(orders[4].color, "longdash", "star"),
        asymptote=Style(pick("#66728A", "#8795AA"), "5px,5px", "line-ew"),
        increase=orders[2].color,
        decrease=orders[1].color,
        bad=pick("#B3261E", "#FF8A80"),
        good=orders[2].color,
        scale=tuple(
            pick(
                "#0A2A66 #0B4CCD #3D8BE0 #7FC2D8 #C9E7C4 #FFF3B8",
                "#132B5E #2F6BD8 #4FA3E3 #86CFD6 #CBEBC2 #FFF3B8",
            ).split()
        ),
        diverging=tuple(
            pick(
                "#0B4CCD #7FA6EE #F7F7F7 #EFA27F #C8440B",
                "#4D90FA #2F5796 #2A323D #9A6238 #F2A35E",
            ).split()
        ),
    )


LIGHT = _mode(dark=False)
DARK = _mode(dark=True)


def palette(dark: bool) -> Palette:
    """The colours of the dark or the light mode."""
    return DARK if dark else LIGHT
