"""Arguments by name, as programs write them, brought to arguments by place."""

from __future__ import annotations

from derivlab.expression import build, miscounted
from derivlab.expression.build import Term
from derivlab.expression.tokens import Token
from derivlab.expression.tree import Number

KEYWORD_ARGUMENTS = frozenset(
    {"min", "max", "a_min", "a_max", "negative_slope", "alpha", "beta", "base", "exponent", "dim", "axis"}
    | {"decimals", "other", "input", "min_val", "max_val", "inplace", "threshold", "out", "requires_grad"}
)


_SECOND = {"negative_slope", "alpha", "beta", "base", "exponent", "decimals", "other"}


_WITHOUT_EFFECT = {"inplace", "threshold", "out", "requires_grad"}
"""Arguments that change nothing of the value."""


LAYERS = frozenset({"LeakyReLU", "ELU", "CELU", "Softplus", "Hardtanh"})
"""Classes of ``torch.nn`` that take their options first and the value in brackets of its own."""


def in_order(
    name: str, token: Token, arguments: list[Term], named: dict[str, Term]
) -> tuple[str, list[Term]]:
    """The call with its arguments all by place: ``clamp(x, min=0)`` is ``clamp_min(x, 0)``."""
    if name == "clamp":
        places: list[Term | None] = [*arguments, None, None, None][:3]
        low = named.get("min", named.get("a_min", places[1]))
        high = named.get("max", named.get("a_max", places[2]))
        low = None if low is None or low.is_nothing else low
        high = None if high is None or high.is_nothing else high
        if arguments and low is not None and high is not None:
            return name, [arguments[0], low, high]
        if arguments and low is not None:
            return "clamp_min", [arguments[0], low]
        if arguments and high is not None:
            return "clamp_max", [arguments[0], high]
    if name == "hardtanh" and named.keys() == {"min_val", "max_val"}:
        return name, [*arguments, named["min_val"], named["max_val"]]
    for key, term in named.items():
        if key in ("dim", "axis"):
            raise miscounted.many_values(token)
        if key in _WITHOUT_EFFECT:
            continue
        if key == "input" and len(arguments) < 2:
            arguments.insert(0, term)
            continue
        if key == "alpha" and name in ("add", "sub", "subtract") and len(arguments) == 2:
            second = arguments[1]
            arguments[1] = build.apply("multiply", (term, second), second.start, second.end)
            continue
        if key not in _SECOND or len(arguments) != 1:
            raise miscounted.unknown_keyword(key, token, term)
        arguments.append(term)
    return name, arguments


def which_logarithm(arguments: list[Term]) -> str:
    """Which logarithm it is; the base, if it is an argument, is taken out where the name says it."""
    if len(arguments) == 2 and isinstance(arguments[1].node, Number):
        known = {2: "log2", 10: "log10"}.get(arguments[1].node.value)  # type: ignore[call-overload]
        if known is not None:
            del arguments[1]
            return str(known)
    return "log" if len(arguments) > 1 else "ln"
