"""Who wrote it: the sources that name authors, in their order, and what is told of each name."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from newscrawl.item import Author, Evidence
from newscrawl.outlet import Outlet
from newscrawl.reading import agency, bylines, shown, structured, texts
from newscrawl.reading.bylines import Given
from newscrawl.reading.marks import Marks
from newscrawl.reading.titles import key

_ARTICLE = re.compile(r"(?:the|der|die|das|le|la|les|el|il|de|het) ")
_META = (
    "author", "article:author", "byl", "dc.creator", "parsely-author", "sailthru.author", "twitter:creator", "twitter:data1",
)  # fmt: skip


class _Source(NamedTuple):
    """Where authors are named, how, and whether that is the page's own data and not a text beside the headline."""

    where: str
    given: list[Given]
    declared: bool = False


def authors_of(
    tree: HtmlElement,
    meta: dict[str, str],
    things: list[dict[str, Any]],
    article: dict[str, Any],
    outlet: Outlet | None,
    language: str | None,
    url: str,
    marks: Marks,
    trace: list[Evidence],
) -> tuple[list[Author], list[str]]:
    """Give the authors by the first source that names people, and the agencies that any source credits.

    The seed's selector decides; then JSON-LD, meta elements, and what the page shows: an element that calls itself a byline,
    or a line near the headline that begins with "By" in some language. Where no source names people, an organisation is the
    author if JSON-LD or a meta element says so.
    """
    is_own = _own(meta, things, article, outlet, url)
    declared = [Given(name, kind) for name, kind in structured.named(article.get("author"), things)]
    sources: list[_Source] = []
    if outlet and outlet.article.selectors.authors:
        marked = tree.cssselect(outlet.article.selectors.authors)
        sources.append(_Source("selector", [Given(texts.line(one)) for one in marked]))
    sources.append(_Source("JSON-LD", declared, declared=True))
    sources.append(
        _Source("meta", [Given(meta[name]) for name in _META if name in meta and _speaks_of_author(name, meta)], declared=True)
    )  # fmt: skip
    credits: dict[str, None] = {}
    for thing in ("sourceOrganization", "creditText", "copyrightHolder"):
        named = [Given(name) for name, _ in structured.named(article.get(thing), things)]
        credits.update(dict.fromkeys(bylines.read(named, language=language)[1]))
    found: list[tuple[str, list[Author]]] = []
    for source in sources:
        authors, credited = bylines.read(source.given, language=language, is_own=is_own, declared=source.declared)
        credits.update(dict.fromkeys(credited))
        if source.where == "meta" and any(author.kind == "person" for author in authors):
            # one element for the outlet, another for the reporter
            authors = [author for author in authors if author.kind == "person"]
        found.append((source.where, authors))
    authors, credited = shown.read(tree, marks, language, is_own)
    credits.update(dict.fromkeys(credited))
    found.append(("page", authors))
    taken = next((one for one in found if any(author.kind == "person" for author in one[1])), None)
    taken = taken or next((one for one in found if one[1]), None)
    for one in found:
        note = "" if one is taken else "another source was taken"
        trace += [
            Evidence(
                field="authors", found=f"{author.name} ({author.kind})", where=one[0], taken=one is taken, note=note
            )
            for author in one[1]
        ]
    for name in credits:
        trace.append(Evidence(field="credit", found=name, where="byline or structured data", taken=True))
    return taken[1] if taken else [], list(credits)


def _own(
    meta: dict[str, str], things: list[dict[str, Any]], article: dict[str, Any], outlet: Outlet | None, url: str
) -> Callable[[str], bool]:
    """Give a test for the outlet's own names, which are no people; a site that is a person's own is one.

    What a paper's own data calls its author is its publisher, and no agency that it credits. Names are those of the seed, of og:site_name and of JSON-LD's publisher, perhaps behind an article or before "with
    agencies", and the host itself (``orf.at``).
    """
    publishers = structured.named(article.get("publisher"), things)
    own = {outlet.name, outlet.id} if outlet else set()
    own |= {meta[name] for name in ("og:site_name", "application-name") if name in meta}
    own |= {name for name, kind in publishers if kind != "Person"}
    named = {name for name, kind in structured.named(article.get("author"), things) if kind == "Person"}
    firm = {name for name, kind in publishers if kind not in ("Person", "")}
    own -= {name for name in named - firm if len(name.split()) > 1 and not _ARTICLE.match(name.casefold())}
    keys = {key(name) for name in own} - {""}
    host = key(urlsplit(url).netloc.removeprefix("www."))

    def is_own(name: str) -> bool:
        if outlet and outlet.agency and agency.find(name, outlet=outlet) == outlet.agency:
            return False  # the seed says that this outlet is an agency: its name is a credit
        bare = _ARTICLE.sub("", name.casefold(), count=1)
        bare = re.sub(r" (?:with|mit|avec|con|и|و) \S+$", "", bare)
        return key(name) in keys or key(bare) in keys or ("." in name and key(name) == host)

    return is_own


def _speaks_of_author(name: str, meta: dict[str, str]) -> bool:
    return name != "twitter:data1" or meta.get("twitter:label1", "").casefold() in (
        "written by",
        "von",
        "par",
        "escrito por",
        "yazan",
    )
