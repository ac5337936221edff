"""The dates of datelines: a day and month, with or without a year, in the calendars that newsrooms write."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from newscrawl.reading.words import ETHIOPIAN, JALALI, MONTHS, OTHER_MONTHS, fold

_WEEKDAYS = """monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun
lundi mardi mercredi jeudi vendredi samedi dimanche montag dienstag mittwoch donnerstag freitag samstag sonntag
lunes martes miércoles jueves viernes sábado domingo lunedì martedì mercoledì giovedì venerdì sabato domenica
segunda-feira terça-feira quarta-feira quinta-feira sexta-feira pazartesi salı çarşamba perşembe cuma cumartesi
pazar hétfő kedd szerda csütörtök péntek szombat vasárnap poniedziałek wtorek środa czwartek piątek sobota niedziela
понедельник вторник среда четверг пятница суббота воскресенье понеділок вівторок середа четвер п'ятниця субота неділя
الاثنين الإثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد
دوشنبه سه‌شنبه چهارشنبه پنجشنبه جمعه شنبه یکشنبه"""
#: Days of the week, folded.
WEEKDAYS = frozenset(fold(word) for word in _WEEKDAYS.split())
_ANY_DIGIT = re.compile(r"\d")
_DAY_FIRST = re.compile(
    r"(?:le |el |il |am |den |на |فی |یوم )?(\d{1,2})(?:st|nd|rd|th|er|\.|º|-?ê|-?an|ی|-)?\s*(?:de |of |ی |ê )?\s*([^\W\d_][^\d,]*?)\.?(?:[\s,]+(?:de |del )?(\d{4}|\d{2}))?\s*(?:г\.?|року|года|م\.?)?"
)
_MONTH_FIRST = re.compile(
    r"([^\s\d,.]+)\.?\s*(\d{1,2})(?:st|nd|rd|th|\.)?(?:\s*ቀን|\s+गते)?(?:[\s,/]+(\d{4}))?(?:\s*ዓ\.?ም)?"
)
_YEAR_FIRST = re.compile(r"(\d{4})\.?\s*([^\s\d,.]+)\.?\s*(\d{1,2})\.?")
_NUMERIC = re.compile(r"(?:فی |یوم )?(\d{1,2})[./-](\d{1,2})(?:[./-](\d{4}|\d{2}))?\.?")
#: A day and month alone are a date with a slash only: with a dash they are a score, with a dot a figure.
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})")
#: Both calendars side by side, as Gulf agencies write them: 21 جمادى الأولى 1447 هـ الموافق 12 نوفمبر 2025 م.
_CORRESPONDING = re.compile(r"\d{1,2} [^\d]{3,20} \d{4}\s*هـ?\s*[,،]?\s*الموافق (?:ل)?(.+)")


def date_of(text: str) -> str | None:
    """Read a date as ``YYYY-MM-DD`` or ``--MM-DD``; '' for one whose day in our calendar can't be told; else None.

    >>> date_of("Feb 26"), date_of("22nd April 2026"), date_of("3 ديسمبر"), date_of("10 фев")
    ('--02-26', '2026-04-22', '--12-03', '--02-10')
    >>> date_of("19.11.26"), date_of("13/11"), date_of("15-noyabr"), date_of("நவ.12")
    ('2026-11-19', '--11-13', '--11-15', '--11-12')
    >>> date_of("2025. június 5."), date_of("የካቲት 11/2017"), date_of("१२ जेठ")
    ('2025-06-05', '2025-02-18', '')
    """
    if len(text) > 70 or not _ANY_DIGIT.search(text):
        return None
    plain = fold(text).strip(" .,،")
    if found := _CORRESPONDING.fullmatch(plain):
        plain = found[1]
    words = plain.split(None, 1)
    if len(words) == 2 and not words[0][0].isdigit() and words[0].strip(",،") in WEEKDAYS:
        plain = words[1]
    if found := _DAY_FIRST.fullmatch(plain):
        return _named(found[2], found[1], f"20{found[3]}" if found[3] and len(found[3]) == 2 else found[3])
    if found := _MONTH_FIRST.fullmatch(plain):
        return _named(found[1], found[2], found[3])
    if found := _YEAR_FIRST.fullmatch(plain):
        return _named(found[2], found[3], found[1])
    if (found := _NUMERIC.fullmatch(plain)) and found[3] and 1 <= int(found[2]) <= 12:
        return _dated(found[3] if len(found[3]) == 4 else f"20{found[3]}", int(found[2]), int(found[1]))
    if (found := _SLASHED.fullmatch(plain)) and 1 <= int(found[2]) <= 12:
        return _dated(None, int(found[2]), int(found[1]))
    return None


def _named(name: str, day: str, year: str | None) -> str | None:
    month = name.strip(" .,")
    if number := MONTHS.get(month) or _shortened(month):
        return _dated(year, number, int(day))
    if number := ETHIOPIAN.get(month):
        return _from_ethiopian(int(year), number, int(day)) if year else ""
    return "" if month in JALALI or month.split(" ")[0] in OTHER_MONTHS else None


@lru_cache(1024)
def _shortened(name: str) -> int | None:
    """Give the month that a name of three letters or more (two of an Indic script) begins, if it is one month only."""
    if len(name) < (2 if name[:1] > "\u0900" else 3):
        return None
    numbers = {number for month, number in MONTHS.items() if month.startswith(name)}
    return numbers.pop() if len(numbers) == 1 else None


def _dated(year: str | None, month: int, day: int) -> str | None:
    if not 1 <= day <= 31 or (year and not 1900 <= int(year) <= 2100):
        return None
    return f"{year or '-'}-{month:02}-{day:02}"


def _from_ethiopian(year: int, month: int, day: int) -> str | None:
    """Convert by the calendar's rule: twelve months of thirty days, and a leap day after every third year of four."""
    if not (1900 <= year <= 2100 and 1 <= day <= 30):
        return None
    return date.fromordinal(2796 + 365 * (year - 1) + year // 4 + 30 * (month - 1) + day - 1).isoformat()
