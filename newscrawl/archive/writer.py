"""Writes WARC files: a gzip member a record, on disk before anything refers to it, rotated by size."""

from __future__ import annotations

import gzip
import io
import os
import threading
from base64 import b32encode
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha1
from http import HTTPStatus
from pathlib import Path
from string import punctuation
from typing import Any
from urllib.parse import quote

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter as Warcio

from newscrawl.archive.exchange import Exchange, Headers

#: Size at which a new file begins, bytes: the gigabyte that the WARC guidelines recommend.
ROTATE = 1_000_000_000
#: gzip's level: on pages 9, which warcio takes, needs twice the time of 5 and saves 2 % of the space.
LEVEL = 5


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
            made = io.BytesIO()
            builder = Warcio(made, gzip=False, warc_version="WARC/1.1")
            response = self._response(builder, exchange, known)
            builder.write_record(response)
            end = made.tell()
            builder.write_record(self._request(builder, exchange, response.rec_headers.get_header("WARC-Record-ID")))
            whole = made.getbuffer()
            member = _member(whole[:end])
            offset = file.tell()
            _append(file, memoryview(member + _member(whole[end:])))
            return Written(file=Path(str(file.name)).name, offset=offset, length=len(member), record=response.rec_type)

    def _open(self) -> io.FileIO:
        if self._file is not None and self._file.tell() >= self._rotate:
            self.close()
        if self._file is None:
            self._folder.mkdir(parents=True, exist_ok=True)
            stamp = datetime.now(UTC).strftime("%Y%m%d%H%M%S")
            self._number += 1
            name = f"{self._label}-{stamp}-{os.getpid()}-{self._number:05}.warc.gz"
            made = io.BytesIO()
            builder = Warcio(made, gzip=True, warc_version="WARC/1.1")
            about = {"software": "newscrawl", "format": "WARC File Format 1.1", "isPartOf": self._label}
            builder.write_record(builder.create_warcinfo_record(name, about))
            file = (self._folder / name).open("xb", buffering=0)
            try:
                _append(file, made.getbuffer())
            except OSError:
                file.close()
                (self._folder / name).unlink()
                raise
            self._file = file
        return self._file

    def _response(self, builder: Warcio, exchange: Exchange, known: tuple[str, datetime] | None) -> Any:
        status = f"{exchange.status} {_phrase(exchange.status)}"
        http = StatusAndHeaders(status, _as_stored(exchange), protocol="HTTP/1.1")
        date = {"WARC-Date": _date(exchange.at)}
        if known is None:
            return builder.create_warc_record(
                exchange.url, "response", payload=io.BytesIO(exchange.body), length=len(exchange.body),
                http_headers=http, warc_headers_dict=date,
            )  # fmt: skip
        digest = "sha1:" + b32encode(sha1(exchange.body).digest()).decode("ascii")
        return builder.create_revisit_record(
            exchange.url, digest, known[0], _date(known[1]), http, warc_headers_dict=date
        )

    @staticmethod
    def _request(builder: Warcio, exchange: Exchange, response_id: str) -> Any:
        host, _, rest = exchange.url.split("://", 1)[-1].partition("/")
        path = quote(rest, safe=punctuation)
        headers = list(exchange.request_headers)
        if not any(name.lower() == "host" for name, _ in headers):  # added on the wire, below what was kept
            headers.insert(0, ("Host", host))
        http = StatusAndHeaders(f"{exchange.method} /{path} HTTP/1.1", headers, is_http_request=True)
        ids = {"WARC-Date": _date(exchange.at), "WARC-Concurrent-To": response_id}
        return builder.create_warc_record(exchange.url, "request", http_headers=http, warc_headers_dict=ids)

    def close(self) -> None:
        """Close the file; the next write opens a new one."""
        if self._file is not None:
            self._file.close()
            self._file = None


def _member(record: memoryview) -> bytes:
    """Pack a record as a gzip member of its own."""
    return gzip.compress(record, LEVEL, mtime=0)


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


def _as_stored(exchange: Exchange) -> Headers:
    """Give the response's headers as they fit the stored payload, which is no longer chunked."""
    kept = [
        (name, value) for name, value in exchange.headers if name.lower() not in ("transfer-encoding", "content-length")
    ]
    return [*kept, ("Content-Length", str(len(exchange.body)))]


def _date(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Unknown"
