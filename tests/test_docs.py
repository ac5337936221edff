"""The docs are true: links lead somewhere, every command is named, and the tutorial's blocks run word for word."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from starter import Starter

ROOT = Path(__file__).parent.parent
STARTED = Path(__file__).with_name("started.py")
PAGES = [ROOT / "README.md", ROOT / "seeds" / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    """Every relative link of a page names a file that exists."""
    links = re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    missing = [link for link in links if "://" not in link and not (page.parent / link).exists()]
    assert missing == []


def test_every_page_is_in_the_index() -> None:
    """docs/README.md names every page of the docs."""
    index = (ROOT / "docs" / "README.md").read_text(encoding="utf-8")
    pages = [str(page.relative_to(ROOT / "docs")) for page in PAGES if page.is_relative_to(ROOT / "docs")]
    assert [page for page in pages if page != "README.md" and page not in index] == []


def test_every_variable_is_explained() -> None:
    """docs/reference/settings.md names each environment variable that settings.py reads."""
    page = (ROOT / "docs" / "reference" / "settings.md").read_text(encoding="utf-8")
    read = set(re.findall(r"NEWSCRAWL_[A-Z_]+", (ROOT / "newscrawl" / "settings.py").read_text(encoding="utf-8")))
    assert [name for name in sorted(read) if f"`{name}`" not in page] == []


def blocks(page: Path) -> list[str]:
    return re.findall(r"```console\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)


def steps(block: str) -> list[tuple[str, list[str]]]:
    """Split a block into commands, each with the lines that it must print."""
    found: list[tuple[str, list[str]]] = []
    for line in block.splitlines():
        if line.startswith("$ "):
            found.append((line[2:], []))
        elif line == ">" or line.startswith("> "):
            found[-1] = (found[-1][0] + "\n" + line[2:], [])
        elif line.strip():
            found[-1][1].append(line)
    return found


def test_the_tutorial_runs_word_for_word(tmp_path: Path, ports: tuple[str, ...], starter: Starter) -> None:
    """Every console block of the tutorial does what it shows, in one shell, from an empty folder; only its ports differ."""
    shim = tmp_path / "bin" / "newscrawl"
    shim.parent.mkdir()
    shim.write_text(f'#!/bin/sh\nexec "{sys.executable}" -SI "{STARTED}" "{starter.address}" "$@"\n')
    shim.chmod(0o755)
    work = tmp_path / "work"
    work.mkdir()
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("NEWSCRAWL_", "SCRAPY_"))}
    environment = kept | {
        "PATH": f"{shim.parent}:{kept['PATH']}",
        "PYTHONPATH": str(ROOT),
        "NEWSCRAWL_READER_WORKERS": "0",
    }
    text = "".join(blocks(ROOT / "docs" / "tutorial.md"))
    for ours, free in zip(("18841", "18842", "18843", "18844"), ports, strict=True):
        text = text.replace(ours, free)
    wanted = steps(text)
    script = "\n".join(f"{command}\necho '--step {number}--'" for number, (command, _) in enumerate(wanted))
    with (tmp_path / "errors").open("w") as errors:
        shell = subprocess.Popen(
            ["bash", "-c", script], cwd=work, env=environment, stdout=subprocess.PIPE, stderr=errors, text=True,
            start_new_session=True,
        )  # fmt: skip
    output, printed = "", list[str]()
    try:
        assert shell.stdout is not None
        while len(printed) < len(wanted) and (line := shell.stdout.readline()):
            if line.startswith("--step "):
                printed.append(output)
                output = ""
            else:
                output += line
    finally:
        os.killpg(shell.pid, signal.SIGKILL)  # the sample's server, too, whatever happened
        shell.communicate()
    told = (tmp_path / "errors").read_text()[-2000:]
    assert len(printed) == len(wanted), told
    for (command, lines), output in zip(wanted, printed, strict=True):
        for line in lines:
            assert line.strip() in output, f"{command}\nprinted:\n{output}\n{told}"
