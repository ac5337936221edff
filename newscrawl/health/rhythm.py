"""An outlet's rhythm, learnt from when its articles came, and how unusual a silence is against it.

Articles come as a Poisson process whose rate follows the hour of the week, but in bursts: the counts of days vary
more than Poisson's. The share by which they do (dispersion, variance over mean) makes the probability that nothing
comes where ``m`` articles are expected ``dispersion ** (-m / (dispersion - 1))``: the zero term of the negative
binomial distribution in its linear form, NB1 (Cameron and Trivedi, Regression Analysis of Count Data, 2013, 3.3).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from functools import cached_property
from itertools import accumulate, pairwise

#: The baseline: as many whole weeks as there are, up to this number; fewer than the least are no baseline.
WEEKS = 8
LEAST_WEEKS = 2
#: So few articles teach no rhythm.
LEAST_ARTICLES = 15
#: By chance alone one outlet may raise one false alarm in this many days.
FALSE_ALARM_DAYS = 1000
#: A silence must also be longer than the longest of the baseline by this factor, in articles expected meanwhile.
LONGEST = 1.25
#: Days and hours borrow this many articles' weight from the mean, so that a few articles make no sharp profile.
BORROWED = 3.0

#: Fewer other outlets of the country than this say nothing of a holiday.
LEAST_PEERS = 3

_HOURS = 168
_MONDAY = datetime(1970, 1, 5)  # noqa: DTZ001 (wall clock time: what an hour of the week is)


@dataclass(frozen=True, kw_only=True)
class Rhythm:
    """Articles an hour for each hour of the week from Monday 00:00 local time, and how bursty they come.

    ``dispersion`` is variance over mean of the days' counts (1: Poisson), ``longest`` is the longest silence of the
    baseline, measured in articles that were to be expected meanwhile, ``longest_hours`` the same on the clock.
    """

    rates: tuple[float, ...]
    zone: tzinfo
    dispersion: float = 1.0
    longest: float = 0.0
    longest_hours: float = 0.0

    @property
    def per_day(self) -> float:
        """Articles a day, on the average of the week."""
        return self._sums[-1] / 7

    @cached_property
    def _sums(self) -> tuple[float, ...]:
        return (0.0, *accumulate(self.rates))

    def expected(self, start: datetime, end: datetime) -> float:
        """Give how many articles are to be expected between two moments."""
        return self._since_monday(end) - self._since_monday(start)

    def _since_monday(self, moment: datetime) -> float:
        hours = (moment.astimezone(self.zone).replace(tzinfo=None) - _MONDAY) / timedelta(hours=1)
        weeks, rest = divmod(hours, _HOURS)
        hour = min(int(rest), _HOURS - 1)
        return weeks * self._sums[-1] + self._sums[hour] + (rest - hour) * self.rates[hour]

    def chance_of_none(self, expected: float) -> float:
        """Give the probability that nothing comes where ``expected`` articles are to be expected."""
        if self.dispersion < 1.001:
            return float(2.718281828459045**-expected)
        return float(self.dispersion ** (-expected / (self.dispersion - 1)))


@dataclass(frozen=True, kw_only=True, slots=True)
class Silence:
    """How long nothing new came, how many articles were to be expected meanwhile, and the chance of that."""

    since: datetime
    hours: float
    expected: float
    chance: float
    unusual: bool


def stated(per_day: float, zone: tzinfo) -> Rhythm:
    """Give the even rhythm of an outlet of which a human knows the number of articles a day."""
    return Rhythm(rates=(per_day / 24,) * _HOURS, zone=zone)


def learn(arrivals: Sequence[datetime], first: datetime, now: datetime, zone: tzinfo) -> Rhythm | None:
    """Learn a rhythm from the moments (sorted) at which articles came since ``first``; None from too little."""
    weeks = min(WEEKS, (now - first) // timedelta(weeks=1))
    start = now - timedelta(weeks=weeks)
    inside = [moment for moment in arrivals if start <= moment < now]
    if weeks < LEAST_WEEKS or len(inside) < LEAST_ARTICLES:
        return None
    by_day, by_hour = [0] * 7, [0] * 24
    for moment in inside:
        local = moment.astimezone(zone)
        by_day[local.weekday()] += 1
        by_hour[local.hour] += 1
    total = len(inside)
    days = [(count + BORROWED) / (total / 7 + BORROWED) for count in by_day]
    hours = [(count + BORROWED) / (total / 24 + BORROWED) for count in by_hour]
    mean = total / (weeks * _HOURS)
    plain = Rhythm(rates=tuple(mean * day * hour for day in days for hour in hours), zone=zone)
    gaps = [(plain.expected(early, late), (late - early) / timedelta(hours=1)) for early, late in pairwise(inside)]
    return Rhythm(
        rates=plain.rates,
        zone=zone,
        dispersion=_dispersion(plain, inside, start, weeks * 7),
        longest=max(expected for expected, _ in gaps),
        longest_hours=max(clock for _, clock in gaps),
    )


def silence(
    rhythm: Rhythm, last_new: datetime, until: datetime, *, peers: float = 1.0, limit: timedelta | None = None
) -> Silence:
    """Weigh the silence from the last new article to the last look at the outlet.

    ``peers`` is the share of their usual that the country's other outlets publish these days: a holiday lowers what
    is to be expected here, too. ``limit`` is the longest silence that a human called normal: it decides alone.
    """
    expected = rhythm.expected(last_new, until) * min(1.0, max(peers, 0.0)) if until > last_new else 0.0
    chance = rhythm.chance_of_none(expected)
    if limit is not None:
        unusual = until - last_new > limit
    else:
        unusual = chance < 1 / (FALSE_ALARM_DAYS * max(rhythm.per_day, 1)) and expected > LONGEST * rhythm.longest
    hours = max(0.0, (until - last_new) / timedelta(hours=1))
    return Silence(since=last_new.astimezone(UTC), hours=hours, expected=expected, chance=chance, unusual=unusual)


def activity(others: Sequence[tuple[Rhythm, Sequence[datetime]]], start: datetime, end: datetime) -> float:
    """Give the share of their usual that other outlets published between two moments; 1.0 where too few are known.

    ``others`` are (rhythm, sorted arrivals). No outlet weighs more than ten articles, so that one large one that
    goes on does not hide a holiday.
    """
    expected = observed = 0.0
    for rhythm, arrivals in others:
        usual = rhythm.expected(start, end)
        came = bisect_right(arrivals, end) - bisect_right(arrivals, start)
        weight = min(1.0, 10 / usual) if usual else 0.0
        expected += usual * weight
        observed += came * weight
    return observed / expected if len(others) >= LEAST_PEERS and expected >= 5 else 1.0


def _dispersion(rhythm: Rhythm, arrivals: Sequence[datetime], start: datetime, days: int) -> float:
    """Give Pearson's chi-squared of the days' counts over their number: how much more than Poisson they vary."""
    counts = [0] * days
    for moment in arrivals:
        counts[min((moment - start) // timedelta(days=1), days - 1)] += 1
    total = 0.0
    for number, count in enumerate(counts):
        expected = rhythm.expected(start + timedelta(days=number), start + timedelta(days=number + 1))
        total += (count - expected) ** 2 / max(expected, 0.25)
    return min(max(1.0, total / days), 50.0)
