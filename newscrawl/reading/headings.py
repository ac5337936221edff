"""Sub-headings: those that trafilatura lost between two paragraphs that it kept, and those that are paragraphs in bold."""

from __future__ import annotations

import unicodedata

from lxml.html import HtmlElement

from newscrawl.item import Block, Evidence
from newscrawl.reading import texts
from newscrawl.reading.titles import key

#: A paragraph in bold is a sub-heading up to this many characters, if it does not end as a sentence does.
LONGEST = 120
_ENDS = frozenset(".,;:!…。؛،؟।۔！")


def mark(tree: HtmlElement, blocks: list[Block], trace: list[Evidence]) -> list[Block]:
    """Make sub-headings of short paragraphs in bold between two paragraphs that are not; at most one in three blocks."""
    boxes = {inner.getparent() for inner in tree.iter("strong", "b", "span", "u")}
    bold = {key(text) for box in boxes if box is not None and box.tag in ("p", "div") and (text := _bold(box))}
    if not bold:
        return blocks
    found = [
        place
        for place, block in enumerate(blocks)
        if 0 < place < len(blocks) - 1
        and block.kind == "paragraph"
        and key(block.text) in bold
        and blocks[place - 1].kind != "heading"
        and key(blocks[place + 1].text) not in bold
        and blocks[place + 1].kind != "heading"
    ]
    if len(found) * 3 > len(blocks):
        return blocks
    for place in found:
        trace.append(
            Evidence(
                field="body",
                found=blocks[place].text,
                where="rule bold-headings",
                taken=True,
                note="a short line in bold",
            )
        )
    return [Block("heading", block.text) if place in found else block for place, block in enumerate(blocks)]


def _bold(element: HtmlElement) -> str:
    """Give the text of an element that is one short line in bold and no sentence, else nothing."""
    if (element.text or "").strip():
        return ""
    inside = [one for one in element if one.tag != "br"]
    if len(inside) != 1 or inside[0].tag not in ("strong", "b", "span", "u"):
        return ""
    if any((one.tail or "").strip() for one in element):
        return ""
    if inside[0].tag in ("span", "u") and not _bold(inside[0]):
        return ""
    text = texts.line(element)
    wordy = any(unicodedata.category(letter)[0] == "L" for letter in text)
    return (
        text
        if wordy and len(text) <= LONGEST and text[-1] not in _ENDS and next(element.iterdescendants("a"), None) is None
        else ""
    )


def _is_lost(heading: HtmlElement, places: dict[str, int]) -> bool:
    """Is a heading not in the text, and no link?"""
    text = texts.line(heading)
    return 0 < len(text) <= 200 and key(text) not in places and next(heading.iterdescendants("a"), None) is None


def restore(tree: HtmlElement, blocks: list[Block], trace: list[Evidence]) -> list[Block]:
    """Put a page's sub-headings back where the text on both sides of them was kept, in the same parent.

    A heading that is a link, or longer than 200 characters, leads elsewhere; at most one in three blocks is restored.
    """
    places = {key(block.text): number for number, block in enumerate(blocks) if key(block.text)}
    lost = {one for one in tree.iter("h2", "h3", "h4") if _is_lost(one, places)}
    if all(next(one.itersiblings("p", "li", "blockquote"), None) is None for one in lost):
        return blocks
    found: list[tuple[int, Block]] = []
    before: int | None = None
    waiting: list[HtmlElement] = []
    for element in tree.iter("p", "h2", "h3", "h4", "li", "blockquote"):
        if element.tag in ("h2", "h3", "h4"):
            if element in lost:
                waiting.append(element)
            continue
        text = texts.line(element)
        here = places.get(key(text))
        if here is None:
            if len(text) > 40:
                before, waiting = None, []
            continue
        if (
            before is not None
            and here == before + 1
            and len(waiting) == 1
            and waiting[0].getparent() is element.getparent()
        ):
            found.append((here, Block("heading", texts.line(waiting[0]))))
        before, waiting = here, []
    if len(found) * 3 > len(blocks):
        return blocks
    for place, block in reversed(found):
        blocks = [*blocks[:place], block, *blocks[place:]]
        trace.append(
            Evidence(
                field="body", found=block.text, where="rule headings", taken=True, note="stands between two paragraphs"
            )
        )
    return blocks
