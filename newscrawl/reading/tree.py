"""One parsed tree of a page, within limits that no page can break."""

from __future__ import annotations

import re

from lxml import etree, html

from newscrawl.item import Page
from newscrawl.outlet import Outlet
from newscrawl.reading.decode import Decoded, decode
from newscrawl.reading.refusal import NotAnArticle

#: Largest page that is read, bytes, and most elements: the largest real articles have a tenth of either.
LARGEST = 10_000_000
MOST_ELEMENTS = 60_000
#: A tag longer than this, characters, is looked at; with more attributes than that no browser's page has been seen, and
#: the parser compares each with all others.
LONGEST_TAG, MOST_ATTRIBUTES = 100_000, 2_000
_ATTRIBUTE, _VALUE = re.compile(r"\s[^\s=]+"), re.compile(r"=\s*(?:\"[^\"]*\"|'[^']*')")
#: Attributes of all elements together, and elements that stand more than so many boxes deep: real pages have a tenth.
MOST_SIGNS, DEEPEST, MOST_DEEP = 250_000, 64, 3_000
_MAGIC = (
    b"%PDF",
    b"\x89PNG",
    b"GIF8",
    b"\xff\xd8\xff",
    b"PK\x03\x04",
    b"RIFF",
    b"\x1f\x8b",
    b"\x00\x00\x00",
    b"ID3",
    b"OggS",
)
#: In both cases by its letters: without them a pattern is twice as fast as one that ignores case.
_OPENS = re.compile(
    r"<(?:([sS](?:[cC][rR][iI][pP][tT]|[tT][yY][lL][eE]|[vV][gG])|[tT][eE][mM][pP][lL][aA][tT][eE])\b|!--)"
)
_CLOSES = {name: re.compile(rf"</{name}\s*>", re.IGNORECASE) for name in ("script", "style", "svg", "template")} | {
    "": re.compile("-->")
}


def parse(page: Page, outlet: Outlet | None) -> tuple[html.HtmlElement, Decoded]:
    """Decode and parse a page; raise NotAnArticle for what is none of the web's text.

    Scripts (but JSON-LD), styles, drawings and comments are cut before parsing: they are most of a page's bytes.
    """
    body = page.body
    if not body.strip():
        raise NotAnArticle("empty", "the answer has no content")
    if len(body) > LARGEST:
        raise NotAnArticle("too-large", f"{len(body)} bytes")
    kind = (page.content_type or "").split(";")[0].strip().lower()
    if body.startswith(_MAGIC) or (kind and not re.search(r"html|xml|text/plain|octet-stream", kind)):
        raise NotAnArticle("binary", kind or "no text")
    decoded = decode(body, page.content_type, outlet.encoding if outlet else None)
    if decoded.how == "detected" and b"\x00" in body[:4096]:
        raise NotAnArticle("binary", "the page holds zero bytes")
    text = _without_scripts(decoded.text)
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    if text.count("<") > 4 * MOST_ELEMENTS:
        raise NotAnArticle("too-large", f"more than {2 * MOST_ELEMENTS} elements")
    if text.count("=") > MOST_SIGNS:
        raise NotAnArticle("too-large", f"more than {MOST_SIGNS} attributes")
    if _has_endless_tag(text):
        raise NotAnArticle("too-large", f"an element of more than {MOST_ATTRIBUTES} attributes")
    try:
        tree = html.document_fromstring(text.encode(), parser=_parser())
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError) as error:
        raise NotAnArticle("no-html", str(error)) from error
    number = int(tree.xpath("count(//*)"))
    if number > MOST_ELEMENTS:
        raise NotAnArticle("too-large", f"{number} elements")
    if number > MOST_DEEP and int(tree.xpath(f"count(//*[ancestor::*[{DEEPEST}]])")) > MOST_DEEP:
        raise NotAnArticle("too-large", f"more than {MOST_DEEP} elements, each inside {DEEPEST} others")
    if tree.find("body") is None or number < 3:
        raise NotAnArticle("no-html", "the page has no body")
    return tree, decoded


def _parser() -> html.HTMLParser:
    """Make a parser whose elements are all of one class: lxml.html asks a function in Python which, for each element."""
    parser = html.HTMLParser(huge_tree=False, remove_comments=True, remove_pis=True, encoding="utf-8")
    parser.set_element_class_lookup(etree.ElementDefaultClassLookup(element=html.HtmlElement))
    return parser


def _without_scripts(text: str) -> str:
    """Cut scripts, styles, drawings and comments that are closed; what is never closed is looked for once only."""
    parts, done, here = [], 0, 0
    endless: set[str] = set()
    while (opens := _OPENS.search(text, here)) is not None:
        name = (opens[1] or "").lower()
        inside = text.find(">", opens.end()) + 1 if name else opens.end()
        if not inside:
            break
        here = inside
        if name in endless or (name == "script" and "ld+json" in text[opens.end() : inside]):
            continue
        closes = _CLOSES[name].search(text, inside)
        if closes is None:
            endless.add(name)
            continue
        parts.append(text[done : opens.start()])
        done = here = closes.end()
    return " ".join([*parts, text[done:]])


def _is_far(text: str) -> bool:
    """Do ends of tags anywhere lie further apart than a tag is long? One look for each such length tells."""
    here = 0
    while len(text) - here > LONGEST_TAG:
        ends = text.rfind(">", here, here + LONGEST_TAG + 1)
        if ends < 0:
            return True
        here = ends + 1
    return False


def _has_endless_tag(text: str) -> bool:
    if not _is_far(text):
        return False
    for part in text.split(">"):
        if len(part) > LONGEST_TAG:
            start = part.rfind("<")
            if (
                start >= 0
                and len(part) - start > LONGEST_TAG
                and len(_ATTRIBUTE.findall(_VALUE.sub("", part[start:]))) > MOST_ATTRIBUTES
            ):
                return True
    return False
