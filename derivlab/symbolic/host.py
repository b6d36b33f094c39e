"""The process that owns the symbolic workers: ``python -m derivlab.symbolic.host``.

It reads requests from its standard input, one JSON object a line, and writes a line when it starts to work on one
and a line with the answer. The work is done by a pool of two processes that have SymPy loaded. The others wait, the
shortest first, so that one giant holds up nobody's homework; who waited past the deadline is told that all are busy.
It is a process of its own because a pool started from inside a web server would import the server's script into
every worker. It ends when its input ends, so it cannot outlive the app; its workers cannot outlive it.
"""

from __future__ import annotations

import ctypes
import heapq
import json
import multiprocessing
import os
import resource
import signal
import sys
import threading
import time
from concurrent.futures import TimeoutError as TooLate
from functools import partial
from typing import Any, TextIO

from pebble import ProcessExpired, ProcessFuture, ProcessPool

WORKERS = 2
"""Two, so that one stays warm while the other is replaced after a kill."""
MEMORY = 1 << 30
"""Bytes of address space a worker may take."""
LEAST = 0.2
"""Seconds before its deadline at which it is too late to begin with a request."""
PR_SET_PDEATHSIG = 1


def prepare() -> None:
    """Bind a fresh worker: it dies with its parent, and memory is limited."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    import derivlab.symbolic.tasks  # noqa: F401 (loaded before the first request)


def work(task: str, arguments: list[Any], budget: float) -> Any:
    """Run one task in a worker, within its seconds of processor time, a bound behind the pool's clock."""
    from derivlab.symbolic.tasks import TASKS

    used = resource.getrusage(resource.RUSAGE_SELF)
    limit = int(used.ru_utime + used.ru_stime + budget) + 2
    resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))
    return TASKS[task](*arguments)


def reply_of(future: ProcessFuture[Any]) -> dict[str, Any]:
    """What became of a request."""
    try:
        return {"result": future.result()}
    except (TooLate, ProcessExpired, MemoryError, RecursionError):
        return {"failure": "budget"}
    except Exception as fault:  # noqa: BLE001 (whatever SymPy raises belongs to this request alone)
        return {"failure": "error", "message": f"{type(fault).__name__}: {fault}"}


class Desk:
    """Who is being worked for and who waits: at most `WORKERS` at work, the shortest of the others next."""

    def __init__(self, pool: ProcessPool, out: TextIO) -> None:
        self._pool = pool
        self._out = out
        self._waiting: list[tuple[int, int, dict[str, Any]]] = []
        self._working = 0
        self._lock = threading.RLock()

    def take(self, line: str) -> None:
        """Take a request and begin with it if a worker is free."""
        request = json.loads(line)
        with self._lock:
            heapq.heappush(self._waiting, (len(line), request["id"], request))
            self._begin()

    def _begin(self) -> None:
        while self._waiting and self._working < WORKERS:
            _, number, request = heapq.heappop(self._waiting)
            left = request["deadline"] - time.time()
            if left < min(LEAST, request["budget"]):  # nobody waits for this one any more
                self._write({"id": number, "failure": "busy"})
                continue
            self._working += 1
            self._write({"id": number, "started": True})
            future = self._pool.schedule(
                work,
                args=[request["task"], request["arguments"], request["budget"]],
                timeout=min(request["budget"], left),
            )
            future.add_done_callback(partial(self._end, number))

    def _end(self, number: int, future: ProcessFuture[Any]) -> None:
        with self._lock:
            self._working -= 1
            self._write({"id": number, **reply_of(future)})
            self._begin()

    def _write(self, reply: dict[str, Any]) -> None:
        self._out.write(json.dumps(reply) + "\n")
        self._out.flush()


def main() -> None:
    """Serve requests until the input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    multiprocessing.set_forkserver_preload(["derivlab.symbolic.tasks"])
    context = multiprocessing.get_context("forkserver")
    pool = ProcessPool(max_workers=WORKERS, initializer=prepare, context=context)
    desk = Desk(pool, sys.stdout)
    for line in sys.stdin:
        desk.take(line)
    pool.stop()  # type: ignore[no-untyped-call]
    os._exit(0)


if __name__ == "__main__":
    main()
