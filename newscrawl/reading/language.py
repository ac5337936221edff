"""The language of a page: what it declares, checked against its script and commonest words."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import Any

from lxml.html import HtmlElement

from newscrawl.item import Evidence
from newscrawl.outlet import Outlet
from newscrawl.reading import structured, texts

#: Commonest words that tell languages of one script apart.
_WORDS = {
    "en": "the of and to in is that for was with on said", "fr": "le la les des et une dans que est pour qui sur",
    "de": "der die das und ist nicht mit von den für auf ein", "es": "el los las que del una por con para se es en",
    "it": "il che di della per una con sono nel gli non è", "pt": "que não uma com para dos do da os em ao foi",
    "nl": "de het een van en niet dat zijn voor met op is", "tr": "ve bir bu için ile olarak da de daha olan çok gibi",
    "kmr": "û ku di de ji bi li jî ev wê ne xwe", "az": "və bir bu üçün ilə olan da də isə ki olub edib",
    "pl": "się nie jest że na do oraz przez który są dla po", "sv": "och att det som är för inte med den har av på",
    "da": "og at det som er for ikke med den har af på", "no": "og at det som er for ikke med den har av på",
    "id": "yang dan di dengan untuk dari ini itu tidak dalam pada akan", "ro": "și în de la pe nu cu este care din mai pentru",
    "cs": "se na je že by jsou jako ale pro také které před", "hu": "és hogy nem egy az is azt már csak volt még van",
    "fi": "ja on ei se että hän oli myös mutta joka ovat sen", "vi": "của và là có cho được trong không với các những người",
    "af": "die en van het in is dat nie vir met wat op", "tl": "ng sa ang na mga ay at para hindi ito niya siya", "sq": "në të e dhe që për me nga është se një i",
    "hr": "je i u na da se za od su koji što nije", "sw": "ya na wa kwa ni katika za la kuwa hiyo huo amba",
    "so": "oo iyo ka ku in uu ay la ah waxaa soo ee", "ha": "da na ta a ya ba ga cewa wannan su don kuma",
    "zu": "ukuthi kanye lapho uma kusho ngoba yena lakhe wakhe ngesikhathi futhi ngemuva kule kulo ngase ukuba khona nokuthi emva kodwa",
    "xh": "ukuba kwaye kodwa nangona kunjalo xa kunye okanye ngelixa utshilo malunga kwi ngoku phambi apho oku emva kwindawo abantu ukuze",
    "ar": "في من على إلى أن التي الذي هذا عن مع كان هذه", "fa": "در به از که این را با است برای های شد می",
    "ckb": "لە بە و کە بۆ ئەم بوو دەکات ئەو هەر لەگەڵ دەستی", "ur": "کے میں کی ہے اور سے کا کو نے پر یہ ہیں",
    "ps": "په د او چې کې له دی نه هم یې سره شوي",
    "ru": "в и на что не с по он как это для из", "uk": "в і на що не з за у та як це для", "bg": "на и в за от да се на че е са по",
    "sr": "је у и да се на за од су са који не", "kk": "және бұл мен үшін деп бар болып да де осы оның бір",
    "hi": "के में की है और से का को ने पर यह हैं", "mr": "आहे आणि या च्या हे ते आहेत होते मध्ये करण्यात नाही ही",
    "ne": "छ र को मा गरेको लागि छन् यो पनि भएको हुने गर्न", "bn": "এবং এই থেকে করে জন্য হয়েছে তার এক না হয় করা সঙ্গে",
}  # fmt: skip
#: The languages that each word is common in.
_SPOKEN = {
    word: tuple(language for language, words in _WORDS.items() if word in words.split())
    for word in " ".join(_WORDS.values()).split()
}
#: Scripts that belong to one language of news for practical purposes.
_SCRIPTS = {"HANGUL": "ko", "HIRAGANA": "ja", "KATAKANA": "ja", "THAI": "th", "GREEK": "el", "HEBREW": "he", "GEORGIAN": "ka",
            "ARMENIAN": "hy", "ETHIOPIC": "am", "TAMIL": "ta", "TELUGU": "te", "KHMER": "km", "LAO": "lo", "MYANMAR": "my",
            "SINHALA": "si", "GUJARATI": "gu", "GURMUKHI": "pa", "KANNADA": "kn", "MALAYALAM": "ml"}  # fmt: skip
_ALIASES = {
    "ku": "kmr",
    "iw": "he",
    "in": "id",
    "nb": "no",
    "nn": "no",
    "sh": "sr",
    "cmn": "zh",
    "arb": "ar",
    "pes": "fa",
    "kur": "kmr",
}
#: Characters of a page's text by which its language is told, and too few for that.
_ENOUGH, _LITTLE = 4000, 100
#: A word, with the vowel signs of Devanagari and Bengali, which are no letters to ``re``.
_WORD = re.compile(r"(?:[^\W\d_]+|[\u0900-\u0903\u093a-\u094f\u0980-\u0983\u09bc-\u09cd]+)+")
_TAG = re.compile(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z0-9]{2,8}))?")


def guess(text: str) -> str | None:
    """Tell a text's language by script and commonest words; None when too little speaks for any.

    >>> guess("Av piştî demeke dirêj ji bo taxên bakur hat û şênî kêfxweş in ku ew di malên xwe de ne")
    'kmr'
    """
    sample = text[:4000]
    scripts: Counter[str] = Counter()
    for letter, number in Counter(sample[:600]).items():
        if letter.isalpha():
            scripts[unicodedata.name(letter, "?").split()[0]] += number
    if not scripts:
        return None
    if scripts["HIRAGANA"] + scripts["KATAKANA"] > sum(scripts.values()) / 20:
        return "ja"
    main, number = scripts.most_common(1)[0]
    if main == "CJK":
        return "zh"
    if main in _SCRIPTS and number * 2 > sum(scripts.values()):
        return _SCRIPTS[main]
    words = _words(sample.lower())
    counts = Counter(dict.fromkeys(_WORDS, 0))
    for word, number in Counter(filter(_SPOKEN.__contains__, words)).items():
        for language in _SPOKEN[word]:
            counts[language] += number
    if main == "ARABIC" and sum(sample.count(letter) for letter in "ەۆێڵڕ") * 40 > len(sample):
        return "ckb"
    best, second = sorted(counts.values(), reverse=True)[:2]
    # Languages that write their particles together with the next word, as isiZulu does, have few short words, but no others'.
    enough = best * 12 >= len(words) or best >= 3 * second + 3
    if best < 3 or not enough or best == second:
        return None
    return max(counts, key=lambda language: counts[language])


def _words(text: str) -> list[str]:
    """Give the words of a text; most stand between spaces and need no pattern."""
    words: list[str] = []
    for piece in text.split():
        if piece.isalpha():
            words.append(piece)
        else:
            words += _WORD.findall(piece)
    return words


def language_of(
    tree: HtmlElement,
    meta: dict[str, str],
    article: dict[str, Any],
    outlet: Outlet | None,
    title: str,
    trace: list[Evidence],
) -> str | None:
    """Give the language by what the page declares, as far as its own text does not contradict it."""
    root = tree.getroottree().getroot()
    body = tree.find("body")
    declared = [
        ("JSON-LD", structured.text_of(article.get("inLanguage"))),
        ("html lang", root.get("lang") or root.get("xml:lang") or (body.get("lang") if body is not None else None)),
        ("meta", meta.get("og:locale") or meta.get("content-language") or meta.get("dc.language")),
    ]
    seen = guess(f"{title} {_sample(tree)}")
    for where, raw in declared:
        tag = tag_of(raw)
        if tag is None:
            continue
        fits = seen is None or same(tag, seen)
        trace.append(
            Evidence(field="language", found=tag, where=where, taken=fits, note="" if fits else f"the text is {seen}")
        )
        if fits:
            return seen if seen in ("kmr", "ckb") else tag
    chosen = seen or (outlet.languages[0] if outlet and len(outlet.languages) == 1 else None)
    if chosen:
        trace.append(Evidence(field="language", found=chosen, where="text" if seen else "seed", taken=True))
    return chosen


def _sample(tree: HtmlElement) -> str:
    """Give the beginning of the page's running text; of a page without paragraphs, of all its text."""
    text = ""
    for paragraph in tree.iter("p"):
        text += " " + texts.line(paragraph)
        if len(text) > _ENOUGH:
            return text
    body = tree.find("body")
    return text if len(text) > _LITTLE or body is None else texts.line(body)[:_ENOUGH]


def tag_of(raw: str | None) -> str | None:
    """Give a declared language as a BCP 47 tag: two or three letters, without the region.

    >>> tag_of("en_US"), tag_of("ku"), tag_of("English")
    ('en', 'kmr', None)
    """
    found = _TAG.fullmatch((raw or "").strip().split(",")[0].strip())
    if not found:
        return None
    tag = found[1].lower()
    return _ALIASES.get(tag, tag)


def same(declared: str, seen: str) -> bool:
    """Are the two tags one language, or so close that a short text can't tell them apart?"""
    close = ({"no", "da", "sv"}, {"id", "ms"}, {"hr", "bs", "sr", "cs", "sk", "sl"}, {"kmr", "ckb", "ku"}, {"fa", "ps", "ur", "prs"}, {"hi", "ne", "mr"},
             {"zh", "ja", "yue"}, {"pt", "gl", "es"}, {"az", "tr"}, {"ru", "uk", "be", "bg", "mk", "kk", "ky", "sr"}, {"nl", "af"}, {"zu", "xh", "ss", "nr"}, {"bn", "as"})  # fmt: skip
    return declared == seen or any(declared in group and seen in group for group in close)
