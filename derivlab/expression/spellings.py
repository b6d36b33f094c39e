"""Names that programs and textbooks use for what other operations of the table express.

They are read as text in our own notation, in which the arguments are ``u``, ``v`` and ``w``.
"""

from __future__ import annotations

from functools import lru_cache

from derivlab.expression.tree import Node

SPELLINGS: dict[str, dict[int, str]] = {
    # arithmetic
    "add": {2: "u + v"},
    "sub": {2: "u - v"},
    "subtract": {2: "u - v"},
    "mul": {2: "u*v"},
    "multiply": {2: "u*v"},
    "div": {2: "u/v"},
    "divide": {2: "u/v"},
    "true_divide": {2: "u/v"},
    "truediv": {2: "u/v"},
    "floor_divide": {2: "floor(u/v)"},
    "idiv": {2: "floor(u/v)"},
    "neg": {1: "-u"},
    "negative": {1: "-u"},
    "positive": {1: "u"},
    "Rational": {1: "u", 2: "u/v"},
    "Fraction": {1: "u", 2: "u/v"},
    "fmod": {2: "u - v*trunc(u/v)"},
    "rem": {2: "u - v*trunc(u/v)"},
    "ieee_remainder": {2: "u - v*round(u/v)"},
    "fmax": {2: "max(u, v)"},
    "fmin": {2: "min(u, v)"},
    "lerp": {3: "u + w*(v - u)"},
    # numbers of programs
    "tensor": {1: "u"},
    "as_tensor": {1: "u"},
    "array": {1: "u"},
    "asarray": {1: "u"},
    "float": {1: "u"},
    "zeros_like": {1: "0"},
    "ones_like": {1: "1"},
    "full_like": {2: "v"},
    "float32": {1: "u"},
    "float64": {1: "u"},
    "double": {1: "u"},
    "Float": {1: "u"},
    "Boole": {1: "u"},
    "Integer": {1: "u"},
    "sympify": {1: "u"},
    "radians": {1: "u*pi/180"},
    "deg2rad": {1: "u*pi/180"},
    "degrees": {1: "u*180/pi"},
    "rad2deg": {1: "u*180/pi"},
    # powers, exponentials, logarithms
    "fabs": {1: "abs(u)"},
    "absolute": {1: "abs(u)"},
    "rint": {1: "round(u)"},
    "around": {1: "round(u)", 2: "round(u*10^v)/10^v"},
    "square": {1: "u^2"},
    "sqr": {1: "u^2"},
    "cube": {1: "u^3"},
    "reciprocal": {1: "1/u"},
    "rsqrt": {1: "1/sqrt(u)"},
    "cuberoot": {1: "cbrt(u)"},
    "root": {1: "sqrt(u)", 2: "u^(1/v)"},
    "nthroot": {2: "u^(1/v)"},
    "nroot": {2: "u^(1/v)"},
    "nth_root": {2: "v^(1/u)"},
    "fourth_root": {1: "u^(1/4)"},
    "exp2": {1: "2^u"},
    "exp10": {1: "10^u"},
    "logit": {1: "ln(u/(1 - u))"},
    "xlogy": {2: "u*ln(v)"},
    "xlog1py": {2: "u*log1p(v)"},
    "logaddexp": {2: "v + softplus(u - v)"},
    "logaddexp2": {2: "log2(2^u + 2^v)"},
    # angles
    "sind": {1: "sin(u*pi/180)"},
    "cosd": {1: "cos(u*pi/180)"},
    "tand": {1: "tan(u*pi/180)"},
    "asind": {1: "asin(u)*180/pi"},
    "acosd": {1: "acos(u)*180/pi"},
    "atand": {1: "atan(u)*180/pi"},
    "versin": {1: "1 - cos(u)"},
    "haversin": {1: "(1 - cos(u))/2"},
    # conditions
    "lt": {2: "u < v"},
    "less": {2: "u < v"},
    "le": {2: "u <= v"},
    "less_equal": {2: "u <= v"},
    "gt": {2: "u > v"},
    "greater": {2: "u > v"},
    "ge": {2: "u >= v"},
    "greater_equal": {2: "u >= v"},
    "eq": {2: "u == v"},
    "equal": {2: "u == v"},
    "ne": {2: "u != v"},
    "not_equal": {2: "u != v"},
    "logical_and": {2: "u and v", 3: "u and v and w"},
    "logical_or": {2: "u or v", 3: "u or v or w"},
    "logical_not": {1: "not u"},
    # neural networks and statistics
    "relu6": {1: "clamp(u, 0, 6)"},
    "hardsigmoid": {1: "clamp(u/6 + 1/2, 0, 1)"},
    "hardswish": {1: "u*clamp(u/6 + 1/2, 0, 1)"},
    "mish": {1: "u*tanh(softplus(u))"},
    "selu": {1: "1.0507009873554805*{u if u > 0, 1.6732632423543772*expm1(u) otherwise}"},
    "celu": {1: "elu(u)", 2: "{u if u > 0, v*expm1(u/v) otherwise}"},
    "tanhshrink": {1: "u - tanh(u)"},
    "ndtr": {1: "(1 + erf(u/sqrt(2)))/2"},
    "erfcx": {1: "exp(u^2)*erfc(u)"},
    "copysign": {2: "{abs(u) if v >= 0, -abs(u) otherwise}"},
    # rows of the table with a further argument
    "leaky_relu": {1: "leaky_relu(u)", 2: "{u if u > 0, v*u otherwise}"},
    "elu": {1: "elu(u)", 2: "{u if u > 0, v*expm1(u) otherwise}"},
    "softplus": {1: "softplus(u)", 2: "softplus(v*u)/v"},
    "heaviside": {1: "heaviside(u)", 2: "{1 if u > 0, 0 if u < 0, v otherwise}"},
    "hardtanh": {1: "hardtanh(u)", 3: "clamp(u, v, w)"},
    "HeavisideTheta": {1: "heaviside(u)"},
    "UnitStep": {1: "heaviside(u)"},
    "round": {1: "round(u)", 2: "round(u*10^v)/10^v"},
    "unnormalised_sinc": {1: "{sin(u)/u if u != 0, 1 otherwise}"},
}
"""For each name a text for each number of arguments."""


@lru_cache(maxsize=256)
def spelled_out(name: str, count: int) -> Node:
    """The tree that stands for ``name`` with ``count`` arguments."""
    from derivlab.expression.parse import parse_rule

    return parse_rule(SPELLINGS[name][count])
