"""Reads WARC files, ours and other people's, in constant memory; a torn or broken record is counted, never fatal."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from newscrawl.archive.codings import LARGEST, decoded
from newscrawl.archive.exchange import Headers

#: What damage shows as in warcio, which trusts its input.
_BROKEN = (
    ArchiveLoadFailed,
    EOFError,
    OSError,
    ValueError,
    KeyError,
    IndexError,
    AttributeError,
    TypeError,
    zlib.error,
)
_TYPES = {"warcinfo", "response", "resource", "request", "metadata", "revisit", "conversion", "continuation"}
_GZIP = b"\x1f\x8b\x08"


class ArchiveError(Exception):
    """A record can't be read where it should be; the message names file and offset."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Record:
    """A response record. ``body`` is decoded from its transfer and content encodings; ``sha256`` is of the raw payload."""

    url: str
    at: datetime
    kind: str
    status: int
    headers: Headers
    body: bytes
    sha256: str
    offset: int
    length: int

    @property
    def content_type(self) -> str | None:
        """The response's Content-Type."""
        return next((value for key, value in self.headers if key.lower() == "content-type"), None)


class _BrokenAt(Exception):
    """Damage behind the record that begins here."""

    def __init__(self, offset: int) -> None:
        super().__init__(offset)
        self.offset = offset


def records(path: Path, losses: Counter[str] | None = None) -> Iterator[Record]:
    """Yield every HTTP response of a file, plain or gzip, one in memory at a time; what is lost goes into ``losses``.

    After a broken gzip member the search goes on with the next one, so that damage costs one record and not the rest.
    Raises ArchiveError for a file that was packed as a whole, whose records no offset can find.
    """
    losses = Counter() if losses is None else losses
    start = 0
    with path.open("rb") as file:
        packed = file.read(2) == b"\x1f\x8b"
        while True:
            file.seek(start)
            try:
                yield from _records(file, start, losses, packed=packed)
                return
            except _BrokenAt as error:
                if "non-chunked gzip" in str(error.__cause__):
                    raise ArchiveError(f"{path} is one gzip member: unpack it first (gunzip), then read it") from error
                losses["torn" if _is_end(file) else "broken"] += 1
                found = _next_record(file, error.offset + 1, packed=packed)
                if found is None:
                    return
                start = found


def _records(file: BinaryIO, start: int, losses: Counter[str], *, packed: bool = False) -> Iterator[Record]:
    iterator = ArchiveIterator(file, no_record_parse=False, arc2warc=True)
    last = end = start
    try:
        for raw in iterator:
            last = iterator.offset  # where this record begins, until it has been read
            record = _read(raw, last, losses) if raw.rec_type in ("response", "revisit") else None
            length = iterator.get_record_length()
            end = last + length
            if raw.rec_type not in _TYPES:  # a header that was cut in the middle
                losses["torn"] += 1
            if record is not None:
                yield replace(record, length=length)
    except _BROKEN as error:
        raise _BrokenAt(last) from error
    if packed and end < file.seek(0, 2):  # warcio takes a torn member for the end of the file
        losses["torn"] += 1


def _read(raw: Any, offset: int, losses: Counter[str]) -> Record | None:
    if raw.http_headers is None:
        losses["no-http"] += 1
        return None
    try:
        status = int(raw.http_headers.get_statuscode())
        at = datetime.fromisoformat(raw.rec_headers.get_header("WARC-Date").replace("Z", "+00:00"))
    except (TypeError, ValueError, AttributeError):
        losses["broken"] += 1
        return None
    body = raw.raw_stream.read(LARGEST + 1)
    if len(body) <= LARGEST and getattr(raw.raw_stream, "limit", 0) > 0:
        losses["torn"] += 1
        return None
    if len(body) > LARGEST:
        losses["too-large"] += 1
        return None
    return Record(
        url=raw.rec_headers.get_header("WARC-Target-URI").strip("<>"), at=at if at.tzinfo else at.replace(tzinfo=UTC),
        kind=raw.rec_type, status=status, headers=[(str(k), str(v)) for k, v in raw.http_headers.headers],
        body=decoded(body, raw.http_headers), sha256=sha256(body).hexdigest(), offset=offset, length=0,
    )  # fmt: skip


def _is_end(file: BinaryIO) -> bool:
    here = file.tell()
    return here >= file.seek(0, 2) or file.read(1) == b""


def _next_record(file: BinaryIO, start: int, *, packed: bool) -> int | None:
    """Find the next gzip member, or the next record of a plain file, from an offset on, reading in pieces."""
    sign, skip = (_GZIP, 0) if packed else (b"\r\n\r\nWARC/1.", 4)
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


def payload_at(path: Path, offset: int) -> Record:
    """Read the one record at an offset; ArchiveError if there is none or it is torn."""
    try:
        with path.open("rb") as file:
            file.seek(offset)
            for record in _records(file, offset, Counter()):
                return record
    except (_BrokenAt, OSError) as error:
        raise ArchiveError(f"{path} at {offset}: {error.__cause__ or error}") from error
    raise ArchiveError(f"{path} at {offset}: there is no response record")
