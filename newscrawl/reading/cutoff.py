"""Paragraphs that trafilatura left out though they stand among those that it kept, or go on where it stopped."""

from __future__ import annotations

from typing import NamedTuple

from lxml.html import HtmlElement

from newscrawl.item import Block, Evidence
from newscrawl.reading import texts

#: A paragraph is compared from this many characters on, and is one paragraph up to that many.
SHORTEST, LONGEST = 60, 3000
#: Characters of kept paragraphs built the same way that vouch for a missing one.
VOUCHED = 300
#: What only goes on after the last kept paragraph must be this share of the text: a cut-off, not an appendix.
GOES_ON = 0.4
#: Letters at either end by which a paragraph is known in the text, however its links and line breaks were taken.
_ENDS = 40
_ELSEWHERE = frozenset({"nav", "footer", "aside", "form", "li", "blockquote", "table"})


class _Paragraph(NamedTuple):
    text: str
    element: HtmlElement
    block: int | None
    kept: bool


def mend(tree: HtmlElement, blocks: list[Block], trace: list[Evidence]) -> list[Block]:
    """Put back paragraphs whose element, parent and grandparent are of the same kind and class as those that were kept.

    One that stands between two kept ones comes back by itself; those after the last kept one only when together they
    are so many that the text was cut off.
    """
    found = _paragraphs(tree, blocks)
    if all(one.kept for one in found):
        return blocks
    builds = [_build(one.element) for one in found]
    vouched: dict[tuple[tuple[str, str], ...], int] = {}
    for one, build in zip(found, builds, strict=True):
        if one.kept:
            vouched[build] = vouched.get(build, 0) + len(one.text)
    last = max((number for number, one in enumerate(found) if one.block is not None), default=-1)
    inside: list[tuple[int, str]] = []
    after: list[tuple[int, str]] = []
    place = None
    for number, one in enumerate(found):
        if one.block is not None:
            place = one.block
        elif place is not None and not one.kept and vouched.get(builds[number], 0) >= VOUCHED:
            (inside if number < last else after).append((place + 1, one.text))
    if sum(len(text) for _, text in after) < GOES_ON * sum(len(block.text) for block in blocks):
        after = []
    for place, text in reversed([*inside, *after]):
        blocks = [*blocks[:place], Block("paragraph", text), *blocks[place:]]
        trace.append(
            Evidence(field="body", found=text, where="rule cut-off", taken=True, note="built like its neighbours")
        )
    return blocks


def _paragraphs(tree: HtmlElement, blocks: list[Block]) -> list[_Paragraph]:
    squeezed = [_squeeze(block.text) for block in blocks]
    places = {letters: number for number, letters in enumerate(squeezed)}
    body = "".join(squeezed)
    found = []
    apart: dict[HtmlElement | None, bool] = {}
    for element in tree.iter("p"):
        text = texts.line(element)
        if not SHORTEST <= len(text) <= LONGEST or "&lt;" in text or "</" in text:
            continue
        parent = element.getparent()
        if parent not in apart:
            apart[parent] = any(above.tag in _ELSEWHERE for above in element.iterancestors())
        if apart[parent]:
            continue
        letters = _squeeze(text)
        place = places.get(letters)
        kept = place is not None or letters[:_ENDS] in body or letters[-_ENDS:] in body
        if kept or 2 * sum(len(texts.whole(link)) for link in element.iter("a")) <= len(text):
            found.append(_Paragraph(text, element, place, kept))
    return found


def _build(element: HtmlElement) -> tuple[tuple[str, str], ...]:
    parent = element.getparent()
    above = parent.getparent() if parent is not None else None
    return tuple(
        (str(one.tag), " ".join((one.get("class") or "").split()))
        for one in (element, parent, above)
        if one is not None
    )


def _squeeze(text: str) -> str:
    return "".join(text.split())
