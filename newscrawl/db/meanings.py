"""What each column means, for the schema's page and for Datasette."""

from __future__ import annotations

#: What a view's column means, where its name leaves a question.
COLUMNS = {
    "agency": "canonical name: the dateline's, else the credit's",
    "articles": "number of articles", "authors": "names of people, '; ' between", "body": "plain text, one block a line",
    "blocked": "refusals (401, 403, 429, 451) that day", "capture_id": "the archived page that the text was read from",
    "cause": "outlet (the page changed) or reader (the same page read anew)", "content_hash": "SHA-256 of the normalised title and body",
    "copies": "articles that are not their story's original", "copy_agency": "agency named by the copy", "country": "ISO 3166-1 alpha-2",
    "credit": "agency that a byline, structured data or a sign-off credits", "dated": "share with a publication date, 0 to 1",
    "datelined": "share with a dateline, 0 to 1", "authored": "share with an author, 0 to 1", "with_agency": "share with an agency, 0 to 1",
    "dateline": "as written", "dateline_country": "ISO 3166-1 alpha-2", "dateline_date": "YYYY-MM-DD, or --MM-DD without a year",
    "dateline_lat": "degrees, WGS 84", "dateline_lon": "degrees, WGS 84", "dateline_place": "canonical name of the first place",
    "day": "UTC day; of the publication where it is known, else of the first sight", "failed": "pages that failed", "found": "addresses seen for the first time",
    "first_seen_at": "when we first had it", "gone": "articles found gone", "gone_at": "when a second 404 or 410 proved it gone; the text is kept",
    "is_original": "1 for its story's original, 0 for a copy, null without a story", "lag_seconds": "copy's publication minus the original's, seconds",
    "language": "BCP 47", "last_seen_at": "when the outlet last served it", "lat": "degrees, WGS 84", "lon": "degrees, WGS 84",
    "least_similarity": "of its copies to the original, 0 to 1", "mean_words": "words an article", "n": "1, 2, ...", "outlet": "the outlet's id",
    "outlets": "number of outlets", "published_source": "json-ld, meta, time, feed, sitemap, url, dateline or text",
    "published_zone": "stated by the page, or assumed (the outlet's)", "reason": "why nothing was stored: not run, blocked, feed dead, reader failing, nothing new",
    "revision_count": "texts that it had so far", "runs": "crawls that day", "runs_ok": "crawls that reached the outlet", "seen_at": "when this text was fetched",
    "similarity": "estimated Jaccard similarity of three-word shingles, 0 to 1", "stored": "new articles", "stories": "different texts", "story_id": "null where nobody else carries the text",
    "week": "its Monday, UTC, by first sight", "word_count": "words; two characters a word in scripts without spaces",
}  # fmt: skip

#: Columns of tables and views whose meaning is the same wherever they stand.
COMMON = {
    "added_at": "when it was first known", "algorithm": "name and version; others are never compared", "arguments": "as given to the command",
    "article_id": "the article", "at": "when", "band": "hash of four of the signature's 128 numbers", "blocked_7": "refusals (401, 403, 429, 451), last 7 days",
    "bytes": "received, compressed as sent", "canonical_key": "key of the page's own claim of its address", "canonical_url": "the page's own claim",
    "content_type": "the response's header", "copy_credit": "agency credited by the copy", "copy_id": "the copy's article", "copy_outlet": "the copy's outlet",
    "copy_title": "the copy's headline", "credit_raw": "as written", "data": "128 little-endian 32-bit numbers",
    "dateline_agency": "agency of the dateline alone, canonical name", "dateline_region": "region within the country", "days_28": "days known of the last 28",
    "days_7": "days known of the last 7", "days_run_28": "of the last 28 days, those with a crawl", "days_run_7": "of the last 7 days, those with a crawl",
    "detail": "in words", "dropped": "pages that were no article, or were refused by our own rules", "dropped_28": "the same, last 28 days",
    "dropped_7": "the same, last 7 days", "end_told_at": "when its end was alerted", "ended_at": "when it was over; null while it lasts",
    "etag": "validator of the last answer", "exit_code": "of the command", "failed_28": "pages that failed, last 28 days",
    "failed_7": "pages that failed, last 7 days", "failed_runs": "runs in a row that reached nothing", "fetched_at": "when the bytes came in",
    "fingerprint": "hash of the block's folded text", "finished_at": "when it ended", "first_published_at": "earliest publication in the story",
    "frontier_id": "its row of the frontier", "heartbeat_at": "last sign of life", "homepage": "address", "id": "number of the row",
    "interval_seconds": "pause between visits that its rhythm taught, seconds", "kind": "which sort", "last_checked_at": "when it was last asked for",
    "last_modified": "validator of the last answer", "last_new_at": "when it last gave something new", "last_ok_at": "when it last answered as it should",
    "last_published_at": "latest publication in the story", "last_run_at": "start of the last crawl", "last_success_at": "end of the last crawl that reached the outlet",
    "lease_until": "when the lease runs out", "made_at": "when it was made", "modified_at": "the last change that the page states", "modified_raw": "as written",
    "name": "as shown", "newscrawl_version": "that ran", "next_due_at": "when it is to be crawled next", "not_modified": "answers 304",
    "open_problems": "that last", "original_id": "the original's article", "original_outlet": "the original's outlet", "original_title": "the original's headline",
    "outlet_id": "the outlet", "outlet_name": "as shown", "owner": "host, boot, process and its start", "parked_reason": "why it is left alone",
    "parked_until": "the outlet asked to be left alone until then", "paywalled": "only a teaser was served", "place": "canonical name", "position": "1, 2, ...",
    "published_at": "UTC", "published_raw": "as written", "reader_version": "of the reader that read it", "region": "within the country", "requests": "sent",
    "revised": "articles that the outlet changed", "revised_7": "the same, last 7 days", "run_id": "the run", "section": "as the page names it",
    "seed_hash": "SHA-256 of the seed as read", "sources_failed": "feeds, sitemaps and sections that failed", "sources_ok": "feeds, sitemaps and sections that answered",
    "standfirst": "the summary under the headline", "start_told_at": "when its start was alerted", "started_at": "when it began", "status": "HTTP status",
    "stored_28": "new articles, last 28 days", "stored_7": "new articles, last 7 days", "tags": "as the page names them", "title": "headline",
    "unchanged": "fetched again and found the same", "url": "address after redirects, normalised", "url_key": "first 32 hex digits of the normalised address' SHA-256",
    "warc_length": "of the record, bytes", "warc_offset": "of the record in its file, bytes", "source_id": "what named it first",
}  # fmt: skip


def meaning(column: str, doc: str | None = None) -> str:
    """Give a column's meaning with its unit: its own, or that of its name; KeyError when nobody explained it."""
    return doc or COLUMNS.get(column) or COMMON[column]
