"""Newton's method from many starts at once, damped as Levenberg and Marquardt do, for square systems R(z) =
0.

Source: Nocedal and Wright, Numerical Optimization, 2nd ed., sections 10.3 and 11.2. The damping keeps the
step sensible where the Jacobian is singular, and fades near a root, so that the last steps are Newton's
own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from derivlab.multivariable.batch import Floats

System: TypeAlias = Callable[[Floats], tuple[Floats, Floats]]
"""Unknowns (m, k) to residuals (m, k) and Jacobians (m, k, k); NaN where there is no value."""

STEPS = 120
"""Enough for linear convergence at a degenerate root: (2/3)^120 is 1e-21."""
TIGHTEST, LOOSEST = 1e-18, 1e6
"""Bounds of the damping, as a share of the Jacobian's size squared; past the loosest a walk is stuck."""
FAR = 1e8
"""A walk that is so many units away will not come back."""


@dataclass(frozen=True)
class Roots:
    """Where the walks ended: ``places`` (m, k), the norm of the ``residuals`` (m,) and of the next Newton
    ``steps`` (m,).

    A small residual alone proves no root (e^(−x²) is small far out); the next step, in units of the scale,
    must be small as well.
    """

    places: Floats
    residuals: Floats
    steps: Floats


def find_roots(system: System, starts: Floats, scale: Floats, steps: int = STEPS) -> Roots:
    """Walk from each start (m, k) towards a root; ``scale`` (k,) is the size of one unit of each unknown."""
    places = starts.astype(np.float64).copy()
    residual, jacobian = system(places)
    merit = _merit(residual, jacobian)
    damping = np.full(len(places), 1e-3)
    active = np.asarray(np.isfinite(merit) & (merit > 0.0))
    for _ in range(steps):
        walking = np.flatnonzero(active)
        if not len(walking):
            break
        move = _damped_step(jacobian[walking] * scale, residual[walking], damping[walking])
        trial = places[walking] + move * scale
        new_residual, new_jacobian = system(trial)
        new_merit = _merit(new_residual, new_jacobian)
        better = new_merit < merit[walking]
        taken, refused = walking[better], walking[~better]
        places[taken], merit[taken] = trial[better], new_merit[better]
        residual[taken], jacobian[taken] = new_residual[better], new_jacobian[better]
        damping[taken] = np.maximum(damping[taken] * 0.1, TIGHTEST)
        damping[refused] *= 10.0
        length = np.linalg.norm(move, axis=1)
        active[taken[(new_merit[better] == 0.0) | (np.abs(places[taken] / scale).max(axis=1) > FAR)]] = False
        active[refused[(damping[refused] > LOOSEST) | (length[~better] < 1e-15)]] = False
    next_step = _damped_step(jacobian * scale, residual, np.full(len(places), TIGHTEST))
    return Roots(places, np.sqrt(merit), np.linalg.norm(next_step, axis=1))


def _merit(residual: Floats, jacobian: Floats) -> Floats:
    """The squared residual; infinite where anything there is no number."""
    with np.errstate(over="ignore", invalid="ignore"):
        square = np.einsum("mk,mk->m", residual, residual)
    usable = np.isfinite(square) & np.isfinite(jacobian).all(axis=(1, 2))
    return np.where(usable, square, np.inf)


def _damped_step(jacobian: Floats, residual: Floats, damping: Floats) -> Floats:
    """−(JᵀJ + μI)⁻¹Jᵀr by the singular values of J, which keeps the small ones accurate."""
    usable = np.asarray(np.isfinite(jacobian).all(axis=(1, 2)))
    matrix = np.where(usable[:, None, None], jacobian, 0.0)
    vector = np.where(usable[:, None] & np.isfinite(residual), residual, 0.0)
    left, singular, right = np.linalg.svd(matrix)
    top = np.maximum(singular[:, :1], 1e-150)
    filtered = singular / (singular**2 + damping[:, None] * top**2)
    inner = np.einsum("mji,mj->mi", left, vector)
    return -np.asarray(np.einsum("mij,mi->mj", right, filtered * inner), dtype=np.float64)
