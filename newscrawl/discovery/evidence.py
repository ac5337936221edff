"""Is an address an article's? The seed's pattern decides; where it has none, the address and its link's text do."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, unquote, urlsplit

from newscrawl.discovery.identity import is_dressed
from newscrawl.discovery.periods import archive_of
from newscrawl.outlet import Outlet

_FILE = re.compile(
    r"\.(?:jpe?g|png|gif|webp|svg|avif|mp[34]|m4[av]|avi|mov|webm|pdf|docx?|xlsx?|pptx?|zip|rar|gz|css|js|json|xml|rss|ico|woff2?)$",
    re.IGNORECASE,
)
_PLAIN = re.compile(
    r"/(?:tags?|tagged|labels?|schlagwort|category|categories|categoria|kategorie|topics?|auth?ors?|users?|profiles?|search|"
    r"log-?in|log-?out|sign-?in|sign-?up|register|subscri(?:be|ptions?)|about(?:-us)?|contact(?:-us)?|imprint|impressum|advertis(?:e|ing)|"
    r"privacy(?:-policy)?|cookies?(?:-policy)?|terms(?:-of-use)?|feeds?|rss|wp-(?:admin|content|includes|login|json)|cgi-bin|cdn-cgi|cart|"
    r"account|calendar|events?|gallery|galleries|videos?|live-tv|newsletters?|podcasts?|page|seite|sitemap|share)(?:/|$)",
    re.IGNORECASE,
)
_DATED = re.compile(r"/(?:19|20)\d\d[/-](?:0?[1-9]|1[0-2])(?:[/-]|$)")
_NUMBER = re.compile(r"(?:^|[/_=-])\d{4,}(?:\D|$)")
#: Parameters that choose among listings: pages, orders, filters, days.
_LISTS = re.compile(
    r"page|paged|offset|start|limit|sort\w*|order\w*|dir|filter\w*|lang(?:uage)?|date|day|month|year|q|s|search|query|view|tag|cat(?:egory)?|author",
    re.IGNORECASE,
)
#: A section's address: one or two steps of words.
_SECTION = re.compile(r"(?:/[^/\d?.]{2,60}){1,2}/?(?:\.(?:html?|php|aspx?))?")

#: What stands in every footer and is about the house, not the world.
_HOUSE = re.compile(
    r"/(?:privacy|terms|cookie|about|contact|imprint|impressum|legal|disclaimer|copyright|jobs|careers?|advert|help|faq|who-we|"
    r"donate|support|rss|accessibility|corrections)",
    re.IGNORECASE,
)


def looks_like_article(url: str, outlet: Outlet, *, headline: bool = False, menu: bool = False) -> bool:
    """Tell an article's address from navigation.

    Without a pattern of the seed's, evidence for an article is a long slug, a date or a long number in the address, or
    a link whose text is a ``headline``; against it speak files, known names of listings, and a place in a ``menu``.
    """
    by_pattern = outlet.is_article_url(url)
    if by_pattern is not None:
        return by_pattern
    parts = urlsplit(url)
    path = unquote(parts.path)
    names = [name for name, _ in parse_qsl(parts.query, keep_blank_values=True)]
    if _FILE.search(path) or _PLAIN.search(path) or is_dressed(url):
        return False
    if archive_of(url) is not None and not headline:
        return False
    if path.strip("/") == "" and not (headline and re.search(r"\d", parts.query)):
        return False
    numbered = bool(_NUMBER.search(path)) or (bool(parts.query) and bool(_NUMBER.search(parts.query)))
    dated = bool(_DATED.search(path)) and not re.fullmatch(r"(?:/[^/\d]+)*[\d/-]*", path)
    words = [word for word in re.split(r"[-_ ]", path.rstrip("/").rsplit("/", 1)[-1]) if word]
    if any(_LISTS.fullmatch(name) for name in names) and not (numbered or dated or (headline and len(names) > 1)):
        return False
    if menu:
        return headline and (numbered or dated)
    return headline or numbered or dated or len(words) >= 4


def is_whole(url: str) -> bool:
    """Does the path alone name one article, so that a query only sorts, filters or dresses it?

    >>> is_whole("https://demo.example/news/5001/bridge"), is_whole("https://demo.example/2026/11/03/view.php")
    (True, False)
    """
    *_, before, last = ["", "", *unquote(urlsplit(url).path).rstrip("/").split("/")]
    if re.search(r"\.(?:php|aspx?|jsp|cgi|do)$", last, re.IGNORECASE):
        return False
    return len(re.findall(r"[^-_ ]+", last)) >= 4 or bool(_NUMBER.search(last)) or bool(re.fullmatch(r"\d{4,}", before))


def looks_like_section(url: str) -> bool:
    """May the address be a section's front page: one or two steps of words, and no known name of anything else?"""
    parts = urlsplit(url)
    path = unquote(parts.path)
    if path.count("-") > 3 or _HOUSE.search(path):
        return False
    return not parts.query and not _PLAIN.search(path) and not _FILE.search(path) and bool(_SECTION.fullmatch(path))


def is_headline(text: str, *, heading: bool = False) -> bool:
    """Is a link's text a headline, and no name of a section? Inside a ``heading`` two words do.

    >>> [is_headline(one) for one in ("World news", "Council agrees on the bridge", "市議会が橋の建設に合意した")]
    [False, True, True]
    """
    words = text.split()
    if len(words) == 1:
        return len(text) >= 9 and bool(re.match(r"[\u0e00-\u0e7f\u1780-\u17ff\u3040-\u30ff\u4e00-\u9fff]", text))
    return len(text) >= (12 if heading else 20) and len(words) >= (2 if heading else 4)
