"""The days of the week, which stand beside a date and add nothing to it."""

from __future__ import annotations

import re

from newscrawl.reading.words import DAYS, fold

_WEEKDAYS = """monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun
lundi mardi mercredi jeudi vendredi samedi dimanche montag dienstag mittwoch donnerstag freitag samstag sonntag
lunes martes miércoles jueves viernes sábado domingo lunedì martedì mercoledì giovedì venerdì sabato domenica
segunda-feira terça-feira quarta-feira quinta-feira sexta-feira pazartesi salı çarşamba perşembe cuma cumartesi
pazar hétfő kedd szerda csütörtök péntek szombat vasárnap poniedziałek wtorek środa czwartek piątek sobota niedziela
понедельник вторник среда четверг пятница суббота воскресенье понеділок вівторок середа четвер п'ятниця субота неділя
الاثنين الإثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد
دوشنبه سه‌شنبه چهارشنبه پنجشنبه جمعه شنبه یکشنبه"""
#: Days of the week, folded.
COMMON_DAYS = frozenset(fold(word) for word in _WEEKDAYS.split())
#: The same in every language of the news.
WEEKDAYS = COMMON_DAYS | DAYS
#: Days of the week that are written without a space, or are too short for a piece of their own.
_DAY_NAMES = re.compile(
    r"^วัน\S+?ที่\s*|[\s(（]*(?:(?:星期|周|週|礼拜|禮拜)[一二三四五六日天]|[月火水木金土日]曜日?|[월화수목금토일]요일|(?<=[(（])[月火水木金土日월화수목금토일])[)）]?$"
    r"|^(?:joi|vin|lun|mie|înî|ዓርብ|ዓርቢ|ረቡዕ|ሰኞ|ሐሙስ|ሓሙስ|ቅዳሜ|ቀዳም|እሑድ|ሰኑይ|ሰሉስ|வெள்ளி|புதன்|சனி|ஞாயிறு|திங்கள்|செவ்வாய்|வியாழன்|සඳුදා|බදාදා|ពុធ|សុក្រ|សៅរ៍|ចន្ទ|پیر|منگل|بدھ|جمعہ|ہفتہ|سوموار|اتوار|آچر|सोम|मंगल|बुध|गुरु|शुक्र|शनि|रवि)[,،.፣]?\s+"
)


def without_day(plain: str) -> str:
    """Take the day of the week off, which has up to three words: bazar ertəsi, יום שישי."""
    bare = _DAY_NAMES.sub("", plain)
    words = (bare if any(map(str.isdigit, bare)) and len(bare) > 3 else plain).split()
    for count in range(1, min(4, len(words))):
        if not words[0][0].isdigit() and " ".join(words[:count]).strip(".,،፣()") in WEEKDAYS:
            return " ".join(words[count:])
        if " ".join(words[-count:]).strip(".,،፣()") in WEEKDAYS:
            return " ".join(words[:-count]).rstrip(" ,،፣")
    return " ".join(words)
