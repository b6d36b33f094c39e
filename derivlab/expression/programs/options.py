"""Options of a program's calls, found before words get their meaning: ``min=0``, ``approximate='tanh'``."""

from __future__ import annotations

from derivlab.expression.naming.greek import GREEK_NAMES
from derivlab.expression.naming.names import FUNCTIONS, in_any_case
from derivlab.expression.programs.modules import TYPES
from derivlab.expression.programs.signatures import KEYWORD_ARGUMENTS, LAYERS, TYPE, place_named
from derivlab.expression.tokens import Token

TYPED = frozenset({"astype", "cast", "type", "tensor", "array", "asarray", "constant"})
"""Functions that take the name of a type by place."""

DECLARING = frozenset({"const", "let", "var", "val", "auto", "double", "float"})
"""Words before a name that is being defined."""

_TAKES_CONDITIONS = frozenset({"where", "piecewise", "logical_and", "logical_or", "logical_not"})
_OPENING = frozenset({"(", "[", "{", "cases"})
_CLOSING = frozenset({")", "]", "}", "endcases"})
_QUOTES = ("'", '"')
_DEFINES = frozenset({"=", ":=", "(", ":"})
_NOTHING = Token("end", "", 0, 0)


def without_declaration(tokens: list[Token]) -> list[Token]:
    """The tokens without the word that declares a name in a program: ``const f = x => x*x``."""
    return tokens[1:] if tokens[1].kind == "word" and tokens[2].kind in _DEFINES else tokens


def may_have_options(text: str) -> bool:
    """Whether it is worth looking for options in the text."""
    return "=" in text or ("." in text and ("float" in text or "type(" in text or "cast(" in text))


def read_options(tokens: list[Token]) -> list[Token]:
    """The tokens with the names of arguments as ``keyword``, and texts and types that they are set to as ``option``."""
    found: list[Token] = []
    callees: list[tuple[Token, bool]] = [(_NOTHING, False)]
    closed = callees[0]
    place = 0
    while place < len(tokens):
        token = tokens[place]
        kind = token.kind
        if kind in _OPENING:
            before = found[-1] if found else _NOTHING
            if kind == "(" and before.kind == ")":
                callees.append(closed)  # nn.ELU(alpha=2)(input=x)
            else:
                callees.append((before, len(found) > 1 and found[-2].kind == "."))
        elif kind in _CLOSING and len(callees) > 1:
            closed = callees.pop()
        elif (kind == "word" or kind in _QUOTES) and found and found[-1].kind in ("(", ","):
            callee, is_program = callees[-1]
            if (
                kind == "word"
                and tokens[place + 1].kind == "="
                and _is_keyword(token, found[-1], callee, is_program)
            ):
                token.kind = "keyword"
                found += (token, tokens[place + 1])
                place = _option(tokens, place + 2, found, token.text in (TYPE, "device"))
                continue
            if callee.text in TYPED:
                after = _option(tokens, place, found, is_type=False)
                if after > place:
                    place = after
                    continue
        found.append(token)
        place += 1
    return found


def _is_keyword(word: Token, before: Token, callee: Token, is_program: bool) -> bool:
    """Whether a word with ``=`` behind it names an argument of the function ``callee``.

    In a program's call it always does, since there ``==`` compares.
    """
    if callee.kind != "word":
        return False
    name = callee.text.lstrip("\\")
    meant = FUNCTIONS.get(name) or (in_any_case(name, before_bracket=True) or ("", ""))[1]
    is_known = place_named(meant, word.text) is not None
    if is_program:
        return meant not in _TAKES_CONDITIONS or (is_known and (before.kind == "," or len(word.text) > 1))
    if word.text in KEYWORD_ARGUMENTS:
        return before.kind == "," or word.text not in GREEK_NAMES or name in LAYERS or is_known
    return len(word.text) > 1 and bool(meant) and (is_known or _is_wrong(word, meant))


def _is_wrong(word: Token, meant: str) -> bool:
    """Whether the word is taken for an argument that the function has not: ``clamp(x, lo=0)``."""
    return meant not in _TAKES_CONDITIONS and meant in FUNCTIONS.values() and word.text not in GREEK_NAMES


def _option(tokens: list[Token], place: int, found: list[Token], is_type: bool) -> int:
    """Put an option into ``found`` if one begins at ``place``; where what follows begins."""
    first = tokens[place]
    end = place + 1
    if first.kind in _QUOTES:
        while tokens[end].kind in ("word", "-", "_", ":", "number"):
            end += 1
        if tokens[end].kind != first.kind:
            return place
        text = "".join(each.text for each in tokens[place + 1 : end])
        end += 1
    elif first.kind == "word":
        while tokens[end].kind == "." and tokens[end + 1].kind == "word":
            end += 2
        text = tokens[end - 1].text
        if tokens[end].kind not in (",", ")") or not (is_type or text in TYPES):
            return place
    else:
        return place
    found.append(Token("option", text, first.start, tokens[end - 1].end, first.gap))
    return end
