"""Where the bend changes sign, has the curve a tangent there?"""

from __future__ import annotations

import numpy as np

from derivlab.curves.curve import Evaluate, Floats
from derivlab.curves.sharp import LOOKED_AT, Inspect


def with_tangent(evaluate: Evaluate, inspect: Inspect, bends: Floats, span: float) -> Floats:
    """Those places (k,), where the bend changes sign, at which the curve has a tangent, maybe a vertical one."""
    if not len(bends):
        return bends
    step = 1e-7 * span
    near = evaluate(np.concatenate([bends - step, bends, bends + step])).reshape(-1, 3, len(bends))
    wide = evaluate(np.concatenate([bends - 1e-3 * span, bends + 1e-3 * span])).reshape(-1, 2, len(bends))
    with np.errstate(all="ignore"):
        size = np.abs(wide[1]).max(axis=0)
        steep = np.abs(near[1]).max(axis=0)
        slope_step, bend_step = (np.abs(near[row, 2] - near[row, 0]) for row in (1, 2))
        calm = np.isfinite(near[:3]).all(axis=(0, 1))
        calm &= bend_step <= 1e-3 * np.maximum(np.maximum(steep, size), 1e-300) / max(step, 1e-300) * 1e-3
        calm &= slope_step <= 1e-4 * np.maximum(np.maximum(size, np.abs(near[1, 1])), 1e-12)
        smooth = calm | ((slope_step <= 1e-2 * np.maximum(size, 1e-12)) & (len(bends) > LOOKED_AT))
    for index in np.flatnonzero(~smooth)[:LOOKED_AT]:
        smooth[index] = inspect(float(bends[index])).kind in {"smooth", "vertical tangent"}
    kept: Floats = bends[smooth]
    return kept
