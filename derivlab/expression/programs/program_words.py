"""Words of programs that name no function of one real number: random numbers, types, texts, lists."""

from __future__ import annotations

VALUES = "torch works on many values at once there; the Vector page shows how such sums are differentiated."

_PYTHON = frozenset(
    {"str", "any", "all", "dir", "id", "map", "zip", "set", "bin", "hex", "oct", "ord", "chr", "len", "list"}
    | {
        "dict",
        "tuple",
        "type",
        "isinstance",
        "issubclass",
        "format",
        "filter",
        "reduce",
        "enumerate",
        "sorted",
    }
    | {
        "reversed",
        "repr",
        "hash",
        "vars",
        "callable",
        "super",
        "iter",
        "next",
        "locals",
        "hasattr",
        "setattr",
    }
    | {"delattr", "slice", "bytes", "help", "property", "object", "frozenset", "memoryview", "breakpoint"}
)
"""Functions of Python that are about no numbers; their letters may be a product where no bracket follows."""

OF_PROGRAMS: dict[str, tuple[str, str]] = {
    **dict.fromkeys(
        (
            "dropout",
            "Dropout",
            "rrelu",
            "RReLU",
            "rand",
            "randn",
            "randint",
            "rand_like",
            "randn_like",
            "random",
            "uniform",
            "normal",
            "bernoulli",
            "gauss",
            "RandomReal",
        ),
        (
            "{} draws random numbers: it has no fixed value to differentiate.",
            "Leave it out, or write a number there.",
        ),
    ),
    **dict.fromkeys(
        ("real", "imag", "conj", "conjugate", "re", "Re", "Im"),
        ("{} belongs to complex numbers, and all numbers here are real.", "Leave it out."),
    ),
    **dict.fromkeys(
        ("linspace", "arange", "zeros", "ones", "Linear", "Conv2d", "BatchNorm1d", "LayerNorm"),
        ("{} makes many values and is no function of one number.", VALUES),
    ),
    **dict.fromkeys(
        ("int8", "int16", "int32", "int64", "int_", "uint8"),
        ("{} drops the digits behind the point.", "Write trunc(x) for it, or floor(x) to round down."),
    ),
    "bool": (
        "{} asks whether a number differs from zero, and is no number itself.",
        "Write a comparison, as in where(x != 0, 1, 0).",
    ),
    **dict.fromkeys(
        _PYTHON,
        (
            "{} belongs to a program, and programs are never run here.",
            "Type one formula, such as x^2*sin(x).",
        ),
    ),
    "data": (
        "{} is a step of autograd, not a part of the function.",
        "Type only the formula; the page runs autograd.",
    ),
}
"""Words that programs call or write behind a point, and what is said about each."""

MAYBE_PRODUCTS = _PYTHON | {
    *(
        "data",
        "bool",
        "real",
        "imag",
        "conj",
        "re",
        "Re",
        "Im",
        "rand",
        "normal",
        "uniform",
        "random",
        "ones",
        "zeros",
    ),
}
"""Of these the ones whose letters may be a product where no bracket follows."""
