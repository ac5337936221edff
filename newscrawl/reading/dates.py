"""Dates as pages write them, in many languages and calendars, as aware moments."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from newscrawl.reading import calendars
from newscrawl.reading.words import fold

_TIME = r"(?P<hour>[01]?\d|2[0-3])(?:[:.٫h]|[時时点]|시\s?)(?P<minute>[0-5]\d?(?=[分분])|[0-5]\d)(?:[:.](?P<second>[0-5]\d))?(?:\.\d+)?"
_ISO = re.compile(
    r"\b(\d{4})-(\d\d?)-(\d\d?)(?:[T ]+(\d\d?):(\d\d)(?::(\d\d)(?:\.\d+)?)?)?\s*(Z|UTC|GMT|[+-]\d\d:?\d\d)?",
    re.IGNORECASE,
)
_YEAR = r"(?:19|20|25|13|14)\d\d"
_YMD = re.compile(rf"(?<![\d./-])({_YEAR})(?:[/.]|\. |-)(\d\d?)(?:[/.]|\. |-)(\d\d?)(?!\d)")
_DMY = re.compile(rf"(?<![\d./-])(\d\d?)(?:[/.\-]|\. )(\d\d?)(?:[/.\-]|\. )({_YEAR})(?!\d)")
_CJK = re.compile(
    r"(\d{4}|[〇零一二三四五六七八九]{4})\s*[年년]\s*(\d\d?|[一二三四五六七八九十]{1,3})\s*[月월]\s*(\d\d?|[一二三四五六七八九十]{1,3})\s*[日일号]"
)
_ERA = re.compile(rf"({'|'.join(calendars.ERAS)})\s*(\d{{1,3}}|元)年\s*(\d\d?)月\s*(\d\d?)日")
_VIETNAMESE = re.compile(r"(?<!\d)(\d\d?)\s+tháng\s+(\d\d?)\s*,?\s*(?:năm\s+)?(\d{4})(?!\d)")
_HAN = "〇一二三四五六七八九"
_CLOCK = re.compile(
    rf"(?<![\d:.])(?P<before>午前|午後|上午|下午|晚上|오전|오후)?\s*(?<![\d:.]){_TIME}(?:[分분])?(?![\d:])\s*(?P<half>a\.?m\.?|p\.?m\.?|ص|م|ب\.ظ|ق\.ظ)?(?![^\W\d_])",
    re.IGNORECASE,
)
_OFFSET = re.compile(r"(?:UTC|GMT)?\s*([+-])(\d\d?):?(\d\d)?\b|\b(UTC|GMT|Z)\b")
#: Marks that are written on letters and are no letters to ``re``: vowel signs of Indic, Thai and other scripts, accents.
_MARKS = "".join(chr(code) for code in range(0x300, 0x1800) if unicodedata.category(chr(code)) in ("Mn", "Mc"))
_LETTERS = rf"(?:[^\W\d_]|[{_MARKS}])+"
_WORD = rf"{_LETTERS}(?:['’.]{_LETTERS})*[.॰]?"
#: A month's name of one or two words, perhaps with its other name behind: "كانون الثاني", "شباط/فبراير", "آذار - مارس".
_NAME = rf"({_WORD}(?:\s{_WORD})?(?:\s?[/(–-]\s?{_WORD}(?:\s{_WORD})?\)?)?)"
_BETWEEN = re.compile(r"\s?[/()–-]\s?")
_DAY_MONTH = re.compile(
    rf"(?<!\d)(\d\d?)(?:st|nd|rd|th|er|º|ª|\.|-?ê|-?ي)?\s*(?:de\s+|of\s+|ی\s+|ê\s+)?[,،፣\-]?\s*{_NAME}[,،፣.\-/]?\s*(?:de\s+|del\s+|พ\.ศ\.\s*|ค\.ศ\.\s*|,?\s*)?(\d{{4}})(?!\d)"
)
_MONTH_DAY = re.compile(rf"{_NAME}\s+(\d\d?)(?:st|nd|rd|th)?(?:\s?ቀን)?[,،፣]?\s+(\d{{4}})(?!\d)")
#: 2026. november 23., 2026 m. lapkričio 23 d., 2026 Nov 23
_YEAR_MONTH_DAY = re.compile(
    rf"(?<!\d)(\d{{4}})(?:\.|\s?m\.|\s?թ\.?|-?ê|,)?\s+({_WORD})\s+(\d\d?)(?!\d)(?!\s?[.:]\s?\d)"
)
#: 2026. gada 23. novembris, 2026 жылғы 23 қараша
_YEAR_DAY_MONTH = re.compile(rf"(?<!\d)(\d{{4}})\.?\s+{_LETTERS}\s+(\d\d?)\.?\s+({_WORD})")
_PM = {"pm", "p.m.", "p.m", "م", "ب.ظ", "午後", "下午", "晚上", "오후"}


@dataclass(frozen=True, kw_only=True, slots=True)
class When:
    """A moment, whether the text gave its time of day, and whether it gave its zone."""

    at: datetime
    has_time: bool
    zoned: bool


@lru_cache(512)  # a page states the same moment in several places
def read_date(text: str, zone: ZoneInfo | None = None) -> When | None:
    """Read one date out of a short text; None when there is none, or more than one reading.

    ISO 8601, RFC 822, numeric dates (day first unless the numbers forbid it; a year from 1300 to 1450 is Solar Hijri),
    and month names of some thirty languages. What has no zone is taken to be in ``zone`` (default UTC). Relative words
    such as "yesterday" are refused: they need the crawl's own clock, which must never become a date.

    >>> str(read_date("الاثنين ٢٣ تشرين الثاني ٢٠٢٦ 14:05").at)
    '2026-11-23 14:05:00+00:00'
    """
    if len(text) > 200 or not (any(letter.isdigit() for letter in text) or "年" in text):
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
        made = calendars.from_jalali(year, month, day)
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
        half = (clock["half"] or clock["before"] or "").lower()
        if half in _PM and hour < 12:
            hour += 12
        elif half and half not in _PM and hour == 12:
            hour = 0
    offset = _OFFSET.search(rest, clock.end()) if clock else None
    naive = datetime(day.year, day.month, day.day, hour, minute, second)  # noqa: DTZ001
    return _placed(naive, clock is not None, _zone_of(offset[0]) if offset else None, zone)


def _day(text: str) -> tuple[date, tuple[int, int]] | None:
    """Give the first day that the text names, and the span that names it."""
    if found := _ERA.search(text):
        year = calendars.ERAS[found[1]] + (1 if found[2] == "元" else int(found[2]))
        return date(year, int(found[3]), int(found[4])), found.span()
    if found := _CJK.search(text):
        return date(_han(found[1]), _han(found[2]), _han(found[3])), found.span()
    if found := _VIETNAMESE.search(text):
        return date(int(found[3]), int(found[2]), int(found[1])), found.span()
    for pattern, day, name, year in (
        (_DAY_MONTH, 1, 2, 3), (_MONTH_DAY, 2, 1, 3), (_YEAR_MONTH_DAY, 3, 2, 1), (_YEAR_DAY_MONTH, 2, 3, 1),
    ):  # fmt: skip
        for found in pattern.finditer(text):
            for month in _months(found[name]):
                if made := calendars.date_of(month, int(found[day]), int(found[year])):
                    return made, found.span()
    if found := _YMD.search(text):
        return calendars.numeric(int(found[1]), int(found[2]), int(found[3])), found.span()
    if found := _DMY.search(text):
        first, second, year = int(found[1]), int(found[2]), int(found[3])
        made = calendars.numeric(year, second, first) if second <= 12 else calendars.numeric(year, first, second)
        return made, found.span()
    return None


def _months(text: str) -> Iterator[str]:
    """Give what may be the month of one or two names: each, its first and its last word."""
    for name in _BETWEEN.split(text):
        words = name.split()
        yield from dict.fromkeys((name, *words[:1], *words[-1:]))


def _han(text: str) -> int:
    """Read a year, month or day in ASCII or Chinese digits.

    >>> _han("二〇二六"), _han("二十四"), _han("十"), _han("11")
    (2026, 24, 10, 11)
    """
    if text.isascii():
        return int(text)
    if "十" in text:
        tens, _, ones = text.partition("十")
        return 10 * (_HAN.index(tens) if tens else 1) + (_HAN.index(ones) if ones else 0)
    return int("".join(str(_HAN.index(sign.replace("零", "〇"))) for sign in text))


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
