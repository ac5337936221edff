"""The seeds that ship: all valid, no two of one host, and described as they are."""

import importlib.util
import re
import tomllib
from pathlib import Path

import pytest
from pydantic import BaseModel

from newscrawl.loader import read_seeds
from newscrawl.outlet import Outlet, load

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"
NAMED = {"north-press", "anha", "sana", "enab-baladi", "rudaw"}


def test_every_seed_is_valid() -> None:
    """Every shipped seed loads, no two share a host, and the five named outlets are among them."""
    outlets, errors = read_seeds(SEEDS)
    assert errors == []
    assert set(outlets) >= NAMED
    assert len(outlets) == len(list(SEEDS.glob("*/*.toml"))) >= 112


def test_no_seed_claims_a_check_that_never_was() -> None:
    """`checked` is `never` or a day."""
    outlets, _ = read_seeds(SEEDS)
    assert all(re.fullmatch(r"never|\d{4}-\d\d-\d\d", outlet.checked) for outlet in outlets.values())


def test_patterns_tell_articles_from_sources() -> None:
    """No seed's pattern takes its own home page, feed or sitemap for an article."""
    outlets, _ = read_seeds(SEEDS)
    for outlet in outlets.values():
        for url in (outlet.homepage, *outlet.sources.feeds, *outlet.sources.sitemaps):
            assert not outlet.is_article_url(url), (outlet.id, url)


def test_the_list_of_outlets_is_current() -> None:
    """docs/reference/outlets.md is what tools/list_outlets.py makes of the seeds today."""
    spec = importlib.util.spec_from_file_location("list_outlets", ROOT / "tools" / "list_outlets.py")
    assert spec is not None
    assert spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    assert tool.PAGE.read_text(encoding="utf-8") == tool.page()


def keys(model: type[BaseModel], prefix: str = "") -> set[str]:
    found = set()
    for name, field in model.model_fields.items():
        inner = field.annotation
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            found |= keys(inner, f"{prefix}{name}.")
        else:
            found.add(prefix + name)
    return found


def test_every_key_is_documented() -> None:
    """The reference lists exactly the keys that a seed may have."""
    listed = set(
        re.findall(r"^\| `([\w.]+)`", (ROOT / "docs/reference/seeds.md").read_text(encoding="utf-8"), re.MULTILINE)
    )
    assert listed == keys(Outlet) - {"id", "country"}


def test_the_example_seed_is_valid(tmp_path: Path) -> None:
    """The example in seeds/README.md loads as it stands, and so it does with every key that it shows commented out."""
    text = re.search(r"```toml\n(.*?)```", (SEEDS / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert text is not None
    for number, example in enumerate((text[1], re.sub(r"^# (?=\w+ = )", "", text[1], flags=re.MULTILINE))):
        path = tmp_path / "sy" / f"example-{number}.toml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(example, encoding="utf-8")
        assert load(path).name == tomllib.loads(example)["name"]


@pytest.mark.parametrize("name", sorted(NAMED))
def test_the_shared_facts_still_fit(name: str) -> None:
    """Where the table of outlets' facts is at hand, the pattern matches its example addresses."""
    import csv
    import os

    table = Path(os.environ.get("NEWSCRAWL_SHARED", ROOT.parent / "shared")) / "outlets" / "outlets.csv"
    if not table.exists():
        pytest.skip("the table of outlets' facts is not here")
    with table.open(encoding="utf-8", newline="") as file:
        row = next(row for row in csv.DictReader(file) if row["id"] == name)
    outlet = read_seeds(SEEDS)[0][name]
    examples = [url for url in row["example_article_urls"].split(";") if url]
    assert examples
    assert all(outlet.is_article_url(url) for url in examples)
