"""Seed files: what they may say, and how they are told to be wrong."""

from datetime import timedelta
from pathlib import Path

import pytest

from newscrawl.outlet import Outlet, SeedError, host_of, load

GOOD = """
name = "Demo"
homepage = "https://www.demo.example/"
languages = ["ar", "ckb"]
timezone = "Asia/Damascus"
agency = "Demo News"
encoding = "cp1256"
[sources]
feeds = ["https://feeds.demo.example/rss"]
[article]
url_pattern = '/\\d+/'
selectors = { body = "div.text", remove = [".ad"] }
[limits]
delay = "2s"
[schedule]
every = "30m"
"""


def write(folder: Path, text: str, name: str = "sy/demo.toml") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def test_a_seed_is_read_whole(tmp_path: Path) -> None:
    """Every key of a seed arrives in the outlet, with its id and country from the file's place."""
    outlet = load(write(tmp_path, GOOD))
    assert (outlet.id, outlet.country, outlet.encoding) == ("demo", "SY", "cp1256")
    assert outlet.hosts == {"demo.example", "feeds.demo.example"}
    assert outlet.limits.delay == timedelta(seconds=2)
    assert outlet.schedule.bounds == (timedelta(minutes=7.5), timedelta(hours=3))
    assert outlet.article.selectors.remove == (".ad",)


@pytest.mark.parametrize(
    ("change", "key"),
    [
        (('name = "Demo"', 'nam = "Demo"'), "nam"),
        (('["ar", "ckb"]', '"ar"'), "languages"),
        (('["ar", "ckb"]', '["Arabic!"]'), "languages.0"),
        (("Asia/Damascus", "Damascus"), "timezone"),
        (("https://www.demo", "www.demo"), "homepage"),
        (("cp1256", "latin-99"), "encoding"),
        (("/\\d+/", "("), "article.url_pattern"),
        (("div.text", "div..text"), "article.selectors.body"),
        (('delay = "2s"', 'delay = "soon"'), "limits.delay"),
        (("[schedule]\nevery", "[schedule]\noften"), "schedule.often"),
    ],
)
def test_a_wrong_key_is_named(tmp_path: Path, change: tuple[str, str], key: str) -> None:
    """A wrong or mistyped key is an error that names the file and the key."""
    path = write(tmp_path, GOOD.replace(*change))
    with pytest.raises(SeedError) as error:
        load(path)
    assert f"{path}: {key}" in str(error.value)


@pytest.mark.parametrize("name", ["sy/Demo Site.toml", "syria/demo.toml"])
def test_the_file_s_place_is_checked(tmp_path: Path, name: str) -> None:
    """A file name that is no id, or a folder that is no country, is refused."""
    with pytest.raises(SeedError, match=r"file's name|folder is"):
        load(write(tmp_path, GOOD, name))


def test_broken_toml_is_refused(tmp_path: Path) -> None:
    """A file that is no TOML is an error that names it."""
    with pytest.raises(SeedError, match=r"demo\.toml: is no TOML"):
        load(write(tmp_path, "name = "))


def test_requests_stay_on_the_outlet_s_hosts(tmp_path: Path) -> None:
    """Only hosts that the seed names belong to the outlet; a port or a look-alike makes another host."""
    outlet: Outlet = load(write(tmp_path, GOOD))
    assert outlet.owns("http://demo.example/x")
    assert not outlet.owns("https://demo.example:8443/x")
    assert not outlet.owns("https://demo.example.evil.test/")
    assert not outlet.owns("http://[broken/")
    assert host_of("http://[::1]:8000/") == "[::1]:8000"
