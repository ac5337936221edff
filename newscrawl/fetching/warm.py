"""Reads two pages when it is imported, so that what reading loads the first time is there before workers are forked.

The server that workers are forked from imports it: tables of places, agencies and names, patterns, lists of words. Each
worker would load them anew with its first page otherwise.
"""

from __future__ import annotations

from datetime import UTC, datetime

from newscrawl.fetching.reads import read
from newscrawl.item import Hint, Page
from newscrawl.outlet import Outlet

_OUTLET = Outlet(
    id="warm", country="SY", name="Warm", languages=("und",), timezone="UTC", homepage="https://warm.example/"
)
_SENTENCE = (
    "Engineers repaired the pumps of the town on Monday, and water came back to most of its houses by the evening. "
)
_WHOLE = f"""<html><head><title>Water came back - Warm</title><meta name="author" content="By Rima Saleh"></head><body>
<h1>Water came back</h1><p>By Rima Saleh, 3 January 2026</p><p>IDLIB, Syria (North Press) - {_SENTENCE * 2}</p>
<p>{_SENTENCE * 3}</p><p>{_SENTENCE * 3}</p><p>(AFP)</p></body></html>"""
#: So little that every extractor is asked, and every list of words.
_BRIEF = f"<html><head><title>Water</title></head><body><h1>Water came back</h1><div>{_SENTENCE}</div></body></html>"

for _text in (_WHOLE, _BRIEF):
    _page = Page(_text.encode(), "https://warm.example/1", datetime.now(UTC), "text/html; charset=utf-8")
    read(_page, _OUTLET, hint=Hint(), furniture=frozenset())
