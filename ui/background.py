"""Symbolic work that the page does not wait for: asked once, looked at again until it is there."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from functools import cache
from typing import Generic, TypeVar

import derivlab as dl

T = TypeVar("T")


class Background(Generic[T]):
    """Results by key, worked out in a few threads, at most ``kept`` of them remembered and ``backlog`` under way.

    The threads only wait for the symbolic worker processes; the work itself is bounded there.
    """

    def __init__(self, kept: int = 256, threads: int = 4, backlog: int = 48) -> None:
        self._futures: OrderedDict[Hashable, Future[T]] = OrderedDict()
        self._kept = kept
        self._backlog = backlog
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="background")
        self._lock = threading.Lock()

    def get(
        self, key: Hashable, work: Callable[[], T], patience: float = 0.05
    ) -> T | dl.DerivlabError | None:
        """The result, or why there is none, or None while it is still being worked out.

        ``patience`` is how many seconds to wait for it here. Where every worker was busy, it is asked again;
        where too much is under way already, the answer is Busy at once.
        """
        with self._lock:
            future = self._futures.get(key)
            if future is None:
                if sum(not asked.done() for asked in self._futures.values()) >= self._backlog:
                    return dl.Busy(
                        "Too many formulas are being worked out just now.", hint="Try again in a moment."
                    )
                future = self._futures[key] = self._pool.submit(work)
                while len(self._futures) > self._kept:
                    _, dropped = self._futures.popitem(last=False)
                    dropped.cancel()
            self._futures.move_to_end(key)
        try:
            return future.result(patience)
        except dl.DerivlabError as error:  # first: TimedOut is a TimeoutError too
            if isinstance(error, dl.Busy):
                with self._lock:
                    self._futures.pop(key, None)
            return error
        except NotYet:
            return None


@cache
def exact_formulas() -> Background[dl.Function]:
    """The one background of this process for exact derivatives."""
    return Background()


def exact_formula(f: dl.Function, wrt: str, order: int) -> dl.Function | dl.DerivlabError | None:
    """The exact derivative as a function, why there is none, or None while SymPy works on it."""
    return exact_formulas().get((f, wrt, order), lambda: dl.exact(f, wrt, order).function)
