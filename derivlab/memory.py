"""The memory that all caches of the core share: results by their arguments, bounded by weight.

A count alone bounds nothing, since one formula of 25,000 characters weighs as much as a thousand short ones. Each
result is weighed in bytes, by estimates that count what two results share twice; what was not used for longest is
forgotten first, whichever function it belongs to.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from contextlib import suppress
from functools import wraps
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

BUDGET = 64_000_000
"""Bytes that are kept in all."""
HEAVIEST = BUDGET // 4
"""A result that is heavier than this is not kept at all."""
_ENTRY = 400
"""Bytes that remembering anything takes."""
_NODE = 50
"""Bytes of a node: a tree belongs to several results."""


def weight_of(*parts: Any) -> int:
    """About how many bytes trees and arrays take."""
    sizes = (getattr(part, "_size", None) for part in parts)
    return sum(
        200 + part.nbytes if size is None else _NODE * size for part, size in zip(parts, sizes, strict=True)
    )


class Memory:
    """Results of pure functions by function and arguments, at most ``budget`` bytes of them. Serves all threads."""

    def __init__(self, budget: int = BUDGET, heaviest: int = HEAVIEST) -> None:
        self._budget = budget
        self._heaviest = heaviest
        self._found: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self._weight = 0
        self._lock = threading.Lock()

    @property
    def weight(self) -> int:
        """The bytes that are kept now."""
        return self._weight

    def __len__(self) -> int:
        return len(self._found)

    def get(self, key: Hashable) -> tuple[Any, int] | None:
        """The result under a key and its weight, None where it is not kept."""
        found = self._found.get(key)
        if found is not None:
            with suppress(KeyError):  # another thread may just have dropped it
                self._found.move_to_end(key)
        return found

    def put(self, key: Hashable, result: Any, weight: int) -> None:
        """Keep a result, and forget the ones that were not used for longest if there is too much."""
        weight += _ENTRY
        if weight > self._heaviest:
            return
        with self._lock:
            before = self._found.pop(key, None)
            if before is not None:
                self._weight -= before[1]
            self._found[key] = (result, weight)
            self._weight += weight
            while self._weight > self._budget:
                _, (_, dropped) = self._found.popitem(last=False)
                self._weight -= dropped

    def forget(self, owner: Hashable = None) -> None:
        """Forget the results of one function, or all."""
        with self._lock:
            for key in list(self._found):
                if owner is None or (isinstance(key, tuple) and key[0] is owner):
                    self._weight -= self._found.pop(key)[1]


MEMORY = Memory()
"""The one memory of this process."""


def remembered(
    weigh: Callable[..., int], memory: Memory = MEMORY
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Remember a pure function's results in ``memory``.

    ``weigh`` takes the result and the arguments as they were given, and says how many bytes they take. The arguments
    must be hashable. ``function.cache_clear()`` forgets the function's results.
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        get, put = memory.get, memory.put

        @wraps(function)
        def call(*args: P.args, **kwargs: P.kwargs) -> R:
            key = (function, args, *kwargs.items()) if kwargs else (function, args)
            kept = get(key)
            if kept is not None:
                result: R = kept[0]
                return result
            result = function(*args, **kwargs)
            put(key, result, weigh(result, *args, **kwargs))
            return result

        call.cache_clear = lambda: memory.forget(function)  # type: ignore[attr-defined]
        return call

    return decorate
