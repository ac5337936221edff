"""Writes WARC files: whole after any failure, rotated by size."""

from __future__ import annotations

import io
import os
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from newscrawl.archive.exchange import Exchange
from newscrawl.archive.members import Packed, pack, warcinfo
from newscrawl.archive.whole import closed, opened_for_writing

#: Size at which a new file begins, bytes: the gigabyte that the WARC guidelines recommend.
ROTATE = 1_000_000_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Written:
    """Where a record lies: the file's name, and the offset and length of its gzip member, bytes."""

    file: str
    offset: int
    length: int
    record: str


class Kept:
    """How an exchange gets into the archive: by ``written``, which also gives its place, once it is there or at once.

    ``refers_to`` is for a revisit record the id of the capture that has the bytes.
    """

    def __init__(self, write: Callable[[], Written], refers_to: int | None = None) -> None:
        self._write = write
        self.refers_to = refers_to
        self._written: Written | None = None

    def written(self) -> Written:
        """Give the place; write the exchange if that was not done. Raises OSError as the writing does."""
        if self._written is None:
            self._written = self._write()
        return self._written


class WarcWriter:
    """Writes exchanges into files of its own, whose names no other process uses; safe to call from several threads."""

    def __init__(self, folder: Path, label: str, *, rotate: int = ROTATE) -> None:
        self._folder = folder
        self._label = label
        self._rotate = rotate
        self._number = 0
        self._file: io.FileIO | None = None
        self._on_disk = 0
        self._lock = threading.Lock()

    def write(self, exchange: Exchange, *, known: tuple[str, datetime] | None = None) -> Written:
        """Pack an exchange, write it, and return when it is on disk; raises OSError as ``append`` and ``sync`` do."""
        written = self.append(pack(exchange, known))
        self.sync()
        return written

    def append(self, packed: Packed) -> Written:
        """Write an exchange's records; nothing may refer to them before ``sync``.

        Raises OSError, when the disk is full, say; the file then ends before the exchange, and the next write goes on.
        """
        with self._lock:
            file = self._open()
            offset = file.tell()
            _append(file, memoryview(packed.response + packed.request))
            return Written(
                file=Path(str(file.name)).name, offset=offset, length=len(packed.response), record=packed.kind
            )

    def sync(self) -> None:
        """Return when all that was written is on disk. Raises OSError; the file then ends where it was on disk before."""
        with self._lock:
            self._sync()

    def _sync(self) -> None:
        if self._file is None or self._file.tell() == self._on_disk:
            return
        try:
            os.fdatasync(self._file.fileno())
        except OSError:
            _cut(self._file, self._on_disk)
            raise
        self._on_disk = self._file.tell()

    def _open(self) -> io.FileIO:
        if self._file is not None and self._file.tell() >= self._rotate:
            self._close()
        if self._file is None:
            self._folder.mkdir(parents=True, exist_ok=True)
            stamp = datetime.now(UTC).strftime("%Y%m%d%H%M%S")
            self._number += 1
            name = f"{self._label}-{stamp}-{os.getpid()}-{self._number:05}.warc.gz"
            file = opened_for_writing(self._folder / name)
            try:
                _append(file, memoryview(warcinfo(name, self._label)))
            except OSError:
                closed(file)
                (self._folder / name).unlink()
                raise
            self._file, self._on_disk = file, 0
            self._sync()
        return self._file

    def close(self) -> None:
        """Close the file, all of it on disk; the next write opens a new one."""
        with self._lock:
            self._close()

    def _close(self) -> None:
        self._sync()
        if self._file is not None:
            closed(self._file)
            self._file = None


def _append(file: io.FileIO, data: memoryview) -> None:
    """Write all of the data; whatever fails, the file ends where it ended before."""
    start = file.tell()
    try:
        while data:
            data = data[file.write(data) :]
    except OSError:
        _cut(file, start)
        raise


def _cut(file: io.FileIO, end: int) -> None:
    file.truncate(end)
    file.seek(end)
