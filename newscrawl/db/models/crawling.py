"""What crawling needs to remember: outlets, their sources, the frontier, runs, and pages that were lost."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from newscrawl.db.models.base import Base, Id, Key, UrlKey


class Outlet(Base):
    """Who publishes: the seed's facts as last crawled, when the next visit is due, and who crawls it now."""

    __tablename__ = "outlet"

    id: Mapped[str] = mapped_column(primary_key=True, doc="the seed file's stem")
    name: Mapped[str]
    homepage: Mapped[str]
    country: Mapped[str] = mapped_column(doc="ISO 3166-1 alpha-2")
    region: Mapped[str | None]
    languages: Mapped[str] = mapped_column(doc="BCP 47 tags, a space between")
    timezone: Mapped[str] = mapped_column(doc="IANA name")
    agency: Mapped[str | None] = mapped_column(doc="canonical name, if the outlet is an agency")
    seed_hash: Mapped[str] = mapped_column(doc="SHA-256 of the seed as read")
    added_at: Mapped[datetime]
    last_run_at: Mapped[datetime | None]
    last_success_at: Mapped[datetime | None] = mapped_column(doc="end of the last run that reached the outlet")
    last_new_at: Mapped[datetime | None] = mapped_column(doc="when an article was last stored for the first time")
    next_due_at: Mapped[datetime | None]
    interval_seconds: Mapped[int | None] = mapped_column(doc="pause between visits that the outlet's rhythm taught")
    failures: Mapped[int] = mapped_column(default=0, server_default="0", doc="runs in a row that reached nothing")
    parked_until: Mapped[datetime | None] = mapped_column(doc="the outlet asked to be left alone until then")
    parked_reason: Mapped[str | None]
    lease_run_id: Mapped[int | None] = mapped_column(Id, doc="the run that crawls the outlet now")
    lease_owner: Mapped[str | None] = mapped_column(doc="host, boot, process and its start: tells a dead owner")
    lease_until: Mapped[datetime | None]


class Source(Base):
    """A feed, sitemap, section page or API of an outlet, and how it fares."""

    __tablename__ = "source"
    __table_args__ = (UniqueConstraint("outlet_id", "url_key"),)

    id: Mapped[Key]
    outlet_id: Mapped[str] = mapped_column(ForeignKey("outlet.id"))
    kind: Mapped[str] = mapped_column(doc="home, feed, sitemap, section or wordpress")
    url: Mapped[str]
    url_key: Mapped[UrlKey]
    declared: Mapped[bool] = mapped_column(doc="named by the seed; otherwise found on the home page or in robots.txt")
    state: Mapped[str] = mapped_column(default="active", server_default="active", doc="active or retired")
    added_at: Mapped[datetime]
    last_checked_at: Mapped[datetime | None]
    last_ok_at: Mapped[datetime | None]
    last_new_at: Mapped[datetime | None] = mapped_column(doc="when it last named an address that was new")
    last_status: Mapped[str | None] = mapped_column(
        doc="listed, empty (no article named), not-modified, or the reason of the failure"
    )
    failures: Mapped[int] = mapped_column(default=0, server_default="0", doc="failures in a row")
    next_due_at: Mapped[datetime | None] = mapped_column(doc="for a retired source: when it is looked at again")


class Frontier(Base):
    """Every address known of an outlet: what waits, what is claimed by a run, and how each one ended."""

    __tablename__ = "frontier"
    __table_args__ = (
        UniqueConstraint("outlet_id", "url_key"),
        Index(
            "ix_frontier_waiting",
            "outlet_id",
            "priority",
            "rank",
            sqlite_where=text("state = 'waiting'"),
            postgresql_where=text("state = 'waiting'"),
        ),
        Index(
            "ix_frontier_claimed",
            "claimed_by",
            sqlite_where=text("state = 'claimed'"),
            postgresql_where=text("state = 'claimed'"),
        ),
        Index("ix_frontier_outcome", "outlet_id", "outcome", "finished_at"),
        Index("ix_frontier_added", "outlet_id", "added_at"),
    )

    id: Mapped[Key]
    outlet_id: Mapped[str] = mapped_column(ForeignKey("outlet.id"))
    url: Mapped[str]
    url_key: Mapped[UrlKey] = mapped_column(doc="first 32 hex digits of the normalised address' SHA-256")
    kind: Mapped[str] = mapped_column(doc="article, home, feed, sitemap, section or wordpress")
    state: Mapped[str] = mapped_column(doc="waiting, claimed, done or quarantined")
    due_at: Mapped[datetime] = mapped_column(doc="not before; later than now for retries and looks at old articles")
    priority: Mapped[int] = mapped_column(doc="higher first")
    rank: Mapped[int] = mapped_column(BigInteger, doc="the source's date, seconds since 1970, or 0: newest first")
    source_id: Mapped[int | None] = mapped_column(ForeignKey("source.id"), doc="what named it first")
    depth: Mapped[int] = mapped_column(default=0, doc="links followed from the source")
    backfill: Mapped[str | None] = mapped_column(doc="SINCE/UNTIL of the backfill that asked for it")
    hint: Mapped[dict[str, Any]] = mapped_column(doc="what the source said: title, published, modified, guid, language")
    etag: Mapped[str | None]
    last_modified: Mapped[str | None]
    attempts: Mapped[int] = mapped_column(default=0, doc="failures in a row")
    claimed_by: Mapped[int | None] = mapped_column(Id, doc="the run that holds it")
    outcome: Mapped[str | None] = mapped_column(
        doc="stored, revised, unchanged, listed, dropped, failed, missing or gone"
    )
    reason: Mapped[str | None]
    article_id: Mapped[int | None] = mapped_column(Id)
    added_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]


class Run(Base):
    """One crawl, reread or import: who, when, with what, what came of it."""

    __tablename__ = "run"
    __table_args__ = (Index("ix_run_outlet_started", "outlet_id", "started_at"),)

    id: Mapped[Key]
    outlet_id: Mapped[str | None] = mapped_column(ForeignKey("outlet.id"))
    kind: Mapped[str] = mapped_column(doc="crawl, backfill, reread or import")
    owner: Mapped[str]
    arguments: Mapped[dict[str, Any]]
    started_at: Mapped[datetime]
    heartbeat_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    finish_reason: Mapped[str | None] = mapped_column(doc="finished, interrupted, killed, nothing-fetched, ...")
    exit_code: Mapped[int | None]
    requests: Mapped[int] = mapped_column(default=0)
    not_modified: Mapped[int] = mapped_column(default=0)
    found: Mapped[int] = mapped_column(default=0, doc="addresses seen for the first time")
    stored: Mapped[int] = mapped_column(default=0)
    revised: Mapped[int] = mapped_column(default=0)
    unchanged: Mapped[int] = mapped_column(default=0)
    dropped: Mapped[int] = mapped_column(default=0)
    failed: Mapped[int] = mapped_column(default=0)
    gone: Mapped[int] = mapped_column(default=0)
    bytes: Mapped[int] = mapped_column(BigInteger, default=0)
    reasons: Mapped[dict[str, Any]] = mapped_column(doc="reason: count, of all that was dropped or failed")
    stats: Mapped[dict[str, Any]] = mapped_column(
        doc="Scrapy's statistics at the end; of a reread, the capture `reached`"
    )
    seed_hash: Mapped[str | None]
    reader_version: Mapped[str]
    newscrawl_version: Mapped[str]


class Lost(Base):
    """A page or source that gave nothing: counted, with its reason, never silently."""

    __tablename__ = "lost"
    __table_args__ = (Index("ix_lost_outlet_at", "outlet_id", "at"), Index("ix_lost_run", "run_id"))

    id: Mapped[Key]
    outlet_id: Mapped[str] = mapped_column(ForeignKey("outlet.id"))
    run_id: Mapped[int | None] = mapped_column(ForeignKey("run.id"))
    frontier_id: Mapped[int | None] = mapped_column(ForeignKey("frontier.id"))
    url: Mapped[str]
    stage: Mapped[str] = mapped_column(doc="fetch, source, read, validate, budget or crash")
    outcome: Mapped[str] = mapped_column(doc="dropped, failed, missing or quarantined")
    reason: Mapped[str]
    detail: Mapped[str | None]
    capture_id: Mapped[int | None] = mapped_column(Id)
    at: Mapped[datetime]


class Robots(Base):
    """A host's robots.txt as last fetched, good for 24 hours (RFC 9309, section 2.4)."""

    __tablename__ = "robots"

    host: Mapped[str] = mapped_column(primary_key=True, doc="scheme://host[:port]")
    fetched_at: Mapped[datetime]
    status: Mapped[int] = mapped_column(doc="HTTP status; 0 for a network error")
    body: Mapped[str]


class OutletDay(Base):
    """The coverage ledger: what was done and found on one UTC day of one outlet. A day without a row: nothing ran."""

    __tablename__ = "outlet_day"

    outlet_id: Mapped[str] = mapped_column(ForeignKey("outlet.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    runs: Mapped[int] = mapped_column(default=0, server_default="0")
    runs_ok: Mapped[int] = mapped_column(default=0, server_default="0", doc="runs that reached the outlet")
    found: Mapped[int] = mapped_column(default=0, server_default="0")
    stored: Mapped[int] = mapped_column(default=0, server_default="0")
    revised: Mapped[int] = mapped_column(default=0, server_default="0")
    gone: Mapped[int] = mapped_column(default=0, server_default="0")
    dropped: Mapped[int] = mapped_column(default=0, server_default="0")
    failed: Mapped[int] = mapped_column(default=0, server_default="0")
    blocked: Mapped[int] = mapped_column(default=0, server_default="0", doc="refusals: 401, 403, 429")
    sources_ok: Mapped[int] = mapped_column(default=0, server_default="0", doc="visits to sources that answered")
    sources_failed: Mapped[int] = mapped_column(default=0, server_default="0")


class Problem(Base):
    """A health problem of an outlet, from the report that first showed it to the one that no longer did."""

    __tablename__ = "problem"
    __table_args__ = (Index("ix_problem_open", "outlet_id", "kind", "ended_at"),)

    id: Mapped[Key]
    outlet_id: Mapped[str] = mapped_column(ForeignKey("outlet.id"))
    kind: Mapped[str] = mapped_column(doc="silence, failing, drift:FIELD, ...")
    detail: Mapped[str]
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    start_told_at: Mapped[datetime | None] = mapped_column(doc="when the alert of its start was delivered")
    end_told_at: Mapped[datetime | None]
