"""Health: rhythm, silence, drift and what a human states, on simulated outlets."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.health import Facts, Sample, examine, examine_country, learn, silence
from newscrawl.health.drift import share
from newscrawl.health.rhythm import activity, stated
from newscrawl.outlet import Expect

NOW = datetime(2026, 11, 16, tzinfo=UTC)  # a Monday
WEEK = timedelta(weeks=1)


def arrivals(weeks: int = 8, a_day: int = 12, weekend: int = 2) -> list[datetime]:
    """Give an outlet's arrivals: ``a_day`` between 06:00 and 18:00 on weekdays, ``weekend`` on Friday and Saturday."""
    chance = random.Random(3)
    found = []
    for back in range(1, weeks * 7 + 1):
        day = NOW - timedelta(days=back)
        count = weekend if day.weekday() in (4, 5) else a_day
        found += [day + timedelta(hours=6 + 12 * chance.random()) for _ in range(count)]
    return sorted(found)


def samples(count: int = 240, **changes: object) -> list[Sample]:
    """Give samples of the last weeks: dated, three in four authored, none datelined, 200 words, half an hour late."""
    sample = Sample(NOW, 200, True, True, False, 0.5)
    made = []
    for number in range(count):
        seen = NOW - timedelta(hours=2 * (count - number))
        made.append(replace(sample, seen=seen, authored=number % 4 != 0, words=180 + number % 40))
    return [replace(one, **changes) for one in made] if changes else made  # type: ignore[arg-type]


def facts(**changes: object) -> Facts:
    """Give the facts of a sound outlet, changed by ``changes``."""
    base = Facts(
        outlet="north",
        timezone="Asia/Damascus",
        now=NOW,
        added=NOW - 10 * WEEK,
        last_run=NOW,
        last_success=NOW,
        last_new=NOW - timedelta(hours=6),
        arrivals=arrivals(),
        samples=samples(),
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def kinds(found: Facts) -> list[str]:
    """Give the kinds of trouble that are found."""
    return [trouble.kind for trouble in examine(found).troubles]


def test_a_sound_outlet_has_no_trouble() -> None:
    """Weekends and nights are part of the rhythm, and nothing is wrong."""
    assert examine(facts()).troubles == ()


def test_the_rhythm_follows_the_week_and_the_clock() -> None:
    """What is expected of a weekday's noon is more than of its night and of a Friday, in the outlet's own time."""
    rhythm = learn(arrivals(), NOW - 8 * WEEK, NOW, UTC)
    assert rhythm
    noon, night, friday = NOW + timedelta(hours=12), NOW + timedelta(hours=1), NOW + timedelta(days=4, hours=12)
    hour = timedelta(hours=1)
    assert rhythm.expected(noon, noon + hour) > 2 * rhythm.expected(night, night + hour)
    assert rhythm.expected(noon, noon + hour) > 2 * rhythm.expected(friday, friday + hour)
    assert rhythm.per_day == pytest.approx(len(arrivals()) / 56, rel=0.05)


@given(st.integers(0, 10_000), st.integers(0, 10_000), st.integers(0, 10_000))
def test_expectations_add_up(first: int, second: int, third: int) -> None:
    """What is expected of a span is the sum of its parts, is never negative, and a week is a week's articles."""
    rhythm = learn(arrivals(weeks=2), NOW - 2 * WEEK, NOW, ZoneInfo("Asia/Damascus"))
    assert rhythm
    a, b, c = (NOW + timedelta(minutes=minutes) for minutes in sorted((first, second, third)))
    assert rhythm.expected(a, c) == pytest.approx(rhythm.expected(a, b) + rhythm.expected(b, c), abs=1e-6)
    assert rhythm.expected(a, b) >= -1e-9
    assert rhythm.expected(a, a + WEEK) == pytest.approx(7 * rhythm.per_day)


def test_too_little_teaches_no_rhythm() -> None:
    """A young outlet and one with a handful of articles have no rhythm, so nothing can be unusual."""
    assert learn(arrivals(weeks=1), NOW - WEEK, NOW, UTC) is None
    assert learn(arrivals()[:10], NOW - 8 * WEEK, NOW, UTC) is None
    assert examine(facts(arrivals=[], last_new=None)).silence is None


def test_a_silence_on_weekdays_is_unusual_and_over_a_weekend_it_is_not() -> None:
    """Two days without news from Tuesday on are told; a night and a quiet weekend are not."""
    rhythm = learn(arrivals(), NOW - 8 * WEEK, NOW, UTC)
    assert rhythm
    tuesday = NOW + timedelta(days=1, hours=18)
    assert silence(rhythm, tuesday, tuesday + timedelta(days=2)).unusual
    assert not silence(rhythm, tuesday, tuesday + timedelta(hours=12)).unusual
    thursday = NOW + timedelta(days=3, hours=18)
    assert not silence(rhythm, thursday, thursday + timedelta(days=1, hours=12)).unusual


def test_a_silence_is_no_news_while_the_outlet_is_not_reached() -> None:
    """An outlet that was last reached long ago is failing or not running; it is not called silent."""
    long_ago = NOW - timedelta(days=3)
    quiet = {"last_success": long_ago, "last_new": long_ago - timedelta(hours=1)}
    assert kinds(facts(failures=3, **quiet)) == ["failing"]
    assert kinds(facts(last_run=long_ago, **quiet)) == ["not-running"]
    assert kinds(facts(parked_until=NOW + WEEK, parked_reason="Retry-After", **quiet)) == ["parked"]
    assert kinds(facts(last_new=long_ago)) == ["silence"]


def test_a_holiday_of_the_whole_country_is_no_alarm() -> None:
    """When the country's other outlets are as quiet, a silence is expected; when they go on, it is told."""
    quiet = NOW - timedelta(days=2)
    usual = arrivals()
    late = [moment for moment in usual if moment < quiet]
    mute = facts(outlet="mute", arrivals=late, last_new=late[-1])
    busy = [facts(outlet=f"busy-{number}", arrivals=usual) for number in range(4)]
    on_holiday = [replace(mute, outlet=f"quiet-{number}") for number in range(4)]
    assert [trouble.kind for trouble in examine_country([mute, *busy])[0].troubles] == ["silence"]
    assert [trouble.kind for trouble in examine_country([mute, *on_holiday])[0].troubles] == []


def test_peers_are_asked_only_where_there_are_enough() -> None:
    """Two other outlets say nothing of a holiday: the share stays one."""
    rhythm = stated(24.0, UTC)
    assert activity([(rhythm, [])] * 2, NOW - WEEK, NOW) == 1.0
    assert activity([(rhythm, [])] * 3, NOW - WEEK, NOW) == 0.0


def test_a_layout_break_shows_by_field() -> None:
    """When the newest articles lose date, author and most words, each field is named; what held is not."""
    broken = samples()
    broken[-14:] = [replace(one, dated=False, authored=False, words=12, lag=None) for one in broken[-14:]]
    found = kinds(facts(samples=broken))
    assert found == ["drift:dated", "drift:authored", "drift:words"]


def test_a_date_shift_shows_as_lag() -> None:
    """Dates that suddenly lie three hours further back are told, an hour's wobble is not."""
    shifted = samples()
    shifted[-14:] = [replace(one, lag=3.5) for one in shifted[-14:]]
    assert kinds(facts(samples=shifted)) == ["drift:lag"]
    shifted[-14:] = [replace(one, lag=1.3) for one in shifted[-14:]]
    assert kinds(facts(samples=shifted)) == []


def test_a_share_that_always_wandered_may_wander_on() -> None:
    """The same fall is drift where the days were alike, and none where they always varied so."""
    steady = [(16, 20)] * 20
    wild = [(20, 20), (4, 20)] * 10
    fallen = share("dated", steady, (6, 20))
    usual = share("dated", wild, (6, 20))
    assert fallen
    assert fallen.unusual
    assert usual
    assert not usual.unusual
    assert share("dated", [(5, 5)], (0, 20)) is None


def test_unread_pages_show_as_drift() -> None:
    """When the reader suddenly refuses most pages, that is told although no article is stored that could show it."""
    days = {(NOW - timedelta(days=back)).date(): (20, 21) for back in range(2, 20)}
    assert kinds(facts(read=days | {NOW.date(): (2, 20)})) == ["drift:read"]
    assert kinds(facts(read=days | {NOW.date(): (19, 20)})) == []


def test_a_human_knows_better() -> None:
    """What the seed expects goes before statistics: a stated silence, articles a day, shares and words."""
    day = timedelta(days=1)
    assert kinds(facts(expect=Expect(silence=timedelta(hours=1)))) == ["silence"]
    assert kinds(facts(expect=Expect(silence=30 * day), last_new=NOW - 9 * day)) == []
    assert kinds(facts(expect=Expect(articles_per_day=1), arrivals=[], last_new=NOW - 10 * day)) == ["silence"]
    assert kinds(facts(expect=Expect(articles_per_day=1), arrivals=[], last_new=NOW - 2 * day)) == []
    assert kinds(facts(expect=Expect(datelined=0.5, words=500))) == ["drift:datelined", "drift:words"]
    assert kinds(facts(expect=Expect(silence=timedelta(hours=1)), arrivals=[])) == ["silence"]
