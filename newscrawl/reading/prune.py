"""Takes away what is not the article before trafilatura looks: each rule by its evidence, each with a cap."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from operator import itemgetter
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from newscrawl.item import Evidence
from newscrawl.reading import addresses, asides, cards, texts
from newscrawl.reading.marks import Marks, marks_of

_NAMED = re.compile(
    r"(?:^|[\s_-])(?:news-?letters?|related|recommended|recommendations?|ilgili-?haber(?:ler)?|benzer-?haber(?:ler)?|cok-?okunan(?:lar)?|relacionad[ao]s?|lire-?aussi|verwandte|mehr-?zum-?thema|most-?(?:read|viewed|popular|shared)|more-?(?:stories|news|on|from)|"
    r"read-?(?:more|next|also)|author-?(?:box|bio|info|card|profile)|about-?(?:the-)?author|share-?(?:bar|buttons?|tools?|links?|this)|social-?(?:share|links|media|bar|icons)|"
    r"sharing|sharedaddy|jp-relatedposts|subscribe|subscription|sign-?up|cookies?(?:-?(?:banner|consent|notice|bar))?|consent|gdpr|"
    r"breadcrumbs?|pagination|post-?nav(?:igation)?|tag-?(?:list|cloud|links)|taboola|outbrain|promo(?:box|ted)?|teasers?|trending|"
    r"advert(?:isement)?s?|ad-?(?:slot|unit|container|wrapper)|sponsor(?:ed)?|comments?(?:-?(?:area|list|section|form))?|disqus|print-?(?:button|link)|"
    r"(?:photo|image|picture)-?credit|site-?(?:header|footer|nav)|skip-?link|screen-?reader-?text|visually-?hidden|sr-only)(?:$|[\s_-]|\d)",
    re.IGNORECASE,
)
#: The same for what is in lower case, which is found much faster.
_NAMED_LOWER = re.compile(_NAMED.pattern)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BOXES = ("div", "section", "aside", "ul", "ol", "nav", "form", "p", "footer", "header", "figure", "span", "table")
#: Share of the page's paragraph text that one rule may take; a rule that would take more is wrong about the page.
CAPS = {
    "locked-notes": 0.10, "next-articles": 1.0, "hidden": 0.20, "named-boxes": 0.30, "sign-ups": 0.10, "labelled-links": 0.15, "link-blocks": 0.30,
    "cards": 0.30, "captions": 0.20,
}  # fmt: skip
#: Characters that a rule may always take: on a brief of two sentences the newsletter box is half of the page.
ALWAYS = 300
#: Cards around a brief are more than the brief; those of a list that is the article are longer together.
ALWAYS_CARDS = 800


def _weight(elements: Iterable[HtmlElement]) -> int:
    """Count the characters of paragraph text that would go."""
    return sum(len(texts.whole(part)) for element in elements for part in element.iter("p", "blockquote"))


def prune(
    tree: HtmlElement,
    url: str,
    *,
    off: frozenset[str],
    remove: tuple[str, ...],
    notes: list[HtmlElement],
    marks: Marks,
    trace: list[Evidence],
) -> None:
    """Remove, in place, what is not the article; ``off`` names rules to leave out, ``remove`` is the seed's own.

    ``notes`` are boxes that say that the article goes on for subscribers.
    """
    for css in remove:
        for element in tree.cssselect(css):
            _drop(element)
    total = max(1, _weight([tree]))
    rules: dict[str, Callable[[], list[HtmlElement]]] = {
        "locked-notes": lambda: notes,
        "next-articles": lambda: asides.next_articles(tree, url),
        "hidden": lambda: _hidden(tree, marks),
        "named-boxes": lambda: _named(tree, marks),
        "sign-ups": lambda: _outermost(asides.sign_ups(tree)),
        "labelled-links": lambda: asides.labelled(tree, url),
        "link-blocks": lambda: _links(tree, url),
        "cards": lambda: cards.groups(tree, url),
        "captions": lambda: _captions(tree),
    }
    for name, find in rules.items():
        if name in off:
            continue
        taken, room = [], max(CAPS[name] * total, ALWAYS_CARDS if name == "cards" else ALWAYS)
        weighed = [(_weight([element]), element) for element in find()]
        for weight, element in sorted(weighed, key=itemgetter(0)):
            room -= weight
            if room < 0:
                break
            taken.append(element)
        for element in taken:
            _drop(element)
        if taken:
            trace.append(
                Evidence(
                    field="body", found=f"{len(taken)} elements", where=f"rule {name}", taken=False, note="left out"
                )
            )


def _drop(element: HtmlElement) -> None:
    if element.getparent() is not None:
        element.drop_tree()


def _outermost(elements: list[HtmlElement]) -> list[HtmlElement]:
    chosen = set(elements)
    return [one for one in elements if not any(above in chosen for above in one.iterancestors())]


def _hidden(tree: HtmlElement, marks: Marks) -> list[HtmlElement]:
    """Elements that the page itself hides."""
    found = [
        one
        for one in tree.iter(*_BOXES)
        if one in marks.veiled
        and (
            one.get("hidden") is not None
            or (one.get("aria-hidden") == "true" and one.tag != "p")
            or _HIDDEN.search(one.get("style") or "")
        )
    ]
    return _outermost(found)


def _named(tree: HtmlElement, marks: Marks) -> list[HtmlElement]:
    """Boxes whose class or id says what they are: newsletter, related, most read, author box, share bar."""
    found = []
    named = marks.those(_says_what_it_is)
    for one in tree.iter(*_BOXES):
        if (
            one in named
            and _says_what_it_is(marks_of(one))  # still: what is unfolded has lost its class
            and (one.tag != "span" or not _in_code(one))
            and next(one.iterdescendants("h1"), None) is None
            and next(one.iterdescendants("article"), None) is None
        ):
            found.append(one)
    return _outermost(found)


@lru_cache(8192)
def _says_what_it_is(marks: str) -> bool:
    if not 1 < len(marks) < 300:
        return False
    found = _NAMED_LOWER.search(marks.lower()) if marks.isascii() else _NAMED.search(marks)
    return found is not None


def _in_code(element: HtmlElement) -> bool:
    """Highlighters of program text name their spans ``comment`` and the like."""
    return any(above.tag in ("pre", "code") for above in element.iterancestors())


def _links(tree: HtmlElement, url: str) -> list[HtmlElement]:
    """Paragraphs and lists that are links off the page and little else."""
    here = urlsplit(url).path
    led = cache(lambda link: len(texts.line(link)) if _leads_off(link, here) else 0)
    found = []
    for one in tree.iter("p", "ul", "ol", "span"):
        if one.tag == "span" and (len(one) < 1 or len(list(one.iter("a"))) < 2):
            continue
        linked = sum([led(link) for link in one.iter("a")])
        if not linked:
            continue
        whole = len(texts.line(one))
        if linked >= 0.85 * whole and whole >= (60 if one.tag == "span" else 1):
            found.append(one)
    return _outermost(found)


def _leads_off(link: HtmlElement, here: str) -> bool:
    href = link.get("href") or "#"
    try:
        return not href.startswith("#") and addresses.path_of(href) != here
    except ValueError:
        return True


def _captions(tree: HtmlElement) -> list[HtmlElement]:
    """Captions of pictures: they are kept with the images, not in the running text."""
    return [one for one in tree.iter("figcaption") if len(texts.whole(one)) <= 300]
