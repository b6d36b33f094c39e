"""Tree to numbers of any precision: what float64 rounds away close to a point is still there.

Real throughout: an operation outside its domain gives None, and what takes it gives None too. Numbers whose exponents
are beyond all use are infinities or zeros, so that nothing here runs for long. One thread at a time: mpmath's constants
are shared.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from fractions import Fraction
from functools import lru_cache
from typing import Any, TypeAlias

from mpmath import MPContext

from derivlab.expression.tree import Node
from derivlab.lowering.program import GUARD, NUMBER, VARIABLE, program_of

Precise: TypeAlias = Any
"""A number of mpmath's, True or False for a condition, or None where undefined."""

MOST_DIGITS = 6_000
"""No more digits than this are worked with."""
LARGEST_EXPONENT = 40_000
"""Bits: e^u for a larger u is infinite, and where sin(u) stands for a larger u nobody can say."""
SPECIAL_DIGITS = 320
"""The special functions take their time: no more digits than this."""
SERIES_DIGITS = 1_500
"""The same for those that are a quick series."""
STIRLING = 65_536
"""Where Stirling's series is quick."""


class TooHard(Exception):
    """This value cannot be had at a bearable price."""


_CONTEXT = MPContext()
_LOCK = threading.RLock()


@contextmanager
def digits(count: int) -> Iterator[MPContext]:
    """mpmath's context at so many digits, for this thread alone."""
    with _LOCK:
        before = _CONTEXT.dps
        _CONTEXT.dps = min(count, MOST_DIGITS)
        try:
            yield _CONTEXT
        finally:
            _CONTEXT.dps = before


def precise_value(tree: Node, values: Mapping[str, Precise]) -> Precise:
    """The tree's value at these numbers of the context, in its precision; None where undefined.

    Raises TooHard where a value is out of reach, KeyError for a missing variable.
    """
    program = program_of(tree, share=True, guard=False)
    results: list[Precise] = []
    for step in program.instructions:
        if step.operation == NUMBER:
            results.append(_fraction(step.value))
        elif step.operation == VARIABLE:
            results.append(values[step.name])
        else:
            results.append(_apply(step.operation, [results[argument] for argument in step.arguments]))
    return results[program.result]


def precise_number(value: Fraction) -> Precise:
    """A fraction in the context's precision."""
    return _fraction(value)


def _fraction(value: Fraction) -> Precise:
    return _CONTEXT.mpf(value.numerator) / value.denominator


def _apply(operation: str, arguments: list[Precise]) -> Precise:
    if operation == "where":
        condition, yes, no = arguments
        return None if condition is None else (yes if condition else no)
    if operation == GUARD:
        return arguments[1]
    if any(argument is None for argument in arguments):
        return None
    function = _function(operation)
    if function is None:
        raise TooHard(operation)
    try:
        result = function(*arguments)
    except (ZeroDivisionError, ValueError):
        return None
    except (OverflowError, MemoryError, NotImplementedError, _CONTEXT.NoConvergence) as fault:
        raise TooHard(operation) from fault
    if result is None or isinstance(result, bool):
        return result
    if isinstance(result, _CONTEXT.mpc):
        return None
    if _CONTEXT.isnan(result):
        raise TooHard(operation)
    return result


def _size(u: Precise) -> float:
    """The bits before the point."""
    return float(_CONTEXT.mag(u)) if u else -float("inf")


def _exp(u: Precise) -> Precise:
    if _size(u) > LARGEST_EXPONENT:
        return _CONTEXT.inf if u > 0 else _CONTEXT.zero
    return _CONTEXT.exp(u)


def _tame(function: Callable[[Precise], Precise]) -> Callable[[Precise], Precise]:
    """A function that would bring a number beyond all use back to earth: of that one nothing is known but its size."""

    def call(u: Precise) -> Precise:
        if _CONTEXT.isinf(u):
            raise TooHard
        return function(u)

    return call


def _power(u: Precise, v: Precise) -> Precise:
    if _CONTEXT.isinf(u):
        raise TooHard
    whole = _size(v) < 64 and v == int(v)
    if u == 0:
        return None if v < 0 else _CONTEXT.mpf(1 if v == 0 else 0)
    if whole and abs(v) <= 1024:
        return u ** int(v)
    if u < 0 and not whole:
        return None
    size = _exp(v * _CONTEXT.ln(abs(u)))
    return -size if u < 0 and int(v) % 2 else size


def _turning(function: Callable[[Precise], Precise]) -> Callable[[Precise], Precise]:
    """A function with a period: of a huge number nobody knows the angle."""

    def call(u: Precise) -> Precise:
        if _size(u) > LARGEST_EXPONENT:
            raise TooHard
        return function(u)

    return call


def _stepping(function: Callable[[Precise], Precise]) -> Callable[[Precise], Precise]:
    """Rounding to whole numbers, which leaves those alone that have no digits after the point."""

    def call(u: Precise) -> Precise:
        if _size(u) > _CONTEXT.prec:
            raise TooHard
        return function(u)

    return call


def _special(
    function: Callable[..., Precise], most_digits: int = SPECIAL_DIGITS, largest: float = 400.0
) -> Callable[..., Precise]:
    """A special function: at moderate sizes and precisions only."""

    def call(*arguments: Precise) -> Precise:
        if _CONTEXT.dps > most_digits or max(map(_size, arguments)) > largest:
            raise TooHard
        return function(*arguments)

    return call


def _by_stirling(
    far: Callable[[Precise], Precise], near: Callable[[Precise], Precise]
) -> Callable[[Precise], Precise]:
    """A relative of the gamma function: Stirling's series costs little far out on the right."""
    far, near = _special(far, SERIES_DIGITS, LARGEST_EXPONENT), _special(near)
    return lambda u: (far if u > STIRLING else near)(u)


def _hyperbolic(name: str) -> Callable[[Precise], Precise]:
    def call(u: Precise) -> Precise:
        if _size(u) > LARGEST_EXPONENT:
            return {"sinh": _CONTEXT.sign(u) * _CONTEXT.inf, "cosh": _CONTEXT.inf}.get(name, _CONTEXT.sign(u))
        return getattr(_CONTEXT, name)(u)

    return call


def _sinc(u: Precise) -> Precise:
    turned = _CONTEXT.pi * u
    return _turning(_CONTEXT.sin)(turned) / turned if u else _CONTEXT.one


def _tree(text: str) -> Callable[..., Precise]:
    """An operation given by a formula of others, over ``u``, ``v``, ``w``."""
    from derivlab.expression.operations import ARGUMENTS
    from derivlab.expression.parse import parse_rule

    shape = parse_rule(text)
    return lambda *arguments: precise_value(shape, dict(zip(ARGUMENTS, arguments, strict=False)))


_FORMS = {
    "tan": "sin(u)/cos(u)",
    "tanh": "where(u > 0, (1 - exp(-2*u))/(1 + exp(-2*u)), (exp(2*u) - 1)/(exp(2*u) + 1))",
    "mod": "u - v*floor(u/v)",
    "clamp": "min(max(u, v), w)",
    "clamp_min": "max(u, v)",
    "clamp_max": "min(u, v)",
    "relu": "max(u, 0)",
    "leaky_relu": "where(u > 0, u, u/100)",
    "elu": "where(u > 0, u, exp(u) - 1)",
    "sigmoid": "where(u > 0, 1/(1 + exp(-u)), exp(u)/(1 + exp(u)))",
    "logsigmoid": "where(u > 0, -ln(1 + exp(-u)), u - ln(1 + exp(u)))",
    "softplus": "where(u > 0, u + ln(1 + exp(-u)), ln(1 + exp(u)))",
    "softsign": "u/(1 + abs(u))",
    "silu": "u*where(u > 0, 1/(1 + exp(-u)), exp(u)/(1 + exp(u)))",
    "gelu": "u*erfc(-u/sqrt(2))/2",
    "hardtanh": "min(max(u, -1), 1)",
    "hypot": "sqrt(u^2 + v^2)",
    "trunc": "sign(u)*floor(abs(u))",
    "log1p": "ln(1 + u)",
    "expm1": "exp(u) - 1",
    "log2": "ln(u)/ln(2)",
    "log10": "ln(u)/ln(10)",
}
"""Operations written by others, which know their limits."""

_FUNCTIONS: dict[str, Callable[..., Precise]] = {
    "add": lambda u, v: u + v,
    "subtract": lambda u, v: u - v,
    "multiply": lambda u, v: u * v,
    "divide": lambda u, v: u / v,
    "negate": lambda u: -u,
    "power": _power,
    "pi": lambda: +_CONTEXT.pi,
    "e": lambda: +_CONTEXT.e,
    "undefined": lambda: None,
    "exp": _exp,
    "ln": _tame(lambda u: _CONTEXT.ln(u) if u > 0 else None),
    "sqrt": _tame(lambda u: _CONTEXT.sqrt(u) if u >= 0 else None),
    "abs": abs,
    "sign": _CONTEXT.sign,
    "sin": _turning(_CONTEXT.sin),
    "cos": _turning(_CONTEXT.cos),
    "asin": lambda u: _CONTEXT.asin(u) if abs(u) <= 1 else None,
    "acos": lambda u: _CONTEXT.acos(u) if abs(u) <= 1 else None,
    "atan": _CONTEXT.atan,
    "atan2": _CONTEXT.atan2,
    "sinh": _hyperbolic("sinh"),
    "cosh": _hyperbolic("cosh"),
    "asinh": _tame(_CONTEXT.asinh),
    "acosh": _tame(lambda u: _CONTEXT.acosh(u) if u >= 1 else None),
    "atanh": lambda u: _CONTEXT.atanh(u) if abs(u) < 1 else None,
    "floor": _stepping(_CONTEXT.floor),
    "ceil": _stepping(_CONTEXT.ceil),
    "round": _stepping(_CONTEXT.nint),
    "max": max,
    "min": min,
    "erf": _special(_CONTEXT.erf, SERIES_DIGITS, LARGEST_EXPONENT),
    "erfc": _special(_CONTEXT.erfc, SERIES_DIGITS, LARGEST_EXPONENT),
    "erfinv": _special(lambda u: _CONTEXT.erfinv(u) if abs(u) < 1 else None),
    "lgamma": _by_stirling(_CONTEXT.loggamma, lambda u: _CONTEXT.ln(abs(_CONTEXT.gamma(u)))),
    "digamma": _by_stirling(_CONTEXT.digamma, _CONTEXT.digamma),
    "polygamma": _special(lambda u, v: _CONTEXT.polygamma(int(u), v)),
    "sinc": _sinc,
    "less": lambda u, v: bool(u < v),
    "less_equal": lambda u, v: bool(u <= v),
    "greater": lambda u, v: bool(u > v),
    "greater_equal": lambda u, v: bool(u >= v),
    "equal": lambda u, v: bool(u == v),
    "not_equal": lambda u, v: bool(u != v),
    "and": lambda u, v: bool(u) and bool(v),
    "or": lambda u, v: bool(u) or bool(v),
    "not": lambda u: not u,
}


@lru_cache(maxsize=128)
def _function(operation: str) -> Callable[..., Precise] | None:
    form = _FORMS.get(operation)
    return _tree(form) if form is not None else _FUNCTIONS.get(operation)
