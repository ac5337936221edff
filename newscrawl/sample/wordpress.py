"""The posts endpoint of the WordPress REST API, as far as a reader of it needs it.

https://developer.wordpress.org/rest-api/reference/posts/ and .../using-the-rest-api/pagination/
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from html import escape
from typing import Any
from zoneinfo import ZoneInfo

from newscrawl.sample.head import local
from newscrawl.sample.world import Site, Story


def posts(site: Site, base: str, query: Mapping[str, str]) -> tuple[int, dict[str, str], str]:
    """Answer ``/wp-json/wp/v2/posts``: status, headers (X-WP-Total, X-WP-TotalPages), JSON.

    Takes ``page``, ``per_page`` (1 to 100), ``after``, ``before``, ``modified_after``, ``order``, ``orderby`` (date or
    modified) and ``_fields``; a wrong value is a 400 with WordPress' error codes.
    """
    try:
        page, size = int(query.get("page", "1")), int(query.get("per_page", "10"))
        bounds = {name: _moment(site, query[name]) for name in ("after", "before", "modified_after") if name in query}
    except ValueError as error:
        return _error("rest_invalid_param", f"Invalid parameter(s): {error}")
    if page < 1 or not 1 <= size <= 100:
        return _error("rest_invalid_param", "Invalid parameter(s): page, per_page")
    found = [story for story in site.stories if _within(story, bounds)]
    found.sort(
        key=lambda story: story.touched if query.get("orderby") == "modified" else story.published,
        reverse=query.get("order", "desc") == "desc",
    )
    pages = -(-len(found) // size)
    if page > max(pages, 1):
        return _error("rest_post_invalid_page_number", "The page number requested is larger than the number of pages.")
    rows = [_post(site, base, story) for story in found[(page - 1) * size : page * size]]
    if "_fields" in query:
        wanted = {name.split(".")[0] for name in query["_fields"].split(",")}
        rows = [{key: value for key, value in row.items() if key in wanted} for row in rows]
    return 200, {"X-WP-Total": str(len(found)), "X-WP-TotalPages": str(pages)}, json.dumps(rows, ensure_ascii=False)


def index(site: Site, base: str) -> str:
    """Answer ``/wp-json/``: which interfaces there are."""
    return json.dumps({"name": site.name, "url": base, "namespaces": ["oembed/1.0", "wp/v2"]}, ensure_ascii=False)


def _within(story: Story, bounds: Mapping[str, datetime]) -> bool:
    return (
        ("after" not in bounds or story.published > bounds["after"])
        and ("before" not in bounds or story.published < bounds["before"])
        and ("modified_after" not in bounds or story.touched > bounds["modified_after"])
    )


def _moment(site: Site, text: str) -> datetime:
    """Read an ISO 8601 date; without a zone it is the site's own time, as WordPress has it."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(site.timezone))


def _error(code: str, message: str) -> tuple[int, dict[str, str], str]:
    return 400, {}, json.dumps({"code": code, "message": message, "data": {"status": 400}})


def _post(site: Site, base: str, story: Story) -> dict[str, Any]:
    body = "\n".join(
        f'<h3 class="wp-block-heading">{escape(line[3:])}</h3>' if line.startswith("## ") else f"<p>{escape(line)}</p>"
        for line in story.lines
    )
    number = 1000 + int(story.published.timestamp()) // 60 % 100_000
    return {
        "id": number,
        "date": f"{local(site, story.published):%Y-%m-%dT%H:%M:%S}",
        "date_gmt": f"{story.published:%Y-%m-%dT%H:%M:%S}",
        "guid": {"rendered": f"{base}/?p={number}"},
        "modified": f"{local(site, story.touched):%Y-%m-%dT%H:%M:%S}",
        "modified_gmt": f"{story.touched:%Y-%m-%dT%H:%M:%S}",
        "slug": story.path.strip("/").rsplit("/", 1)[-1],
        "status": "publish",
        "type": "post",
        "link": base + story.path,
        "title": {"rendered": escape(story.title)},
        "content": {"rendered": body, "protected": False},
        "excerpt": {"rendered": f"<p>{escape(story.standfirst)}</p>", "protected": False},
        "author": 3,
        "categories": [7],
    }
