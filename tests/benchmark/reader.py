"""How good and how dear is the reader? On public pages with gold answers, by their own scorer, peers side by side.

    python tests/benchmark/reader.py                  # body and metadata, and every page worse than trafilatura's
    python tests/benchmark/reader.py --ablation       # what each rule is worth: body F1 with it switched off
    python tests/benchmark/reader.py --cpu            # CPU time a page over trafilatura's, with --peers also theirs
    python tests/benchmark/reader.py --misses authors # every page whose field is wrong, with both answers

The pages are not part of the project: NEWSCRAWL_SHARED names the folder that holds them.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.util import find_spec
from multiprocessing import Pool
from pathlib import Path
from typing import Any

from newscrawl.item import Evidence

TOP = Path(__file__).parents[2]
PAGES = Path(os.environ.get("NEWSCRAWL_SHARED", TOP.parent / "shared")) / "pages"
SETS = ("aeb", "fundus", "wcxb")
RULES = (
    "locked-notes", "recall", "dense", "next-articles", "sign-ups", "labelled-links", "bold-headings", "channels", "labelled-link", "comment-form",
    "layout", "hidden", "named-boxes", "link-blocks", "cards", "captions", "script", "cut-off", "headings", "headline",
    "call-to-action", "consent", "picture-credit", "copyright", "promotion", "contact", "notice", "tags", "byline",
    "author-box", "repeated", "live-blog", "trailing-heading", "standfirst",
)  # fmt: skip
#: Rules that leave no evidence of their own.
SILENT = frozenset({"layout", "dense"})
WORSE = 0.10
Reader = Callable[[str, str], dict[str, Any]]


def ours(html: str, url: str, off: frozenset[str] = frozenset()) -> dict[str, Any]:
    """Read one page in the scorer's shape; a page that the reader refuses has no answer."""
    from newscrawl.item import Page
    from newscrawl.reading import NotAnArticle, extract

    page = Page(body=html.encode("utf-8", "replace"), url=url, fetched_at=datetime.now(UTC))
    trace: list[Evidence] = []
    try:
        found = extract(page, off=off, trace=trace)
    except NotAnArticle as refusal:
        return {"refused": refusal.reason, "fired": [*_fired(trace), "refused"]}
    return {
        "fired": _fired(trace),
        "title": found.title,
        "body": found.body,
        "summary": found.standfirst,
        "authors": [author.name for author in found.authors],
        "published": found.published_at,
        "language": found.language,
    }


def _fired(trace: list[Evidence]) -> list[str]:
    """Name the rules that took or gave something, as the evidence has them."""
    told = {"standfirst": "standfirst", "HTML in a script": "script", "live blog": "live-blog"}
    return [
        piece.where.removeprefix("rule ") if piece.where.startswith("rule ") else told.get(piece.where, piece.field)
        for piece in trace
    ]


def trafilatura(html: str, url: str) -> dict[str, Any]:
    """Give the engine's own answer, in default mode."""
    from trafilatura import bare_extraction

    found: Any = bare_extraction(html, url=url, with_metadata=True, include_comments=False)
    if found is None:
        return {}
    return {"title": found.title, "body": found.text, "authors": found.author, "published": found.date}


def newspaper(html: str, url: str) -> dict[str, Any]:
    """Give newspaper4k's answer, with a configuration of its own for each page."""
    import newspaper as package

    article = package.Article(url, config=package.Config())
    article.download(input_html=html)
    article.parse()
    return {"title": article.title, "body": article.text, "authors": article.authors}


def newsplease(html: str, url: str) -> dict[str, Any]:
    """Give news-please's answer."""
    from newsplease import NewsPlease

    article = NewsPlease.from_html(html, url=url)
    return {"title": article.title, "body": article.maintext, "authors": article.authors}


PEERS: dict[str, tuple[str, Reader]] = {
    "newspaper4k": ("newspaper", newspaper),
    "news-please": ("newsplease", newsplease),
}


def load(name: str) -> list[Any]:
    """Read one set's pages."""
    import corpora  # type: ignore[import-not-found]

    return list(corpora.unpack(PAGES / f"{name}.dev.jsonl.gz"))


def _score(job: tuple[str, Any, str]) -> dict[str, Any]:
    import evaluate  # type: ignore[import-not-found]

    reader, page, off = job
    read: dict[str, Reader] = {"trafilatura": trafilatura} | {name: peer for name, (_, peer) in PEERS.items()}
    try:
        found = (
            ours(page.html, page.url, frozenset(off.split())) if reader == "ours" else read[reader](page.html, page.url)
        )
    except Exception as error:  # a peer's crash is a result
        if reader == "ours":
            raise
        found = {"error": str(error)}
    return {"key": page.key, "found": found, "ms": 0, "error": None, "scores": evaluate.score_page(page, found)}


def run(pool: Any, reader: str, pages: list[Any], off: str = "") -> tuple[list[dict[str, Any]], dict[str, float]]:
    """Read and score a set's pages; give the rows and the scorer's totals."""
    import evaluate

    rows = pool.map(_score, [(reader, page, off) for page in pages], chunksize=8)
    return rows, evaluate.summarise(rows, [row["scores"] for row in rows])


def installed() -> list[str]:
    """Name the peers that can be measured here."""
    return [name for name, (module, _) in PEERS.items() if find_spec(module)]


def compare(pool: Any, names: list[str], peers: list[str]) -> None:
    """Print body and metadata of every reader, and the pages where ours has a body worse than trafilatura's."""
    fields = ("f1", "precision", "recall", "page_f1", "title", "day", "minute", "authors", "language")
    print(f"{'set':8}{'reader':14}" + "".join(f"{field:>11}" for field in fields))
    worse = []
    for name in names:
        pages, kept = load(name), {}
        for reader in ("trafilatura", *peers, "ours"):
            rows, total = run(pool, reader, pages)
            kept[reader] = {row["key"]: row["scores"]["overlap"].f1 for row in rows}
            print(
                f"{name:8}{reader:14}" + "".join(f"{total.get(one, float('nan')):11.4f}" for one in fields), flush=True
            )
        for key, value in kept["ours"].items():
            if value < kept["trafilatura"][key] - WORSE:
                worse.append(f"{name} {key}: {value:.3f}, trafilatura {kept['trafilatura'][key]:.3f}")
    print(f"pages with a body worse than trafilatura's by more than {WORSE:.2f}: {len(worse)}", *worse, sep="\n  ")


def ablate(pool: Any, names: list[str]) -> None:
    """Print body F1 with each rule switched off alone, as a table for the docs.

    Only the pages on which the rule did something are read again; those of the rules in SILENT all are.
    """
    import evaluate

    sets = {name: load(name) for name in names}
    print("| rule off | " + " | ".join(names) + " |\n| --- |" + " --- |" * len(names))
    whole = {name: run(pool, "ours", pages) for name, pages in sets.items()}
    print("| none | " + " | ".join(f"{whole[name][1]['f1']:.4f}" for name in names) + " |", flush=True)
    for rule in RULES:
        changes = []
        for name, pages in sets.items():
            rows, total = whole[name]
            touched = {row["key"] for row in rows if rule in SILENT or {rule, "refused"} & set(row["found"]["fired"])}
            again = {row["key"]: row for row in run_some(pool, [page for page in pages if page.key in touched], rule)}
            mixed = [again.get(row["key"], row) for row in rows]
            changes.append(evaluate.summarise(mixed, [row["scores"] for row in mixed])["f1"] - total["f1"])
        print(f"| `{rule}` | " + " | ".join(f"{one:+.4f}" for one in changes) + " |", flush=True)


def run_some(pool: Any, pages: list[Any], off: str) -> list[dict[str, Any]]:
    """Read and score some pages with a rule switched off."""
    return list(pool.map(_score, [("ours", page, off) for page in pages], chunksize=4))


def cost(names: list[str], peers: list[str], repeat: int) -> None:
    """Print CPU milliseconds a page, the least of some runs that alternate between the readers, and their ratio."""
    readers: dict[str, Reader] = {"trafilatura": trafilatura, "ours": ours}
    readers |= {name: PEERS[name][1] for name in peers}
    for name in names:
        pages, spent = load(name), dict.fromkeys(readers, 0.0)
        for page in pages[:2]:
            for read in readers.values():
                read(page.html, page.url)
        for page in pages:
            least = dict.fromkeys(readers, float("inf"))
            for _ in range(repeat):
                for reader, read in readers.items():
                    start = time.process_time()
                    try:
                        read(page.html, page.url)
                    except Exception:
                        if reader == "ours":
                            raise
                    least[reader] = min(least[reader], time.process_time() - start)
            for reader, seconds in least.items():
                spent[reader] += seconds
        for reader, seconds in spent.items():
            ratio = seconds / spent["trafilatura"]
            print(
                f"{name:8}{reader:14}{seconds * 1000 / len(pages):8.1f} ms a page {ratio:6.2f} x trafilatura",
                flush=True,
            )


def misses(pool: Any, names: list[str], field: str) -> None:
    """Print every page whose field the scorer counts as not wholly right."""
    for name in names:
        pages = load(name)
        gold = {page.key: page.gold for page in pages}
        shown = {"day": "published", "minute": "published"}.get(field, field)
        for row in run(pool, "ours", pages)[0]:
            if float(row["scores"].get(field, 1)) < 1:
                print(f"{name} {row['key']}\n    {row['found'].get(shown)}\n    {getattr(gold[row['key']], shown)}")


def main() -> None:
    """Measure, or say what is missing."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="*", metavar="SET", help=f"some of {' '.join(SETS)}; without, all")
    parser.add_argument("--ablation", action="store_true")
    parser.add_argument("--cpu", action="store_true")
    parser.add_argument("--repeat", type=int, default=3, help="runs a page with --cpu; the least counts")
    parser.add_argument("--peers", action="store_true", help="also newspaper4k and news-please, if installed (slow)")
    parser.add_argument("--misses", metavar="FIELD", help="title, day, minute, authors or language")
    args = parser.parse_args()
    logging.disable(logging.CRITICAL)
    if not (PAGES / "evaluate.py").exists():
        print(f"skipped: no pages at {PAGES}; set NEWSCRAWL_SHARED")
        return
    peers = installed() if args.peers else []
    sys.dont_write_bytecode = True
    sys.path.insert(0, str(PAGES))
    if args.cpu:
        cost(args.sets or ["aeb", "fundus"], peers, args.repeat)
        return
    with Pool() as pool:
        if args.ablation:
            ablate(pool, args.sets or list(SETS))
        elif args.misses:
            misses(pool, args.sets or ["fundus"], args.misses)
        else:
            compare(pool, args.sets or list(SETS), peers)


if __name__ == "__main__":
    main()
