"""Sub-headings that trafilatura lost between two paragraphs that it kept."""

from __future__ import annotations

from lxml.html import HtmlElement

from newscrawl.item import Block, Evidence
from newscrawl.reading.titles import key


def restore(tree: HtmlElement, blocks: list[Block], trace: list[Evidence]) -> list[Block]:
    """Put a page's sub-headings back where the text on both sides of them was kept, in the same parent.

    A heading that is a link, or longer than 200 characters, leads elsewhere; at most one in three blocks is restored.
    """
    places = {key(block.text): number for number, block in enumerate(blocks) if key(block.text)}
    found: list[tuple[int, Block]] = []
    before: int | None = None
    waiting: list[HtmlElement] = []
    for element in tree.iter("p", "h2", "h3", "h4", "li", "blockquote"):
        text = " ".join(element.text_content().split())
        if element.tag in ("h2", "h3", "h4"):
            if key(text) not in places and text and len(text) <= 200 and element.find(".//a") is None:
                waiting.append(element)
            continue
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
            found.append((here, Block("heading", " ".join(waiting[0].text_content().split()))))
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
