"""JSON-LD of a page (schema.org): every object in it, and the one that describes the article."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from lxml.html import HtmlElement

_ARTICLE = re.compile(
    r"(?:News|Blog|Live|Report|Reportage|Analysis|Opinion|Background|Ask|Review|Satirical|Tech|Advertiser|Social|Scholarly|Discussion)*"
    r"(?:Article|Posting|BlogPosting|Report)$"
)
#: Longest JSON-LD that is read: real ones have some kilobytes.
_MOST = 1_000_000


def objects(tree: HtmlElement) -> list[dict[str, Any]]:
    """Give every JSON-LD object of the page, nested ones too, in document order; what can't be read is passed over."""
    found: list[dict[str, Any]] = []
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower() and script.text and len(script.text) < _MOST:
            found.extend(_walk(_loads(script.text), 0))
    return found


def _loads(text: str) -> Any:
    """Read JSON, repairing what sites get wrong: raw line ends in strings, comments around it, trailing commas."""
    text = text.strip()
    if not (text.startswith(("{", "[")) and text.endswith(("}", "]"))):
        text = re.sub(r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*.*?\*/)|(?:-->|//\s*\]\]>|;)\s*$", "", text, flags=re.DOTALL)
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        pass
    try:
        return json.loads(re.sub(r",(\s*[}\]])", r"\1", text), strict=False)
    except (ValueError, RecursionError):
        return None


def _walk(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > 8:
        return
    if isinstance(value, dict):
        yield value
        for part in value.values():
            yield from _walk(part, depth + 1)
    elif isinstance(value, list):
        for part in value[:200]:
            yield from _walk(part, depth + 1)


def kinds(thing: dict[str, Any]) -> list[str]:
    """Give an object's types, without a namespace."""
    raw = thing.get("@type")
    names = raw if isinstance(raw, list) else [raw]
    return [str(name).rsplit("/", 1)[-1] for name in names if name]


def article(things: list[dict[str, Any]]) -> dict[str, Any]:
    """Give the object that describes the article, else an empty one: the one with most of headline, date and author."""
    best, points = {}, 0
    for thing in things:
        if not any(_ARTICLE.fullmatch(kind) for kind in kinds(thing)):
            continue
        score = 1 + sum(
            bool(thing.get(name)) for name in ("headline", "datePublished", "author", "articleBody", "mainEntityOfPage")
        )
        # A live blog holds its entries, each an article of its own with a headline and a date.
        score += 5 * ("LiveBlogPosting" in kinds(thing))
        if score > points:
            best, points = thing, score
    return best


def named(value: Any, things: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Give (name, type) of every person or organisation in a value; references by ``@id`` are looked up."""
    found: list[tuple[str, str]] = []
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, str):
            found.append((unescape(one), ""))
        elif isinstance(one, dict):
            if "name" not in one and "@id" in one:
                one = next((thing for thing in things if thing.get("@id") == one["@id"] and "name" in thing), one)
            name, kind = one.get("name"), _kind(one, things)
            for text in name if isinstance(name, list) else [name]:
                if isinstance(text, str):
                    found.append((unescape(text), kind))
    return found


def _kind(one: dict[str, Any], things: list[dict[str, Any]]) -> str:
    """Give a reference's own type, or that of the object which it refers to."""
    if "@type" not in one and "@id" in one:
        one = next((thing for thing in things if thing.get("@id") == one["@id"] and "@type" in thing), one)
    return (kinds(one) or [""])[0]


def text_of(value: Any) -> str | None:
    """Give a value that should be a string as one line, or None."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("@value") or value.get("name") or value.get("url")
    if not isinstance(value, str):
        return None
    # Many sites write HTML's entities into JSON, where they mean nothing.
    return " ".join(unescape(value).split()) or None
