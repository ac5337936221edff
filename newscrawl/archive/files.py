"""Opens what archives come in: WARC and ARC files plain, gzip or Zstandard, WACZ packages, and pipes."""

from __future__ import annotations

import gzip
import io
import re
import sys
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, cast

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

#: What damage to a file shows as.
DAMAGE = (EOFError, OSError, zlib.error, zstd.ZstdError, zipfile.BadZipFile, NotImplementedError)
GZIP = b"\x1f\x8b\x08"
_ZSTD, _ZSTD_DICTIONARY = b"\x28\xb5\x2f\xfd", b"\x5d\x2a\x4d\x18"
_SIGN = b"\r\n\r\nWARC/1."
_ZIP = b"PK\x03\x04"
_MEMBER = re.compile(r"\.w?arc(\.gz|\.zst)?$", re.IGNORECASE)
_PIECE = 65_536


class TornError(OSError):
    """Packed bytes end in the middle; an EOFError would be taken for the end of the records."""


class Flow:
    """Bytes that come once, in order: read and counted, with what was read too far put back."""

    def __init__(self, file: Any) -> None:
        self._file = file
        self._rest = b""
        self._at = 0
        self.last = b""
        """The last byte that was read."""

    def read(self, size: int = -1) -> bytes:
        """Give up to ``size`` bytes, at once what comes before damage; b'' at the end."""
        try:
            piece = self._rest or self._file.read1(_PIECE if size < 0 else size)
        except EOFError as error:
            raise TornError(str(error)) from error
        piece, self._rest = (piece, b"") if size < 0 else (piece[:size], piece[size:])
        self._at += len(piece)
        self.last = piece[-1:] or self.last
        return cast("bytes", piece)

    def tell(self) -> int:
        """Give the number of bytes read."""
        return self._at

    def to_next_record(self) -> bool:
        """Read on to where the next WARC record begins; False where there is none, or the bytes are broken."""
        tail = b""
        try:
            while piece := self.read():
                window = tail + piece
                if (found := window.find(_SIGN)) >= 0:
                    self._put_back(window[found + 4 :])
                    return True
                tail = window[1 - len(_SIGN) :]
        except DAMAGE:
            return False
        return False

    def _put_back(self, data: bytes) -> None:
        self._rest, self._at = data + self._rest, self._at - len(data)


def opened(path: Path) -> Iterator[BinaryIO | Flow]:
    """Yield a file whose records can be found by their offset as it is; else each flow of bytes within it.

    A package is a zip file of archives (WACZ 1.1.1); a ``.warc.zst`` may begin with its dictionary (IIPC's
    specification of Zstandard in WARC).
    """
    with path.open("rb") as file:
        head = file.peek(4)[:4]
        if not path.is_file():
            yield flow_of(file)
        elif head == _ZIP:
            with zipfile.ZipFile(file) as package:
                for name in package.namelist():
                    if _MEMBER.search(name):
                        with package.open(name) as member:
                            yield flow_of(member)
        else:
            yield file if head not in (_ZSTD, _ZSTD_DICTIONARY) and _has_offsets(file) else flow_of(file)


def flow_of(file: Any) -> Flow:
    """Give the plain bytes of a file, from where it stands, packed by gzip or Zstandard or not at all."""
    head = file.peek(4)[:4]
    if head[:3] == GZIP:
        return Flow(gzip.GzipFile(fileobj=file))
    if head == _ZSTD_DICTIONARY:
        content = file.read(int.from_bytes(file.read(8)[4:], "little"))
        if content.startswith(_ZSTD):
            content = zstd.decompress(content)
        try:
            return Flow(zstd.ZstdFile(file, zstd_dict=zstd.ZstdDict(content)))
        except ValueError as error:
            raise zstd.ZstdError(f"the dictionary is damaged: {error}") from error
    return Flow(zstd.ZstdFile(file) if head == _ZSTD else file)


def _has_offsets(file: io.BufferedReader) -> bool:
    """Is this a plain file, or one that has each record in a gzip member of its own? (Judged by the first one.)"""
    if file.peek(3)[:3] != GZIP:
        return True
    member = zlib.decompressobj(31)
    head, size = b"", 0
    try:
        while not member.eof and (piece := file.read(_PIECE)):
            while piece and not member.eof:
                plain = member.decompress(piece, 1 << 20)
                head, size, piece = (head + plain)[:_PIECE], size + len(plain), member.unconsumed_tail
                if (length := _length(head)) is not None and size > length:
                    return False
    except zlib.error:
        return True  # damage is the reader's to count
    finally:
        file.seek(0)
    length = _length(head)
    return not member.eof or length is None or size >= length - 8


def _length(head: bytes) -> int | None:
    """Give the greatest length of the record that begins here, with the blank lines behind it."""
    if head.startswith(b"WARC/"):
        end = head.find(b"\r\n\r\n")
        found = re.search(rb"\r\ncontent-length:[ \t]*(\d+)", head[:end], re.IGNORECASE) if end >= 0 else None
        return end + 4 + int(found[1]) + 8 if found else None
    line = head.partition(b"\n")[0]
    found = re.search(rb" (\d+)\s*$", line) if b"\n" in head else None
    return len(line) + 1 + int(found[1]) + 8 if found else None


def is_at_end(file: BinaryIO) -> bool:
    """Was all of the file read?"""
    here = file.tell()
    return here >= file.seek(0, 2) or file.read(1) == b""


def next_record(file: BinaryIO, start: int, *, packed: bool) -> int | None:
    """Find the next gzip member, or the next record of a plain file, from an offset on, reading in pieces."""
    sign, skip = (GZIP, 0) if packed else (_SIGN, 4)
    position, tail = start, b""
    while True:
        file.seek(position)
        piece = file.read(1 << 20)
        if not piece:
            return None
        window = tail + piece
        found = window.find(sign)
        if found >= 0:
            return position - len(tail) + found + skip
        tail, position = window[1 - len(sign) :], position + len(piece)
