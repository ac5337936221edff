"""When to look again: at an article, at a failed address, at an outlet. Pure arithmetic on aware datetimes."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from newscrawl.outlet import Schedule

#: Ages at which an article is looked at again: edits and takedowns come early, so the looks spread out.
LOOKS = tuple(timedelta(hours=hours) for hours in (1, 4, 12, 24, 72, 168, 336, 720, 1440))
#: An address that answers 404 or 410 is held to be gone when it does so again this much later.
CONFIRM = timedelta(hours=6)
#: Pauses after a first, second, ... failure of an address; after the last one it is quarantined.
BACK_OFF = tuple(timedelta(minutes=minutes) for minutes in (5, 30, 120, 480, 1440, 4320))
#: A source that failed this often in a row is retired, and looked at once a week.
RETIRE_AFTER = 8
RETIRED_PAUSE = timedelta(days=7)


def next_look(
    now: datetime, first_seen: datetime, published: datetime | None, looks: tuple[timedelta, ...] = LOOKS
) -> datetime | None:
    """Give the next moment to look at an article again, or None when it is old enough to be left alone.

    Its age counts from its publication where that is known and plausible, else from when it was first seen.

    >>> from datetime import UTC
    >>> noon = datetime(2026, 1, 1, 12, tzinfo=UTC)
    >>> str(next_look(noon, noon, None) - noon), next_look(noon + timedelta(days=99), noon, None)
    ('1:00:00', None)
    """
    born = min(published, first_seen) if published else first_seen
    return next((born + age for age in looks if born + age > now), None)


def retry_at(now: datetime, attempts: int, chance: Random) -> datetime | None:
    """Give the moment of the next try after ``attempts`` failures in a row (from 1), or None: quarantine.

    A tenth of chance either way keeps many failures from coming back together.
    """
    if attempts > len(BACK_OFF):
        return None
    return now + BACK_OFF[attempts - 1] * chance.uniform(0.9, 1.1)


def next_interval(schedule: Schedule, interval: timedelta | None, *, new: int, ok: bool) -> timedelta:
    """Give the pause until an outlet's next visit, between the seed's bounds.

    A visit that found something new shortens it by a third, one that found nothing lengthens it by half, one that
    reached nothing doubles it: the multiplicative rule that feed readers use, which settles on the outlet's rhythm.
    """
    least, most = schedule.bounds
    factor = (2 / 3 if new else 1.5) if ok else 2.0
    return max(least, min(most, (interval or schedule.every) * factor))
