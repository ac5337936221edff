"""Discovery: sources of every kind, whole, broken and hostile, become links on the outlet's own hosts only."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawl.discovery import DiscoveryError, Listing, identity, looks_like_article, read, shape, sitemaps_in
from newscrawl.discovery.wordpress import api_url
from newscrawl.item import Page
from newscrawl.outlet import Outlet

OUTLET = Outlet(
    id="demo", country="SY", name="Demo", homepage="https://demo.example/", languages=("en",), timezone="Asia/Damascus"
)
NOW = datetime(2026, 11, 23, tzinfo=UTC)
KINDS = ("home", "feed", "sitemap", "section", "wordpress")


def page(body: bytes | str, path: str = "/") -> Page:
    """Give a page of the outlet."""
    return Page(body.encode() if isinstance(body, str) else body, f"https://demo.example{path}", NOW, "text/html")


def urls(listing: Listing) -> list[str]:
    """Give the articles' addresses."""
    return [link.url for link in listing.articles]


@pytest.mark.parametrize(
    "feed",
    [
        "<rss version='2.0'><channel><item><title>T</title><link>/news/1234</link><guid>g</guid>"
        "<pubDate>Tue, 03 Nov 2026 10:00:00 +0300</pubDate></item></channel></rss>",
        "<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>T</title><id>g</id><link href='/news/1234'/>"
        "<published>2026-11-03T07:00:00Z</published><updated>2026-11-04T07:00:00Z</updated></entry></feed>",
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'>"
        "<item rdf:about='g'><title>T</title><link>https://demo.example/news/1234</link></item></rdf:RDF>",
    ],
    ids=["rss", "atom", "rdf"],
)
def test_feeds_of_every_kind_name_their_articles(feed: str) -> None:
    """RSS, Atom and RDF give address and title, and the date where there is one, in UTC."""
    [link] = read("feed", page(feed), OUTLET).articles
    assert (link.url, link.hint.title, link.hint.source) == ("https://demo.example/news/1234", "T", "feed")
    assert link.published in (None, datetime(2026, 11, 3, 7, tzinfo=UTC))


def test_a_torn_feed_gives_what_stood_before() -> None:
    """A feed cut in the middle of an entry loses that entry at most."""
    feed = "<rss version='2.0'><channel><item><title>A</title><link>/news/1001</link></item><item><tit"
    assert "https://demo.example/news/1001" in urls(read("feed", page(feed), OUTLET))


@pytest.mark.parametrize("kind", ["feed", "sitemap", "wordpress"])
def test_html_in_the_place_of_a_source_is_refused(kind: str) -> None:
    """A soft 404 in HTML is no empty source but an error with its reason."""
    with pytest.raises(DiscoveryError) as caught:
        read(kind, page("<!DOCTYPE html><html><body><p>Not found</p></body></html>"), OUTLET)
    assert caught.value.reason.startswith("not-")


def test_a_news_sitemap_gives_title_date_and_language() -> None:
    """What Google's news extension says travels with the link, gzip or not; a picture's address is no article."""
    body = (
        "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' xmlns:news='http://www.google.com/schemas/sitemap-news/0.9'"
        " xmlns:image='http://www.google.com/schemas/sitemap-image/1.1'><url><image:image><image:loc>https://demo.example/i.jpg"
        "</image:loc></image:image><loc>https://demo.example/news/1234</loc><news:news><news:publication><news:language>ar"
        "</news:language></news:publication><news:publication_date>2026-11-03T10:00:00+03:00</news:publication_date>"
        "<news:title>T</news:title></news:news></url></urlset>"
    )
    [link] = read("sitemap", page(gzip.compress(body.encode())), OUTLET).articles
    assert (link.url, link.hint.title, link.hint.language) == ("https://demo.example/news/1234", "T", "ar")
    assert link.published == datetime(2026, 11, 3, 7, tzinfo=UTC)


def test_a_sitemap_that_names_itself_is_not_followed() -> None:
    """An index goes on to its other children only."""
    body = "<sitemapindex><sitemap><loc>/s.xml</loc></sitemap><sitemap><loc>/t.xml</loc></sitemap></sitemapindex>"
    listing = read("sitemap", page(body, "/s.xml"), OUTLET)
    assert [source.url for source in listing.sources] == ["https://demo.example/t.xml"]


def test_a_gzip_bomb_is_refused() -> None:
    """Sixty megabytes from sixty kilobytes are too large."""
    with pytest.raises(DiscoveryError) as caught:
        read("sitemap", page(gzip.compress(b"<urlset><url/>" + b" " * 60_000_000)), OUTLET)
    assert caught.value.reason == "too-large"


def test_entities_are_neither_expanded_nor_loaded() -> None:
    """A file named by an external entity does not come into any address."""
    body = (
        "<!DOCTYPE urlset [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
        "<urlset><url><loc>https://demo.example/&x;news/1234</loc></url></urlset>"
    )
    assert not any("root:" in url for url in urls(read("sitemap", page(body), OUTLET)))


def test_links_to_others_are_counted_and_left_out() -> None:
    """Other hosts, also by way of base, never come into a listing."""
    body = (
        "<base href='http://169.254.169.254/'><a href='https://other.example/news/1234'>x</a>"
        "<a href='/news/1234'>y</a><a href='file:///etc/passwd'>z</a>"
    )
    listing = read("section", page(body), OUTLET)
    assert urls(listing) == ["https://demo.example/news/1234"]
    assert listing.refused["foreign-host"] >= 1


def test_sections_name_their_next_page() -> None:
    """A listing's next page is found by rel=next and by its number."""
    for body in (
        "<a rel='next' href='/world/?page=2'>older</a>",
        "<a href='/world/?page=2'>2</a><a href='/world/?page=9'>9</a>",
    ):
        assert [one.url for one in read("section", page(body, "/world/"), OUTLET).sources] == [
            "https://demo.example/world/?page=2"
        ]


def test_a_window_leaves_out_what_its_source_dates_outside() -> None:
    """What a feed dates outside the window is counted, not given; the undated stays."""
    items = "".join(
        f"<item><link>/news/{number}</link>{date}</item>"
        for number, date in ((1001, "<pubDate>Sun, 03 Jan 2021 10:00:00 GMT</pubDate>"), (1002, ""),
                             (1003, "<pubDate>Mon, 03 Jan 2022 10:00:00 GMT</pubDate>"))
    )  # fmt: skip
    listing = read(
        "feed", page(f"<rss version='2.0'><channel>{items}</channel></rss>"), OUTLET,
        datetime(2021, 1, 1, tzinfo=UTC), datetime(2022, 1, 1, tzinfo=UTC),
    )  # fmt: skip
    assert urls(listing) == ["https://demo.example/news/1001", "https://demo.example/news/1002"]
    assert listing.refused == {"outside-window": 1}


def test_wordpress_posts_come_whole() -> None:
    """A post is a page with the API's title, text and exact date; one of another host is left out."""
    posts = [
        {"id": 1, "link": f"https://{host}/news/1234", "date_gmt": "2026-11-03T07:00:00", "modified_gmt": "2026-11-04T07:00:00",
         "title": {"rendered": "A &amp; B"}, "content": {"rendered": "<p>Water returned.</p>"}}
        for host in ("demo.example", "other.example")
    ]  # fmt: skip
    [post] = read("wordpress", page(json.dumps(posts), "/wp-json/wp/v2/posts?per_page=100"), OUTLET).posts
    assert b"Water returned." in post.body
    assert post.hint.published is not None
    assert datetime.fromisoformat(post.hint.published) == datetime(2026, 11, 3, 7, tzinfo=UTC)


def test_a_wordpress_window_is_exact_whatever_the_site_s_zone() -> None:
    """The API is asked for half a day more, since it reckons in local time; the exact dates leave out what is outside."""
    since, until = datetime(2021, 1, 1, tzinfo=UTC), datetime(2021, 1, 2, tzinfo=UTC)
    query = dict(parse_qsl(urlsplit(api_url("https://demo.example", since=since, until=until)).query))
    assert (query["after"], query["before"]) == ("2020-12-31T12:00:00Z", "2021-01-02T14:00:00Z")
    posts = [
        {"id": number, "link": f"https://demo.example/news/{number}", "date_gmt": date, "modified_gmt": date,
         "title": {"rendered": "T"}, "content": {"rendered": "<p>Water returned.</p>"}}
        for number, date in ((1001, "2020-12-31T23:59:59"), (1002, "2021-01-01T00:00:00"), (1003, "2021-01-02T00:00:00"))
    ]  # fmt: skip
    listing = read("wordpress", page(json.dumps(posts), "/wp-json/wp/v2/posts?per_page=100"), OUTLET, since, until)
    assert [post.url for post in listing.posts] == ["https://demo.example/news/1002"]
    assert listing.refused == {"outside-window": 2}


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://demo.example/2026/11/03/water-returns-to-raqqa", True),
        ("https://demo.example/en/110223/", True),
        ("https://demo.example/archives/651728", True),
        ("https://demo.example/calendar/2026/11", False),
        ("https://demo.example/tag/water", False),
        ("https://demo.example/", False),
        ("https://demo.example/a-long-name-of-words.jpg", False),
    ],
)
def test_articles_are_told_from_navigation(url: str, expected: bool) -> None:
    """Without a pattern the address's own looks decide."""
    assert looks_like_article(url, OUTLET) is expected


def test_robots_sitemaps_survive_broken_lines() -> None:
    """A line that is no address is passed over; the others come absolute."""
    text = "Sitemap: http://[/broken\nsitemap: /s.xml\nSitemap: https://demo.example/t.xml"
    assert sitemaps_in(text, "https://demo.example/") == ["https://demo.example/s.xml", "https://demo.example/t.xml"]


@given(st.sampled_from(KINDS), st.one_of(st.binary(max_size=300), st.text(max_size=300).map(str.encode)))
@settings(max_examples=120, deadline=None)
def test_no_bytes_crash_a_reader(kind: str, body: bytes) -> None:
    """Whatever comes is read or refused with a reason, and names own addresses only."""
    try:
        listing = read(kind, page(body), OUTLET)
    except DiscoveryError as error:
        listing = Listing(refused={error.reason: 1})
    assert "" not in listing.refused
    assert all(OUTLET.owns(link.url) for link in (*listing.articles, *listing.sources))


@given(st.text(max_size=80))
def test_identity_is_its_own_identity(path: str) -> None:
    """Normalising twice changes nothing more, and no text breaks it."""
    once = identity(f"https://demo.example/{path}")
    assert identity(once) == once
    assert isinstance(shape(once), str)
