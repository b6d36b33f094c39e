"""f′ of a typed function at a point to 50 digits, by mpmath: the truth that floats are held against."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import mpmath
from mpmath import mp, mpf

from derivlab.expression.tree import Node
from derivlab.lowering.program import NUMBER, VARIABLE, program_of

DIGITS = 50


def _power(u: Any, v: Any) -> Any:
    if u < 0 and v != int(v):
        return mp.nan
    return mp.power(u, v)


def _real(function: Callable[..., Any]) -> Callable[..., Any]:
    """Complex results are undefined: the functions are real."""

    def call(*arguments: Any) -> Any:
        result = function(*arguments)
        return mp.nan if isinstance(result, mpmath.mpc) and result.imag != 0 else mp.re(result)

    return call


_FUNCTIONS: dict[str, Callable[..., Any]] = {
    "add": lambda u, v: u + v,
    "subtract": lambda u, v: u - v,
    "multiply": lambda u, v: u * v,
    "divide": lambda u, v: u / v if v else mp.nan,
    "negate": lambda u: -u,
    "power": _power,
    "pi": lambda: +mp.pi,
    "e": lambda: +mp.e,
    "undefined": lambda: mp.nan,
    "ln": lambda u: mp.ln(u) if u > 0 else mp.nan,
    "log2": lambda u: mp.log(u, 2) if u > 0 else mp.nan,
    "log10": lambda u: mp.log10(u) if u > 0 else mp.nan,
    "abs": abs,
    "sign": mp.sign,
    "floor": mp.floor,
    "ceil": mp.ceil,
    "round": mp.nint,
    "trunc": lambda u: mp.floor(u) if u >= 0 else mp.ceil(u),
    "mod": lambda u, v: u - v * mp.floor(u / v) if v else mp.nan,
    "max": max,
    "min": min,
    "clamp": lambda u, v, w: min(max(u, v), w),
    "relu": lambda u: max(u, mpf(0)),
    "leaky_relu": lambda u: u if u > 0 else u / 100,
    "elu": lambda u: u if u > 0 else mp.expm1(u),
    "sigmoid": lambda u: 1 / (1 + mp.exp(-u)),
    "logsigmoid": lambda u: -mp.log1p(mp.exp(-u)),
    "softplus": lambda u: mp.log1p(mp.exp(u)),
    "softsign": lambda u: u / (1 + abs(u)),
    "silu": lambda u: u / (1 + mp.exp(-u)),
    "gelu": lambda u: u * (1 + mp.erf(u / mp.sqrt(2))) / 2,
    "hardtanh": lambda u: min(max(u, mpf(-1)), mpf(1)),
    "lgamma": lambda u: mp.ln(abs(mp.gamma(u))),
    "polygamma": lambda u, v: mp.polygamma(int(u), v),
    "sinc": lambda u: mp.sinc(mp.pi * u),
    "where": lambda u, v, w: v if u else w,
    "less": lambda u, v: u < v,
    "less_equal": lambda u, v: u <= v,
    "greater": lambda u, v: u > v,
    "greater_equal": lambda u, v: u >= v,
    "equal": lambda u, v: u == v,
    "not_equal": lambda u, v: u != v,
    "and": lambda u, v: bool(u) and bool(v),
    "or": lambda u, v: bool(u) or bool(v),
    "not": lambda u: not u,
}
_SAME_NAME = frozenset(
    [
        *("sqrt", "exp", "log1p", "expm1", "sin", "cos", "tan", "asin", "acos", "atan", "atan2"),
        *("sinh", "cosh", "tanh", "asinh", "acosh", "atanh", "erf", "erfc", "erfinv", "digamma", "hypot"),
    ]
)


@lru_cache(maxsize=128)
def _function(operation: str) -> Callable[..., Any] | None:
    if operation in _SAME_NAME:
        return _real(getattr(mp, operation))
    return _FUNCTIONS.get(operation)


def exact_slope(tree: Node, variable: str, at: float) -> mpf | None:
    """The derivative at ``at`` to some `DIGITS` digits, or None where mpmath cannot tell."""
    try:
        with mp.workdps(DIGITS):
            slope = mp.diff(lambda x: _value(tree, variable, x), mpf(at))
            return slope if mp.isfinite(slope) else None
    except (ValueError, ZeroDivisionError, OverflowError, TypeError, NotImplementedError):
        return None


def _value(tree: Node, variable: str, at: Any) -> Any:
    """f(at) in mpmath's working precision; NaN where undefined."""
    results: list[Any] = []
    program = program_of(tree, share=True, guard=False)
    for step in program.instructions:
        if step.operation == NUMBER:
            results.append(mpf(step.value.numerator) / step.value.denominator)
        elif step.operation == VARIABLE:
            results.append(at if step.name == variable else mp.nan)
        else:
            function = _function(step.operation)
            if function is None:
                raise NotImplementedError(step.operation)
            results.append(function(*(results[argument] for argument in step.arguments)))
    return results[program.result]
