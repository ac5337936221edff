"""A request and its response as they went over the wire."""

from __future__ import annotations

from asyncio import Future
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from hashlib import sha256
from typing import Any

Headers = list[tuple[str, str]]


@dataclass(kw_only=True)
class Exchange:
    """``body`` is the payload as received, compressed if it was sent so; ``at`` is aware.

    ``sent`` and ``head`` are the heads of request and response byte for byte, up to and with the blank line; b'' where
    they are not at hand: the head is made of ``status`` and ``headers`` then, and no request is archived.
    ``kept`` gives how it gets into the archive, once that is under way: articles that share an exchange share it.
    """

    url: str
    at: datetime
    status: int = 200
    headers: Headers = field(default_factory=list)
    body: bytes = b""
    sent: bytes = b""
    head: bytes = b""
    kept: Future[Any] | None = field(default=None, repr=False, compare=False)

    @cached_property
    def sha256(self) -> str:
        """Digest of the payload, hex."""
        return sha256(self.body).hexdigest()

    def header(self, name: str) -> str | None:
        """Give a response header's first value, by its name in any case."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


def pairs_of(head: bytes) -> Headers:
    r"""Give the headers of a head, in its order and letters; a folded line belongs to the one before (RFC 9112, 5.2).

    >>> pairs_of(b"HTTP/1.1 200 OK\r\nserver: a\r\nX-Y:b\r\n c\r\n\r\n")
    [('server', 'a'), ('X-Y', 'b c')]
    """
    pairs: Headers = []
    for line in head.decode("latin-1").split("\n")[1:]:
        if line[:1] in (" ", "\t") and pairs and line.strip():
            pairs[-1] = (pairs[-1][0], f"{pairs[-1][1]} {line.strip()}")
        elif ":" in line:
            name, _, value = line.partition(":")
            pairs.append((name.strip(), value.strip()))
    return pairs
