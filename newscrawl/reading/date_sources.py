"""Where a page's dates stand: every source's claim, the most trusted first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

from lxml.html import HtmlElement

from newscrawl.item import Hint
from newscrawl.reading import smallprint, structured, texts
from newscrawl.reading.claims import AGREE, Claim, claim_of
from newscrawl.reading.dates import read_date
from newscrawl.reading.marks import Marks
from newscrawl.reading.shown_dates import last_resort, marked_dates, times_of

_PUBLISHED = ("article:published_time", "og:article:published_time", "og:published_time", "datepublished", "date", "dc.date", "dc.date.issued",
              "dcterms.created", "dcterms.date", "pubdate", "publishdate", "publish-date", "publish_date", "publication_date", "publication-date", "published-date", "published_date", "og:publish_date", "og:pubdate", "bt:pubdate", "rnews:datepublished",
              "dcterms.issued", "dcterms.available", "release_date", "date.issued", "displaydate", "citation_date", "citation_online_date", "article:published", "published_at", "shareaholic:article_published_time", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime",
              "article.published", "published_time", "published", "originalpublicationdate", "citation_publication_date", "timestamp", "dc.terms.issued")  # fmt: skip
_MODIFIED = (
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "last-modified",
    "lastmod",
    "dcterms.modified",
    "article:modified",
)
_URL = re.compile(r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?=[/-]|\D|$)")


def claims_of(
    tree: HtmlElement,
    meta: dict[str, str],
    article: dict[str, Any],
    *,
    url: str,
    hint: Hint | None,
    zone: ZoneInfo | None,
    selector: str | None = None,
    things: list[dict[str, Any]] | None = None,
    marks: Marks,
) -> Iterator[Claim]:
    """Give every date that the page and its source claim, the most trusted first."""
    if selector:
        for element in tree.cssselect(selector):
            yield from claim_of(
                "published", element.get("datetime") or element.get("content") or texts.whole(element), "time", zone
            )
    yield from claim_of("published", article.get("datePublished"), "json-ld", zone)
    yield from claim_of("modified", article.get("dateModified"), "json-ld", zone)
    for name in _PUBLISHED:
        if name in meta:
            yield from claim_of("published", meta[name], "meta", zone)
    for name in _MODIFIED:
        if name in meta:
            yield from claim_of("modified", meta[name], "meta", zone)
    yield from claim_of("published", article.get("dateCreated") or article.get("uploadDate"), "json-ld", zone)
    for thing in things or []:
        if "WebPage" in structured.kinds(thing):
            yield from claim_of("published", thing.get("datePublished"), "json-ld", zone)
    times, marked = list(times_of(tree, marks, zone)), list(marked_dates(tree, marks, zone))
    if _disagree(times + marked):
        near = [when.at for text in smallprint.dates(tree) if (when := read_date(text, zone))]
        for some in (times, marked):
            some.sort(key=lambda claim: not any(abs(claim.claim.at - at) < AGREE for at in near))
        if near and not any(abs(claim.claim.at - near[0]) < AGREE for claim in times + marked):
            yield from last_resort(tree, "", zone=zone)
    yield from times
    if hint is not None and hint.published:
        yield from claim_of("published", hint.published, hint.source or "feed", zone)
    yield from marked
    if found := _URL.search(url):
        yield from claim_of("published", f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}", "url", zone)


def _disagree(claims: list[Claim]) -> bool:
    """Do dates that the page shows lie days apart? Then some are other stories', and what stands by the headline goes first."""
    moments = [claim.claim.at for claim in claims if claim.about == "published"]
    return bool(moments) and max(moments) - min(moments) > AGREE
