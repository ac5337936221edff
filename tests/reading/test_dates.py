"""Dates in many scripts and calendars."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.reading.dates import read_date

DAY = datetime(2026, 11, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-23", "23.11.2026", "23/11/2026", "November 23, 2026", "Nov 23, 2026", "23rd of November 2026",
        "23 نوفمبر 2026", "٢٣ تشرين الثاني ٢٠٢٦", "۲ آذر ۱۴۰۵", "۱۴۰۵/۰۹/۰۲", "23 Kasım 2026", "23 ноября 2026",
        "23 नवंबर 2026", "2026年11月23日", "2026년 11월 23일", "23 novembre 2026", "23 de noviembre de 2026",
        "الاثنين ٢٣ نونبر ٢٠٢٦", "23 تشرين الثاني/نوفمبر 2026", "تشرين الثاني 23, 2026", "دوشنبه ۲ آذر ۱۴۰۵", "1405-09-02",
        "23ê Mijdarê 2026", "٢٣ی تشرینی دووەمی ٢٠٢٦", "23 Kas 2026", "23 нояб. 2026", "23 листопада 2026 року", "23 नवम्बर, 2026",
        "二〇二六年十一月二十三日", "令和8年11月23日", "民國115年11月23日", "2026. 11. 23.", "২৩ নভেম্বর, ২০২৬", "۲۳ نومبر ۲۰۲۶", "23 พ.ย. 2569",
        "วันจันทร์ที่ 23 พฤศจิกายน พ.ศ. 2569", "23/11/2569", "23 בנובמבר 2026", "23 Νοεμβρίου 2026", "23 Νοε 2026", "23 ნოემბერს, 2026",
        "Նոյեմբերի 23, 2026", "2026թ. նոյեմբերի 23", "ኅዳር 14 ቀን 2019", "ኖቬምበር 23, 2026", "ngày 23 tháng 11 năm 2026", "2026. gada 23. novembris",
        "2026 m. lapkričio 23 d.", "2026. november 23.", "2026 жылғы 23 қараша", "23 நவம்பர் 2026", "၂၃ နိုဝင်ဘာ ၂၀၂၆", "23. 11. 2026",
        "23. November 2026", "23 listopada 2026", "23 novembro 2026", "23 листопада 2026", "23ی تشرینی دووەم 2026",
    ],
)  # fmt: skip
def test_one_day_in_many_spellings(text: str) -> None:
    """Each spelling of 23 November 2026 is read as that day, without a time and without a stated zone."""
    when = read_date(text)
    assert when is not None
    assert (when.at, when.has_time, when.zoned) == (DAY, False, False)


def test_the_zone_is_assumed_or_stated() -> None:
    """A time without a zone is the outlet's; one with an offset is told as stated."""
    damascus = ZoneInfo("Asia/Damascus")
    local, stated = read_date("23 November 2026 14:05", damascus), read_date("2026-11-23T14:05:00+0100", damascus)
    assert local is not None
    assert stated is not None
    assert (local.at.hour, local.zoned) == (11, False)
    assert (stated.at.hour, stated.zoned) == (13, True)


@pytest.mark.parametrize(
    "text",
    ["yesterday", "3 hours ago", "قبل ساعتين", "2 saat önce", "31 February 2026", "12 million 2026", "24/13/2026", "24 พ.ย. 69", ""],
)  # fmt: skip
def test_no_date_is_no_date(text: str) -> None:
    """Relative words need the crawl's clock and impossible days are none: both are refused."""
    assert read_date(text) is None


@given(st.text(max_size=80))
def test_any_text(text: str) -> None:
    """Any text gives a moment in UTC, or none."""
    when = read_date(text)
    assert when is None or when.at.tzinfo is not None
