"""All that a worker does for a page, in one call: it is handed over once, not for each deed."""

from __future__ import annotations

from dataclasses import dataclass, replace

from newscrawl.archive import Exchange, Packed, pack
from newscrawl.item import Article, Hint, Page
from newscrawl.outlet import Outlet
from newscrawl.reading import NotAnArticle, extract
from newscrawl.reading.fingerprint import fingerprints
from newscrawl.visit import Fingerprints, Visit


@dataclass(frozen=True, kw_only=True, slots=True)
class Read:
    """What became of a page: its article and the article's fingerprints, or why it is none; and its archive records."""

    article: Article | None = None
    prints: Fingerprints | None = None
    refusal: NotAnArticle | None = None
    packed: Packed | None = None
    sha256: str | None = None
    """Digest of the exchange's payload, hex: as dear as the checksum of its records, so it is made with them."""


def take(visit: Visit, found: Read) -> None:
    """Put what a worker made of a visit's page into the visit."""
    visit.article = visit.printed = found.article
    visit.prints, visit.packed = found.prints, found.packed
    if found.sha256 is not None:
        visit.exchange.sha256 = found.sha256
    if found.refusal is not None:
        visit.lose(found.refusal.reason, found.refusal.detail, "read")


def read(
    page: Page, outlet: Outlet, *, hint: Hint, furniture: frozenset[str], exchange: Exchange | None = None
) -> Read:
    """Read a page, fingerprint its article, and pack its exchange, if one is given."""
    packed = sha256 = None
    if exchange is not None:
        packed, sha256 = pack(replace(exchange, kept=None)), exchange.sha256
    try:
        article = extract(page, outlet, hint=hint, furniture=furniture)
    except NotAnArticle as refusal:
        return Read(refusal=refusal, packed=packed, sha256=sha256)
    return Read(article=article, prints=fingerprints(article.title, article.body), packed=packed, sha256=sha256)
