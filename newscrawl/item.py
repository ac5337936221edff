"""The nouns of reading: what goes in (Page) and what comes out (Article, Dateline), as frozen values."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, NamedTuple

BlockKind = Literal["paragraph", "heading", "list", "quote", "table", "entry"]
"""What a block of an article is; ``entry`` is the time line of a live blog's entry. Captions stand with their pictures."""

DateSource = Literal["json-ld", "meta", "time", "feed", "sitemap", "url", "dateline", "text"]
"""Where a publication date was read, in no order of trust."""


def aware(moment: datetime, name: str) -> datetime:
    """Give back ``moment``, or raise ValueError naming the field if it has no time zone.

    >>> from datetime import UTC
    >>> aware(datetime(2026, 1, 2, tzinfo=UTC), "fetched_at").year
    2026
    """
    if moment.tzinfo is None:
        raise ValueError(f"{name} has no time zone: give an aware datetime")
    return moment


class Block(NamedTuple):
    """One block of an article: its kind and its text (one line, never empty)."""

    kind: BlockKind
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """Bytes as fetched: ``url`` is the final address, ``fetched_at`` aware, ``content_type`` the HTTP header."""

    body: bytes
    url: str
    fetched_at: datetime
    content_type: str | None = None

    def __post_init__(self) -> None:
        aware(self.fetched_at, "fetched_at")


@dataclass(frozen=True, kw_only=True, slots=True)
class Hint:
    """What a source (feed, sitemap, API) said of a link; it travels with the link to the reader.

    ``published`` and ``modified`` are the source's raw strings, ``source`` is where they stood: feed or sitemap
    (an API counts as a feed).
    """

    title: str | None = None
    published: str | None = None
    modified: str | None = None
    guid: str | None = None
    language: str | None = None
    source: Literal["feed", "sitemap"] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """A place named by a dateline: canonical English name, ISO 3166-1 alpha-2 country, WGS 84 degrees, GeoNames id."""

    name: str
    country: str | None = None
    region: str | None = None
    lat: float | None = None
    lon: float | None = None
    geonames_id: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Dateline:
    """Where and by whom a report says it was filed: ``IDLIB, Syria (North Press) –``, or its end credit.

    ``kind`` tells a dateline (at the head) from a credit (a sign-off such as ``(Reporting by ...; Reuters)``).
    ``date`` is ``YYYY-MM-DD`` or, without a year, ``--MM-DD`` (ISO 8601-1:2000 truncated form). ``span`` is
    (start, end) in code points of the text that was parsed, and ``text[start:end] == raw``; (0, 0) where the page's
    data (schema.org's ``dateline``) say it and the text does not. ``places`` has every place
    named, the first one also given flat as ``place`` and ``country``. ``agency`` is the registry's canonical name.
    """

    raw: str
    span: tuple[int, int]
    kind: Literal["dateline", "credit"] = "dateline"
    place: str | None = None
    country: str | None = None
    region: str | None = None
    agency: str | None = None
    date: str | None = None
    places: tuple[Place, ...] = ()

    @property
    def lat(self) -> float | None:
        """Latitude of the first place in WGS 84 degrees, if it is known."""
        return self.places[0].lat if self.places else None

    @property
    def lon(self) -> float | None:
        """Longitude of the first place in WGS 84 degrees, if it is known."""
        return self.places[0].lon if self.places else None


@dataclass(frozen=True, kw_only=True, slots=True)
class Author:
    """Who is named as author, and how the page wrote it.

    Authors are people; an ``organization`` is one only where the page's own data says so: the outlet that signs itself, a
    ministry. Agencies are credits.
    """

    name: str
    raw: str
    kind: Literal["person", "organization"] = "person"


@dataclass(frozen=True, kw_only=True, slots=True)
class Image:
    """A picture of the article: absolute address, caption and credit where the page gives them."""

    url: str
    caption: str | None = None
    credit: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class DateClaim:
    """One source's word on a date: raw text, where it stood, what moment it means, and whether its zone was stated."""

    raw: str
    source: DateSource
    at: datetime
    zone: Literal["stated", "assumed"] = "stated"
    has_time: bool = True

    def __post_init__(self) -> None:
        aware(self.at, "at")


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """One finding that ``why()`` prints: for which field, what, read where, taken or rejected, and why."""

    field: str
    found: str
    where: str
    taken: bool
    note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Article:
    """What a page says. ``body`` is the blocks' text, one block a line; ``standfirst`` stands apart from it.

    ``published_at`` and ``modified_at`` are aware UTC. ``date_conflicts`` are claims that disagree with the one taken.
    ``credit`` is the canonical name of the agency that a byline, structured data or a sign-off credits;
    what the *dateline* says is in ``dateline``. ``language`` is a BCP 47 tag (``kmr``, ``ckb``, ``pt-BR``).
    """

    url: str
    title: str
    body: str
    blocks: tuple[Block, ...]
    canonical_url: str | None = None
    standfirst: str | None = None
    authors: tuple[Author, ...] = ()
    published_at: datetime | None = None
    published_raw: str | None = None
    published_source: DateSource | None = None
    published_zone: Literal["stated", "assumed"] | None = None
    date_conflicts: tuple[DateClaim, ...] = ()
    modified_at: datetime | None = None
    modified_raw: str | None = None
    language: str | None = None
    dateline: Dateline | None = None
    credit: str | None = None
    credit_raw: str | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()
    images: tuple[Image, ...] = ()
    paywalled: bool = False
    furniture: tuple[str, ...] = field(default=(), repr=False)
    """Fingerprints of the page's blocks, body or not, from which the archive learns the outlet's furniture."""
    reader_version: str = ""

    def __post_init__(self) -> None:
        for name in ("published_at", "modified_at"):
            moment = getattr(self, name)
            if moment is not None:
                aware(moment, name)
