"""What is proposed for sites that say little of themselves: pages from a table instead of a network."""

from __future__ import annotations

from datetime import UTC, datetime

from newscrawl.item import Page
from newscrawl.kit.look import Get, Looked, Miss, look
from newscrawl.kit.propose import Proposal, propose

AT = datetime(2026, 11, 20, tzinfo=UTC)


def site(pages: dict[str, tuple[str, bytes]]) -> Get:
    """Give what fetches these pages, by path, and misses all others."""

    async def get(url: str) -> Page | Miss:
        found = pages.get(url.removeprefix("https://outlet.example"))
        return Page(found[1], url, AT, found[0]) if found else Miss(url=url, reason="http-404")

    return get


async def proposed(pages: dict[str, tuple[str, bytes]]) -> Proposal:
    looked = await look("https://outlet.example/", site(pages))
    assert isinstance(looked, Looked)
    return propose(looked)


async def test_an_old_arabic_site_of_numbers_and_tables() -> None:
    """windows-1256, no feed, no menu, addresses with a number: name, language and pattern come out, the rest is not known."""
    html = "text/html; charset=windows-1256"
    links = "".join(
        f"<tr><td><a href='news.php?id={n}'>صيانة شبكة المياه في حي رقم {n}</a></td></tr>" for n in range(81230, 81240)
    )
    home = f"<html dir=rtl><head><title>صوت الفرات - أخبار</title></head><body><table>{links}</table></body></html>"
    pages = {"/": (html, home.encode("cp1256"))}
    found = await proposed(pages)
    assert found.value("name") == "صوت الفرات"
    assert found.value("languages") == ["ar"]
    assert found.value("article.url_pattern").endswith(r"\.php\?(?:.*&)?id=\d+.*/?(?:[?#].*)?$")
    told = [line.split(":")[0] for line in found.unknown]
    assert told == ["country", "timezone", "sources.feeds", "sources.sitemaps", "sources.sections", "agency", "region"]


async def test_what_a_wordpress_api_says_of_its_site() -> None:
    """The API's own name and time zone go before guesses from offsets, of which a country may have several alike."""
    page = "<html lang=es-MX><head><title>Inicio</title><link rel='https://api.w.org/' href='/wp-json/'></head><body></body></html>"
    posts = b'[{"link": "https://outlet.example/2026/11/a-b-c/", "title": {"rendered": "A"}, "content": {"rendered": "<p>B</p>"}}]'
    asked = "/wp-json/wp/v2/posts?per_page=100&orderby=date&order=desc&_fields=id%2Clink%2Cdate_gmt%2Cmodified_gmt%2Ctitle%2Ccontent%2Cexcerpt"
    pages = {
        "/": ("text/html", page.encode()),
        asked: ("application/json", posts),
        "/wp-json/?_fields=name,timezone_string": (
            "application/json",
            b'{"name": "El Canal", "timezone_string": "America/Mazatlan"}',
        ),
    }
    found = await proposed(pages)
    assert (found.value("name"), found.value("timezone")) == ("El Canal", "America/Mazatlan")
    assert found.value("languages") == ["es"]
