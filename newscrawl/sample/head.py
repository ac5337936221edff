"""What an article's page says of itself for machines: meta elements and JSON-LD."""

from __future__ import annotations

import json
from datetime import datetime
from html import escape
from typing import Any
from zoneinfo import ZoneInfo

from newscrawl.sample.world import Site, Story, labels


def local(site: Site, moment: datetime) -> datetime:
    """Give a moment in the outlet's own time, as its pages write it."""
    return moment.astimezone(ZoneInfo(site.timezone))


def head(site: Site, base: str, story: Story) -> str:
    """Give the elements of an article's head: Open Graph everywhere, dates in meta or JSON-LD by outlet."""
    url = base + story.path
    published, touched = local(site, story.published).isoformat(), local(site, story.touched).isoformat()
    lines = [
        f'<link rel="canonical" href="{url}">',
        '<meta property="og:type" content="article">',
        f'<meta property="og:title" content="{escape(story.title)}">',
        f'<meta property="og:description" content="{escape(story.standfirst)}">',
        f'<meta name="description" content="{escape(story.standfirst)}">',
        f'<meta property="og:url" content="{url}">',
    ]
    if site.id in ("desht", "sada-alsahel"):
        lines.append(f'<meta property="article:published_time" content="{published}">')
        lines.append(f'<meta property="article:modified_time" content="{touched}">')
    else:
        lines.append(f'<script type="application/ld+json">{_json_ld(site, url, story, published, touched)}</script>')
    return "\n".join(lines)


def _json_ld(site: Site, url: str, story: Story, published: str, touched: str) -> str:
    news: dict[str, Any] = {
        "@type": "NewsArticle",
        "headline": story.title,
        "description": story.standfirst,
        "datePublished": published,
        "dateModified": touched,
        "inLanguage": story.lang,
        "articleSection": labels()[story.lang]["sections"][story.section],
        "mainEntityOfPage": url,
        "publisher": {"@type": "NewsMediaOrganization", "name": site.name},
    }
    if story.author:
        news["author"] = {"@type": "Person", "name": story.author}
    if site.id == "gap-postasi":
        graph = {"@context": "https://schema.org", "@graph": [{"@type": "WebSite", "name": site.name}, news]}
        return json.dumps(graph, ensure_ascii=False)
    return json.dumps({"@context": "https://schema.org", **news}, ensure_ascii=False)
