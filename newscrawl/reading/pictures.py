"""Pictures of an article: those that its data names, and those that stand in figures with a caption."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from newscrawl.item import Image
from newscrawl.reading import cards, structured, texts

_MOST = 20
_LONGEST, _CREDIT_LONGEST = 1000, 80
#: Boxes whose pictures belong to other pages, or to none.
_ELSEWHERE = frozenset({"aside", "nav", "footer", "header", "li"})
_CREDIT_MARK = re.compile(
    r"credit|copyright|photographer|(?:^|[\s_-])(?:copy|source|quelle|rights)(?:$|[\s_-])", re.IGNORECASE
)
#: The end of a caption that names who took the picture.
_CREDIT = re.compile(
    r"(?:^|[\s.(|\[])(?:(?:photos?|pictures?|images?|credits?|foto(?:ğraf)?s?|bild(?:er)?|fotos?|фото|صورة|الصورة|عکس|तस्वीर|写真|图片|사진|source|quelle|fuente|kaynak|المصدر)"
    r"(?: by| credits?| courtesy| von| de| di| av)?\s*[:：]\s*|©\s*|\(c\)\s*)([^()\[\]]{3,80}?)[)\]]?\.?$",
    re.IGNORECASE,
)
_FILE = re.compile(r"\.(?:jpe?g|png|webp|gif|avif)$", re.IGNORECASE)
#: What sites add to a picture's address for each of its sizes.
_SIZE = re.compile(r"-\d{2,4}x\d{2,4}(?=\.\w+$)")


def pictures(tree: HtmlElement, article: dict[str, Any], shared: str | None, url: str) -> tuple[Image, ...]:
    """Give the pictures that JSON-LD names, else the shared one, and those of figures, each once, with what is known."""
    found = list(_declared(article, url))
    if not found and shared and (joined := _joined(url, shared)):
        found.append(Image(url=joined))
    places = {_bare(image.url): number for number, image in reversed(list(enumerate(found)))}
    for image in _figures(tree, url):
        place = places.setdefault(_bare(image.url), len(found))
        if place == len(found):
            found.append(image)
        else:
            known = found[place]
            found[place] = replace(known, caption=known.caption or image.caption, credit=known.credit or image.credit)
    return tuple(dict.fromkeys(found))[:_MOST]


def _declared(article: dict[str, Any], url: str) -> Iterator[Image]:
    raw = article.get("image")
    for one in raw if isinstance(raw, list) else [raw]:
        if not isinstance(one, dict):
            address, caption, credit = structured.text_of(one), None, None
        else:
            address = structured.text_of(one.get("url") or one.get("contentUrl"))
            caption = structured.text_of(one.get("caption"))
            credit = structured.text_of(one.get("creditText") or one.get("creator") or one.get("copyrightHolder"))
        if address and (joined := _joined(url, address)):
            yield Image(url=joined, caption=caption, credit=credit)


def _figures(tree: HtmlElement, url: str) -> Iterator[Image]:
    for figure in tree.iter("figure"):
        caption, picture = next(figure.iter("figcaption"), None), next(figure.iter("img"), None)
        if caption is None or picture is None or _is_elsewhere(figure, url):
            continue
        address = next(
            (_address(picture, name) for name in ("data-src", "data-original", "src") if picture.get(name)), None
        )
        text, credit = _apart(caption)
        if address and (joined := _joined(url, address)) and (text or credit):
            yield Image(url=joined, caption=text, credit=credit)


def _is_elsewhere(figure: HtmlElement, url: str) -> bool:
    """Does a figure stand in a menu or a list of others, or lead to another page, and not to the picture itself?"""
    if any(above.tag in _ELSEWHERE for above in figure.iterancestors()):
        return True
    targets = (cards.target(link, url) for link in (*figure.iter("a"), *figure.iterancestors("a")))
    return any(there is not None and not _FILE.search(there) for there in targets)


def _address(picture: HtmlElement, name: str) -> str | None:
    address = picture.get(name) or ""
    return address if not address.startswith("data:") else None


def _apart(caption: HtmlElement) -> tuple[str | None, str | None]:
    """Give a caption without its credit, and the credit: an element that is named for it, or the words at the end."""
    whole = texts.line(caption)[:_LONGEST]
    for part in caption.iter("span", "cite", "small", "div", "p", "em"):
        credit = texts.line(part)
        if 0 < len(credit) <= _CREDIT_LONGEST and _CREDIT_MARK.search(part.get("class") or ""):
            named = _CREDIT.search(credit)
            return whole.replace(credit, "").replace("()", "").strip(" |/–—-") or None, named[
                1
            ].strip() if named else credit
    named = _CREDIT.search(whole)
    if named is None:
        return whole or None, None
    return whole[: named.start()].strip(" |/–—-([") + ("." if whole[named.start()] == "." else "") or None, named[
        1
    ].strip()


def _bare(address: str) -> str:
    """Give a picture's address without its size and query, by which its copies are known."""
    return _SIZE.sub("", urlsplit(address).path)


def _joined(url: str, href: str) -> str | None:
    try:
        joined = urljoin(url, href.strip())
        urlsplit(joined)
    except ValueError:
        return None
    return joined if joined.startswith(("http://", "https://")) else None
