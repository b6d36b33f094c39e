"""What the components share that lay a draggable point over a chart: JavaScript, put before their own.

``svg.js`` makes elements, ``numbers.js`` writes numbers as people read them, ``rounding.js`` rounds to what a pixel can
tell apart, ``card.js`` fills the card of numbers at the pointer, ``grip.js`` is the handle itself.
"""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).parent
_SCRIPTS = ("svg.js", "numbers.js", "rounding.js", "card.js", "grip.js")


def with_shared(folder: Path, scripts: tuple[str, ...]) -> str:
    """The shared scripts, then those of a component in its ``folder``, as one module."""
    files = [*(_HERE / name for name in _SCRIPTS), *(folder / name for name in scripts)]
    return "\n".join(file.read_text("utf-8") for file in files)
