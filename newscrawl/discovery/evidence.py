"""Is an address an article's? The seed's pattern decides; where it has none, the address's own looks do."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from courlan.filters import is_navigation_page, is_not_crawlable

from newscrawl.outlet import Outlet

_FILE = re.compile(
    r"\.(?:jpe?g|png|gif|webp|svg|avif|mp[34]|m4[av]|avi|mov|webm|pdf|docx?|xlsx?|pptx?|zip|rar|gz|css|js|json|xml|rss|ico|woff2?)$",
    re.IGNORECASE,
)
_PLAIN = re.compile(
    r"/(?:tags?|category|categories|topics?|authors?|search|login|signin|register|subscribe|about(?:-us)?|contact(?:-us)?|"
    r"privacy(?:-policy)?|terms|feed|rss|wp-(?:admin|content|includes|login)|cart|account|archives?|calendar|events?|"
    r"gallery|galleries|video|videos|live-tv|newsletters?|podcasts?|page)(?:/|$)",
    re.IGNORECASE,
)
_DATED = re.compile(r"/(?:19|20)\d\d[/-](?:0?[1-9]|1[0-2])(?:[/-]|$)")
_NUMBER = re.compile(r"(?:^|[/_=-])\d{4,}(?:\D|$)")


def looks_like_article(url: str, outlet: Outlet) -> bool:
    """Tell an article's address from navigation.

    Without a pattern of the seed's, evidence for an article is a long slug, a date or a long number in the path;
    against it speak files, known names of listings, and addresses that a crawler has no business with.
    """
    by_pattern = outlet.is_article_url(url)
    if by_pattern is not None:
        return by_pattern
    parts = urlsplit(url)
    path = unquote(parts.path)
    if re.fullmatch(r"/archives?/\d{4,}/?", path):  # a common form of WordPress's permalinks
        return True
    if path.strip("/") == "" or _FILE.search(path) or _PLAIN.search(path):
        return False
    if is_not_crawlable(url) or is_navigation_page(url):
        return False
    last = path.rstrip("/").rsplit("/", 1)[-1]
    words = [word for word in re.split(r"[-_ ]", last) if word]
    dated = bool(_DATED.search(path)) and not re.fullmatch(r"[\d/-]*", path)
    return (
        len(words) >= 4
        or dated
        or bool(_NUMBER.search(path))
        or (bool(parts.query) and bool(_NUMBER.search(parts.query)))
    )
