"""Writes WARC files: on disk before anything refers to it, rotated by size."""

from __future__ import annotations

import io
import os
import threading
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


class WarcWriter:
    """Writes exchanges into files of its own, whose names no other process uses; safe to call from several threads."""

    def __init__(self, folder: Path, label: str, *, rotate: int = ROTATE) -> None:
        self._folder = folder
        self._label = label
        self._rotate = rotate
        self._number = 0
        self._file: io.FileIO | None = None
        self._lock = threading.Lock()

    def write(self, exchange: Exchange, *, known: tuple[str, datetime] | None = None) -> Written:
        """Pack an exchange and write it."""
        return self.append(pack(exchange, known))

    def append(self, packed: Packed) -> Written:
        """Write an exchange's records, and return when they are on disk.

        Raises OSError, when the disk is full, say; the file then ends before the exchange, and the next write goes on.
        """
        with self._lock:
            file = self._open()
            offset = file.tell()
            _append(file, memoryview(packed.response + packed.request))
            return Written(
                file=Path(str(file.name)).name, offset=offset, length=len(packed.response), record=packed.kind
            )

    def _open(self) -> io.FileIO:
        if self._file is not None and self._file.tell() >= self._rotate:
            self.close()
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
            self._file = file
        return self._file

    def close(self) -> None:
        """Close the file; the next write opens a new one."""
        if self._file is not None:
            closed(self._file)
            self._file = None


def _append(file: io.FileIO, data: memoryview) -> None:
    """Write all of the data and wait until it is on disk; whatever fails, the file ends where it ended before."""
    start = file.tell()
    try:
        while data:
            data = data[file.write(data) :]
        os.fdatasync(file.fileno())
    except OSError:
        file.truncate(start)
        file.seek(start)
        raise
