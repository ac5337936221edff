"""Datelines of East Asia, which need no spaces: 新华社北京9月2日电, 【カイロ共同】, (서울=연합뉴스)."""

from __future__ import annotations

import re

from newscrawl.outlet import Outlet
from newscrawl.reading import agency, places
from newscrawl.reading.dateline.ends import Head
from newscrawl.reading.dateline.parts import Part

_HAN = r"[一-鿿぀-ヿA-Za-z]"
_WIRE = re.compile(
    rf"[（(【]?(?:据)?(?P<names>{_HAN}{{2,20}}?)(?:(?P<month>\d{{1,2}})月)?(?P<day>\d{{1,2}})日(?:综合|綜合|外电|外電|专|專)*(?:电|電|讯|訊|报道|報導|報道)[）)】]?\s*(?P<by>[（(](?:记者|記者)?[^）)]{{1,20}}[）)])?"
)
_BYLINE = re.compile(r"(?:综合)?(?:记者|記者).{1,6}?$")
_NOTICE = re.compile(rf"(?P<name>{_HAN}{{2,10}}?)(?:消息|讯|訊)\s*[：:]")
_KOREAN = re.compile(
    r"[(\[](?P<place>[가-힣·,\s]{2,20})=(?P<agency>[가-힣A-Za-z0-9/]{2,16})[)\]]\s*(?:[가-힣]{2,4}(?:[·\s][가-힣]{2,4})*\s*(?:기자|특파원|통신원)\s*=)?"
)
_DATED = re.compile(r"【(\d{1,2})月(\d{1,2})日\s*([^】]{2,20})】")
_JAPANESE = re.compile(r"[【［](?P<inner>[^】］]{2,30})[】］]")


def read_east_asian(line: str, outlet: Outlet | None) -> Head | None:
    """Read such a dateline at the head of a line."""
    if found := _KOREAN.match(line):
        place, wire = _place(found["place"].split("·")[0].split(",")[0].strip()), _agency(found["agency"], outlet)
        return Head(parts=[place, wire], end=found.end(), rule="(place=agency)") if place and wire else None
    if (found := _WIRE.match(line)) and (parts := _names(found["names"], outlet)):
        month = f"{int(found['month']):02}" if found["month"] else "-"
        date = f"--{month}-{int(found['day']):02}" if found["month"] else f"---{int(found['day']):02}"
        return Head(
            parts=[*parts, Part(kind="date", text=found["day"], value=date)],
            end=found.end(),
            rule="agency place date 电",
        )
    if (found := _NOTICE.match(line)) and (one := _agency(found["name"], outlet)):
        return Head(parts=[one], end=found.end(), rule="agency 消息")
    if (found := _DATED.match(line)) and (one := _agency(found[3], outlet)):
        date = f"--{int(found[1]):02}-{int(found[2]):02}"
        return Head(parts=[Part(kind="date", text=found[0], value=date), one], end=found.end(), rule="【date agency】")
    if found := _JAPANESE.match(line):
        inner = [one for one in re.split(r"[＝=・\s]+", found["inner"]) if one]
        parts = _names(inner[0], outlet) or _apart(inner, outlet)
        if parts:
            return Head(parts=parts, end=found.end(), rule="【place agency】")
    return None


def _apart(words: list[str], outlet: Outlet | None) -> list[Part]:
    """Read a place and an agency that stand apart, with or without a day between them: ナイロビ ３日 ロイター."""
    place = _place(words[0])
    wire = next((one for word in words[1:] if (one := _agency(word, outlet))), None)
    return [place, wire] if place and wire else []


def _names(text: str, outlet: Outlet | None) -> list[Part]:
    """Split ``新华社北京`` or ``中央社記者王小明台北`` or ``カイロ共同`` into an agency and a place."""
    if alone := _agency(text, outlet):
        return [alone]
    for cut in range(len(text) - 1, 1, -1):
        if one := _agency(text[:cut], outlet):
            rest = text[cut:]
            for start in range(len(rest)):
                if start and not re.match(r"(?:综合)?(?:记者|記者)", rest):
                    break
                if place := _place(rest[start:]):
                    return [one, place]
            return []
        if (one := _agency(text[cut:], outlet)) and (place := _place(text[:cut])):
            return [place, one]
    if text.startswith(("本报", "本報", "本社")) and (place := _place(text[2:])):
        return [place]
    return []


def _agency(text: str, outlet: Outlet | None) -> Part | None:
    found, _ = agency.choose(text, outlet=outlet)
    return Part(kind="agency", text=text, value=found.name, country=found.country) if found else None


def _place(text: str) -> Part | None:
    return Part(kind="place", text=text, value=text) if len(text) > 1 and places.rows(text) else None
