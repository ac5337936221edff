"""Which archived pages to read again, and what would change."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from newscrawl.archive import ArchiveError, payload_at
from newscrawl.db import rereads
from newscrawl.db.models import Outlet as OutletRow
from newscrawl.item import Page
from newscrawl.outlet import Outlet
from newscrawl.spiders.pages import articles_of
from newscrawl.visit import Visit


def outlet_of(row: Any) -> Outlet:
    """Make an outlet of its row, for one whose seed is gone."""
    return Outlet(
        id=row.id, country=row.country, name=row.name, homepage=row.homepage, languages=tuple(row.languages.split()),
        timezone=row.timezone, region=row.region, agency=row.agency,
    )  # fmt: skip


def pages(
    connection: Connection,
    folder: Path,
    seeds: dict[str, Outlet],
    losses: dict[str, int],
    *,
    outlet_id: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    version: str | None = None,
    after: int = 0,
) -> Iterator[Visit]:
    """Yield every archived page that is to be read again, as a visit; what can't be read is counted in ``losses``."""
    known = {row.id: outlet_of(row) for row in connection.execute(select(OutletRow.__table__))} | seeds
    for wanted in rereads.to_read(
        connection, outlet_id=outlet_id, since=since, until=until, version=version, after=after
    ):
        yield from _visits(wanted, folder, known[wanted.capture.outlet_id], losses)


def _visits(wanted: rereads.ToRead, folder: Path, outlet: Outlet, losses: dict[str, int]) -> Iterator[Visit]:
    capture = wanted.capture
    try:
        if capture.file is None or capture.offset is None:
            raise ArchiveError(f"capture {capture.id} names no file")
        record = payload_at(folder / capture.file, capture.offset)
    except ArchiveError:
        losses["unreadable"] = losses.get("unreadable", 0) + 1
        return
    page = Page(record.body, capture.url, capture.fetched_at, record.content_type)
    for url, one, hint in articles_of(page, outlet, wanted.article_url, wanted.hint):
        yield Visit(
            outlet=outlet, page=one, url_requested=url, status=capture.status, hint=hint, capture_id=capture.id,
            cause="reader" if wanted.article_id is not None else "outlet",
        )  # fmt: skip
