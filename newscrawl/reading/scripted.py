"""Articles whose text lies in a script and is put on the page by the browser: the HTML inside a string of JSON."""

from __future__ import annotations

import json
import re

from lxml import etree, html

from newscrawl.item import Block, Evidence
from newscrawl.reading.blocks import plain_blocks

#: A string of a script in JSON's notation (RFC 8259, section 7) that is long enough for an article.
#: One that is never closed ends the search.
_STRING = re.compile(r'"((?:[^"\\]+|\\.)*+)(?:"|\Z)', re.DOTALL)
_SHORTEST = 150
#: A string with more elements than that is no article.
_MOST = 20_000
_SCRIPT = re.compile(r"<script\b[^>]*>(.*?)</script\s*>", re.IGNORECASE | re.DOTALL)
#: Strings in strings: the outer one is read first, then what it holds.
_DEPTH = 3
_LEAST = 2


def read(page: str, trace: list[Evidence]) -> list[Block]:
    """Give the blocks of the longest HTML of two paragraphs or more that a page's scripts hold, else nothing."""
    best: list[Block] = []
    for script in _SCRIPT.finditer(page):
        for text in _strings(script[1], 0):
            blocks = _blocks(text)
            if sum(len(block.text) for block in blocks) > sum(len(block.text) for block in best):
                best = blocks
    if best:
        trace.append(Evidence(field="body", found=f"{len(best)} blocks", where="HTML in a script", taken=True))
    return best


def _strings(text: str, depth: int) -> list[str]:
    found: list[str] = []
    for literal in _STRING.finditer(text):
        if len(literal[1]) < _SHORTEST:
            continue
        try:
            value = json.loads(f'"{literal[1]}"', strict=False)
        except ValueError:
            continue
        inner = _strings(value, depth + 1) if depth < _DEPTH and '"' in value else []
        found.extend(inner or ([value] if value.count("</p>") >= _LEAST and value.count("<") <= _MOST else []))
    return found


def _blocks(text: str) -> list[Block]:
    try:
        tree = html.fragment_fromstring(text, create_parent="div")
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return []
    for element in tree.xpath(".//*[contains(@class, 'caption')]"):
        element.drop_tree()
    return plain_blocks(tree)
