"""Figures of the dateline reader on the shared gold: `python tests/benchmark/dateline.py [-v]`.

Prints whole datelines right and false alarms, each field, by language and by form, and the cost of a text without one.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

from newscrawl.reading import dateline
from newscrawl.reading.places import fold_name

GOLD = Path(os.environ.get("NEWSCRAWL_SHARED", Path(__file__).parents[3] / "shared")) / "gold" / "datelines.dev.jsonl"
FIELDS = {"place": "place", "country": "country_iso2", "agency": "agency", "date": "date"}
PLAIN = (
    "Officials in the town said on Tuesday that the crossing would open again at noon, after a week of repairs.\n" * 6
)


def same(found: str | None, wanted: str | None, others: list[str]) -> bool:
    if found is None or wanted is None:
        return found is None and wanted is None
    return fold_name(found) in {fold_name(one) for one in (wanted, *others)}


def main() -> None:
    if not GOLD.exists():
        print(f"{GOLD} is not here: nothing was measured")
        return
    rows = [json.loads(line) for line in GOLD.open(encoding="utf-8")]
    right: dict[str, Counter[str]] = {"language": Counter(), "form": Counter()}
    total: dict[str, Counter[str]] = {"language": Counter(), "form": Counter()}
    fields: Counter[str] = Counter()
    whole = alarms = 0
    positives = [row for row in rows if row["kind"] != "negative"]
    for row in rows:
        found = dateline.parse(row["text"])
        if row["kind"] == "negative":
            alarms += found is not None and not (found.place is None and "agency" in row["expect"].get("soft", ()))
            continue
        good = check(row, found)
        fields.update(good)
        whole += len(good) == len(FIELDS)
        for kind, name in (("language", row["lang"]), ("form", row["form"])):
            total[kind][name] += 1
            right[kind][name] += len(good) == len(FIELDS)
        if "-v" in sys.argv and len(good) < len(FIELDS):
            print(f"missed {set(FIELDS) - set(good)}: {row['text'][:80]!r}")
    print(f"whole datelines {whole / len(positives):.3f}, false alarms {alarms / (len(rows) - len(positives)):.3f}")
    print(", ".join(f"{name} {fields[name] / len(positives):.3f}" for name in FIELDS))
    for kind in ("language", "form"):
        print(
            f"by {kind}: "
            + ", ".join(f"{name} {right[kind][name]}/{number}" for name, number in sorted(total[kind].items()))
        )
    dateline.parse(PLAIN)
    started = time.process_time()
    for _ in range(3000):
        dateline.parse(PLAIN)
    print(f"a text without a dateline: {(time.process_time() - started) / 3000 * 1e6:.0f} microseconds of CPU")


def check(row: dict[str, Any], found: Any) -> list[str]:
    expect = row["expect"]
    good = []
    for field, name in FIELDS.items():
        value = getattr(found, field) if found else None
        others = expect.get(f"{field}_alt") or []
        if field in expect.get("soft", ()) or same(value, expect.get(name), others):
            good.append(field)
    return good


if __name__ == "__main__":
    main()
