"""The sample's feeds, sitemaps and robots.txt, as XML and text."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from email.utils import format_datetime
from xml.sax.saxutils import escape

from newscrawl.sample.world import Site, Story, Trap

XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
SITEMAP = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def rss(site: Site, base: str, lang: str | None) -> str:
    """Give an RSS 2.0 feed of the newest pages, of one language or all."""
    items = "".join(
        f"<item><title>{escape(page.title)}</title><link>{base}{page.path}</link>"
        f'<guid isPermaLink="true">{base}{page.path}</guid>'
        f"<pubDate>{format_datetime(page.published)}</pubDate>{_summary(page)}</item>\n"
        for page in site.entries(lang)
    )
    language = f"<language>{lang}</language>" if lang else ""
    return (
        f'{XML}<rss version="2.0"><channel><title>{escape(site.name)}</title><link>{base}/</link>'
        f"<description>{escape(site.name)}</description>{language}\n{items}</channel></rss>\n"
    )


def atom(site: Site, base: str) -> str:
    """Give an Atom feed (RFC 4287) of the newest pages."""
    pages = site.entries()
    entries = "".join(
        f'<entry xml:lang="{page.lang}"><id>{base}{page.path}</id><title>{escape(page.title)}</title>'
        f'<link rel="alternate" href="{base}{page.path}"/><published>{page.published:%Y-%m-%dT%H:%M:%SZ}</published>'
        f"<updated>{_touched(page):%Y-%m-%dT%H:%M:%SZ}</updated><author><name>{escape(site.name)}</name></author>"
        f"</entry>\n"
        for page in pages
    )
    updated = max(map(_touched, pages))
    return (
        f'{XML}<feed xmlns="http://www.w3.org/2005/Atom"><id>{base}/</id><title>{escape(site.name)}</title>'
        f'<link rel="self" href="{base}/atom.xml"/><updated>{updated:%Y-%m-%dT%H:%M:%SZ}</updated>\n{entries}</feed>\n'
    )


def sitemap(site: Site, base: str, lang: str | None = None) -> str:
    """Give a sitemap of every page with the moment of its last change."""
    rows = "".join(
        f"<url><loc>{base}{page.path}</loc><lastmod>{_touched(page):%Y-%m-%dT%H:%M:%SZ}</lastmod></url>\n"
        for page in site.entries(lang)
    )
    return f"{XML}<urlset {SITEMAP}>\n{rows}</urlset>\n"


def sitemap_index(base: str, paths: Iterable[str]) -> str:
    """Give a sitemap index that names other sitemaps."""
    rows = "".join(f"<sitemap><loc>{base}{path}</loc></sitemap>\n" for path in paths)
    return f"{XML}<sitemapindex {SITEMAP}>\n{rows}</sitemapindex>\n"


def news_sitemap(site: Site, base: str) -> str:
    """Give a news sitemap: title, language and publication date of the articles of the last days."""
    rows = "".join(
        f"<url><loc>{base}{story.path}</loc><news:news><news:publication><news:name>{escape(site.name)}</news:name>"
        f"<news:language>{story.lang}</news:language></news:publication>"
        f"<news:publication_date>{story.published:%Y-%m-%dT%H:%M:%SZ}</news:publication_date>"
        f"<news:title>{escape(story.title)}</news:title></news:news></url>\n"
        for story in site.stories[:6]
    )
    return f'{XML}<urlset {SITEMAP} xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">\n{rows}</urlset>\n'


def robots(site: Site, base: str) -> str:
    """Give robots.txt, which also names the sitemaps."""
    sitemaps = {
        "two-rivers": ("/sitemap_index.xml", "/news-sitemap.xml"),
        "desht": ("/sitemap.xml.gz",),
        "gap-postasi": (),
        "sada-alsahel": ("/wp-sitemap.xml",),
    }[site.id]
    lines = ["User-agent: *", "Disallow: /admin/", "Disallow: /search", ""]
    return "\n".join([*lines, *(f"Sitemap: {base}{path}" for path in sitemaps), ""])


def _touched(page: Story | Trap) -> datetime:
    return page.touched if isinstance(page, Story) else page.published


def _summary(page: Story | Trap) -> str:
    return f"<description>{escape(page.standfirst)}</description>" if isinstance(page, Story) else ""
