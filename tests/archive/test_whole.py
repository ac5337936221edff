"""Files whose writer was killed: whole records stay, a torn end is set aside, nobody else's file is touched."""

import os
import random
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newscrawl.archive import Exchange, WarcWriter, payload_at, records, set_aside

AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)

KILLED = """
import os, random, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from newscrawl.archive import Exchange, WarcWriter
writer = WarcWriter(Path(sys.argv[1]), "killed")
for number in range(3):
    body = random.Random(number).randbytes(4000)
    place = writer.write(Exchange(url=f"https://a.example/{number}", at=datetime.now(UTC), body=body))
    print(place.file, place.offset)
sys.stdout.flush()
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def killed(tmp_path: Path) -> list[tuple[Path, int]]:
    """Three records of a writer that was killed: file and offset."""
    done = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], capture_output=True, text=True, check=False)
    assert done.returncode == -signal.SIGKILL
    return [(tmp_path / name, int(offset)) for name, offset in (line.split() for line in done.stdout.splitlines())]


def test_a_torn_end_is_set_aside_with_its_bytes(tmp_path: Path, killed: list[tuple[Path, int]]) -> None:
    """Wherever the last record was torn, the rest is a whole file, and both together are what there was."""
    path, last = killed[-1]
    whole = path.read_bytes()
    for cut in {last + 1, last + 9, *(random.Random(7).randrange(last + 1, len(whole)) for _ in range(20))}:
        path.write_bytes(whole[:cut])
        Path(f"{path}.open").touch()
        assert set_aside(tmp_path) == [path]
        assert path.read_bytes() == whole[:last]
        assert Path(f"{path}.torn").read_bytes() == whole[last:cut]
        assert [record.url for record in records(path)] == ["https://a.example/0", "https://a.example/1"]
    assert not list(tmp_path.glob("*.open"))


def test_zeros_behind_the_last_record_are_set_aside(tmp_path: Path, killed: list[tuple[Path, int]]) -> None:
    """A machine that lost its power may leave blocks that were never filled."""
    path, _ = killed[0]
    whole = path.read_bytes()
    path.write_bytes(whole + bytes(5000))
    assert set_aside(tmp_path) == [path]
    assert path.read_bytes() == whole


def test_a_whole_file_and_a_living_writer_s_stay(tmp_path: Path, killed: list[tuple[Path, int]]) -> None:
    """What the killed one had acknowledged is there, a writer that lives goes on, and a closed file is not looked at."""
    writer = WarcWriter(tmp_path, "living")
    place = writer.write(Exchange(url="https://a.example/", at=AT, body=b"water"))
    assert set_aside(tmp_path) == []
    assert [record.name for record in tmp_path.glob("*.open")] == [f"{place.file}.open"]
    for path, offset in killed:
        assert payload_at(path, offset).sha256
    again = writer.write(Exchange(url="https://a.example/2", at=AT, body=b"more water"))
    writer.close()
    assert again.file == place.file
    assert not list(tmp_path.glob("*.open"))
    assert not list(tmp_path.glob("*.torn"))


def test_a_mark_without_its_file_goes(tmp_path: Path) -> None:
    """A mark that was left alone is no file to repair."""
    (tmp_path / "gone.warc.gz.open").touch()
    assert set_aside(tmp_path) == []
    assert os.listdir(tmp_path) == []
