"""The reader's rooms one by one: cards, lines, cut-off texts, scripts, small print, recall, furniture."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from lxml import html

from newscrawl.item import Block, Evidence, Page
from newscrawl.reading import NotAnArticle, cards, cutoff, engine, extract, lines, scripted
from newscrawl.reading.blocks import fingerprint
from newscrawl.reading.prune import CAPS

AT = datetime(2026, 11, 20, 12, tzinfo=UTC)
URL = "https://paper.example/2026/11/bridge-opens"
SENTENCES = [
    "The bridge over the river opened again on Friday after four months of repairs, the city's engineer said.",
    "Buses will use it from Monday on, and lorries from the first week of December, when the second lane is done.",
    "The work cost a third less than planned because the old piers turned out to be sound, she told the council.",
    "Shopkeepers on the far bank had asked for an earlier date, since their customers had to go round by the mill.",
    "A footpath on the northern side will follow in the spring, with benches and a lamp every twenty metres.",
]


def page(body: str, head: str = "") -> Page:
    text = f"<!DOCTYPE html><html lang='en'><head><title>Bridge opens</title>{head}</head><body>{body}</body></html>"
    return Page(text.encode(), URL, AT, "text/html; charset=utf-8")


def article(inside: str) -> str:
    return f"<article><h1>Bridge opens</h1>{inside}</article>"


def paragraphs(sentences: list[str]) -> str:
    return "".join(f"<p>{sentence}</p>" for sentence in sentences)


def test_a_group_of_cards_is_found_and_a_list_of_facts_is_not() -> None:
    """Two boxes with a headline that lead to other pages are cards; a list whose lines carry no link is none."""
    tree = html.fromstring(
        "<div><div id='box'>"
        "<div><a href='/2026/11/mill'><h3>The mill will be a school of music</h3></a></div>"
        "<div><a href='/2026/11/ferry'><h3>Ferry line ends after ninety years</h3></a></div>"
        "</div><ul id='facts'><li>Length: 240 metres</li><li>Built: 1931</li></ul></div>"
    )
    assert [box.get("id") for box in cards.groups(tree, URL)] == ["box"]


def test_cards_between_paragraphs_are_not_the_text() -> None:
    """Related stories in the middle of a text go; the paragraphs around them stay."""
    box = (
        "<div class='x'><div><a href='/2026/11/mill'><h3>The mill will be a school of music</h3></a></div>"
        "<div><a href='/2026/11/ferry'><h3>Ferry line ends after ninety years</h3></a></div></div>"
    )
    found = extract(page(article(paragraphs(SENTENCES[:3]) + box + paragraphs(SENTENCES[3:]))))
    assert found.body.split("\n") == SENTENCES


@pytest.mark.parametrize(
    "line",
    ["Read more: The mill will be a school", "© 2026 The Paper. All rights reserved.", "Lesen Sie auch: Die Mühle"],
)
def test_lines_that_are_no_text(line: str) -> None:
    """Calls to action and copyright lines are left out, and the trace says by which rule."""
    trace: list[Evidence] = []
    found = extract(page(article(paragraphs([*SENTENCES, line]))), trace=trace)
    assert found.body.split("\n") == SENTENCES
    assert any(piece.found.startswith(line[:20]) and not piece.taken for piece in trace)


def test_lines_have_a_cap() -> None:
    """However many lines look like calls to action, most of the text stays."""
    found = extract(page(article(paragraphs([f"Read more: {sentence}" for sentence in SENTENCES * 3]))))
    assert len(found.blocks) >= 10


def test_a_cut_off_text_is_mended() -> None:
    """A paragraph between two kept ones that is built like them comes back; one in a sidebar does not."""
    tree = html.fromstring(
        f"<div><article>{paragraphs(SENTENCES)}</article><aside><p>{'Weather. ' * 12}</p></aside></div>"
    )
    kept = [Block("paragraph", sentence) for number, sentence in enumerate(SENTENCES) if number != 2]
    assert [block.text for block in cutoff.mend(tree, kept, [])] == SENTENCES


def test_a_text_in_a_script_is_read() -> None:
    """A page whose text lies in JSON, for a browser to put there, gives the same paragraphs."""
    held = json.dumps({"story": {"html": paragraphs(SENTENCES)}}).replace("</", "<\\/")
    blocks = scripted.read(f"<html><script type='application/json'>{held}</script></html>", [])
    assert [block.text for block in blocks] == SENTENCES


def test_a_script_without_text_gives_nothing() -> None:
    """Settings and tracking code are no article."""
    assert not scripted.read("<html><script>var a = {'p': '<p>Hello</p>'};</script></html>", [])


def test_furniture_goes_and_is_told() -> None:
    """A block known to return on the outlet's pages is left out, no paragraph with it, and the trace keeps it."""
    standing = "The Paper is made by a cooperative of its readers and appears every day but Sunday since 1952."
    trace: list[Evidence] = []
    source = page(article(paragraphs([*SENTENCES, standing])))
    assert standing in extract(source).body
    found = extract(source, furniture=frozenset({fingerprint(standing)}), trace=trace)
    assert found.body.split("\n") == SENTENCES
    assert any(piece.found == standing and not piece.taken for piece in trace)


@pytest.mark.parametrize(
    "body",
    [
        "<p>x</p>" * 200_000,
        f"<p {' '.join(f'a{number}=1' for number in range(200_000))}>x</p>",
        "<p>" + "word " * 200_000 + "</p>",
        "<div>" * 20_000 + "deep" + "</div>" * 20_000,
        "<script>" + "var a = {b: [1, 2, 3]};" * 130_000 + "</script><p>x</p>",
        "<table><tr><td>" * 3_000 + "<p>cell</p>",
        "<b><i><a href='/x'>" * 5_000 + "text",
    ],
    ids=["paragraphs", "attributes", "one-line", "nesting", "script", "tables", "unclosed"],
)
def test_pathological_pages_are_read_or_refused(body: str) -> None:
    """No page raises anything but the documented refusal, whatever its size and build."""
    try:
        found = extract(page(article(body)))
    except NotAnArticle as refusal:
        assert refusal.reason  # noqa: PT017 (either end is right)
    else:
        assert found.title


def test_every_rule_is_in_the_ablation() -> None:
    """What the code lets one switch off is what the benchmark switches off, but for furniture, which one page does not have."""
    source = "".join(path.read_text(encoding="utf-8") for path in Path(engine.__file__).parent.glob("*.py"))
    named = set(re.findall(r'"([a-z-]+)" (?:not )?in off', source)) | set(CAPS) | {rule.name for rule in lines.rules()}
    yielded = re.findall(r'yield place, "([a-z-]+)"', source)
    table = (Path(__file__).parents[1] / "benchmark" / "reader.py").read_text(encoding="utf-8")
    listed = set(re.findall(r'"([a-z-]+)"', table.split("RULES = (")[1].split(")  # fmt")[0]))
    assert listed == (named | set(yielded)) - {"furniture"}
