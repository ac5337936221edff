"""The reader on pages of our own making: whole bodies, every field, refusals with a reason, and no surprise for any bytes."""

import os
import random
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawl.item import Evidence, Page
from newscrawl.outlet import Outlet
from newscrawl.reading import NotAnArticle, extract
from newscrawl.reading.blocks import fingerprint

NOW = datetime(2026, 11, 23, tzinfo=UTC)
ROOT = Path(__file__).parents[2]
SEED = Path(os.environ.get("NEWSCRAWL_SHARED", ROOT.parent / "shared")) / "seed" / "north-press-idlib.txt"
OUTLET = Outlet(
    id="demo",
    country="SY",
    name="Demo Press",
    homepage="https://demo.example/",
    languages=("en", "ar", "fa", "kmr"),
    timezone="Asia/Damascus",
)
PARAGRAPHS = [
    "TARTUS, Syria (North Press) – Fishermen returned to the harbour on Sunday after a week of high waves, the port authority said.",
    "About forty boats had been waiting behind the breakwater, and two of them were damaged when their moorings broke.",
    "Prices of fish at the morning market fell by a third, sellers told reporters who visited the hall.",
    "The authority plans to lengthen the breakwater next year, if the governorate finds the money for the stone.",
]


def page(
    body: str,
    *,
    head: str = "",
    title: str = "Fishermen return to Tartus harbour",
    lang: str = "en",
    url: str = "https://demo.example/2026/11/a",
) -> Page:
    """A page that looks like an outlet's: navigation, share bar, related links, newsletter, footer."""
    text = f"""<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>{title} - Demo Press</title>
<meta property="og:site_name" content="Demo Press">{head}</head><body>
<nav class="main-nav"><ul><li><a href="/">Home</a></li><li><a href="/politics">Politics</a></li></ul></nav>
<main><article class="single-post"><h1>{title}</h1>
<div class="share-buttons"><a href="#">Share</a><a href="#">Tweet</a></div>
<div class="entry-content">{body}</div>
<div class="newsletter-box"><p>Sign up for our newsletter and never miss a story from the coast again.</p></div>
<div class="related-posts"><h3>Related</h3><ul><li><a href="/2026/10/b">Storm closes the harbour for a third day in a row</a></li></ul></div>
</article></main><footer><p>© 2026 Demo Press. All rights reserved.</p></footer></body></html>"""
    return Page(text.encode(), url, NOW, "text/html; charset=utf-8")


BODY = "".join(
    f"<p>{text}</p>" + ("<h2>Two boats damaged</h2>" if number == 0 else "") for number, text in enumerate(PARAGRAPHS)
)


def test_the_whole_body_and_nothing_else() -> None:
    """Every paragraph and sub-heading, in order, each once; no navigation, share bar, newsletter, related link or footer."""
    article = extract(page(BODY), OUTLET)
    assert [block.text for block in article.blocks] == [PARAGRAPHS[0], "Two boats damaged", *PARAGRAPHS[1:]]
    assert [block.kind for block in article.blocks] == ["paragraph", "heading", "paragraph", "paragraph", "paragraph"]
    assert article.body == "\n".join(block.text for block in article.blocks)
    assert article.title == "Fishermen return to Tartus harbour"


def test_the_dateline_is_recorded_and_the_text_keeps_its_words() -> None:
    """The first sentence stays whole, and the dateline's span points into the body."""
    article = extract(page(BODY), OUTLET)
    assert article.dateline is not None
    assert (article.dateline.place, article.dateline.country, article.dateline.agency) == (
        "Tartus",
        "SY",
        "North Press",
    )
    assert article.body[slice(*article.dateline.span)] == article.dateline.raw
    assert article.body.startswith(PARAGRAPHS[0])


def test_a_dateline_of_the_page_s_data() -> None:
    """schema.org's dateline is read where the text has none, and its agency stays beside the credit."""
    head = """<script type="application/ld+json">{"@type":"NewsArticle","headline":"Fishermen return to Tartus harbour",
"dateline":"TRIPOLI, Lebanon (Reuters)","sourceOrganization":{"@type":"NewsMediaOrganization","name":"Agence France-Presse"}}</script>"""
    text = BODY.replace("TARTUS, Syria (North Press) – ", "")
    article = extract(page(text, head=head), OUTLET)
    assert article.dateline is not None
    assert (article.dateline.place, article.dateline.country, article.dateline.agency) == ("Tripoli", "LB", "Reuters")
    assert (article.dateline.raw, article.dateline.span) == ("TRIPOLI, Lebanon (Reuters)", (0, 0))
    assert article.credit == "Agence France-Presse"
    said = extract(page(BODY, head=head), OUTLET).dateline
    assert said is not None
    assert said.place == "Tartus"


def test_the_seed_article_is_read_whole() -> None:
    """The text that this project began with: three sub-headings and every paragraph, each once, and Idlib / SY / North Press."""
    if not SEED.exists():
        pytest.skip("the seed article is not here")
    lines = [line.strip() for line in SEED.read_text(encoding="utf-8").splitlines() if line.strip()]
    start = next(number for number, line in enumerate(lines) if line.startswith("IDLIB"))
    title, text = lines[start - 1], lines[start:]
    heads = {line for line in text if len(line) < 80 and not line.endswith((".", "”", '"', ":", "!", "?"))}
    body = "".join(f"<h3>{line}</h3>" if line in heads else f"<p>{line}</p>" for line in text)
    article = extract(page(body, title=title), None)
    assert len(heads) == 3
    assert [block.text for block in article.blocks] == [" ".join(line.split()) for line in text]
    assert {block.text for block in article.blocks if block.kind == "heading"} == heads
    assert article.title == title
    assert article.dateline is not None
    assert (article.dateline.place, article.dateline.country, article.dateline.agency) == ("Idlib", "SY", "North Press")


HEAD = """<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle","headline":"Fishermen return to Tartus harbour",
"datePublished":"2026-11-22T09:15:00+03:00","dateModified":"2026-11-22T12:00:00+03:00","author":[{"@type":"Person","name":"Rima Saleh"},
{"@type":"Organization","name":"Reuters"}],"articleSection":"Coast","keywords":["harbour","fish"],"inLanguage":"en","isAccessibleForFree":false,}</script>
<link rel="canonical" href="https://demo.example/a">"""


def test_every_field_of_structured_data() -> None:
    """Dates in UTC with source and zone, people as authors, agencies as credits; a trailing comma in the JSON is forgiven."""
    article = extract(page(BODY, head=HEAD), OUTLET)
    assert article.published_at == datetime(2026, 11, 22, 6, 15, tzinfo=UTC)
    assert (article.published_source, article.published_zone) == ("json-ld", "stated")
    assert article.modified_at == datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
    assert [author.name for author in article.authors] == ["Rima Saleh"]
    assert article.credit == "Reuters"
    assert (article.section, article.tags, article.language) == ("Coast", ("harbour", "fish"), "en")
    assert article.canonical_url == "https://demo.example/a"
    assert article.paywalled


@pytest.mark.parametrize("date", ["2027-06-01T00:00:00Z", "0001-01-01T00:00:00Z", "9999-12-31", "soon", ""])
def test_impossible_dates_are_none(date: str) -> None:
    """A date in the future, in year 1 or 9999, or none at all gives none: never the day of the crawl."""
    article = extract(
        page(BODY, head=f'<meta property="article:published_time" content="{date}">', url="https://demo.example/a"),
        OUTLET,
    )
    assert article.published_at is None


def test_sources_that_disagree_are_kept() -> None:
    """Two sources days apart: the more trusted one is taken, the other is kept as a conflict."""
    head = HEAD + '<meta property="article:published_time" content="2026-11-01T00:00:00Z">'
    article = extract(page(BODY, head=head), OUTLET)
    assert article.published_source == "json-ld"
    assert [claim.source for claim in article.date_conflicts][:1] == ["meta"]


def test_joiners_survive() -> None:
    """U+200C, which Persian words are spelled with, stays in title and body; controls and NUL don't."""
    word = "می‌شود"
    body = "".join(
        f"<p>وزارت آموزش اعلام کرد که برنامهٔ تازه از هفتهٔ آینده آغاز {word} و همهٔ مدارس شهر را در بر می‌گیرد {n}.\x00\x07</p>"
        for n in range(4)
    )
    article = extract(page(body, title=f"برنامه آغاز {word}", lang="fa"), OUTLET)
    assert article.body.count(word) == 4
    assert word in article.title
    assert "\x00" not in article.body


def test_a_brief_of_two_sentences_is_kept() -> None:
    """A short brief is an article, too."""
    article = extract(
        page("<p>The ferry to Arwad was cancelled on Monday because of fog. It sails again on Tuesday.</p>"), OUTLET
    )
    assert article.body.startswith("The ferry to Arwad")


@pytest.mark.parametrize(
    ("made", "reason"),
    [
        (Page(b"", "https://demo.example/x", NOW), "empty"),
        (Page(b"\x89PNG\r\n\x1a\n" + bytes(100), "https://demo.example/x", NOW, "text/html"), "binary"),
        (Page(b"%PDF-1.7", "https://demo.example/x", NOW), "binary"),
        (Page(b"<p>x</p>", "https://demo.example/x", NOW, "image/jpeg"), "binary"),
        (page("<p>Sorry, the page you are looking for could not be found.</p>", title="Page not found"), "soft-404"),
        (page("<p>Die Brücke ist nach der Sanierung wieder offen, wie die Stadt mit den Behörden für den Verkehr am Montag sagte. Das ist nicht mehr als eine Probe.</p>" * 2), "wrong-language"),
        (Page(b"<p>" * 200_000, "https://demo.example/x", NOW, "text/html"), "too-large"),
        (page("<div " + " ".join(f"a{n}" for n in range(200_000)) + ">" + BODY), "too-large"),
        (page(("<div " + "a=1 " * 1_900 + ">x</div>") * 300 + BODY), "too-large"),
        (page(("<div>" * 240 + "<p>x</p>" + "</div>" * 240) * 100 + BODY), "too-large"),
        (page("<p>Something went wrong. Please try again later.</p>", title="Error"), "error-page"),
        (Page(b"x" * 11_000_000, "https://demo.example/x", NOW, "text/html"), "too-large"),
    ],
    ids=["empty", "image", "pdf", "image type", "soft 404", "German", "200,000 elements", "bare attributes", "attributes", "deep", "error", "11 MB"],
)  # fmt: skip
def test_what_is_no_article_says_why(made: Page, reason: str) -> None:
    """A page that is no article raises with its reason."""
    with pytest.raises(NotAnArticle) as refused:
        extract(made, OUTLET)
    assert refused.value.reason == reason


@pytest.mark.parametrize(
    "body",
    [
        "<p>" + "<b>" * 240 + PARAGRAPHS[0],
        BODY + '<script>var a = "' + '\\"x' * 100_000 + "</script>",
        BODY + "<script>" * 5_000,
    ],
    ids=["nested", "endless string", "endless scripts"],
)
def test_endless_and_nested_markup_is_read(body: str) -> None:
    """Elements as deep as the parser lets them be, and strings and scripts that nothing closes, cost no text and little time."""
    assert PARAGRAPHS[0] in extract(page(body), OUTLET).body


def test_a_part_is_not_taken_for_the_whole() -> None:
    """Where boxes of their own hold most paragraphs of an article, all of them are read."""
    sections = "".join(
        f"<div class='w{n}'><section class='y{n}'><p>{text} {text}</p></section></div>"
        for n, text in enumerate(PARAGRAPHS * 3)
    )
    assert all(text in extract(page(BODY + sections), OUTLET).body for text in PARAGRAPHS)


def test_furniture_is_left_out_and_told() -> None:
    """A block that the outlet repeats is left out when the reader is told, and why() shows it; no other paragraph is lost."""
    boiler = "Demo Press is an independent newsroom on the coast, funded by its readers since 2011."
    made = page(BODY + f"<p>{boiler}</p>")
    assert boiler in extract(made, OUTLET).body
    trace: list[Evidence] = []
    article = extract(made, OUTLET, furniture=frozenset({fingerprint(boiler)}), trace=trace)
    assert boiler not in article.body
    assert all(text in article.body for text in PARAGRAPHS)
    assert any(piece.found == boiler and piece.where == "rule furniture" for piece in trace)


def test_a_selector_decides() -> None:
    """What a seed selects is taken, with its evidence."""
    rules = OUTLET.article.model_copy(
        update={"selectors": OUTLET.article.selectors.model_copy(update={"title": "h3", "remove": ("h2",)})}
    )
    article = extract(page(BODY + "<h3>Another title</h3>"), OUTLET.model_copy(update={"article": rules}))
    assert article.title == "Another title"
    assert "Two boats damaged" not in article.body


@pytest.mark.parametrize(
    "body",
    [
        "<div>" + "".join(f"<div><h3><a href='/a/{n}'>{PARAGRAPHS[2][:50]} {n}</a></h3></div>" for n in range(4_000)) + "</div>",
        "<div>" * 60 + f"<span>10:00</span><p>{PARAGRAPHS[1]}</p>" * 3_000 + "</div>" * 60,
        "<div>" + f"<div><p>{PARAGRAPHS[1]}</p><input type=email></div>" * 3_000 + "</div>",
    ],
    ids=["cards", "clocks", "sign-ups"],
)  # fmt: skip
def test_thousands_of_boxes_cost_no_square(body: str) -> None:
    """Rules that compare a box with those around it take a page of thousands of boxes within seconds."""
    start = process_time()
    with suppress(NotAnArticle):
        extract(page(BODY + body), OUTLET)
    assert process_time() - start < 10


@given(st.binary(max_size=400))
@settings(max_examples=60, deadline=None)
def test_any_bytes(body: bytes) -> None:
    """Any bytes give an article or NotAnArticle, and nothing else."""
    try:
        article = extract(Page(body, "https://demo.example/x", NOW, "text/html"), OUTLET)
    except NotAnArticle:
        return
    assert article.body


@given(st.integers(0, 10_000))
@settings(max_examples=40, deadline=None)
def test_mutated_pages(seed: int) -> None:
    """A page with pieces cut, doubled and shuffled gives an article or NotAnArticle, and nothing else."""
    chance, whole = random.Random(seed), bytearray(page(BODY, head=HEAD).body)
    for _ in range(chance.randint(1, 12)):
        start = chance.randrange(len(whole))
        piece = whole[start : start + chance.randint(1, 300)]
        del whole[start : start + len(piece)]
        if chance.random() < 0.7:
            where = chance.randrange(len(whole) or 1)
            whole[where:where] = bytes(piece) * chance.randint(1, 3)
    try:
        article = extract(replace(page(BODY), body=bytes(whole)), OUTLET)
    except NotAnArticle:
        return
    assert article.body
    assert article.title
