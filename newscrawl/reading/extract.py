"""The reader: one page's bytes in, one article out, on one parsed tree around trafilatura's engine."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from lxml.html import HtmlElement

from newscrawl.item import Article, Block, Evidence, Hint, Page
from newscrawl.outlet import Outlet
from newscrawl.reading import dateline as datelines
from newscrawl.reading import engine, kind, layout, liveblog, locked, scripted
from newscrawl.reading.blocks import fingerprint, plain_blocks, tidy
from newscrawl.reading.marks import Marks
from newscrawl.reading.metadata import Metadata, read_metadata
from newscrawl.reading.prune import prune
from newscrawl.reading.refusal import NotAnArticle
from newscrawl.reading.shape import shape_of
from newscrawl.reading.standfirst import find, take
from newscrawl.reading.tree import parse

#: Goes up whenever a page may be read differently than before; stored with every revision.
VERSION = "5"
#: With fewer characters of text the page's scripts are looked at too.
_LITTLE = 200


def extract(
    page: Page,
    outlet: Outlet | None = None,
    *,
    hint: Hint | None = None,
    furniture: frozenset[str] = frozenset(),
    trace: list[Evidence] | None = None,
    off: frozenset[str] = frozenset(),
) -> Article:
    """Read a page.

    ``hint`` is what its source said of it, ``furniture`` the fingerprints of blocks that are known to return on many
    pages of the outlet; ``trace`` collects the evidence for every field, taken or rejected; ``off`` names rules to
    leave out, for measuring what each is worth. Raises NotAnArticle, and nothing else, for a page that is no article.
    """
    trace = [] if trace is None else trace
    tree, decoded = parse(page, outlet)
    marks = Marks(tree)
    metadata = read_metadata(
        tree, url=page.url, fetched_at=page.fetched_at, outlet=outlet, hint=hint, trace=trace, source=decoded.text,
        marks=marks,
    )  # fmt: skip
    selectors = outlet.article.selectors if outlet else None
    shape = shape_of(tree, page.url, metadata.kinds)
    notes = [] if metadata.paywalled is False else locked.notes(tree)
    lead = find(tree, metadata, selectors.standfirst if selectors else None)
    if "layout" not in off:
        layout.unfold(tree, marks)
    remove = selectors.remove if selectors else ()
    prune(tree, page.url, off=off, remove=remove, notes=notes, marks=marks, trace=trace)
    raw = _selected(tree, selectors.body if selectors else None, trace) or engine.read(
        tree, page.url, metadata, off, trace
    )
    if "script" not in off and sum(len(block.text) for block in raw) < _LITTLE:
        raw = scripted.read(decoded.text, trace) or raw
    prints = tuple(dict.fromkeys(fingerprint(block.text) for block in raw))
    blocks = tidy(
        raw, headlines=metadata.headlines,
        authors=tuple(author.name for author in metadata.authors if author.kind == "person"), furniture=furniture, off=off, trace=trace,
    )  # fmt: skip
    standfirst, blocks = take(lead, blocks, off, trace)
    if "live-blog" not in off:
        blocks = liveblog.place(metadata.entries, blocks, trace)
    kind.check(tree, shape, metadata, blocks)
    del marks
    kind.check_language(metadata, blocks, outlet)
    if not metadata.title:
        raise NotAnArticle("no-title", "the page names no headline")
    article = Article(
        url=page.url, title=metadata.title, body="\n".join(block.text for block in blocks), blocks=tuple(blocks),
        canonical_url=metadata.canonical_url, standfirst=standfirst, authors=metadata.authors,
        language=metadata.language, section=metadata.section, tags=metadata.tags, images=metadata.images,
        paywalled=bool(notes) if metadata.paywalled is None else metadata.paywalled, furniture=prints, reader_version=VERSION,
    )  # fmt: skip
    return _dated_by(_signed(_dated(article, metadata), metadata, outlet, trace), page, outlet, trace)


def _selected(tree: HtmlElement, css: str | None, trace: list[Evidence]) -> list[Block]:
    """Read the body that the seed's selector points at."""
    if css is None:
        return []
    blocks = [block for box in tree.cssselect(css) for block in plain_blocks(box)]
    trace.append(Evidence(field="body", found=f"{len(blocks)} blocks", where=f"selector {css}", taken=bool(blocks)))
    return blocks


def _dated(article: Article, metadata: Metadata) -> Article:
    published, modified = metadata.published, metadata.modified
    return replace(
        article,
        published_at=published.at if published else None,
        published_raw=published.raw if published else None,
        published_source=published.source if published else None,
        published_zone=published.zone if published else None,
        date_conflicts=metadata.date_conflicts,
        modified_at=modified.at if modified else None,
        modified_raw=modified.raw if modified else None,
    )


def _signed(article: Article, metadata: Metadata, outlet: Outlet | None, trace: list[Evidence]) -> Article:
    """Add dateline and credit: what the head of the text says, what its end says, and whom bylines credit."""
    text = article.body if not article.standfirst else article.body.removeprefix(article.standfirst).lstrip("\n")
    shift = len(article.body) - len(text)
    found = datelines.parse(text, title=article.title, url=article.url, outlet=outlet, trace=trace)
    if found is not None and shift:
        found = replace(found, span=(found.span[0] + shift, found.span[1] + shift))
    if shift and (found is None or found.kind == "credit"):  # in the standfirst
        found = datelines.parse(article.body, title=article.title, url=article.url, outlet=outlet, trace=trace)
    if metadata.dateline and (found is None or found.kind == "credit"):
        stated = datelines.stated(metadata.dateline, outlet=outlet, trace=trace)
        found = stated or found
    credit, raw = (metadata.credits[0], metadata.credits[0]) if metadata.credits else (None, None)
    if found is not None and found.kind == "credit":
        credit, raw, found = found.agency, found.raw, None
    elif found is not None and credit is None:
        end = datelines.credit_of(text, outlet=outlet, trace=trace)
        if end is not None:
            credit, raw = end.agency, end.raw
    return replace(article, dateline=found, credit=credit, credit_raw=raw)


def _dated_by(article: Article, page: Page, outlet: Outlet | None, trace: list[Evidence]) -> Article:
    """Take the dateline's date, where it has a year, for a page that states no other; its day is the outlet's."""
    line = article.dateline
    if article.published_at is not None or line is None or line.date is None or line.date.startswith("-"):
        return article
    zone = ZoneInfo(outlet.timezone) if outlet else UTC
    at = datetime.fromisoformat(line.date).replace(tzinfo=zone).astimezone(UTC)
    if at > page.fetched_at + timedelta(days=1):
        return article
    trace.append(Evidence(field="published", found=line.raw, where="dateline", taken=True))
    return replace(
        article, published_at=at, published_raw=line.raw, published_source="dateline", published_zone="assumed"
    )
