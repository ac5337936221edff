"""WARC files: written so that they survive, read whoever wrote them, damage counted."""

import gzip
import os
import random
import resource
import shutil
import subprocess
import threading
import zlib
from collections import Counter
from datetime import UTC, datetime
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import brotli
import pytest
from backports import zstd
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.checker import Checker
from warcio.statusandheaders import StatusAndHeaders

from newscrawl.archive import ArchiveError, Exchange, WarcWriter, pack, payload_at, records
from newscrawl.archive.codings import decoded

AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def exchange(number: int = 1, body: bytes = b"<html>water</html>", **fields: object) -> Exchange:
    values = {
        "headers": [("Content-Type", "text/html"), ("Transfer-Encoding", "chunked")],
        "sent": b"GET /1?q=%C3%A4 HTTP/1.1\r\nHost: a.example\r\n\r\n",
    }
    return Exchange(url=f"https://a.example/{number}?q=ä", at=AT, body=body, **(values | fields))  # type: ignore[arg-type]


def is_valid(path: Path) -> bool:
    """Does warcio's own checker find every digest right?"""
    checker = Checker(type("Options", (), {"inputs": [str(path)], "verbose": False})())  # type: ignore[no-untyped-call]
    checker.process_all()  # type: ignore[no-untyped-call]
    return not checker.exit_value


def test_what_was_sent_comes_back(tmp_path: Path) -> None:
    """A record is read back by its offset with address, time, status, headers and bytes, and the file is valid."""
    writer = WarcWriter(tmp_path, "demo")
    places = [writer.write(exchange(number, f"page {number}".encode())) for number in range(3)]
    writer.close()
    for number, place in enumerate(places):
        record = payload_at(tmp_path / place.file, place.offset)
        assert (record.body, record.status, record.at) == (f"page {number}".encode(), 200, AT)
        assert record.sha256 == exchange(body=record.body).sha256
        assert record.length == place.length
        assert record.content_type == "text/html"
    assert is_valid(tmp_path / places[0].file)


def test_compressed_pages_are_kept_as_sent_and_read_plain(tmp_path: Path) -> None:
    """The payload's hash is of the bytes on the wire; the reader gets the page."""
    packed = gzip.compress(b"<html>news</html>")
    sent = exchange(body=packed, headers=[("Content-Type", "text/html"), ("Content-Encoding", "gzip")])
    writer = WarcWriter(tmp_path, "demo")
    place = writer.write(sent)
    writer.close()
    record = payload_at(tmp_path / place.file, place.offset)
    assert record.body == b"<html>news</html>"
    assert record.sha256 == sent.sha256


HTML = b"<html>" + b"news of the harbour " * 200 + b"</html>"
CODINGS = [
    ("x-gzip", gzip.compress(HTML)),
    ("GZIP", gzip.compress(HTML[:100]) + gzip.compress(HTML[100:])),
    ("deflate", zlib.compress(HTML)),
    ("deflate", zlib.compress(HTML)[2:-4]),
    ("br", brotli.compress(HTML)),
    ("zstd", zstd.compress(HTML)),
    ("gzip, br", brotli.compress(gzip.compress(HTML))),
    ("identity", HTML),
    ("gzip", HTML),
    ("zstd", HTML),
    ("compress-of-tomorrow", HTML),
]


@pytest.mark.parametrize(("coding", "sent"), CODINGS, ids=[f"{name}-{len(sent)}" for name, sent in CODINGS])
def test_every_coding_that_a_crawl_accepts_is_undone(tmp_path: Path, coding: str, sent: bytes) -> None:
    """Whatever coding the outlet used - or claimed and did not use - the page reads plain from the archive."""
    writer = WarcWriter(tmp_path, "demo")
    place = writer.write(exchange(body=sent, headers=[("Content-Type", "text/html"), ("Content-Encoding", coding)]))
    writer.close()
    assert payload_at(tmp_path / place.file, place.offset).body == HTML


@given(st.binary(max_size=300), st.sampled_from(["gzip", "deflate", "br", "zstd", "br, gzip"]))
def test_damaged_codings_raise_nothing(body: bytes, coding: str) -> None:
    """Bytes that are no such stream stay what they are, or give what can be had of them."""
    headers = StatusAndHeaders("200 OK", [("Content-Encoding", coding), ("Transfer-Encoding", "chunked")])
    assert isinstance(decoded(body, headers), bytes)


def test_unchanged_content_is_a_revisit(tmp_path: Path) -> None:
    """A payload that is archived already is named, not stored again."""
    writer = WarcWriter(tmp_path, "demo")
    first = writer.write(exchange(body=b"x" * 50_000))
    again = writer.write(exchange(body=b"x" * 50_000), known=(exchange().url, AT))
    writer.close()
    assert (first.record, again.record) == ("response", "revisit")
    assert is_valid(tmp_path / first.file)
    assert [record.kind for record in records(tmp_path / first.file)] == ["response", "revisit"]


def test_files_rotate_by_size(tmp_path: Path) -> None:
    """A new file begins when the old one is large enough."""
    writer = WarcWriter(tmp_path, "demo", rotate=2000)
    names = {writer.write(exchange(number)).file for number in range(8)}
    writer.close()
    assert len(names) > 1
    assert all(is_valid(tmp_path / name) for name in names)


@given(cut=st.integers(1, 400))
@settings(max_examples=40, deadline=None)
def test_a_torn_end_costs_one_record(tmp_path_factory: pytest.TempPathFactory, cut: int) -> None:
    """A file cut anywhere in its last response gives all records before it, and the loss is counted."""
    folder = tmp_path_factory.mktemp("torn")
    writer = WarcWriter(folder, "demo")
    places = [writer.write(exchange(number, bytes(range(256)) * 4)) for number in range(3)]
    writer.close()
    path = folder / places[0].file
    whole = path.read_bytes()
    path.write_bytes(whole[: places[2].offset + min(cut, places[2].length - 1)])
    lost: Counter[str] = Counter()
    assert len(list(records(path, lost))) == 2
    assert sum(lost.values()) >= 1
    with pytest.raises(ArchiveError, match=path.name):
        payload_at(path, places[2].offset)


def test_damage_in_the_middle_costs_no_more(tmp_path: Path) -> None:
    """After a broken record the ones behind it are still read."""
    writer = WarcWriter(tmp_path, "demo")
    places = [writer.write(exchange(number, bytes(range(256)) * 9)) for number in range(5)]
    writer.close()
    path = tmp_path / places[0].file
    data = bytearray(path.read_bytes())
    data[places[1].offset + 60 : places[1].offset + 200] = bytes(140)
    path.write_bytes(data)
    lost: Counter[str] = Counter()
    urls = {record.url for record in records(path, lost)}
    assert {exchange(0).url, exchange(3).url, exchange(4).url} <= urls
    assert lost


def test_a_failed_write_leaves_the_file_whole(tmp_path: Path) -> None:
    """When the disk is full in mid-record the file ends where it ended before, and takes records again with space."""
    writer = WarcWriter(tmp_path, "demo")
    first = writer.write(exchange(1))
    whole = (tmp_path / first.file).read_bytes()
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(whole) + 300, before[1]))
    try:
        with pytest.raises(OSError, match="File too large"):
            writer.write(exchange(2, random.Random(1).randbytes(5000)))
        resource.setrlimit(resource.RLIMIT_FSIZE, (50, before[1]))
        with pytest.raises(OSError, match="File too large"):
            WarcWriter(tmp_path / "other", "demo").write(exchange(3))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert (tmp_path / first.file).read_bytes() == whole
    assert not list((tmp_path / "other").iterdir())
    again = writer.write(exchange(4))
    writer.close()
    assert (again.file, again.offset) == (first.file, len(whole))
    assert is_valid(tmp_path / first.file)
    assert [record.url for record in records(tmp_path / first.file)] == [exchange(1).url, exchange(4).url]


def test_what_did_not_get_to_the_disk_is_cut_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the disk takes nothing more the file ends behind the last record that is on it, and goes on from there."""
    writer = WarcWriter(tmp_path, "demo")
    first = writer.write(exchange(1))
    whole = (tmp_path / first.file).read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr("os.fdatasync", lambda file: os.open("/nowhere/at/all", os.O_RDONLY))
        for number in (2, 3):
            writer.append(pack(exchange(number)))
        with pytest.raises(OSError, match="No such file"):
            writer.sync()
    assert (tmp_path / first.file).read_bytes() == whole
    assert writer.write(exchange(4)).offset == len(whole)
    writer.close()
    assert [record.url for record in records(tmp_path / first.file)] == [exchange(1).url, exchange(4).url]


def test_memory_stays_flat(tmp_path: Path) -> None:
    """A file with a hundred times the data of one record never holds more than a few of them."""
    import tracemalloc

    writer = WarcWriter(tmp_path, "demo")
    for number in range(60):
        place = writer.write(exchange(number, bytes([number]) * 1_000_000))
    writer.close()
    tracemalloc.start()
    count = sum(1 for _ in records(tmp_path / place.file))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 60
    assert peak < 12_000_000


def test_wget_s_files_are_read(tmp_path: Path) -> None:
    """A WARC that wget wrote gives the page that it fetched."""
    if shutil.which("wget") is None:
        pytest.skip("wget is not installed")
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "a.html").write_text("<html><p>water</p></html>")
    handler = type("Quiet", (SimpleHTTPRequestHandler,), {"log_message": lambda *_: None})
    server = ThreadingHTTPServer(("127.0.0.1", 0), lambda *a: handler(*a, directory=str(tmp_path / "site")))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}/a.html"
    subprocess.run(["wget", "-q", "--warc-file=w", "-O", "/dev/null", url], cwd=tmp_path, check=True, timeout=30)
    server.shutdown()
    server.server_close()
    found = list(records(tmp_path / "w.warc.gz"))
    assert [(record.url, record.body) for record in found] == [(url, b"<html><p>water</p></html>")]
