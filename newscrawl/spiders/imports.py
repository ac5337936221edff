"""Pages out of any WARC file, as visits of the outlets that seeds know."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy import Connection

from newscrawl.archive import ArchiveError, Exchange, Kept, Record, WarcWriter, Written, records
from newscrawl.archive.files import opened
from newscrawl.db import captures
from newscrawl.item import Hint, Page
from newscrawl.outlet import Outlet, host_of
from newscrawl.spiders.pages import articles_of, is_wordpress
from newscrawl.visit import Visit

logger = logging.getLogger(__name__)
_PAGES = ("text/html", "application/xhtml+xml", "")


def pages(
    connection: Connection,
    files: Iterable[Path],
    outlets: dict[str, Outlet],
    counts: Counter[str],
    *,
    any_host: bool,
    copies: WarcWriter | None,
) -> Iterator[Visit]:
    """Yield the articles' pages of WARC files; all else is counted in ``counts`` by why it was passed over.

    A record that is known already (by its address, time and hash, in whatever file it was) is passed over, so that an
    import that was stopped goes on where it was. With ``any_host`` hosts without a seed become outlets named for their
    host. Pages out of files that have to be read from their beginning are written to ``copies``, if there is one.
    """
    hosts = {host: outlet for outlet in outlets.values() for host in outlet.hosts}
    for file in files:
        path = file.resolve() if file.is_file() else file  # a pipe has no other name
        before = counts.total()
        try:
            for record in records(path, counts):
                outlet = _outlet(record, hosts, counts, any_host=any_host)
                if outlet is None:
                    continue
                capture_id = captures.id_of(connection, record.url, record.at, record.sha256)
                if capture_id is not None and not is_wordpress(record.url):
                    counts["known already"] += 1
                    continue
                # an import that was killed may have stored only the first of an answer's posts
                ended = captures.ended(connection, capture_id) if capture_id is not None else set()
                keep = copies if capture_id is None else None
                visits = [visit for visit in _visits(record, outlet, path, keep) if visit.url_requested not in ended]
                counts["taken" if visits or capture_id is None else "known already"] += 1
                yield from visits
            if counts.total() == before and _is_hollow(path):
                raise ArchiveError(f"{file} holds no WARC, ARC or WACZ record")
        except ArchiveError as error:
            logger.error("%s", error)
            counts["unreadable file"] += 1


def _is_hollow(path: Path) -> bool:
    """Is a file without a page no archive at all: empty, or a package of other things? A pipe can't be looked at again."""
    return not path.is_file() or not any(file.read(1) for file in opened(path))


def _outlet(record: Record, hosts: dict[str, Outlet], counts: Counter[str], *, any_host: bool) -> Outlet | None:
    kind = (record.content_type or "").split(";")[0].strip().lower()
    posts = kind == "application/json" and is_wordpress(record.url)
    if record.kind == "revisit":
        counts["revisit"] += 1
        return None
    if record.status != 200 or not (kind in _PAGES or posts):
        counts["no page"] += 1
        return None
    try:
        host = host_of(record.url)
    except ValueError:
        counts["broken address"] += 1
        return None
    outlet = hosts.get(host)
    if outlet is None and any_host and host:
        outlet = hosts[host] = Outlet(
            id=host.replace(".", "-").replace(":", "-"), country="ZZ", name=host, languages=("und",), timezone="UTC",
            homepage=f"{urlsplit(record.url).scheme}://{host}/",
        )  # fmt: skip
    if outlet is None:
        counts["host without a seed"] += 1
        return None
    if posts:
        return outlet
    if outlet.is_article_url(record.url) is False or urlsplit(record.url).path in ("", "/"):
        counts["no article's address"] += 1
        return None
    return outlet


def _visits(record: Record, outlet: Outlet, path: Path, copies: WarcWriter | None) -> Iterator[Visit]:
    exchange = Exchange(
        url=record.url, at=record.at, status=record.status, headers=record.headers, body=record.payload
    )  # fmt: skip
    kept = None
    if record.offset is not None:
        place = Written(file=str(path), offset=record.offset, length=record.length, record="response")
        kept = Kept(lambda: place)
    elif copies is not None:
        kept = Kept(partial(copies.write, exchange))
    page = Page(record.body, record.url, record.at, record.content_type)
    for url, one, hint in articles_of(page, outlet, None, Hint()):
        yield Visit(
            outlet=outlet, page=one, url_requested=url, status=record.status, headers=record.headers, hint=hint,
            exchange=exchange, kept=kept,
        )  # fmt: skip
