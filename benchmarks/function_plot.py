"""function-plot's two samplers, run under Node in a folder in which ``npm install function-plot`` was run.

The interval sampler gives for each column a box that surely holds the curve: it is drawn as a bar. The other evaluates evenly
and splits where the slope's sign changes abruptly.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from dataclasses import dataclass

import numpy as np

from benchmarks.raster import Floats, Window

SCRIPT = """
const root = process.cwd() + '/node_modules/function-plot/dist/'
const samplers = {
  interval: require(root + 'samplers/interval').default, builtIn: require(root + 'samplers/builtIn').default,
}
const { texts, sampler, window: [low, high, bottom, top, width], rounds } = JSON.parse(process.argv[1])
const scale = (a, b) => Object.assign(v => (v - a) / (b - a) * width, { domain: () => [a, b] })
const number = v => Number.isFinite(v) ? v : v > 0 ? 1e300 : v < 0 ? -1e300 : null
const found = texts.map(text => {
  const d = { fn: text, fnType: 'linear', sampler, graphType: sampler === 'interval' ? 'interval' : 'polyline' }
  const ask = () => samplers[sampler]({
    d, range: [low, high], xScale: scale(low, high), yScale: scale(bottom, top),
    xAxis: { type: 'linear' }, yAxis: { type: 'linear' }, nSamples: 2 * width,
  })
  try {
    let best = Infinity, groups
    for (let round = 0; round < rounds; round++) {
      const start = process.hrtime.bigint()
      groups = ask()
      best = Math.min(best, Number(process.hrtime.bigint() - start) / 1e6)
    }
    const plain = sampler === 'interval'
      ? groups[0].filter(Boolean).map(([x, y]) => [x.lo, x.hi, number(y.lo), number(y.hi)])
      : groups.map(group => group.map(([x, y]) => [x, number(y)]))
    return { plain, best }
  } catch (error) { return { error: String(error.message ?? error) } }
})
console.log(JSON.stringify(found))
"""


@dataclass(frozen=True)
class Theirs:
    """Polylines, evaluations and milliseconds (None and the reason where the function is not supported), bars that join."""

    lines: list[tuple[Floats, Floats]]
    evaluations: int
    milliseconds: float
    joins: int = 0
    error: str = ""


def in_their_words(text: str) -> str:
    """A formula in canonical text as function-plot writes it."""
    text = text.replace("ln(", "log(")
    return re.sub(r"\be\^(\([^()]*\)|\w+)", r"exp(\1)", text)


def run(
    folder: str, texts: list[str], sampler: str, window: Window, breaks: list[tuple[float, ...]]
) -> list[Theirs] | None:
    """What one of the samplers makes of canonical texts; None where Node is not here."""
    node = shutil.which("node")
    if node is None:
        return None
    given = {
        "texts": [in_their_words(text) for text in texts],
        "sampler": sampler,
        "window": [window.low, window.high, window.bottom, window.top, window.width],
        "rounds": 9,
    }
    answer = subprocess.run(
        [node, "-e", SCRIPT, json.dumps(given)], cwd=folder, capture_output=True, text=True, check=True
    )
    found = []
    for one, at in zip(json.loads(answer.stdout), breaks, strict=True):
        if "error" in one:
            found.append(Theirs([], 0, 0.0, error=one["error"]))
        elif sampler == "interval":
            found.append(_bars(one["plain"], one["best"], window, np.array(at)))
        else:
            lines = [
                (np.array([x for x, _ in group]), np.array([y for _, y in group], dtype=float))
                for group in one["plain"]
                if len(group) > 1
            ]
            count = 2 * window.width
            found.append(Theirs(lines, count, one["best"]))
    return found


def _bars(boxes: list[list[float]], spent: float, window: Window, breaks: Floats) -> Theirs:
    """Boxes x from, to, y from, to as the bars that function-plot draws in the middle of each."""
    lines = []
    joins = 0
    pixel = (window.top - window.bottom) / window.height
    for start, stop, low, high in boxes:
        bottom, top = max(low, window.bottom - 8 * pixel), min(high, window.top + 8 * pixel)
        if top < bottom:
            continue
        middle = 0.5 * (start + stop)
        lines.append((np.array([middle, middle]), np.array([bottom, max(top, bottom + pixel)])))
        inside = np.any((breaks > start) & (breaks < stop))
        joins += bool(inside and top - bottom > 2 * pixel)
    return Theirs(lines, 2 * window.width - 1, spent, joins)
