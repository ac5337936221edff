"""`newscrawl VERB` is Scrapy's command line with this project's settings, from any folder."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run Scrapy's command line; a wrong seed folder or database is one line, not a traceback."""
    os.environ["SCRAPY_SETTINGS_MODULE"] = "newscrawl.settings"
    from scrapy.cmdline import execute

    from newscrawl.db.session import DatabaseError
    from newscrawl.exit_codes import Exit
    from newscrawl.outlet import SeedError

    try:
        execute(["newscrawl", *sys.argv[1:]])
    except SeedError as error:
        print(f"newscrawl: {error}", file=sys.stderr)
        sys.exit(Exit.USAGE)
    except DatabaseError as error:
        print(f"newscrawl: {error}", file=sys.stderr)
        sys.exit(Exit.DATABASE)


if __name__ == "__main__":
    main()
