"""Writing seeds: a proposal as TOML, and the day of a check into a seed that is there."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

from newscrawl.kit.propose import Proposal
from newscrawl.outlet import SeedError, load

_TOP = ("name", "homepage", "languages", "timezone", "agency")


def toml(proposal: Proposal) -> str:
    """Write a proposal as a seed; what could not be told stands as a comment at its end."""
    lines = [f"{name} = {_value(value)}" for name in _TOP if (value := proposal.value(name)) is not None]
    lines.append('checked = "never"')
    for table in ("sources", "article"):
        keys = [clue for clue in proposal.clues if clue.key.startswith(f"{table}.")]
        if keys:
            lines += ["", f"[{table}]", *(f"{clue.key.split('.', 1)[1]} = {_value(clue.value)}" for clue in keys)]
    lines += ["", *(f"# not known: {line}" for line in proposal.unknown)]
    return "\n".join(lines) + "\n"


def _value(value: Any) -> str:
    if isinstance(value, list):
        inner = ", ".join(_value(one) for one in value)
        return f"[{inner}]" if len(inner) < 90 else "[\n" + "".join(f"  {_value(one)},\n" for one in value) + "]"
    if isinstance(value, str) and "\\" in value and "'" not in value:
        return f"'{value}'"  # a literal string: patterns stay readable
    return json.dumps(value, ensure_ascii=False)


def save(seeds: Path, proposal: Proposal) -> Path:
    """Write a proposal's seed and load it again; SeedError when there is one already, or no country."""
    if proposal.country is None:
        raise SeedError("the folder of a seed is its country: give --country")
    path = seeds / proposal.country.lower() / f"{proposal.id}.toml"
    if path.exists():
        raise SeedError(f"{path}: is there already; `newscrawl outlet check {proposal.id}` looks at it")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(toml(proposal), encoding="utf-8")
    load(path)
    return path


def note_checked(path: Path, day: date) -> None:
    """Write the day of a check into a seed's ``checked`` key, and leave the rest as it is."""
    text = path.read_text(encoding="utf-8")
    line = f'checked = "{day.isoformat()}"'
    changed, number = re.subn(r'^checked\s*=\s*"[^"]*"', line, text, count=1, flags=re.MULTILINE)
    if not number:
        changed = re.sub(r"^(timezone\s*=.*)$", rf"\1\n{line}", text, count=1, flags=re.MULTILINE)
    path.write_text(changed, encoding="utf-8")
    load(path)
