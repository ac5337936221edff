"""A URL pattern from examples: what the addresses of an outlet's articles have in common, and other links have not."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from newscrawl.outlet import host_of

#: Share of the articles that a pattern must match, and share of the other links that it may match.
MATCHED, MISTAKEN = 0.9, 0.1
#: With fewer articles a pattern would be guessed, not found.
LEAST = 3
#: A first step that at least this share of the articles have is written into the pattern as it is.
_COMMON = 0.1


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """A pattern, how many of the articles it matches, and how many of the other links."""

    pattern: str
    articles: tuple[int, int]
    others: tuple[int, int]


def induce(articles: Iterable[str], others: Iterable[str]) -> Found | None:
    """Find a pattern that tells articles from other links of one site; None when no simple one does.

    Tried from the narrowest to the widest: the shapes of the paths with their commonest first steps spelled out, the
    shapes alone, and what the last step looks like.
    """
    good, bad = _paths(articles), _paths(others)
    bad = [path for path in bad if path not in good]
    if len(good) < LEAST:
        return None
    for pattern in _candidates(good):
        found = re.compile(pattern)
        hits = sum(found.search(path) is not None for path in good)
        mistakes = sum(found.search(path) is not None for path in bad)
        if hits >= MATCHED * len(good) and mistakes <= MISTAKEN * max(1, len(bad)):
            return Found(
                pattern=f"^https?://[^/]+{pattern[1:]}", articles=(hits, len(good)), others=(mistakes, len(bad))
            )
    return None


def _paths(urls: Iterable[str]) -> list[str]:
    """Give path and query of each address once; other hosts than the commonest are left out."""
    listed = list(dict.fromkeys(urls))
    hosts = Counter(host_of(url) for url in listed)
    if not hosts:
        return []
    main = hosts.most_common(1)[0][0]
    parts = [urlsplit(url) for url in listed if host_of(url) == main]
    return list(dict.fromkeys(part.path + (f"?{part.query}" if part.query else "") for part in parts))


def _candidates(paths: list[str]) -> Iterable[str]:
    firsts = Counter(path.strip("/").split("/")[0] for path in paths if path.strip("/").count("/"))
    kept = {name for name, number in firsts.items() if number >= _COMMON * len(paths) and not re.search(r"\d", name)}
    for names in (kept, set()):
        shapes = Counter(_shape(path, names) for path in paths)
        enough: list[str] = []
        covered = 0
        for shape, number in shapes.most_common(4):
            enough.append(shape)
            covered += number
            if covered >= MATCHED * len(paths):
                break
        yield "^" + (enough[0] if len(enough) == 1 else f"(?:{'|'.join(enough)})") + r"/?(?:[?#].*)?$"
    yield r"^/.*\d{4,}[^/]*/?(?:[?#].*)?$"
    yield r"^/(?:[^/]+/)*[^/]+-[^/]+-[^/]+/?(?:[?#].*)?$"


def _shape(path: str, names: set[str]) -> str:
    """Write a path as an expression: numbers by their length, file endings and known first steps as they are."""
    plain, _, query = path.partition("?")
    steps = [step for step in plain.strip("/").split("/") if step]
    spelled = [re.escape(name) for name in sorted(names)]
    first = spelled[0] if len(spelled) == 1 else f"(?:{'|'.join(spelled)})"
    written = [
        first
        if number == 0 and step in names
        else _step(step, last=number == len(steps) - 1, dated=_dated(steps[:number]))
        for number, step in enumerate(steps)
    ]
    shape = "/" + "/".join(written)
    if query and (found := re.search(r"(?:^|&)([a-z_]+)=\d+", query, re.IGNORECASE)):
        shape += rf"\?(?:.*&)?{re.escape(found[1])}=\d+.*"
    return shape


def _dated(before: list[str]) -> bool:
    """Can a short number be a month or a day: does it follow a year, or a month that follows one?"""
    return any(re.fullmatch(r"(?:19|20)\d\d", step) for step in before[-2:])


def _step(step: str, *, last: bool, dated: bool) -> str:
    ending = re.search(r"\.(?:html?|php|aspx?|jsp)$", step)
    tail = re.escape(ending[0]) if ending else ""
    bare = unquote(step[: ending.start()] if ending else step)
    if re.fullmatch(r"(?:19|20)\d\d", bare):
        return r"\d{4}" + tail
    if dated and re.fullmatch(r"\d{1,2}", bare):
        return r"\d{1,2}" + tail
    if re.fullmatch(r"\d+", bare):
        return r"\d+" + tail
    if last and re.search(r"\d{4,}$", bare):
        return r"[^/?#]*\d+" + tail
    if last and re.match(r"\d{4,}\D", bare):
        return r"\d+[^/?#]+" + tail
    if last and bare.count("-") >= 2:
        return r"[^/?#]+-[^/?#]+-[^/?#]+" + tail
    return r"[^/?#]+" + tail
