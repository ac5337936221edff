"""Claims of a page's dates: what one says and is about, which is taken, and which disagree with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from newscrawl.item import DateClaim, DateSource, Evidence
from newscrawl.reading.dates import read_date

#: Words that tell a change from the publication, in the text of a date or in its label.
_UPDATE = re.compile(
    r"updated?|modified|revised|reviewed|edited|aktualisiert|geändert|mis(?:e)? à jour|modifié|actualizad[oa]|aggiornat[oa]|atualizad[oa]|bijgewerkt|uppdaterad|oppdatert|opdateret|güncelle|zaktualizowan|обновлен|оновлен|"
    r"تحديث|محدث|به‌?روز|بروزرسانی|נעודכן|עודכן|更新|수정|अपडेट|আপডেট",
    re.IGNORECASE,
)
_PUBLISH = re.compile(
    r"publi|posted|erschienen|veröffentlicht|pubblicat|yayın|giriş|опубликован|нешр|نشر|انتشار|发布|公開|입력|प्रकाशित",
    re.IGNORECASE,
)
#: Claims closer than this agree: sites write one date to the minute, another by day in their own zone.
AGREE = timedelta(hours=26)
#: Sources whose "updated" readers see, the plainest first; a meta element's is set by each saving and shown to nobody.
_SHOWN: tuple[DateSource, ...] = ("text", "time", "json-ld")
_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)


class Claim(NamedTuple):
    """A claim and what it is about."""

    about: str
    claim: DateClaim


def claim_of(about: str, raw: Any, source: DateSource, zone: ZoneInfo | None) -> Iterator[Claim]:
    """Read what a source says of a date, if it is one; of a list the first."""
    if isinstance(raw, list):
        raw = raw[0] if raw else None
    if not isinstance(raw, str) or not (text := " ".join(raw.split())):
        return
    when = read_date(text, zone)
    if when is not None:
        zoned = "stated" if when.zoned else "assumed"
        yield Claim(about, DateClaim(raw=text[:200], source=source, at=when.at, zone=zoned, has_time=when.has_time))  # type: ignore[arg-type]


def about_of(text: str) -> str:
    """Tell what a dated line is about by its words: a line that also speaks of the publication is its own."""
    return "modified" if _UPDATE.search(text) and not _PUBLISH.search(text) else "published"


def choose(
    claims: list[Claim], latest: datetime, trace: list[Evidence]
) -> tuple[DateClaim | None, DateClaim | None, tuple[DateClaim, ...]]:
    """Take the first believable claim of each kind, and give the others that disagree with the publication taken.

    Unbelievable is what lies before 1990 or after ``latest`` (a day after the fetch). A claim of a day alone gives
    way to one with a time on that day. A modification before the publication is none. Where a page shows readers only when
    it was changed, that is the nearest to a publication that it states: both are then the same moment.
    """
    taken: dict[str, DateClaim] = {}
    others: list[DateClaim] = []
    changed: list[DateClaim] = []
    for about, claim in claims:
        if not _EARLIEST <= claim.at <= latest:
            trace.append(
                Evidence(field=about, found=claim.raw, where=claim.source, taken=False, note="impossible date")
            )
            continue
        if about == "modified" and claim.source in _SHOWN:
            changed.append(claim)
        chosen = taken.get(about)
        if chosen is None or (not chosen.has_time and claim.has_time and abs(claim.at - chosen.at) < AGREE):
            taken[about] = claim
        elif about == "published" and abs(claim.at - chosen.at) > AGREE:
            others.append(claim)
    published, modified = taken.get("published"), taken.get("modified")
    if published is None:
        published = min(changed, key=lambda claim: _SHOWN.index(claim.source), default=None)
    elif published.source == "time":
        # A time element later than the page's last change is another story's.
        published = next((one for one in changed if one.source == "time" and one.at < published.at), published)
    if published and modified and modified.at < published.at - AGREE:
        modified = None
    for about, chosen in (("published", published), ("modified", modified)):
        if chosen:
            trace.append(
                Evidence(
                    field=about,
                    found=chosen.raw,
                    where=chosen.source,
                    taken=True,
                    note=f"{chosen.at:%Y-%m-%d %H:%M} UTC, zone {chosen.zone}",
                )
            )
    for claim in others:
        trace.append(
            Evidence(
                field="published", found=claim.raw, where=claim.source, taken=False, note="disagrees with the one taken"
            )
        )
    return published, modified, tuple(dict.fromkeys(others))[:10]
