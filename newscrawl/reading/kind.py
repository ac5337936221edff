"""Tells articles from what only looks like one: missing pages, errors, walls, listings and galleries."""

from __future__ import annotations

from lxml.html import HtmlElement

from newscrawl.item import Block
from newscrawl.outlet import Outlet
from newscrawl.reading import prose, saying, texts
from newscrawl.reading.language import guess, same
from newscrawl.reading.metadata import Metadata
from newscrawl.reading.refusal import NotAnArticle
from newscrawl.reading.shape import LEADS, Shape, is_article
from newscrawl.reading.titles import key

#: Characters of text up to which a page may be a wall, or say that there is nothing: articles are longer, or say it of others.
_WALL, _CONSENT = 800, 2500
#: Lines of a text among which a page says that it is missing.
_FIRST = 3
#: Pictures of a gallery, and the most characters of a caption and of all captions together.
_PICTURES, _CAPTION, _CAPTIONS = 4, 300, 2500


def check(tree: HtmlElement, shape: Shape, metadata: Metadata, blocks: list[Block]) -> None:
    """Raise NotAnArticle when the page is none; what remains is one."""
    said = [block for block in blocks if prose.is_prose(block.text)]
    heads = [*metadata.headlines, shape.headline]
    article = is_article(metadata.kinds)
    if sum(len(block.text) for block in said) < _WALL:
        _refuse_walls(shape, heads, said, article)
    if not article and _is_share(said, "cookie", _CONSENT) and not (shape.dated and len(said) > 1):
        raise NotAnArticle("cookie-wall", said[0].text[:80])
    if _is_gallery(tree, metadata, heads, blocks):
        raise NotAnArticle("gallery", "pictures and their captions")
    stated = metadata.published is not None and metadata.published.source in ("json-ld", "meta")
    if not article and (shape.declared or not (stated or shape.dated)) and shape.is_listing(blocks):
        raise NotAnArticle("section-page", metadata.title)
    if not blocks or (sum(len(block.text) for block in blocks) < 200 and not said):
        if shape.leads >= LEADS:
            raise NotAnArticle("section-page", metadata.title)
        if sum(1 for _ in tree.iter("img")) >= _PICTURES:
            raise NotAnArticle("gallery", "pictures without a text")
        raise NotAnArticle("no-text", blocks[0].text if blocks else "no text was found")


def _refuse_walls(shape: Shape, heads: list[str], said: list[Block], article: bool) -> None:
    """Refuse a page of little text that says that it is missing, that the server failed, or that one should log in."""
    first = [block.text for block in said[:_FIRST]]
    open_ = not article and not (shape.dated and len(said) > 1)
    if any(saying.head("missing", head) for head in heads) or (open_ and any(saying.line("missing", t) for t in first)):
        raise NotAnArticle("soft-404", heads[0])
    if open_ and (any(saying.head("error", head) for head in heads) or any(saying.line("error", t) for t in first)):
        raise NotAnArticle("error-page", heads[0])
    asked = any(saying.head("login", head) for head in heads) and shape.form
    if open_ and (asked or (shape.form and _is_share(said, "login", _WALL))):
        raise NotAnArticle("login-wall", heads[0])


def _is_share(said: list[Block], kind: saying.Kind, most: int) -> bool:
    """Does half of a text, which is no longer than ``most``, say it?"""
    whole = sum(len(block.text) for block in said)
    return 0 < whole < most and 2 * sum(len(b.text) for b in said if saying.line(kind, b.text)) > whole


def _is_gallery(tree: HtmlElement, metadata: Metadata, heads: list[str], blocks: list[Block]) -> bool:
    """Does the page call itself a gallery, and does every line of its text stand beside a picture?"""
    named = any(kind.endswith("Gallery") for kind in metadata.kinds) or any(
        saying.head("gallery", one) for one in heads
    )
    if not named or not blocks or sum(len(block.text) for block in blocks) > _CAPTIONS:
        return False
    pictures = list(tree.iter("img"))
    beside = "".join(_caption(picture) for picture in pictures)
    return len(pictures) >= _PICTURES and all(
        key(block.text) in beside or not prose.is_prose(block.text) for block in blocks
    )


def _caption(picture: HtmlElement) -> str:
    """Give the letters of the smallest box around a picture that has a text, and no other picture."""
    for box in picture.iterancestors():
        if sum(1 for _ in box.iter("img")) > 1:
            return ""
        if letters := key(texts.whole(box)):
            return letters if len(letters) <= _CAPTION else ""
    return ""


def check_language(metadata: Metadata, blocks: list[Block], outlet: Outlet | None) -> None:
    """Raise NotAnArticle ``wrong-language`` when the text is certainly in none of the languages that the seed names."""
    if outlet is None or "und" in outlet.languages:
        return
    seen = guess("\n".join(block.text for block in blocks))
    if seen is not None and not any(same(tag.split("-")[0], seen) for tag in outlet.languages):
        raise NotAnArticle("wrong-language", f"the text is {seen}, the seed says {' '.join(outlet.languages)}")
