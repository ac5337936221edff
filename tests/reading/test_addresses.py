"""Plain addresses are taken apart by one pattern; what is not plain goes the long way, and both ways agree."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

import pytest

from newscrawl.reading import addresses
from newscrawl.reading.lines import rules

_PAGE = "https://www.paper.example/news/2026/bridge?page=2"


@pytest.mark.parametrize(
    "href",
    [
        "/a/b", "/a/b/?c=d#e", "/a//b", "//other.example/a", "https://other.example", "http://other.example/a;b?c", "https://other.example:8080/a#b",
        "/a/../b", "/.hidden", "a/b", "../a", "?c=d", "#e", "", "/a b", " /a", "/جسر", "HTTPS://Other.Example/a", "https://user@other.example/a",
        "mailto:a@b.example", "/a\n", "https://other.example/a/./b", "/a;b",
    ],
)  # fmt: skip
def test_addresses_are_those_of_the_standard_library(href: str) -> None:
    there = urlsplit(urljoin(_PAGE, href))
    found = addresses.joined(_PAGE, href)
    host = urlsplit(_PAGE).netloc if found.host is None else found.host
    assert (host, found.path) == (there.netloc, there.path)
    assert addresses.path_of(href) == urlsplit(href).path


@pytest.mark.parametrize(
    "line",
    [
        "Download our app", "Get the free mobile app", "Please support our journalism", "Consider donating to independent reporting",
        "Please consider supporting quality journalism with a donation",
    ],
)  # fmt: skip
def test_signs_let_promotions_through_to_their_patterns(line: str) -> None:
    promotion = next(rule for rule in rules() if rule.name == "promotion")
    assert promotion.takes(line, line.lower(), line.lower())
