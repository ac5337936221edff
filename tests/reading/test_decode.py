"""Bytes become text in the right order."""

from hypothesis import given
from hypothesis import strategies as st

from newscrawl.reading.decode import decode

ARABIC = "قالت مصادر محلية إن المياه عادت إلى الأحياء الشمالية بعد انقطاع دام أسابيع. " * 20


def test_a_mark_decides_over_the_header() -> None:
    """A byte order mark wins over a header that says something else."""
    found = decode("عاجل".encode("utf-8-sig"), "text/html; charset=windows-1256")
    assert (found.text, found.how) == ("عاجل", "bom")


def test_windows_1256_declared_as_utf_8() -> None:
    """Bytes that aren't UTF-8 are not read as UTF-8 because a header says so; the seed's encoding comes next."""
    found = decode(ARABIC.encode("cp1256"), "text/html; charset=utf-8", "windows-1256")
    assert (found.text, found.encoding, found.how) == (ARABIC, "cp1256", "seed")


def test_windows_1256_that_nobody_declares() -> None:
    """With a wrong declaration and no seed the bytes' statistics find the Arabic encoding."""
    found = decode(ARABIC.encode("cp1256"), "text/html; charset=utf-8")
    assert (found.text, found.how) == (ARABIC, "detected")


def test_utf_8_declared_as_windows_1256() -> None:
    """Valid UTF-8 is UTF-8 whatever header, meta element and seed say."""
    body = b'<meta charset="windows-1256">' + ARABIC.encode()
    found = decode(body, "text/html; charset=windows-1256", "windows-1256")
    assert found.text.endswith(ARABIC)
    assert found.how == "utf-8"


def test_the_header_comes_before_the_meta_element() -> None:
    """Of two declarations that both fit the bytes the header's is taken."""
    body = '<meta charset="iso-8859-1">Привет, мир'.encode("cp1251")
    assert decode(body, "text/html; charset=windows-1251").text.endswith("Привет, мир")


def test_the_meta_element_without_a_header() -> None:
    """The meta element decides where the header names no encoding."""
    body = '<meta charset="windows-1251">Привет, мир'.encode("cp1251")
    found = decode(body, "text/html")
    assert (found.text[-11:], found.how) == ("Привет, мир", "meta")


def test_a_cut_letter_leaves_utf_8() -> None:
    """One letter cut in the middle does not turn a UTF-8 page into another encoding."""
    found = decode(ARABIC.encode() + "ع".encode()[:1], "text/html; charset=windows-1256")
    assert found.text.startswith(ARABIC[:-1])


def test_joiners_stay_and_controls_go() -> None:
    """Zero-width joiners, which Persian words are spelled with, stay; NUL, controls and lone surrogates go."""
    body = "می\u200cخواهم \u200d\x00\x01\x85ok\tyes".encode() + ARABIC.encode() + b"\xed\xa0\x80"
    text = decode(body, "text/html; charset=utf-8", "utf-8").text
    assert text.startswith("می\u200cخواهم \u200dok\tyes")
    assert not any("\ud800" <= letter <= "\udfff" for letter in text)


@given(st.binary(max_size=300), st.none() | st.text(max_size=40), st.none() | st.text(max_size=20))
def test_any_bytes_and_any_labels(body: bytes, header: str | None, seed: str | None) -> None:
    """Whatever bytes and labels come, the text holds nothing that a database refuses."""
    text = decode(body, header, seed).text
    assert "\x00" not in text
    text.encode("utf-8")
