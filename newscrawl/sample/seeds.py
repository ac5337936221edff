"""The seed files of the sample's outlets."""

from __future__ import annotations

import json

from newscrawl.sample.world import world

_SOURCES: dict[str, dict[str, str | list[str]]] = {
    "two-rivers": {"feeds": ["/en/feed.xml", "/ar/feed.xml"]},
    "desht": {"feeds": ["/atom.xml"], "sitemaps": ["/sitemap-archive.xml"], "sections": ["/tr/latest/"]},
    "gap-postasi": {"feeds": ["/rss.xml", "/rss/spor.xml"], "sections": ["/kategori/tr/latest"]},
    "sada-alsahel": {"wordpress": "/"},
}
_PATTERNS = {
    "two-rivers": r"/(en|ar|kmr)/\d{4}/\d\d/\d\d/[a-z-]+/$",
    "desht": r"/(nuche|nuce|haber)/\d+$",
    "gap-postasi": r"-\d{5}\.html$",
}


def seed(outlet: str, base: str) -> str:
    """Give an outlet's seed file as TOML, its addresses under ``base``."""
    site = world()[outlet]
    home = "/anasayfa" if outlet == "gap-postasi" else "/"
    lines = [
        f"name = {_toml(site.name)}",
        f"homepage = {_toml(base + home)}",
        f"languages = {_toml(site.languages)}",
        f"timezone = {_toml(site.timezone)}",
    ]
    if site.agency:
        lines.append(f"agency = {_toml(site.agency)}")
    lines += ["", "[sources]"]
    for key, paths in _SOURCES[outlet].items():
        lines.append(f"{key} = {_toml(base + paths if isinstance(paths, str) else [base + path for path in paths])}")
    if outlet in _PATTERNS:
        lines += ["", "[article]", f"url_pattern = '{_PATTERNS[outlet]}'"]
    return "\n".join([*lines, "", "[limits]", "delay = 0", ""])


def _toml(value: object) -> str:
    """Write a string or a list of strings: JSON's form of both is TOML's."""
    return json.dumps(value, ensure_ascii=False)
