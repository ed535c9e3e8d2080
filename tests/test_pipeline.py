"""The whole flow: reading is pure, following goes on alike after a restart, the past stays."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from livebrief.model import Page, Reading, Refusal
from livebrief.pages import read_sources
from livebrief.pipeline import Desk, Taken, UnknownStoryError, View, follow, read, take_in
from livebrief.store import Store
from tests.coverage_factory import START, make_records, write_records

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def make_page(record: dict[str, str]) -> Page:
    return Page(
        address=record["url"], bytes=msgspec.json.encode(record), media_type="application/json"
    )


def take(store: Store, path: Path, learned: str = "published") -> Taken:
    assert learned in ("now", "published")
    return take_in(
        read_sources([str(path)]),
        Desk(store),
        now=NOW,
        learned="published" if learned == "published" else "now",
    )


def dump(store: Store) -> list[object]:
    """Return all that the store knows, but for when it was told."""
    filed = [(each.reading, each.placement, each.story) for each in store.filed()]
    return [filed, list(store.incidents()), store.changes(), store.count()]


def test_reading_a_page_twice_gives_the_same() -> None:
    page = make_page(next(make_records(1)))
    reading = read(page)
    assert isinstance(reading, Reading)
    assert reading == read(page)
    assert reading.learned_at is None
    assert reading.main_event is not None


def test_a_page_of_nothing_is_refused() -> None:
    assert isinstance(read(Page(address="x", bytes=b"")), Refusal)


def test_every_span_lies_in_its_article() -> None:
    for record in make_records(8):
        reading = read(make_page(record))
        assert isinstance(reading, Reading)
        text, headline = reading.article.text, reading.article.headline or ""
        for event in reading.events:
            for span in (event.span, *event.mentions, *(each.span for each in event.figures)):
                holder = headline if span.part == "headline" else text
                assert 0 <= span.start < span.end <= len(holder)


def test_a_reading_survives_json() -> None:
    reading = read(make_page(next(make_records(1))))
    again = msgspec.json.decode(msgspec.json.encode(reading), type=Reading)
    assert again == reading


def test_place_asks_and_changes_nothing(tmp_path: Path) -> None:
    store = Store(tmp_path / "a.db")
    desk = Desk(store)
    readings = [read(make_page(record)) for record in make_records(12)]
    for reading in readings:
        assert isinstance(reading, Reading)
        learned = msgspec.structs.replace(reading, learned_at=NOW)
        assert desk.place(learned) == desk.place(learned)
        follow(learned, desk)
        follow(learned, desk)
    assert store.count()["articles"] == 12


def test_adding_twice_changes_nothing(tmp_path: Path) -> None:
    path = write_records(tmp_path / "a.jsonl", 40)
    store = Store(":memory:")
    first = take(store, path)
    before = dump(store)
    second = take(store, path)
    assert (first.articles, second.articles, second.known) == (40, 0, 40)
    assert second.changes == 0
    assert dump(store) == before


def test_a_desk_that_was_closed_goes_on_alike(tmp_path: Path) -> None:
    records = [msgspec.json.encode(record) + b"\n" for record in make_records(60)]
    (tmp_path / "early.jsonl").write_bytes(b"".join(records[:30]))
    (tmp_path / "late.jsonl").write_bytes(b"".join(records[30:]))
    whole = Store(":memory:")
    desk = Desk(whole)
    for name in ("early", "late"):
        pages = read_sources([str(tmp_path / f"{name}.jsonl")])
        take_in(pages, desk, now=NOW, learned="published")
    with Store(tmp_path / "a.db") as store:
        take(store, tmp_path / "early.jsonl")
    with Store(tmp_path / "a.db") as store:
        take(store, tmp_path / "late.jsonl")
        assert dump(store) == dump(whole)


def test_the_files_of_one_day_in_any_order_give_the_same_incidents(tmp_path: Path) -> None:
    records = list(make_records(24))
    found = []
    for seed in range(3):
        shuffled = records[:]
        random.Random(seed).shuffle(shuffled)
        store = Store(":memory:")
        pages = [make_page(record) for record in shuffled]
        take_in(pages, Desk(store), now=NOW, learned="now")
        found.append([store.story_ids(), list(store.incidents())])
    assert found[0] == found[1] == found[2]


def test_an_earlier_moment_shows_what_was_known_then(tmp_path: Path) -> None:
    path = write_records(tmp_path / "a.jsonl", 48)
    half = START + timedelta(hours=3 * 23)
    late, early = Store(":memory:"), Store(":memory:")
    take(late, path)
    lines = path.read_bytes().splitlines(keepends=True)
    (tmp_path / "half.jsonl").write_bytes(b"".join(lines[:24]))
    take(early, tmp_path / "half.jsonl")
    then, at_the_time = View(late, half), View(early, half)
    assert then.stories() == at_the_time.stories()
    for story in then.stories():
        assert then.brief(story.id) == at_the_time.brief(story.id)
        assert then.incidents(story.id) == at_the_time.incidents(story.id)


def test_every_entry_of_a_brief_is_cited(tmp_path: Path) -> None:
    store = Store(":memory:")
    take(store, write_records(tmp_path / "a.jsonl", 48))
    view = View(store)
    for story in view.stories():
        brief = view.brief(story.id)
        assert brief.sections
        for section in brief.sections:
            for entry in section.entries:
                assert entry.sources
                for source in entry.sources:
                    article = view.article(source.article)
                    assert article is not None
                    part = article.text if source.span.part == "text" else (article.headline or "")
                    assert 0 <= source.span.start < source.span.end <= len(part)


def test_changes_since_are_those_learned_after(tmp_path: Path) -> None:
    store = Store(":memory:")
    take(store, write_records(tmp_path / "a.jsonl", 48))
    view = View(store)
    since = START + timedelta(hours=60)
    changes = view.changes(since=since)
    assert changes
    assert all(change.learned_at and change.learned_at > since for change in changes)


def test_a_story_is_found_by_id_beginning_and_words(tmp_path: Path) -> None:
    store = Store(":memory:")
    take(store, write_records(tmp_path / "a.jsonl", 16))
    view = View(store)
    story = view.stories()[0]
    assert view.find_story(story.id).id == story.id
    assert view.find_story(story.id[:11]).id == story.id
    lamu = view.articles(view.find_story("lamu").id)
    assert any("Lamu" in (article.headline or "") for article in lamu)
    assert view.find_story(None)
    with pytest.raises(UnknownStoryError):
        view.find_story("no such words at all")
