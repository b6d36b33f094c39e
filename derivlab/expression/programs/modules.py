"""What a name means in one program only: ``torch.frac``, ``Math.round``, ``sp.S``, ``x.where(…)``; and constants."""

from __future__ import annotations

MODULES = frozenset(
    [
        "torch",
        "np",
        "numpy",
        "math",
        "sp",
        "sympy",
        "F",
        "nn",
        "functional",
        "special",
        "jnp",
        "jax",
        "lax",
        "tf",
        "cmath",
        "scipy",
        "Math",
        "linalg",
        "autograd",
        "random",
        "mp",
        "mpmath",
        "sc",
        "cp",
        "keras",
        "activations",
        "layers",
        "ops",
        "f64",
        "f32",
        "std",
    ]
)
"""Names before a point that are modules, and that may be left out."""

_MISNAMED = {
    "pytorch": "torch",
    "th": "torch",
    "tensorflow": "tf",
} | {name.lower(): name for name in sorted(MODULES, reverse=True)}
"""Names of modules in small letters, and the module that is meant: ``math`` rather than ``Math``."""

_SYMPY = {"sinc": "unnormalised_sinc", "S": "sympify", "Lambda": "lambda_of"}
_NUMPY = {"select": "select", "piecewise": "piecewise_of_lists"}

BY_PROGRAM: dict[str, dict[str, str]] = {
    "torch": {"frac": "fractional_part"},
    "math": {"remainder": "ieee_remainder"},
    "Math": {"round": "round_half_up"},
    "std": {"round": "round_half_away", "remainder": "ieee_remainder"},
    "sp": _SYMPY,
    "sympy": _SYMPY,
    "np": _NUMPY,
    "numpy": _NUMPY,
    "jnp": _NUMPY,
    "jax": {"gelu": "gelu_tanh"},
}
"""For a module the names that mean something else there than elsewhere, or nothing elsewhere."""

METHODS = {
    "frac": "fractional_part",
    "fract": "fractional_part",
    "where": "kept_where",
}
"""Names that mean something else behind a point, as in ``x.frac()``, than before a bracket."""

CONSTANTS_OF_PROGRAMS: dict[str, str] = {
    "tau": "2*pi",
    "LN2": "ln(2)",
    "LN10": "ln(10)",
    "LOG2E": "1/ln(2)",
    "LOG10E": "1/ln(10)",
    "SQRT2": "sqrt(2)",
    "SQRT1_2": "1/sqrt(2)",
    "euler_gamma": "0.5772156649015329",
    "EulerGamma": "0.5772156649015329",
    "GoldenRatio": "(1 + sqrt(5))/2",
}
"""Constants of ``math``, ``Math``, ``np`` and ``sp`` in our own notation."""


TYPES: dict[str, str] = {
    **dict.fromkeys(("float64", "double", "float", "float_", "f64"), "real"),
    **dict.fromkeys(("float32", "float16", "bfloat16", "half", "single"), "short"),
    **dict.fromkeys(
        ("int", "int8", "int16", "int32", "int64", "long", "short", "uint8", "int_", "intc"), "whole"
    ),
    **dict.fromkeys(("bool", "bool_"), "truth"),
    **dict.fromkeys(("complex", "complex64", "complex128", "cfloat", "cdouble"), "complex"),
}
"""Names of the types of numbers in programs, and what is kept in each."""


def meant_module(name: str) -> str | None:
    """The module that a name before a point is meant for: ``Torch`` and ``pytorch`` are torch; None where none is."""
    return _MISNAMED.get(name.lower())
