"""Titles, bylines and dates, each by the evidence that decides."""

from datetime import UTC, datetime

import pytest
from lxml import html

from newscrawl.item import Evidence, Page
from newscrawl.outlet import Outlet
from newscrawl.reading import extract
from newscrawl.reading.agency import find
from newscrawl.reading.bylines import Given, read
from newscrawl.reading.metadata import Metadata, read_metadata

AT = datetime(2026, 11, 25, 12, tzinfo=UTC)
TEXT = "<p>The bridge over the river opened again on Friday after four months of repairs, the city's engineer said at noon.</p>"


def metadata(body: str, head: str = "", trace: list[Evidence] | None = None, lang: str = "en") -> Metadata:
    tree = html.document_fromstring(f"<html lang='{lang}'><head>{head}</head><body>{body}{TEXT * 2}</body></html>")
    return read_metadata(tree, url="https://www.paper.example/bridge", fetched_at=AT, trace=trace)


def linked(**article: str) -> str:
    fields = ",".join(f'"{name}":{value}' for name, value in article.items())
    return f'<script type="application/ld+json">{{"@type":"NewsArticle",{fields}}}</script>'


def titled(shared: str, page: str) -> str:
    return f'<title>{page}</title><meta property="og:title" content="{shared}">'


def test_an_h1_in_a_trail_of_links_is_no_headline() -> None:
    """Where h1 only ends a breadcrumb, the declared headline that the article shows is taken, under its kicker too."""
    trail = "<nav><ol class='breadcrumb'><li><a href='/'>Home</a></li><li><h1>Bridge reopened: all dates</h1></li></ol></nav>"
    shown = "<article><h2><span>River</span> <span>Back over the water</span></h2>"
    head = titled("Back over the water", "Bridge reopened: all dates") + linked(headline='"Bridge reopened: all dates"')
    assert metadata(trail + shown, head).title == "Back over the water"


def test_three_against_json_ld() -> None:
    """What h1, og:title and title agree on goes before a JSON-LD headline that none of them has."""
    head = titled("River: Back over the water", "River: Back over the water - The Valley Paper") + linked(
        headline='"Read the whole story of the bridge"'
    )
    assert metadata("<h1>River: Back over the water</h1>", head).title == "River: Back over the water"


def test_a_lone_h1_says_what_readers_see() -> None:
    """Without JSON-LD an h1 that shares the declared title's words is the headline; a slogan is not."""
    head = titled("Bridge over the river opened: dates", "Bridge over the river opened: dates")
    assert (
        metadata("<h1>The bridge over the river has opened</h1>", head).title == "The bridge over the river has opened"
    )
    assert metadata("<h1>Welcome, dear readers</h1>", head).title == "Bridge over the river opened: dates"


def test_the_host_tells_the_site_s_name() -> None:
    """A name behind a dash that the host spells too is cut off; a second half of the headline is not."""
    assert metadata("", "<title>Bridge opened - Paper</title>").title == "Bridge opened"
    assert metadata("", "<title>Bridge opened - and closed</title>").title == "Bridge opened - and closed"


@pytest.mark.parametrize(
    ("given", "people", "organizations", "credits"),
    [
        (Given("By Rima Saleh and Reuters"), ["Rima Saleh"], [], ["Reuters"]),
        (Given("Le Nord et AFP", "Person"), [], ["Le Nord"], ["Agence France-Presse"]),
        (Given("Rima Saleh avec AFP"), ["Rima Saleh"], [], ["Agence France-Presse"]),
        (Given("Felix Maar und Jo Berg, dpa", "Person"), ["Felix Maar", "Jo Berg"], [], ["dpa"]),
        (Given("Rima Saleh (AFP)"), ["Rima Saleh"], [], ["Agence France-Presse"]),
        (Given("Von dpa"), [], [], ["dpa"]),
        (Given("وكالات"), [], [], []),
        (Given("Staff Writer"), [], [], []),
        (Given("Redaktion"), [], [], []),
        (Given("Gear Team", "Person"), [], ["Gear Team"], []),
        (Given("Center for Research and Training", "Organization"), [], ["Center for Research and Training"], []),
        (Given("Rima Saleh; (Image: Getty Images/iStockphoto)"), ["Rima Saleh"], [], []),
        (Given("박준석 기자 외 1명"), ["박준석"], [], []),
        (Given("Robert De Niro"), ["Robert De Niro"], [], []),
        (Given("Von Storch", "Person"), ["Von Storch"], [], []),
        (Given("https://www.example.com/someone"), [], [], []),
        (Given("@paper"), [], [], []),
    ],
)
def test_bylines(given: Given, people: list[str], organizations: list[str], credits: list[str]) -> None:
    """People, organisations and agencies are told apart, alone and joined; desks and pictures name nobody."""
    authors, credited = read([given], is_own=lambda name: name == "Le Nord", declared=True)
    assert [author.name for author in authors if author.kind == "person"] == people
    assert [author.name for author in authors if author.kind == "organization"] == organizations
    assert credited == credits


def test_a_page_s_text_declares_no_organisation() -> None:
    """The outlet's name in JSON-LD is an organisation as author; the same name in a visible byline is none."""
    site = '<meta property="og:site_name" content="The Valley Paper">'
    declared = metadata("", site + linked(author='{"@type":"Person","name":"The Valley Paper"}'))
    assert [(author.name, author.kind) for author in declared.authors] == [("The Valley Paper", "organization")]
    assert metadata("<h1>Bridge</h1><p class='byline'>By The Valley Paper</p>", site).authors == ()


def test_a_paper_s_own_name_is_a_credit_only_where_the_seed_says_so() -> None:
    """What signs its own page is its publisher; another's page credits it, and so does an outlet that is an agency."""
    own = linked(author='{"@type":"Organization","name":"SANA"}', publisher='{"@type":"Organization","name":"SANA"}')
    other = linked(author='{"@type":"Organization","name":"SANA"}', publisher='{"@type":"Organization","name":"Paper"}')
    seed = Outlet(
        id="sana", country="SY", name="SANA", homepage="https://www.paper.example/", languages=("en",), timezone="UTC",
        agency=find("SANA"),
    )  # fmt: skip
    page = html.document_fromstring(f"<html lang='en'><head>{own}</head><body>{TEXT * 2}</body></html>")
    agency = read_metadata(page, url="https://www.paper.example/bridge", fetched_at=AT, outlet=seed)
    assert ([author.name for author in metadata("", own).authors], list(metadata("", own).credits)) == (["SANA"], [])
    assert (list(metadata("", other).authors), list(metadata("", other).credits)) == ([], [find("SANA")])
    assert (list(agency.authors), list(agency.credits)) == ([], [find("SANA")])


def test_names_in_bold_above_the_text() -> None:
    """Names alone in bold above the first paragraph are the byline where the page's data name only the outlet."""
    site = '<meta property="og:site_name" content="The Valley Paper"><meta name="author" content="The Valley Paper">'
    found = metadata("<h1>Bridge</h1><p><strong>Rima Saleh/Omar Haddad</strong></p>", site)
    assert [author.name for author in found.authors] == ["Rima Saleh", "Omar Haddad"]
    assert metadata("<h1>Bridge</h1><p><strong>Open at last</strong></p>", "").authors == ()


def test_comments_have_other_authors() -> None:
    """Who comments below an article did not write it."""
    assert (
        metadata("<div class='comments'><p class='comment-author'><a rel='author'>Omar Haddad</a></p></div>").authors
        == ()
    )


def test_an_update_is_no_publication() -> None:
    """The date under "Updated" is the modification; where it is all that readers are shown, it is both."""
    both = metadata("<h1>Bridge</h1><p class='date'>Published 3 May 2026</p><p class='date'>Updated 9 May 2026</p>")
    assert both.published is not None
    assert both.modified is not None
    assert (both.published.at.day, both.modified.at.day) == (3, 9)
    lone = metadata("<h1>Bridge</h1><p class='date'>Updated 9 May 2026</p>")
    assert lone.published == lone.modified is not None
    assert metadata("<h1>Bridge</h1>", '<meta property="article:modified_time" content="2026-05-09">').published is None


def test_other_stories_dates_are_not_believed() -> None:
    """Of dates that disagree the one by the headline is taken, and without a headline none."""
    cards = "<div><span class='date'>1 May 2026</span></div><div><span class='date'>20 May 2026</span></div>"
    found = metadata(f"{cards}<h1>Bridge</h1><p>11 May 2026</p>")
    assert found.published is not None
    assert found.published.at.day == 11
    assert {claim.at.day for claim in found.date_conflicts} == {1, 20}
    assert metadata("<p>1 May 2026</p><p>20 May 2026</p>").published is None


@pytest.mark.parametrize(
    ("declared", "text", "language"),
    [
        ("en", "नगर निगम ने शुक्रवार को कहा कि नदी पर बना पुल चार महीने के बाद फिर से खुल गया है और बसें सोमवार से चलेंगी।", "hi"),
        ("en", "নগর কর্তৃপক্ষ জানিয়েছে যে এই সেতু চার মাস পরে আবার খুলে দেওয়া হয়েছে এবং এই সেতু দিয়ে বাস চলবে, তার জন্য কাজ করা হয়েছে", "bn"),
        ("ar", "شارەوانی ڕۆژی هەینی ڕایگەیاند کە پردەکەی سەر ڕووبارەکە دوای چوار مانگ کراوەتەوە و پاسەکان بەکاری دەهێنن.", "ckb"),
        ("ar", "شهرداری روز جمعه گفت که پل روی رودخانه پس از چهار ماه دوباره باز شده است و اتوبوس‌ها از دوشنبه از آن استفاده می‌کنند.", "fa"),
        ("en", "Şaredariyê roja înê got ku pira li ser çemî piştî çar mehan ji nû ve vebûye û otobus dê ji duşemê ve li ser wê bimeşin.", "kmr"),
        ("tr", "Şaredariyê roja înê got ku pira li ser çemî piştî çar mehan ji nû ve vebûye û otobus dê ji duşemê ve li ser wê bimeşin.", "kmr"),
    ],
)  # fmt: skip
def test_the_text_decides_over_a_wrong_declaration(declared: str, text: str, language: str) -> None:
    """Templates declare the theme's language; the text's own script and words tell the article's."""
    tree = html.document_fromstring(f"<html lang='{declared}'><body><h1>{text[:30]}</h1><p>{text}</p></body></html>")
    assert read_metadata(tree, url="https://paper.example/bridge", fetched_at=AT).language == language


@pytest.mark.parametrize(("day", "taken"), [("Nov 20, 2026", True), ("Nov 30, 2026", False), ("Nov 20", False)])
def test_a_dateline_s_date_is_the_last_resort(day: str, taken: bool) -> None:
    """A page that states no date has its dateline's, if that has a year and is not in the future."""
    text = f"<h1>Bridge opened</h1><p>RAJSHAHI, {day} (BSS) - The bridge over the river opened again after four months.</p>{TEXT * 3}"
    page = Page(
        f"<html lang='en'><body><article>{text}</article></body></html>".encode(), "https://paper.example/bridge", AT
    )
    found = extract(page)
    assert (found.published_source, found.published_zone) == (("dateline", "assumed") if taken else (None, None))
    assert (found.published_at == datetime(2026, 11, 20, tzinfo=UTC)) is taken


@pytest.mark.parametrize("raw", ["0001-01-01T00:00:00Z", "9999-12-31T00:00:00Z", "2026-11-27T13:00:00Z", "2 hours ago"])
def test_impossible_dates_are_dropped(raw: str) -> None:
    """Year 1, year 9999, the day after tomorrow and words relative to a clock give no date."""
    assert metadata("", linked(datePublished=f'"{raw}"')).published is None
