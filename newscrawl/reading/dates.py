"""Dates as pages write them, in many languages and calendars, as aware moments."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

from newscrawl.reading.words import JALALI, MONTHS, fold

_TIME = r"(?P<hour>[01]?\d|2[0-3])[:.٫h](?P<minute>[0-5]\d)(?:[:.](?P<second>[0-5]\d))?(?:\.\d+)?"
_ISO = re.compile(
    r"\b(\d{4})-(\d\d?)-(\d\d?)(?:[T ]+(\d\d?):(\d\d)(?::(\d\d)(?:\.\d+)?)?)?\s*(Z|UTC|GMT|[+-]\d\d:?\d\d)?",
    re.IGNORECASE,
)
_YMD = re.compile(r"\b((?:19|20|13|14)\d\d)[/.](\d\d?)[/.](\d\d?)\b")
_DMY = re.compile(r"\b(\d\d?)[/.\-](\d\d?)[/.\-]((?:19|20|13|14)\d\d)\b")
_CJK = re.compile(r"((?:19|20)\d\d)\s*[年년]\s*(\d\d?)\s*[月월]\s*(\d\d?)\s*[日일]")
_CLOCK = re.compile(
    rf"(?<![\d:.]){_TIME}(?![\d:])\s*(?P<half>a\.?m\.?|p\.?m\.?|ص|م|ب\.ظ|ق\.ظ)?(?![^\W\d_])", re.IGNORECASE
)
_OFFSET = re.compile(r"(?:UTC|GMT)?\s*([+-])(\d\d?):?(\d\d)?\b|\b(UTC|GMT|Z)\b")
#: Letters, and the vowel signs of Indic scripts, which are no letters to ``re``.
_LETTERS = r"(?:[^\W\d_]|[\u0900-\u0903\u093a-\u094f\u0980-\u0983\u09bc-\u09cd])+"
_WORD = rf"{_LETTERS}(?:['’.]{_LETTERS})*\.?"
_DAY_MONTH = re.compile(
    rf"(?<!\d)(\d\d?)(?:st|nd|rd|th|er|º|ª|\.|-?ê|-?ي)?\s*(?:de\s+|of\s+|ی\s+|ê\s+)?[,،\-]?\s*({_WORD}(?:\s{_WORD})?)[,،.\-/]?\s*(?:de\s+|del\s+|,?\s*)?(\d{{4}})(?!\d)"
)
_MONTH_DAY = re.compile(rf"({_WORD})\s+(\d\d?)(?:st|nd|rd|th)?,?\s+(\d{{4}})(?!\d)")
#: 2026. november 23., 2026 m. lapkričio 23 d., 2026 Nov 23
_YEAR_MONTH_DAY = re.compile(
    rf"(?<!\d)(\d{{4}})(?:\.|\s?m\.|年|,)?\s+(?:gada\s+|urteko\s+)?({_WORD})\s+(\d\d?)(?!\d)(?!\s?[.:]\s?\d)"
)
_PM = {"pm", "p.m.", "p.m", "م", "ب.ظ"}


@dataclass(frozen=True, kw_only=True, slots=True)
class When:
    """A moment, whether the text gave its time of day, and whether it gave its zone."""

    at: datetime
    has_time: bool
    zoned: bool


def read_date(text: str, zone: ZoneInfo | None = None) -> When | None:
    """Read one date out of a short text; None when there is none, or more than one reading.

    ISO 8601, RFC 822, numeric dates (day first unless the numbers forbid it; a year from 1300 to 1450 is Solar Hijri),
    and month names of some thirty languages. What has no zone is taken to be in ``zone`` (default UTC). Relative words
    such as "yesterday" are refused: they need the crawl's own clock, which must never become a date.

    >>> str(read_date("الاثنين ٢٣ تشرين الثاني ٢٠٢٦ 14:05").at)
    '2026-11-23 14:05:00+00:00'
    """
    if len(text) > 200 or not any(letter.isdigit() for letter in text):
        return None
    zone = zone or ZoneInfo("UTC")
    plain = fold(text)
    try:
        return _iso(plain, zone) or _rfc(text) or _spelled(plain, zone)
    except (ValueError, OverflowError):
        return None


def _iso(text: str, zone: ZoneInfo) -> When | None:
    if text.isdigit() and len(text) in (10, 13):  # seconds or milliseconds since 1970
        return When(at=datetime.fromtimestamp(int(text[:10]), UTC), has_time=True, zoned=True)
    found = _ISO.search(text.upper())
    if not found:
        return None
    year, month, day = int(found[1]), int(found[2]), int(found[3])
    if 1300 <= year <= 1450:
        made = _from_jalali(year, month, day)
        year, month, day = made.year, made.month, made.day
    offset = _zone_of(found[7])
    naive = datetime(year, month, day, int(found[4] or 0), int(found[5] or 0), int(found[6] or 0))  # noqa: DTZ001
    return _placed(naive, found[4] is not None, offset, zone)


def _rfc(text: str) -> When | None:
    try:
        read = parsedate_to_datetime(text.strip())
    except (ValueError, TypeError, IndexError):
        return None
    if read.tzinfo is None:
        return None
    return When(at=read.astimezone(UTC), has_time=True, zoned=True)


def _spelled(text: str, zone: ZoneInfo) -> When | None:
    found = _day(text)
    if found is None:
        return None
    day, (start, end) = found
    rest = f"{text[:start]} {text[end:]}"  # or the day and month of 23.11.2026 would pass for a time
    clock = _CLOCK.search(rest)
    hour = minute = second = 0
    if clock:
        hour, minute, second = int(clock["hour"]), int(clock["minute"]), int(clock["second"] or 0)
        half = (clock["half"] or "").lower()
        if half in _PM and hour < 12:
            hour += 12
        elif half and half not in _PM and hour == 12:
            hour = 0
    offset = _OFFSET.search(rest, clock.end()) if clock else None
    naive = datetime(day.year, day.month, day.day, hour, minute, second)  # noqa: DTZ001
    return _placed(naive, clock is not None, _zone_of(offset[0]) if offset else None, zone)


def _day(text: str) -> tuple[date, tuple[int, int]] | None:
    """Give the first day that the text names, and the span that names it."""
    if found := _CJK.search(text):
        return date(int(found[1]), int(found[2]), int(found[3])), found.span()
    for found in _DAY_MONTH.finditer(text):
        if made := _named(found[2], int(found[1]), int(found[3])):
            return made, found.span()
    for found in _MONTH_DAY.finditer(text):
        if made := _named(found[1], int(found[2]), int(found[3])):
            return made, found.span()
    for found in _YEAR_MONTH_DAY.finditer(text):
        if made := _named(found[2], int(found[3]), int(found[1])):
            return made, found.span()
    if found := _YMD.search(text):
        return _numeric(int(found[1]), int(found[2]), int(found[3])), found.span()
    if found := _DMY.search(text):
        first, second, year = int(found[1]), int(found[2]), int(found[3])
        made = _numeric(year, second, first) if second <= 12 else _numeric(year, first, second)
        return made, found.span()
    return None


def _named(name: str, day: int, year: int) -> date | None:
    for form in (name, name.split()[0]):
        word = form.strip(" .")
        if word in JALALI and year < 1500:
            return _from_jalali(year, JALALI[word], day)
        if word in MONTHS and 1900 <= year <= 2200:
            return date(year, MONTHS[word], day)
    return None


def _numeric(year: int, month: int, day: int) -> date:
    return _from_jalali(year, month, day) if year < 1500 else date(year, month, day)


def _zone_of(text: str | None) -> timedelta | None:
    if not text:
        return None
    found = re.search(r"([+-])(\d\d?):?(\d\d)?", text)
    if not found:
        return timedelta(0)
    offset = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
    return offset if found[1] == "+" else -offset


def _placed(naive: datetime, has_time: bool, offset: timedelta | None, zone: ZoneInfo) -> When:
    if offset is not None and has_time:
        return When(at=(naive - offset).replace(tzinfo=UTC), has_time=True, zoned=True)
    return When(at=naive.replace(tzinfo=zone).astimezone(UTC), has_time=has_time, zoned=False)


def _from_jalali(year: int, month: int, day: int) -> date:
    """Convert a Solar Hijri date by the 33-year cycle of leap years, which holds from 1206 to 1498.

    >>> _from_jalali(1405, 9, 2)
    datetime.date(2026, 11, 23)
    """
    if not (1 <= month <= 12 and 1 <= day <= 31):
        raise ValueError("no such day")
    years = year - 979
    days = 365 * years + years // 33 * 8 + (years % 33 + 3) // 4
    days += sum(31 if number <= 6 else 30 for number in range(1, month)) + day - 1
    return date(1600, 1, 1) + timedelta(days=days + 79)
