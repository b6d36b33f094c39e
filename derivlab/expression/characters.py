"""Characters as people paste them, brought to the few that the grammar knows; the rest is refused by name."""

from __future__ import annotations

import re
import unicodedata

from derivlab.errors import ParseError, Span

RAISED = dict(
    zip(
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿⁱˣʸᶻᵃᵇᶜᵈᵉᶠᵍʰʲᵏˡᵐᵒᵖʳˢᵗᵘᵛʷᵅᵝᵞᵟᶿᵠᵡᐟᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂ",
        "0123456789+-()nixyzabcdefghjklmoprstuvwαβγδθφχ/ABDEGHIJKLMNOPRTUVW",
        strict=True,
    )
)
"""Superscripts and what each stands for."""

LOWERED = dict(zip("₀₁₂₃₄₅₆₇₈₉ₐₑₒₓₕₖₗₘₙₚₛₜᵢⱼᵣᵤᵥᵦᵧᵨᵩᵪ", "0123456789aeoxhklmnpstijruvβγρφχ", strict=True))
"""Subscripts and what each stands for."""

FRACTIONS = "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅐⅛⅜⅝⅞⅑⅒"

_SAME = {
    "-": "−‐‑‒–—―⁃﹣－➖",
    "+": "＋➕﬩",
    "*": "×·⋅∙•∗⋆✕✖⨯＊⁎\u2062",
    "/": "÷∕／➗",
    "^": "ˆ＾↑",
    "|": "∣｜❘",
    "‖": "∥",
    "=": "≔≕≝≜≡≐",
    "'": "′’‘ʹʼ＇´",
    '"': "″“”„＂",
    "°": "º˚",
    ":": "∶：",
    "≤": "⩽≦",
    "≥": "⩾≧",
    "→": "↦⟼⟶⇒⟹➔",
    "√": "√",
    "∏": "Π",
    "ε": "ϵ",
    "φ": "ϕ",
    "θ": "ϑ",
    "ρ": "ϱ",
    "π": "ϖ",
    "κ": "ϰ",
    "μ": "µ",
    "Δ": "∆",
    "Ω": "Ω",
    ",": "，、",
    "(": "❨⟮〖",
    ")": "❩⟯〗",
    "e": "ℯ",
    "f": "ƒ",
    "l": "ℓ",
}
_KEPT = (
    frozenset("₊₋₌₍₎∑∏√∛∜∞≤≥≠≈±∓∫∂∇∈∉∪∖∘⌊⌋⌈⌉‖∧∨¬→…°⁄") | RAISED.keys() | LOWERED.keys() | frozenset(FRACTIONS)
)
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u2061\u2063\u034f\ufe0e\ufe0f"

_TABLE: dict[int, str] = {ord(other): sign for sign, others in _SAME.items() for other in others}
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
_LOOKALIKES = dict(
    zip(
        "авеорсухкмнтгіјѕһԁԛԝАВЕКМНОРСТУХІЈЅοΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
        "abeopcyxkmhtrijshdqwABEKMHOPCTYXIJSoABEZHIKMNOPTYX",
        strict=True,
    )
)


def cleaned(text: str) -> tuple[str, list[int] | None]:
    """The text in the characters that the grammar knows, and where each stood (None: where it stands now).

    Raises ParseError for control characters and for marks that turn the direction of writing.
    """
    forbidden = _FORBIDDEN.search(text)
    if forbidden:
        raise _refused_mark(forbidden.group(), forbidden.start())
    if text.isascii():
        return text, None
    places: list[int] | None = None
    if any(mark in text for mark in _INVISIBLE):
        places = [place for place, letter in enumerate(text) if letter not in _INVISIBLE]
        places.append(len(text))
        text = "".join(letter for letter in text if letter not in _INVISIBLE)
    return "".join(letter if letter.isascii() else _plain(letter) for letter in text), places


def typed(span: Span, places: list[int] | None) -> Span:
    """The place in what was typed of a place in what was read; ``places`` are those of ``cleaned``."""
    if places is None:
        return span
    return Span(places[span.start], min(places[max(span.end - 1, 0)] + 1, places[-1]))


def _plain(letter: str) -> str:
    found = _TABLE.get(ord(letter))
    if found is not None:
        return found
    if letter in _KEPT or letter.isspace():
        return letter
    if unicodedata.decomposition(letter).startswith(("<super>", "<sub>")):
        return letter  # its height has a meaning, and it is none of those that are known
    plain = unicodedata.normalize("NFKC", letter)
    return plain if len(plain) == 1 else letter


def _refused_mark(mark: str, place: int) -> ParseError:
    code = f"U+{ord(mark):04X}"
    if "\u200e" <= mark <= "\u2069" or mark == "\u061c":
        what = f"An invisible mark that turns the direction of writing stands here ({code})."
    else:
        what = f"An invisible control character stands here ({code})."
    return ParseError(what, span=Span(place, place + 1), hint="Delete it, or type the formula by hand.")


def refused(letter: str, place: int, text: str) -> ParseError:
    """A character that has no meaning in a formula, with the one that may be meant."""
    span = Span(place, place + 1)
    meant = _LOOKALIKES.get(letter)
    name = unicodedata.name(letter, f"U+{ord(letter):04X}").lower()
    if meant is not None:
        return ParseError(
            f"This {letter} is not the letter {meant}: it is “{name}”, which only looks like it.",
            span=span,
            hint=f"Type {meant} instead.",
            suggestion="".join(_LOOKALIKES.get(each, each) for each in text),
        )
    return ParseError(
        f"The character {letter} ({name}) has no meaning in a formula.",
        span=span,
        hint="Leave it out, or write what it stands for.",
    )
