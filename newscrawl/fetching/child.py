"""Runs a command that dies with the process PID that started it: `python -m newscrawl.fetching.child PID VERB`.

A worker that is killed with -9 can't stop its crawl; an orphan would go on beside the crawl that replaces it.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys

#: prctl(2), linux/prctl.h
PR_SET_PDEATHSIG = 1


def bind(parent: int) -> None:
    """Ask the kernel (Linux) to kill this process when its parent dies; exit at once if it is dead already."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        sys.exit(f"newscrawl: the worker {parent} is gone")


if __name__ == "__main__":
    bind(int(sys.argv[1]))
    from newscrawl.__main__ import main

    sys.argv = ["newscrawl", *sys.argv[2:]]
    main()
