"""The articles of an archived page: itself, or the posts of a WordPress API's answer."""

from __future__ import annotations

from collections.abc import Iterator

from newscrawl.discovery import DiscoveryError, read_wordpress
from newscrawl.item import Hint, Page
from newscrawl.outlet import Outlet


def is_wordpress(url: str) -> bool:
    """Is this the address of a WordPress API's list of posts?"""
    return "/wp-json/wp/v2/posts" in url


def articles_of(page: Page, outlet: Outlet, wanted: str | None, hint: Hint) -> Iterator[tuple[str, Page, Hint]]:
    """Give the page itself, or the posts of a WordPress API's answer: the wanted one, or all."""
    if not is_wordpress(page.url):
        yield page.url, page, hint
        return
    try:
        posts = read_wordpress(page, outlet).posts
    except DiscoveryError:
        posts = ()
    for post in posts:
        if wanted is None or post.url == wanted:
            yield post.url, Page(post.body, post.url, page.fetched_at, "text/html; charset=utf-8"), post.hint
