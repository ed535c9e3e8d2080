"""The store: what goes in comes out, after a restart too."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from livebrief.model import (
    Article,
    Change,
    Incident,
    Placement,
    Reading,
    Refusal,
    identify,
)
from livebrief.store import Store, StoreError
from livebrief.store.migrations import MIGRATIONS

NOON = datetime(2020, 3, 11, 12, tzinfo=UTC)


def make_reading(name: str, *, hours: int = 0, text: str = "Rockets hit the base.") -> Reading:
    article = Article(
        id=identify(name),
        revision=identify(text),
        headline=f"Headline of {name}",
        outlet="Harbour Courier",
        published_at=NOON + timedelta(hours=hours),
        text=text,
    )
    return Reading(article=article, learned_at=NOON + timedelta(hours=hours))


def place(store: Store, reading: Reading, story: str) -> None:
    store.save_placement(reading, Placement(story=story, score=1.0), story)


def test_a_reading_comes_back_the_same_after_a_restart(tmp_path: Path) -> None:
    reading = make_reading("a", text="Zażółć — rockets\N{PILE OF POO}")
    with Store(tmp_path / "a.db") as store:
        assert store.save_reading(reading)
        place(store, reading, "s")
    with Store(tmp_path / "a.db") as store:
        assert [each.reading for each in store.filed()] == [reading]


def test_the_same_revision_is_kept_once() -> None:
    store = Store(":memory:")
    assert store.save_reading(make_reading("a"))
    assert not store.save_reading(make_reading("a", hours=5))
    assert store.save_reading(make_reading("a", hours=6, text="Rockets hit two bases."))
    assert store.count()["articles"] == 1
    assert store.count()["revisions"] == 2


def test_what_waits_is_placed_in_the_order_of_learning_and_publication() -> None:
    store = Store(":memory:")
    late, early = make_reading("late", hours=3), make_reading("early", hours=1)
    store.save_reading(late)
    store.save_reading(early)
    assert [article for article, _ in store.pending()] == [early.article.id, late.article.id]


def test_a_new_run_takes_over_what_an_interrupted_one_kept() -> None:
    store = Store(":memory:")
    store.save_reading(make_reading("a"), is_run_time=True)
    store.save_reading(make_reading("b", hours=1))
    store.restamp_pending(NOON + timedelta(days=1))
    learned = {
        article: store.load_reading(article, revision).learned_at
        for article, revision in store.pending()
    }
    assert learned[identify("a")] == NOON + timedelta(days=1)
    assert learned[identify("b")] == NOON + timedelta(hours=1)


def test_a_store_shows_what_was_known_by_then() -> None:
    store = Store(":memory:")
    first, second = make_reading("a"), make_reading("a", hours=2, text="Rockets hit two bases.")
    for reading in (first, second):
        store.save_reading(reading)
        place(store, reading, "s")
    then = store.find_filed(first.article.id, as_of=NOON + timedelta(hours=1))
    now = store.find_filed(first.article.id)
    assert then is not None
    assert then.reading == first
    assert now is not None
    assert now.reading == second
    assert store.story_ids(as_of=NOON - timedelta(hours=1)) == []


def test_what_fails_inside_a_transaction_leaves_nothing() -> None:
    store = Store(":memory:")

    def keep_and_fail() -> None:
        with store.transaction():
            store.save_reading(make_reading("a"))
            raise RuntimeError("the disk is full")

    with pytest.raises(RuntimeError, match="disk"):
        keep_and_fail()
    assert store.count()["articles"] == 0


def test_search_finds_words_phrases_and_nothing_for_marks_alone() -> None:
    store = Store(":memory:")
    store.save_reading(make_reading("a", text="Eighteen rockets hit the air base at Taji."))
    store.save_reading(make_reading("b", text="The base of the statue, cast in air, was mended."))
    assert {hit.article for hit in store.search("base air")} == {identify("a"), identify("b")}
    assert [hit.article for hit in store.search('"air base"')] == [identify("a")]
    assert store.search('") OR * NEAR(') == []
    assert store.search("") == []


def test_incidents_and_changes_come_back() -> None:
    store = Store(":memory:")
    incident = Incident(id="i", kind="ASSAULT", events=("e1", "e2"))
    change = Change(
        incident="i", slot="incident", before=None, after=None, kind="new", report=None,
        reported_at="2020-03-11", learned_at=NOON,
    )  # fmt: skip
    store.save_incidents((), [incident], {"e1": "a", "e2": "b"}, NOON)
    store.save_changes([change], NOON, "a")
    assert store.incidents_of(["b"]) == [incident]
    assert store.articles_of_incident(incident) == ["a", "b"]
    assert store.changes(incidents=["i"]) == [change]
    assert store.changes(since=NOON) == []
    store.save_incidents(["i"], [], {}, NOON)
    assert store.incidents_of(["a"]) == []


def test_refusals_are_kept_once() -> None:
    store = Store(":memory:")
    refusal = Refusal(address="a.html", reason="empty")
    assert store.save_refusal(refusal, NOON)
    assert not store.save_refusal(refusal, NOON + timedelta(hours=1))
    assert [(each.address, each.reason) for each in store.refusals()] == [("a.html", "empty")]


def test_a_file_that_is_no_store_says_so(tmp_path: Path) -> None:
    (tmp_path / "words.db").write_text("words enough to fill a header\n" * 9)
    with pytest.raises(StoreError, match="no livebrief store"):
        Store(tmp_path / "words.db")


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "other.db")
    other.execute("CREATE TABLE t (x)")
    other.commit()
    other.close()
    with pytest.raises(StoreError, match="another program"):
        Store(tmp_path / "other.db")


def test_a_newer_store_says_so(tmp_path: Path) -> None:
    with Store(tmp_path / "new.db"):
        pass
    newer = sqlite3.connect(tmp_path / "new.db")
    newer.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    newer.commit()
    newer.close()
    with pytest.raises(StoreError, match="newer livebrief"):
        Store(tmp_path / "new.db")


def test_a_store_in_no_folder_says_so(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="folder"):
        Store(tmp_path / "nowhere" / "a.db")


def test_changes_follow_an_incident_that_is_renamed_and_the_past_keeps_its_name() -> None:
    store = Store(":memory:")
    change = Change(
        incident="i", slot="incident", before=None, after=None, kind="new", report=None,
        reported_at="2020-03-11", learned_at=NOON,
    )  # fmt: skip
    later = NOON + timedelta(hours=1)
    store.save_incidents((), [Incident(id="i", kind="ASSAULT", events=("e",))], {"e": "a"}, NOON)
    store.save_changes([change], NOON, "a")
    renamed = Incident(id="j", kind="ASSAULT", events=("e",))
    store.save_incidents(["i"], [renamed], {"e": "a"}, later)
    assert [each.incident for each in store.changes(incidents=["j"])] == ["j"]
    assert [each.incident for each in store.changes()] == ["j"]
    assert [each.incident for each in store.changes(incidents=["i"], as_of=NOON)] == ["i"]
