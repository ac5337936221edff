"""Credits at the end of a text: a sign-off, ``Source: AFP``, ``(Reporting by ...; Editing by ...)``."""

from __future__ import annotations

import re

from newscrawl.outlet import Outlet
from newscrawl.reading.dateline.labels import is_picture_or_stamp
from newscrawl.reading.dateline.parts import Part, agency_of

_SOURCE = re.compile(
    r"(?:source|sources|via|quelle|fuente|fonte|kaynak|источник|джерело|المصدر|منبع|سەرچاوە|çavkanî|bron|källa|źródło|πηγή|来源|來源|出典|출처|मूल|nguồn|theo|sumber|chanzo|fonti|allikas|šaltinis|avots|lähde|kilde|zdroj|forrás|sursa|burimi|izvor|ที่มา|स्रोत|সূত্র|"
    r"източник|крыніца|manba|манба|дереккөзі?|булак|булагы|чыганак|mənbə|çeşme|эх сурвалж|წყარო|աղբյուր|מקור|סוכנות|स्त्रोत|इनपुट|साभार|સ્ત્રોત|ਸਰੋਤ|ஆதாரம்|மூலம்|మూలం|ಮೂಲ|ഉറവിടം|මූලාශ්‍රය|"
    r"ប្រភព|ແຫຼ່ງຂ່າວ|ແຫລ່ງຂ່າວ|သတင်းရင်းမြစ်|ምንጭ|xigasho|majiya|iturria|font|heimild|foinse|ffynhonnell|vir|izvori|inputs?|ذریعہ|بشکریہ|سرچینه|ذريعو)\s*[:：՝]\s*(.{2,50})",
    re.IGNORECASE,
)
_WITH = re.compile(
    r"(?:(?:with )?(?:files|reporting|material|information|inputs?) (?:from|by)|avec (?:les )?informations (?:de la|de l['’]|de|d['’])|d['’]après|mit material der|with|from|avec|con información de|com informações d[aeo]s?|com|mit material von|con|theo|"
    r"agencies|\+|بالتعاون مع|نقلا عن|نقلاً عن)\s+(.{2,50})",
    re.IGNORECASE,
)  # fmt: skip
_REPORTING = re.compile(
    r"(?:\(|^)(?:Additional r|R)eporting (?:by|and)\b[^()]{3,400}(?:;|[Ww]riting by|[Ee]diting by)[^()]{0,300}(?:\)|(?<=[^\W\d_]))\s*$"
)
_CONTRIBUTED = re.compile(
    r"(?:^|(?<=[.!?]\s))(?:The )?([A-Z][\w ]{1,30}?)(?: (?:writers?|journalists?|reporters?|correspondents?))\b[^.\n]{3,160}contributed(?: to this report)?\.?\s*$"
)
_TAIL = re.compile(
    r"(?:(?:[–—]|--|(?<![^\W\d_])-)[-–—]{0,2}\s*[(（\[]?\s*|[(（\[〔【［]\s*)((?:(?!\s[-–—]\s)[^()\[\]（）〔〕【】［］\n]){2,40}?)\s*[)）\]〕】］]?\s*[.。]?\s*$"
)
#: The commas of Chinese and Japanese sentences, in which no spaces count words.
_CLAUSES = frozenset("、，")
#: Thai, Lao, Khmer and Burmese texts may end without a sign.
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
#: KUNA ends with the writer's initials and its own: (end) mks.KUNA.
_END = re.compile(
    r"(?:\(end\)\s+(?:[\w/]{1,12}\.)?([A-Z]{3,6})|\(النهاية\).{0,20}?/\s*([^\W\d_](?: [^\W\d_]){2,6}))\s*$"
)
#: Portugal's agency and Romania's: Lusa/fim, AGERPRES/(AS - autor: ...).
_ENDED = re.compile(r"(?<=[.!?»”\"])\s+([^\W\d_]{4,12})/(?:[Ff]im|\([^()]{3,120}\))\s*$")
_INITIALS = re.compile(
    r"(?<=[.!?»”\"])\s+([A-Z]{3,5}|dpa|sda|ats|epd|ritzau)\s*$|(?<=[।۔])\s*([^\s।۔a-zA-Z]{2,12})\s*$"
)
_SLUG = re.compile(
    r"(?:Edited|Editing|Written|Reporting) by [^.;]{3,60}|[A-Z]{2,4}(?: [A-Z]{2,4}){0,3}|[a-z]{1,4}/?(?:[ /]{1,2}[a-z]{1,4}/?){0,3}|[^\W\d_](?:[.\s][^\W\d_]){1,3}\.?"
)
_SLASHED = re.compile(r"(?<=[.!?»”\"。])\s*/([^/\n]{2,20})/?\s*$")
#: A source at the end of the last sentence's line.
_TOLD = re.compile(
    rf"(?<=[.!?»”\"।۔؟])\s*[(\[]?(?:{_SOURCE.pattern}|(?:Mit Material von|Avec|Con información de|Com informações d[aeo]|With|With files from|Con) ([^\W\d_][^.]{{1,30}}))\s*$",
    re.IGNORECASE,
)
#: A dash and a bracket need no full stop before them: an official said—(KNO).
_BARRED = re.compile(r"[-–—]{1,3}\s*[(\[]")
_LINKED = re.compile(r"(?<=[)）])(?:\s[^\W\d_]\.?){1,3}\s*$|\s*\((?:https?://)?(?:www\.)?[\w.-]+\.\w{2,6}/?\)\s*$")
#: The reporter and the agency, on a line of their own: Anna Nowak (PAP), Fatima Idrissi (avec MAP).
_SIGNED = re.compile(
    r"\W{0,2}[^\W\d_][\w'’.-]*(?:\s[^\W\d_][\w'’.-]*){0,3}(?:,\s[^\W\d_][\w'’.-]*(?:\s[^\W\d_][\w'’.-]*){1,3})?\s*[(（\[](?:(?:avec|with|mit|con|com|z|за|с|ile)\s)?([^()（）\[\]]{2,30})[)）\]]\s*\.?\s*"
)
#: What follows an agency's name in these turns is the rest of a line that no other rule needs.
_TURNS = re.compile(
    r"(?:^|(?<=[.!?]\s))(?:Copyright (?:©\s?)?\d{4} (?:The )?([^.,©]{2,40})[.,]|©\s?\d{4} ([^.,©]{2,40})$|(?:[a-z]{1,4}/){0,3}[a-z]{0,4}\s?© ?(\D[^.,©\d]{2,40})$|This report by (?:The )?([A-Z][\w ]{2,30}?) was first published|Distributed by ([^.,]{2,40}?) on behalf of|"
    r"(?:[Tt]his )?(?:story|article|piece|report|investigation) (?:was|is) (?:originally |first |also )?(?:published|produced|reported|written) (?:by|on|in|at) (?:The )?([A-Z][\w' .]{2,40}?)(?:[.,]? and .{2,60}|, .{2,80})?\.?$|"
    r"(?:First|Originally) published (?:by|on|in|at) (?:The )?([A-Z][\w' ]{2,40}?)\.?$|(?:The )?([A-Z][\w' ]{1,30}?) (?:has |have |also )?contributed to this (?:report|story))"
)
#: An agency's own initials and its desks': dpa lw amh, PTI SSB KVK.
_DESKS = re.compile(r"(?<=[.!?»”\"])\s+(dpa|[A-Z]{3,5})(?:[\s/][A-Za-z]{2,4}){1,4}\s*$")
#: The agency and who wrote: سانا – مها الأطرش.
_AUTHORED = re.compile(r"([^\d.!?:،,–—-]{2,25}?)(?:\s*[–—]\s*|\s+-\s*|-\s+)([^\d.!?:،,–—-]{2,30})")
#: Whose the text is: © Copyright ANSA, (c)AFP.
_RIGHTS = re.compile(r"(?:©\s?Copyright|\([cC]\)(?:\s?\d{4})?)\s?([A-Z][^.,©\d()]{1,30})\s*$")
#: Le Monde avec AFP: the other is what the text comes from.
_JOINT = re.compile(r"([^\d.!?:,]{3,25}?) (?:avec|with|mit|con|com|et|and|und|y|e) ([A-Z][^\d.!?:]{1,30})")
#: The initials of an agency and of its desks on a line of their own: PTI SSB KVK, भाषा अबस.
_INITIALLED = re.compile(r"([A-Z]{3,5}|[\u0900-\u0dff]{3,8})(?:\s(?:[A-Z]{2,4}|[\u0900-\u0dff]{2,5})){1,4}")
_AGENCIES = frozenset({"وكالات", "الوكالات", "agencies", "ajanslar", "agencias", "agenturen", "агентства"})


def read_credit(text: str, outlet: Outlet | None) -> tuple[Part, int, int, str] | None:
    """Give the credited agency, where the credit stands in the text, and the rule that found it."""
    end = len(text.rstrip())
    start = max(text.rfind("\n", 0, end) + 1, end - 500)
    last = text[start:end]
    desks = _INITIALLED.fullmatch(last.strip()) if start > 0 else None
    if desks and (part := agency_of(desks[1], outlet)):
        return part, start, end, "agency and its desks"
    slug = _SLUG.fullmatch(last.strip()) and start > 0
    if slug and (
        ("/" in last and last.islower()) or agency_of(last.strip(), outlet) is None
    ):  # the initials of a desk below the sign-off
        end = len(text[:start].rstrip())
        start = max(text.rfind("\n", 0, end) + 1, end - 500)
        last = text[start:end]
    if "eporting " in last and (found := _REPORTING.search(last)):
        return (
            Part(kind="agency", text="Reporting by", value="Reuters"),
            start + found.start(),
            end,
            "(Reporting by ...)",
        )
    if "contributed" in last and (found := _CONTRIBUTED.search(last)):
        part = agency_of(found[1].strip(), outlet)
        if part:
            return part, start + found.start(), end, "... contributed to this report"
    if (found := _TURNS.search(last)) and (part := agency_of(next(filter(None, found.groups())).strip(), outlet)):
        return part, start + found.start(), end, "Distributed by agency"
    if len(last) <= 70:
        if start > 0 and (found := _AUTHORED.fullmatch(last.strip())):
            part = agency_of(found[1].strip(), outlet) or agency_of(found[2].strip(), outlet)
            if part:
                return part, start, end, "agency – author"
        bare = last.strip(" .-–—()[]（）〔〕【】［］/*")
        if bare.casefold() in _AGENCIES:
            return Part(kind="agency", text=bare, value="agencies"), start, end, "agencies"
        if found := _SOURCE.fullmatch(bare):
            part = _known(found[1], outlet)
            return (part, start, end, "Source: agency") if part else None
        if found := _WITH.fullmatch(bare):
            part = _known(found[1], outlet)
            return (part, start, end, "with agency") if part else None
        if (joint := _JOINT.fullmatch(bare)) and agency_of(joint[1], outlet) and (part := _known(joint[2], outlet)):
            return part, start, end, "outlet with agency"
        is_short = start > 0 and len(bare.split()) <= 6 and not _CLAUSES.intersection(bare)
        if is_short and (part := _known(bare, outlet)):
            return part, start, end, "agency on the last line"
    return _inline(text, last, start, outlet)


def _inline(text: str, last: str, start: int, outlet: Outlet | None) -> tuple[Part, int, int, str] | None:
    """Find ``--KUNA``, ``(واس)``, ``(end) mks.KUNA`` or ``EFE`` after the last sentence."""
    for pattern in (
        _END,
        _ENDED,
        _INITIALS,
        _DESKS,
        *((_RIGHTS,) if "opyright" in last or "(c)" in last.lower() else ()),
    ):
        signed = pattern.search(last)
        if signed and (part := agency_of(next(filter(None, signed.groups())), outlet)):
            return (
                part,
                start + signed.start() + len(signed[0]) - len(signed[0].lstrip()),
                start + len(last),
                "sign-off",
            )
    if (told := _TOLD.search(last, max(0, len(last) - 60))) and (part := _known(told[1] or told[2], outlet)):
        return part, start + told.start(), start + len(last), "Source: agency"
    if "/" in last[-24:] and (slashed := _SLASHED.search(last)) and (part := agency_of(slashed[1], outlet)):
        return part, start + slashed.start(), start + len(last), "sign-off"
    if (
        last.rstrip(" .")[-1:] in ")]）"
        and (found := _SIGNED.fullmatch(last))
        and (part := agency_of(found[1], outlet))
        and not _spells(found[0], found[1])
    ):
        return part, start, start + len(last), "reporter (agency)"
    if (")" in last or "）" in last) and (found := _LINKED.search(last)):  # (NAN)(www.nannews.ng)
        last = last[: found.start()]
    found = _TAIL.search(last, max(0, len(last) - 60))
    if not found or found.start() == 0:
        return None
    before = last[: found.start()].rstrip()
    if (
        len(before) > 8
        and not _BARRED.match(found[0])
        and not _UNSPACED.search(before[-1])
        and not before.endswith((".", "!", "?", "؟", "。", "”", '"', "»", "।", "۔", "…"))
    ):
        return None
    inner = found[1]
    if is_picture_or_stamp(inner) or inner.lower().startswith(("photo", "foto", "image", "picture")):
        return None
    source = _SOURCE.fullmatch(inner) or _WITH.fullmatch(inner)
    part = _known(source[1] if source else inner, outlet)
    if part is None and found[0][0] in "-–—" and re.search(r"(?:News|Press) (?:Service|Agency)$", inner):
        part = Part(kind="agency", text=inner, value=inner, sure=False)
    return (part, start + found.start(), start + len(last), "sign-off") if part else None


def _spells(whole: str, letters: str) -> bool:
    """Are these the initials of what stands before them: Partido Acción Popular (PAP)?"""
    words = re.findall(r"[^\W\d_]+", whole[: whole.rfind(letters)])
    return any(
        "".join(word[0] for word in words[start:]).casefold() == letters.casefold() for start in range(len(words))
    )


def _known(text: str, outlet: Outlet | None) -> Part | None:
    """Read an agency out of a credit, alone or as the first of several, or the outlet's own name in brackets."""
    text = text.strip(" .-–—()[]")
    for one in (
        text,
        re.sub(r",? \d[\d/. ]+$", "", text),
        re.sub(r"\s*\([\w.]{2,8}\)?$", "", text),  # African News Agency (ANA)
        *re.split(r"\s*[,/+&;،]\s*|\s(?:and|und|et|y|e|ve|و|–|-)\s", text),
    ):
        if part := agency_of(one, outlet):
            return part
    first = text.split(" ")[0]
    if len(first) > 2 and first.isupper() and len(text.split()) <= 3:
        return agency_of(first, outlet)
    return None
