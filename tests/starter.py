"""Starts commands for the tests: one process imports newscrawl and forks itself for each, which saves a second a command.

Each command is a process of its own all the same, with its own folder, environment, streams and exit code.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import pkgutil
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

#: What commands import when they run, beside their own modules.
LATER = (
    "alembic.command", "newscrawl.archive", "newscrawl.browse", "newscrawl.fetching.bounded", "newscrawl.spiders.outlet",
    "pipelines.archive", "pipelines.dedupe", "pipelines.store", "pipelines.validate", "scrapy.utils.test",
)  # fmt: skip


class Starter:
    """The process that starts commands; end it with ``close``."""

    def __init__(self, folder: Path) -> None:
        self._input = folder / "stdin"
        self._streams = (folder / "stdout", folder / "stderr")
        # in a group of its own, so that a command that hangs can be ended together with it
        self._process = subprocess.Popen(
            [sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True,
            env=environment(), cwd=folder,
        )  # fmt: skip

    def run(
        self, arguments: tuple[str, ...], cwd: Path, env: Mapping[str, str], feed: bytes = b""
    ) -> subprocess.CompletedProcess[str]:
        """Run ``newscrawl ARGUMENTS`` with ``feed`` on its input, and give its exit code and what it printed."""
        self._input.write_bytes(feed)
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        order = {
            "arguments": arguments,
            "cwd": str(cwd),
            "env": dict(env),
            "input": str(self._input),
            "streams": [str(path) for path in self._streams],
        }
        print(json.dumps(order), file=self._process.stdin, flush=True)
        code = int(self._process.stdout.readline())
        printed = [path.read_text(encoding="utf-8", errors="replace") for path in self._streams]
        return subprocess.CompletedProcess(["newscrawl", *arguments], code, *printed)

    def close(self) -> None:
        """End the process, and a command that still runs."""
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.communicate()


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


def _become(order: dict[str, Any]) -> None:
    """Make this process the command's: its folder, environment and streams."""
    os.chdir(order["cwd"])
    os.environ.clear()
    os.environ.update(order["env"])
    for stream, path in zip((1, 2), order["streams"], strict=True):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), stream)
    os.dup2(_piped(Path(order["input"]).read_bytes()), 0)
    sys.stdin = os.fdopen(0, encoding="utf-8")
    sys.argv = ["newscrawl", *order["arguments"]]


def _piped(feed: bytes) -> int:
    """Give the end of a pipe that holds what the command is fed, as a shell would."""
    ours, theirs = os.pipe()
    if os.fork() == 0:
        os.close(ours)
        while feed:
            feed = feed[os.write(theirs, feed) :]
        os._exit(0)
    os.close(theirs)
    return ours


def _serve() -> None:
    _imported()
    gc.freeze()  # or each command would walk through all that it has from here
    for line in iter(sys.stdin.readline, ""):
        pid = os.fork()
        if pid == 0:
            _become(json.loads(line))
            from newscrawl.__main__ import main

            return main()
        _, status = os.waitpid(pid, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)
    return None


if __name__ == "__main__":
    _serve()
