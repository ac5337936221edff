"""When articles, failed addresses and outlets are looked at again."""

from datetime import UTC, datetime, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from newscrawl.outlet import Schedule
from newscrawl.schedule import BACK_OFF, LOOKS, next_interval, next_look, retry_at

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


def test_looks_spread_out_and_end() -> None:
    """An article is looked at nine times, ever more rarely, and then left alone."""
    moments, now = [], NOON
    while (look := next_look(now, NOON, None)) is not None:
        moments.append(look)
        now = look
    assert [moment - NOON for moment in moments] == list(LOOKS)


@given(st.timedeltas(timedelta(0), timedelta(days=100)), st.timedeltas(timedelta(days=-400), timedelta(days=5)))
def test_a_look_lies_ahead(passed: timedelta, published: timedelta) -> None:
    """The next look is always later than now, whatever the page claims of its date."""
    look = next_look(NOON + passed, NOON, NOON + published)
    assert look is None or look > NOON + passed


def test_old_articles_are_left_alone() -> None:
    """An article published long ago is not looked at again, however new it is to us."""
    assert next_look(NOON, NOON, NOON - timedelta(days=61)) is None


def test_retries_end_in_quarantine() -> None:
    """Each failure waits longer than the one before, and after the last pause there is none."""
    moments = [retry_at(NOON, attempt, Random(1)) for attempt in range(1, len(BACK_OFF) + 2)]
    pauses = [moment - NOON for moment in moments if moment]
    assert len(pauses) == len(BACK_OFF)
    assert pauses == sorted(pauses)
    assert moments[-1] is None


@given(st.integers(0, 9), st.booleans(), st.none() | st.timedeltas(timedelta(seconds=1), timedelta(days=9)))
def test_an_outlet_s_pause_stays_within_the_seed_s_bounds(new: int, ok: bool, last: timedelta | None) -> None:
    """Whatever happened before, the next visit lies between the bounds that the seed sets."""
    schedule = Schedule(every=timedelta(hours=1), least=timedelta(minutes=10), most=timedelta(hours=8))
    assert timedelta(minutes=10) <= next_interval(schedule, last, new=new, ok=ok) <= timedelta(hours=8)


def test_news_shorten_the_pause() -> None:
    """News shorten an outlet's pause, silence lengthens it, and failure lengthens it most."""
    hour, schedule = timedelta(hours=1), Schedule(every=timedelta(hours=1))
    news = next_interval(schedule, hour, new=3, ok=True)
    silence = next_interval(schedule, hour, new=0, ok=True)
    assert news < hour < silence < next_interval(schedule, hour, new=0, ok=False)
