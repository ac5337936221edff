"""Recorded pages: a page's bytes beside the answer that the reader must give, one test a field.

A recording is two files: ``<slug>.html.gz`` (or ``.html``) and ``<slug>.json``. The JSON holds ``url``, ``fetched_at``
and ``content_type``, and either ``article``, the fields that are compared (leave out what nobody checked), or
``refused``, the reason why the page is no article. ``outlet`` may give seed keys for a page that has no seed.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from newscrawl.item import Article, Page
from newscrawl.outlet import Outlet
from newscrawl.reading import NotAnArticle, extract

_SLUG = 60


class RecordingError(Exception):
    """A recording can't be used: the message names the file and what to do."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Recording:
    """A recorded page and its answer: ``article`` has the fields that are compared, or ``refused`` the reason."""

    path: Path
    page: Page
    outlet: Outlet | None
    article: dict[str, Any]
    refused: str | None

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of all that is compared."""
        return ("refused",) if self.refused else tuple(self.article)


def facts(article: Article) -> dict[str, Any]:
    """Give an article's fields as a recording states them: ISO 8601 times, ``body`` as [kind, text] pairs."""
    line = article.dateline
    return {
        "title": article.title,
        "standfirst": article.standfirst,
        "authors": [author.name for author in article.authors if author.kind == "person"],
        "organizations": [author.name for author in article.authors if author.kind == "organization"],
        "credit": article.credit,
        "credit_raw": article.credit_raw,
        "published_at": _iso(article.published_at),
        "published_raw": article.published_raw,
        "published_source": article.published_source,
        "published_zone": article.published_zone,
        "date_conflicts": [[claim.source, claim.raw, _iso(claim.at)] for claim in article.date_conflicts],
        "modified_at": _iso(article.modified_at),
        "modified_raw": article.modified_raw,
        "language": article.language,
        "section": article.section,
        "tags": list(article.tags),
        "images": [image.url for image in article.images],
        "captions": [image.caption for image in article.images if image.caption],
        "picture_credits": [image.credit for image in article.images if image.credit],
        "paywalled": article.paywalled,
        "canonical_url": article.canonical_url,
        "dateline": line and {name: getattr(line, name) for name in ("raw", "place", "country", "agency", "date")},
        "body": [[block.kind, block.text] for block in article.blocks],
    }


def answer(page: Page, outlet: Outlet | None) -> dict[str, Any]:
    """Read a page and give what a recording would state of it: ``article`` or ``refused``."""
    try:
        return {"article": facts(extract(page, outlet))}
    except NotAnArticle as error:
        return {"refused": error.reason}


def wrong(recording: Recording, found: dict[str, Any], field: str) -> str | None:
    """Compare one field of a recording with the reader's answer; give a line that says what differs, or None."""
    if field == "refused":
        have: Any = found.get("refused", "an article")
        want: Any = recording.refused
    else:
        want = recording.article[field]
        have = found.get("article", {}).get(field, f"refused: {found.get('refused')}")
    if have == want:
        return None
    if field == "body" and isinstance(have, list):
        missing = [text for text in want if text not in have]
        surplus = [text for text in have if text not in want]
        return f"{recording.path}: body: missing {missing}, surplus {surplus}" + (
            "" if missing or surplus else ", order"
        )
    return f"{recording.path}: {field}: {have!r}, and should be {want!r}"


def save(folder: Path, page: Page, outlet: Outlet | None) -> Path:
    """Write a page and the reader's answer, for a human to correct; give the JSON's path. Nothing is overwritten."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{slug_of(page.url)}.json"
    if path.exists():
        raise RecordingError(f"{path} is there already: remove it, or correct it by hand")
    with gzip.GzipFile(path.with_suffix(".html.gz"), "wb", mtime=0) as file:
        file.write(page.body)
    state = {"url": page.url, "fetched_at": page.fetched_at.isoformat(), "content_type": page.content_type}
    path.write_text(json.dumps(state | answer(page, outlet), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return path


def load(path: Path, outlet: Outlet | None = None) -> Recording:
    """Read a recording from its JSON; ``outlet`` is the seed that it is of."""
    try:
        state = json.loads(path.read_text(encoding="utf-8"))
        packed, plain = path.with_suffix(".html.gz"), path.with_suffix(".html")
        body = gzip.decompress(packed.read_bytes()) if packed.exists() else plain.read_bytes()
        page = Page(body, state["url"], datetime.fromisoformat(state["fetched_at"]), state.get("content_type"))
        if "outlet" in state:
            outlet = Outlet(**{"id": "recorded", "homepage": state["url"], **state["outlet"]})
        if ("article" in state) == ("refused" in state):
            raise RecordingError(f"{path}: give either article or refused")
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RecordingError(f"{path} is no recording: {type(error).__name__} {error}") from error
    return Recording(
        path=path, page=page, outlet=outlet, article=state.get("article", {}), refused=state.get("refused")
    )


def find(folder: Path, outlets: dict[str, Outlet]) -> list[tuple[Path, Outlet]]:
    """Give the recordings of a folder of seeds, ``<cc>/<id>/pages/<slug>.json``, each with its outlet."""
    paths = sorted(folder.glob("*/*/pages/*.json"))
    return [(path, outlets[path.parts[-3]]) for path in paths if path.parts[-3] in outlets]


def pages_folder(seeds: Path, outlet: Outlet) -> Path:
    """Give the folder of an outlet's recorded pages, beside its seed."""
    return seeds / outlet.country.lower() / outlet.id / "pages"


def slug_of(url: str) -> str:
    """Make a file's name of an address: the last words of its path, and four digits that tell similar ones apart.

    >>> slug_of("https://demo.example/2026/11/Water-is-back/")
    'water-is-back-87e7'
    """
    words = re.sub(r"[^a-z0-9]+", "-", unquote(urlsplit(url).path).rstrip("/").rsplit("/", 1)[-1].casefold()).strip("-")
    mark = hashlib.sha256(url.encode("utf-8", "replace")).hexdigest()[:4]
    return f"{words[:_SLUG].rstrip('-') or 'page'}-{mark}"


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def as_text(value: Any) -> str:
    """Give a field's value on one line, for tables."""
    if isinstance(value, dict):
        value = value.get("raw")
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value) if value not in (None, "") else ""
