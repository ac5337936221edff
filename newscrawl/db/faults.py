"""What a database's error says: that the disk is full, or that the same work may succeed a moment later."""

from __future__ import annotations

import errno

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError


def is_disk_full(error: BaseException) -> bool:
    """Does the error say that the disk is full? SQLite's SQLITE_FULL, PostgreSQL's class 53100, or the system's own."""
    if isinstance(error, OSError):
        return error.errno in (errno.ENOSPC, errno.EFBIG, errno.EDQUOT)
    if not isinstance(error, DBAPIError) or error.orig is None:
        return False
    text = str(error.orig)
    # A file-size limit or a full disk also shows as SQLite's plain "disk I/O error" when the write-ahead log grows.
    return (
        getattr(error.orig, "sqlstate", None) in ("53100", "53000")
        or "database or disk is full" in text
        or "disk I/O error" in text
    )


def is_passing(error: BaseException) -> bool:
    """May the same work succeed a moment later: a lock held, a server that restarts, a deadlock?"""
    if not isinstance(error, DBAPIError):
        return False
    state = getattr(error.orig, "sqlstate", None)
    if state in ("40001", "40P01", "55P03", "57P01", "57P02", "57P03", "53300"):
        return True
    if error.connection_invalidated:
        return True
    if not isinstance(error, (OperationalError, InterfaceError)):
        return False
    text = str(error.orig)
    return "locked" in text or "busy" in text or (state is None and "connect" in text)


def told(error: BaseException) -> str:
    """Give the error's own words: the driver's first line."""
    return (str(getattr(error, "orig", None) or error).strip() or type(error).__name__).splitlines()[0]
