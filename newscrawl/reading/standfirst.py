"""The standfirst: the line or two between headline and text, which trafilatura often loses or mixes into the body."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml.html import HtmlElement

from newscrawl.item import Block, Evidence
from newscrawl.reading import texts
from newscrawl.reading.metadata import Metadata
from newscrawl.reading.titles import key

_NAMED = re.compile(
    r"(?:^|[\s_-])(?:stand-?first|lead|lede|chapo|chapeau|teaser-?text|sub-?title|sub-?line|sub-?head(?:line|ing)?|sub-?tit(?:-\w+)?|dek|deck|intro(?:duction)?|summary|excerpt|abstract|"
    r"entradilla|bajada|copete|epigraph|epigrafe|sommario|occhiello|spot|ozet|haber-?ozet|article-?description|kicker-?text|vorspann|preamble|ingress|manchet|perex)(?:$|[\s_-])",
    re.IGNORECASE,
)
_APART = frozenset({"figure", "figcaption", "aside", "nav", "footer", "form", "ul", "ol", "table"})
_BOXES = ("p", "div", "h2", "h3", "section", "article", "header", "ul", "ol", "figure", "main", "aside")
#: How many elements after the headline are looked at for one that is named for it, and for the description's own words.
_NEAR, _FAR = 40, 400
_LONGEST = 600


class Lead(NamedTuple):
    """A standfirst as found in the tree: its text, and whether its element says that it is one."""

    text: str
    where: str
    apart: bool


def find(tree: HtmlElement, metadata: Metadata, selector: str | None) -> Lead | None:
    """Find the standfirst in the tree before anything is pruned.

    The seed's selector decides; else it is the element after the h1 whose words are those of the page's own
    description, or the first one that is named for what it is, or is a second heading right under the first in one
    header, and is no longer than a standfirst.
    """
    if selector:
        for element in tree.cssselect(selector):
            if text := texts.line(element):
                return Lead(text, f"selector {selector}", True)
    heading = next(tree.iter("h1"), None)
    if heading is None:
        return None
    below = heading.getnext()
    described = [letters for text in metadata.descriptions if (letters := key(text))]
    titles = {key(title) for title in metadata.headlines}
    named: Lead | None = None
    for number, element in enumerate(_after(heading)):
        if number > _FAR:
            break
        near = named is None and number < _NEAR
        if not near and not described:
            break
        text = texts.line(element)
        if not 20 < len(text) < _LONGEST or key(text) in titles:
            continue
        is_described = any(_same(key(text), letters) for letters in described)
        marked = (near or is_described) and _is_named(element)
        if is_described:
            outer = element.getparent()
            if outer is not None and texts.line(outer) == text:
                marked = marked or _is_named(outer)
            return Lead(
                _whole(element, text, described), "description", marked or element.tag == "h2" or _in_header(element)
            )
        marked = marked or (element is below and element.tag == "h2" and _in_header(element))
        if near and marked and len(text.split()) > 5:
            named = Lead(text, f"element {_marks(element).strip()[:40]}", True)
    return named


def _after(heading: HtmlElement) -> Iterator[HtmlElement]:
    """Give the smallest boxes of running text that follow the headline, pictures and asides left out."""
    for element in heading.itersiblings():
        yield from _leaves(element)
    for above in heading.iterancestors():
        for element in above.itersiblings():
            yield from _leaves(element)


def _leaves(element: HtmlElement) -> Iterator[HtmlElement]:
    if element.tag in _APART or not isinstance(element.tag, str):
        return
    if element.tag in ("p", "h2", "h3") or next(element.iterchildren(*_BOXES), None) is None:
        yield element
        return
    for child in element:
        yield from _leaves(child)


def _whole(element: HtmlElement, text: str, described: list[str]) -> str:
    """A standfirst of two paragraphs is one when the box around both is the description too."""
    outer = element.getparent()
    whole = texts.line(outer) if outer is not None else ""
    fits = len(text) < len(whole) < _LONGEST
    if fits and any(_same(key(whole), letters) and len(letters) >= len(key(whole)) for letters in described):
        return whole
    return text


def _marks(element: HtmlElement) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''} {element.get('itemprop') or ''} {element.get('data-manual') or ''}"


def _is_named(element: HtmlElement) -> bool:
    return bool(_NAMED.search(re.sub(r"(?<=[a-z])(?=[A-Z])", "-", _marks(element))))


def _in_header(element: HtmlElement) -> bool:
    parent = element.getparent()
    return parent is not None and parent.tag == "header"


def _same(text: str, described: str) -> bool:
    """Are these the same words? A cut at either end, or a town before the text, does not make them others."""
    short, long = sorted((text, described), key=len)
    if text == described:
        return True
    if len(short) < 40 or len(long) > 1.6 * len(short) + 40:
        return False
    return long.startswith(short) or (text == long and 0 <= long.find(short) <= 40)


def take(
    lead: Lead | None, blocks: list[Block], off: frozenset[str], trace: list[Evidence]
) -> tuple[str | None, list[Block]]:
    """Keep the standfirst as a field of its own.

    It leaves the body where its element says that it stands apart; a first paragraph that the page's description
    merely repeats stays the first paragraph, and is no standfirst.
    """
    if lead is None or "standfirst" in off:
        return None, blocks
    wanted = key(lead.text)
    place = next((number for number, block in enumerate(blocks[:4]) if key(block.text) == wanted), None)
    if place is not None and not lead.apart and blocks[place].kind != "heading":
        return None, blocks
    if place is None and not lead.apart and any(wanted in key(block.text) for block in blocks):
        return None, blocks
    trace.append(Evidence(field="standfirst", found=lead.text, where=lead.where, taken=True))
    return lead.text, blocks if place is None else [*blocks[:place], *blocks[place + 1 :]]
