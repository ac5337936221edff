"""What a read article becomes in the tables: plain dictionaries of columns."""

from __future__ import annotations

from typing import Any

from newscrawl.item import Article
from newscrawl.visit import Visit


def revision(visit: Visit, article: Article, n: int) -> dict[str, Any]:
    """Give the columns of a revision, without its article."""
    assert visit.prints is not None
    dateline = article.dateline
    return {
        "n": n,
        "cause": visit.cause,
        "seen_at": visit.fetched_at,
        "run_id": visit.run_id,
        "capture_id": visit.capture_id,
        "reader_version": article.reader_version,
        "content_hash": visit.prints.content_hash,
        "title": article.title,
        "standfirst": article.standfirst,
        "body": article.body,
        "block_kinds": " ".join(block.kind for block in article.blocks),
        "authors": "; ".join(author.name for author in article.authors if author.kind == "person") or None,
        "published_at": article.published_at,
        "published_raw": article.published_raw,
        "published_source": article.published_source,
        "published_zone": article.published_zone,
        "date_conflicts": [[claim.source, claim.raw, claim.at.isoformat()] for claim in article.date_conflicts],
        "modified_at": article.modified_at,
        "modified_raw": article.modified_raw,
        "language": article.language,
        "dateline": dateline.raw if dateline else None,
        "dateline_place": dateline.place if dateline else None,
        "dateline_region": dateline.region if dateline else None,
        "dateline_country": dateline.country if dateline else None,
        "dateline_lat": dateline.lat if dateline else None,
        "dateline_lon": dateline.lon if dateline else None,
        "dateline_geonames": dateline.places[0].geonames_id if dateline and dateline.places else None,
        "dateline_places": [
            [place.name, place.country, place.lat, place.lon, place.geonames_id]
            for place in (dateline.places if dateline else ())
        ],
        "dateline_agency": dateline.agency if dateline else None,
        "dateline_date": dateline.date if dateline else None,
        "credit": article.credit,
        "credit_raw": article.credit_raw,
        "section": article.section,
        "tags": list(article.tags),
        "images": [[image.url, image.caption, image.credit] for image in article.images],
        "paywalled": article.paywalled,
        "word_count": visit.prints.word_count,
    }


#: Columns of the current revision that the article's own row repeats, so that queries need no join.
SHARED = (
    "title", "published_at", "published_source", "modified_at", "language", "dateline", "dateline_place",
    "dateline_country", "dateline_lat", "dateline_lon", "dateline_date", "credit", "section", "word_count",
    "content_hash",
)  # fmt: skip


def current(columns: dict[str, Any]) -> dict[str, Any]:
    """Give the article's columns that follow its newest revision."""
    return {name: columns[name] for name in SHARED} | {"agency": columns["dateline_agency"] or columns["credit"]}
