"""The colours of the app: one for f, one for f′, one for f″ …, one for the point, the same on every page.

Nothing is told by colour alone: each order of derivative has a dash and a marker of its own too.
The contrasts (at least 4.5 : 1 on the page) and the distances as colour-blind eyes see them are tested.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

SUPERSCRIPT = str.maketrans("0123456789-+", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺")
PRIMES = ("", "′", "″", "‴")
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


def _orders(colors: str) -> tuple[Style, ...]:
    return tuple(Style(*row) for row in zip(colors.split(), _DASHES, _SYMBOLS, strict=True))


LIGHT = Palette(
    dark=False,
    background="#FFFFFF",
    panel="#F4F6FA",
    text="#1B2430",
    muted="#566275",
    grid="#E6EAF0",
    axis="#8793A5",
    orders=_orders("#0B4CCD #C8440B #11796B #5B1A9E #86610A #B0257A #3A6B12 #4B5B73 #A23B3B #0E7490 #6B4FBB"),
    companions=(
        Style("#4A5568", "solid", "circle-open"),
        Style("#8A5A00", "solid", "diamond-open"),
        Style("#3F7017", "solid", "square-open"),
        Style("#9C2F86", "solid", "triangle-up-open"),
    ),
    point=Style("#8C0A3F", "solid", "circle"),
    tangent=Style("#8C0A3F", "solid", "line-ew"),
    taylor=Style("#86610A", "longdash", "star"),
    asymptote=Style("#66728A", "5px,5px", "line-ew"),
    increase="#11796B",
    decrease="#C8440B",
    bad="#B3261E",
    good="#11796B",
    scale=("#0A2A66", "#0B4CCD", "#3D8BE0", "#7FC2D8", "#C9E7C4", "#FFF3B8"),
    diverging=("#0B4CCD", "#7FA6EE", "#F7F7F7", "#EFA27F", "#C8440B"),
)

DARK = Palette(
    dark=True,
    background="#10151C",
    panel="#1A212B",
    text="#E3E9F2",
    muted="#9DA9BA",
    grid="#252E3A",
    axis="#6C7A8E",
    orders=_orders("#4D90FA #F2A35E #74F3D6 #D0ADF5 #E5CB62 #F584C3 #A5D86E #AFBCCF #F29090 #5CC9E6 #AE9BF2"),
    companions=(
        Style("#B6C2D3", "solid", "circle-open"),
        Style("#E0B040", "solid", "diamond-open"),
        Style("#9BD069", "solid", "square-open"),
        Style("#E88AD0", "solid", "triangle-up-open"),
    ),
    point=Style("#F2407F", "solid", "circle"),
    tangent=Style("#F2407F", "solid", "line-ew"),
    taylor=Style("#E5CB62", "longdash", "star"),
    asymptote=Style("#8795AA", "5px,5px", "line-ew"),
    increase="#74F3D6",
    decrease="#F2A35E",
    bad="#FF8A80",
    good="#74F3D6",
    scale=("#132B5E", "#2F6BD8", "#4FA3E3", "#86CFD6", "#CBEBC2", "#FFF3B8"),
    diverging=("#4D90FA", "#2F5796", "#2A323D", "#9A6238", "#F2A35E"),
)


def palette(dark: bool) -> Palette:
    """The colours of the dark or the light mode."""
    return DARK if dark else LIGHT


@lru_cache(maxsize=256)
def derivative_name(name: str, order: int) -> str:
    """``f``, ``f′``, ``f″``, ``f‴``, ``f⁽⁴⁾`` … as text."""
    if order < len(PRIMES):
        return name + PRIMES[order]
    return f"{name}⁽{str(order).translate(SUPERSCRIPT)}⁾"


@lru_cache(maxsize=256)
def derivative_latex(name: str, order: int) -> str:
    """The same as LaTeX; ``name`` is LaTeX already."""
    if order < len(PRIMES):
        return name + "'" * order
    return f"{name}^{{({order})}}"
