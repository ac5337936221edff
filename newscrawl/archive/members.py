"""What WARC files are made of: an exchange as gzip members, whole and in memory, for whoever writes them."""

from __future__ import annotations

import io
import re
from base64 import b32encode
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha1
from http import HTTPStatus
from typing import Any

from warcio.recordbuilder import RecordBuilder
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter as Warcio
from zlib_ng import gzip_ng

from newscrawl.archive.exchange import Exchange

_BUILDER = RecordBuilder(warc_version="WARC/1.1")
_CHUNKED = re.compile(rb"(\n)(transfer-encoding[ \t]*:)", re.IGNORECASE)
_LENGTH = re.compile(rb"(\n)(content-length[ \t]*:)", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Packed:
    """An exchange's records as gzip members; ``request`` is empty where its head is not at hand."""

    kind: str
    """WARC-Type of the first: response or revisit."""
    response: bytes
    request: bytes


def pack(exchange: Exchange, known: tuple[str, datetime] | None = None) -> Packed:
    """Make an exchange's records; pure, and most of what archiving costs.

    ``known`` is the address and time of an earlier record with the same payload: the response is a revisit record then
    (WARC 1.1, section 6.7.2, identical-payload-digest).
    """
    response = _response(exchange, known)
    request = b""
    if exchange.sent:
        request = _member(_request(exchange, response.rec_headers.get_header("WARC-Record-ID")))
    return Packed(kind=response.rec_type, response=_member(response), request=request)


def warcinfo(name: str, label: str) -> bytes:
    """Give the record that a file begins with, as a gzip member."""
    about = {"software": "newscrawl", "format": "WARC File Format 1.1", "isPartOf": label}
    return _member(_BUILDER.create_warcinfo_record(name, about))


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
    """Give a record as a gzip member, at the fifth level: zlib-ng takes half of zlib's time there, for the same size."""
    plain = io.BytesIO()
    Warcio(plain, gzip=False, warc_version="WARC/1.1").write_record(record)
    member: bytes = gzip_ng.compress(plain.getbuffer(), 5, mtime=0)  # type: ignore[no-untyped-call]
    return member


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
