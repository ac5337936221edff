"""Exit codes of a crawl, as documented in docs/reference/exit-codes.md."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """Why a command ended; the values are stable, so that scripts and timers can rely on them."""

    OK = 0
    CRASH = 1
    """Something unforeseen went wrong; what was lost is in the table ``lost``."""
    USAGE = 2
    """The command line, a seed or a setting is wrong."""
    NOTHING_FETCHED = 10
    """The outlet did not answer a single request."""
    DATABASE = 11
    """The database can't be opened, read or written."""
    DISK_FULL = 12
    """No space is left; what was acknowledged is safe."""
    INTERRUPTED = 13
    """SIGINT or SIGTERM; run again to go on."""
    BUSY = 14
    """Another crawl of the outlet is running."""
    UNWELL = 15
    """`newscrawl health`, `outlet check` or `outlet test` found something wrong with an outlet."""
