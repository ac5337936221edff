"""Is an outlet as usual? Pure statistics on when its articles came and what they carried; no clock, no database."""

from newscrawl.health.drift import Drift, Sample
from newscrawl.health.report import Facts, Health, Trouble, examine, examine_country
from newscrawl.health.rhythm import Rhythm, Silence, learn, silence

__all__ = [
    "Drift",
    "Facts",
    "Health",
    "Rhythm",
    "Sample",
    "Silence",
    "Trouble",
    "examine",
    "examine_country",
    "learn",
    "silence",
]
