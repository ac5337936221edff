"""What analysts come for: captures, articles, their revisions, stories."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from newscrawl.db.models.base import Base, Id, Key, UrlKey


class Capture(Base):
    """A page as archived: where its bytes lie and how to prove that they are still the same."""

    __tablename__ = "capture"
    __table_args__ = (Index("ix_capture_url_key", "url_key"),)

    id: Mapped[Key]
    outlet_id: Mapped[str] = mapped_column(ForeignKey("outlet.id"))
    run_id: Mapped[int | None] = mapped_column(ForeignKey("run.id"))
    url: Mapped[str] = mapped_column(doc="address of the response, after redirects")
    url_key: Mapped[UrlKey]
    fetched_at: Mapped[datetime]
    status: Mapped[int]
    content_type: Mapped[str | None]
    headers: Mapped[list[Any]] = mapped_column(doc="[name, value] pairs of the response, in order")
    sha256: Mapped[str] = mapped_column(doc="of the payload as received, hex")
    length: Mapped[int] = mapped_column(doc="payload, bytes")
    record: Mapped[str] = mapped_column(doc="response or revisit")
    warc_file: Mapped[str | None] = mapped_column(doc="relative to the archive's folder")
    warc_offset: Mapped[int | None] = mapped_column(BigInteger)
    warc_length: Mapped[int | None] = mapped_column(BigInteger)
    refers_to: Mapped[int | None] = mapped_column(Id, doc="for a revisit: the capture that holds the bytes")


class Article(Base):
    """Identity (its normalised URL) with the current revision's facts, for queries by date, place and agency."""

    __tablename__ = "article"
    __table_args__ = (
        Index("ix_article_outlet_published", "outlet_id", "published_at"),
        Index("ix_article_published", "published_at"),
        Index("ix_article_outlet_first_seen", "outlet_id", "first_seen_at"),
        Index("ix_article_first_seen", "first_seen_at"),
        Index(
            "ix_article_gone",
            "gone_at",
            sqlite_where=text("gone_at IS NOT NULL"),
            postgresql_where=text("gone_at IS NOT NULL"),
        ),
        Index("ix_article_place", "dateline_place", "published_at"),
        Index("ix_article_agency", "agency", "published_at"),
        Index("ix_article_story", "story_id"),
        Index("ix_article_canonical", "canonical_key"),
    )

    id: Mapped[Key]
    outlet_id: Mapped[str] = mapped_column(ForeignKey("outlet.id"))
    source_id: Mapped[int | None] = mapped_column(ForeignKey("source.id"), doc="what named it first")
    url: Mapped[str]
    url_key: Mapped[UrlKey] = mapped_column(unique=True)
    canonical_url: Mapped[str | None] = mapped_column(doc="the page's own claim, same host only")
    canonical_key: Mapped[UrlKey | None]
    first_seen_at: Mapped[datetime]
    last_seen_at: Mapped[datetime] = mapped_column(doc="last time the outlet served it")
    last_checked_at: Mapped[datetime]
    missing_since: Mapped[datetime | None] = mapped_column(doc="first 404 or 410 in a row")
    gone_at: Mapped[datetime | None] = mapped_column(doc="missing twice, some time apart")
    revision_id: Mapped[int | None] = mapped_column(Id, doc="the current revision")
    revision_count: Mapped[int] = mapped_column(default=1)
    content_hash: Mapped[str]
    title: Mapped[str]
    published_at: Mapped[datetime | None]
    published_source: Mapped[str | None]
    modified_at: Mapped[datetime | None]
    language: Mapped[str | None]
    dateline: Mapped[str | None]
    dateline_place: Mapped[str | None]
    dateline_country: Mapped[str | None]
    dateline_lat: Mapped[float | None]
    dateline_lon: Mapped[float | None]
    dateline_date: Mapped[str | None]
    agency: Mapped[str | None] = mapped_column(doc="the dateline's agency, else the credit's")
    credit: Mapped[str | None]
    section: Mapped[str | None]
    word_count: Mapped[int]
    story_id: Mapped[int | None] = mapped_column(ForeignKey("story.id"))
    is_original: Mapped[bool | None] = mapped_column(doc="within its story; null until stories were looked for")
    similarity: Mapped[float | None] = mapped_column(doc="to the story's original, 0 to 1")


class Revision(Base):
    """An article's text at a time. One is written only when the normalised content changes."""

    __tablename__ = "revision"
    __table_args__ = (
        UniqueConstraint("article_id", "n"),
        Index("ix_revision_later", "seen_at", sqlite_where=text("n > 1"), postgresql_where=text("n > 1")),
    )

    id: Mapped[Key]
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id", ondelete="CASCADE"))
    n: Mapped[int] = mapped_column(doc="1, 2, ...")
    cause: Mapped[str] = mapped_column(doc="outlet (the page changed) or reader (the same page read anew)")
    seen_at: Mapped[datetime]
    run_id: Mapped[int | None] = mapped_column(ForeignKey("run.id"))
    capture_id: Mapped[int | None] = mapped_column(ForeignKey("capture.id"))
    reader_version: Mapped[str]
    content_hash: Mapped[str] = mapped_column(doc="SHA-256 of the normalised title and body")
    title: Mapped[str]
    standfirst: Mapped[str | None]
    body: Mapped[str] = mapped_column(doc="plain text, one block a line")
    block_kinds: Mapped[str] = mapped_column(doc="kind of each line of the body, a space between")
    authors: Mapped[str | None] = mapped_column(doc="names of people, '; ' between")
    published_at: Mapped[datetime | None]
    published_raw: Mapped[str | None]
    published_source: Mapped[str | None]
    published_zone: Mapped[str | None] = mapped_column(doc="stated or assumed (the outlet's)")
    date_conflicts: Mapped[list[Any]] = mapped_column(doc="[source, raw, UTC] of the claims that disagree")
    modified_at: Mapped[datetime | None]
    modified_raw: Mapped[str | None]
    language: Mapped[str | None]
    dateline: Mapped[str | None] = mapped_column(doc="as written")
    dateline_place: Mapped[str | None]
    dateline_region: Mapped[str | None]
    dateline_country: Mapped[str | None] = mapped_column(doc="ISO 3166-1 alpha-2")
    dateline_lat: Mapped[float | None] = mapped_column(doc="degrees, WGS 84")
    dateline_lon: Mapped[float | None]
    dateline_geonames: Mapped[int | None] = mapped_column(doc="GeoNames id of the first place")
    dateline_places: Mapped[list[Any]] = mapped_column(doc="[name, country, lat, lon, GeoNames id] of every place")
    dateline_agency: Mapped[str | None]
    dateline_date: Mapped[str | None] = mapped_column(doc="YYYY-MM-DD or --MM-DD")
    credit: Mapped[str | None] = mapped_column(doc="agency that byline, structured data or sign-off credit")
    credit_raw: Mapped[str | None]
    section: Mapped[str | None]
    tags: Mapped[list[Any]]
    images: Mapped[list[Any]] = mapped_column(doc="[url, caption, credit]")
    paywalled: Mapped[bool]
    word_count: Mapped[int]


class ArticleAuthor(Base):
    """Who is named as author of the current revision: people first, then organisations that the page's data declares."""

    __tablename__ = "article_author"
    __table_args__ = (Index("ix_article_author_name", "name"),)

    article_id: Mapped[int] = mapped_column(ForeignKey("article.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    raw: Mapped[str] = mapped_column(doc="as the page wrote it")
    kind: Mapped[str] = mapped_column(server_default="person", doc="person or organization")


class Story(Base):
    """Articles that carry the same text: an original and its copies."""

    __tablename__ = "story"

    id: Mapped[Key]
    original_id: Mapped[int | None] = mapped_column(Id, doc="the article held to be the original")
    articles: Mapped[int] = mapped_column(default=1)
    made_at: Mapped[datetime]


class Signature(Base):
    """MinHash signature of an article's current text, by named algorithm and version."""

    __tablename__ = "signature"

    article_id: Mapped[int] = mapped_column(ForeignKey("article.id", ondelete="CASCADE"), primary_key=True)
    algorithm: Mapped[str]
    data: Mapped[bytes] = mapped_column(LargeBinary)


class Band(Base):
    """One band of a signature; two articles that share one may be near duplicates."""

    __tablename__ = "band"

    band: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    article_id: Mapped[int] = mapped_column(
        Id, ForeignKey("article.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class Furniture(Base):
    """Blocks that return on many articles of an outlet, counted with decay; the reader leaves them out."""

    __tablename__ = "furniture"

    outlet_id: Mapped[str] = mapped_column(ForeignKey("outlet.id"), primary_key=True)
    fingerprint: Mapped[str] = mapped_column(primary_key=True)
    weight: Mapped[float] = mapped_column(doc="articles that had the block, older ones counting less")
    last_seen_at: Mapped[datetime]
