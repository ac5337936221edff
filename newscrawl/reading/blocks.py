"""trafilatura's tree becomes blocks: their kind, their order, one line of text each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import blake2b
from itertools import takewhile
from typing import Any

from lxml import etree
from lxml.html import HtmlElement

from newscrawl.item import Block, BlockKind, Evidence
from newscrawl.reading import dateline as datelines
from newscrawl.reading import lines, prose, texts
from newscrawl.reading.titles import key

_KINDS: dict[str, BlockKind] = {"head": "heading", "list": "list", "quote": "quote", "table": "table"}
_PLAIN: dict[str, BlockKind] = {"h2": "heading", "h3": "heading", "h4": "heading", "li": "list", "blockquote": "quote"}
_HOLDERS = frozenset({"p", "li", "blockquote", "figure", "figcaption"})
_DIGITS = re.compile(r"\d+")
_INLINE = frozenset({"hi", "ref", "del", "lb", "graphic", "code", "span", "formula"})


def fingerprint(text: str) -> str:
    """Give a block's fingerprint: 16 hex digits of its letters' BLAKE2b, digits blurred, so that counters don't count.

    >>> fingerprint("Shares: 12") == fingerprint("shares 977")
    True
    """
    letters = _DIGITS.sub("9", key(text))
    return blake2b(letters.encode("utf-8", "replace"), digest_size=8).hexdigest()


def blocks_of(parent: Any, kind: BlockKind = "paragraph") -> Iterator[Block]:
    """Give the blocks of trafilatura's result tree, text that stands between its elements included."""
    run = parent.text or ""
    for child in parent:
        if child.tag in _INLINE:
            run += _running(child)
        else:
            yield from _split(kind, run)
            yield from _blocks(child, kind)
            run = ""
        run += child.tail or ""
    yield from _split(kind, run)


def plain_blocks(box: HtmlElement) -> list[Block]:
    """Give the blocks of a box of HTML as its elements name them; a paragraph in a quote or list item is part of it."""
    found = []
    for element in box.iter("p", "h2", "h3", "h4", "li", "blockquote"):
        inner = any(above.tag in _HOLDERS for above in element.iterancestors())
        if not inner and (text := _flat(texts.whole(element))):
            found.append(Block(_PLAIN.get(str(element.tag), "paragraph"), text))
    return found


def _blocks(element: Any, outer: BlockKind) -> Iterator[Block]:
    kind = _KINDS.get(element.tag, outer)
    if element.tag == "list":
        for item in element.iter("item"):
            yield from _split("list", _running(item, without="list"))
    elif element.tag == "table":
        for row in element.iter("row"):
            text = " | ".join(filter(None, (_flat("".join(cell.itertext())) for cell in row.iter("cell"))))
            if text:
                yield Block("table", text)
    elif element.tag in ("p", "head"):
        yield from _split(kind, _running(element))
    else:
        yield from blocks_of(element, kind)


def _running(element: Any, without: str | None = None) -> str:
    """Give an element's text with its line breaks, but not its tail; a list in a list's item is read for itself."""
    parts: list[str] = []
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, one in walk:
        if event == "end":
            parts.append((one.tail or "") if one is not element else "")
        elif one.tag == "lb" or (one is not element and one.tag == without):
            parts.append("\n")
            walk.skip_subtree()
        else:
            parts.append(one.text or "")
    return "".join(parts)


def _split(kind: BlockKind, text: str) -> Iterator[Block]:
    for line in text.split("\n"):
        if flat := _flat(line):
            yield Block(kind, flat)


def _flat(text: str) -> str:
    return " ".join(text.split())


def tidy(
    blocks: list[Block],
    *,
    headlines: tuple[str, ...],
    authors: tuple[str, ...],
    furniture: frozenset[str],
    off: frozenset[str],
    trace: list[Evidence],
) -> list[Block]:
    """Leave out blocks that are not the text: the headline again, calls to action, promotions, bylines, furniture.

    The line rules together take no more than their share, and furniture no more than a third of the text: an outlet's
    short notes may all share a sentence.
    """
    kept = _without_lines(blocks, headlines, authors, off, trace)
    if furniture and "furniture" not in off:
        kept = _without_furniture(kept, furniture, trace)
    while kept and kept[-1].kind == "heading" and "trailing-heading" not in off:
        trace.append(_left_out(kept[-1].text, "trailing-heading", "nothing follows it"))
        kept.pop()
    return kept


def _left_out(text: str, rule: str, note: str = "left out") -> Evidence:
    return Evidence(field="body", found=text, where=f"rule {rule}", taken=False, note=note)


def _without_lines(
    blocks: list[Block],
    headlines: tuple[str, ...],
    authors: tuple[str, ...],
    off: frozenset[str],
    trace: list[Evidence],
) -> list[Block]:
    dropped: set[int] = set()
    room = max(lines.SHARE * sum(len(block.text) for block in blocks), lines.ALWAYS)
    for place, rule in lines.unwanted(blocks, headlines=headlines, authors=authors):
        room -= len(blocks[place].text)
        if rule in off or room < 0:
            continue
        dropped.add(place)
        trace.append(_left_out(blocks[place].text, rule))
    return [block for place, block in enumerate(blocks) if place not in dropped]


def _without_furniture(blocks: list[Block], furniture: frozenset[str], trace: list[Evidence]) -> list[Block]:
    """Leave out what is known to return, at both ends of the text only: labels return in its middle, too.

    At the head it must be a sentence, for towns and datelines return there; at the end it must be no credit. What stands
    on a page twice is part of how its text is built.
    """
    marks = [fingerprint(block.text) for block in blocks]
    known = {
        place
        for place, mark in enumerate(marks)
        if mark in furniture and marks.count(mark) == 1 and key(blocks[place].text) and not _is_credit(blocks[place])
    }
    head = list(takewhile(lambda place: place in known and prose.is_prose(blocks[place].text), range(len(blocks))))
    tail = list(takewhile(lambda place: place in known, reversed(range(len(blocks)))))
    ends = {*head, *tail}
    if sum(len(blocks[place].text) for place in ends) * 3 > sum(len(block.text) for block in blocks):
        return blocks
    for place in sorted(ends):
        trace.append(_left_out(blocks[place].text, "furniture", "returns on many pages of the outlet"))
    return [block for place, block in enumerate(blocks) if place not in ends]


def _is_credit(block: Block) -> bool:
    return datelines.credit_of(block.text) is not None or datelines.parse(block.text) is not None
