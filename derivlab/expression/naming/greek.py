"""Greek letters and the names by which they are typed."""

from __future__ import annotations

GREEK_LETTERS: dict[str, str] = dict(
    zip(
        "αβγδεζηθικλμνξρςστυφχψωΓΔΘΛΞΣΦΨΩ",
        [
            "alpha",
            "beta",
            "gamma",
            "delta",
            "epsilon",
            "zeta",
            "eta",
            "theta",
            "iota",
            "kappa",
            "lambda",
            "mu",
            "nu",
            "xi",
            "rho",
            "sigma",
            "sigma",
            "tau",
            "upsilon",
            "phi",
            "chi",
            "psi",
            "omega",
            "Gamma",
            "Delta",
            "Theta",
            "Lambda",
            "Xi",
            "Sigma",
            "Phi",
            "Psi",
            "Omega",
        ],
        strict=True,
    )
)
"""Greek letters and the one name that each has as a variable."""

GREEK_VARIANTS: dict[str, str] = {
    "varepsilon": "epsilon",
    "vartheta": "theta",
    "varphi": "phi",
    "varrho": "rho",
    "varsigma": "sigma",
    "varkappa": "kappa",
}
"""Names of other shapes of a letter, and the letter; varpi is the constant pi."""

GREEK_NAMES: frozenset[str] = frozenset(GREEK_LETTERS.values()) | {"omicron"}
"""Names of the letters that are variables; omicron has none of its own, as it looks like an o."""
