"""The engine: trafilatura on the pruned tree, and what mends its answer."""

from __future__ import annotations

from configparser import ConfigParser
from typing import Any

from lxml.html import HtmlElement
from trafilatura import bare_extraction

from newscrawl.item import Block, Evidence
from newscrawl.reading import cascade, prose, texts
from newscrawl.reading.blocks import blocks_of, plain_blocks
from newscrawl.reading.cutoff import mend
from newscrawl.reading.headings import mark, restore
from newscrawl.reading.metadata import Metadata
from newscrawl.reading.titles import key

#: Characters of a paragraph, and of all of a page's together, from which the text found is held against them.
_PARAGRAPH, _MUCH = 80, 1500
#: trafilatura's last resort is all text of the page in one block, headline and buttons included; never so long.
_LAST_RESORT = 1500
#: Elements of a page on which trafilatura asks no second extractor: justext compares all paragraphs with all.
_HUGE = 8_000
#: Languages of which a character says as much as three letters of the others.
_DENSE = frozenset({"zh", "ja", "ko", "yue"})
_APART = frozenset({"a", "li", "nav", "footer", "aside", "form", "dialog"})
_PLAIN = frozenset({"div", "td", "section", "font", "article"})
#: A brief's paragraph has more characters.
_SHORT = 20
_HEADINGS = ("h2", "h3", "h4", "div", "span", "strong", "b", "font")
#: trafilatura deletes U+200C and U+200D, which Persian, Kurdish and Indic words need; they pass in this disguise.
_DISGUISE = {"‌": "𒀱", "‍": "𒀲"}
_REVEAL = str.maketrans({sign: joiner for joiner, sign in _DISGUISE.items()})


def read(tree: HtmlElement, url: str, metadata: Metadata, off: frozenset[str], trace: list[Evidence]) -> list[Block]:
    """Give the blocks that trafilatura finds in a pruned tree, mended by what the tree shows beside them."""
    disguised = _disguise(tree)
    blocks = _found(tree, url, metadata, off)
    if blocks and "recall" not in off and _is_little(blocks, tree):
        blocks = _again(tree, url, metadata, blocks, trace) or blocks
    if sum(len(block.text) for block in blocks) < _LAST_RESORT:
        brief = _of_brief(blocks, *_brief(tree, metadata))
        if brief and brief != blocks:
            blocks = brief
            trace.append(_taken(blocks, "paragraphs beside the headline"))
    if not blocks:
        return []
    trace.append(_taken(blocks, "trafilatura"))
    if "cut-off" not in off:
        blocks = mend(tree, blocks, trace)
    if "headings" not in off:
        blocks = restore(tree, blocks, trace)
    if "bold-headings" not in off:
        blocks = mark(tree, blocks, trace)
    return [block._replace(text=block.text.translate(_REVEAL)) for block in blocks] if disguised else blocks


def _taken(blocks: list[Block], where: str) -> Evidence:
    return Evidence(field="body", found=f"{len(blocks)} blocks", where=where, taken=True)


def _found(tree: HtmlElement, url: str, metadata: Metadata, off: frozenset[str]) -> list[Block]:
    dense = "dense" not in off and _is_dense(metadata)
    body = cascade.surely(tree, dense=dense)
    return list(blocks_of(body)) if body is not None else _of_cascade(tree, url, cascade.config(dense=dense))


def _is_dense(metadata: Metadata) -> bool:
    return (metadata.language or "").split("-")[0] in _DENSE


def _of_cascade(tree: HtmlElement, url: str, config: ConfigParser, **options: Any) -> list[Block]:
    found: Any = bare_extraction(
        tree,
        url=url,
        with_metadata=False,
        include_comments=False,
        config=config,
        fast=int(tree.xpath("count(//*)")) > _HUGE,
        **options,
    )
    return list(blocks_of(found.body)) if found is not None and found.body is not None else []


def _again(tree: HtmlElement, url: str, metadata: Metadata, first: list[Block], trace: list[Evidence]) -> list[Block]:
    """Look again where the engine took a part for the whole: favouring recall, then in the box around that part."""
    more = _of_cascade(tree, url, cascade.config(dense=_is_dense(metadata)), favor_recall=True)
    if _is_little(more, tree):
        box = _box(tree, first)
        more = plain_blocks(box) if box is not None else []
    if _is_little(more, tree):
        return []
    trace.append(_taken(more, "rule recall"))
    return more


def _long(tree: HtmlElement) -> list[tuple[HtmlElement, int]]:
    return [(one, length) for one in tree.iter("p") if (length := len(texts.whole(one))) > _PARAGRAPH]


def _is_little(blocks: list[Block], tree: HtmlElement) -> bool:
    """Is the text found less than a third of the page's long paragraphs? Then the engine took a part for the whole."""
    whole = sum(length for _, length in _long(tree))
    return whole > _MUCH and sum(len(block.text) for block in blocks) < whole / 3


def _box(tree: HtmlElement, first: list[Block]) -> HtmlElement | None:
    """Give the smallest box that is mostly paragraphs, and holds two thirds of the page's long ones and what was found first.

    Paragraphs of comments, lists, cards and menus don't count.
    """
    paragraphs = [(one, length) for one, length in _long(tree) if not any(map(_is_apart, one.iterancestors()))]
    whole = sum(length for _, length in paragraphs)
    held: dict[HtmlElement, int] = {}
    for paragraph, length in paragraphs:
        for above in paragraph.iterancestors():
            held[above] = held.get(above, 0) + length
    inner = [box for box, length in held.items() if 3 * length >= 2 * whole]
    inner.sort(key=lambda box: sum(1 for _ in box.iterancestors()), reverse=True)
    best = next((box for box in inner if _holds(box, first)), None)
    return best if best is not None and best.tag != "body" and 2 * held[best] > len(texts.whole(best)) else None


def _holds(box: HtmlElement, blocks: list[Block]) -> bool:
    """Is most of the text found in the box? Else the engine found another text, and may be right."""
    letters = key(texts.whole(box))
    return 2 * sum(len(block.text) for block in blocks if key(block.text) in letters) > sum(
        len(block.text) for block in blocks
    )


def _is_apart(element: HtmlElement) -> bool:
    marks = f"{element.get('class')} {element.get('id')}".lower()
    return element.tag in _APART or "comment" in marks or element.get("hidden") is not None


def _disguise(tree: HtmlElement) -> bool:
    seen = False
    for element in tree.iter():
        for name in ("text", "tail"):
            text = getattr(element, name)
            if text and ("‌" in text or "‍" in text):
                for joiner, sign in _DISGUISE.items():
                    text = text.replace(joiner, sign)
                setattr(element, name, text)
                seen = True
    return seen


def _of_brief(blocks: list[Block], brief: list[Block], box: HtmlElement | None) -> list[Block]:
    """Give the brief alone where the engine found it all in one block, or beside it only words of menus outside its box."""
    found, short = key("".join(block.text for block in blocks)), key("".join(block.text for block in brief))
    if not blocks or box is None or not all(key(block.text) in found for block in brief):
        return blocks or brief
    if len(blocks) == 1:
        return brief
    inner = {key(texts.whole(one)) for one in box.iter()}
    rest = [block for block in blocks if key(block.text) not in short and key(block.text) not in inner]
    return blocks if any(prose.is_prose(block.text) for block in rest) else [one for one in blocks if one not in rest]


def _brief(tree: HtmlElement, metadata: Metadata) -> tuple[list[Block], HtmlElement | None]:
    """Read a brief of a sentence or two, which trafilatura takes for nothing: the paragraphs beside the headline, and their box."""
    heading = tree.find(".//h1")
    if heading is None:
        titles = {key(title) for title in metadata.headlines}
        heading = next((one for one in tree.iter(*_HEADINGS) if key(texts.whole(one)) in titles), None)
    box = heading.getparent() if heading is not None else None
    for _ in range(3):
        if box is None or heading is None or box.tag == "body":
            break
        lines = [texts.line(one) for one in box.iter("p")] or _sentences(box, heading)
        blocks = [Block("paragraph", text) for text in lines if len(text) > _SHORT]
        if blocks:
            return blocks, box
        box = box.getparent()
    return [], None


def _sentences(box: HtmlElement, heading: HtmlElement) -> list[str]:
    """Give the texts after a headline that end as sentences do, of boxes that hold no others: outlets without paragraphs."""
    after, found = False, []
    for one in box.iter():
        after = after or one is heading
        if (
            after
            and one.tag in _PLAIN
            and not any(part.tag in _PLAIN or part.tag == "li" for part in one.iter() if part is not one)
        ):
            text = texts.line(one)
            if prose.ends(text) and not any(map(_is_apart, one.iterancestors())):
                found.append(text)
    return found
