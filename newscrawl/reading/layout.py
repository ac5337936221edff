"""Elements that mean less than they say: tables that only place things, articles that are parts, rests of texts that are hidden."""

from __future__ import annotations

from lxml import etree, html
from lxml.html import HtmlElement

from newscrawl.reading import prose, texts
from newscrawl.reading.marks import Marks

#: A cell with this many characters and paragraphs or line breaks in it holds text, not a datum.
_LONG = 200
#: Characters of a paragraph that is more than a line of a menu.
_PARAGRAPH = 60
#: Paragraphs beside loose text which show that it stands in a text.
_BESIDE = 2
_INLINE = frozenset(
    {"a", "abbr", "b", "br", "cite", "em", "font", "i", "mark", "small", "span", "strong", "sub", "sup", "time", "u"}
)
_CELLS = frozenset({"tbody", "thead", "tfoot", "tr", "td", "th"})


def unfold(tree: HtmlElement, marks: Marks) -> None:
    """Turn layout tables and an article's parts into plain boxes, in place, so that the engine reads them in order.

    A table is layout when it holds the headline, another table, or a cell of running text. ``article`` elements beside
    each other are parts of the page, not the article, when the headline stands in none of them. A hidden box of
    paragraphs right after a paragraph that is shown is the rest of the text, which a button would show. Text that
    stands loose beside paragraphs is a paragraph.
    """
    for table in list(tree.iter("table")):
        if _is_paragraph(table):
            etree.strip_tags(table, *_CELLS)
            table.tag = "p"
        elif _is_layout(table):
            _flatten(table)
    for box in {one.getparent(): None for one in tree.iter("p") if len(texts.whole(one)) > _PARAGRAPH}:
        if box is not None and sum(one.tag == "p" for one in box) >= _BESIDE:
            _gather(box)
    for box in [one for one in tree.iter("div", "section") if one in marks.veiled and _goes_on(one)]:
        for name in ("style", "hidden", "aria-hidden", "class", "id"):
            box.attrib.pop(name, None)
    if next(tree.iter("h1"), None) is not None:
        for article in [one for one in tree.iter("article") if _is_part(one)]:
            article.tag = "div"


def _is_paragraph(table: HtmlElement) -> bool:
    """Is it one cell with a sentence, and no boxes in it: a frame around a paragraph?"""
    cells = table.findall(".//td")
    return (
        len(cells) == 1
        and all(one.tag in _INLINE for one in cells[0].iterdescendants())
        and prose.ends(texts.whole(table).strip())
        and len(texts.whole(table)) > _PARAGRAPH
        and next(table.iterdescendants("th"), None) is None
    )


def _is_layout(table: HtmlElement) -> bool:
    if next(table.iterdescendants("h1"), None) is not None or next(table.iterdescendants("table"), None) is not None:
        return True
    return any(
        len(texts.whole(cell)) > _LONG and (len(cell.findall(".//br")) >= 2 or len(cell.findall(".//p")) >= 2)
        for cell in table.iter("td")
    )


def _flatten(table: HtmlElement) -> None:
    table.tag = "div"
    waiting = list(table)
    while waiting:
        element = waiting.pop()
        if element.tag in _CELLS:
            element.tag = "div"
            waiting.extend(element)


def _gather(box: HtmlElement) -> None:
    """Make paragraphs of the loose text of a box: runs of text and inline elements between its blocks."""
    runs: list[tuple[HtmlElement | None, list[HtmlElement]]] = [(None, [])]
    for child in box:
        if child.tag in _INLINE:
            runs[-1][1].append(child)
        else:
            runs.append((child, []))
    for before, inline in runs:
        loose = (box.text if before is None else before.tail) or ""
        if not inline and len(loose) <= _PARAGRAPH:
            continue
        whole = " ".join((loose + "".join(f"{texts.whole(one)}{one.tail or ''}" for one in inline)).split())
        linked = sum(len(texts.whole(link)) for one in inline for link in one.iter("a"))
        if len(whole) > _PARAGRAPH and prose.ends(whole) and 2 * linked < len(whole):
            _wrap(box, before, inline, loose)


def _wrap(box: HtmlElement, before: HtmlElement | None, inline: list[HtmlElement], loose: str) -> None:
    paragraph = html.Element("p")
    paragraph.text = loose
    if before is None:
        box.text = None
        box.insert(0, paragraph)
    else:
        before.tail = None
        before.addnext(paragraph)
    for one in inline:
        paragraph.append(one)


def _is_part(article: HtmlElement) -> bool:
    parent = article.getparent()
    if parent is None or next(article.iterdescendants("h1"), None) is not None:
        return False
    beside = [one for one in parent if one.tag in ("article", "div")]
    return sum(one.tag == "article" for one in beside) >= 2 and all(
        next(one.iterdescendants("h1"), None) is None for one in beside
    )


def _goes_on(box: HtmlElement) -> bool:
    if "none" not in (box.get("style") or "") and box.get("hidden") is None:
        return False
    before, parent = box.getprevious(), box.getparent()
    return (
        before is not None
        and before.tag == "p"
        and parent is not None
        and any(one.tag == "p" and len(texts.whole(one)) > _PARAGRAPH for one in parent)
        and any(one.tag == "p" and len(texts.whole(one)) > _PARAGRAPH for one in box)
        and next(box.iterdescendants("input"), None) is None
        and next(box.iterdescendants("button"), None) is None
    )
