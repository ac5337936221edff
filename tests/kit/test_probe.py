"""`newscrawl outlet`, against the sample's outlets over HTTP: probe, check, record, test and list."""

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from starter import Starter, environment

from newscrawl.loader import read_seeds
from newscrawl.sample import Sample, serve, truth

Run = subprocess.CompletedProcess[str]


@pytest.fixture(scope="module")
def sample() -> Iterator[Sample]:
    with serve() as running:
        yield running


class Kit:
    """`newscrawl outlet` in a folder of its own, with seeds of its own."""

    def __init__(self, folder: Path, sample: Sample, starter: Starter) -> None:
        self.seeds, self._folder, self._starter = folder / "seeds", folder, starter
        self.seeds.mkdir()
        self._settings = {"NEWSCRAWL_SEEDS": str(self.seeds), "NEWSCRAWL_ALLOW_PRIVATE": sample.allow_private}

    def __call__(self, *arguments: str) -> Run:
        settings = environment() | self._settings | {"COLUMNS": "200"}
        return self._starter.run(("outlet", *arguments, "-s", "UNKNOWN_DELAY=0"), self._folder, settings)

    @property
    def seed(self) -> Path:
        return next(self.seeds.glob("*/*.toml"))

    def quick(self) -> None:
        """Let the outlet's own requests follow each other at once."""
        self.seed.write_text(self.seed.read_text() + '\n[limits]\ndelay = "0s"\n')


@pytest.fixture
def kit(tmp_path: Path, sample: Sample, starter: Starter) -> Kit:
    return Kit(tmp_path, sample, starter)


def test_from_an_address_to_a_seed_and_its_tests(kit: Kit, sample: Sample) -> None:
    """What the probe writes is a seed that loads, holds, reads its outlet, and brings three passing recordings."""
    home = dict(sample.outlets)["sada-alsahel"] + "/"
    probed = kit("probe", "--write", "--country", "sy", home)
    assert probed.returncode == 0, probed.stderr
    outlets, errors = read_seeds(kit.seeds)
    assert errors == []
    (outlet,) = outlets.values()
    assert (outlet.name, outlet.country, outlet.timezone) == ("صدى الساحل", "SY", "Asia/Damascus")
    assert outlet.languages == ("ar",)
    assert outlet.sources.wordpress == home
    assert outlet.sources.feeds == (f"{home}feed/",)
    assert outlet.is_article_url(f"{home}2026/11/18/inqilab-hafila-alhasakah/")
    assert not outlet.is_article_url(f"{home}category/roads/")
    kit.quick()
    tested = kit("test")
    assert (tested.returncode, tested.stdout.splitlines()[-1]) == (0, "3 recorded pages: 69 fields right, 0 wrong")
    checked = kit("check", "--write", outlet.id)
    assert checked.returncode == 0, checked.stdout
    assert re.search(r'^checked = "\d{4}-\d\d-\d\d"$', kit.seed.read_text(), re.MULTILINE)
    recorded = {json.loads(path.read_text())["url"] for path in kit.seeds.rglob("*.json")}
    page = min(url for url in truth(dict(sample.outlets)) if url.startswith(home) and url not in recorded)
    assert kit("record", outlet.id, page).returncode == 0
    assert kit("test", outlet.id).stdout.splitlines()[-1] == "4 recorded pages: 92 fields right, 0 wrong"
    listed = kit("list").stdout
    assert all(words in listed for words in (outlet.id, "1 feed", "WordPress", "never"))


def test_evidence_is_shown_and_nothing_is_written_unasked(kit: Kit, sample: Sample) -> None:
    """The probe names each key's evidence, what it could not tell, and both readings of an article."""
    shown = kit("probe", dict(sample.outlets)["two-rivers"] + "/")
    assert shown.returncode == 0, shown.stderr
    for words in (
        "declared by the home page: 5 articles", "named by robots.txt", "articles read: en 1, ar 1, kmr 1",
        "Two Rivers News Agency", "not known", "the page's own metadata", "Bus overturns on Hasakah highway",
        "/(?:ar|en|kmr)/", "Nothing was written",
    ):  # fmt: skip
        assert words in shown.stdout, words
    assert list(kit.seeds.rglob("*")) == []


def test_what_no_longer_holds_is_said(kit: Kit, sample: Sample) -> None:
    """A seed with a dead home page, a broken feed and a pattern that fits nothing fails its check, line by line."""
    base = dict(sample.outlets)["gap-postasi"]
    folder = kit.seeds / "tr"
    folder.mkdir()
    (folder / "gap.toml").write_text(
        f'name = "GAP"\nhomepage = "{base}/anasayfa"\nlanguages = ["tr"]\ntimezone = "Europe/Istanbul"\n'
        f'[sources]\nfeeds = ["{base}/rss/spor.xml"]\nsitemaps = ["{base}/sitemap.xml"]\n'
        '[article]\nurl_pattern = "/no/such/form$"\n[limits]\ndelay = 0\n'
    )
    checked = kit("check", "gap")
    assert checked.returncode == 15
    lines = [line.split() for line in checked.stdout.splitlines() if line.strip().startswith("no ")]
    assert {line[1] for line in lines} >= {"homepage", "feed"}
    assert "http-404" in checked.stdout
    assert "broken-feed" in checked.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        ((), 2, "give one of"),
        (("probe", "example.org"), 2, "whole address"),
        (("probe", "http://127.0.0.1:9/"), 10, "private-address"),
        (("check", "nobody"), 2, "no seed 'nobody'"),
        (("record", "nobody"), 2, "give an outlet's id"),
    ],
)
def test_a_wrong_call_is_one_clear_line(kit: Kit, arguments: tuple[str, ...], code: int, told: str) -> None:
    """What is wrong with the command line or the address is said, with its exit code."""
    run = kit(*arguments)
    assert run.returncode == code
    assert told in run.stderr + run.stdout
    assert "Traceback" not in run.stderr
