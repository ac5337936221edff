"""The sample world: served whole, valid where it means to be, wrong where it means to be."""

from __future__ import annotations

import gzip
import http.client
import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import feedparser
import lxml.etree
import lxml.html
import pytest

from newscrawl.outlet import load
from newscrawl.sample import OUTLETS, Sample, SampleError, serve
from newscrawl.sample.answers import BINARY
from newscrawl.sample.world import labels, world

Reply = tuple[int, dict[str, str], bytes]


def get(url: str, **headers: str) -> Reply:
    """Fetch an address as it is, without following or decoding anything."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=10)
    try:
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        response = connection.getresponse()
        return response.status, dict(response.getheaders()), response.read()
    finally:
        connection.close()


@pytest.fixture(scope="module")
def sample() -> Iterator[Sample]:
    """Serve the sample for all tests of this file."""
    with serve() as running:
        yield running


@pytest.fixture(scope="module")
def bases(sample: Sample) -> dict[str, str]:
    """Give the outlets' addresses by id."""
    return dict(sample.outlets)


def test_the_world_is_as_large_as_promised() -> None:
    """Four outlets in five languages, some thirty pages, two agencies, reprints in at least two scripts."""
    sites = world().values()
    stories = [story for site in sites for story in site.stories]
    assert [site.id for site in sites] == list(OUTLETS)
    assert {story.lang for story in stories} == {"en", "ar", "kmr", "ckb", "tr"}
    assert len(stories) + sum(len(site.traps) for site in sites) >= 28
    assert [site.id for site in sites if site.agency] == ["two-rivers", "desht"]
    assert {story.lang for story in stories if story.of} == {"en", "ar", "tr"}


@pytest.mark.parametrize("edition", [1, 2])
def test_every_page_of_truth_is_served(edition: int) -> None:
    """Each article's page has its title and every block of its body, in order."""
    with serve(edition=edition) as sample:
        for url, right in sample.truth().items():
            status, _, body = get(url)
            text = " ".join(lxml.html.fromstring(body.decode()).text_content().split())
            assert status == 200
            assert right.title in text
            at = 0
            for _, block in right.blocks:
                at = text.index(" ".join(block.split()), at)


def test_the_dateline_of_truth_opens_the_text() -> None:
    """Whoever has an agency in truth names it in the first line, and every article says where it is from."""
    names = {
        "Two Rivers": ("Two Rivers", "النهرين", "Du Çem"),
        "Desht": ("Deşt", "دەشت"),
    }
    for site in world().values():
        for story in site.stories:
            assert story.place
            if story.agency:
                spellings = names.get(story.agency, (story.agency,))
                assert any(name in story.lines[0][:70] for name in spellings), story.path


def test_every_language_has_every_label() -> None:
    """No page misses a word of its frame."""
    keys = {tuple(sorted(words)) for words in labels().values()}
    assert len(keys) == 1


def test_edition_two_changes_one_article_and_takes_one_down(sample: Sample) -> None:
    """Between the editions exactly one text differs and exactly one address is gone, with 410."""
    before = sample.truth()
    sample.edition = 2
    try:
        after = sample.truth()
        gone = before.keys() - after.keys()
        assert len(gone) == 1
        assert get(gone.pop())[0] == 410
        changed = [url for url in after if after[url].blocks != before[url].blocks]
        assert len(changed) == 1
        assert "killing four" in before[changed[0]].body
        assert "killing six" in after[changed[0]].body
        assert after[changed[0]].title != before[changed[0]].title
        assert b"killing six" in get(changed[0])[2]
    finally:
        sample.edition = 1


def test_reprints_are_close_to_their_originals(sample: Sample) -> None:
    """A reprint names its original, carries most of its paragraphs word for word, and came later."""
    truth = sample.truth()
    reprints = [right for right in truth.values() if right.original]
    assert len(reprints) >= 6
    for copy in reprints:
        original = truth[copy.original or ""]
        assert copy.outlet != original.outlet
        assert copy.published > original.published
        assert len(set(copy.paragraphs) & set(original.paragraphs)) >= len(original.paragraphs) / 3


def test_feeds_are_valid_and_name_every_article(bases: dict[str, str], sample: Sample) -> None:
    """A feed reader reads each good feed without complaint; together they name all articles and traps."""
    feeds = [
        *(bases["two-rivers"] + f"/{lang}/feed.xml" for lang in ("en", "ar", "kmr")),
        bases["desht"] + "/atom.xml",
        bases["gap-postasi"] + "/rss.xml",
        bases["sada-alsahel"] + "/feed/",
    ]
    named = set()
    for url in feeds:
        feed = feedparser.parse(get(url)[2])
        assert not feed.bozo, url
        assert all(entry.published_parsed for entry in feed.entries)
        named |= {entry.link for entry in feed.entries}
    assert named == sample.truth().keys() | sample.traps().keys()


def test_sitemaps_are_valid(bases: dict[str, str], sample: Sample) -> None:
    """robots.txt names the sitemaps; index, gzip, plain and news sitemaps are XML of the right namespace."""
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    waiting = [
        line.split(": ", 1)[1]
        for base in bases.values()
        for line in get(base + "/robots.txt")[2].decode().splitlines()
        if line.startswith("Sitemap: ")
    ]
    assert len(waiting) == 4
    pages: set[str] = set()
    while waiting:
        url = waiting.pop()
        body = get(url)[2]
        root = lxml.etree.fromstring(gzip.decompress(body) if url.endswith(".gz") else body)
        for row in root:
            address = row.findtext(f"{space}loc")
            assert address
            (waiting.append if root.tag == f"{space}sitemapindex" else pages.add)(address)
    assert pages >= {url for url, right in sample.truth().items() if right.outlet != "gap-postasi"}


def test_sections_page_through_all_articles(bases: dict[str, str], sample: Sample) -> None:
    """Following ``next`` from a section's first page reaches every article of that language."""
    url: str | None = bases["gap-postasi"] + "/kategori/tr/latest"
    seen = set()
    while url:
        page = lxml.html.fromstring(get(url)[2].decode())
        seen |= {urljoin(url, link) for link in page.xpath('//div[@class="teaser"]/h3/a/@href')}
        following = page.xpath('//a[@rel="next"]/@href')
        url = urljoin(url, following[0]) if following else None
    assert seen == {
        u for u, right in sample.truth().items() if right.outlet == "gap-postasi" and right.language == "tr"
    }


def test_wordpress_pages_and_windows(bases: dict[str, str]) -> None:
    """The API pages with X-WP-TotalPages, keeps to after and before, and refuses a page past the end."""
    root = bases["sada-alsahel"] + "/wp-json/wp/v2/posts"
    status, headers, body = get(root + "?per_page=2&page=3")
    assert (status, headers["X-WP-Total"], headers["X-WP-TotalPages"]) == (200, "5", "3")
    (post,) = json.loads(body)
    assert post["date_gmt"] == "2026-11-13T12:00:00"
    assert post["date"] == "2026-11-13T15:00:00"
    assert post["link"] in get(bases["sada-alsahel"] + "/feed/")[2].decode()
    status, _, body = get(root + "?per_page=2&page=4")
    assert (status, json.loads(body)["code"]) == (400, "rest_post_invalid_page_number")
    assert get(root + "?per_page=101")[0] == 400
    window = json.loads(get(root + "?after=2026-11-15T00:00:00&before=2026-11-17T00:00:00Z")[2])
    assert [row["date_gmt"][:10] for row in window] == ["2026-11-16", "2026-11-15"]
    assert json.loads(get(root + "?modified_after=2026-11-18T00:00:00Z&_fields=id,link")[2])[0].keys() == {"id", "link"}


def test_traps_are_what_they_say(bases: dict[str, str], sample: Sample) -> None:
    """An empty page, a binary, a list of links, a foreign page; a broken feed, a sitemap of HTML, a home of 404."""
    bodies = {trap.kind: get(url)[2] for url, trap in sample.traps().items()}
    assert bodies["empty"] == b""
    assert bodies["binary"] == BINARY
    assert bodies["links"].count(b'class="teaser"') > 5
    assert "Wochenmarkt" in bodies["foreign"].decode()
    assert feedparser.parse(get(bases["gap-postasi"] + "/rss/spor.xml")[2]).bozo
    assert b"<html" in get(bases["desht"] + "/sitemap-archive.xml")[2]
    assert get(bases["gap-postasi"] + "/anasayfa")[0] == 404
    assert get(bases["desht"] + "/ckb/nuche/9999")[0] == 404


def test_conditional_requests_and_gzip(bases: dict[str, str]) -> None:
    """A known ETag or Last-Modified costs a 304 without a body; gzip comes only where it is asked for."""
    url = bases["two-rivers"] + "/en/feed.xml"
    status, headers, body = get(url)
    assert status == 200
    assert "Content-Encoding" not in headers
    assert get(url, If_None_Match=headers["ETag"])[::2] == (304, b"")
    assert get(url, If_Modified_Since=headers["Last-Modified"])[0] == 304
    assert get(url, If_None_Match='"other"', If_Modified_Since=headers["Last-Modified"])[0] == 200
    status, headers, packed = get(url, Accept_Encoding="gzip")
    assert headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed) == body


def test_requests_are_kept() -> None:
    """The log tells host, path with query, status and what was asked with."""
    with serve() as sample:
        base = sample.outlets[1][1]
        get(base + "/atom.xml?x=1", User_Agent="tester")
        (request,) = sample.requests
        assert (request.host, request.path, request.status) == (base[7:], "/atom.xml?x=1", 200)
        assert request.headers["User-Agent"] == "tester"


def test_seed_files_load(tmp_path: Path, sample: Sample) -> None:
    """Each seed is valid, has the outlet's port, and its pattern tells its articles from its listings."""
    files = sample.seeds(tmp_path)
    truth = sample.truth()
    for file, (name, base) in zip(files, sample.outlets, strict=True):
        outlet = load(file)
        assert outlet.id == name
        assert outlet.owns(base + "/anything")
        own = [right for right in truth.values() if right.outlet == name]
        assert {right.language for right in own} <= set(outlet.languages)
        if outlet.article.url_pattern:
            assert all(outlet.is_article_url(right.url) for right in own)
            assert not outlet.is_article_url(base + "/en/latest/")
        assert base[7:] in sample.allow_private.split(",")


def test_wrong_use_is_refused(sample: Sample) -> None:
    """An unknown edition, too few ports and a taken port are errors that say what to do."""
    with pytest.raises(ValueError, match="editions 1 and 2"):
        sample.edition = 3
    with pytest.raises(SampleError, match="give as many ports"):
        serve(ports=[0])
    taken = int(sample.outlets[0][1].rsplit(":", 1)[1])
    with pytest.raises(SampleError, match=f"port {taken} .* give other ports"):
        serve(ports=[0, taken, 0, 0])
