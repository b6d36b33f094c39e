"""The process that owns the symbolic workers: ``python -m derivlab.symbolic.host``.

It reads requests from its standard input, one JSON object a line, gives them to a pool of two processes
that have SymPy loaded, and writes an answer a line. It is a process of its own because a pool
started from inside a web server would import the server's script into every worker.
It ends when its input ends, so it cannot outlive the app; its workers cannot outlive it.
"""

from __future__ import annotations

import ctypes
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
from typing import Any

from pebble import ProcessExpired, ProcessFuture, ProcessPool

WORKERS = 2
"""Two, so that one stays warm while the other is replaced after a kill."""
MEMORY = 1 << 30
"""Bytes of address space a worker may take."""
PR_SET_PDEATHSIG = 1


def prepare() -> None:
    """Bind a fresh worker: it dies with its parent, and memory is limited."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    import derivlab.symbolic.tasks  # noqa: F401 (loaded before the first request)


def work(task: str, arguments: list[Any], budget: float, deadline: float) -> Any:
    """Run one task in a worker, within its seconds of processor time, a bound behind the pool's clock."""
    if time.time() > deadline:  # nobody waits for this one any more
        raise TooLate
    from derivlab.symbolic.tasks import TASKS

    used = resource.getrusage(resource.RUSAGE_SELF)
    limit = int(used.ru_utime + used.ru_stime + budget) + 2
    resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))
    return TASKS[task](*arguments)


def answer(number: int, lock: threading.Lock, future: ProcessFuture[Any]) -> None:
    """Write what became of a request."""
    reply: dict[str, Any] = {"id": number}
    try:
        reply["result"] = future.result()
    except (TooLate, ProcessExpired, MemoryError):
        reply["failure"] = "budget"
    except RecursionError:
        reply["failure"] = "budget"
    except Exception as fault:  # noqa: BLE001 (whatever SymPy raises belongs to this request alone)
        reply["failure"] = "error"
        reply["message"] = f"{type(fault).__name__}: {fault}"
    with lock:
        sys.stdout.write(json.dumps(reply) + "\n")
        sys.stdout.flush()


def main() -> None:
    """Serve requests until the input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    multiprocessing.set_forkserver_preload(["derivlab.symbolic.tasks"])
    context = multiprocessing.get_context("forkserver")
    lock = threading.Lock()
    pool = ProcessPool(max_workers=WORKERS, initializer=prepare, context=context)
    for line in sys.stdin:
        request = json.loads(line)
        future = pool.schedule(
            work,
            args=[request["task"], request["arguments"], request["budget"], request["deadline"]],
            timeout=request["budget"],
        )
        future.add_done_callback(partial(answer, request["id"], lock))
    pool.stop()  # type: ignore[no-untyped-call]
    os._exit(0)


if __name__ == "__main__":
    main()
