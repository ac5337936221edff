"""Whatever other tools pack records into - gzip in one piece, Zstandard, WACZ, ARC, a pipe - gives the same records."""

import gzip
import io
import os
import threading
import zipfile
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from backports import zstd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newscrawl.archive import ArchiveError, Exchange, WarcWriter, payload_at, records

AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
PAGES = {f"https://a.example/{number}": f"<p>water {number}</p>".encode() * 99 * number for number in range(5)}


@pytest.fixture
def members(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """The records of five pages, each with the blank lines behind it; of the same length in every run."""
    monkeypatch.setattr("newscrawl.archive.writer.os.getpid", lambda: 12345)
    writer = WarcWriter(tmp_path / "ours", "ours")
    for url, body in PAGES.items():
        place = writer.write(
            Exchange(url=url, at=AT, body=body, headers=[("Content-Type", "text/html")], sent=b"GET / HTTP/1.1\r\n\r\n")
        )
    writer.close()
    plain = gzip.decompress((tmp_path / "ours" / place.file).read_bytes())
    head, *rest = plain.split(b"WARC/1.1\r\n")
    assert not head
    return [b"WARC/1.1\r\n" + record for record in rest]


def whole_gzip(members: list[bytes]) -> bytes:
    return gzip.compress(b"".join(members))


def blocks_of_gzip(members: list[bytes]) -> bytes:
    plain = b"".join(members)
    return b"".join(gzip.compress(plain[start : start + 610]) for start in range(0, len(plain), 610))


def gzip_that_changes(members: list[bytes]) -> bytes:
    return gzip.compress(members[0]) + gzip.compress(members[1]) + gzip.compress(b"".join(members[2:]))


#: The zstd tool writes a checksum by default; without one, damage to a record's head can't be told from another head.
CHECKED = {zstd.CompressionParameter.checksum_flag: 1}


def frames(members: list[bytes]) -> bytes:
    return b"".join(zstd.compress(member, options=CHECKED) for member in members)


def frames_with_dictionary(members: list[bytes], packed: bool = False) -> bytes:
    words = zstd.train_dict(members * 9, 2000)
    kept = zstd.compress(words.dict_content) if packed else words.dict_content
    head = b"\x5d\x2a\x4d\x18" + len(kept).to_bytes(4, "little") + kept
    return head + b"".join(zstd.compress(member, options=CHECKED, zstd_dict=words) for member in members)


def package(members: list[bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        made.writestr("datapackage.json", "{}")
        made.writestr("archive/one.warc.gz", b"".join(map(gzip.compress, members[:5])))
        made.writestr("archive/two.warc", b"".join(members[5:]), zipfile.ZIP_DEFLATED)
        made.writestr("indexes/index.cdx.gz", gzip.compress(b"com,example)/ 2026"))
    return file.getvalue()


FORMS: list[Callable[[list[bytes]], bytes]] = [
    whole_gzip, blocks_of_gzip, gzip_that_changes, frames, frames_with_dictionary,
    lambda members: frames_with_dictionary(members, packed=True), package,
]  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_read(tmp_path: Path, members: list[bytes], form: Callable[[list[bytes]], bytes]) -> None:
    """All pages come, each once or (where a file changes its form in the middle) more, and nothing is lost."""
    path = tmp_path / "theirs"
    path.write_bytes(form(members))
    lost: Counter[str] = Counter()
    found = list(records(path, lost))
    assert {record.url: record.body for record in found} == PAGES
    assert not lost
    assert form is gzip_that_changes or len(found) == len(PAGES)
    assert form is gzip_that_changes or {record.offset for record in found} == {None}


def test_a_pipe_is_read(tmp_path: Path, members: list[bytes]) -> None:
    """What can't be sought in is read as it comes."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    feeder = threading.Thread(target=pipe.write_bytes, args=(b"".join(map(gzip.compress, members)),))
    feeder.start()
    assert {record.url: record.body for record in records(pipe)} == PAGES
    feeder.join()


@pytest.mark.parametrize("packed", [False, True])
def test_arc_files_of_old_are_read(tmp_path: Path, packed: bool) -> None:
    """ARC 1.0, what crawlers wrote before WARC: each page with its date, and again by its offset."""
    about = b"1 0 somebody\nURL IP-address Archive-date Content-type Archive-length\n\n"
    parts = [b"filedesc://x.arc 0.0.0.0 20040506070809 text/plain %d\n" % len(about) + about + b"\n"]
    for url, body in PAGES.items():
        block = b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n" + body
        parts.append(b"%s 10.0.0.1 20040506070809 text/html %d\n" % (url.encode(), len(block)) + block + b"\n")
    path = tmp_path / "x.arc"
    path.write_bytes(b"".join(map(gzip.compress, parts) if packed else parts))
    found = list(records(path))
    assert {record.url: record.body for record in found} == PAGES
    assert {record.at for record in found} == {datetime(2004, 5, 6, 7, 8, 9, tzinfo=UTC)}
    assert [payload_at(path, record.offset or 0).body for record in found] == [record.body for record in found]


def test_a_file_that_is_no_archive_is_called_so(tmp_path: Path) -> None:
    """A saved page in the place of an archive is a mistake to be told, not a file without records; an empty file is one."""
    (tmp_path / "page.html").write_bytes(PAGES["https://a.example/3"])
    with pytest.raises(ArchiveError, match=r"page\.html holds no WARC or ARC record"):
        list(records(tmp_path / "page.html"))
    (tmp_path / "empty.warc").touch()
    assert list(records(tmp_path / "empty.warc")) == []


def test_a_page_kept_without_its_response_is_read(tmp_path: Path) -> None:
    """A resource record of a page is one; those in which crawlers speak of themselves are not."""
    made = b""
    for url in ("https://a.example/r", "metadata://tool/log.txt"):
        made += b"WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: %s\r\n" % url.encode()
        made += b"WARC-Date: 2026-01-02T03:04:05Z\r\nContent-Type: text/html\r\nContent-Length: 5\r\n\r\nwater\r\n\r\n"
    (tmp_path / "r.warc").write_bytes(made)
    assert [(r.url, r.status, r.content_type, r.body) for r in records(tmp_path / "r.warc")] == [
        ("https://a.example/r", 200, "text/html", b"water")
    ]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(form=st.sampled_from(FORMS), at=st.floats(0, 1), noise=st.binary(max_size=40), cut=st.booleans())
def test_damage_to_any_form_raises_nothing_else(
    tmp_path: Path, members: list[bytes], form: Callable[[list[bytes]], bytes], at: float, noise: bytes, cut: bool
) -> None:
    """However a file is cut or scribbled over, records come, losses are counted, or the file is called unreadable."""
    data = form(members)
    start = int(at * len(data))
    path = tmp_path / "damaged"
    path.write_bytes(data[:start] if cut else data[:start] + noise + data[start + len(noise) :])
    lost: Counter[str] = Counter()
    try:
        found = {record.url: record.body for record in records(path, lost)}
    except ArchiveError:
        return
    if not lost and form is not package and found != PAGES:
        # only a cut just between two records leaves no trace, and only where records are packed apart
        assert cut
        assert start == 0 or form not in (whole_gzip, blocks_of_gzip)
        assert list(found.items()) == list(PAGES.items())[: len(found)]


@pytest.mark.parametrize("form", [whole_gzip, blocks_of_gzip, b"".join])
def test_no_cut_goes_unnoticed(tmp_path: Path, members: list[bytes], form: Callable[[list[bytes]], bytes]) -> None:
    """A file that was cut within its first member, or anywhere else within one, says so; what came before is read."""
    data = form(members)
    found = []
    for cut in range(20, len(data) - 1, 37):
        if data[:cut].endswith(b"\n"):
            continue  # behind a line of a plain file's heads, it leaves no trace
        (tmp_path / "cut").write_bytes(data[:cut])
        lost: Counter[str] = Counter()
        found.append(len(list(records(tmp_path / "cut", lost))))
        assert lost.total() > 0
    assert found == sorted(found)
    assert max(found) >= len(PAGES) - 1
