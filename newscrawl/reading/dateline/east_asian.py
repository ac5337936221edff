"""Datelines of East Asia, which need no spaces: 新华社北京9月2日电, 【カイロ共同】, (서울=연합뉴스), 〔記者王明／台南報導〕."""

from __future__ import annotations

import re

from newscrawl.outlet import Outlet
from newscrawl.reading import agency, places
from newscrawl.reading.dateline.parts import Head, Part

_HAN = r"[一-鿿぀-ヿA-Za-z]"
_OPEN, _CLOSE = r"[（(【〔［\[]", r"[）)】〕］\]]"
#: A day or month in figures or as Chinese writes numbers: 二十三.
_NUMBER = r"(?:\d{1,2}|[一二三四五六七八九十廿卅]{1,3})"
_SENT = r"(?:电|電|讯|訊|报道|報導|報道|消息)"
_WIRE = re.compile(
    rf"{_OPEN}?(?:据)?(?P<names>{_HAN}{{2,20}}?)(?:(?P<year>\d{{4}})年)?(?:(?P<month>{_NUMBER})月)?(?P<day>{_NUMBER})日(?:综合|綜合|外电|外電|专|專)*{_SENT}{_CLOSE}?\s*(?P<by>[（(](?:记者|記者)?[^）)]{{1,20}}[）)])?"
)
#: 路透上海5月12日 -, as agencies from abroad write in Chinese.
_DASHED = re.compile(
    rf"{_OPEN}?(?P<names>{_HAN}{{4,16}}?)\s?(?:(?P<year>\d{{4}})年)?(?P<month>{_NUMBER})月(?P<day>{_NUMBER})日{_CLOSE}?\s*(?:[-–—]+|[:：])"
)
#: （曼谷讯）: a town and the word for a dispatch share their brackets.
_SENT_FROM = re.compile(rf"{_OPEN}(?P<names>{_HAN}{{2,12}}?)(?:综合|綜合|专|專)?{_SENT}{_CLOSE}")
#: 〔記者王明／台南報導〕, 記者李華／綜合報導, with or without brackets.
_CORRESPONDENT = re.compile(
    rf"{_OPEN}?(?P<names>{_HAN}{{0,8}}?)(?:[特本]?[约約派]?(?:记者|記者)|[编編][译譯])\s?{_HAN}{{2,10}}?\s?[／/╱∕|｜\s]\s?(?P<place>{_HAN}{{2,8}}?)(?:综合|綜合|连线|連線|专电|專電|现场|現場)?{_SENT}{_CLOSE}?"
)
_NOTICE = re.compile(rf"(?P<name>{_HAN}{{2,10}}?)(?:(?:消息|讯|訊)\s*[：:]|(?:讯|訊)[\s　])")
#: （德国之声中文网）: an agency and its service in the language share their brackets.
_SERVICE = re.compile(rf"{_OPEN}(?P<name>{_HAN}{{2,10}}?)(?:中文|国际|國際)?(?:网|網|電子報|新闻|新聞)?{_CLOSE}")
_KOREAN = re.compile(
    r"[(\[【](?P<place>[가-힣·ㆍ,/\s]{2,20})[=＝]\s?(?P<agency>[가-힣A-Za-z0-9/]{2,16})(?:[\s=/|][가-힣]{2,4}(?:[·,\s]+[가-힣]{2,4})*\s?(?:선임|인턴|수습|전문)?(?:기자|특파원|통신원))?[)\]】]"
    r"\s*(?:[가-힣]{2,4}(?:[·\s][가-힣]{2,4})*\s*(?:기자|특파원|통신원)\s*=)?"
)
#: (평양 5월 3일발 조선중앙통신), as the North's agency writes.
_NORTHERN = re.compile(
    r"\((?P<place>[가-힣]{2,6}) (?P<month>\d{1,2})월 ?(?P<day>\d{1,2})일발 ?(?P<agency>[가-힣]{2,10})\)"
)
#: [헤럴드경제=김민수 기자], [이데일리 이영희 기자]: an outlet and its reporter.
_KOREAN_BYLINE = re.compile(
    r"[(\[【](?P<agency>[가-힣A-Za-z0-9]{2,12})\s?[=＝\s|/ㅣ]\s?(?:(?P<place>[가-힣]{2,4})[=＝\s])?[가-힣]{2,4}(?:[·\s][가-힣]{2,4})*\s?(?:선임|인턴|수습)?(?:기자|특파원|통신원|논설위원|전문기자)[)\]】]"
)
#: 부산=김하늘 기자: a town and its reporter.
_KOREAN_REPORTER = re.compile(
    r"(?P<place>[가-힣]{2,4})\s?[=＝ㅣ|]\s?[가-힣]{2,4}(?:[·ㆍ\s][가-힣]{2,4})*\s?(?:기자|특파원|통신원)(?=[\s=])\s?=?"
)
_KOREAN_OUTLET = re.compile(
    r"[가-힣A-Za-z0-9]+(?:일보|신문|경제|뉴스\d*|타임스|타임즈|방송|데일리|투데이|닷컴|미디어|코리아|저널|통신|TV)"
)
_DATED = re.compile(r"【(\d{1,2})月(\d{1,2})日\s*([^】]{2,20})】")
_JAPANESE = re.compile(r"(?:[【［]|\[(?=[一-鿿ァ-ヶ]))(?P<inner>[^】］\]]{2,30})[】］\]]")
#: 【新華社北京5月3日】, 【北京5月3日新華社】.
_INNER = re.compile(r"(\D{2,12}?)\s?(\d{1,2})月(\d{1,2})日\s?(\D{0,12})")
_PERSON = re.compile(r"[一-鿿々ぁ-ゖァ-ヶー]{2,7}")


def read_east_asian(line: str, outlet: Outlet | None) -> Head | None:
    """Read such a dateline at the head of a line."""
    if "가" <= line[1:2] <= "힣" or "가" <= line[2:3] <= "힣":
        return _korean(line, outlet)
    if found := _CORRESPONDENT.match(line):
        place, wire = _place(found["place"]), _agency(found["names"], outlet) if found["names"] else None
        parts = [part for part in (place, wire) if part]
        return Head(parts=parts, end=found.end(), rule="記者／place報導") if parts else None
    if (found := _WIRE.match(line)) and (parts := _names(found["names"], outlet)):
        parts = [*parts, Part(kind="date", text=found["day"], value=_date(found))]
        return Head(parts=parts, end=found.end(), rule="agency place date 电")
    if (found := _DASHED.match(line)) and len(parts := _names(found["names"], outlet)) == 2:
        parts = [*parts, Part(kind="date", text=found["day"], value=_date(found))]
        return Head(parts=parts, end=found.end(), rule="agency place date -")
    if (found := _SENT_FROM.match(line)) and (parts := _names(found["names"], outlet)):
        return Head(parts=parts, end=found.end(), rule="（place讯）")
    if (found := _NOTICE.match(line)) and (one := _agency(found["name"], outlet)):
        return Head(parts=[one], end=found.end(), rule="agency 消息")
    if (found := _SERVICE.match(line)) and line[1] > "⺀" and (one := _agency(found["name"], outlet)):
        return Head(parts=[one], end=found.end(), rule="（agency中文网）")
    if (found := _DATED.match(line)) and (one := _agency(found[3], outlet)):
        date = f"--{int(found[1]):02}-{int(found[2]):02}"
        return Head(parts=[Part(kind="date", text=found[0], value=date), one], end=found.end(), rule="【date agency】")
    if found := _JAPANESE.match(line):
        if (dated := _INNER.fullmatch(found["inner"])) and (parts := _names("".join(dated.group(1, 4)), outlet)):
            parts = [*parts, Part(kind="date", text=dated[0], value=f"--{int(dated[2]):02}-{int(dated[3]):02}")]
            return Head(parts=parts, end=found.end(), rule="【place date agency】")
        inner = [one for one in re.split(r"[＝=・\s、]+", found["inner"]) if one]
        parts = _apart(inner, outlet) or _names(inner[0], outlet) or _signed(inner)
        if parts:
            return Head(parts=parts, end=found.end(), rule="【place agency】")
    return None


def _korean(line: str, outlet: Outlet | None) -> Head | None:
    if found := _KOREAN.match(line):
        place, wire = _place(re.split("[·ㆍ,/]", found["place"])[0].strip()), _agency(found["agency"], outlet)
        wire = wire or _korean_outlet(found["agency"])
        if place and wire:
            return Head(parts=[place, wire], end=found.end(), rule="(place=agency)")
    if found := _NORTHERN.match(line):
        place, wire = _place(found["place"]), _agency(found["agency"], outlet)
        date = Part(kind="date", text=found[0], value=f"--{int(found['month']):02}-{int(found['day']):02}")
        return Head(parts=[place, date, wire], end=found.end(), rule="(place 일발 agency)") if place and wire else None
    if (found := _KOREAN_REPORTER.match(line)) and (place := _place(found["place"])):
        return Head(parts=[place], end=found.end(), rule="place=reporter")
    if found := _KOREAN_BYLINE.match(line):
        wire = _agency(found["agency"], outlet) or _korean_outlet(found["agency"])
        place = _place(found["place"]) if found["place"] else None
        parts = [part for part in (place, wire) if part]
        return Head(parts=parts, end=found.end(), rule="[agency=reporter]") if wire else None
    return None


def _korean_outlet(text: str) -> Part | None:
    known = _KOREAN_OUTLET.fullmatch(text)
    return Part(kind="agency", text=text, value=text, sure=False) if known else None


def _date(found: re.Match[str]) -> str:
    if not found["month"]:
        return f"---{_number(found['day']):02}"
    return f"{found['year'] or '-'}-{_number(found['month']):02}-{_number(found['day']):02}"


def _number(text: str) -> int:
    """Read 23 and 二十三."""
    if text.isdigit():
        return int(text)
    text = text.replace("廿", "二十").replace("卅", "三十")
    tens, sign, ones = text.rpartition("十")
    return ("〇一二三四五六七八九".find(tens) if tens else bool(sign)) * 10 + max(
        "〇一二三四五六七八九".find(ones or "〇"), 0
    )


def _signed(words: list[str]) -> list[Part]:
    """Read a place and its correspondent: ソウル田中一郎."""
    text = words[0]
    for cut in range(len(text) - 2, 1, -1):
        if (place := _place(text[:cut])) and _PERSON.fullmatch(text[cut:]):
            known = max(row.population for row in places.rows(text[:cut]))
            return [place] if known >= 100_000 else []
    alone = _place(text) if len(words) == 2 and _PERSON.fullmatch(words[1]) else None
    return [alone] if alone else []


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
    own = re.match(r"本[报報社]", text)
    place = _place(text[own.end() if own else 0 :])
    return [place] if place else []


def _agency(text: str, outlet: Outlet | None) -> Part | None:
    found, _ = agency.choose(text, outlet=outlet)
    return Part(kind="agency", text=text, value=found.name, country=found.country) if found else None


def _place(text: str) -> Part | None:
    return Part(kind="place", text=text, value=text) if len(text) > 1 and places.rows(text) else None
