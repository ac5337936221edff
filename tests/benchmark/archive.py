"""What keeping the page costs, and how fast the past is read again: `python tests/benchmark/archive.py [--pages N]`.

Writes N pages of our own (the golden ones, many times with other numbers in them) as WARC records, and prints the
milliseconds of the processor and the bytes of that a page beside those of reading it. Then imports the file and rereads the
archive, with the commands as users run them: by none, one and two workers. It prints pages a second, the milliseconds of
the processor that the command's own process took a page (without those of its start), and its most memory.
``--flat GIGABYTES`` pipes that much into an import instead and prints its memory.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from newscrawl.archive import Exchange, WarcWriter, payload_at
from newscrawl.item import Page
from newscrawl.reading import NotAnArticle, extract

PAGES = sorted((Path(__file__).parents[1] / "pages").glob("*.html"))
AT = datetime(2026, 11, 1, tzinfo=UTC)


def page(number: int) -> bytes:
    """Give a page as large as real ones are: a golden page and some sixty kilobytes of its outlet's scripts."""
    body = PAGES[number % len(PAGES)].read_bytes()
    body = re.sub(rb"</p>", b" Report %d, line %d.</p>" % (number, number * 7), body)
    script = b"".join(b"var item%d = {id: %d, seen: %d};\n" % (line, number * line, line) for line in range(1, 1500))
    return body.replace(b"</body>", b"<script>" + script + b"</script></body>")


def read(place: tuple[str, int]) -> int:
    """Read one archived page again; give 1 for an article."""
    record = payload_at(Path(place[0]), place[1])
    try:
        extract(Page(record.body, record.url, record.at, record.content_type))
    except NotAnArticle:
        return 0
    return 1


@dataclass(frozen=True)
class Ran:
    """What a command printed, its seconds by the clock and of its own process, and its most memory in megabytes."""

    told: str
    seconds: float
    processor: float
    peak: float


def newscrawl(folder: Path, *args: str, feed: bytes = b"", times: int = 0) -> Ran:
    """Run a command in a folder, fed as often as wished."""
    began = time.perf_counter()
    kept = {name: value for name, value in os.environ.items() if not name.startswith("NEWSCRAWL_")}
    process = subprocess.Popen(
        [sys.executable, "-m", "newscrawl", *args], cwd=folder, env=kept, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdin is not None
    assert process.stdout is not None
    for _ in range(times):
        process.stdin.write(feed)
    process.stdin.close()
    told = process.stdout.read().decode()
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{args} ended with {status}: {told}")
    return Ran(told, time.perf_counter() - began, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def flat(gigabytes: float) -> None:
    """Pipe the same packed records again and again into an import."""
    with tempfile.TemporaryDirectory() as folder:
        writer = WarcWriter(Path(folder), "bench")
        for number in range(50):
            body = os.urandom(1_000_000)
            sent = Exchange(
                url=f"https://a.example/{number}.bin", at=AT, body=body, headers=[("Content-Type", "image/x")]
            )
            name = writer.write(sent).file
        writer.close()
        data = (Path(folder) / name).read_bytes()
        for times in (1, round(gigabytes * 1e9 / len(data))):
            ran = newscrawl(Path(folder), "import", "--workers", "0", "-", feed=data, times=times)
            size = times * len(data) / 1e9
            print(
                f"{size:.2f} GB in {ran.seconds:.0f} s: at most {ran.peak:.0f} MB of memory; {ran.told.splitlines()[0]}"
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=600)
    parser.add_argument("--flat", type=float, metavar="GIGABYTES")
    options = parser.parse_args()
    if options.flat:
        flat(options.flat)
        return
    number = options.pages
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        writer, places = WarcWriter(folder, "bench"), []
        bodies = [page(one) for one in range(number)]
        began = time.process_time()
        for one, body in enumerate(bodies):
            sent = Exchange(
                url=f"https://a.example/news/{one}", at=AT, body=body, headers=[("Content-Type", "text/html")]
            )
            written = writer.write(sent)
            places.append((str(folder / written.file), written.offset))
        writer.close()
        writing = (time.process_time() - began) / number * 1000
        disk = sum(file.stat().st_size for file in folder.glob("*.warc.gz")) / number
        for place in places[:50]:
            read(place)
        began = time.process_time()
        for place in places:
            read(place)
        reading = (time.process_time() - began) / number * 1000
        size = sum(map(len, bodies)) / number
        print(f"{number} pages of {size / 1000:.0f} kB: kept in {writing:.2f} ms and {disk / 1000:.1f} kB a page")
        print(f"read in {reading:.1f} ms a page: keeping is {writing / reading * 100:.0f} % of reading")
        start = newscrawl(folder, "reread", "--since", "2999-01-01")
        for command, workers in (("import", 2), ("reread", 0), ("reread", 1), ("reread", 2)):
            files = ["--any", places[0][0]] if command == "import" else []
            ran = newscrawl(folder, command, *files, "--workers", str(workers))
            rate = number / (ran.seconds - start.seconds)
            own = (ran.processor - start.processor) / number * 1000
            print(
                f"{command} by {workers}: {rate:.0f} pages a second, {own:.1f} ms of the command's own, {ran.peak:.0f} MB"
            )
        rows = (folder / "news.db").stat().st_size / number
        print(
            f"rows take {rows / 1000:.1f} kB a page: pages are {disk / (disk + rows) * 100:.0f} % of the archive's disk"
        )


if __name__ == "__main__":
    main()
