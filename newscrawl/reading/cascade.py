"""trafilatura's own extractor alone, where what it finds shows that its other stages would change nothing.

``bare_extraction`` holds every page's text against readability's and justext's, on five copies of the tree. What those may
find is bounded by the text that the page has at all: where its own extractor found half of that, neither is ever preferred
(trafilatura 2.3.1, ``external._prefer_readability`` and the escalation in ``core.trafilatura_sequence``), and one copy will
do. Where it found less, readability decides alone, as long as the text is neither short nor odd.
"""

from __future__ import annotations

import re
from configparser import ConfigParser
from copy import copy, deepcopy
from functools import cache
from typing import Any

from lxml import etree
from lxml.html import HtmlElement
from trafilatura.core import ESCALATION_MAX_LENGTH, ESCALATION_PAGE_SHARE
from trafilatura.external import SANITIZED_XPATH, try_readability
from trafilatura.htmlprocessing import convert_tags, prune_unwanted_nodes, tree_cleaning
from trafilatura.main_extractor import extract_content
from trafilatura.settings import DEFAULT_CONFIG, Extractor
from trafilatura.xpaths import RAW_TREE_PRUNE_XPATH, REMOVE_COMMENTS_AND_LISTS_XPATH

from newscrawl.reading import texts

_MARKS = etree.XPath("//@class|//@id", smart_strings=False)
_P_TEXT = etree.XPath("boolean(.//p//text())")
_COUNT = etree.XPath("count(//*)")
_UNCLEAN = etree.XPath(f"boolean({SANITIZED_XPATH})")
#: What trafilatura's expressions for boxes of further articles, shares and comments ask of a class or id, at the least.
_FURTHER, _COMMENTS = (
    re.compile("mvp-post-add|infinite-?scroll|elementor-share"),
    re.compile("omment|comol|disqus|dsq-"),
)


def surely(tree: HtmlElement, *, dense: bool) -> Any | None:
    """Give the body that trafilatura's whole cascade would give for a tree, or None where only the cascade can tell.

    The tree is left as it is. ``dense`` is for scripts whose characters are syllables or words.
    """
    if any("DiscussionForumPosting" in (one.text or "") for one in tree.iter("script")):
        return None
    pruned = _pruned(tree)
    most = _most(pruned)
    options = _options(dense)
    try:
        body, text = extract_content(convert_tags(tree_cleaning(pruned, options), options), options)
    except (TypeError, ValueError):  # as bare_extraction does, which then finds nothing
        return None
    is_odd = not _P_TEXT(body) or len(body.findall(".//table")) > len(body.findall(".//p"))
    if len(text) < options.min_extracted_size or is_odd or _UNCLEAN(body):
        return None
    if most <= 2 * len(text):
        return body
    may_escalate = len(text) < ESCALATION_MAX_LENGTH and len(text) < ESCALATION_PAGE_SHARE * _spaced(most, tree)
    return None if may_escalate or len(texts.line(try_readability(_pruned(tree)))) > 2 * len(text) else body


def _pruned(tree: HtmlElement) -> HtmlElement:
    """Give a copy without the boxes that trafilatura shows none of its extractors."""
    pruned, marks = copy(tree), "\n".join(_MARKS(tree))
    if _FURTHER.search(marks):
        pruned = prune_unwanted_nodes(pruned, RAW_TREE_PRUNE_XPATH)
    if _COMMENTS.search(marks):
        pruned = prune_unwanted_nodes(pruned, REMOVE_COMMENTS_AND_LISTS_XPATH)
    return pruned


def _spaced(most: int, tree: HtmlElement) -> int:
    """Give the most characters of a page's text with a space before and after every element."""
    return most + 2 * int(_COUNT(tree))


def _most(tree: HtmlElement) -> int:
    """Give the most characters that any of trafilatura's stages can find in a tree."""
    body = tree.find("body")
    if body is None:
        return 0
    return len(texts.line(body)) - sum(len(texts.line(one)) for one in body.iter("script", "style"))


@cache
def _options(dense: bool) -> Extractor:
    return Extractor(config=config(dense=dense), output_format="python", comments=False)


@cache
def config(*, dense: bool) -> ConfigParser:
    """Give trafilatura's settings; in dense scripts a third of the characters is enough."""
    if not dense:
        return DEFAULT_CONFIG
    smaller = deepcopy(DEFAULT_CONFIG)
    smaller.set("DEFAULT", "MIN_EXTRACTED_SIZE", str(smaller.getint("DEFAULT", "MIN_EXTRACTED_SIZE") // 3))
    return smaller
