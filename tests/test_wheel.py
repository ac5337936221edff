"""The wheel is whole: installed into an empty folder, without a checkout, it crawls the sample."""

import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_the_wheel_crawls_the_sample(tmp_path: Path) -> None:
    """Built and installed beside nothing but its dependencies, `newscrawl` has migrations, seeds, pipelines and sample."""
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "-o", str(tmp_path), str(ROOT)], check=True, capture_output=True,
        timeout=100,
    )  # fmt: skip
    wheel = next(tmp_path.glob("newscrawl-*.whl"))
    venv.create(tmp_path / "venv", with_pip=False)
    target = next((tmp_path / "venv").glob("lib/python*/site-packages"))
    # the dependencies are those of the tests' own environment; only newscrawl itself comes from the wheel
    (target / "rest.pth").write_text("\n".join(path for path in sys.path if path.endswith("site-packages")))
    pip = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--no-index",
        "--target",
        str(target),
        str(wheel),
    ]
    subprocess.run(pip, check=True, timeout=100)
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("NEWSCRAWL_", "SCRAPY_", "PYTHONPATH"))
    }
    empty = tmp_path / "empty"
    empty.mkdir()
    code = "import newscrawl, sys; assert 'venv' in newscrawl.__file__, newscrawl.__file__; from newscrawl.__main__ import main; main()"
    for arguments in (["sample", "--crawl"], ["list"]):
        done = subprocess.run(
            [str(tmp_path / "venv/bin/python"), "-c", code, *arguments], cwd=empty, env=kept | {"NEWSCRAWL_READER_WORKERS": "0"},
            capture_output=True, text=True, timeout=100, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr[-3000:]
    assert "north-press" in done.stdout
    assert (empty / "news.db").exists()
