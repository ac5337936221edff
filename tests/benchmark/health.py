"""How often does health cry wolf, and how soon does it notice? Simulated outlets with weekends, holidays and bursts.

    python tests/benchmark/health.py --countries 4 --days 56

Each country has ten outlets of 1.5 to 150 articles a day (log-uniform). Rates follow the hour of the day and fall by a
third to nine tenths at the weekend; news come in bursts (one to five articles within two hours); all outlets of a
country keep a three-day holiday with a tenth of the rate; each outlet also has a quiet day of its own with half the
rate now and then. Dates, authors and datelines hold by shares that differ by outlet and wander from day to day.
The report is made every six hours. Planted: a silence, a layout break (no date, no author, a fifth of the words) and
a date shift of three hours.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from math import exp, log, pi, sin
from statistics import median

from newscrawl.health import Facts, Sample, examine_country

START = datetime(2026, 1, 5, tzinfo=UTC)
STEP = timedelta(hours=6)
LEARN = timedelta(days=63)


class Simulated:
    """One outlet's articles over the whole time; ``broken_at`` and ``kind`` plant a fault."""

    def __init__(self, name: str, chance: random.Random, days: int, holiday: range) -> None:
        self.name = name
        self.per_day = exp(chance.uniform(log(1.5), log(150)))
        self.weekend = chance.uniform(0.1, 0.67)
        self.shares = {
            "dated": chance.uniform(0.9, 1),
            "authored": chance.uniform(0.2, 1),
            "datelined": chance.random(),
        }
        self.words, self.spread = chance.uniform(120, 600), chance.uniform(0.3, 0.7)
        self.samples: list[Sample] = []
        for day in range(days):
            self._day(chance, day, 0.1 if day in holiday else 0.5 if chance.random() < 0.03 else 1.0)
        self.samples.sort(key=lambda sample: sample.seen)
        self.fault: tuple[str, datetime] | None = None

    def _day(self, chance: random.Random, day: int, factor: float) -> None:
        if (START + timedelta(days=day)).weekday() in (4, 5):
            factor *= self.weekend
        shares = {name: min(1.0, max(0.0, share + chance.gauss(0, 0.05))) for name, share in self.shares.items()}
        for hour in range(24):
            rate = self.per_day / 24 * factor * max(0.05, 1 + sin((hour - 7) / 24 * 2 * pi) * 1.1) / 2.0
            for _ in range(poisson(chance, rate)):
                for _ in range(min(5, 1 + int(chance.expovariate(1.0)))):
                    came = START + timedelta(days=day, hours=hour + 2 * chance.random())
                    self.samples.append(self._article(chance, came, shares))

    def _article(self, chance: random.Random, came: datetime, shares: dict[str, float]) -> Sample:
        lag = chance.uniform(0, 1) + (chance.expovariate(0.2) if chance.random() < 0.1 else 0)
        return Sample(
            came + timedelta(hours=lag),
            round(self.words * exp(chance.gauss(0, self.spread))),
            chance.random() < shares["dated"],
            chance.random() < shares["authored"],
            chance.random() < shares["datelined"],
            lag,
        )

    def facts(self, now: datetime) -> Facts:
        """Give what a database would know at ``now``."""
        seen = [self._faulty(sample) for sample in self.samples if now - timedelta(days=57) < sample.seen <= now]
        if self.fault and self.fault[0] == "silence":
            seen = [sample for sample in seen if sample.seen < self.fault[1]]
        arrivals = sorted(
            sample.seen - timedelta(hours=sample.lag) if sample.lag and sample.dated else sample.seen for sample in seen
        )
        return Facts(
            outlet=self.name,
            timezone="UTC",
            now=now,
            added=START,
            last_run=now,
            last_success=now,
            last_new=seen[-1].seen if seen else None,
            arrivals=arrivals,
            samples=[sample for sample in seen if sample.seen > now - timedelta(days=29)],
        )

    def _faulty(self, sample: Sample) -> Sample:
        if not self.fault or sample.seen < self.fault[1]:
            return sample
        if self.fault[0] == "layout":
            return Sample(sample.seen, sample.words // 5, False, False, sample.datelined, None)
        if self.fault[0] == "dates":
            lag = None if sample.lag is None else sample.lag + 3
            return Sample(sample.seen, sample.words, sample.dated, sample.authored, sample.datelined, lag)
        return sample


def poisson(chance: random.Random, mean: float) -> int:
    """Draw from a Poisson distribution by Knuth's product method; means here are small."""
    limit, product, count = exp(-mean), chance.random(), 0
    while product > limit:
        product *= chance.random()
        count += 1
    return count


def country(chance: random.Random, days: int) -> list[Simulated]:
    """Make ten outlets that share a holiday within the watched time."""
    first = LEARN.days + chance.randrange(max(1, days - 3))
    return [
        Simulated(f"outlet-{number}", chance, LEARN.days + days + 10, range(first, first + 3)) for number in range(10)
    ]


def false_alarms(outlets: list[Simulated], days: int) -> Counter[str]:
    """Watch sound outlets; count the problems that start, by kind."""
    started: Counter[str] = Counter()
    open_now: set[tuple[str, str]] = set()
    now = START + LEARN
    while now < START + LEARN + timedelta(days=days):
        found = examine_country([outlet.facts(now) for outlet in outlets])
        wrong = {(one.outlet, trouble.kind) for one in found for trouble in one.troubles}
        started.update(kind for _, kind in wrong - open_now)
        open_now = wrong
        now += STEP
    return started


def delays(outlets: list[Simulated], kind: str, wanted: str) -> list[tuple[float, float | None]]:
    """Break one outlet after the other; give (articles a day, hours until a problem of the wanted kind, or None)."""
    found: list[tuple[float, float | None]] = []
    at = START + LEARN + timedelta(hours=9)
    for outlet in outlets:
        outlet.fault = (kind, at)
        delay = None
        for step in range(1, 41):
            now = at + step * STEP
            report = examine_country([one.facts(now) for one in outlets]) if kind == "silence" else None
            mine = next(one for one in report or examine_country([outlet.facts(now)]) if one.outlet == outlet.name)
            if any(trouble.kind.startswith(wanted) for trouble in mine.troubles):
                delay = step * STEP / timedelta(hours=1)
                break
        found.append((outlet.per_day, delay))
        outlet.fault = None
    return found


def main() -> None:
    """Print the rates and delays."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--countries", type=int, default=2)
    parser.add_argument("--days", type=int, default=28)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    alarms: Counter[str] = Counter()
    late: dict[str, list[tuple[float, float | None]]] = defaultdict(list)
    for _ in range(options.countries):
        outlets = country(chance, options.days)
        alarms += false_alarms(outlets, options.days)
        for kind, wanted in (("silence", "silence"), ("layout", "drift"), ("dates", "drift:lag")):
            late[kind] += delays(outlets, kind, wanted)
    days = options.countries * 10 * options.days
    print(f"false alarms in {days} outlet-days with one holiday a country: {sum(alarms.values())}")
    for name, count in sorted(alarms.items()):
        print(f"  {name}: {count}")
    for kind, rows in late.items():
        for label, low, high in (("under 5 a day", 0, 5), ("5 to 30 a day", 5, 30), ("over 30 a day", 30, 1e9)):
            hours = [delay for per_day, delay in rows if low <= per_day < high]
            known = sorted(delay for delay in hours if delay is not None)
            if hours:
                middle = f"median {median(known):.0f} h, longest {known[-1]:.0f} h" if known else "never"
                print(f"{kind}, {label}: {len(known)} of {len(hours)} noticed within 10 days, {middle}")


if __name__ == "__main__":
    main()
