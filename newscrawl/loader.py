"""Every seed is a spider: `scrapy list`, `scrapy crawl north-press`, and the right outlet for `scrapy shell URL`."""

from __future__ import annotations

import logging
from pathlib import Path

from scrapy import Request, Spider
from scrapy.settings import BaseSettings

from newscrawl.outlet import Outlet, SeedError, host_of, load
from newscrawl.resources import folder

logger = logging.getLogger(__name__)
#: Scrapy wants a method that is called ``list``, which hides the type of that name inside the class.
Names = list[str]


def read_seeds(seeds: Path) -> tuple[dict[str, Outlet], list[str]]:
    """Read a folder of seeds: the good ones by id, and for each bad one a line that names file and key.

    Of two seeds with one id or one host the first, in the order of their paths, is kept.
    """
    outlets: dict[str, Outlet] = {}
    owners: dict[str, str] = {}
    errors: list[str] = []
    for path in sorted([*seeds.glob("*.toml"), *seeds.glob("*/*.toml")]):
        try:
            if path.parent == seeds:
                raise SeedError(f"{path}: put it into a folder that is named after the outlet's country, such as sy/")
            outlet = load(path)
            if outlet.id in outlets:
                raise SeedError(f"{path}: the id {outlet.id!r} is taken by another seed; rename the file")
            for host in sorted(outlet.hosts):
                if host in owners:
                    raise SeedError(f"{path}: homepage: the host {host!r} belongs to the seed {owners[host]!r} already")
        except SeedError as error:
            errors.append(str(error))
            continue
        outlets[outlet.id] = outlet
        owners.update(dict.fromkeys(outlet.hosts, outlet.id))
    return outlets, errors


class SeedLoader:
    """Scrapy's spider loader over seeds; a bad seed is reported and leaves the others alone."""

    def __init__(self, settings: BaseSettings) -> None:
        self.folder = Path(settings["SEEDS"]) if settings["SEEDS"] else folder("seeds")
        if not self.folder.is_dir():
            raise SeedError(f"NEWSCRAWL_SEEDS: {self.folder} is no folder")
        self.outlets, self.errors = read_seeds(self.folder)
        for error in self.errors:
            logger.error("%s", error)

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> SeedLoader:
        """Make the loader."""
        return cls(settings)

    def load(self, spider_name: str) -> type[Spider]:
        """Make the spider of an outlet; KeyError, saying what is wrong, for an unknown or a bad seed."""
        if spider_name not in self.outlets:
            bad = [error for error in self.errors if f"/{spider_name}.toml:" in error]
            raise KeyError(
                bad[0] if bad else f"no seed {spider_name!r} in {self.folder}; `newscrawl list` names them all"
            )
        # here, because only crawls need the reader and SQL, and every command makes a loader
        from newscrawl.spiders.outlet import OutletSpider

        outlet = self.outlets[spider_name]
        return type("OutletSpider", (OutletSpider,), {"name": outlet.id, "outlet": outlet, "__doc__": outlet.name})

    def list(self) -> Names:
        """Give all outlets' ids."""
        return sorted(self.outlets)

    def find_by_request(self, request: Request) -> Names:
        """Give the outlet whose host the request's address is on."""
        try:
            host = host_of(request.url)
        except ValueError:
            return []
        return [name for name, outlet in self.outlets.items() if host in outlet.hosts]
