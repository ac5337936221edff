"""Reading in worker processes that can be killed: no page can stop the crawl, eat its memory or block its loop."""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import errno
import gc
import multiprocessing
import pickle
import queue
import resource
import signal
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, TypeVar, cast

Result = TypeVar("Result")

_PR_SET_PDEATHSIG = 1
#: What a worker imports once, in the server that workers are forked from.
_PRELOAD = ["newscrawl.reading.extract", "newscrawl.discovery", "newscrawl.fetching.reads"]
#: What else it imports for several: a sixth of a second, which a visit that finds nothing to read would spend for nothing.
_WARM = "newscrawl.fetching.warm"
#: How long the start of a worker may take, seconds: these imports are no page's fault on a slow or busy machine.
_START = 120.0
#: How long one thread may keep others waiting, seconds: a worker idles as long as its thread waits to hand it the next page.
_SWITCH = 0.001
#: What a worker that is out of memory answers: it may not have enough for more.
_NO_MEMORY = b"memory"


class WorkerFailed(Exception):
    """A worker did not survive a page; ``reason`` is reader-timeout, reader-memory or reader-crash."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail


class ReaderPool:
    """Runs pure functions in worker processes; with 0 workers in the caller's own, for shells and tests.

    ``seconds`` and ``megabytes`` limit one call; what exceeds them is killed and raises WorkerFailed. A worker that
    dies of itself is replaced and the call tried once more. Processes start with the first call.
    """

    def __init__(self, workers: int, seconds: float, megabytes: int) -> None:
        self._seconds = seconds
        self._megabytes = megabytes
        self._closed = False
        preload = [*_PRELOAD, _WARM] if workers > 1 else _PRELOAD
        self._all = [_Worker(megabytes, preload) for _ in range(workers)]
        self._idle: queue.LifoQueue[_Worker | None] = queue.LifoQueue()
        # One more for each worker packs its next call while it is at the one before.
        self._threads = ThreadPoolExecutor(2 * workers, thread_name_prefix="reader") if workers else None
        if workers:
            sys.setswitchinterval(_SWITCH)
        for worker in self._all:
            self._idle.put(worker)

    async def call(self, function: Callable[..., Result], *args: Any) -> Result:
        """Run ``function(*args)``; both must be picklable. Raises what the function raises, or WorkerFailed.

        A worker imports the function's module: one that brings more than the reader costs each of them half a second.
        """
        if self._threads is None:
            return function(*args)
        return await asyncio.get_running_loop().run_in_executor(self._threads, self.run, function, *args)

    def run(self, function: Callable[..., Result], *args: Any) -> Result:
        """Do as ``call`` does, for threads that may wait."""
        if self._threads is None:
            return function(*args)
        work = pickle.dumps((function, args))
        worker = self._idle.get()
        if worker is None:
            self._idle.put(None)  # for the next that waits
            raise WorkerFailed("reader-crash", "the readers were ended")
        try:
            try:
                answer = worker.ask(work, self._seconds)
            except EOFError:
                if self._closed:
                    raise
                answer = worker.ask(work, self._seconds)
        except EOFError as error:
            raise WorkerFailed("reader-crash", "the worker died twice") from error
        finally:
            if self._closed:
                worker.stop()
            else:
                self._idle.put(worker)
        raised, value = pickle.loads(answer)
        if raised:
            raise value
        return cast(Result, value)

    def close(self) -> None:
        """End the workers, those too that are at a page; a second call does nothing.

        Workers leave SIGTERM to their parent, so Python's own end of a process would wait for them for ever.
        """
        self._closed = True
        if self._threads is not None:
            self._threads.shutdown(wait=False, cancel_futures=True)
        with contextlib.suppress(queue.Empty):
            while (worker := self._idle.get_nowait()) is not None:
                worker.stop()
        self._idle.put(None)
        for worker in self._all:
            worker.kill()


class _Worker:
    """One process and the pipe to it."""

    def __init__(self, megabytes: int, preload: list[str]) -> None:
        self._megabytes = megabytes
        self._preload = preload
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None

    def ask(self, work: bytes, seconds: float) -> bytes:
        """Give the pickled answer to one call: whether it was raised, and what; EOFError when the process dies of it."""
        try:
            pipe = self._started()
            pipe.send_bytes(work)
            if not pipe.poll(seconds):
                self.stop()
                raise WorkerFailed("reader-timeout", f"more than {seconds:g} s")
            answer = pipe.recv_bytes()
        except (EOFError, OSError) as error:
            self.stop()
            raise EOFError from error
        if answer == _NO_MEMORY:
            self.stop()
            raise WorkerFailed("reader-memory", f"more than {self._megabytes} MB")
        return answer

    def _started(self) -> Connection:
        if self._process is None or self._pipe is None:
            self.stop()
            context = multiprocessing.get_context("forkserver")
            context.set_forkserver_preload(self._preload)
            self._pipe, theirs = context.Pipe()
            self._process = context.Process(target=_serve, args=(theirs, self._megabytes), daemon=True)
            self._process.start()
            theirs.close()
            if not self._pipe.poll(_START):
                raise EOFError
            self._pipe.recv_bytes()
        return self._pipe

    def kill(self) -> None:
        """Kill the process while another thread waits for its answer; that thread gets EOFError and tidies up."""
        if self._process is not None:
            with contextlib.suppress(ValueError):  # closed by that thread meanwhile
                self._process.kill()

    def stop(self) -> None:
        """Kill the process, if there is one."""
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process.close()
        if self._pipe is not None:
            self._pipe.close()
        self._process = self._pipe = None


def _serve(pipe: Connection, megabytes: int) -> None:
    """Answer calls until the pipe closes; the terminal's signals are the parent's to handle, its death ends us."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        # Address space, whose size at the start depends on the machine's libraries (proc(5): statm counts pages).
        with open("/proc/self/statm", encoding="ascii") as file:
            started = int(file.read().split()[0]) * resource.getpagesize()
        limit = started + megabytes * 1024 * 1024
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    sys.setrecursionlimit(5000)
    gc.freeze()  # what came with the fork is kept as long as the process: no use in looking through it again and again
    pipe.send_bytes(b"ready")
    while True:
        try:
            work = pipe.recv_bytes()
        except (EOFError, OSError):
            return
        try:
            function, args = pickle.loads(work)
            del work  # a page of ten megabytes need not be here twice
            answer = pickle.dumps((False, function(*args)))
        except MemoryError:
            answer = _NO_MEMORY
        except Exception as error:  # noqa: BLE001 (raised again by the caller)
            answer = _packed(error)
        function = args = None
        pipe.send_bytes(answer)
        del answer


def _packed(error: Exception) -> bytes:
    """Pickle an exception, or its text where it can't be pickled."""
    if isinstance(error, OSError) and error.errno == errno.ENOMEM:
        return _NO_MEMORY
    try:
        packed = pickle.dumps((True, error))
        pickle.loads(packed)
    except Exception:  # noqa: BLE001 (any class may refuse to be pickled)
        return pickle.dumps((True, RuntimeError(f"{type(error).__name__}: {error}")))
    return packed
