"""Stories: which article belongs to which, and what a story shows of itself."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from livebrief.model import Article, Place, Placement, Reading, Span, identify
from livebrief.stories import Threads, headline_of, section_of, state_of
from livebrief.stories import threads as threads_module
from tests.casefile import Case, parametrize


def read(
    headline: str | None,
    text: str,
    on: date | None = None,
    *,
    id: str | None = None,
    outlet: str | None = "Harbour Courier",
) -> Reading:
    revision = identify(headline or "", text)
    return Reading(
        article=Article(
            id=id or revision,
            revision=revision,
            outlet=outlet,
            headline=headline,
            text=text,
            published_on=on,
        )
    )


def follow(threads: Threads, reading: Reading) -> str:
    return threads.file(reading, threads.place(reading))


BASE = read(
    "Rockets hit base in Iraq",
    "Rockets struck the Taji base north of Baghdad on Wednesday, killing two American soldiers.",
    date(2020, 3, 11),
)
BASE_AGAIN = read(
    "Taji base: three dead",
    "Two American soldiers and a British medic died when rockets struck the Taji base in Iraq.",
    date(2020, 3, 12),
)
FERRY = read(
    "Ferry capsizes off Lamu",
    "At least 12 people drowned when a ferry capsized off Lamu on the Kenyan coast, police said.",
    date(2020, 3, 11),
)


@parametrize("stories.md")
def test_stories(case: Case) -> None:
    threads = Threads()
    numbers: dict[str, int] = {}
    found = []
    for line in case.text.split("\n"):
        on, headline, text = line.split(" | ")
        story = follow(threads, read(headline, text, date.fromisoformat(on)))
        found.append(numbers.setdefault(story, len(numbers) + 1))
    assert case.expected == [("stories", " ".join(map(str, found)))]


def test_placing_changes_nothing_and_says_why() -> None:
    threads = Threads()
    story = follow(threads, BASE)
    placed = threads.place(BASE_AGAIN)
    assert placed == threads.place(BASE_AGAIN)
    assert placed.story == story
    assert placed.candidates[0].story == story
    assert any("taji" in reason for reason in placed.why)
    assert list(threads.story_of) == [BASE.article.id]


def test_a_new_story_is_named_after_its_first_article() -> None:
    assert follow(Threads(), BASE) == identify("story", BASE.article.id)


def test_a_revision_stays_in_its_story_whatever_it_says_now() -> None:
    threads = Threads()
    story = follow(threads, BASE)
    revised = read(FERRY.article.headline, FERRY.article.text, id=BASE.article.id)
    placement = threads.place(revised)
    assert (placement.story, placement.score, placement.why) == (story, 1.0, ("revision",))
    assert threads.file(revised, placement) == story
    assert threads.threads[story].weight == 1.0
    assert "taji" not in threads.threads[story].words


def test_an_editor_may_move_an_article_to_another_story() -> None:
    threads = Threads()
    old, new = follow(threads, BASE), follow(threads, FERRY)
    assert threads.file(BASE, Placement(story=new, score=1.0, why=("moved",))) == new
    assert threads.story_of[BASE.article.id] == new
    assert old not in threads.threads


def test_a_desk_filed_again_goes_on_alike() -> None:
    first, second = Threads(), Threads()
    for reading in (BASE, FERRY):
        placement = first.place(reading)
        first.file(reading, placement)
        stored = msgspec.json.decode(msgspec.json.encode(placement), type=Placement)
        second.file(reading, stored)
    assert first.place(BASE_AGAIN) == second.place(BASE_AGAIN)


def test_a_wire_story_keeps_its_first_carrier() -> None:
    wire = (
        "A truck bomb exploded at a busy security checkpoint in the Somali capital on Saturday "
        "morning, killing at least 79 people and wounding more than 100 others, the director of "
        "the Aamin ambulance service said. It was one of the deadliest attacks in recent years."
    )
    threads = Threads()
    first = read("Truck bomb kills 79", wire, date(2019, 12, 28), outlet="Meridian Wire")
    second = read("Bomb in Mogadishu", f"{wire} Our reporter adds nothing.", date(2019, 12, 28))
    third = read("Somalia: 79 die", f"Readers called us. {wire}", date(2019, 12, 29), outlet="Fork")
    for reading in (first, second, third):
        assert threads.place(reading).origin == first.article.id
        follow(threads, reading)


def test_what_an_outlet_puts_in_every_headline_brings_nothing_together() -> None:
    threads = Threads()
    for reading in (BASE, FERRY):
        furnished = read(f"{reading.article.headline} - The Courier", reading.article.text)
        threads.file(furnished, Placement(story=None, score=1.0))
    portrait = threads.portray(read("Budget vote | The Courier", "Parliament votes."))
    assert sorted(portrait.headline) == ["budget", "vote"]
    elsewhere = threads.portray(read("Budget vote | The Courier", "", outlet="Fork"))
    assert "courier" in elsewhere.headline


def test_the_same_words_in_another_country_are_less_alike() -> None:
    def at(reading: Reading, country: str) -> Reading:
        span = Span(start=0, end=7)
        place = Place(name="x", span=span, kind="country", country=country)
        return msgspec.structs.replace(reading, places=(place,))

    threads = Threads()
    follow(threads, at(BASE, "IQ"))
    here, there = threads.place(at(BASE_AGAIN, "IQ")), threads.place(at(BASE_AGAIN, "SO"))
    assert here.candidates[0].score > there.candidates[0].score


def test_quiet_stories_are_forgotten_and_leave_nothing_behind() -> None:
    threads = Threads()
    follow(threads, BASE)
    for number in range(6):
        later = date(2020, 3, 11) + timedelta(days=threads_module.FORGOTTEN_AFTER + 2 + number)
        follow(threads, read(None, f"Budget vote number {number} in parliament", later))
    assert BASE.article.id not in threads.story_of
    assert "taji" not in threads.postings


def test_one_page_from_the_future_makes_nothing_forgotten() -> None:
    threads = Threads()
    story = follow(threads, BASE)
    follow(threads, read("Budget", "Parliament votes on the budget", date(2099, 1, 1)))
    assert threads.place(BASE_AGAIN).story == story


def test_memory_stays_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threads_module, "MOST_STORIES", 10)
    threads = Threads()
    for number in range(40):
        follow(threads, read(f"q{number}", f"w{number}a w{number}b w{number}c", date(2020, 3, 11)))
    assert len(threads.threads) <= 10
    assert len(threads.postings) <= 10 * 4
    assert len(threads.story_of) <= 10


@settings(max_examples=50)
@given(
    st.lists(
        st.tuples(st.text(max_size=40) | st.none(), st.text(max_size=200), st.dates() | st.none()),
        max_size=8,
    )
)
def test_any_text_is_placed(parts: list[tuple[str | None, str, date | None]]) -> None:
    threads = Threads()
    for headline, text, on in parts:
        placement = threads.place(read(headline, text, on))
        assert 0.0 <= placement.score <= 1.0
        threads.file(read(headline, text, on), placement)


NOON = datetime(2020, 3, 11, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("articles", "hours", "state"),
    [
        (1, 1, "emerging"),
        (2, 1, "developing"),
        (2, 30, "quiet"),
        (1, 24 * 8, "closed"),
    ],
)
def test_state(articles: int, hours: int, state: str) -> None:
    assert state_of(NOON, NOON, articles, NOON + timedelta(hours=hours)) == state


def test_a_story_without_any_time_is_judged_by_its_articles() -> None:
    assert state_of(None, None, 1, NOON) == "emerging"


def test_headline_and_section_of_nothing() -> None:
    assert headline_of([]) is None
    assert section_of([]) is None
