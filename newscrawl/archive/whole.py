"""Keeps files whole: one that was not closed, because its process was killed, loses its torn end to a file beside it."""

from __future__ import annotations

import fcntl
import io
import logging
import os
import zlib
from pathlib import Path
from typing import BinaryIO

logger = logging.getLogger(__name__)

#: Beside a file that is being written; the file itself is locked by its writer as long as that lives.
OPEN, TORN = ".open", ".torn"
_PIECE = 1 << 20


def opened_for_writing(path: Path) -> io.FileIO:
    """Make a new file and mark it as open; OSError where it can't be made."""
    file = path.open("xb", buffering=0)
    fcntl.flock(file, fcntl.LOCK_EX)
    mark = Path(f"{path}{OPEN}")
    try:
        mark.touch()
    except OSError:
        file.close()
        path.unlink()
        raise
    return file


def closed(file: io.FileIO) -> None:
    """Close a file that has all its records, and take its mark away."""
    file.close()
    Path(f"{os.fspath(file.name)}{OPEN}").unlink(missing_ok=True)


def set_aside(folder: Path) -> list[Path]:
    """Cut the torn end off every file whose writer died, keep it in ``FILE.torn``, and give those that had one.

    Files of living writers are left alone. Only complete gzip members remain.
    """
    torn = []
    for mark in folder.glob(f"*{OPEN}"):
        path = mark.with_suffix("")
        try:
            with path.open("r+b", buffering=0) as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                if _cut(file, path):
                    torn.append(path)
        except BlockingIOError:
            continue
        except FileNotFoundError:
            pass
        mark.unlink(missing_ok=True)
    return torn


def _cut(file: io.FileIO, path: Path) -> bool:
    end = end_of_members(file)
    size = file.seek(0, os.SEEK_END)
    if end == size:
        return False
    with Path(f"{path}{TORN}").open("wb") as rest:
        file.seek(end)
        while piece := file.read(_PIECE):
            rest.write(piece)
        rest.flush()
        os.fsync(rest.fileno())
    file.truncate(end)
    os.fsync(file.fileno())
    logger.warning("%s ended in a torn record: its last %d bytes are in %s%s", path, size - end, path.name, TORN)
    return True


def end_of_members(file: io.FileIO | BinaryIO, start: int = 0) -> int:
    """Give the offset behind the last complete gzip member from ``start`` on, reading in pieces."""
    file.seek(start)
    end = position = start
    member = zlib.decompressobj(31)
    while piece := file.read(_PIECE):
        position += len(piece)
        while piece:
            plain = b""
            try:
                while not member.eof and (piece or plain):  # zlib may hold output back when it has all its input
                    plain = member.decompress(piece, _PIECE)
                    piece = member.unconsumed_tail
            except zlib.error:
                return end
            if member.eof:
                piece = member.unused_data
                end = position - len(piece)
                member = zlib.decompressobj(31)
    return end
