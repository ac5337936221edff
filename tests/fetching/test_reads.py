"""What a worker does for a page in one call, and what the pipelines make of it."""

from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from types import SimpleNamespace

from newscrawl.archive import Exchange, pack
from newscrawl.fetching.reads import read, take
from newscrawl.fetching.workers import ReaderPool
from newscrawl.item import Hint, Page
from newscrawl.outlet import Outlet
from newscrawl.reading.fingerprint import fingerprints
from newscrawl.visit import Visit
from pipelines.dedupe import DedupePipeline
from tests.hostile import article

NOW = datetime(2026, 11, 23, tzinfo=UTC)
URL = "https://demo.example/news/1"


def visit_of(demo: Outlet, body: bytes) -> Visit:
    """A visit whose page a worker has read, and whose exchange it has packed."""
    page = Page(body, URL, NOW, "text/html; charset=utf-8")
    visit = Visit(outlet=demo, page=page, url_requested=URL, exchange=Exchange(url=URL, at=NOW, body=body))
    take(visit, read(page, demo, hint=Hint(), furniture=frozenset(), exchange=replace(visit.exchange)))
    return visit


def test_a_page_that_is_no_article_is_packed_all_the_same(demo: Outlet) -> None:
    """The records are those that archiving alone would make, but for their ids; the reason is the reader's."""
    for body, reason in ((article(1), None), (b"<html><body><p>We are an outlet.</p></body></html>", "no-title")):
        visit = visit_of(demo, body)
        assert (visit.reason, visit.article is None) == (reason, reason is not None)
        assert visit.packed.kind == "response"
        assert vars(visit.exchange)["sha256"] == sha256(body).hexdigest()  # the worker's, not made again
        assert abs(len(visit.packed.response) - len(pack(visit.exchange).response)) < 40


async def test_an_article_that_a_pipeline_changed_has_fingerprints_of_its_own(demo: Outlet) -> None:
    """The worker's are taken for the article that it read, and for no other."""
    pipeline = DedupePipeline(SimpleNamespace(spider=SimpleNamespace(pool=ReaderPool(0, 1, 1))))  # type: ignore[arg-type]
    visit = await pipeline.process_item(visit_of(demo, article(1)))
    assert visit.article is not None
    assert visit.prints == fingerprints(visit.article.title, visit.article.body)
    visit.article = replace(visit.article, title="Another headline")
    visit = await pipeline.process_item(visit)
    assert visit.article is not None
    assert visit.prints == fingerprints("Another headline", visit.article.body)
