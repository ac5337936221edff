"""Every setting of newscrawl in one flat file; docs/reference/settings.md explains them to users."""

import os

from scrapy.settings import default_settings

import newscrawl

BOT_NAME = "newscrawl"

# --- what users set, by environment variable or `-s NAME=VALUE` ------------------------------------------------------
# Where everything is stored: sqlite:///FILE.db or postgresql+psycopg://USER@HOST/NAME.
DATABASE_URL = os.environ.get("NEWSCRAWL_DATABASE_URL", "sqlite:///news.db")
# Another folder of seeds instead of the shipped one.
SEEDS = os.environ.get("NEWSCRAWL_SEEDS", "")
# Exact host:port pairs of private addresses that may be fetched, comma between: for tests and the sample outlets.
ALLOW_PRIVATE = os.environ.get("NEWSCRAWL_ALLOW_PRIVATE", "")
# How an outlet's administrators can reach you: a mail address or a page. It stands in the User-Agent.
CONTACT = os.environ.get("NEWSCRAWL_CONTACT", "")
USER_AGENT = f"newscrawl/{newscrawl.__version__}" + (f" (+{CONTACT})" if CONTACT else "")
# Whether fetched pages are kept as WARC files, and where: by default in `archive` beside the SQLite file.
ARCHIVE = os.environ.get("NEWSCRAWL_ARCHIVE", "on") != "off"
ARCHIVE_FOLDER = os.environ.get("NEWSCRAWL_ARCHIVE_FOLDER", "")
# An address that answers 404 or 410 is gone when it still does so this many seconds later.
GONE_AFTER = float(os.environ.get("NEWSCRAWL_GONE_AFTER", 6 * 3600))
# Least seconds between two requests to a host that no seed speaks for: shell, extract, and `newscrawl outlet probe`.
UNKNOWN_DELAY = float(os.environ.get("NEWSCRAWL_UNKNOWN_DELAY", 1))
# How many outlets `newscrawl poll` crawls at once in its process.
POLL_OUTLETS = int(os.environ.get("NEWSCRAWL_POLL_OUTLETS", 4))
# What `newscrawl health --alert` runs, or posts to, when a problem starts and when it ends.
ALERT_COMMAND = os.environ.get("NEWSCRAWL_ALERT_COMMAND", "")
ALERT_WEBHOOK = os.environ.get("NEWSCRAWL_ALERT_WEBHOOK", "")
# Whether a crawl shows its progress on a terminal.
PROGRESS = True

# --- reading: in worker processes that can be killed -----------------------------------------------------------------
READER_WORKERS = int(os.environ.get("NEWSCRAWL_READER_WORKERS", 1))
READER_SECONDS = 20
# What one reader may take beyond its start (65 MB): with the crawl's own process 512 MB are never reached.
READER_MEGABYTES = 144

# --- the house -------------------------------------------------------------------------------------------------------
SPIDER_LOADER_CLASS = "newscrawl.loader.SeedLoader"
SPIDER_MODULES: list[str] = []
COMMANDS_MODULE = "newscrawl.commands"
ITEM_PIPELINES = {
    "pipelines.archive.ArchivePipeline": 100,
    "pipelines.validate.ValidatePipeline": 200,
    "pipelines.dedupe.DedupePipeline": 300,
    "pipelines.store.StorePipeline": 400,
}
EXTENSIONS = {
    "newscrawl.fetching.watch.Watch": 100,
    "newscrawl.fetching.progress.Progress": 200,
}
# Nothing outside may steer a crawl, and our progress line replaces Scrapy's statistics. These are taken out of Scrapy's
# own list, because what EXTENSIONS turns off is imported all the same, and a remote control brings a web server along.
EXTENSIONS_BASE = {
    name: order
    for name, order in default_settings.EXTENSIONS_BASE.items()
    if name.rpartition(".")[2] not in ("RemoteControl", "TelnetConsole", "LogStats")
}
REMOTE_CONTROL_ENABLED = False
TELNETCONSOLE_ENABLED = False

# --- the wire --------------------------------------------------------------------------------------------------------
DOWNLOADER_MIDDLEWARES: dict[str, int | None] = {
    "newscrawl.fetching.guard.GuardMiddleware": 50,
    "newscrawl.fetching.robots.RobotsMiddleware": 100,
    "newscrawl.fetching.refresh.OwnRefreshMiddleware": 580,
    "newscrawl.fetching.polite.PoliteMiddleware": 950,
    "newscrawl.fetching.wire.WireMiddleware": 1000,
    # The frontier tries again, with pauses that outlive the process; no cookies, so that pages don't depend on history.
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
    "scrapy.downloadermiddlewares.cookies.CookiesMiddleware": None,
    # Ours stands in its place.
    "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,
}
DOWNLOAD_HANDLERS = dict.fromkeys(("http", "https"), "newscrawl.fetching.bounded.BoundedHandler")
COOKIES_ENABLED = False
# What Scrapy does between engine and spider for crawls that follow links by themselves; ours ask for what the frontier
# hands out, and each of these takes its time for every response. (A long address would be left out without a word.)
SPIDER_MIDDLEWARES: dict[str, None] = dict.fromkeys(
    f"scrapy.spidermiddlewares.{name}Middleware"
    for name in ("httperror.HttpError", "urllength.UrlLength", "depth.Depth", "metacopy.MetaCopyDetection")
)
# The frontier never hands out an address twice; redirects and retries must not be filtered.
DUPEFILTER_CLASS = "scrapy.dupefilters.BaseDupeFilter"
# Every status reaches the spider, which keeps it as the reason.
HTTPERROR_ALLOW_ALL = True
REDIRECT_MAX_TIMES = 5
CONCURRENT_REQUESTS = 2
CONCURRENT_REQUESTS_PER_DOMAIN = 1
# Scrapy starts as many tasks for every response, whatever it yields: most give one item.
CONCURRENT_ITEMS = 4
DOWNLOAD_TIMEOUT = 20
DOWNLOAD_MAXSIZE = 20_000_000
DOWNLOAD_WARNSIZE = 0
DNS_TIMEOUT = 10
# Addresses are checked where they are resolved, and those very addresses are connected to.
TWISTED_DNS_RESOLVER = "newscrawl.fetching.guard.GuardedResolver"
# A proxy would resolve names by itself, behind the guard's back.
HTTPPROXY_ENABLED = False
ROBOTSTXT_OBEY = False
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,application/rss+xml;q=0.9,*/*;q=0.8",
}

# --- what is printed -------------------------------------------------------------------------------------------------
LOG_LEVEL = "INFO"
LOG_FORMATTER = "newscrawl.log.LogFormatter"
LOG_FORMAT = "%(asctime)s %(levelname)s [%(name)s] %(message)s"
STATS_DUMP = False
