"""Drift by field: do the newest articles still carry what the outlet's articles carried before?

A share (dated, authored, datelined, read) is tested by the lower tail of the binomial distribution, its sample made
smaller by the factor by which the shares of days vary more than chance (Rao and Scott, A Simple Method for the
Analysis of Clustered Binary Data, Biometrics 48, 1992). A measure (words, lag) is tested by how far its median moved
in robust standard errors (median absolute deviation; Rousseeuw and Croux, JASA 88, 1993).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import comb, log, sqrt
from statistics import median

#: A share has drifted when so low a one would come by chance this rarely, and it lost this much of the whole.
RARE = 1e-5
LOST = 0.2
#: A measure has drifted when its median moved this many robust standard errors, and by this much.
ERRORS = 5.0
WORDS_FACTOR = 1.6
LAG_HOURS = 1.5
#: The newest articles: the last day's, and the last so many whatever their age (up to a week).
NEWEST = 12
LEAST_BASELINE = 30


@dataclass(frozen=True, slots=True)
class Sample:
    """What one new article carried: when it was first seen, its words, and its lag (hours since its date, if any)."""

    seen: datetime
    words: int
    dated: bool
    authored: bool
    datelined: bool
    lag: float | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Drift:
    """One field now and before: a share (0 to 1), words, or hours; ``n`` newest articles were looked at."""

    field: str
    now: float
    usual: float
    n: int
    unusual: bool


def drifts(samples: Sequence[Sample], now: datetime) -> list[Drift]:
    """Compare the newest articles with those of the weeks before, field by field; nothing from too few."""
    week = [sample for sample in samples if sample.seen > now - timedelta(days=7)]
    windows = [window for window in (_since(week, now - timedelta(days=1)), week[-NEWEST:]) if len(window) >= NEWEST]
    found: dict[str, Drift] = {}
    for newest in windows:
        edge = min(newest[0].seen, now - timedelta(days=1))
        before = [sample for sample in samples if sample.seen < edge]
        if len(before) < LEAST_BASELINE:
            continue
        for drift in _compare(before, newest):
            if drift.field not in found or drift.unusual:
                found[drift.field] = drift
    return list(found.values())


def share(field: str, days: Iterable[tuple[int, int]], now: tuple[int, int]) -> Drift | None:
    """Test a share: ``days`` are (with, of all) of the days before, ``now`` the newest's; None from too few."""
    counted = [(part, whole) for part, whole in days if whole]
    part, whole = (sum(column) for column in zip(*counted, strict=True)) if counted else (0, 0)
    if whole < LEAST_BASELINE or not now[1]:
        return None
    usual = (part + 1) / (whole + 2)
    spread = sum((x - n * usual) ** 2 / (n * usual * (1 - usual)) for x, n in counted) / len(counted)
    size = max(1, round(now[1] / max(1.0, spread)))
    seen = now[0] / now[1]
    chance = _lower_tail(round(seen * size), size, usual)
    return Drift(field=field, now=seen, usual=part / whole, n=now[1], unusual=chance < RARE and usual - seen >= LOST)


def measure(
    field: str, before: Sequence[tuple[date, float]], newest: Sequence[float], least: float, floor: float
) -> Drift | None:
    """Test a median: ``before`` are (day, value), ``least`` the least move that counts, ``floor`` the least spread."""
    if len(before) < LEAST_BASELINE or len(newest) < NEWEST:
        return None
    values = [value for _, value in before]
    usual, now = median(values), median(newest)
    by_day = defaultdict(list)
    for day, value in before:
        by_day[day].append(value)
    daily = [median(day) for day in by_day.values() if len(day) >= 3]
    error = sqrt((1.2533 * max(_spread(values), floor)) ** 2 / len(newest) + (_spread(daily) if daily else 0.0) ** 2)
    return Drift(
        field=field,
        now=now,
        usual=usual,
        n=len(newest),
        unusual=abs(now - usual) > max(least, ERRORS * error),
    )


def _compare(before: Sequence[Sample], newest: Sequence[Sample]) -> list[Drift]:
    flags: dict[str, Callable[[Sample], bool]] = {
        "dated": lambda sample: sample.dated,
        "authored": lambda sample: sample.authored,
        "datelined": lambda sample: sample.datelined,
    }
    found = [share(name, _by_day(before, has), (sum(map(has, newest)), len(newest))) for name, has in flags.items()]
    words = measure(
        "words",
        [(sample.seen.date(), log(sample.words + 1)) for sample in before],
        [log(sample.words + 1) for sample in newest],
        log(WORDS_FACTOR),
        0.1,
    )
    if words:
        words = Drift(
            field="words", now=2.718281828459045**words.now - 1, usual=2.718281828459045**words.usual - 1,
            n=words.n, unusual=words.unusual,
        )  # fmt: skip
    lag = measure(
        "lag",
        [(sample.seen.date(), sample.lag) for sample in before if sample.lag is not None],
        [sample.lag for sample in newest if sample.lag is not None],
        LAG_HOURS,
        0.25,
    )
    return [drift for drift in (*found, words, lag) if drift]


def _since(samples: Sequence[Sample], start: datetime) -> Sequence[Sample]:
    return [sample for sample in samples if sample.seen > start]


def _by_day(samples: Sequence[Sample], has: Callable[[Sample], bool]) -> list[tuple[int, int]]:
    days: dict[date, list[int]] = defaultdict(lambda: [0, 0])
    for sample in samples:
        days[sample.seen.date()][0] += has(sample)
        days[sample.seen.date()][1] += 1
    return [(part, whole) for part, whole in days.values()]


def _lower_tail(most: int, size: int, p: float) -> float:
    """Give the chance of at most ``most`` in ``size`` trials; sizes beyond 400 are scaled down, which errs to quiet."""
    if size > 400:
        most, size = round(most * 400 / size), 400
    return sum(comb(size, k) * p**k * (1 - p) ** (size - k) for k in range(most + 1))


def _spread(values: Sequence[float]) -> float:
    middle = median(values)
    return 1.4826 * median(abs(value - middle) for value in values)
