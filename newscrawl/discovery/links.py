"""What a source's page names: links with the source's hints, further sources, and whole posts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from newscrawl.item import Hint

SourceKind = Literal["feed", "sitemap", "section", "wordpress"]


class DiscoveryError(Exception):
    """A source's page can't be read as what it should be; ``reason`` is counted, ``detail`` says what to look at."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail

    def __str__(self) -> str:
        return f"{self.reason}: {self.detail}" if self.detail else self.reason


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """An address that is, or may be, an article's. ``sure``: a feed, sitemap, API or the seed's pattern says it is one.

    ``published`` and ``modified`` are the hint's dates as aware UTC moments, where they could be read.
    """

    url: str
    hint: Hint = field(default_factory=Hint)
    published: datetime | None = None
    modified: datetime | None = None
    sure: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceLink:
    """A further source; ``modified`` is when the one that names it says it changed.

    ``dated``: it is the archive of a day, month or year, whose address was made after another one's.
    """

    kind: SourceKind
    url: str
    modified: datetime | None = None
    dated: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Post:
    """An article that its source brings whole: ``body`` is an HTML page of our making, which the reader reads."""

    url: str
    body: bytes
    hint: Hint


@dataclass(frozen=True, kw_only=True, slots=True)
class Listing:
    """All that one page of a source named; ``refused`` counts what was left out, by reason."""

    articles: tuple[Link, ...] = ()
    sources: tuple[SourceLink, ...] = ()
    posts: tuple[Post, ...] = ()
    refused: dict[str, int] = field(default_factory=dict)
