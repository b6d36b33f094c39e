"""What a word might have been instead of what it was read as: notices, and misspelt names that are refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivlab.errors import Span
from derivlab.expression.conditions.restrictions import compares
from derivlab.expression.messages import misnamed, phrases
from derivlab.expression.naming import neighbours
from derivlab.expression.naming.names import FUNCTIONS, NEEDS_BRACKET, SHORT_HYPERBOLIC, meaning_of
from derivlab.expression.naming.words import MISSPELT
from derivlab.expression.noticed.notices import Notices
from derivlab.expression.tokens import Token

if TYPE_CHECKING:
    from derivlab.expression.naming.resolve import Resolver

_MOST_LETTERS = 3
"""More letters than these before a function's name are a name that is not known."""


def note_greek(resolver: Resolver, token: Token, opening: Token) -> None:
    """A Greek letter before a bracket."""
    named = {
        "digamma": "the digamma function",
        "gamma": "the gamma function",
        "sigmoid": "the sigmoid function",
    }
    resolver.notices.add(
        f"greek {token.text}",
        f"{token.text}(…) was read as {named[str(token.value)]}, not as a product.",
        token.span,
        (opening.start, opening.start, "*"),
    )


def note_hyperbolic(resolver: Resolver, token: Token) -> None:
    """``sh(x)``."""
    resolver.notices.add(
        f"short {token.text}",
        f"{token.text}(…) was read as the hyperbolic function {token.value}, not as a product.",
        token.span,
        (token.start, token.end, "*".join(token.text) + "*"),
    )


def note_name_of_c(resolver: Resolver, token: Token) -> None:
    """``sinf(x)`` and ``tgamma(x)``."""
    is_gamma = token.text == "tgamma"
    edit = (token.start + 1, token.start + 1, "*") if is_gamma else (token.end - 1, token.end, " f*")
    resolver.notices.add(
        f"c {token.text}",
        f"{token.text}(…) was read as the function {token.value}, which has this name in C, not as a product.",
        token.span,
        edit,
    )


def note_times_ten(notices: Notices, letter: Span) -> None:
    """``3x10^8``, in which the letter x may be the sign of multiplication."""
    notices.add(
        "times ten",
        "x before 10 was read as a variable, not as the sign of multiplication.",
        letter,
        (letter.start, letter.end, "*"),
    )


def look_at_run(
    resolver: Resolver, token: Token, pieces: list[Token], before_bracket: bool, after: Token
) -> None:
    """What a run of letters might have been instead of the product that it was read as."""
    text = token.text
    if token.value == "index":
        return
    if text in phrases.SILENT:
        said = phrases.said(resolver.text)
        if said is not None:
            raise said
    misspelt = misnamed.misspelt_inside(token, resolver.text, resolver.declared) if len(text) > 3 else None
    if misspelt is not None:
        raise misspelt
    if text.lower() in MISSPELT and (before_bracket or len(text) > 3):
        raise misnamed.unknown_function(token, resolver.text)
    kinds = [piece.kind for piece in pieces]
    letters = (
        "function" not in kinds and "number" not in kinds and all(len(piece.text) == 1 for piece in pieces)
    )
    if len(text) > 2 and text in FUNCTIONS and not before_bracket and len(pieces) > 1:
        raise misnamed.needs_bracket(token)
    if letters and len(pieces) > 1:
        if _is_mistyped(text, before_bracket):
            raise misnamed.unknown_function(token, resolver.text)
        word = neighbours.keyword_like(text) if token.gap else None
        if word is not None and compares(resolver.text):
            raise misnamed.unknown_word(token, word, resolver.text)
        is_product = kinds.count("variable") > 1 and not resolver.declared
        if resolver.done and resolver.done[-1].kind == "_":
            _remember_runs(resolver, token, pieces[1:])
        elif is_product and not _note_other_function(resolver, token, after):
            _remember_runs(resolver, token, pieces)
    if (
        before_bracket
        and not resolver.declared
        and "function" not in kinds
        and neighbours.nearest(text, cutoff=0.8)
    ):
        raise misnamed.unknown_function(token, resolver.text)
    if text in ("x10", "X10") and after.kind == "^" and not resolver.declared:
        before = resolver.done[-1] if resolver.done else None
        if before is not None and before.kind == "number" and not token.gap:
            note_times_ten(resolver.notices, Span(token.start, token.start + 1))
    if not _note_overlap(resolver, token, pieces):
        _look_at_letters(resolver, token, pieces, before_bracket)
    doubled = kinds[0] == "function" and len(pieces) == 2 and pieces[1].text == pieces[0].text[-1]
    if doubled and (before_bracket or (after.gap and after.kind == "word")):
        raise misnamed.unknown_function(token, resolver.text)
    for place, piece in enumerate(pieces[:-1]):
        if piece.text == "A" and f"a{pieces[place + 1].text}" in FUNCTIONS and not resolver.declared:
            after_name = pieces[place + 1].text
            resolver.notices.add(
                f"arc {piece.start}",
                f"A{after_name} was read as the product A*{after_name}, not as arc{after_name}.",
                Span(piece.start, pieces[place + 1].end),
                (piece.start, piece.end, "a"),
            )
        if piece.kind != "function":
            continue
        rest = resolver.text[piece.end : token.end]
        if piece.text in ("Ln", "LN"):
            resolver.notices.add(
                f"ln {piece.start}",
                f"{piece.text}{rest} was read as ln({rest}), not as a product that begins with L.",
                piece.span,
                (piece.start + 1, piece.start + 1, "*"),
            )
        elif piece.text in ("log2", "log10"):
            digits = piece.text[3:]
            resolver.notices.add(
                f"base {piece.start}",
                f"{piece.text}{rest} was read as {piece.text}({rest}), not as log({digits}{rest}).",
                piece.span,
                (piece.start, token.end, f"log({digits}{rest})"),
            )
        elif (
            piece.text[0] == "a"
            and kinds[1] != "number"
            and meaning_of(piece.text[1:], False) is not None
            and not place
        ):
            resolver.notices.add(
                f"arc {piece.start}",
                f"{piece.text}{rest} was read as arc{piece.text[1:]}({rest}), not as a*{piece.text[1:]}({rest}).",
                piece.span,
                (piece.start, piece.start + 1, "a*"),
            )


def _remember_runs(resolver: Resolver, token: Token, pieces: list[Token]) -> None:
    """The letters side by side that could be one name: not ``ωt`` and ``x₁x₂``, which nobody takes for one."""
    run: list[Token] = []
    for piece in [*pieces, Token("end", "", token.end, token.end)]:
        if len(piece.text) == 1 and piece.text.isascii() and piece.text.isalpha():
            run.append(piece)
            continue
        if [each.kind for each in run].count("variable") > 1:
            text = "".join(each.text for each in run)
            resolver.runs.setdefault(text, []).append(Token("word", text, run[0].start, run[-1].end))
        run = []


def _begins_argument(token: Token) -> bool:
    """Whether what a function may be taken of, or its exponent, begins here."""
    return token.kind in ("word", "number", "fraction", "function", "^", "|", "‖", "open|", "(")


def _note_other_function(resolver: Resolver, token: Token, after: Token) -> bool:
    """Notice a run that may have been meant as a function: ``sh x``, ``lb x``, and ``In x`` for ``ln x``."""
    text = token.text
    if _begins_argument(after) and (text in SHORT_HYPERBOLIC or text in ("lb", "ld")):
        name = FUNCTIONS[text]
        what = "hyperbolic function" if text in SHORT_HYPERBOLIC else "logarithm"
        resolver.notices.add(
            f"short {what}",
            f"{text} was read as the product {'*'.join(text)}, not as the {what} {name}.",
            token.span,
            (token.start, token.end, name),
        )
        return True
    meant = next((name for name in ("ln", "log") if text.startswith("I" + name[1:])), None)
    if meant is None or len(text) > len(meant) + 2 or (text[1:] == meant[1:] and not _begins_argument(after)):
        return False
    resolver.notices.add(
        "capital I",
        f"{text} was read as the product {'*'.join(text)}; the logarithm {meant} begins with a small L.",
        token.span,
        (token.start, token.start + 1, "l"),
    )
    return True


def _note_overlap(resolver: Resolver, token: Token, pieces: list[Token]) -> bool:
    """``absinC``: abs of a product, or a*b*sin C; whether that is so."""
    piece = pieces[0]
    others = {each.kind for each in pieces[1:]}
    if piece.kind != "function" or len(pieces) < 3 or "function" in others or resolver.declared:
        return False
    text, start = token.text, piece.start - token.start
    after = piece.end - token.start
    for place in range(start + 1, after):
        for end in range(len(text), max(after, place + 2), -1):
            name = text[place:end]
            if name in FUNCTIONS and name not in NEEDS_BRACKET:
                factors = "*".join(text[start:place])
                rest = text[end:] or "…"
                resolver.notices.add(
                    f"overlap {piece.start}",
                    f"{text[start:]} was read as {piece.text}({text[after:]}), not as {factors}*{name}({rest}).",
                    piece.span,
                    (piece.start, token.start + place, f"{factors}*"),
                )
                return True
    return False


def _look_at_letters(resolver: Resolver, token: Token, pieces: list[Token], before_bracket: bool) -> None:
    """``abcsin(x)``: letters that run into a function's name are a product, or a name that is not known."""
    kinds = [piece.kind for piece in pieces]
    if resolver.declared:
        return
    if "function" not in kinds:
        if (
            kinds.count("variable") > 1
            and any(len(piece.text) > 1 for piece in pieces)
            and "number" not in kinds
        ):
            if any(len(piece.text) > 1 and piece.text.isascii() and piece.text.isalpha() for piece in pieces):
                resolver.runs.setdefault(token.text, []).append(token)
            else:
                _remember_runs(resolver, token, pieces)
        return
    first = kinds.index("function")
    letters = [piece.text for piece in pieces[:first] if piece.kind == "variable"]
    if before_bracket and (pieces[-1].kind == "variable" or len(letters) > 1):
        meant = neighbours.nearest(token.text, cutoff=0.75)
        if len(letters) > _MOST_LETTERS or (meant is not None and meant not in token.text):
            raise misnamed.unknown_function(token, resolver.text)
    if len(letters) > 1 or (letters and pieces[first].text in NEEDS_BRACKET):
        resolver.notices.add(
            f"letters {token.start}",
            f"{token.text} was read as the product {'*'.join(letters)} before {pieces[first].text}.",
            token.span,
        )
    else:
        has_base = pieces[first + 1 : first + 2] and pieces[first + 1].kind == "_"
        _remember_runs(resolver, token, pieces[first + (3 if has_base else 1) :])  # log_ax has the base a


def _is_mistyped(text: str, before_bracket: bool) -> bool:
    """Whether a run of letters is more likely a function's name with a mistake than a product."""
    if len(text) < 3:
        return False
    if text.lower() in MISSPELT or (before_bracket and neighbours.transposed(text) is not None):
        return True
    if before_bracket:
        return len(text) > 3 or neighbours.nearest(text, cutoff=0.75) is not None
    return len(text) > 3 and neighbours.nearest(text, cutoff=0.8) is not None
