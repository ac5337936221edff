"""The archive: every page as it was sent, in WARC 1.1 files (ISO 28500:2017) that any standard reader can replay."""

from newscrawl.archive.exchange import Exchange, pairs_of
from newscrawl.archive.members import Packed, pack
from newscrawl.archive.reader import ArchiveError, Record, payload_at, records
from newscrawl.archive.whole import set_aside
from newscrawl.archive.writer import Kept, WarcWriter, Written

__all__ = [
    "ArchiveError",
    "Exchange",
    "Kept",
    "Packed",
    "Record",
    "WarcWriter",
    "Written",
    "pack",
    "pairs_of",
    "payload_at",
    "records",
    "set_aside",
]
