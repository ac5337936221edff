"""A request and its response as they went over the wire."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

Headers = list[tuple[str, str]]


@dataclass(kw_only=True)
class Exchange:
    """``body`` is the payload as received, compressed if it was sent so; ``at`` is aware.

    ``capture_id`` is set once the exchange is archived, so that articles that share one share its capture.
    """

    url: str
    at: datetime
    method: str = "GET"
    request_headers: Headers = field(default_factory=list)
    status: int = 200
    headers: Headers = field(default_factory=list)
    body: bytes = b""
    capture_id: int | None = None

    @property
    def sha256(self) -> str:
        """Digest of the payload, hex."""
        return sha256(self.body).hexdigest()

    def header(self, name: str) -> str | None:
        """Give a response header's first value, by its name in any case."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)
