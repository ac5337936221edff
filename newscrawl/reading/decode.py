"""Bytes become text: which encoding a page is really in, and which characters never leave this module."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
         (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))  # fmt: skip
_META = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w:.-]+)", re.IGNORECASE)
_HEADER = re.compile(r"charset\s*=\s*[\"']?([\w:.-]+)", re.IGNORECASE)
#: What the web means by these names (WHATWG Encoding Standard, section 4.2).
_MEANT = {"iso8859-1": "cp1252", "latin-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "iso8859-6": "cp1256",
          "gb2312": "gb18030", "gbk": "gb18030", "euc_kr": "cp949", "shift_jis": "cp932"}  # fmt: skip
#: Texts between tags that hold more than ASCII: scripts and markup before them say nothing of the encoding.
_BEYOND = re.compile(rb"[\x80-\xff][^<>]*")
#: C0 and C1 controls but tab and line ends, lone surrogates, and the non-characters U+FFFE and U+FFFF. U+200C and
#: U+200D, which Persian, Kurdish and Indic words are spelled with, stay.
_NEVER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff￾￿]")

_CONTROLS = tuple(bytes([code]) for code in (*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F))
_C1 = re.compile(rb"\xc2[\x80-\x9f]")


@dataclass(frozen=True, kw_only=True, slots=True)
class Decoded:
    """The text, the codec's Python name, and how it was found: bom, utf-8, header, meta, seed or detected."""

    text: str
    encoding: str
    how: str


def decode(body: bytes, content_type: str | None = None, encoding: str | None = None) -> Decoded:
    """Decode a page; never fails, whatever the bytes.

    The order is: byte order mark, valid UTF-8 (no other encoding yields it by chance), the HTTP header, the meta
    element, the seed's ``encoding``, and detection by the bytes' statistics. A declaration that the bytes contradict
    is passed over; UTF-8 with a few broken bytes stays UTF-8.
    """
    for bom, name in _BOMS:
        if body.startswith(bom):
            return Decoded(text=clean(body[len(bom) :].decode(name, "replace")), encoding=name, how="bom")
    try:
        whole = body.decode("utf-8")
        return Decoded(text=whole if _is_clean(body, whole) else clean(whole), encoding="utf-8", how="utf-8")
    except UnicodeDecodeError:
        pass
    if _nearly_utf8(body):
        return Decoded(text=clean(body.decode("utf-8", "replace")), encoding="utf-8", how="utf-8")
    meta = _META.search(body, 0, 4096)
    header = _HEADER.search(content_type or "")
    declared = [
        (header[1] if header else None, "header"),
        # An element that could be read in single bytes lies where it says UTF-16 (WHATWG HTML, section 13.2.3.2).
        (meta[1].decode("ascii") if meta and not meta[1].lower().startswith(b"utf-16") else None, "meta"),
        (encoding, "seed"),
    ]
    for label, how in declared:
        codec = _codec(label) if label else None
        believed = _strict(body, codec) if codec and codec != "utf-8" else None
        if codec and believed is not None:
            return Decoded(text=clean(believed), encoding=codec, how=how)
    best = from_bytes(b" ".join(_BEYOND.findall(body))[:65_536]).best()
    found = (_codec(best.encoding) if best else None) or "cp1252"
    return Decoded(text=clean(body.decode(found, "replace")), encoding=found, how="detected")


def _is_clean(body: bytes, text: str) -> bool:
    """Are there none of those characters in valid UTF-8? Looking for each alone is faster than for all of them."""
    return (
        "\ufffe" not in text
        and "\uffff" not in text
        and not any(control in body for control in _CONTROLS)
        and (b"\xc2" not in body or _C1.search(body) is None)
    )


def clean(text: str) -> str:
    """Remove characters that no text needs and no database takes."""
    return _NEVER.sub("", text)


def _codec(name: str) -> str | None:
    try:
        found = codecs.lookup(name).name
    except (LookupError, ValueError):
        return None
    found = _MEANT.get(found, found)
    try:
        # Codecs that map bytes to bytes, or read escapes, are no encodings of pages.
        return (
            found
            if isinstance(b"a".decode(found), str) and found not in ("unicode_escape", "raw_unicode_escape", "utf-7")
            else None
        )
    except (LookupError, ValueError, TypeError):
        return None


def _strict(body: bytes, codec: str) -> str | None:
    """Decode with a single-byte or older multi-byte codec; None if it yields too many characters that pages don't have."""
    text = body.decode(codec, "replace")
    bad = text.count("�") + len(_NEVER.findall(text))
    return text if bad * 1000 <= len(text) else None


def _nearly_utf8(body: bytes) -> bool:
    """Is the page UTF-8 but for a few broken sequences, such as a title cut in the middle of a letter?"""
    text = body.decode("utf-8", "replace")
    beyond = sum(letter > "\x7f" for letter in text)
    return text.count("�") * 20 < beyond
