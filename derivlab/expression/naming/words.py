"""Words that name no function here: what is said to someone who types them, and what may be meant."""

from __future__ import annotations

import re

from derivlab.expression.programs.program_words import MAYBE_PRODUCTS, OF_PROGRAMS, VALUES

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
            "logsumexp",
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
        ("diff", "derivative", "Derivative", "deriv", "grad", "gradient"),
        ("{} asks for a derivative, which is what this page computes anyway.", CALCULUS),
    ),
    **dict.fromkeys(
        ("integral", "integrate", "Integral", "quad", "trapz"),
        ("Integrals cannot be read here.", "Type a function that is written without an integral sign."),
    ),
    "int": (
        "{} may ask for an integral or for the whole part of a number.",
        "Integrals cannot be read here; for the whole part write trunc(x), or floor(x) to round down.",
    ),
    **dict.fromkeys(
        (
            "besselj",
            "besselj0",
            "besselj1",
            "bessel_j0",
            "bessel_j1",
            "BesselJ",
            "jv",
            "bessely",
            "besseli",
            "besselk",
        ),
        (
            "{} is a Bessel function, which PyTorch cannot differentiate.",
            "Type a function of those that the Language page lists.",
        ),
    ),
    **dict.fromkeys(
        ("arg", "conj"),
        ("{} belongs to complex numbers; all numbers here are real.", "Type a function of real numbers."),
    ),
    **dict.fromkeys(
        ("gcd", "lcm", "isprime", "divmod"),
        ("{} works on whole numbers and has no derivative.", "For a remainder write mod(x, 3)."),
    ),
    **dict.fromkeys(
        ("nCr", "nPr", "choose", "binom", "binomial", "comb", "perm"),
        ("{} counts choices of whole numbers.", "Write it with factorials: n!/(k! (n - k)!)."),
    ),
    "to": (
        "{} changes the type of a tensor or where it is kept, not its value.",
        "Leave it out: all numbers here are float64.",
    ),
    **dict.fromkeys(
        ("lim", "limit", "Limit", "limsup", "liminf"),
        (
            "Limits cannot be read here.",
            "Type the function itself; the page shows its limits at gaps and edges.",
        ),
    ),
    **dict.fromkeys(
        ("inf", "infinity", "infty", "oo", "nan", "NaN", "Inf", "null"),
        (
            "{} is not a real number.",
            "Write an ordinary number; the greatest that can be computed with is about 1e308.",
        ),
    ),
    **dict.fromkeys(
        ("backward", "requires_grad_", "detach", "item", "numpy", "retain_grad", "zero_grad"),
        (
            "{} is a step of autograd, not a part of the function.",
            "Type only the formula; the page runs autograd.",
        ),
    ),
    **dict.fromkeys(
        [
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
            "assert",
            "global",
            "try",
            "except",
            "with",
            "range",
            "getattr",
            "input",
            "compile",
            "function",
            "pass",
            "raise",
            "break",
            "continue",
            "nonlocal",
            "elif",
            "finally",
            "globals",
            "locals",
            "ndarray",
            "bytearray",
            "exit",
            "quit",
        ],
        (
            "{} belongs to a program, and programs are never run here.",
            "Type one formula, such as x^2*sin(x).",
        ),
    ),
    **OF_PROGRAMS,
    **dict.fromkeys(
        [
            "plot",
            "graph",
            "draw",
            "differentiate",
            "derive",
            "simplify",
            "factor",
            "expand",
            "compute",
            "calculate",
            "evaluate",
            "let",
            "given",
            "find",
        ],
        ("{} is an instruction, not a part of the function.", "Type only the formula, such as x^2*sin(x)."),
    ),
    **dict.fromkeys(
        ["squared", "cubed", "plus", "minus", "times", "over", "divided", "of", "the"],
        ("“{}” is a word; formulas are written with signs.", "Write for example x^2, 2*x, x/3 or sqrt(x)."),
    ),
    **dict.fromkeys(
        ("xor", "logical_xor"),
        (
            "{} is not known here.",
            "Write it with and, or and not: (x > 0 and not y > 0) or (y > 0 and not x > 0).",
        ),
    ),
    "solve": (
        "{} asks for the solutions of an equation.",
        "Type the function; its roots are marked on the curve.",
    ),
}
"""Words that name no function of ours, and what is said to someone who types them."""

ONLY_CALLED = MAYBE_PRODUCTS | frozenset(
    {"var", "std", "dot", "quad", "item", "grad", "numpy", "to", "jv", "comb", "perm", "arg", "conj"}
)
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
    "tangente": "tan",
    "tagente": "tan",
    "secant": "sec",
    "secante": "sec",
    "cosecant": "csc",
    "cosecante": "csc",
    "cotangent": "cot",
    "cotangente": "cot",
    "cotangens": "cot",
    "senh": "sinh",
    "arcsen": "arcsin",
    "arcsenh": "arcsinh",
    "arcsinus": "arcsin",
    "arccosinus": "arccos",
    "arctangens": "arctan",
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
    "logarithmus": "log",
    "logaritmo": "log",
    "loge": "ln",
    "power": "pow",
    "betrag": "abs",
    "floor_div": "floor",
    "roundup": "ceil",
    "rounddown": "floor",
    "maximum_of": "max",
    "celi": "ceil",
    "fact": "factorial",
    "fac": "factorial",
    "exponential": "exp",
    "expo": "exp",
    "signal": "sign",
    "signe": "sign",
    "modulo": "mod",
}
"""Names from other languages and habits, and the name that is meant."""

INSIDE = re.compile(
    "|".join(sorted((name for name in MISSPELT if len(name) > 4 or name[:3] == "sen"), key=len, reverse=True))
)
"""Of these the ones that nothing else is, so that they are found in a longer run too: ``2senx``."""

SIGNS: dict[str, tuple[str, str]] = {
    "∞": (
        "∞ is not a real number.",
        "Write an ordinary number; the greatest that can be computed with is about 1e308.",
    ),
    "±": ("± stands for two functions at once.", "Type one of them, with + or with -."),
    "∓": ("∓ stands for two functions at once.", "Type one of them, with + or with -."),
    "∫": ("Integrals cannot be read here.", "Type a function that is written without an integral sign."),
    "∑": ("Sums over many terms cannot be read here.", "Write the terms out, with + between them."),
    "∏": ("Products over many factors cannot be read here.", "Write the factors out, with * between them."),
    "∂": ("This asks for a derivative, which is what is computed here anyway.", CALCULUS),
    "∇": ("This asks for a gradient, which is what is computed here anyway.", CALCULUS),
    "∘": ("∘ puts functions one inside the other.", "Write it out: sin(ln(x)) for sin ∘ ln."),
    **dict.fromkeys(
        ("∈", "∉"),
        (
            "This sign asks whether a number lies in a set.",
            "Write an interval behind it, as in x ∈ [0, 1], or a comparison: 0 <= x <= 1.",
        ),
    ),
    **dict.fromkeys(
        ("∪", "∖"),
        ("This sign joins sets of numbers.", "Write conditions instead: x < 0 or x > 1."),
    ),
    "…": ("Dots leave out something that must be written.", "Write all the terms, or a formula for them."),
    "'": ("Quotes do not belong in a formula.", "Leave them out."),
    '"': ("Quotes do not belong in a formula.", "Leave them out."),
    "`": ("This sign does not belong in a formula.", "Leave it out."),
    "@": ("@ multiplies matrices; here all values are single numbers.", "Use * for a product."),
    "#": ("# does not belong in a formula.", "Leave it out, and what follows it if it is a comment."),
    "\\": ("A backslash begins a LaTeX command, but no command follows.", "Write \\sin x, or sin x."),
    ":=": (":= gives a name to a value, as in a program.", "Write f(x) = at the beginning, or leave it out."),
    "&": ("& stands between two conditions.", "Write for example 0 < x and x < 1."),
    ";": ("A semicolon cannot stand here.", "Type one formula at a time."),
    ":": ("A colon cannot stand here.", "In a piecewise formula: {x > 0: x, 0}. For a division use /."),
    "?": ("A question mark cannot stand here.", "Type the formula alone."),
    "none": ("None has no value.", "Write a number there."),
    "on": ("“on” stands behind a formula.", "For example x^2 on [0, 1]."),
    "member": ("This asks whether a number lies in a set.", "Write for example {x^2 if x in [0, 1], 0}."),
    "otherwise": ("“otherwise” belongs in a piecewise formula.", "For example {x if x > 0, 0 otherwise}."),
    "if": ("“if” stands behind a value.", "For example {x if x > 0, 0 otherwise}."),
    "then": ("“then” stands behind a condition.", "For example if x > 0 then x else 0."),
    "_": ("An underline joins a variable and its index.", "For example x_1."),
    "$": (
        "A dollar sign stands inside the formula.",
        "Keep dollar signs at its two ends only, or leave them out.",
    ),
    ".": ("A point cannot stand here.", "Decimal numbers look like 1.5; methods like x.exp()."),
    "->": ("An arrow cannot stand here.", "Write f(x) = x^2, or x -> x^2."),
    "°": ("A degree sign stands behind a number.", "For example sin(30°)."),
    "!": ("! stands behind a number: n! is the factorial.", "For example 5! or (x+1)!"),
}

"""What is said about signs that cannot stand where they do, by the kind of token: message and hint."""
