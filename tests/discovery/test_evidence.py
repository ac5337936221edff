"""What tells an article from navigation where a seed has no pattern, and where listings go on and end."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import quote

import pytest

from newscrawl.discovery import Budget, Listing, identity, read, walk_of
from newscrawl.discovery.identity import undressed
from newscrawl.discovery.periods import archive_of, of_article, of_sitemap
from newscrawl.item import Page
from newscrawl.outlet import Outlet

OUTLET = Outlet(
    id="demo", country="SY", name="Demo", homepage="https://demo.example/", languages=("en",), timezone="Asia/Damascus"
)
NOW = datetime(2026, 11, 23, tzinfo=UTC)
WINDOW = (datetime(2024, 4, 1, tzinfo=UTC), datetime(2024, 5, 1, tzinfo=UTC))
NAV = (
    "<nav><a href='/'>Home</a><a href='/world/'>World</a><a href='/about-us'>About us</a><a href='/tag/bridge'>bridge</a>"
    "<a href='/privacy-policy-of-this-website'>Privacy policy</a><a href='/archive/2026/10'>October 2026</a>"
    "<a href='/page/2/'>2</a><a href='/login?next=/'>Log in</a><a href='/?lang=ar'>العربية</a></nav>"
)


def page(body: str, path: str = "/", content_type: str = "text/html; charset=utf-8", codec: str = "utf-8") -> Page:
    return Page(body.encode(codec), f"https://demo.example{path}", NOW, content_type)


def paths(listing: Listing) -> list[str]:
    return [link.url.removeprefix("https://demo.example") for link in listing.articles]


def sources(listing: Listing) -> list[str]:
    return [link.url.removeprefix("https://demo.example") for link in listing.sources]


@pytest.mark.parametrize(
    "form",
    [
        "/council-agrees-on-bridge-{}/", "/news/bridge-{}/", "/news/10{}", "/node/{}", "/2026/11/03/bridge{}.html",
        "/article.php?id=10{}", "/?p=10{}", "/ViewNews.aspx?NewsId=1{}&lang=ar", quote("/اتفاق-المجلس-") + "{}/",
        "/archives/" + quote("اتفاق-المجلس-على-الجسر-") + "{}", "/en/world/{}-bridge",
    ],
)  # fmt: skip
def test_headlines_give_articles_of_every_form_away(form: str) -> None:
    """Whatever an outlet's addresses look like, links that are headlines are its articles, and the menu is none."""
    wanted = [form.format(number) for number in range(1, 8)]
    cards = "".join(f"<article><h3><a href='{one}'>Council agrees on the bridge</a></h3></article>" for one in wanted)
    assert paths(read("section", page(NAV + cards, "/world/"), OUTLET)) == wanted


def test_views_and_orders_of_an_article_are_that_article() -> None:
    """Print, AMP, comments, sharing, sessions and orders make one address of one article, the plain one."""
    base = "/news/5001/council-agrees-on-bridge"
    views = (
        "?print=1",
        "?sort=asc&page=1",
        "/amp/",
        "/feed/",
        "?share=x",
        "",
        "/index.html",
        ";jsessionid=A",
        "?view=dark",
    )
    links = "".join(f"<a href='{base}{view}'>Council agrees on the bridge</a>" for view in views)
    assert paths(read("home", page(links), OUTLET)) == [base]
    assert identity(f"https://demo.example{base}/?sid=4&replytocom=7") == f"https://demo.example{base}"
    assert undressed(f"https://demo.example{base}/amp?x=1") == f"https://demo.example{base}"


def test_a_query_that_names_the_article_is_kept() -> None:
    """Scripts that are told by a number which article to show are as many articles, with a pattern or without."""
    outlet = OUTLET.model_copy(update={"article": OUTLET.article.model_copy(update={"url_pattern": "/news/"})})
    for path in ("/news/view.php?id=1{}", "/2026/11/03/news.php?id={}", "/news/?id=1{}"):
        wanted = [path.format(number) for number in range(1, 5)]
        links = "".join(f"<h3><a href='{one}'>Council agrees on the bridge</a></h3>" for one in wanted)
        for one in (OUTLET, outlet) if path.startswith("/news") else (OUTLET,):
            assert paths(read("section", page(links, "/w/"), one)) == wanted


def test_a_menu_names_sections_unless_the_seed_does() -> None:
    """Short links of the menu to words are sections; known names of other pages are not, nor is anything beside a seed's own."""
    assert sources(read("home", page(NAV), OUTLET)) == ["/world/"]
    declared = OUTLET.model_copy(
        update={"sources": OUTLET.sources.model_copy(update={"sections": ("https://demo.example/a/",)})}
    )
    assert sources(read("home", page(NAV), declared)) == []


def test_feeds_and_sitemaps_that_are_merely_linked_are_found() -> None:
    """An anchor to a feed or sitemap is evidence enough; an article's own feed of comments is not taken."""
    links = "<a href='/rss.xml'>RSS</a><a href='/site-map.xml'>map</a><a href='/news/5001/a-b-c-d/feed/'>x</a>"
    assert sources(read("home", page(links), OUTLET)) == ["/rss.xml", "/site-map.xml"]


@pytest.mark.parametrize(
    ("here", "link", "following"),
    [
        ("/world/", "<a href='/world/page/2/'>2</a><a href='/sports/page/2/'>2</a>", "/world/page/2/"),
        ("/world/?page=2", "<a href='/world/?page=3'>3</a>", "/world/?page=3"),
        ("/world", "<a href='/world?offset=20'>more</a><a href='/world?offset=40'>3</a>", "/world?offset=20"),
        ("/world/", "<a href='/world/?after=x7f'>التالي</a>", "/world/?after=x7f"),
        ("/world/", "<a href='/sports/?page=2'>2</a>", None),
    ],
)  # fmt: skip
def test_a_listing_goes_on_in_many_ways_but_only_in_itself(here: str, link: str, following: str | None) -> None:
    """Numbers, offsets and words lead to the next page of the same listing, never to another's."""
    assert sources(read("section", page(link, here), OUTLET)) == ([following] if following else [])
    assert walk_of(f"https://demo.example{here}") == "https://demo.example/world"


def test_a_feed_goes_back_page_by_page_while_it_may_reach_the_window() -> None:
    """WordPress's feeds have older pages; those behind the window's start are not asked for."""
    feed = (
        "<rss version='2.0'><channel><generator>https://wordpress.org/?v=6</generator><item><link>/news/1001</link>"
        "<pubDate>{}</pubDate></item></channel></rss>"
    )
    later, before = feed.format("Sun, 05 May 2024 10:00:00 GMT"), feed.format("Sun, 03 Mar 2024 10:00:00 GMT")
    assert sources(read("feed", page(later, "/feed/"), OUTLET, *WINDOW)) == ["/feed/?paged=2"]
    assert sources(read("feed", page(later, "/feed/?paged=2"), OUTLET, *WINDOW)) == ["/feed/?paged=3"]
    assert sources(read("feed", page(before, "/feed/"), OUTLET, *WINDOW)) == []


def test_archives_of_the_window_are_made_after_one_that_is_linked() -> None:
    """A link to any month's archive tells the addresses of the window's months; without a window there are none."""
    link = "<a href='/archive/2026/10/'>October</a>"
    assert sources(read("section", page(link, "/world/"), OUTLET, *WINDOW)) == ["/archive/2024/04/"]
    assert sources(read("section", page(link, "/world/"), OUTLET)) == []


def test_dates_in_addresses_keep_what_is_outside_the_window_from_being_fetched() -> None:
    """Articles under a day, and sitemaps named by a month, are left out by their addresses alone."""
    links = "".join(
        f"<a href='/{day}/a-b-c-d'>Council agrees on the bridge</a>" for day in ("2024/03/02", "2024/04/09")
    )
    assert paths(read("section", page(links, "/world/"), OUTLET, *WINDOW)) == ["/2024/04/09/a-b-c-d"]
    index = "".join(f"<sitemap><loc>/map-{month}.xml</loc></sitemap>" for month in ("2023-04", "2024-04", "2024-07"))
    listing = read("sitemap", page(f"<sitemapindex>{index}</sitemapindex>"), OUTLET, *WINDOW)
    assert sources(listing) == ["/map-2024-04.xml"]
    assert archive_of("https://demo.example/news/202411") is None
    assert of_article("https://demo.example/a/20240203-bridge") is not None
    assert of_sitemap("https://demo.example/sitemap-posts.xml") is None


def test_a_budget_ends_shapes_that_bring_nothing_and_spares_those_that_do() -> None:
    """Fifteen pages of a shape without an article end it; articles earn their shape more."""
    budget = Budget()
    for number in range(15):
        budget.count(f"https://demo.example/thema/water-{number}", article=False)
    for number in range(30):
        budget.count(f"https://demo.example/news/{number}", article=number % 2 == 0)
    assert not budget.allows("https://demo.example/thema/bread-99")
    assert budget.allows("https://demo.example/news/77")


def test_listings_are_read_in_their_encoding() -> None:
    """A section in windows-1256 names the address that a browser would ask for; a feed's titles come out right."""
    link = "<a href='/خبر/اتفاق-المجلس-على-بناء-الجسر'>اتفاق المجلس على بناء الجسر</a>"
    [found] = read("section", page(link, "/w/", "text/html; charset=windows-1256", "cp1256"), OUTLET).articles
    assert found.url == "https://demo.example/خبر/اتفاق-المجلس-على-بناء-الجسر"
    feed = "<?xml version='1.0' encoding='utf-8'?><rss version='2.0'><channel><item><title>اتفاق المجلس على بناء الجسر</title><link>/n/1001</link></item></channel></rss>"
    [entry] = read("feed", page(feed, "/f", "text/xml", "cp1256"), OUTLET).articles
    assert entry.hint.title == "اتفاق المجلس على بناء الجسر"


def test_sitemaps_may_be_text_or_utf16_or_feeds() -> None:
    """The protocol's other forms are read, too."""
    assert paths(read("sitemap", page("https://demo.example/t4\nhttps://demo.example/t5\n"), OUTLET)) == ["/t4", "/t5"]
    body = "<?xml version='1.0' encoding='utf-16'?><urlset><url><loc>https://demo.example/t3</loc></url></urlset>"
    assert paths(read("sitemap", page(body, codec="utf-16"), OUTLET)) == ["/t3"]
    feed = "<rss version='2.0'><channel><item><link>/t6</link></item></channel></rss>"
    assert paths(read("sitemap", page(feed), OUTLET)) == ["/t6"]


def test_references_to_no_characters_break_no_feed() -> None:
    """NUL and lone surrogates, raw or as references, cost no entry."""
    items = "<item><title>A &#0; &#xD800; \x00b</title><link>/n/1001</link></item><item><link>/n/1002</link></item>"
    assert paths(read("feed", page(f"<rss version='2.0'><channel>{items}</channel></rss>"), OUTLET)) == [
        "/n/1001",
        "/n/1002",
    ]


def test_hosts_beyond_ascii_and_addresses_with_passwords() -> None:
    """An IDN host is the same in both spellings; an address with a user's name is refused."""
    outlet = OUTLET.model_copy(update={"homepage": "https://пример.example/"})
    outlet.__dict__.pop("hosts", None)
    assert outlet.owns("https://xn--e1afmkfd.example/a")
    listing = read(
        "section", page("<a href='https://me:pw@demo.example/news/5001'>Council agrees on bridges</a>"), OUTLET
    )
    assert (paths(listing), listing.refused) == ([], {"broken-address": 1})
