"""Words that name no function here: what is said to someone who types them, and what may be meant."""

from __future__ import annotations

VALUES = "torch works on many values at once there; the Vector page shows how such sums are differentiated."
CALCULUS = "Type the function itself: its derivative is worked out from it."

TAUGHT: dict[str, tuple[str, str]] = {
    **dict.fromkeys(
        (
            "sum",
            "mean",
            "prod",
            "cumsum",
            "cumprod",
            "softmax",
            "log_softmax",
            "norm",
            "dot",
            "matmul",
            "std",
            "var",
        ),
        ("{} takes many values and is no function of one number.", VALUES),
    ),
    **dict.fromkeys(
        ("diff", "derivative", "Derivative", "deriv", "grad", "gradient", "D"),
        ("{} asks for a derivative, which is what this page computes anyway.", CALCULUS),
    ),
    **dict.fromkeys(
        ("int", "integral", "integrate", "Integral", "quad", "trapz"),
        ("Integrals cannot be read here.", "Type a function that is written without an integral sign."),
    ),
    **dict.fromkeys(
        ("lim", "limit", "Limit", "limsup", "liminf"),
        (
            "Limits cannot be read here.",
            "Type the function itself; the page shows its limits at gaps and edges.",
        ),
    ),
    **dict.fromkeys(
        ("inf", "infinity", "infty", "oo", "nan", "NaN", "Inf"),
        ("{} is not a real number.", "Use a large number instead, or leave the bound out."),
    ),
    **dict.fromkeys(
        ("backward", "requires_grad_", "detach", "item", "numpy", "retain_grad", "zero_grad"),
        (
            "{} is a step of autograd, not a part of the function.",
            "Type only the formula; the page runs autograd.",
        ),
    ),
    **dict.fromkeys(
        (
            "import",
            "from",
            "class",
            "while",
            "return",
            "print",
            "eval",
            "exec",
            "open",
            "yield",
            "del",
            "async",
            "await",
        )
        + (
            "assert",
            "global",
            "try",
            "except",
            "with",
            "range",
            "getattr",
            "input",
            "compile",
            "globals",
            "locals",
        ),
        (
            "{} belongs to a program, and programs are never run here.",
            "Type one formula, such as x^2*sin(x).",
        ),
    ),
    "solve": (
        "{} asks for the solutions of an equation.",
        "Type the function; its roots are marked on the curve.",
    ),
}
"""Words that name no function of ours, and what is said to someone who types them."""

ONLY_CALLED = frozenset({"D", "var", "std", "dot", "quad", "item", "grad", "numpy"})
"""Of these the ones that may be a product of letters where no bracket follows."""

MISSPELT: dict[str, str] = {
    "sen": "sin",
    "seno": "sin",
    "sinus": "sin",
    "sine": "sin",
    "coseno": "cos",
    "cosinus": "cos",
    "cosine": "cos",
    "cosen": "cos",
    "tangent": "tan",
    "tangens": "tan",
    "tang": "tan",
    "tagente": "tan",
    "secant": "sec",
    "cosecant": "csc",
    "cotangent": "cot",
    "arcsen": "arcsin",
    "arcsine": "arcsin",
    "arccosine": "arccos",
    "arctangent": "arctan",
    "arctang": "arctan",
    "asen": "arcsin",
    "raiz": "sqrt",
    "racine": "sqrt",
    "wurzel": "sqrt",
    "squareroot": "sqrt",
    "sqroot": "sqrt",
    "logarithm": "log",
    "loge": "ln",
    "power": "pow",
    "betrag": "abs",
    "floor_div": "floor",
    "roundup": "ceil",
    "rounddown": "floor",
    "maximum_of": "max",
    "fact": "factorial",
    "fac": "factorial",
    "exponential": "exp",
    "expo": "exp",
    "signal": "sign",
    "modulo": "mod",
}
"""Names from other languages and habits, and the name that is meant."""
