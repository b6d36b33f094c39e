"""The names that programs give to the arguments of a function, in their order."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from derivlab.expression.naming.spellings import SPELLINGS
from derivlab.expression.operations import OPERATIONS


class Place(NamedTuple):
    """One argument of a function: its names, the first as PyTorch has it, and what it is where it is left out.

    ``has_effect`` is false where the value does not depend on it, ``by_name`` true where it is never given by place.
    """

    names: tuple[str, ...]
    default: float | None = None
    has_effect: bool = True
    by_name: bool = False


_SIGNATURES: dict[str, str] = {
    "clamp": "input, min, max",
    "hardtanh": "input, min=-1, max=1, (inplace)",
    **dict.fromkeys(
        ("relu", "relu6", "silu", "mish", "selu", "hardswish", "hardsigmoid"), "input, (inplace)"
    ),
    "leaky_relu": "input, negative_slope/alpha=0.01, (inplace)",
    "elu": "input, alpha=1, (inplace)",
    "celu": "input, alpha=1, (inplace)",
    "softplus": "input, beta=1, (threshold)",
    "threshold": "input, threshold, value, (inplace)",
    "hardshrink": "input, lambd",
    "softshrink": "input, lambd",
    "prelu": "input, weight/init",
    "gelu": "input, *approximate",
    "gelu_tanh": "input, *approximate",
    "power": "input/base, exponent",
    "float_power": "input, exponent",
    "where": "condition, input, other",
    "add": "input, other, *alpha",
    "sub": "input, other, *alpha",
    "subtract": "input, other, *alpha",
    "div": "input, other, *rounding_mode",
    "divide": "input, other, *rounding_mode",
    "true_divide": "input, other",
    "addcmul": "input, tensor1, tensor2, *value",
    "addcdiv": "input, tensor1, tensor2, *value",
    "lerp": "input/start, end/other, weight",
    "full_like": "input, fill_value",
    "heaviside": "input, values",
    "masked_fill": "input, mask, value",
    "round": "input/number, decimals/ndigits",
    "around": "input, decimals",
    "ln": "input, base/b",
    "log": "input, base/b",
    "polygamma": "n, input",
    "logit": "input, (eps)",
    "atan2": "input/y, other/x",
    "mod": "input/dividend, other/divisor",
    "tensor": "input/data/value/object, *dtype",
}
"""For each function its arguments: ``name/other name=default``, in brackets those without effect, ``*`` before
those that are given by name only."""

WITH_OPTIONS = frozenset(_SIGNATURES)
"""Functions whose arguments by place may have no effect, or be left out."""

_ALSO = {
    "input": ("x", "a", "x1", "self", "features", "arg", "t", "z"),
    "other": ("y", "x2", "b"),
    "min": ("a_min", "min_val", "min_value", "clip_value_min"),
    "max": ("a_max", "max_val", "max_value", "clip_value_max"),
    "values": ("x2", "h0"),
    "exponent": ("y", "x2", "other"),
}
"""Further names of an argument, in NumPy, JAX, TensorFlow and SciPy."""

WITHOUT_EFFECT = frozenset({"inplace", "out", "requires_grad", "device", "name", "evaluate", "copy"})
"""Arguments of any function that change nothing of the value."""

ALONG = frozenset({"dim", "axis", "keepdim", "keepdims"})
"""Arguments that name a dimension, along which there are many values."""

TYPE = "dtype"
"""The argument that names the type of a number."""


@lru_cache(maxsize=256)
def places_of(name: str) -> tuple[Place, ...]:
    """The arguments of an operation or a spelling, in their order."""
    text = _SIGNATURES.get(name)
    if text is None:
        row = OPERATIONS.get(name)
        counts = {*SPELLINGS.get(name, ()), *(() if row is None else (row.arity[1] or row.arity[0],))}
        text = ("", "input", "input, other")[max(counts)] if counts and max(counts) < 3 else ""
    return tuple(_place(each) for each in text.split(", ") if each)


def _place(text: str) -> Place:
    by_name = text[0] == "*"
    has_effect = text[0] != "("
    names, _, default = text.strip("*()").partition("=")
    known = names.split("/")
    further = [also for name in known for also in _ALSO.get(name, ())]
    return Place((*known, *further), float(default) if default else None, has_effect, by_name)


def place_named(name: str, key: str) -> int | None:
    """Which argument of the function is called ``key``; None where none is."""
    places = places_of(name)
    for main in (True, False):  # a name of its own goes before those that it shares
        for index, place in enumerate(places):
            if (key == place.names[0]) if main else (key in place.names):
                return index
    return None


KEYWORD_ARGUMENTS: frozenset[str] = (
    frozenset(
        name for known in _SIGNATURES for place in places_of(known) for name in place.names if len(name) > 1
    )
    - {"data", "value", "object", "number", "start", "end", "mask", "init"}
    | WITHOUT_EFFECT
    | ALONG
    | {TYPE}
) - {"name", "copy"}
"""Words that are taken for the name of an argument wherever ``=`` follows them in a call."""

LAYERS = frozenset(
    {
        "LeakyReLU",
        "ELU",
        "CELU",
        "Softplus",
        "Hardtanh",
        "Threshold",
        "Hardshrink",
        "Softshrink",
    }
)
"""Classes of ``torch.nn`` that take their options first and the value in brackets of its own."""
