"""The colours can be read, and told apart by every eye."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import numpy.typing as npt
import pytest

from derivlab.figures.notation import (
    derivative_latex,
    derivative_name,
    partial_derivative_latex,
    partial_derivative_name,
)
from derivlab.figures.palette import DARK, LIGHT, Palette, palette

Vector = npt.NDArray[np.float64]
MODES = pytest.mark.parametrize("colors", [LIGHT, DARK], ids=["light", "dark"])

# Machado, Oliveira and Fernandes (2009), severity 1, on linear RGB.
EYES = {
    "usual": np.eye(3),
    "protan": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deutan": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritan": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}


def linear(color: str) -> Vector:
    """Linear RGB of ``#RRGGBB``."""
    c = np.array([int(color[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2."""
    weights = np.array([0.2126, 0.7152, 0.0722])
    low, high = sorted(float(linear(color) @ weights) for color in (one, other))
    return (high + 0.05) / (low + 0.05)


def lab(rgb: Vector) -> Vector:
    """CIE L*a*b* (D65) of linear RGB."""
    to_xyz = np.array(
        [
            [0.4124564, 0.3575761, 0.1804375],
            [0.2126729, 0.7151522, 0.0721750],
            [0.0193339, 0.1191920, 0.9503041],
        ]
    )
    x = to_xyz @ np.clip(rgb, 0, 1) / np.array([0.95047, 1, 1.08883])
    f = np.where(x > 216 / 24389, np.cbrt(x), (24389 / 27 * x + 16) / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@MODES
def test_everything_drawn_or_written_in_a_colour_can_be_read(colors: Palette) -> None:
    """Each colour that is also used for text has a contrast of at least 4.5 on the page."""
    styles = [*colors.orders, *colors.companions, colors.point, colors.tangent, colors.taylor]
    for color in [*(style.color for style in styles), colors.text, colors.muted, colors.bad, colors.good]:
        assert contrast(color, colors.background) >= 4.5, color


@MODES
@pytest.mark.parametrize("eye", EYES)
def test_the_main_things_look_different_to_every_eye(colors: Palette, eye: str) -> None:
    """f, f′, f″ and the point are at least 17 apart in L*a*b*, to colour-blind eyes too."""
    main = [*(style.color for style in colors.orders[:3]), colors.point.color]
    for one, other in combinations(main, 2):
        apart = np.linalg.norm(lab(EYES[eye] @ linear(one)) - lab(EYES[eye] @ linear(other)))
        assert apart >= 17, (one, other)


@MODES
def test_orders_are_told_apart_without_colour(colors: Palette) -> None:
    """No two orders share a dash or a marker."""
    assert len({style.dash for style in colors.orders}) == len(colors.orders) == 11
    assert len({style.symbol for style in colors.orders}) == len(colors.orders)


def test_a_mode_is_asked_for_by_name() -> None:
    """``palette(dark)`` gives the palette of that mode."""
    assert palette(dark=True) is DARK
    assert palette(dark=False) is LIGHT


@pytest.mark.parametrize(
    ("order", "text", "latex"), [(0, "f", "f"), (2, "f″", "f''"), (10, "f⁽¹⁰⁾", "f^{(10)}")]
)
def test_derivatives_are_named_with_primes_and_then_with_numbers(order: int, text: str, latex: str) -> None:
    """Up to three primes, then the order in brackets."""
    assert derivative_name("f", order) == text
    assert derivative_latex("f", order) == latex


@pytest.mark.parametrize(
    ("order", "text", "latex"),
    [
        (0, "f", "f"),
        (1, "∂f/∂u", r"\frac{\partial f}{\partial u}"),
        (2, "∂²f/∂u²", r"\frac{\partial^{2} f}{\partial u^{2}}"),
        (10, "∂¹⁰f/∂u¹⁰", r"\frac{\partial^{10} f}{\partial u^{10}}"),
    ],
)
def test_partial_derivatives_name_the_variable(order: int, text: str, latex: str) -> None:
    """A fraction of curly d's, with the order as a power of both."""
    assert partial_derivative_name("f", "u", order) == text
    assert partial_derivative_latex("f", "u", order) == latex
