"""Recordings: what is saved is a test from then on, and a wrong one says what to do."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newscrawl.item import Page
from newscrawl.kit import recordings

HTML = b"""<html lang="en"><head><title>Well is deep again</title></head><body><h1>Well is deep again</h1>
<p>KOBANI, Syria (Demo) - The well in the school yard has been cleaned and gives water again, the village said.</p>
<p>It had been dry since the spring, and the children brought bottles from home every morning of the week.</p></body></html>"""
PAGE = Page(HTML, "https://demo.example/2026/11/well-is-deep/", datetime(2026, 11, 23, tzinfo=UTC), "text/html")


def test_a_saved_page_is_a_passing_test(tmp_path: Path) -> None:
    """Saved and loaded again, every field of a page is right; its bytes are the ones that were sent."""
    path = recordings.save(tmp_path, PAGE, None)
    loaded = recordings.load(path)
    assert loaded.page.body == HTML
    assert loaded.page.fetched_at == PAGE.fetched_at
    answer = recordings.answer(loaded.page, loaded.outlet)
    assert [recordings.wrong(loaded, answer, field) for field in loaded.fields] == [None] * len(loaded.fields)
    assert len(loaded.fields) == 23


def test_a_corrected_answer_fails_until_the_reader_gives_it(tmp_path: Path) -> None:
    """A field that a human corrected is told with both values; body lines are told by what is missing and surplus."""
    path = recordings.save(tmp_path, PAGE, None)
    state = json.loads(path.read_text())
    state["article"]["title"] = "The well"
    state["article"]["body"].append(["paragraph", "One more line."])
    path.write_text(json.dumps(state))
    loaded = recordings.load(path)
    answer = recordings.answer(loaded.page, None)
    title, body = (recordings.wrong(loaded, answer, field) for field in ("title", "body"))
    assert title is not None
    assert "'Well is deep again', and should be 'The well'" in title
    assert body is not None
    assert "missing [['paragraph', 'One more line.']], surplus []" in body
    assert recordings.wrong(loaded, answer, "language") is None


def test_a_refusal_is_recorded(tmp_path: Path) -> None:
    """A page that is no article is recorded with its reason, and an article in its place is told."""
    empty = Page(b"<html><body><p>404</p></body></html>", "https://demo.example/gone", PAGE.fetched_at)
    loaded = recordings.load(recordings.save(tmp_path, empty, None))
    assert loaded.fields == ("refused",)
    assert recordings.wrong(loaded, recordings.answer(empty, None), "refused") is None
    assert "should be" in str(recordings.wrong(loaded, recordings.answer(PAGE, None), "refused"))


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    """A recording that a human may have corrected is never written over."""
    recordings.save(tmp_path, PAGE, None)
    with pytest.raises(recordings.RecordingError, match="is there already"):
        recordings.save(tmp_path, PAGE, None)


@pytest.mark.parametrize(
    "text", ["{", "[]", '{"url": 5}', '{"url": "https://x.example/", "fetched_at": "2026-01-01T00:00:00+00:00"}']
)
def test_what_is_no_recording_is_told(tmp_path: Path, text: str) -> None:
    """A broken JSON names its file."""
    (tmp_path / "a.html").write_bytes(HTML)
    (tmp_path / "a.json").write_text(text)
    with pytest.raises(recordings.RecordingError, match=r"a\.json"):
        recordings.load(tmp_path / "a.json")
