"""Writes WARC files: a gzip member a record, on disk before anything refers to it, rotated by size."""

from __future__ import annotations

import gzip
import io
import os
import re
import threading
from base64 import b32encode
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha1
from http import HTTPStatus
from pathlib import Path
from typing import Any

from warcio.recordbuilder import RecordBuilder
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter as Warcio

from newscrawl.archive.exchange import Exchange
from newscrawl.archive.whole import closed, opened_for_writing

#: Size at which a new file begins, bytes: the gigabyte that the WARC guidelines recommend.
ROTATE = 1_000_000_000
_BUILDER = RecordBuilder(warc_version="WARC/1.1")
_CHUNKED = re.compile(rb"(\n)(transfer-encoding[ \t]*:)", re.IGNORECASE)
_LENGTH = re.compile(rb"(\n)(content-length[ \t]*:)", re.IGNORECASE)


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
        """Write an exchange's request and response, and return when both are on disk.

        Raises OSError, when the disk is full, say; the file then ends before the exchange, and the next write goes on.
        ``known`` is the address and time of an earlier record with the same payload: a revisit record is written then
        (WARC 1.1, section 6.7.2, identical-payload-digest).
        """
        with self._lock:
            file = self._open()
            response = _response(exchange, known)
            data = _member(response)
            length = len(data)
            if exchange.sent:
                data += _member(_request(exchange, response.rec_headers.get_header("WARC-Record-ID")))
            offset = file.tell()
            _append(file, memoryview(data))
            return Written(file=Path(str(file.name)).name, offset=offset, length=length, record=response.rec_type)

    def _open(self) -> io.FileIO:
        if self._file is not None and self._file.tell() >= self._rotate:
            self.close()
        if self._file is None:
            self._folder.mkdir(parents=True, exist_ok=True)
            stamp = datetime.now(UTC).strftime("%Y%m%d%H%M%S")
            self._number += 1
            name = f"{self._label}-{stamp}-{os.getpid()}-{self._number:05}.warc.gz"
            about = {"software": "newscrawl", "format": "WARC File Format 1.1", "isPartOf": self._label}
            file = opened_for_writing(self._folder / name)
            try:
                _append(file, memoryview(_member(_BUILDER.create_warcinfo_record(name, about))))
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


class _Head(StatusAndHeaders):  # type: ignore[misc]
    """A head whose bytes are written as they are; warcio would escape what is not ASCII."""

    def __init__(self, head: bytes) -> None:
        super().__init__("head", [], protocol="")  # an empty one would count as none
        self._head = head

    def compute_headers_buffer(self, header_filter: Any = None) -> None:
        """Give warcio the bytes."""
        self.headers_buff = self._head


def _response(exchange: Exchange, known: tuple[str, datetime] | None) -> Any:
    http = _Head(_as_stored(exchange))
    date = {"WARC-Date": _date(exchange.at)}
    if known is None:
        return _BUILDER.create_warc_record(
            exchange.url, "response", payload=io.BytesIO(exchange.body), length=len(exchange.body),
            http_headers=http, warc_headers_dict=date,
        )  # fmt: skip
    digest = "sha1:" + b32encode(sha1(exchange.body).digest()).decode("ascii")
    return _BUILDER.create_revisit_record(
        exchange.url, digest, known[0], _date(known[1]), http, warc_headers_dict=date
    )  # fmt: skip


def _request(exchange: Exchange, response_id: str) -> Any:
    ids = {"WARC-Date": _date(exchange.at), "WARC-Concurrent-To": response_id}
    return _BUILDER.create_warc_record(
        exchange.url, "request", http_headers=_Head(exchange.sent), warc_headers_dict=ids
    )  # fmt: skip


def _member(record: Any) -> bytes:
    """Give a record as a gzip member, at zlib's usual level: the ninth takes thrice the time for a hundredth less."""
    plain = io.BytesIO()
    Warcio(plain, gzip=False, warc_version="WARC/1.1").write_record(record)
    return gzip.compress(plain.getbuffer(), 6, mtime=0)


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


def _as_stored(exchange: Exchange) -> bytes:
    """Give the response's head as it fits the stored payload.

    The payload is no longer chunked: a Transfer-Encoding keeps its place under the name that other crawlers give it
    then, and the length of the payload is added.
    """
    head = exchange.head
    if not head:
        lines = [f"{name}: {value}\r\n" for name, value in exchange.headers]
        status = f"HTTP/1.1 {exchange.status} {_phrase(exchange.status)}\r\n"
        head = (status + "".join(lines) + "\r\n").encode("latin-1", "replace")
    length = b"Content-Length: %d" % len(exchange.body)
    if _CHUNKED.search(head):
        head = _LENGTH.sub(rb"\1X-Crawl-\2", _CHUNKED.sub(rb"\1X-Crawl-\2", head))
        return re.sub(rb"(\r?\n)\r?\n$", lambda end: end[1] + length + end[1] * 2, head)
    return head


def _date(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Unknown"
