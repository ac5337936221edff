"""The headline, without the site's name that pages glue to it."""

from __future__ import annotations

import re
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from newscrawl.item import Evidence, Hint
from newscrawl.outlet import Outlet
from newscrawl.reading import headlines, structured, texts
from newscrawl.reading.headlines import key as key

#: Korean titles end in ``-section|outlet`` without spaces.
_SECTION = re.compile(r"-[가-힣]{2,4}$")
_WORD = re.compile(r"[^\W\d_]{4,}")
_GLUE = re.compile(r"\s+[|\-–—·•»«:]+\s+|\s*[|»ㅣ]\s*")
#: An h1 that no other source repeats must share this much of its long words with the page's declared title.
_SHARED = 0.5


def title_of(
    tree: HtmlElement,
    meta: dict[str, str],
    article: dict[str, Any],
    outlet: Outlet | None,
    hint: Hint | None,
    trace: list[Evidence],
    url: str = "",
) -> tuple[str, tuple[str, ...]]:
    """Give the headline and every spelling of it on the page.

    The seed's selector decides; then a heading that the article shows where h1 is only the end of a trail of links;
    JSON-LD's headline, unless all others agree against it; an h1 that another source confirms, a lone h1, a heading that links to this page, og:title, the
    title element and what the feed said, each freed of the site's name where another spelling proves that it is one.
    """
    page = " ".join((next((one.text for one in tree.iter("title")), None) or "").split())
    shared = meta.get("og:title") or meta.get("twitter:title") or ""
    headline = structured.text_of(article.get("headline")) or structured.text_of(article.get("name"))
    headline = unescape(headline or "")  # some sites escape twice
    host = key(urlsplit(url).netloc)
    site = meta.get("og:site_name") or (outlet.name if outlet else "")
    found = list(headlines.heads(tree))
    heads = [head.text for head in found if not head.trail and key(head.text) != key(site)]
    own = (headlines.own(tree, url) or headlines.above_text(tree, page, shared)) if not heads else ""
    confirmed = _confirmed(heads, (headline, shared, page))
    if key(confirmed) == key(shared):
        confirmed = shared  # an h1 of several boxes has lost the space between them
    candidates: list[tuple[str, str]] = []
    if outlet and outlet.article.selectors.title:
        candidates += [("selector", texts.line(one)) for one in tree.cssselect(outlet.article.selectors.title)]
    whole = ""
    if found and not heads:
        shown, whole = headlines.shown(tree, (headline, shared))
        candidates.append(("heading", shown))
    candidates += [("JSON-LD", headline), ("h1", confirmed), ("h1", _lone(heads, shared or page))]
    candidates += [("permalink", own), ("meta", shared), ("title", page)]
    candidates += [("h1", head.text) for head in found[:1]] + [("feed", (hint.title if hint else None) or "")]
    spelled = [head.text for head in found]
    chosen = ""
    spellings: dict[str, None] = {}
    for where, text in candidates:
        if not text:
            continue
        # Sites glue their name to og:title and title; a JSON-LD headline is cut only where it ends with the site's name.
        bare = _bare(text, site, host, spelled if where != "JSON-LD" or _signed(text, spelled, host) else [])
        spellings[text] = None
        spellings[bare] = None
        fits = bool(key(bare)) and not chosen
        if fits and where == "JSON-LD":
            fits = key(bare) == key(shared) or not _cut(bare, _bare(confirmed or shared, site, host, spelled))
            fits = fits and not _foreign(bare, confirmed, shared, page) and not _outvoted(bare, confirmed, shared, page)
        trace.append(
            Evidence(
                field="title", found=bare, where=where, taken=fits, note="" if fits else "another source was taken"
            )
        )
        chosen = chosen or (bare if fits else "")
    return chosen, tuple(spelling for spelling in (*spellings, whole) if spelling)


def _confirmed(heads: list[str], others: tuple[str, ...]) -> str:
    """Give the longest h1 that another source repeats: a shorter one may be the site's name, which stands there too."""
    repeated = [head for head in heads if key(head) and any(key(head) in key(other) for other in others)]
    return max(repeated, key=lambda head: len(key(head)), default="")


def _lone(heads: list[str], declared: str) -> str:
    """Give the only h1 when it says much the same as the declared title, in the words that readers are shown."""
    if len({key(head) for head in heads}) != 1 or key(declared) in key(heads[0]):
        return ""
    words, others = set(_WORD.findall(heads[0].casefold())), set(_WORD.findall(declared.casefold()))
    return heads[0] if len(words & others) >= max(1, _SHARED * min(len(words), len(others))) else ""


def _foreign(headline: str, confirmed: str, shared: str, page: str) -> bool:
    """Has the JSON-LD headline not one long word of the headline that h1, og:title and title agree on? It is none."""
    others = [set(_WORD.findall(other.casefold())) for other in (confirmed, shared, page) if other]
    return bool(confirmed) and all(
        len(set(_WORD.findall(headline.casefold())) & words) < 2 < len(words) for words in others
    )


def _outvoted(headline: str, confirmed: str, shared: str, page: str) -> bool:
    """Do h1, og:title and title all say the same, and JSON-LD alone something else, not just more?"""
    return (
        bool(confirmed)
        and not key(headline).startswith(key(confirmed))
        and key(shared).startswith(key(confirmed))
        and key(page).startswith(key(confirmed))
    )


def _signed(headline: str, heads: list[str], host: str) -> bool:
    """Does the JSON-LD headline go on after an h1 with nothing but the site's name, as its host has it?"""
    for head in heads:
        rest = key(headline)[len(key(head)) :].removeprefix("the")
        if rest and key(headline).startswith(key(head)) and rest in host:
            return True
    return False


def _cut(headline: str, whole: str) -> bool:
    """Is the JSON-LD headline only the beginning of the real one? Google's old limit of 110 characters made sites cut."""
    long = len(headline) >= 60 or headline.endswith(("…", "..."))
    return long and len(whole) > len(headline) and key(whole).startswith(key(headline.rstrip(".… ")))


def _bare(text: str, site: str, host: str, heads: list[str]) -> str:
    """Cut the site's name off a title where the site's own name, its host or an h1 proves that it is one."""
    parts = _GLUE.split(text)
    if len(parts) < 2:
        return text
    for head in heads:
        if (
            key(head)
            and key(text) != key(head)
            and key(text).startswith(key(head))
            and len(key(head)) > len(key(text)) // 3
        ):
            return head
    if _is_name(parts[-1], site, host) or (site and key(parts[-1]).startswith(key(site))):
        return _SECTION.sub("", text[: text.rindex(parts[-1])].rstrip(" |-–—·•»:ㅣ"))
    if _is_name(parts[0], site, host):
        return text[text.index(parts[0]) + len(parts[0]) :].lstrip(" |-–—·•»:")
    return text


def _is_name(part: str, site: str, host: str) -> bool:
    """Is it the site's name, as the page declares it or as its host spells it?"""
    bare = key(part)
    return len(bare) > 2 and (bare == key(site) or (bare in host and len(bare) > 4))
