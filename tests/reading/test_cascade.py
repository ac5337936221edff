"""The engine's short way gives what trafilatura's whole cascade gives, or says that only the cascade can tell."""

import random
from copy import deepcopy
from functools import cache
from pathlib import Path

import pytest
from lxml.etree import tostring
from lxml.html import HtmlElement
from trafilatura import bare_extraction

from newscrawl.kit import recordings
from newscrawl.reading import NotAnArticle, cascade
from newscrawl.reading.blocks import blocks_of
from newscrawl.reading.tree import parse

NAMES = sorted(path.stem for path in (Path(__file__).parent.parent / "pages").glob("*.json"))


@cache
def tree(name: str) -> HtmlElement | None:
    recording = recordings.load(Path(__file__).parent.parent / "pages" / f"{name}.json")
    try:
        return parse(recording.page, recording.outlet)[0]
    except NotAnArticle:
        return None


def agree(page: HtmlElement, *, dense: bool = False) -> bool:
    """Hold the short way against the cascade; tells whether it had an answer."""
    body = cascade.surely(page, dense=dense)
    if body is None:
        return False
    config = cascade.config(dense=dense)
    whole = bare_extraction(deepcopy(page), with_metadata=False, include_comments=False, config=config)
    assert whole is not None
    assert list(blocks_of(body)) == list(blocks_of(whole.body))
    return True


@pytest.mark.parametrize("name", NAMES)
def test_the_short_way_gives_the_same(name: str) -> None:
    """On a golden page, and on pages made of it by moving, doubling and dropping boxes, both ways give the same blocks."""
    page = tree(name)
    if page is None:
        return
    agree(page)
    agree(page, dense=True)
    chance = random.Random(name)
    for _ in range(6):
        other = deepcopy(page)
        boxes = [one for one in other.iter("p", "div", "section", "ul", "article") if one.getparent() is not None]
        for box in chance.sample(boxes, min(4, len(boxes))):
            target = chance.choice(boxes)
            if chance.random() < 0.3:
                box.drop_tree()
            elif box not in target.iterancestors() and box is not target:
                target.append(deepcopy(box) if chance.random() < 0.5 else box)
        agree(other)


def test_most_pages_go_the_short_way() -> None:
    """Half of the golden pages and more need one pass only, and the page itself is left as it is."""
    pages = [page for page in map(tree, NAMES) if page is not None]
    before = [tostring(page) for page in pages]
    assert sum(agree(page) for page in pages) > len(pages) / 2
    assert [tostring(page) for page in pages] == before


def test_a_small_part_of_a_page_is_no_sure_answer() -> None:
    """Where the text found is less than half of the page's, the other extractors may be preferred, and are asked."""
    page = tree("kinds.en")
    assert page is not None
    assert agree(page)
    other = deepcopy(page)
    body = other.find("body")
    assert body is not None
    for box in [deepcopy(one) for one in body.iter("p")] * 3:
        box.text = (box.text or "") + " Another sentence of a text that stands beside the article, and is long."
        body.append(box)
    assert cascade.surely(other, dense=False) is None
