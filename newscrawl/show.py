"""An article and the reasons for each of its fields, as text for people and as JSON for programs."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from newscrawl.item import Article, Evidence, Hint, Page
from newscrawl.outlet import Outlet
from newscrawl.reading import NotAnArticle, extract


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """What the reader made of a page: an article or the reason why it is none, and its evidence."""

    page: Page
    outlet: Outlet | None
    article: Article | None
    refusal: str | None
    evidence: tuple[Evidence, ...]


def read(
    page: Page, outlet: Outlet | None, hint: Hint | None = None, furniture: frozenset[str] = frozenset()
) -> Reading:
    """Read a page and keep the evidence; a page that is no article is an answer, too."""
    trace: list[Evidence] = []
    article, refusal = None, None
    try:
        article = extract(page, outlet, hint=hint, furniture=furniture, trace=trace)
    except NotAnArticle as error:
        refusal = f"{error.reason}: {error.detail}" if error.detail else error.reason
    return Reading(page=page, outlet=outlet, article=article, refusal=refusal, evidence=tuple(trace))


def why(reading: Reading) -> str:
    """Print-ready: for each field what was found, where, and what was rejected."""
    lines: list[str] = []
    fields: dict[str, list[Evidence]] = {}
    for piece in reading.evidence:
        fields.setdefault(piece.field, []).append(piece)
    for name, pieces in fields.items():
        lines.append(name)
        for piece in sorted(pieces, key=lambda piece: not piece.taken):
            mark = "+" if piece.taken else "-"
            note = f"  ({piece.note})" if piece.note else ""
            lines.append(f"  {mark} {_short(piece.found)}  <- {piece.where}{note}")
    return "\n".join(lines)


def text(reading: Reading) -> str:
    """Print-ready: the article's fields, its body, and why each field is what it is."""
    if reading.article is None:
        return f"not an article: {reading.refusal}\n\n{why(reading)}".rstrip()
    article = reading.article
    facts = {name: value for name, value in facts_of(article).items() if value not in (None, [], "", False)}
    body = facts.pop("body")
    facts.pop("blocks")
    width = max(len(name) for name in facts)
    head = "\n".join(f"{name:{width}}  {_line(value)}" for name, value in facts.items())
    return f"{head}\n\n{body}\n\nwhy (+ taken, - rejected)\n{why(reading)}".rstrip()


def as_json(reading: Reading) -> str:
    """The same as one JSON object: ``article`` (or null with ``refusal``) and ``evidence``."""
    return json.dumps(
        {
            "url": reading.page.url,
            "outlet": reading.outlet.id if reading.outlet else None,
            "article": facts_of(reading.article) if reading.article else None,
            "refusal": reading.refusal,
            "evidence": [asdict(piece) for piece in reading.evidence],
        },
        ensure_ascii=False,
        indent=2,
    )


def facts_of(article: Article) -> dict[str, Any]:
    """Give an article's fields as JSON values; the fingerprints of its blocks are left out."""
    facts = asdict(article)
    facts.pop("furniture")
    facts["blocks"] = [[block.kind, block.text] for block in article.blocks]
    facts["authors"] = [author.name for author in article.authors if author.kind == "person"]
    facts["organizations"] = [author.name for author in article.authors if author.kind == "organization"]
    plain: dict[str, Any] = json.loads(json.dumps(facts, default=_plain))
    return plain


def _plain(value: Any) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"no JSON for {type(value).__name__}")


def _line(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _short(text: str, most: int = 110) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= most else flat[: most - 1] + "…"
