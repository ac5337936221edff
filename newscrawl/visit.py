"""A visit: one page on its way from the wire (or the archive) through the pipelines to the database."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, NamedTuple

from newscrawl.item import Article, Hint, Page
from newscrawl.outlet import Outlet

Stage = Literal["fetch", "source", "read", "validate", "crash"]
"""Where a page was lost."""


class Fingerprints(NamedTuple):
    """What an article is known again and found by, as ``reading.fingerprint.fingerprints`` gives it."""

    content_hash: str
    signature: bytes
    words: tuple[str, str]
    """The words of title and body, folded, a space between two."""
    word_count: int
    """How many words the body has."""


@dataclass(kw_only=True)
class Visit:
    """What the pipelines pass on and complete; unlike the nouns it is made to be changed.

    Either ``article`` or ``reason`` is set when the spider yields it. ``cause`` tells a change made by the outlet
    from one made by a better reader. ``exchange`` is the request and response as received, for the archive.
    """

    outlet: Outlet
    page: Page
    url_requested: str
    status: int = 200
    headers: list[tuple[str, str]] = field(default_factory=list)
    hint: Hint = field(default_factory=Hint)
    article: Article | None = None
    reason: str | None = None
    detail: str | None = None
    stage: Stage = "read"
    cause: Literal["outlet", "reader"] = "outlet"
    run_id: int | None = None
    frontier_id: int | None = None
    source_id: int | None = None
    exchange: Any = None
    first: bool = False
    """Nothing of the page's address can be archived yet: its exchange is packed where it is read."""
    packed: Any = field(default=None, repr=False)
    """The exchange's records for the archive, where a worker has made them already."""
    kept: Any = None
    """How the exchange gets into the archive (``archive.Kept``); None where it doesn't."""
    prints: Fingerprints | None = field(default=None, repr=False)
    """The article's fingerprints."""
    printed: Article | None = field(default=None, repr=False)
    """The article that they are of: a pipeline may give the visit another."""
    capture_id: int | None = None
    furniture: frozenset[str] = field(default=frozenset(), repr=False)
    """Fingerprints of the outlet's furniture that the reader was told to leave out."""

    def lose(self, reason: str, detail: str | None = None, stage: Stage = "validate") -> None:
        """Give up on the page: it will be counted and kept with this reason, never silently dropped."""
        self.article, self.reason, self.detail, self.stage = None, reason, detail, stage

    @property
    def fetched_at(self) -> datetime:
        """When the bytes came in (aware)."""
        return self.page.fetched_at
