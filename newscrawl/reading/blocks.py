"""trafilatura's tree becomes blocks: their kind, their order, one line of text each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import blake2b
from typing import Any

from newscrawl.item import Block, BlockKind, Evidence
from newscrawl.reading.titles import key

_KINDS: dict[str, BlockKind] = {"head": "heading", "list": "list", "quote": "quote", "table": "table"}
_CALL = re.compile(
    r"(?:read (?:more|also|next)|see also|related(?: (?:articles?|stories|news))?|also read|more on this|follow us|subscribe|sign up|share (?:this|on)|advertisement|"
    r"lesen sie (?:auch|mehr)|mehr zum thema|lire aussi|à lire aussi|leia (?:também|mais)|lea (?:también|más)|leggi anche|lees ook|läs (?:också|mer)|"
    r"ilgili haber(?:ler)?|ayrıca okuyun|читайте также|читать также|читайте також|اقرأ (?:أيضا|أيضاً|ايضا|المزيد)|إقرأ أيضا|بیشتر بخوانید|همچنین بخوانید|هەروەها بخوێنەوە|जरूर पढ़ें|यह भी पढ़ें|"
    r"baca juga|czytaj (?:także|też)|przeczytaj także|читайте по теме|zum thema)\b.{0,120}",
    re.IGNORECASE,
)  # fmt: skip
_CONSENT = re.compile(
    r"(?=.*(?:\bcookies?\b|çerez|ملفات تعريف الارتباط|کوکی|کووکی|\bkukî|файлы cookie|クッキー))(?=.*(?:\b(?:we|our|use|accept|agree|settings|preferences|consent)\b|kullan|tercih|ayar|kabul|نستخدم|"
    r"استخدام|تفضيلات|بەکار|ڕازی|wir |verwend|nous |utilis|utiliz|usamos|tercîh|bikar|используе))",
    re.IGNORECASE,
)  # fmt: skip
_CREDIT_LINE = re.compile(
    r"(?:photo|photos|image|picture|foto|fotos|fotoğraf|фото|صورة|الصورة|عکس|wêne|©|\(c\)|copyright)\s*[:：/©].{0,80}|©.{0,100}",
    re.IGNORECASE,
)


def fingerprint(text: str) -> str:
    """Give a block's fingerprint: 16 hex digits of its letters' BLAKE2b, digits blurred, so that counters don't count.

    >>> fingerprint("Shares: 12") == fingerprint("shares 977")
    True
    """
    letters = "".join("9" if letter.isdigit() else letter for letter in text.casefold() if letter.isalnum())
    return blake2b(re.sub("9+", "9", letters).encode("utf-8", "replace"), digest_size=8).hexdigest()


def blocks_of(body: Any) -> Iterator[Block]:
    """Give the blocks of trafilatura's result tree."""
    for element in body:
        kind = _KINDS.get(element.tag, "paragraph")
        if element.tag == "list":
            for item in element.iter("item"):
                yield from _lines("list", item)
        elif element.tag == "table":
            for row in element.iter("row"):
                text = " | ".join(filter(None, (_flat("".join(cell.itertext())) for cell in row.iter("cell"))))
                if text:
                    yield Block("table", text)
        else:
            yield from _lines(kind, element)


def _lines(kind: BlockKind, element: Any) -> Iterator[Block]:
    for piece in element.iter("lb"):
        piece.tail = "\n" + (piece.tail or "")
    nested = [child for child in element if child.tag in ("p", "list", "quote", "head")] if element.tag != "p" else []
    if len(nested) > 1 and element.tag != "item":
        yield from (block._replace(kind=kind) for block in blocks_of(element))
        return
    for line in "".join(element.itertext()).split("\n"):
        if text := _flat(line):
            yield Block(kind, text)


def _flat(text: str) -> str:
    return " ".join(text.split())


def tidy(
    blocks: list[Block],
    *,
    headlines: tuple[str, ...],
    furniture: frozenset[str],
    off: frozenset[str],
    trace: list[Evidence],
) -> list[Block]:
    """Leave out blocks that are not the text: the headline again, calls to action, picture credits, furniture.

    Furniture may take a third of the text at the most: an outlet's short notes may all share a sentence.
    """
    titles = {key(title) for title in headlines if key(title)}
    kept: list[Block] = []
    for position, block in enumerate(blocks):
        rule = _rule(block, position, titles)
        if rule is None or rule in off:
            kept.append(block)
        else:
            trace.append(Evidence(field="body", found=block.text, where=f"rule {rule}", taken=False, note="left out"))
    if furniture and "furniture" not in off:
        kept = _without_furniture(kept, furniture, trace)
    while kept and kept[-1].kind == "heading" and "trailing-heading" not in off:
        trace.append(
            Evidence(
                field="body", found=kept[-1].text, where="rule trailing-heading", taken=False, note="nothing follows it"
            )
        )
        kept.pop()
    return kept


def _rule(block: Block, position: int, titles: set[str]) -> str | None:
    if position < 6 and key(block.text) in titles:
        return "headline"
    if len(block.text) < 140 and _CALL.fullmatch(block.text.strip(" :»›>→-–—")):
        return "call-to-action"
    if len(block.text) < 400 and _CONSENT.match(block.text):
        return "consent"
    if len(block.text) < 120 and _CREDIT_LINE.fullmatch(block.text):
        return "picture-credit"
    return None


def _without_furniture(blocks: list[Block], furniture: frozenset[str], trace: list[Evidence]) -> list[Block]:
    known = [block for block in blocks if fingerprint(block.text) in furniture]
    if sum(len(block.text) for block in known) * 3 > sum(len(block.text) for block in blocks):
        return blocks
    for block in known:
        trace.append(
            Evidence(
                field="body",
                found=block.text,
                where="rule furniture",
                taken=False,
                note="returns on many pages of the outlet",
            )
        )
    return [block for block in blocks if block not in known]
