"""The standfirst: the line or two between headline and text, which trafilatura often loses or mixes into the body."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from newscrawl.item import Block, Evidence
from newscrawl.reading.metadata import Metadata
from newscrawl.reading.titles import key

_NAMED = re.compile(
    r"(?:^|[\s_-])(?:stand-?first|lead|lede|chapo|chapeau|teaser-?text|sub-?title|sub-?head(?:line|ing)?|dek|deck|intro(?:duction)?|summary|excerpt|abstract|"
    r"entradilla|bajada|copete|sommario|occhiello|spot|ozet|haber-?ozet|article-?description|kicker-?text|vorspann|preamble|ingress)(?:$|[\s_-])",
    re.IGNORECASE,
)
#: How many elements after the headline are looked at.
_NEAR = 40


class Lead:
    """A standfirst as found in the tree: its text, and whether its element says that it is one."""

    def __init__(self, text: str, where: str, *, apart: bool) -> None:
        self.text = text
        self.where = where
        self.apart = apart


def find(tree: HtmlElement, metadata: Metadata, selector: str | None) -> Lead | None:
    """Find the standfirst in the tree before anything is pruned.

    The seed's selector decides; else it is the first element after the h1 whose text is the page's own description,
    or that is named for what it is and is no longer than a standfirst.
    """
    if selector:
        for element in tree.cssselect(selector):
            if text := _text(element):
                return Lead(text, f"selector {selector}", apart=True)
    heading = next(tree.iter("h1"), None)
    if heading is None:
        return None
    described = key(metadata.description or "")
    seen = 0
    for element in _after(heading):
        seen += 1
        if seen > _NEAR:
            break
        text = _text(element)
        if not 20 < len(text) < 600:
            continue
        marks = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('itemprop') or ''}"
        named = bool(_NAMED.search(marks)) or element.tag == "h2" or _in_header(element)
        same = _same(key(text), described)
        if same or (named and element.tag != "h2" and _NAMED.search(marks) and len(text.split()) > 5):
            return Lead(text, "description" if same else f"element {marks.strip()[:40]}", apart=named)
    return None


def _after(heading: HtmlElement) -> list[HtmlElement]:
    found = heading.xpath(
        "following::*[self::p or self::h2 or self::h3 or self::div or self::span or self::strong][not(.//p)]"
    )
    return list(found[: _NEAR * 2])


def _in_header(element: HtmlElement) -> bool:
    parent = element.getparent()
    return parent is not None and parent.tag == "header"


def _same(text: str, described: str) -> bool:
    if not text or not described:
        return False
    short = min(len(text), len(described))
    return text == described or (
        short > 60 and (text.startswith(described[:short]) and described.startswith(text[:short]))
    )


def _text(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def take(
    lead: Lead | None, metadata: Metadata, blocks: list[Block], off: frozenset[str], trace: list[Evidence]
) -> tuple[str | None, list[Block]]:
    """Keep the standfirst as a field of its own.

    It leaves the body where its element says that it stands apart; a first paragraph that the page's description
    merely repeats stays the first paragraph, and is no standfirst.
    """
    if lead is None or "standfirst" in off:
        return None, blocks
    wanted = key(lead.text)
    place = next((number for number, block in enumerate(blocks[:4]) if key(block.text) == wanted), None)
    if place is not None and blocks[place].kind == "heading":
        lead.apart = True
    if place is not None and not lead.apart:
        return None, blocks
    trace.append(Evidence(field="standfirst", found=lead.text, where=lead.where, taken=True))
    return lead.text, blocks if place is None else [*blocks[:place], *blocks[place + 1 :]]
