"""The docs are true: links lead somewhere, and what they show is run: blocks of shells and of SQL, each option parsed."""

import importlib
import os
import re
import shlex
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path

import pytest
from scrapy.cmdline import ScrapyArgumentParser
from scrapy.settings import Settings
from starter import Starter, environment

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


def blocks(page: Path, kinds: str = "console") -> list[str]:
    """Give the page's blocks of some kinds, without those that stand behind a comment that says why they are not run."""
    found = re.findall(
        rf"(<!-- not run by tests: .+? -->\n)?```(?:{kinds})\n(.*?)```", page.read_text("utf-8"), re.DOTALL
    )
    return [block for marked, block in found if not marked]


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


def run(commands: list[str], folder: Path, starter: Starter) -> tuple[list[tuple[int, str]], str]:
    """Run commands in one shell in a folder; give each one's exit code and output, and the end of what they complained of."""
    (folder / "bin").mkdir()
    programs = {
        "newscrawl": f'exec "{sys.executable}" -SI "{STARTED}" "{starter.address}" "$@"',
        "duckdb": f'exec "{sys.executable}" -c "import duckdb, sys; duckdb.sql(sys.argv[2]).show()" "$@"',
    }
    for name, line in programs.items():
        (folder / "bin" / name).write_text(f"#!/bin/sh\n{line}\n")
        (folder / "bin" / name).chmod(0o755)
    work = folder / "work"
    work.mkdir(exist_ok=True)
    env = environment()
    # what a command prints (an archived page, say) need not end in a line's end
    script = "\n".join(f"{command}\nprintf '\\n--step %s --\\n' $?" for command in commands)
    with (folder / "errors").open("w") as errors:
        shell = subprocess.Popen(
            ["bash", "-c", script], cwd=work, env=env | {"PATH": f"{folder / 'bin'}:{env['PATH']}"}, stdout=subprocess.PIPE,
            stderr=errors, text=True, start_new_session=True,
        )  # fmt: skip
    printed, output = list[tuple[int, str]](), ""
    try:
        assert shell.stdout is not None
        while len(printed) < len(commands) and (line := shell.stdout.readline()):
            if line.startswith("--step "):
                printed.append((int(line.split()[1]), output))
                output = ""
            else:
                output += line
    finally:
        os.killpg(shell.pid, signal.SIGKILL)  # the sample's server, too, whatever happened
        shell.communicate()
    told = (folder / "errors").read_text()[-2000:]
    assert len(printed) == len(commands), told
    return printed, told


def test_the_tutorial_runs_word_for_word(tmp_path: Path, ports: tuple[str, ...], starter: Starter) -> None:
    """Every console block of the tutorial does what it shows, in one shell, from an empty folder; only its ports differ."""
    text = "".join(blocks(ROOT / "docs" / "tutorial.md"))
    for ours, free in zip(("18841", "18842", "18843", "18844"), ports, strict=True):
        text = text.replace(ours, free)
    wanted = steps(text)
    printed, told = run([command for command, _ in wanted], tmp_path, starter)
    for (command, lines), (_, output) in zip(wanted, printed, strict=True):
        for line in lines:
            assert line.strip() in output, f"{command}\nprinted:\n{output}\n{told}"


def test_what_the_other_pages_tell_to_type_works(tmp_path: Path, crawled: dict[int, Path], starter: Starter) -> None:
    """On the sample's archive every command of README.md and the how-to pages succeeds that is not marked as not run.

    Left out are make, whose targets are looked up, and what has a placeholder. The article that was revised has another
    number each time.
    """
    shutil.copytree(crawled[2], tmp_path / "work")
    with closing(sqlite3.connect(tmp_path / "work" / "news.db")) as connection:
        (revised,) = connection.execute("SELECT id FROM articles WHERE revision_count > 1").fetchone()
    commands = []
    for page in (ROOT / "README.md", *sorted((ROOT / "docs" / "how-to").glob("*.md"))):
        for line in "".join(blocks(page, "sh|console")).splitlines():
            command = (
                line.removeprefix("$ ").replace(".venv/bin/newscrawl", "newscrawl").replace("diff 4", f"diff {revised}")
            )
            if command.startswith("make "):
                assert f"\n{command.split()[1]}:" in (ROOT / "Makefile").read_text()
            elif not re.search(r"\bURL\b", command):
                commands.append(command)
    assert {command.split()[1] for command in commands} >= {"search", "export", "capture", "reread", "health", "diff"}
    printed, told = run(commands, tmp_path, starter)
    for command, (code, output) in zip(commands, printed, strict=True):
        unwell = command.startswith("newscrawl health")  # of outlets that no timer crawls
        assert code == 0 or (unwell and code == 15), f"{command}: {code}\n{output}\n{told}"


def test_queries_of_the_pages_work(crawled: dict[int, Path]) -> None:
    """Every SQL block of the pages beside the cookbook, which has a test of its own, is a query that the archive answers."""
    queries = [query for page in PAGES if page.name != "cookbook.md" for query in blocks(page, "sql")]
    assert len(queries) >= 3
    with closing(sqlite3.connect(crawled[2] / "news.db")) as connection:
        for query in queries:
            assert connection.execute(query).description


def calls(page: Path) -> list[list[str]]:
    """Give the arguments of each call of newscrawl in a page's blocks, whether the block is run or not."""
    found = []
    for block in re.findall(r"```(?:sh|console|ini|crontab)\n(.*?)```", page.read_text("utf-8"), re.DOTALL):
        for line in re.findall(r"(?<![\w.-])(?<!lib/)newscrawl +(.*)", block):
            lexer = shlex.shlex(line.partition("  #")[0], posix=True, punctuation_chars=True)
            lexer.whitespace_split = True
            words = list(lexer)
            end = next((at for at, word in enumerate(words) if set(word) <= set("();<>|&")), len(words))
            found.append(words[:end])
    return found


@pytest.mark.parametrize("page", [page for page in PAGES if calls(page)], ids=lambda page: str(page.relative_to(ROOT)))
def test_every_command_and_option_exists(page: Path) -> None:
    """Each call of newscrawl that a page shows, also where it can't be run here, names a command and options of it."""
    for verb, *arguments in calls(page):
        owner = "newscrawl" if find_spec(f"newscrawl.commands.{verb}") else "scrapy"
        module = importlib.import_module(f"{owner}.commands.{verb}")
        command = module.Command()
        command.settings = Settings()
        parser = ScrapyArgumentParser(conflict_handler="resolve", exit_on_error=False)
        command.add_options(parser)
        _, rest = parser.parse_known_args(arguments)
        assert [word for word in rest if word.startswith("-") and word != "-"] == [], (verb, *arguments)
