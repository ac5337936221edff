"""Every seed is a spider, and a bad one harms no other."""

from pathlib import Path

import pytest
from scrapy import Request
from scrapy.settings import Settings

from newscrawl.loader import SeedLoader, read_seeds
from newscrawl.outlet import SeedError

SEED = 'name = "{0}"\nhomepage = "https://{0}.example/"\nlanguages = ["en"]\ntimezone = "UTC"\n'


def loader(folder: Path, **seeds: str) -> SeedLoader:
    (folder / "sy").mkdir()
    for name, text in seeds.items():
        (folder / "sy" / f"{name}.toml").write_text(text)
    return SeedLoader.from_settings(Settings({"SEEDS": str(folder)}))


def test_an_outlet_is_found_by_its_host(tmp_path: Path) -> None:
    """The address's host alone picks the outlet, without a registry; an unknown host picks none."""
    found = loader(tmp_path, one=SEED.format("one"), two=SEED.format("two"))
    assert found.list() == ["one", "two"]
    assert found.find_by_request(Request("https://www.two.example/a/1")) == ["two"]
    assert found.find_by_request(Request("https://three.example/")) == []
    assert found.load("one").name == "one"


def test_a_bad_seed_is_told_and_harms_no_other(tmp_path: Path) -> None:
    """A wrong key and a host that is taken are errors that name file and key; the good outlets stay."""
    taken = SEED.format("one").replace('name = "one"', 'name = "other"')
    found = loader(tmp_path, one=SEED.format("one"), two=SEED.format("two") + "colour = 1\n", wrong=taken)
    assert found.list() == ["one"]
    assert any("two.toml: colour: unknown key" in error for error in found.errors)
    assert any(
        "wrong.toml: homepage: the host 'one.example' belongs to the seed 'one'" in error for error in found.errors
    )
    with pytest.raises(KeyError, match="colour"):
        found.load("two")
    with pytest.raises(KeyError, match="no seed 'nope'"):
        found.load("nope")


def test_a_missing_folder_is_an_error(tmp_path: Path) -> None:
    """NEWSCRAWL_SEEDS must name a folder."""
    with pytest.raises(SeedError, match="is no folder"):
        SeedLoader.from_settings(Settings({"SEEDS": str(tmp_path / "none")}))


def test_what_is_no_seed_file_is_an_error_beside_the_others(tmp_path: Path) -> None:
    """A folder that is named like a seed, and a seed outside a country's folder, are told and leave the others alone."""
    (tmp_path / "sy" / "folder.toml").mkdir(parents=True)
    text = 'name = "A"\nhomepage = "https://a.example/"\nlanguages = ["en"]\ntimezone = "UTC"\n'
    for path in ("lost.toml", "sy/good.toml"):
        (tmp_path / path).write_text(text)
    outlets, errors = read_seeds(tmp_path)
    assert list(outlets) == ["good"]
    assert [(error.partition(":")[0].rpartition("/")[2], error.partition(": ")[2][:12]) for error in errors] == [
        ("lost.toml", "put it into "),
        ("folder.toml", "can't be rea"),
    ]
