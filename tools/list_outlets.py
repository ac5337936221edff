"""Write docs/reference/outlets.md from the seeds: `python tools/list_outlets.py`."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from newscrawl.loader import read_seeds

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "reference" / "outlets.md"


def page() -> str:
    outlets, errors = read_seeds(ROOT / "seeds")
    assert not errors, errors
    languages = Counter(tag for outlet in outlets.values() for tag in outlet.languages)
    lines = [
        "# Outlets that ship with newscrawl",
        "",
        f"{len(outlets)} outlets of {len({outlet.country for outlet in outlets.values()})} countries. This page is made from the",
        "seeds by `python tools/list_outlets.py`. *Checked* is the day on which a seed was last held against the live site.",
        "",
        "By language: " + ", ".join(f"{tag} {number}" for tag, number in languages.most_common()) + ".",
        "",
        "| country | id | name | languages | sources | pattern | checked |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for outlet in sorted(outlets.values(), key=lambda outlet: (outlet.country, outlet.id)):
        sources = outlet.sources
        parts = [
            f"{len(found)} {name}" for name, found in
            (("feeds", sources.feeds), ("sitemaps", sources.sitemaps), ("sections", sources.sections)) if found
        ]  # fmt: skip
        pattern = "yes" if outlet.article.url_pattern else "by evidence"
        lines.append(
            f"| {outlet.country} | `{outlet.id}` | [{outlet.name}]({outlet.homepage}) | {' '.join(outlet.languages)} | "
            f"{', '.join(parts) or 'found on the home page'} | {pattern} | {outlet.checked} |"
        )
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
