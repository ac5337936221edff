"""The WordPress REST API (wp-json/wp/v2/posts): a hundred posts a request, with exact dates and rendered bodies."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from html import escape
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from newscrawl.discovery.gather import Gather
from newscrawl.discovery.links import DiscoveryError, Listing, Post
from newscrawl.item import Hint, Page
from newscrawl.outlet import Outlet

#: The API's largest page.
PER_PAGE = 100
#: The zones of the world.
_WEST, _EAST = timedelta(hours=12), timedelta(hours=14)
_FIELDS = "id,link,date_gmt,modified_gmt,title,content,excerpt"


def endpoint(root: str) -> str:
    """Give the address of a site's posts: a source of its own, beside the home page that has the root's address."""
    return f"{root.partition('wp-json')[0].rstrip('/')}/wp-json/wp/v2/posts"


def api_url(
    root: str,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    changed: datetime | None = None,
    page: int = 1,
) -> str:
    """Give the request for a page of posts of a site, by its root or endpoint: the newest first, optionally
    published in [since, until).

    With ``changed`` it asks for posts that were new or edited since then, the latest edit first; a site too old to
    know ``modified_after`` (before WordPress 5.7) passes over it and still puts the latest edits first.

    >>> api_url("https://demo.example/")
    'https://demo.example/wp-json/wp/v2/posts?per_page=100&orderby=date&order=desc&_fields=id%2Clink%2Cdate_gmt%2Cmodified_gmt%2Ctitle%2Ccontent%2Cexcerpt'
    """
    order = "modified" if changed else "date"
    query: dict[str, str] = {"per_page": str(PER_PAGE), "orderby": order, "order": "desc", "_fields": _FIELDS}
    # The API compares the window with the site's local time, so it is asked for half a day more on both sides; what lies
    # outside by the exact date_gmt is left out when the answer is read.
    bounds = (
        ("after", since and since - _WEST), ("before", until and until + _EAST),
        ("modified_after", changed and changed - _WEST),
    )  # fmt: skip
    for name, moment in bounds:
        if moment is not None:
            query[name] = moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if page > 1:
        query["page"] = str(page)
    return f"{endpoint(root)}?{urlencode(query)}"


def read_wordpress(page: Page, outlet: Outlet, **window: Any) -> Listing:
    """Read a page of posts; raise DiscoveryError ``not-wordpress`` for anything else."""
    try:
        posts = json.loads(page.body)
    except (ValueError, RecursionError) as error:
        raise DiscoveryError("not-wordpress", str(error)) from error
    if not isinstance(posts, list):
        raise DiscoveryError("not-wordpress", "the answer is no list of posts")
    gather = Gather(outlet, **window)
    for post in posts:
        if not isinstance(post, dict) or not isinstance(post.get("link"), str) or not _rendered(post, "content"):
            gather.refuse("no-content")
            continue
        gather.post(_post(post))
    if len(posts) >= PER_PAGE:
        gather.source("wordpress", _next(page.url))
    return gather.listing()


def _rendered(post: dict[str, Any], name: str) -> str:
    part = post.get(name)
    value = part.get("rendered") if isinstance(part, dict) else None
    return value if isinstance(value, str) else ""


def _post(post: dict[str, Any]) -> Post:
    published, modified = _utc(post.get("date_gmt")), _utc(post.get("modified_gmt"))
    title = _rendered(post, "title")
    meta = "".join(
        f'<meta property="article:{name}_time" content="{escape(value)}">'
        for name, value in (("published", published), ("modified", modified))
        if value
    )
    body = (
        f'<!doctype html><html><head><meta charset="utf-8"><title>{title}</title>'
        f'<link rel="canonical" href="{escape(post["link"])}">{meta}</head>'
        f"<body><article><h1>{title}</h1>{_rendered(post, 'content')}</article></body></html>"
    )
    hint = Hint(published=published, modified=modified, guid=str(post.get("id", "")) or None, source="feed")
    return Post(url=post["link"], body=body.encode("utf-8", "replace"), hint=hint)


def _utc(text: Any) -> str | None:
    """Give the API's ``*_gmt`` date with its zone said."""
    return (
        f"{text}+00:00"
        if isinstance(text, str) and text and "+" not in text and not text.endswith("Z")
        else text or None
    )


def _next(url: str) -> str:
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    query["page"] = str(int(query.get("page", "1")) + 1)
    # Latest edits come first, so the list's second page is the same without the bound, and its address stays one.
    query.pop("modified_after", None)
    return urlunsplit(parts._replace(query=urlencode(query)))
