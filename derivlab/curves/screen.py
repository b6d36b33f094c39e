"""The window as a screen: pixels, and a squeeze that makes everything off-screen finite."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from derivlab.curves.curve import Flags, Floats

MARGIN = 8.0
"""Pixels beyond the screen's edges that are still drawn exactly."""


@dataclass(frozen=True, slots=True)
class Screen:
    """Maps x and f to pixels. Beyond its edges y is squeezed, so that a pole becomes a finite jump.

    The squeeze is the identity on the window and a little beyond it, and y ↦ S·y/(S + y) further out: once continuously
    differentiable, and bounded by S = one screen height.
    """

    low: float
    high: float
    bottom: float
    top: float
    width: int
    height: int

    @property
    def pixel(self) -> float:
        """The width of one pixel in units of x."""
        return (self.high - self.low) / self.width

    @property
    def scale(self) -> float:
        """Pixels for one unit of y."""
        return self.height / (self.top - self.bottom)

    def across(self, x: Floats) -> Floats:
        """Pixels from the left edge."""
        return (x - self.low) / self.pixel

    def up(self, value: Floats, slope: Floats) -> tuple[Floats, Floats]:
        """Squeezed pixels from the bottom edge, and their slope in pixels a pixel; infinite values become finite."""
        with np.errstate(all="ignore"):
            raw = (value - self.bottom) * self.scale
            inside = np.minimum(np.maximum(raw, -MARGIN), self.height + MARGIN)
            outside = raw - inside
            shrink = 1.0 / (1.0 + np.abs(outside) / self.height)
            up = inside + np.copysign(self.height * (1.0 - shrink), outside)
            return up, slope * (self.scale * self.pixel) * (shrink * shrink)

    def squeeze(self, value: Floats) -> Floats:
        """Squeezed pixels from the bottom edge."""
        with np.errstate(all="ignore"):
            raw = (value - self.bottom) * self.scale
            inside = np.minimum(np.maximum(raw, -MARGIN), self.height + MARGIN)
            outside = raw - inside
            squeezed: Floats = inside + np.copysign(
                self.height * (1.0 - 1.0 / (1.0 + np.abs(outside) / self.height)), outside
            )
            return squeezed

    def shows(self, up: Floats) -> Flags:
        """Whether squeezed pixels lie on the screen or just beyond its edge."""
        return (up >= -MARGIN) & (up <= self.height + MARGIN)
