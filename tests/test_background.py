"""Background: which earlier items explain a later one."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from livebrief.stories import Archive, find_background

DAY = date(2020, 3, 11)


def make_archive() -> Archive:
    archive = Archive()
    for id, days, text, story in (
        (
            "airport",
            -67,
            "A U.S. strike at Baghdad airport kills General Soleimani of Iran",
            "iran",
        ),
        ("taji", 0, "Rockets hit the Taji base in Iraq, killing three soldiers", "iran"),
        ("quake", -46, "An earthquake kills 41 in the Turkish province of Elazig", "elazig"),
        ("budget", -1, "Parliament votes on the budget", "budget"),
        ("later", 30, "The Taji base in Iraq is handed over", "handover"),
    ):
        archive.add(id, DAY + timedelta(days=days), text, story)
    return archive


def test_earlier_items_only_the_likest_first() -> None:
    ranked = make_archive().rank("Iraqi base at Taji hit by rockets again", DAY + timedelta(days=3))
    assert ranked[0][0] == "taji"
    assert "later" not in [id for id, _ in ranked]
    assert ranked == sorted(ranked, key=lambda pair: -pair[1])


def test_the_same_day_is_not_earlier() -> None:
    assert "taji" not in [id for id, _ in make_archive().rank("Taji base in Iraq", DAY)]


def test_inflected_names_meet() -> None:
    ranked = make_archive().rank("A parliamentary row", DAY)
    assert [id for id, _ in ranked] == ["budget"]


def test_of_two_alike_the_more_recent_is_first() -> None:
    archive = Archive()
    archive.add("old", DAY - timedelta(days=900), "Storm floods Valencia")
    archive.add("new", DAY - timedelta(days=9), "Storm floods Valencia")
    assert [id for id, _ in archive.rank("Valencia storm", DAY)] == ["new", "old"]


def test_without_a_day_all_are_earlier() -> None:
    assert {id for id, _ in make_archive().rank("Taji base in Iraq", None)} >= {"taji", "later"}


def test_nothing_in_common_nothing_found() -> None:
    assert make_archive().rank("Quidditch", DAY) == []
    assert Archive().rank("Quidditch", DAY) == []
    assert make_archive().rank("", DAY) == []


def test_an_item_is_taken_in_once() -> None:
    archive = make_archive()
    archive.add("taji", DAY, "Something else altogether")
    assert archive.rank("altogether", DAY + timedelta(days=1)) == []


def test_background_names_the_story_and_the_reason() -> None:
    found = find_background(make_archive(), "Taji base hit", DAY + timedelta(days=3), story="x")
    assert [each.story for each in found] == ["iran"]
    assert found[0].reason == "taji, hit, base; 3 days earlier"


def test_a_story_is_no_background_of_itself() -> None:
    assert not find_background(make_archive(), "Taji base", DAY + timedelta(days=3), story="iran")


@settings(max_examples=50)
@given(st.lists(st.tuples(st.text(), st.dates() | st.none())), st.text(), st.dates() | st.none())
def test_any_text_is_ranked(
    items: list[tuple[str, date | None]], text: str, on: date | None
) -> None:
    archive = Archive()
    for number, (item, day) in enumerate(items):
        archive.add(str(number), day, item)
    ranked = archive.rank(text, on, limit=3)
    assert len(ranked) <= 3
    assert ranked == archive.rank(text, on, limit=3)
