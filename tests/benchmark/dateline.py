"""Figures of the dateline reader: `python tests/benchmark/dateline.py [-v] [--pages] [--reuters FOLDER]`.

Prints, for the shared gold (where it is) and for the forms that we wrote: whole datelines right, false alarms, each
field, and what is right by language and by form; then the cost of a text without a dateline in seven scripts. With a
folder that holds the 22 files of Reuters-21578 (reut2-000.sgm ...), how many of its datelines give their place and
date, and how many of its items that have no dateline give one. `--pages` reads the gold texts of the shared pages and
lists every answer, and every text that begins with a dash, bracket or agency's name and gave none: to be read by eye; then
every line of those pages that would be one if a text began there, which most are not.
"""

from __future__ import annotations

import gzip
import html
import json
import os
import re
import sys
import time
from collections import Counter
from collections.abc import Iterable
from itertools import islice, product
from pathlib import Path
from typing import Any

from newscrawl.reading import agency, dateline, places
from newscrawl.reading.places import fold_name

SHARED = Path(os.environ.get("NEWSCRAWL_SHARED", Path(__file__).parents[3] / "shared"))
GOLD, PAGES = SHARED / "gold" / "datelines.dev.jsonl", SHARED / "pages"
OWN = Path(__file__).parents[1] / "reading" / "datelines"
FIELDS = {"place": "place", "country": "country_iso2", "agency": "agency", "date": "date"}
PLAIN = {
    "English": "Officials in the town said on Tuesday that the crossing would open at noon, after a week of repairs.\n",
    "English capitals": "THE TOWN SAID ON TUESDAY, after a week of repairs, that the crossing would open - at noon.\n",
    "Russian": "Представители города заявили во вторник, что переход снова откроют в полдень, после недели ремонта.\n",
    "Chinese": "市政府周二表示，经过一周的维修，过境点将于中午重新开放，官员们说。\n",
    "Arabic": "قال مسؤولون في المدينة يوم الثلاثاء، إن المعبر سيفتح مجددا عند الظهر، بعد أسبوع من الصيانة.\n",
    "Hindi": "अधिकारियों ने मंगलवार को कहा कि एक सप्ताह की मरम्मत के बाद, पुल दोपहर में फिर से खुलेगा।\n",
    "Japanese": "市は火曜日、1週間の補修を経て、正午に通行を再開すると発表した。\n",
}


def same(found: str | None, wanted: str | None, others: list[str]) -> bool:
    if found is None or wanted is None:
        return found is None and wanted is None
    names = {fold_name(one) for one in (wanted, *others)}
    return fold_name(found) in names | {fold_name(row.place.name) for row in places.rows(wanted)}


def own_rows() -> Iterable[dict[str, Any]]:
    """Give our own forms and traps in the shape of the shared gold."""
    for line in (OWN / "forms.txt").read_text(encoding="utf-8").splitlines()[1:]:
        language, *values, text = line.replace("\\n", "\n").split("|", 5)
        expect = dict(zip(FIELDS.values(), (None if value == "-" else value for value in values), strict=True))
        yield {"lang": language, "form": "own", "kind": "dateline", "text": text, "expect": expect}
    for line in (OWN / "traps.txt").read_text(encoding="utf-8").splitlines()[1:]:
        language, text = line.replace("\\n", "\n").split("|", 1)
        yield {"lang": language, "form": "own", "kind": "negative", "text": text, "expect": {}}


def score(title: str, rows: list[dict[str, Any]]) -> None:
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
    print(f"{title}: {len(positives)} datelines and credits, {len(rows) - len(positives)} traps")
    print(f"  whole datelines {whole / len(positives):.3f}, false alarms {alarms / (len(rows) - len(positives)):.3f}")
    print("  " + ", ".join(f"{name} {fields[name] / len(positives):.3f}" for name in FIELDS))
    for kind in ("language", "form"):
        counts = ", ".join(f"{name} {right[kind][name]}/{number}" for name, number in sorted(total[kind].items()))
        print(f"  by {kind}: {counts}")


def check(row: dict[str, Any], found: Any) -> list[str]:
    expect = row["expect"]
    good = []
    for field, name in FIELDS.items():
        value = getattr(found, field) if found else None
        others = expect.get(f"{field}_alt") or []
        if field in expect.get("soft", ()) or same(value, expect.get(name), others):
            good.append(field)
    return good


def cost() -> None:
    """Print what texts without a dateline cost, each of them new: tables remember what they were asked."""
    print("a text without a dateline, microseconds of CPU, the least of five times 500:")
    for name, line in PLAIN.items():
        letters = sorted({letter for letter in line if letter.isalpha()})
        behind = max(line.find(" "), 2)
        signs = ("".join(sign) for sign in product(letters, repeat=3))
        least = float("inf")
        dateline.parse(line)
        for _ in range(5):
            texts = [(line[:behind] + sign + line[behind:]) * 6 for sign in islice(signs, 500)]
            started = time.process_time()
            for text in texts:
                dateline.parse(text)
            least = min(least, (time.process_time() - started) / 500 * 1e6)
        print(f"  {name} {least:.0f}")


def reuters(folder: Path) -> None:
    """Score the 1987 wire: its DATELINE tags are what the answer should hold."""
    seen: Counter[str] = Counter()
    for file in sorted(folder.glob("*.sgm")):
        for item in re.findall(r"<REUTERS.*?</REUTERS>", file.read_text(encoding="latin-1"), re.DOTALL):
            body = re.search(r"<BODY>(.*?)</BODY>", item, re.DOTALL)
            whole = re.search(r"<TEXT.*?</TEXT>", item, re.DOTALL)
            inner = body[1] if body else re.sub(r"<[^>]+>", "", whole[0] if whole else "")
            text = re.sub(r"\s*\n\s*", "\n", html.unescape(inner)).strip()
            tag = re.search(r"<DATELINE>(.*?)</DATELINE>", item, re.DOTALL)
            line = html.unescape(tag[1]).strip() if tag else ""
            if not line:
                seen["none"] += 1
                found = dateline.parse(text)
                seen["alarms"] += found is not None and found.kind == "dateline"
            elif re.match(r"[A-Z][A-Za-z .'/-]+(?:,[^,]+)*,\s*[A-Za-z]+\s+\d+", line):  # others are table headings
                seen["datelines"] += 1
                found = dateline.parse(f"{line} {text[:600]}" if text else f"{line} The company gave no details.")
                seen["place"] += found is not None and same(found.place, re.split(r"[,/]", line)[0].strip(), [])
                seen["country"] += found is not None and found.country is not None
                seen["date"] += found is not None and found.date is not None
    print(
        f"Reuters-21578: {seen['datelines']} datelines, place {seen['place'] / seen['datelines']:.4f}, "
        f"a country {seen['country'] / seen['datelines']:.4f}, date {seen['date'] / seen['datelines']:.4f}; {seen['none']} items without, "
        f"false alarms {seen['alarms'] / seen['none']:.4f}"
    )


def pages() -> None:
    """Show what is found at the head of real texts, and what could have been and was not."""
    if not PAGES.exists():
        print(f"{PAGES} is not here: no pages are read")
        return
    counts: Counter[str] = Counter()
    found: list[str] = []
    for packed in sorted(PAGES.glob("*.dev.jsonl.gz")):
        with gzip.open(packed, "rt", encoding="utf-8") as file:
            for page in map(json.loads, file):
                text = "\n".join(block for _, block in page["gold"]["blocks"])
                told = dateline.parse(text, title=page["gold"].get("title"), url=page["url"])
                kind = told.kind if told else "doubtful" if doubtful(text) else "none"
                counts[kind] += 1
                lines = [line for _, block in page["gold"]["blocks"] for line in block.split("\n") if len(line) > 20]
                counts["lines"] += len(lines)
                found += [line for line in lines if dateline.parse(f"{line}\nMore follows.") is not None]
                if told:
                    print(
                        f"  {kind}: {told.raw!r} is {told.place}, {told.country}, {told.agency}, {told.date}: {text[:60]!r}"
                    )
                elif kind == "doubtful":
                    print(f"  nothing: {text[:100]!r}")
    for line in found:
        print(f"  line: {line[:80]!r}")
    print(
        "texts of pages: " + ", ".join(f"{counts[kind]} {kind}" for kind in ("dateline", "credit", "doubtful", "none"))
    )
    print(f"lines of pages: {counts['lines']}, of which {len(found)} begin as a dateline does")


def doubtful(text: str) -> bool:
    """Does the text begin with what datelines have: a dash or closing bracket after few words, or an agency's name?"""
    head = text[:100]
    sign = re.search(r"\s[-–—]|[-–—]\s|[)\]】]", head[:60])
    words = re.findall(r"\b[A-Z]{2,6}\b", head)
    return bool(sign) or any(agency.spelled(word) for word in words)


def main() -> None:
    if GOLD.exists():
        score("shared gold", [json.loads(line) for line in GOLD.open(encoding="utf-8")])
    else:
        print(f"{GOLD} is not here: only our own forms are measured")
    score("our own forms", list(own_rows()))
    cost()
    if "--pages" in sys.argv:
        pages()
    if "--reuters" in sys.argv:
        reuters(Path(sys.argv[sys.argv.index("--reuters") + 1]))


if __name__ == "__main__":
    main()
