"""Undoes what HTTP did to a payload: chunks, and the content codings that a crawl accepts."""

from __future__ import annotations

import sys
import zlib
from io import BytesIO
from typing import Any

import brotli
from warcio.bufferedreaders import ChunkedDataReader

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

#: Largest payload that is taken into memory, bytes.
LARGEST = 20_000_000


def unchunked(sent: bytes, headers: Any) -> bytes:
    """Give the payload of a message: what was sent without its chunks (RFC 9112, 7.1)."""
    if (headers.get_header("Transfer-Encoding") or "").strip().lower() == "chunked":
        return _all_of(ChunkedDataReader(BytesIO(sent), decomp_type=None))
    return sent


def decoded(body: bytes, headers: Any) -> bytes:
    """Undo a payload's content codings (RFC 9110, 8.4: the last named first), up to the limit.

    What is not encoded as it says, as sites do, and what needs a coding that nobody here knows, stays as it was sent;
    a torn coding gives what can be had of it.
    """
    for name in reversed((headers.get_header("Content-Encoding") or "").lower().split(",")):
        coding = name.strip()
        if coding in ("gzip", "x-gzip"):
            body = _inflated(body, 47) or body
        elif coding == "deflate":
            body = _inflated(body, 15) or _inflated(body, -15) or body
        elif coding == "br":
            body = _unbrotli(body) or body
        elif coding == "zstd":
            body = _unzstd(body) or body
    return body


def _inflated(body: bytes, window: int) -> bytes:
    """Decompress every member that follows another; b'' for what is no such stream."""
    pieces: list[bytes] = []
    size = 0
    while body and size < LARGEST:
        stream = zlib.decompressobj(window)
        try:
            piece = stream.decompress(body, LARGEST - size)
        except zlib.error:
            break
        pieces.append(piece)
        size += len(piece)
        body = stream.unused_data
    return b"".join(pieces)


def _unbrotli(body: bytes) -> bytes:
    try:
        piece: bytes = brotli.Decompressor().process(body, output_buffer_limit=LARGEST)
    except brotli.error:
        return b""
    return piece


def _unzstd(body: bytes) -> bytes:
    try:
        return zstd.ZstdDecompressor().decompress(body, LARGEST)
    except (zstd.ZstdError, EOFError):
        return b""


def _all_of(stream: Any) -> bytes:
    """Read to the end, to the limit, or to where the stream is broken."""
    pieces, size = [], 0
    try:
        while size < LARGEST and (piece := stream.read(65_536)):
            pieces.append(piece)
            size += len(piece)
    except Exception:  # noqa: BLE001 (warcio passes on whatever its decoders raise)
        return b"".join(pieces)
    return b"".join(pieces)
