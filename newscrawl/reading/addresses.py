"""Where links lead: most addresses are plain, and are taken apart without the care that odd ones need."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

#: A host, which may be left out, and a path from the root. Parameters (``;``), spaces and a second slash need more care.
_PLAIN = re.compile(r"(?:https?://([A-Za-z0-9.-]+(?::\d+)?))?(/(?!/)[^\s?#;]*)(?:[?#]|\Z)")


class Address(NamedTuple):
    """A host as the link writes it, None for the page's own, and a path."""

    host: str | None
    path: str


def plain(href: str) -> Address | None:
    """Take a plain address apart, as urljoin and urlsplit would; None for one that is not plain.

    >>> plain("/a/b?c"), plain("https://paper.example/a#b"), plain("a/../b")
    (Address(host=None, path='/a/b'), Address(host='paper.example', path='/a'), None)
    """
    found = _PLAIN.match(href)
    if found is None or "/." in found[2]:
        return None
    return Address(found[1], found[2])


def path_of(href: str) -> str:
    """Give the path that a link is written with; raise ValueError for what is no address."""
    address = plain(href)
    return address.path if address is not None else urlsplit(href).path


def joined(url: str, href: str) -> Address:
    """Give where a link of a page leads; raise ValueError for what is no address."""
    address = plain(href)
    if address is None:
        there = urlsplit(urljoin(url, href))
        address = Address(there.netloc, there.path)
    return address
