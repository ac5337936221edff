"""Reads WARC files, ours and other people's, in constant memory; a torn or broken record is counted, never fatal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from newscrawl.archive.codings import LARGEST, decoded, unchunked
from newscrawl.archive.exchange import Headers
from newscrawl.archive.files import DAMAGE, GZIP, Flow, TornError, flow_of, is_at_end, next_record, opened
from newscrawl.archive.whole import end_of_members

#: What damage shows as in warcio, which trusts its input.
_BROKEN = (ArchiveLoadFailed, ValueError, KeyError, IndexError, AttributeError, TypeError, *DAMAGE)
_TYPES = {"warcinfo", "response", "resource", "request", "metadata", "revisit", "conversion", "continuation"}

#: What a plain file begins with; an ARC's records begin with their address.
_HEADS = (b"WARC/", b"filedesc:", b"http")


class ArchiveError(Exception):
    """A record can't be read where it should be; the message names file and offset."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Record:
    """A response, or a resource that was kept without one (status 200 and its type).

    ``payload`` is as sent but for its chunks, ``sha256`` is the payload's; ``body`` is decoded from its content
    codings. ``offset`` is None where the file has to be read from its beginning; ``length`` is the record's, in bytes.
    """

    url: str
    at: datetime
    kind: str
    status: int
    headers: Headers
    payload: bytes
    body: bytes
    sha256: str
    offset: int | None
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
    """Yield the responses of a file, one in memory at a time; what is lost goes into ``losses``.

    WARC and ARC, plain, gzip (a member a record, or all in one), Zstandard, a package of them (WACZ), or a pipe. After
    damage the search goes on with the next record, so that it costs one and not the rest. Raises ArchiveError for what
    can't be read at all.
    """
    losses = Counter() if losses is None else losses
    try:
        for file in opened(path):
            yield from _flowing(file, losses) if isinstance(file, Flow) else _seekable(file, losses)
    except DAMAGE as error:
        raise ArchiveError(f"{path} can't be read: {error}") from error


def _seekable(file: BinaryIO, losses: Counter[str]) -> Iterator[Record]:
    start = 0
    head = file.read(9)
    packed = head[:3] == GZIP
    if head and not packed and not head.startswith(_HEADS) and next_record(file, 0, packed=False) is None:
        raise ArchiveError(f"{file.name} holds no WARC or ARC record")
    while True:
        file.seek(start)
        try:
            yield from _records(file, start, losses, packed=packed)
            return
        except _BrokenAt as error:
            if "non-chunked gzip" in str(error.__cause__):
                file.seek(error.offset)
                yield from _flowing(flow_of(file), losses)
                return
            losses["torn" if is_at_end(file) else "broken"] += 1
            found = next_record(file, error.offset + 1, packed=packed)
            if found is None:
                return
            start = found


def _flowing(file: Flow, losses: Counter[str]) -> Iterator[Record]:
    while True:
        try:
            for record in _records(file, file.tell(), losses):
                yield replace(record, offset=None)
            return
        except _BrokenAt as error:
            losses["torn" if isinstance(error.__cause__, TornError) else "broken"] += 1
            if not file.to_next_record():
                return


def _records(file: BinaryIO | Flow, start: int, losses: Counter[str], *, packed: bool = False) -> Iterator[Record]:
    iterator = ArchiveIterator(file, no_record_parse=False, arc2warc=True, check_digests=True)
    last, told = start, losses.total()
    try:
        for raw in iterator:
            last = iterator.offset  # where this record begins, until it has been read
            told = losses.total()
            record = _read(raw, last, losses) if raw.rec_type in ("response", "revisit", "resource") else None
            length = iterator.get_record_length()
            # a header that was cut in the middle; or whatever record the file ends in, if it did not say so itself
            is_cut = told == losses.total() and getattr(raw.raw_stream, "limit", 0) > 0
            if raw.rec_type not in _TYPES or is_cut:
                losses["torn"] += 1
            if record is not None:
                yield replace(record, length=length)
    except _BROKEN as error:
        raise _BrokenAt(last) from error
    # warcio takes a torn member or head for the end; the last record may have said so of itself
    if told == losses.total() and not _is_whole(file, last, packed=packed):
        losses["torn"] += 1


def _is_whole(file: BinaryIO | Flow, last: int, *, packed: bool) -> bool:
    """Does a file end as files of records do: with a whole gzip member, or with the line's end behind each record?"""
    if isinstance(file, Flow):
        return file.last in (b"", b"\n")
    if packed:
        return end_of_members(file, last) == file.seek(0, 2)
    return file.seek(0, 2) == 0 or (file.seek(-1, 2) >= 0 and file.read(1) == b"\n")


def _read(raw: Any, offset: int, losses: Counter[str]) -> Record | None:
    if raw.http_headers is None and raw.rec_type != "resource":
        losses["no-http"] += 1
        return None
    try:
        status = 200 if raw.http_headers is None else int(raw.http_headers.get_statuscode())
        at = datetime.fromisoformat(raw.rec_headers.get_header("WARC-Date").replace("Z", "+00:00"))
        url = raw.rec_headers.get_header("WARC-Target-URI").strip("<>")
    except (TypeError, ValueError, AttributeError):
        losses["broken"] += 1
        return None
    if raw.http_headers is None and not url.startswith(("http://", "https://")):
        return None  # a note of the crawler's about itself
    if not (raw.rec_headers.get_header("Content-Length") or "").strip().isdigit():
        losses["broken"] += 1
        return None
    sent = raw.raw_stream.read(LARGEST + 1)
    if len(sent) <= LARGEST and getattr(raw.raw_stream, "limit", 0) > 0:
        losses["torn"] += 1
        return None
    if len(sent) > LARGEST:
        losses["too-large"] += 1
        return None
    if any("block digest failed" in problem for problem in raw.digest_checker.problems):
        losses["broken"] += 1  # packing without a checksum of its own hides damage
        return None
    if raw.http_headers is None:
        headers, payload = [("Content-Type", raw.rec_headers.get_header("Content-Type") or "")], sent
        body = payload
    else:
        headers = [(str(name), str(value)) for name, value in raw.http_headers.headers]
        payload = unchunked(sent, raw.http_headers)
        body = decoded(payload, raw.http_headers)
    return Record(
        url=url, at=at if at.tzinfo else at.replace(tzinfo=UTC), kind=raw.rec_type, status=status, headers=headers,
        payload=payload, body=body, sha256=sha256(payload).hexdigest(), offset=offset, length=0,
    )  # fmt: skip


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
