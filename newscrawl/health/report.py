"""One outlet's health: the facts that a database knows go in, what is wrong comes out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from statistics import median
from zoneinfo import ZoneInfo

from newscrawl.health.drift import NEWEST, Drift, Sample, drifts, share
from newscrawl.health.rhythm import Rhythm, Silence, activity, learn, silence, stated
from newscrawl.outlet import Expect

#: So many runs in a row that reached nothing are a failure of the outlet, not of a moment.
FAILURES = 3
#: An outlet was not run when its last run is older than this many of its pauses, and than a day.
MISSED = 3


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something wrong: ``kind`` is a slug (silence, failing, not-running, drift:FIELD), ``detail`` says it in words."""

    kind: str
    detail: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Facts:
    """What is known of an outlet at a moment; all datetimes aware.

    ``arrivals`` are the sorted moments when articles came (their date where it is plausible, else when first seen),
    ``samples`` those first seen in the last weeks, oldest first; ``read`` is (articles read, pages of it) by day;
    ``kinds`` counts the last day's losses by reason; ``peers`` is explained at ``rhythm.silence``.
    """

    outlet: str
    timezone: str
    now: datetime
    expect: Expect = field(default_factory=Expect)
    added: datetime
    interval: timedelta = timedelta(hours=1)
    last_run: datetime | None = None
    last_success: datetime | None = None
    last_new: datetime | None = None
    failures: int = 0
    parked_until: datetime | None = None
    parked_reason: str | None = None
    arrivals: Sequence[datetime] = ()
    samples: Sequence[Sample] = ()
    read: Mapping[date, tuple[int, int]] = field(default_factory=dict)
    kinds: Mapping[str, int] = field(default_factory=dict)
    peers: float = 1.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Health:
    """What ``newscrawl health`` shows of one outlet; ``rhythm`` and ``silence`` are None where too little is known."""

    outlet: str
    facts: Facts
    rhythm: Rhythm | None
    silence: Silence | None
    drifts: tuple[Drift, ...]
    troubles: tuple[Trouble, ...]


def rhythm_of(facts: Facts) -> Rhythm | None:
    """Learn the outlet's rhythm, unless its seed states how many articles a day are to be expected."""
    zone = ZoneInfo(facts.timezone)
    if facts.expect.articles_per_day is not None:
        return stated(facts.expect.articles_per_day, zone)
    first = min(facts.arrivals[0], facts.added) if facts.arrivals else facts.added
    until = max(facts.last_new, facts.arrivals[-1]) if facts.last_new and facts.arrivals else facts.now
    return learn(facts.arrivals, first, until, zone)


def examine(facts: Facts) -> Health:
    """Say what is wrong with an outlet, if anything.

    A silence is only told while the outlet is reached: else it is *failing* or *not running*, and says nothing of it.
    """
    rhythm = rhythm_of(facts)
    quiet = None
    if rhythm and facts.last_new and facts.last_success:
        quiet = silence(rhythm, facts.last_new, facts.last_success, peers=facts.peers, limit=facts.expect.silence)
    elif facts.expect.silence is not None and facts.last_new and facts.last_success:
        even = stated(0.0, ZoneInfo(facts.timezone))
        quiet = silence(even, facts.last_new, facts.last_success, limit=facts.expect.silence)
    found = (*drifts(facts.samples, facts.now), *_reading(facts))
    troubles = [*_running(facts), *_silent(facts, quiet), *_expected(facts)]
    troubles += [Trouble(f"drift:{drift.field}", _told(drift)) for drift in found if drift.unusual]
    return Health(
        outlet=facts.outlet, facts=facts, rhythm=rhythm, silence=quiet, drifts=found, troubles=_unique(troubles)
    )


def examine_country(country: Sequence[Facts]) -> list[Health]:
    """Examine the outlets of one country; a silence is weighed by what the others published meanwhile."""
    found = [examine(facts) for facts in country]
    known = [(one.outlet, one.rhythm, one.facts.arrivals) for one in found if one.rhythm]
    for place, one in enumerate(found):
        if one.silence and one.silence.unusual and one.facts.expect.silence is None and one.facts.last_success:
            others = [(rhythm, arrivals) for outlet, rhythm, arrivals in known if outlet != one.outlet]
            peers = activity(others, one.silence.since, one.facts.last_success)
            found[place] = examine(replace(one.facts, peers=peers))
    return found


def _running(facts: Facts) -> list[Trouble]:
    if facts.parked_until and facts.parked_until > facts.now:
        reason = f": {facts.parked_reason}" if facts.parked_reason else ""
        return [Trouble("parked", f"asked to be left alone until {facts.parked_until:%Y-%m-%d %H:%M} UTC{reason}")]
    if facts.failures >= FAILURES:
        reasons = ", ".join(f"{reason} {count}" for reason, count in sorted(facts.kinds.items())) or "no reason kept"
        return [Trouble("failing", f"{facts.failures} runs in a row reached nothing ({reasons})")]
    late = facts.now - max(facts.interval * MISSED, timedelta(days=1))
    if (facts.last_run or facts.added) < late:
        since = f"since {facts.last_run:%Y-%m-%d %H:%M} UTC" if facts.last_run else "yet"
        return [Trouble("not-running", f"no run {since}: is `newscrawl poll` on a timer?")]
    return []


def _silent(facts: Facts, quiet: Silence | None) -> list[Trouble]:
    if not quiet or not quiet.unusual:
        return []
    if facts.expect.silence is not None:
        return [
            Trouble("silence", f"nothing new for {quiet.hours:.0f} h; the seed allows {_hours(facts.expect.silence)}")
        ]
    chance = f"1 in {1 / max(quiet.chance, 1e-9):,.0f}"
    return [
        Trouble(
            "silence", f"nothing new for {quiet.hours:.0f} h; {quiet.expected:.0f} articles expected (chance {chance})"
        )
    ]


def _reading(facts: Facts) -> list[Drift]:
    """Test the share of fetched pages that were read as articles: today and yesterday against the days before."""
    edge = facts.now.date() - timedelta(days=1)
    before = [counts for day, counts in facts.read.items() if day < edge]
    newest = [counts for day, counts in facts.read.items() if day >= edge]
    now = (sum(part for part, _ in newest), sum(whole for _, whole in newest))
    found = share("read", before, now) if now[1] >= NEWEST else None
    return [found] if found else []


def _expected(facts: Facts) -> list[Trouble]:
    """Hold the newest articles against what the seed states; a human's word needs no statistics."""
    newest = [sample for sample in facts.samples if sample.seen > facts.now - timedelta(days=7)][-NEWEST:]
    if len(newest) < NEWEST:
        return []
    found = []
    for name in ("dated", "authored", "datelined"):
        least = getattr(facts.expect, name)
        now = sum(getattr(sample, name) for sample in newest) / len(newest)
        if least is not None and now < least:
            found.append(
                Trouble(f"drift:{name}", f"{name} {now:.0%} of the last {NEWEST}; the seed expects {least:.0%}")
            )
    words = median(sample.words for sample in newest)
    if facts.expect.words is not None and words < facts.expect.words:
        found.append(Trouble("drift:words", f"median {words:.0f} words; the seed expects {facts.expect.words}"))
    return found


def _told(drift: Drift) -> str:
    if drift.field == "words":
        return f"median {drift.now:.0f} words in the last {drift.n} articles, usually {drift.usual:.0f}"
    if drift.field == "lag":
        return f"dates lie {drift.now:.1f} h before the article is seen, usually {drift.usual:.1f} h"
    return f"{drift.field} {drift.now:.0%} of the last {drift.n}, usually {drift.usual:.0%}"


def _hours(span: timedelta) -> str:
    return f"{span / timedelta(hours=1):.0f} h"


def _unique(troubles: Sequence[Trouble]) -> tuple[Trouble, ...]:
    """Keep the first trouble of each kind: the seed's word goes before the statistics'."""
    return tuple({trouble.kind: trouble for trouble in reversed(troubles)}.values())[::-1]
