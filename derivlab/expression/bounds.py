"""The limits on what is typed: each keeps one kind of input from costing time or memory."""

from __future__ import annotations

MAX_CHARACTERS = 50_000
MAX_NODES = 20_000
MAX_DEPTH = 100
"""The longest path in the tree, the left spines of sums and products not counted."""
MAX_FRAMES = 6 * MAX_DEPTH + 40
"""How deep the parser may call itself: enough for the printed form of every tree that it accepts."""
MAX_NESTING = 140
"""How many brackets may be open at once; it is found out before anything is parsed."""
MAX_WORD = 200
MAX_DIGITS = 400
MAX_DECIMAL_EXPONENT = 308
MAX_EXPONENT = 1_000_000
