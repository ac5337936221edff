"""`newscrawl VERB` is Scrapy's command line with this project's settings, from any folder."""

from __future__ import annotations

import logging
import os
import sys
from importlib.util import find_spec


def main() -> None:
    """Run Scrapy's command line; a wrong seed folder or database is one line, not a traceback."""
    os.environ["SCRAPY_SETTINGS_MODULE"] = "newscrawl.settings"
    from scrapy.cmdline import execute
    from scrapy.utils.project import get_project_settings

    from newscrawl.exit_codes import Exit

    try:
        settings = get_project_settings()
    except ValueError as error:
        print(f"newscrawl: a variable NEWSCRAWL_... of the environment is wrong: {error}", file=sys.stderr)
        sys.exit(Exit.USAGE)
    settings["EDITOR"] = os.environ.get("EDITOR", settings["EDITOR"])
    settings["COMMANDS_MODULE"] = _commands(sys.argv[1:])
    for name in ("scrapy.utils.log", "scrapy.addons"):  # versions of libraries, before anything else is said
        logging.getLogger(name).addFilter(lambda record: record.levelno >= logging.WARNING)
    try:
        execute(["newscrawl", *sys.argv[1:]], settings)
    except Exception as error:
        from newscrawl.db.session import DatabaseError
        from newscrawl.outlet import SeedError

        if not isinstance(error, (SeedError, DatabaseError)):
            raise
        print(f"newscrawl: {error}", file=sys.stderr)
        sys.exit(Exit.USAGE if isinstance(error, SeedError) else Exit.DATABASE)


def _commands(arguments: list[str]) -> str:
    """Name what Scrapy shall import: the one command that is asked for; all of them, with all they need, take a second."""
    verb = next((argument for argument in arguments if not argument.startswith("-")), "")
    if verb.replace("-", "").isalpha():
        if find_spec(f"newscrawl.commands.{verb}"):
            return f"newscrawl.commands.{verb}"
        if find_spec(f"scrapy.commands.{verb}"):
            return ""
    return "newscrawl.commands"


if __name__ == "__main__":
    main()
