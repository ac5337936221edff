"""Days, months and years in addresses: date archives, the children of sitemap indexes, and articles under a date."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, urlsplit

#: Addresses tell days of the outlet's own zone, and an article may stand under the day before or after its date.
SLACK = timedelta(days=1)
#: Most pages of one archive that a backfill asks for by their dates alone.
MOST = 1_000
_Y, _M, _D = r"(?P<y>(?:19|20)\d\d)", r"(?P<m>0[1-9]|1[0-2]|[1-9])", r"(?P<d>0[1-9]|[12]\d|3[01]|[1-9])"
_ARCHIVE = re.compile(rf"(?P<head>(?:/[^/\d?]+)*/){_Y}(?:(?P<sep>[/-]){_M}(?:(?P=sep){_D})?)?(?P<tail>/?)")
_QUERY = re.compile(
    rf"(?P<head>[?&]?(?:date|day|d|archive|month|year)=){_Y}(?:(?P<sep>-){_M}(?:(?P=sep){_D})?)?(?P<tail>)"
)
_UNDER = re.compile(
    rf"/{_Y}[/-]{_M}(?:[/-]{_D})?(?=[/-])|/(?P<y8>(?:19|20)\d\d)(?P<m8>0[1-9]|1[0-2])(?P<d8>0[1-9]|[12]\d|3[01])(?=[/_-])"
)
_CHILD = re.compile(
    rf"(?<!\d){_Y}[/_.-]?(?P<m>0[1-9]|1[0-2])(?:[/_.-]?(?P<d>0[1-9]|[12]\d|3[01]))?(?!\d)|(?<!\d)(?P<only>(?:19|20)\d\d)(?!\d)"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Period:
    """A year, month or day: [start, end) in UTC."""

    start: datetime
    end: datetime

    def misses(self, since: datetime | None, until: datetime | None) -> bool:
        """Does it lie outside the window [since, until) by more than the slack of time zones?"""
        return (since is not None and self.end + SLACK < since) or (until is not None and self.start - SLACK >= until)


def archive_of(url: str) -> Period | None:
    """Give the period whose archive an address names, or None for any other address.

    >>> archive_of("https://demo.example/archive/2024/05/").start.isoformat(), archive_of("https://demo.example/2024/05/12/a")
    ('2024-05-01T00:00:00+00:00', None)
    """
    found = _match(url)
    return _period(found) if found else None


def of_article(url: str) -> Period | None:
    """Give the day or month under which an article's address stands, or None."""
    found = _UNDER.search(urlsplit(url).path)
    return _period(found) if found else None


def of_sitemap(url: str) -> Period | None:
    """Give the period that a sitemap's name tells, such as ``sitemap-2024-05.xml``, or None."""
    parts = urlsplit(url)
    found = _CHILD.search(f"{parts.path}?{parts.query}")
    return _period(found) if found else None


def archives_like(url: str, since: datetime, until: datetime) -> Iterator[tuple[str, datetime]]:
    """Give the archive's pages of a window, the latest first, with their ends, made after one address of the archive.

    >>> since, until = datetime(2024, 4, 1, tzinfo=UTC), datetime(2024, 5, 2, tzinfo=UTC)
    >>> [url for url, _ in archives_like("https://demo.example/a/2026/11/", since, until)]
    ['https://demo.example/a/2024/05/', 'https://demo.example/a/2024/04/']
    """
    found = _match(url)
    if found is None:
        return
    start, end = found.span()
    month, day = found["m"], found["d"]
    pad = not any(part and len(part) == 1 for part in (month, day))
    moment = until - timedelta(seconds=1)
    for _ in range(MOST):
        period = _around(moment, month is not None, day is not None)
        if period.end <= since:
            return
        parts = [f"{period.start.year}"]
        parts += [f"{period.start.month:{'02' if pad else ''}}"] if month else []
        parts += [f"{period.start.day:{'02' if pad else ''}}"] if day else []
        yield url[:start] + found["head"] + (found["sep"] or "").join(parts) + found["tail"] + url[end:], period.end
        moment = period.start - timedelta(seconds=1)


def _match(url: str) -> re.Match[str] | None:
    parts = urlsplit(url)
    offset = len(url) - len(url.partition(parts.netloc)[2])
    if not parts.query:
        return _whole(_ARCHIVE, url, offset)
    if len(parse_qsl(parts.query)) == 1:
        return _whole(_QUERY, url, url.index("?"))
    return None


def _whole(pattern: re.Pattern[str], url: str, offset: int) -> re.Match[str] | None:
    return pattern.fullmatch(url.partition("#")[0], offset)


def _period(found: re.Match[str]) -> Period | None:
    groups = found.groupdict()
    year, month, day = (int(groups.get(name) or groups.get(f"{name}8") or 0) for name in ("y", "m", "d"))
    year = year or int(groups.get("only") or 0)
    try:
        return _around(datetime(year, month or 1, day or 1, tzinfo=UTC), month > 0, day > 0)
    except ValueError:  # such as the 31st of February
        return None


def _around(moment: datetime, month: bool, day: bool) -> Period:
    if day:
        start = moment.replace(hour=0, minute=0, second=0, microsecond=0)
        return Period(start=start, end=start + timedelta(days=1))
    if month:
        start = datetime(moment.year, moment.month, 1, tzinfo=UTC)
        return Period(start=start, end=start + timedelta(days=calendar.monthrange(start.year, start.month)[1]))
    return Period(start=datetime(moment.year, 1, 1, tzinfo=UTC), end=datetime(moment.year + 1, 1, 1, tzinfo=UTC))
