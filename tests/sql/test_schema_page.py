"""The schema's page is current, and no column of a view is left unexplained by accident."""

import importlib.util
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_schema_page_is_current() -> None:
    """docs/reference/schema.md is what tools/write_schema.py makes of the models and views today, each column explained.

    A column without a meaning is a KeyError of the tool.
    """
    spec = importlib.util.spec_from_file_location("write_schema", ROOT / "tools" / "write_schema.py")
    assert spec is not None
    assert spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    assert tool.PAGE.read_text(encoding="utf-8") == tool.page()
