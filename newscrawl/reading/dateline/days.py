"""The dates of datelines: a day and month, with or without a year, in the calendars that newsrooms write."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from functools import lru_cache

from newscrawl.reading.calendars import from_ethiopian, from_jalali
from newscrawl.reading.dateline.weekdays import without_day
from newscrawl.reading.sounds import month_of
from newscrawl.reading.words import ETHIOPIAN, JALALI, MONTHS, OTHER_MONTHS, fold

#: A time of day: 12:30 pm, 16:20, 9.15 GMT, 14h30.
TIME = re.compile(
    r"\s*\b\d{1,2}(?:[:.]\d\d(?::\d\d)?(?:\s?[ap]\.?m\.?)?|h\d\d|\s?[ap]\.?m\.?)(?:\s(?:GMT|UTC|CET|EST|EDT|IST|MSK|Uhr)(?:[+-]\d+)?)?$",
    re.IGNORECASE,
)
#: The months of our calendar in Tigrinya, by the names that elsewhere are those of the Ethiopian ones.
_TIGRINYA = re.findall(r"\w+", "ጥሪ ለካቲት መጋቢት ሚያዝያ ግንቦት ሰነ ሓምለ ነሓሰ መስከረም ጥቅምቲ ሕዳር ታሕሳስ")
#: Months by the country where their names mean others than elsewhere.
_LOCAL = {
    "ER": {name: number for number, name in enumerate(_TIGRINYA, 1)},
    "HR": {"listopada": 10, "listopad": 10, "lis": 10, "lip": 6, "srp": 7},
}
_ANY_DIGIT = re.compile(r"[\d፩-፼]")
_GEEZ = re.compile(r"[፩-፼]+")
#: Words for a day before its number, for "of" between it and the month, and for a year behind its own.
_DAY = r"(?:(?:le|el|il|am|a|à|den|dia|ngày|tanggal|на|فی|یوم|يوم|วันที่|ที่) |ថ្ងៃទី|ថ្ងៃ|วันที่|ວັນທີ )"
_OF = r"(?:de |d['’]|of |ga |a |ی |ê |ta |ta['’]\s?|ב|tháng |ខែ|เดือน)"
_YEAR_WORD = r"\s*(?:-?an|ел|г|р|року|года|жыл\w*|йил\w*|yil\w*|ж|m|م|թ|წ|წელი|წლის|გ|ዓ\.?ም)\.?"
_DAY_FIRST = re.compile(
    rf"{_DAY}?(\d{{1,2}})(?:st|nd|rd|th|er|\.|º|°|-?ê|-?an|ی|-[^\W\d_]{{2,4}}(?=\s))?[\s/-]*{_OF}?\s*([^\W\d_][^\d,،]*?)\.?"
    rf"(?:[\s,،/-]+(?:de |del |năm |[พค]\.?ศ\.? |ឆ្នាំ)?(\d{{4}}|['’]?\d\d)(?:{_YEAR_WORD})?)?(?: с\.\s?г\.?)?"
)
_MONTH_FIRST = re.compile(
    r"([^\s\d,.]+)\.?[\s-]*(\d{1,2})(?:st|nd|rd|th|\.|\(a\)| ቀን| गते| d\.?|-(?:а?ning|ին|ի))?(?:[\s,/]+(\d{4}))?(?: ዓ\.?ም\.?)?"
)
_YEAR_FIRST = re.compile(
    r"(\d{4})[.,]?(?:\(e\)ko| թ\.| թ|-ж\w*|-yil\w*|-йил\w*|eko| m\.| оны| он|년)?[\s-]*([^\s\d,.]+)\.?[\s-]*(\d{1,2})(?:\.|-?\w{1,4}\.?|\(a\)| d\.?)?"
)
_YEAR_DAY = re.compile(
    r"(\d{4})(?:-?(?:ж\w*|yil\w*|йил\w*)|\s(?:ж|жыл\w*|yil\w*|йил\w*)|\. gada)\.?[\s,]+(\d{1,2})\.?[\s-]+([^\W\d_]+)\.?"
)
#: A month of two words before its day, as Sorani has them.
_TWO_WORDS = re.compile(r"([^\W\d_]+ [^\W\d_]+) (\d{1,2})(?:[\s,/]+(\d{4}))?")
#: Mongolian counts its months: 2026 оны арваннэгдүгээр сарын 12.
_MONGOLIAN = re.compile(
    r"(?:(\d{4}) оны )?([^\W\d_]+(?: [^\W\d_]+)?|\d{1,2})(?:-?р| ?д[үу]г[эа][эа]р)? сарын (\d{1,2})(?:-н\w*)?"
)
_COUNTED = "нэгдүгээр хоёрдугаар гуравдугаар дөрөвдүгээр тавдугаар зургадугаар зургаадугаар долдугаар долоодугаар наймдугаар есдүгээр аравдугаар арваннэгдүгээр арванхоёрдугаар"
_MONGOLIAN_MONTHS = dict(zip(_COUNTED.split(), (1, 2, 3, 4, 5, 6, 6, 7, 7, 8, 9, 10, 11, 12), strict=True))
_ISO = re.compile(r"(\d{4})([./-]|\.\s|년\s?|年)(\d{1,2})(?:[./-]|\.\s|월\s?|月)(\d{1,2})[.日일]?")
#: 3月5日, 3월 5일.
_EASTERN = re.compile(r"(\d{1,2})(?:月|월\s?)(\d{1,2})[日號号일]")
_NUMERIC = re.compile(
    rf"{_DAY}?(\d{{1,2}})\s?([./ା-]|tháng|thg\.?)\s?(\d{{1,2}})"
    rf"(?:\s?(?:[./ା,-]|năm)\s?(\d{{4}}|\d{{2}}(?=\.?\s?(?:г|р|$))))?\.?(?:{_YEAR_WORD})?"
)
#: Jumada II 21, Rabi al-Awwal 3, 1447.
_OTHER_CALENDAR = re.compile(r"[^\W\d_]+ (?:[^\W\d_][\w-]* )?\d{1,2}(?:,? \d{4})?(?: ah| h)?")
#: Both calendars side by side, as Gulf agencies write them: 21 جمادى الأولى 1447 هـ الموافق 12 نوفمبر 2025 م.
_CORRESPONDING = re.compile(r"\d{1,2} [^\d]{3,20} \d{4}\s*هـ?\s*[,،]?\s*الموافق (?:ل)?(.+)")


def date_of(text: str) -> str | None:
    """Read a date as ``YYYY-MM-DD`` or ``--MM-DD``; '' for one whose day in our calendar can't be told; else None.

    >>> date_of("Feb 26"), date_of("22nd April 2026"), date_of("3 ديسمبر"), date_of("10 фев")
    ('--02-26', '2026-04-22', '--12-03', '--02-10')
    >>> date_of("2025. június 5."), date_of("የካቲት 11/2017"), date_of("१२ जेठ")
    ('2025-06-05', '2025-02-18', '')
    """
    if len(text) > 70 or not _ANY_DIGIT.search(text):
        return None
    text = _GEEZ.sub(lambda found: str(_geez(found[0])), text)
    if ":" in text or text.endswith(("m", "m.", "M")):
        text = TIME.sub("", text).strip(" ,-")
    plain = fold(text).strip(" .,،")
    if found := _CORRESPONDING.fullmatch(plain):
        plain = found[1]
    plain = without_day(plain)
    if _OTHER_CALENDAR.fullmatch(plain) and plain.split()[0] in OTHER_MONTHS:
        return ""
    if (found := _ISO.fullmatch(plain)) and int(found[3]) <= 12:
        return _dated(found[1], int(found[3]), int(found[4]))
    if (found := _EASTERN.fullmatch(plain)) and int(found[1]) <= 12:
        return _dated(None, int(found[1]), int(found[2]))
    if found := _MONGOLIAN.fullmatch(plain):
        month = int(found[2]) if found[2].isdigit() else _MONGOLIAN_MONTHS.get(found[2].replace(" ", ""), 13)
        return _dated(found[1], month, int(found[3])) if 1 <= month <= 12 else None
    if found := _YEAR_DAY.fullmatch(plain):
        return _named(found[3], found[2], found[1])
    if found := _NUMERIC.fullmatch(plain):
        return _numeric(found)
    if found := _DAY_FIRST.fullmatch(plain):
        return _named(found[2], found[1], found[3])
    if found := _MONTH_FIRST.fullmatch(plain):
        return _named(found[1], found[2], found[3])
    if (found := _TWO_WORDS.fullmatch(plain)) and (number := MONTHS.get(found[1])):
        return _dated(found[3], number, int(found[2]))
    if found := _YEAR_FIRST.fullmatch(plain):
        return _named(found[2], found[3], found[1])
    return None


def _numeric(found: re.Match[str]) -> str | None:
    """Read 13/11, 13.11 and 19.11.26; day first, as all but the United States write it, unless no month is so great.

    Without a year a hyphen makes a score of it.
    """
    day, month = int(found[1]), int(found[3])
    if month > 12 and found[2] == "/":
        day, month = month, day
    if not 1 <= month <= 12 or (found[4] is None and found[2] == "-"):
        return None
    return _dated(f"20{found[4]}" if found[4] and len(found[4]) == 2 else found[4], month, day)


def _named(name: str, day: str, year: str | None) -> str | None:
    month = name.strip(" .,'’-॰")
    if (
        number := MONTHS.get(month)
        or MONTHS.get(month.removesuffix("ی"))
        or MONTHS.get(month.split(" ")[0])
        or _shortened(month)
    ):
        return _dated(f"20{year[-2:]}" if year and len(year) < 4 else year, number, int(day))
    if number := ETHIOPIAN.get(month):
        return _converted(from_ethiopian, year, number, day)
    if number := JALALI.get(month):
        return _converted(from_jalali, year, number, day)
    if month.split(" ")[0] in OTHER_MONTHS:
        return ""
    return (
        _dated(f"20{year[-2:]}" if year else year, number, int(day))
        if " " not in month and (number := month_of(month))
        else None
    )


@lru_cache(maxsize=512)
def _shortened(name: str) -> int | None:
    """Read fév and sept, letters that begin the names of one month only, and azaroaren, the case of such a name."""
    if len(name) < 3:
        return None
    numbers = {number for month, number in MONTHS.items() if month.startswith(name)}
    if not numbers and name.isalpha():
        numbers = {number for month, number in MONTHS.items() if len(month) > 5 and name.startswith(month[:-1])}
    return numbers.pop() if len(numbers) == 1 else None


def _geez(numeral: str) -> int:
    """Read an Ethiopic numeral: ፳፻፲፰ is twenty hundreds and eighteen."""
    total = low = 0
    for sign in numeral:
        value = int(unicodedata.numeric(sign))
        total, low = (total + max(low, 1) * value, 0) if value >= 100 else (total, low + value)
    return total + low


def _dated(year: str | None, month: int, day: int) -> str | None:
    if year and 2443 <= int(year) <= 2643:  # Thailand counts from the Buddha
        year = str(int(year) - 543)
    if not 1 <= day <= 31 or (year and not 1900 <= int(year) <= 2100):
        return None
    return f"{year or '-'}-{month:02}-{day:02}"


def local_date(text: str, country: str) -> str | None:
    """Read a date whose month means another in this country than elsewhere: Eritrea's መጋቢት is March, Croatia's listopad October."""
    months = _LOCAL.get(country, {})
    day, *others = re.findall(r"\w+", fold(text)) or [""]
    if not others or others[0] not in months:
        return None
    return date_of("/".join([day, str(months[others[0]]), *others[1:2]]))


def _converted(rule: Callable[[int, int, int], date], year: str | None, month: int, day: str) -> str | None:
    """Give a day of another calendar in ours, '' where no year tells which it is."""
    try:
        return rule(int(year), month, int(day)).isoformat() if year else ""
    except ValueError:
        return None
