"""Articles whose text lies in a script and is put on the page by the browser: the HTML inside a string of JSON."""

from __future__ import annotations

import json
import re

from lxml import etree, html

from newscrawl.item import Block, BlockKind, Evidence

#: A string of a script in JSON's notation (RFC 8259, section 7) that is long enough for an article.
_STRING = re.compile(r'"((?:[^"\\]|\\.){150,})"', re.DOTALL)
_SCRIPT = re.compile(r"<script\b[^>]*>(.*?)</script\s*>", re.IGNORECASE | re.DOTALL)
_KINDS: dict[str, BlockKind] = {"h2": "heading", "h3": "heading", "h4": "heading", "li": "list", "blockquote": "quote"}
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
        try:
            value = json.loads(f'"{literal[1]}"', strict=False)
        except ValueError:
            continue
        inner = _strings(value, depth + 1) if depth < _DEPTH and '"' in value else []
        found.extend(inner or ([value] if value.count("</p>") >= _LEAST else []))
    return found


def _blocks(text: str) -> list[Block]:
    try:
        tree = html.fragment_fromstring(text, create_parent="div")
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return []
    found = []
    for element in tree.iter("p", "h2", "h3", "h4", "li", "blockquote"):
        inner = any(above.tag in ("p", "li", "blockquote", "figure", "figcaption") for above in element.iterancestors())
        caption = any("caption" in (above.get("class") or "") for above in element.iterancestors())
        line = " ".join(element.text_content().split())
        if line and not inner and not caption:
            found.append(Block(_KINDS.get(str(element.tag), "paragraph"), line))
    return found
