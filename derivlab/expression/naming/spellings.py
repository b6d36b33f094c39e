"""Names that programs and textbooks use for what other operations of the table express.

They are read as text in our own notation, in which the arguments are ``u``, ``v`` and ``w``.
"""

from __future__ import annotations

from functools import lru_cache

from derivlab.expression.tree import Apply, Node, Variable, postorder

SPELLINGS: dict[str, dict[int, str]] = {
    # arithmetic
    "add": {2: "u + v"},
    "sub": {2: "u - v"},
    "rsub": {2: "v - u"},
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
    "addcmul": {3: "u + v*w"},
    "addcdiv": {3: "u + v/w"},
    "squared_difference": {2: "(u - v)^2"},
    "trunc_divide": {2: "trunc(u/v)"},
    "floordiv": {2: "floor(u/v)"},
    "floormod": {2: "mod(u, v)"},
    "div_no_nan": {2: "{u/v if v != 0, 0 otherwise}"},
    "divide_no_nan": {2: "{u/v if v != 0, 0 otherwise}"},
    "mul_add": {3: "u*v + w"},
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
    "constant": {1: "u"},
    "clone": {1: "u"},
    "identity": {1: "u"},
    "contiguous": {1: "u"},
    "to_radians": {1: "u*pi/180"},
    "to_degrees": {1: "u*180/pi"},
    "radians": {1: "u*pi/180"},
    "deg2rad": {1: "u*pi/180"},
    "degrees": {1: "u*180/pi"},
    "rad2deg": {1: "u*180/pi"},
    # powers, exponentials, logarithms
    "fabs": {1: "abs(u)"},
    "absolute": {1: "abs(u)"},
    "rint": {1: "round(u)"},
    "around": {1: "round(u)", 2: "round(u*10^v)/10^v"},
    "round_half_up": {1: "floor(u + 1/2)"},
    "round_half_away": {1: "trunc(u + sign(u)/2)"},
    "fractional_part": {1: "u - trunc(u)"},
    "FractionalPart": {1: "u - trunc(u)"},
    "IntegerPart": {1: "trunc(u)"},
    "frac": {2: "u/v"},
    "powi": {2: "u^v"},
    "powf": {2: "u^v"},
    "float_power": {2: "u^v"},
    "square": {1: "u^2"},
    "sqr": {1: "u^2"},
    "cube": {1: "u^3"},
    "reciprocal": {1: "1/u"},
    "recip": {1: "1/u"},
    "rsqrt": {1: "1/sqrt(u)"},
    "cuberoot": {1: "cbrt(u)"},
    "root": {1: "sqrt(u)", 2: "u^(1/v)"},
    "nthroot": {2: "u^(1/v)"},
    "nroot": {2: "u^(1/v)"},
    "nth_root": {2: "v^(1/u)"},
    "real_root": {1: "u", 2: "u^(1/v)"},
    "Surd": {2: "u^(1/v)"},
    "fourth_root": {1: "u^(1/4)"},
    "exp2": {1: "2^u"},
    "exp10": {1: "10^u"},
    "exp_m1": {1: "expm1(u)"},
    "ln_1p": {1: "log1p(u)"},
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
    "boole": {1: "where(u, 1, 0)"},
    "kept_where": {3: "where(v, u, w)"},
    "masked_fill": {3: "where(v, w, u)"},
    # neural networks and statistics; at a kink these have the side that PyTorch takes
    "relu6": {1: "{0 if u <= 0, 6 if u >= 6, u otherwise}"},
    "hardsigmoid": {1: "{0 if u <= -3, 1 if u >= 3, u/6 + 1/2 otherwise}"},
    "hardswish": {1: "{0 if u <= -3, u if u >= 3, u*(u + 3)/6 otherwise}"},
    "mish": {1: "u*tanh(softplus(u))"},
    "selu": {1: "1.0507009873554805*{u if u > 0, 1.6732632423543772*expm1(u) otherwise}"},
    "celu": {1: "elu(u)", 2: "{u if u > 0, v*expm1(u/v) otherwise}"},
    "tanhshrink": {1: "u - tanh(u)"},
    "hardshrink": {1: "{0 if -1/2 <= u <= 1/2, u otherwise}", 2: "{0 if -v <= u <= v, u otherwise}"},
    "softshrink": {
        1: "{u - 1/2 if u > 1/2, u + 1/2 if u < -1/2, 0 otherwise}",
        2: "{u - v if u > v, u + v if u < -v, 0 otherwise}",
    },
    "threshold": {3: "{u if u > v, w otherwise}"},
    "prelu": {1: "{u if u > 0, u/4 otherwise}", 2: "{u if u > 0, v*u otherwise}"},
    "gelu_tanh": {1: "u*(1 + tanh(sqrt(2/pi)*(u + 0.044715*u^3)))/2"},
    "Ramp": {1: "relu(u)"},
    "LogisticSigmoid": {1: "sigmoid(u)"},
    "entr": {1: "{-u*ln(u) if u > 0, 0 if u == 0}"},
    "log_ndtr": {1: "ln(erfc(-u/sqrt(2))/2)"},
    "ndtr": {1: "(1 + erf(u/sqrt(2)))/2"},
    "erfcx": {1: "exp(u^2)*erfc(u)"},
    "copysign": {2: "{abs(u) if v >= 0, -abs(u) otherwise}"},
    # rows of the table with a further argument
    "leaky_relu": {1: "leaky_relu(u)", 2: "{u if u > 0, v*u otherwise}"},
    "elu": {1: "elu(u)", 2: "{u if u > 0, v*expm1(u) otherwise}"},
    "softplus": {1: "softplus(u)", 2: "softplus(v*u)/v"},
    "heaviside": {1: "heaviside(u)", 2: "{1 if u > 0, 0 if u < 0, v otherwise}"},
    "hardtanh": {1: "hardtanh(u)", 3: "{v if u <= v, w if u >= w, u otherwise}"},
    "HeavisideTheta": {1: "heaviside(u)"},
    "UnitStep": {1: "{1 if u >= 0, 0 otherwise}"},
    "round": {1: "round(u)", 2: "round(u*10^v)/10^v"},
    "polygamma": {1: "digamma(u)"},
    "unnormalised_sinc": {1: "{sin(u)/u if u != 0, 1 otherwise}"},
}
"""For each name a text for each number of arguments."""


NOT_OFFERED = frozenset(
    {
        "fractional_part",
        "round_half_up",
        "round_half_away",
        "kept_where",
        "unnormalised_sinc",
        "ieee_remainder",
    }
    | {"trunc_divide", "entr", "identity", "constant", "clone", "recip"}
)
"""Names of ours for what a program calls otherwise, and names that too many others are like."""


@lru_cache(maxsize=256)
def takes_conditions(name: str, count: int) -> frozenset[str]:
    """Which of ``u``, ``v`` and ``w`` are conditions in the text that stands for ``name``."""
    found: set[str] = set()
    for node in postorder(spelled_out(name, count)):
        if isinstance(node, Apply) and node.operation in ("where", "and", "or", "not"):
            conditions = node.arguments[:1] if node.operation == "where" else node.arguments
            found |= {each.name for each in conditions if isinstance(each, Variable)}
    return frozenset(found)


@lru_cache(maxsize=256)
def spelled_out(name: str, count: int) -> Node:
    """The tree that stands for ``name`` with ``count`` arguments."""
    from derivlab.expression.parse import parse_rule

    return parse_rule(SPELLINGS[name][count])
