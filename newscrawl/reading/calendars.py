"""Calendars beside the Gregorian one, and what a written month and year mean in which."""

from __future__ import annotations

import unicodedata
from datetime import date, timedelta

from newscrawl.reading.words import ETHIOPIAN, JALALI, MONTHS, fold

#: Names that are Gregorian months beside those of ``words``: the Maghreb's, Ethiopia's, nominatives, other spellings.
_MORE = """
يناير فبراير مارس أبريل ماي يونيو يوليوز غشت شتنبر أكتوبر نونبر دجنبر
ጃንዩወሪ ፌብሩወሪ ማርች ኤፕሪል ሜይ ጁን ጁላይ ኦገስት ሴፕቴምበር ኦክቶበር ኖቬምበር ዲሴምበር
ጃንዋሪ ፌብሯሪ ማርች አፕሪል ሜይ ጁን ጁላይ ኦገስት ሴፕቴምበር ኦክቶበር ኖቬምበር ዲሴምበር
ιανουάριος φεβρουάριος μάρτιος απρίλιος μάιος ιούνιος ιούλιος αύγουστος σεπτέμβριος οκτώβριος νοέμβριος δεκέμβριος
հունվար փետրվար մարտ ապրիլ մայիս հունիս հուլիս օգոստոս սեպտեմբեր հոկտեմբեր նոյեմբեր դեկտեմբեր
জানুয়ারী ফেব্রুয়ারী মার্চ এপ্রিল মে জুন জুলাই অগাস্ট সেপ্টেম্বর অক্টোবর নভেম্বর ডিসেম্বর
січень лютий березень квітень травень червень липень серпень вересень жовтень листопад грудень
ਜਨਵਰੀ ਫ਼ਰਵਰੀ ਮਾਰਚ ਅਪ੍ਰੈਲ ਮਈ ਜੂਨ ਜੁਲਾਈ ਅਗਸਤ ਸਤੰਬਰ ਅਕਤੂਬਰ ਨਵੰਬਰ ਦਸੰਬਰ
ජනවාරි පෙබරවාරි මාර්තු අප්‍රේල් මැයි ජූනි ජූලි අගෝස්තු සැප්තැම්බර් ඔක්තෝබර් නොවැම්බර් දෙසැම්බර්
មករា កុម្ភៈ មីនា មេសា ឧសភា មិថុនា កក្កដា សីហា កញ្ញា តុលា វិច្ឆិកា ធ្នូ
ມັງກອນ ກຸມພາ ມີນາ ເມສາ ພຶດສະພາ ມິຖຸນາ ກໍລະກົດ ສິງຫາ ກັນຍາ ຕຸລາ ພະຈິກ ທັນວາ
eanáir feabhra márta aibreán bealtaine meitheamh iúil lúnasa mfómhair dfómhair samhain nollaig
janvāris februāris marts aprīlis maijs jūnijs jūlijs augusts septembris oktobris novembris decembris
gener febrer març abril maig juny juliol agost setembre octubre novembre desembre
urtarrila otsaila martxoa apirila maiatza ekaina uztaila abuztua iraila urria azaroa abendua
xaneiro febreiro marzo abril maio xuño xullo agosto setembro outubro novembro decembro
oca şub mar nis may haz tem ağu eyl eki kas ara
"""
#: Case endings of Kurmanji, Sorani and Persian, and Hebrew's "in", which stand on months.
_ENDINGS, _IN = ("an", "ê", "a", "ی"), "ב"
#: Years of the Buddhist era that Thai pages write: 543 more than ours.
_BUDDHIST, _AHEAD = range(2480, 2660), 543
#: First years of eras that East Asian pages count from, less one.
ERAS = {"令和": 2018, "平成": 1988, "民國": 1911, "民国": 1911, "中華民國": 1911}


def _bare(name: str) -> str:
    """Fold a name and drop its accents, which pages leave out, but for those that are letters of their own scripts."""
    plain = unicodedata.normalize("NFD", fold(name))
    return "".join(sign for sign in plain if unicodedata.category(sign) != "Mn" or sign > "\u0655")


def _table() -> dict[str, int]:
    named: dict[str, int] = {}
    for line in _MORE.strip().splitlines():
        for number, name in enumerate(line.split(), 1):
            named.setdefault(_bare(name), number)
    for name, number in MONTHS.items():
        named[_bare(name)] = number
    return named


_MONTHS = _table()


def _short() -> dict[str, int]:
    """Give the beginnings of three to five letters that are of one month only, whatever the language."""
    meanings: dict[str, set[int]] = {}
    for name, number in _MONTHS.items():
        for length in (3, 4, 5):
            if length < len(name) and " " not in name:
                meanings.setdefault(name[:length], set()).add(number)
    return {short: numbers.pop() for short, numbers in meanings.items() if len(numbers) == 1}


_SHORT = _short()


def date_of(name: str, day: int, year: int) -> date | None:
    """Give the day that a month's name, a day and a year mean; the year tells the calendar. ValueError for no such day.

    >>> date_of("آذر", 2, 1405), date_of("mijdarê", 23, 2026), date_of("พฤศจิกายน", 23, 2569), date_of("river", 2, 2026)
    (datetime.date(2026, 11, 23), datetime.date(2026, 11, 23), datetime.date(2026, 11, 23), None)
    """
    word = fold(name).strip(" .,،॰-/")
    if word in JALALI:
        return from_jalali(year, JALALI[word], day) if 1300 <= year <= 1500 else None
    if word in ETHIOPIAN:
        return from_ethiopian(year, ETHIOPIAN[word], day)
    number = _month(word)
    if year in _BUDDHIST:
        year -= _AHEAD
    return date(year, number, day) if number and 1900 <= year <= 2200 else None


def _month(word: str) -> int | None:
    bare = _bare(word)
    for form in (bare, bare.removeprefix(_IN), *(bare.removesuffix(end) for end in map(_bare, _ENDINGS))):
        if number := _MONTHS.get(form):
            return number
    return _SHORT.get(bare)


def numeric(year: int, month: int, day: int) -> date:
    """Give the day that three numbers mean; a year from 1300 to 1500 is Solar Hijri, one about 2569 Buddhist."""
    if year < 1500:
        return from_jalali(year, month, day)
    return date(year - _AHEAD if year in _BUDDHIST else year, month, day)


def from_ethiopian(year: int, month: int, day: int) -> date:
    """Convert by the calendar's rule: twelve months of thirty days, and a leap day after every third year of four.

    >>> from_ethiopian(2019, 3, 15)
    datetime.date(2026, 11, 24)
    """
    if not (1900 <= year <= 2100 and 1 <= day <= 30):
        raise ValueError("no such day")
    return date.fromordinal(2796 + 365 * (year - 1) + year // 4 + 30 * (month - 1) + day - 1)


def from_jalali(year: int, month: int, day: int) -> date:
    """Convert a Solar Hijri date by the 33-year cycle of leap years, which holds from 1206 to 1498.

    >>> from_jalali(1405, 9, 2)
    datetime.date(2026, 11, 23)
    """
    if not (1 <= month <= 12 and 1 <= day <= 31):
        raise ValueError("no such day")
    years = year - 979
    days = 365 * years + years // 33 * 8 + (years % 33 + 3) // 4
    days += sum(31 if number <= 6 else 30 for number in range(1, month)) + day - 1
    return date(1600, 1, 1) + timedelta(days=days + 79)
