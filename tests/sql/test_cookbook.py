"""Every query of the cookbook runs on both databases, and gives the answer that the page shows."""

import importlib.util
import re
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from newscrawl.cookbook import queries

ROOT = Path(__file__).parents[2]


def tool() -> Any:
    spec = importlib.util.spec_from_file_location("write_cookbook", ROOT / "tools" / "write_cookbook.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def answers() -> dict[str, list[str]]:
    page = (ROOT / "docs" / "cookbook.md").read_text(encoding="utf-8")
    found = re.findall(r"## \d+\. (.*?)\n.*?```text\n(.*?)\n```", page, re.DOTALL)
    return {question: sorted(text.split("\n")) for question, text in found}


def test_every_answer_is_the_page_s(sample_engine: Engine) -> None:
    """On SQLite and PostgreSQL, all queries give the page's rows (databases sort Arabic differently, so as sets)."""
    page, wrong = answers(), []
    with sample_engine.connect() as connection:
        for query in queries():
            found = sorted(tool().answer(connection, query).split("\n"))
            if [line for line in found if "lag" not in line] != [
                line for line in page[query.question] if "lag" not in line
            ]:
                wrong.append((query.name, found, page[query.question]))
    assert wrong == []


def test_there_are_enough_questions() -> None:
    """The cookbook has at least twenty questions, each with a name of its own and an answer on the page."""
    names = [query.name for query in queries()]
    assert len(set(names)) == len(names) >= 20
    assert set(answers()) == {query.question for query in queries()}
