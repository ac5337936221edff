"""Starts commands for the tests: one process imports newscrawl and forks itself for each, which saves a second a command.

Each command is a process of its own all the same, in a session of its own, with its own folder, environment, streams and
exit code; it can be signalled and killed like any other. What a fresh interpreter does at its start is tested by
test_wheel.py and by the tests that say ``fresh``.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import pkgutil
import selectors
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

import started

#: What commands import when they run, beside their own modules.
LATER = (
    "alembic.command", "newscrawl.archive", "newscrawl.browse", "newscrawl.fetching.bounded", "newscrawl.spiders.outlet",
    "pipelines.archive", "pipelines.dedupe", "pipelines.store", "pipelines.validate", "scrapy.utils.test",
)  # fmt: skip


class Running:
    """A command that was started, to be used like subprocess.Popen."""

    def __init__(
        self, connection: socket.socket, arguments: Sequence[str], stdout: int | None, stderr: int | None
    ) -> None:
        self._connection = connection
        self.args = ["newscrawl", *arguments]
        self.stdout, self.stderr = (
            None if end is None else os.fdopen(end, encoding="utf-8", errors="replace") for end in (stdout, stderr)
        )
        self._answers = b""
        self.returncode: int | None = None
        self.pid = int(self._line(110))

    def _line(self, timeout: float | None) -> bytes:
        until = None if timeout is None else time.monotonic() + timeout
        while b"\n" not in self._answers:
            self._connection.settimeout(None if until is None else max(until - time.monotonic(), 0.001))
            try:
                more = self._connection.recv(100)
            except TimeoutError:
                raise subprocess.TimeoutExpired(self.args, timeout or 0) from None
            if not more:
                raise ChildProcessError("the process that starts commands is gone")
            self._answers += more
        line, _, self._answers = self._answers.partition(b"\n")
        return line

    def wait(self, timeout: float | None = None) -> int:
        """Wait for the command's end and give its exit code; a negative one is the signal that ended it."""
        if self.returncode is None:
            self.returncode = int(self._line(timeout))
            self._connection.close()
        return self.returncode

    def poll(self) -> int | None:
        """Give its exit code, or None while it runs."""
        with suppress(subprocess.TimeoutExpired):
            return self.wait(0)
        return None

    def communicate(self, timeout: float | None = None) -> tuple[str, str]:
        """Read what is left of its output and errors until both end and it has ended."""
        printed: dict[str, str] = {}

        def read(name: str, stream: IO[str]) -> None:
            printed[name] = stream.read()

        streams = {"stdout": self.stdout, "stderr": self.stderr}
        threads = [
            threading.Thread(target=read, args=(name, stream), daemon=True)
            for name, stream in streams.items()
            if stream
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout)
            if thread.is_alive():
                raise subprocess.TimeoutExpired(self.args, timeout or 0)
        self.wait(timeout)
        for stream in streams.values():
            if stream is not None:
                stream.close()
        return printed.get("stdout", ""), printed.get("stderr", "")

    def send_signal(self, number: int) -> None:
        """Send it a signal, unless it has ended."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        """Send it SIGTERM."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """Send it SIGKILL."""
        self.send_signal(signal.SIGKILL)


class Starter:
    """What starts commands in the process that listens at ``address``."""

    def __init__(self, address: str) -> None:
        self.address = address

    def start(
        self, arguments: Sequence[str], cwd: Path, env: Mapping[str, str], *, streams: tuple[Any, Any, Any] = (None, None, None),
        program: str = "newscrawl", before: str = "",
    ) -> Running:  # fmt: skip
        """Start ``newscrawl ARGUMENTS``, or scrapy's; ``streams`` are files, PIPE or, for nothing, None.

        The command's process runs the Python code ``before`` first.
        """
        order = {
            "arguments": list(arguments), "cwd": str(cwd), "env": dict(env), "program": program, "before": before,
        }  # fmt: skip
        ours: list[int | None] = []
        theirs: list[int] = []
        opened: list[int] = []
        for number, stream in enumerate(streams):
            if stream == subprocess.PIPE:
                assert number != 0, "an input comes from a file"
                reading, writing = os.pipe()
                theirs.append(writing)
                opened.append(writing)
                ours.append(reading)
                continue
            if stream is None:
                opened.append(os.open(os.devnull, os.O_RDWR))
            theirs.append(opened[-1] if stream is None else stream.fileno())
            ours.append(None)
        connection = started.start(self.address, order, theirs)
        for end in opened:
            os.close(end)
        return Running(connection, arguments, ours[1], ours[2])

    def run(
        self,
        arguments: Sequence[str],
        cwd: Path,
        env: Mapping[str, str],
        feed: bytes = b"",
        *,
        program: str = "newscrawl",
    ) -> subprocess.CompletedProcess[str]:
        """Run a command with ``feed`` on its input, through a pipe as in a shell; give its exit code and what it printed."""
        reading, writing = os.pipe()
        feeder = threading.Thread(target=_feed, args=(writing, feed))
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err, open(reading, "rb") as piped:
            running = self.start(arguments, cwd, env, streams=(piped, out, err), program=program)
            piped.close()
            feeder.start()
            code = running.wait()
            feeder.join()
            printed = []
            for stream in (out, err):
                stream.seek(0)
                printed.append(stream.read().decode(errors="replace"))
        return subprocess.CompletedProcess(running.args, code, *printed)


def _feed(end: int, feed: bytes) -> None:
    with suppress(BrokenPipeError), open(end, "wb") as pipe:
        pipe.write(feed)


class Server:
    """The process that starts commands for all of a session; it imports newscrawl when the first is asked for."""

    def __init__(self) -> None:
        self._folder = tempfile.mkdtemp(prefix="newscrawl-")
        self.address = f"{self._folder}/starter"
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(self.address)
            listener.listen(100)
            self._process = subprocess.Popen(
                [sys.executable, __file__, str(listener.fileno())], stdin=subprocess.PIPE, pass_fds=[listener.fileno()],
                start_new_session=True, env=environment(), cwd=self._folder,
            )  # fmt: skip

    def close(self) -> None:
        """End the process, and every command that still runs."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()
        shutil.rmtree(self._folder, ignore_errors=True)


def environment() -> dict[str, str]:
    """Give what commands of tests see: no setting of the machine, reading in the command's own process."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("NEWSCRAWL_", "SCRAPY_"))}
    return kept | {"NEWSCRAWL_READER_WORKERS": "0", "PYTHONPATH": str(Path(__file__).parents[1])}


def _imported() -> None:
    commands = importlib.import_module("newscrawl.commands")
    names = [f"newscrawl.commands.{module.name}" for module in pkgutil.iter_modules(commands.__path__)]
    for name in (*names, *LATER):
        importlib.import_module(name)
    # these belong to one command: settings are read from its environment, a reactor can't be shared
    assert not {"newscrawl.settings", "twisted.internet.reactor"} & set(sys.modules)
    gc.freeze()  # or each command would walk through all that it has from here


def _become(order: dict[str, Any], streams: list[int]) -> None:
    """Make this process the command's: its session, folder, environment and streams."""
    os.setsid()
    os.chdir(order["cwd"])
    os.environ.clear()
    os.environ.update(order["env"])
    time.tzset()
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
    for stream in streams:
        os.close(stream)
    sys.stdin = os.fdopen(0, encoding="utf-8")
    sys.path[0] = order["cwd"]
    sys.argv = [order.get("program", "newscrawl"), *order["arguments"]]


def _execute(program: str) -> None:
    """Do what `python -m PROGRAM` does; its main module is the one that processes which it starts look at."""
    sys.modules["__main__"] = module = importlib.import_module(f"{program}.__main__")
    (module.execute if program == "scrapy" else module.main)()


class _Serving:
    """Takes orders, and tells each who ordered how it ended."""

    def __init__(self, listener: socket.socket) -> None:
        self._listener = listener
        self._woken, self._waking = socket.socketpair()
        self._waking.setblocking(False)
        self._selector = selectors.DefaultSelector()
        self._running: dict[int, socket.socket] = {}
        for file in (listener, self._woken, sys.stdin):
            self._selector.register(file, selectors.EVENT_READ)
        signal.set_wakeup_fd(self._waking.fileno())
        signal.signal(signal.SIGCHLD, lambda *_: None)

    def serve(self) -> str:
        """Serve until standard input ends; in a process that was forked, give the program that it is to be."""
        imported = False
        while True:
            for key, _ in self._selector.select():
                if key.fileobj is self._listener:
                    if not imported:
                        _imported()
                        imported = True
                    if program := self._accept():
                        return program
                elif key.fileobj is self._woken:
                    self._woken.recv(100)
                    self._reap()
                elif key.fileobj is sys.stdin:
                    for pid in self._running:
                        self._kill(pid)
                    os._exit(0)
                else:  # who ordered has gone
                    self._selector.unregister(key.fileobj)
                    self._kill(key.data)

    @staticmethod
    def _kill(pid: int) -> None:
        with suppress(ProcessLookupError):
            os.killpg(pid, signal.SIGKILL)

    def _accept(self) -> str:
        connection, _ = self._listener.accept()
        _, streams, _, _ = socket.recv_fds(connection, 1, 3)
        with connection.makefile("rb") as file:
            order = json.loads(file.readline())
        pid = os.fork()
        if pid == 0:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            self._selector.close()
            for other in (connection, self._listener, self._woken, self._waking, *self._running.values()):
                other.close()
            _become(order, streams)
            exec(order.get("before", ""), {"__name__": "before"})
            return str(sys.argv[0])
        for stream in streams:
            os.close(stream)
        self._running[pid] = connection
        self._selector.register(connection, selectors.EVENT_READ, pid)
        connection.sendall(b"%d\n" % pid)
        return ""

    def _reap(self) -> None:
        with suppress(ChildProcessError):
            while True:
                pid, status = os.waitpid(-1, os.WNOHANG)
                if pid == 0:
                    return
                connection = self._running.pop(pid)
                with suppress(KeyError):
                    self._selector.unregister(connection)
                with suppress(OSError):
                    connection.sendall(b"%d\n" % os.waitstatus_to_exitcode(status))
                connection.close()


if __name__ == "__main__":
    _execute(_Serving(socket.socket(fileno=int(sys.argv[1]))).serve())
