"""Publication dates: every source's claim, which one is taken, and which disagree with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from lxml.html import HtmlElement

from newscrawl.item import DateClaim, DateSource, Evidence, Hint
from newscrawl.reading import smallprint, structured, texts
from newscrawl.reading.dates import read_date
from newscrawl.reading.marks import Marks, marks_of

_PUBLISHED = ("article:published_time", "og:article:published_time", "og:published_time", "datepublished", "date", "dc.date", "dc.date.issued",
              "dcterms.created", "dcterms.date", "pubdate", "publishdate", "publish-date", "publish_date", "publication_date", "publication-date", "published-date", "published_date", "og:publish_date", "og:pubdate", "bt:pubdate", "rnews:datepublished",
              "dcterms.issued", "dcterms.available", "release_date", "date.issued", "displaydate", "citation_date", "citation_online_date", "article:published", "published_at", "shareaholic:article_published_time", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime",
              "article.published", "published_time", "published", "originalpublicationdate", "citation_publication_date", "timestamp", "dc.terms.issued")  # fmt: skip
_MODIFIED = (
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "last-modified",
    "lastmod",
    "dcterms.modified",
    "article:modified",
)
#: Letters one of which stands in all of those: looking for them first is what makes the pattern cheap.
_LETTERS = re.compile(r"date|time|publish|posted|tarih|datum|fecha")
_URL = re.compile(r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?=[/-]|\D|$)")
_MARKED = re.compile(
    r"\b(?:dates?|time|published|posted|publish|entry-date|post-date|article-date|meta-date|tarih|datum|fecha)\b",
    re.IGNORECASE,
)
#: A publication date in the JSON of a script, perhaps in a string of its own, with escaped quotes.
_SCRIPTED = re.compile(
    r'"(?:date_?published|published_?(?:at|date|time|on)|publish_?(?:date|time)|publication_?date|pub_?date|deploy_?(?:dt|date))'
    r'\\*"\s*:\s*\\*"([^"\\<>]{8,40})\\*"',
    re.IGNORECASE,
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
#: Marks of the article's own date, wherever it stands.
_OWN = re.compile(
    r"^(?!.*(?:related|comment|modified|updated)).*\b(?:single|article|entry|post)-(?:\w+-)?date\b", re.IGNORECASE
)
_PROPERTY = re.compile(r"(?i)\b(?:datepublished|datemodified|dc:date|dc:created|dcterms:created|pubdate)\b")
_NOT = re.compile(
    r"comment|related|sidebar|(?<!post-)(?<!entry-)(?<!article-)(?<!template-)footer|widget|modified|updated|most-read|popular",
    re.IGNORECASE,
)
#: Words that tell a change from the publication, in the text of a date or in its label.
_UPDATE = re.compile(
    r"updated?|modified|revised|reviewed|edited|aktualisiert|geändert|mis(?:e)? à jour|modifié|actualizad[oa]|aggiornat[oa]|atualizad[oa]|bijgewerkt|uppdaterad|oppdatert|opdateret|güncelle|zaktualizowan|обновлен|оновлен|"
    r"تحديث|محدث|به‌?روز|بروزرسانی|נעודכן|עודכן|更新|수정|अपडेट|আপডেট",
    re.IGNORECASE,
)
_PUBLISH = re.compile(
    r"publi|posted|erschienen|veröffentlicht|pubblicat|yayın|giriş|опубликован|нешр|نشر|انتشار|发布|公開|입력|प्रकाशित",
    re.IGNORECASE,
)
#: Claims closer than this agree: sites write one date to the minute, another by day in their own zone.
AGREE = timedelta(hours=26)
#: Sources whose "updated" readers see, the plainest first; a meta element's is set by each saving and shown to nobody.
_SHOWN: tuple[DateSource, ...] = ("text", "time", "json-ld")
_LONGEST_ALONE = 60
_BOXES = ("span", "div", "p")
_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)


class Claim(NamedTuple):
    """A claim and what it is about."""

    about: str
    claim: DateClaim


def claims_of(
    tree: HtmlElement,
    meta: dict[str, str],
    article: dict[str, Any],
    *,
    url: str,
    hint: Hint | None,
    zone: ZoneInfo | None,
    selector: str | None = None,
    things: list[dict[str, Any]] | None = None,
    marks: Marks,
) -> Iterator[Claim]:
    """Give every date that the page and its source claim, the most trusted first."""
    if selector:
        for element in tree.cssselect(selector):
            yield from _claim(
                "published", element.get("datetime") or element.get("content") or texts.whole(element), "time", zone
            )
    yield from _claim("published", article.get("datePublished"), "json-ld", zone)
    yield from _claim("modified", article.get("dateModified"), "json-ld", zone)
    for name in _PUBLISHED:
        if name in meta:
            yield from _claim("published", meta[name], "meta", zone)
    for name in _MODIFIED:
        if name in meta:
            yield from _claim("modified", meta[name], "meta", zone)
    yield from _claim("published", article.get("dateCreated") or article.get("uploadDate"), "json-ld", zone)
    for thing in things or []:
        if "WebPage" in structured.kinds(thing):
            yield from _claim("published", thing.get("datePublished"), "json-ld", zone)
    times, marked = list(_times(tree, marks, zone)), list(_marked(tree, marks, zone))
    if _disagree(times + marked):
        near = [when.at for text in smallprint.dates(tree) if (when := read_date(text, zone))]
        for some in (times, marked):
            some.sort(key=lambda claim: not any(abs(claim.claim.at - at) < AGREE for at in near))
        if near and not any(abs(claim.claim.at - near[0]) < AGREE for claim in times + marked):
            yield from last_resort(tree, "", zone=zone)
    yield from times
    if hint is not None and hint.published:
        yield from _claim("published", hint.published, hint.source or "feed", zone)
    yield from marked
    if found := _URL.search(url):
        yield from _claim("published", f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}", "url", zone)


def _disagree(claims: list[Claim]) -> bool:
    """Do dates that the page shows lie days apart? Then some are other stories', and what stands by the headline goes first."""
    moments = [claim.claim.at for claim in claims if claim.about == "published"]
    return bool(moments) and max(moments) - min(moments) > AGREE


def last_resort(tree: HtmlElement, source: str, *, zone: ZoneInfo | None) -> Iterator[Claim]:
    """Give the dates of a page that marks none: lines around the headline that are a date, and one that its scripts state.

    ``source`` is the page's text with its scripts; of several different dates in them none is believed.
    """
    for text in smallprint.dates(tree):
        yield from _claim(_about(text), text, "text", zone)
    alone = list(_alone(tree, zone))
    for about in ("published", "modified"):
        shown = [claim for claim in alone if claim.about == about]
        if len({claim.claim.at.date() for claim in shown}) == 1:
            yield shown[0]
    written = {found[1] for found in _SCRIPTED.finditer(source)}
    if len(written) == 1:
        yield from _claim("published", written.pop(), "text", zone)


def _about(text: str) -> str:
    """Tell what a dated line is about by its words: a line that also speaks of the publication is its own."""
    return "modified" if _UPDATE.search(text) and not _PUBLISH.search(text) else "published"


def _alone(tree: HtmlElement, zone: ZoneInfo | None) -> Iterator[Claim]:
    """Give the lines of the page that are a date and nothing else, but for those of comments, links and other stories."""
    for element in tree.iter("p", "span", "div", "small", "time", "td", "em", "i", "li", "h3", "h4", "h5", "h6"):
        text = (element.text or "") if len(element) == 0 else texts.short(element, _LONGEST_ALONE)
        parent = element.getparent()
        if not 7 < len(text) < _LONGEST_ALONE or parent is None or parent.tag == "a":
            continue
        if any(map(str.isdigit, text)) and not _NOT.search(_near(element)) and smallprint.is_date(text):
            yield from _claim(_about(f"{_label(element)} {text}"), text, "text", zone)


def _label(element: HtmlElement) -> str:
    """Give the words right before an element, which may say what its date is of; what holds numbers is a line of its own."""
    before, parent = element.getprevious(), element.getparent()
    text = (
        f"{texts.whole(before)} {before.tail or ''}"
        if before is not None
        else (parent.text if parent is not None else "")
    )
    return "" if not text or any(sign.isdigit() for sign in text) else text[-40:]


def _claim(about: str, raw: Any, source: DateSource, zone: ZoneInfo | None) -> Iterator[Claim]:
    if isinstance(raw, list):
        raw = raw[0] if raw else None
    if not isinstance(raw, str) or not (text := " ".join(raw.split())):
        return
    when = read_date(text, zone)
    if when is not None:
        zoned = "stated" if when.zoned else "assumed"
        yield Claim(about, DateClaim(raw=text[:200], source=source, at=when.at, zone=zoned, has_time=when.has_time))  # type: ignore[arg-type]


def _near(element: HtmlElement) -> str:
    """Give the classes around an element, which say whether a date is the article's or a related link's."""
    marks, here = [], element
    for _ in range(4):
        marks.append(marks_of(here))
        parent = here.getparent()
        if parent is None or parent.tag == "body":
            break
        here = parent
    return " ".join(marks)


def _is_time(element: HtmlElement) -> bool:
    """Is it a time element, hAtom's abbr, or one that microdata or RDFa (schema.org, Dublin Core) calls a date?"""
    if element.tag == "time":
        return True
    if element.tag == "abbr":
        return "published" in (element.get("class") or "")
    prop = element.get("itemprop") or element.get("property")
    return prop is not None and _PROPERTY.search(prop) is not None


def _times(tree: HtmlElement, marks: Marks, zone: ZoneInfo | None) -> Iterator[Claim]:
    named: Iterator[HtmlElement] = tree.iter("time", "abbr")
    if marks.stated:
        named = (one for one in tree.iter("time", "abbr", *_BOXES) if one in marks.stated or one.tag not in _BOXES)
    for number, element in enumerate(filter(_is_time, named)):
        if number > 10:
            return
        prop = (element.get("itemprop") or "").lower()
        stated = element.get("datetime") or element.get("content") or element.get("title")
        near = _near(element)
        if (
            prop == "datemodified"
            or "updated" in near.lower()
            or (not prop and _about(f"{_label(element)} {texts.whole(element)}") == "modified")
        ):
            yield from _claim("modified", stated or texts.whole(element), "time", zone)
        elif not _NOT.search(near):
            yield from _claim("published", stated or texts.whole(element), "time", zone)


def _marked(tree: HtmlElement, marks: Marks, zone: ZoneInfo | None) -> Iterator[Claim]:
    """Give dates written in elements that call themselves a date, near the head of the page."""
    seen = 0
    named = marks.those(_is_date) | {one for one in marks.stated if _is_date(one.get("itemprop") or "")}
    if not named:
        return
    for element in tree.iter("span", "div", "p", "li", "small", "em", "b", "a", "td"):
        if element not in named or len(element) > 4:
            continue
        if _NOT.search(_near(element)) and not _OWN.search(f"{marks_of(element)} {element.get('itemprop') or ''}"):
            continue
        text = texts.line(element)
        if 5 < len(text) < 120:
            yield from _claim(_about(f"{_label(element)} {text}"), text, "text", zone)
            seen += 1
        if seen > 5:
            return


@lru_cache(8192)
def _is_date(marks: str) -> bool:
    if marks.isascii() and _LETTERS.search(marks.lower()) is None:
        return False
    return _MARKED.search(_CAMEL.sub("-", marks.replace("_", "-"))) is not None


def choose(
    claims: list[Claim], latest: datetime, trace: list[Evidence]
) -> tuple[DateClaim | None, DateClaim | None, tuple[DateClaim, ...]]:
    """Take the first believable claim of each kind, and give the others that disagree with the publication taken.

    Unbelievable is what lies before 1990 or after ``latest`` (a day after the fetch). A claim of a day alone gives
    way to one with a time on that day. A modification before the publication is none. Where a page shows readers only when
    it was changed, that is the nearest to a publication that it states: both are then the same moment.
    """
    taken: dict[str, DateClaim] = {}
    others: list[DateClaim] = []
    changed: list[DateClaim] = []
    for about, claim in claims:
        if not _EARLIEST <= claim.at <= latest:
            trace.append(
                Evidence(field=about, found=claim.raw, where=claim.source, taken=False, note="impossible date")
            )
            continue
        if about == "modified" and claim.source in _SHOWN:
            changed.append(claim)
        chosen = taken.get(about)
        if chosen is None or (not chosen.has_time and claim.has_time and abs(claim.at - chosen.at) < AGREE):
            taken[about] = claim
        elif about == "published" and abs(claim.at - chosen.at) > AGREE:
            others.append(claim)
    published, modified = taken.get("published"), taken.get("modified")
    if published is None:
        published = min(changed, key=lambda claim: _SHOWN.index(claim.source), default=None)
    elif published.source == "time":
        # A time element later than the page's last change is another story's.
        published = next((one for one in changed if one.source == "time" and one.at < published.at), published)
    if published and modified and modified.at < published.at - AGREE:
        modified = None
    for about, chosen in (("published", published), ("modified", modified)):
        if chosen:
            trace.append(
                Evidence(
                    field=about,
                    found=chosen.raw,
                    where=chosen.source,
                    taken=True,
                    note=f"{chosen.at:%Y-%m-%d %H:%M} UTC, zone {chosen.zone}",
                )
            )
    for claim in others:
        trace.append(
            Evidence(
                field="published", found=claim.raw, where=claim.source, taken=False, note="disagrees with the one taken"
            )
        )
    return published, modified, tuple(dict.fromkeys(others))[:10]
