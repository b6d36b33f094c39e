"""What working with many digits may cost, so that no point and no list of points takes long."""

from __future__ import annotations

from dataclasses import dataclass

from derivlab.lowering.to_mpmath import TooHard

WORK = 40_000.0
"""How much one limit may cost: operations, more for many digits."""


@dataclass
class Purse:
    """What one limit may still cost, out of what all of them may; raises TooHard once either is spent."""

    operations: int
    left: float = WORK
    whole: Purse | None = None

    def pay(self, precision: int) -> None:
        """The price of one value."""
        self._spend(self.operations * (1 + (precision / 200) ** 2))

    def _spend(self, price: float) -> None:
        self.left -= price
        if self.whole is not None:
            self.whole._spend(price)
        if self.left < 0:
            raise TooHard("budget")
