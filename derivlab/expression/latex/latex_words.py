"""What LaTeX commands stand for: signs, names, layout that means nothing, environments."""

from __future__ import annotations

from derivlab.expression.naming.greek import GREEK_VARIANTS
from derivlab.expression.operations import OPERATIONS

SIGNS: dict[str, str] = {
    **dict.fromkeys(("cdot", "times", "ast", "cdotp", "bullet", "star"), "*"),
    **dict.fromkeys(("div",), "/"),
    **dict.fromkeys(("le", "leq", "leqslant", "leqq"), "<="),
    **dict.fromkeys(("ge", "geq", "geqslant", "geqq"), ">="),
    **dict.fromkeys(("ne", "neq"), "!="),
    **dict.fromkeys(("land", "wedge"), "and"),
    **dict.fromkeys(("lor", "vee"), "or"),
    **dict.fromkeys(("lnot", "neg"), "not"),
    **dict.fromkeys(("to", "mapsto", "rightarrow", "longmapsto"), "->"),
    **dict.fromkeys(("lvert", "lVert"), "open|"),
    **dict.fromkeys(("rvert", "rVert"), "close|"),
    **dict.fromkeys(("vert", "Vert", "mid", "|"), "|"),
    **dict.fromkeys(("lbrace", "{"), "{"),
    **dict.fromkeys(("rbrace", "}"), "}"),
    **dict.fromkeys(("degree", "circ"), "°"),
    "lt": "<",
    "gt": ">",
    "lfloor": "⌊",
    "rfloor": "⌋",
    "lceil": "⌈",
    "rceil": "⌉",
    "lbrack": "[",
    "rbrack": "]",
    "lparen": "(",
    "rparen": ")",
    "bmod": "mod",
    "pmod": "mod",
    "mod": "mod",
    "Pi": "∏",
    **dict.fromkeys(("coloneqq", "coloneq", "triangleq", "equiv", "doteq"), "="),
    "infty": "∞",
    "pm": "±",
    "mp": "∓",
    "int": "∫",
    "sum": "∑",
    "prod": "∏",
    "iint": "∫",
    "oint": "∫",
    "partial": "∂",
    "nabla": "∇",
    "prime": "'",
    "in": "∈",
    "notin": "∉",
    "cup": "∪",
    "setminus": "∖",
    "smallsetminus": "∖",
    "backslash": "∖",
    "colon": ":",
    "\\": "row",
    **dict.fromkeys(("cr", "newline"), "row"),
    "*": "*",
    "^": "^",
    "%": "%",
    "&": "and",
    "_": "_",
    "#": "#",
    "$": "$",
    "dots": "…",
    "ldots": "…",
    "cdots": "…",
}

DROPPED = frozenset(
    [
        "displaystyle",
        "textstyle",
        "scriptstyle",
        "limits",
        "nolimits",
        "quad",
        "qquad",
        "enspace",
        "thinspace",
        "left",
        "right",
        "middle",
        "big",
        "Big",
        "bigg",
        "Bigg",
        "bigl",
        "bigr",
        "Bigl",
        "Bigr",
        "biggl",
        "biggr",
        "Biggl",
        "Biggr",
        "bigm",
        "nobreakspace",
        "nonumber",
        "notag",
        "rm",
        "it",
        "bf",
        "sf",
        "mathopen",
        "mathclose",
        "mathrel",
        "mathord",
        ",",
        ";",
        ":",
        "!",
        ">",
        "(",
        ")",
        "[",
        "]",
    ]
) | {" ", "\n", "\t"}

NAMED = frozenset(
    {"operatorname", "mathrm", "mathit", "mathbf", "mathsf", "mathtt", "boldsymbol", "text", "textrm"}
) | {
    "textit",
    "textbf",
    "mbox",
    "mathnormal",
    "ensuremath",
    "bm",
    "mathop",
    "boxed",
    "mathcal",
    "mathfrak",
    "mathscr",
    "mathbb",
}

ARGUMENTS = {"frac": 2, "dfrac": 2, "tfrac": 2, "cfrac": 2, "sqrt": 1}

DISCARDED = frozenset({"hspace", "hspace*", "vspace", "tag", "label", "color", "hphantom", "phantom"})
"""Commands that are left out together with the brace that follows them."""

TAUGHT: dict[str, str] = {
    "over": r"Write the fraction as \frac{x}{2}.",
    "binom": r"Write it with factorials: \frac{n!}{k!(n-k)!}.",
    "choose": r"Write it with factorials: \frac{n!}{k!(n-k)!}.",
    **dict.fromkeys(
        ("dot", "ddot"), "A dot asks for a derivative, which is worked out here: type the function itself."
    ),
    **dict.fromkeys(("vec", "hat", "bar", "overline", "tilde"), "Write the letter alone."),
    **dict.fromkeys(("underset", "overset", "stackrel"), "Write the formula without it."),
}
"""Commands that change what a formula means and cannot be read, and what to write instead."""

DELIMITERS = frozenset(
    ["(", ")", "[", "]", "{", "}", "|", "‖", "⌊", "⌋", "⌈", "⌉", ".", "<", ">", "/", "open|", "close|"]
)

CASES = frozenset({"cases", "dcases", "rcases", "array", "matrix", "numcases"})

LINES = frozenset(
    {
        "equation",
        "equation*",
        "align",
        "align*",
        "aligned",
        "gather",
        "gather*",
        "math",
        "displaymath",
        "split",
        "eqnarray",
        "eqnarray*",
        "multline",
        "multline*",
        "alignat",
        "flalign",
    }
)

WORDS = {
    **GREEK_VARIANTS,
    "varpi": "pi",
    "lim": "lim",
    "ell": "l",
}

SHOWN = {
    row.latex[len(r"\operatorname{") : -1]: name
    for name, row in OPERATIONS.items()
    if row.latex.startswith(r"\operatorname{")
}
"""The names inside the table's own ``\\operatorname{…}``."""
