"""Does a seed still hold? Every source, the pattern, the languages, and three articles, each with a verdict."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from newscrawl.item import Page
from newscrawl.kit.look import Looked, Miss, Source
from newscrawl.outlet import Outlet, host_of
from newscrawl.reading import NotAnArticle, extract
from newscrawl.reading.language import same

#: A source whose newest article is older than this has been left behind by its outlet.
STALE = timedelta(days=60)


_NONE = "no article:"


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """What was looked at, whether it holds, and why."""

    what: str
    holds: bool
    told: str


def check(outlet: Outlet, looked: Looked, now: datetime) -> list[Verdict]:
    """Hold a seed against what was seen of its site; one page that is no article is an outlet's right."""
    verdicts = [_home(outlet, looked)]
    verdicts += [_source(source, now) for source in looked.sources]
    verdicts += _pattern(outlet, looked)
    if not looked.articles:
        verdicts.append(Verdict(what="articles", holds=False, told="no source and no link of the home page names one"))
    read = [_article(outlet, page) for page in looked.articles]
    lost = sum(one.told.startswith(_NONE) for one in read)
    return verdicts + [
        replace(one, holds=one.holds or (one.told.startswith(_NONE) and lost * 2 < len(read))) for one in read
    ]


def _home(outlet: Outlet, looked: Looked) -> Verdict:
    if isinstance(looked.home, Miss):
        return Verdict(what="homepage", holds=False, told=f"{looked.url}: {looked.home.reason}")
    if not outlet.owns(looked.url):
        return Verdict(what="homepage", holds=False, told=f"leads to another host: {host_of(looked.url)}")
    return Verdict(what="homepage", holds=True, told="answers")


def _source(source: Source, now: datetime) -> Verdict:
    what = f"{source.kind} {source.url}"
    if source.listing is None:
        return Verdict(what=what, holds=False, told=source.trouble or "")
    listing = source.listing
    number = len(listing.articles) + len(listing.posts)
    if not number and not listing.sources:
        return Verdict(what=what, holds=False, told="lists nothing")
    newest = max((link.published or link.modified or now for link in listing.articles), default=now)
    if now - newest > STALE:
        return Verdict(what=what, holds=False, told=f"its newest article is of {newest:%Y-%m-%d}")
    return Verdict(what=what, holds=True, told=f"{number} articles, {len(listing.sources)} further sources")


def _pattern(outlet: Outlet, looked: Looked) -> list[Verdict]:
    pattern = outlet.article.url_pattern
    links = [link.url for source in looked.good for link in (source.listing.articles if source.listing else ())]
    links += [post.url for source in looked.good for post in (source.listing.posts if source.listing else ())]
    own = [url for url in dict.fromkeys(links) if outlet.owns(url)]
    if pattern is None or not own:
        return []
    hits = [url for url in own if re.search(pattern, url)]
    told = f"matches {len(hits)} of {len(own)} addresses"
    missed = next((url for url in own if url not in hits), None)
    holds = len(hits) * 2 >= len(own)
    return [Verdict(what="article.url_pattern", holds=holds, told=told + (f", not {missed}" if missed else ""))]


def _article(outlet: Outlet, page: Page | Miss) -> Verdict:
    if isinstance(page, Miss):
        return Verdict(what=f"article {page.url}", holds=False, told=page.reason)
    try:
        article = extract(page, outlet)
    except NotAnArticle as error:
        return Verdict(what=f"article {page.url}", holds=False, told=f"{_NONE} {error}")
    troubles = []
    if article.published_at is None:
        troubles.append("no date")
    if article.language and not any(same(tag.split("-")[0], article.language) for tag in outlet.languages):
        troubles.append(f"its language is {article.language}, the seed says {' '.join(outlet.languages)}")
    told = f"{article.title!r}, {len(article.body.split())} words"
    return Verdict(what=f"article {page.url}", holds=not troubles, told="; ".join([told, *troubles]))
