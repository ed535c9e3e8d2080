"""The sample coverage, taken in whole: its traps are told apart, its tolls and copies found."""

from __future__ import annotations

import json
import random
import re
from collections import defaultdict
from datetime import UTC, date, datetime
from importlib import resources
from pathlib import Path

import pytest

from livebrief.articles import read_article
from livebrief.language import find_quantities, find_sentences
from livebrief.model import Article, Incident, Reading, Refusal, day_of
from livebrief.pages import read_sources
from livebrief.pipeline import Desk, View, read, take_in
from livebrief.store import Store

SAMPLE = Path(str(resources.files("livebrief") / "sample"))
GOLD = Path(__file__).parent / "sample"
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def read_gold() -> list[dict[str, object]]:
    lines = (GOLD / "gold.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.fixture(scope="module")
def view() -> View:
    store = Store(":memory:")
    pages = read_sources([str(SAMPLE)])
    taken = take_in(pages, Desk(store), now=NOW, learned="published")
    assert taken.refused == []
    return View(store)


@pytest.fixture(scope="module")
def articles(view: View) -> dict[str, Article]:
    """Return the articles by address; those without one by headline."""
    found = {}
    for story in view.stories():
        for article in view.articles(story.id):
            found[article.url or article.headline or ""] = article
    return found


def find(articles: dict[str, Article], words: str) -> Article:
    """Return the one article whose address holds these words."""
    (found,) = [article for url, article in articles.items() if words in url]
    return found


def incident_of(view: View, article: Article) -> Incident:
    """Return the incident that the article's main event tells of."""
    filed = view.store.find_filed(article.id)
    assert filed is not None
    (found,) = [
        each
        for each in view.store.incidents_of([article.id])
        if filed.reading.main_event in each.events
    ]
    return found


def toll(incident: Incident, what: str) -> tuple[int | None, int | None]:
    (tally,) = [each for each in incident.figures if each.what == what and each.party is None]
    return tally.low, tally.high


def test_there_is_enough_of_it() -> None:
    gold = read_gold()
    assert len(gold) >= 60
    assert len({line["outlet"] for line in gold}) >= 7
    assert len({line["story"] for line in gold}) >= 6


def test_every_page_says_what_it_is() -> None:
    for page in read_sources([str(SAMPLE)]):
        assert not isinstance(page, Refusal)
        article = read_article(page)
        assert isinstance(article, Article)
        assert article.headline
        assert article.outlet
        assert article.published_on or article.modified_at or article.captured_at


def test_stories_are_close_to_those_told_by_hand(view: View, articles: dict[str, Article]) -> None:
    """B-cubed over the articles with an address; a long chain may stand in several stories."""
    gold = {str(line["url"]): str(line["story"]) for line in read_gold() if line["url"]}
    ours = {url: view.store.story_of(articles[url].id) for url in gold if url in articles}
    assert len(ours) == len(gold)
    alike = defaultdict(set)
    for url in gold:
        alike["gold", gold[url]].add(url)
        alike["ours", str(ours[url])].add(url)
    precision = sum(
        len(alike["ours", str(ours[url])] & alike["gold", gold[url]])
        / len(alike["ours", str(ours[url])])
        for url in gold
    ) / len(gold)
    assert precision >= 0.95


def test_main_events_are_close_to_those_read_by_hand() -> None:
    """`main_events.jsonl`: per page, by its own time, what a careful reader takes for its news.

    A value is a range as the case files write it, alternatives with commas; `!` means not this,
    and no kind means that nothing happened (the hoax).
    """
    lines = (GOLD / "main_events.jsonl").read_text(encoding="utf-8").splitlines()
    gold = {(line["url"], line["headline"]): line for line in map(json.loads, lines)}
    right = []
    for page in read_sources([str(SAMPLE)]):
        assert not isinstance(page, Refusal)
        reading = read(page)
        assert isinstance(reading, Reading)
        wanted = gold.get((reading.article.url, reading.article.headline))
        if wanted is None:
            continue
        main = next((each for each in reading.events if each.id == reading.main_event), None)
        if wanted["kind"] is None:
            right.append(main is None or main.reality == "denied")
            continue
        figures = main.figures if main else ()
        found = {
            "kind": main.kind if main else "-",
            "mode": (main.mode or "-") if main else "-",
            "on": str(day_of(main.time.earliest)) if main and main.time else "-",
            "country": (main.place.country or "-") if main and main.place else "-",
        }
        for what in ("killed", "injured"):
            totals = [each for each in figures if each.what == what and each.party is None]
            found[what] = str(totals[0]) if totals else "-"
        right.append(
            all(
                found[key] != value[1:] if value[0] == "!" else found[key] in value.split(",")
                for key, value in wanted.items()
                if key in found
            )
        )
    assert len(right) >= 80
    assert sum(right) / len(right) >= 0.85


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("manda-bay-three-americans", "2020/03/11/camp-taji-rockets-killed"),
        ("2020/03/11/taji-three-killed", "2020/03/14/rockets-hit-taji-again"),
        ("elazig", "caribbean"),
    ],
)
def test_look_alikes_are_not_one_incident(
    view: View, articles: dict[str, Article], one: str, other: str
) -> None:
    first = [article for url, article in articles.items() if one in url]
    second = [article for url, article in articles.items() if other in url]
    assert first
    assert second
    ids = {incident_of(view, article).id for article in first}
    assert ids.isdisjoint(incident_of(view, article).id for article in second)


def test_the_first_attack_on_taji(view: View, articles: dict[str, Article]) -> None:
    incident = incident_of(view, find(articles, "2020/03/11/taji-three-killed"))
    assert incident.kind == "ASSAULT"
    assert incident.time is not None
    assert day_of(incident.time.earliest) == date(2020, 3, 11)
    low, high = toll(incident, "killed")
    assert (low or 0) <= 3
    assert high in (3, None)
    (tally,) = [each for each in incident.figures if each.what == "injured" and not each.party]
    assert tally.best == 14
    assert {"12..", "14", "12"} <= {str(report.value) for report in tally.reports}
    evening = View(view.store, datetime(2020, 3, 11, 22, tzinfo=UTC))
    story = evening.find_story("taji")
    tolls = [
        tally.low
        for each in evening.incidents(story.id)
        for tally in each.figures
        if tally.what == "injured" and tally.party is None
    ]
    assert 12 in tolls
    assert 14 not in tolls


def test_a_count_that_was_first_none_and_rose_for_weeks(
    view: View, articles: dict[str, Article]
) -> None:
    changes = [
        change
        for change in view.changes()
        if change.slot == "injured" and change.kind in ("raised", "exact", "new", "disputed")
    ]
    after = {str(change.after) for change in changes}
    assert {"11", "34", "50", "64", "109"} <= after


def test_copies_of_a_wire_story_have_one_origin(view: View, articles: dict[str, Article]) -> None:
    for line in read_gold():
        if not line["origin"]:
            continue
        copy, first = articles[str(line["url"])], articles[str(line["origin"])]
        filed = view.store.find_filed(copy.id)
        assert filed is not None
        assert filed.placement.origin == first.id, copy.url


def test_a_correction_supersedes_and_the_old_value_stays_visible(
    view: View, articles: dict[str, Article]
) -> None:
    incident = incident_of(view, find(articles, "calabasas-crash-nine-dead"))
    (tally,) = [each for each in incident.figures if each.what == "killed" and not each.party]
    assert tally.best == 9
    assert 5 in {report.value.low for report in tally.reports}


def test_a_withdrawn_report_leaves_no_explosion(view: View, articles: dict[str, Article]) -> None:
    echo = [article for url, article in articles.items() if "caldermoorecho" in url]
    story = view.store.story_of(echo[0].id)
    assert story is not None
    for incident in view.incidents(story):
        assert not any(each.what == "injured" and each.low for each in incident.figures)


def numbers_in(text: str) -> set[str]:
    """Return the numbers that a text gives, in figures or in words ("a dozen", "thirty-three")."""
    figures = {each.replace(",", "") for each in re.findall(r"\d[\d,]*", text)}
    quantities = find_quantities(text, find_sentences(text), ())
    ends = {end for each in quantities for end in (each.low, each.high) if end is not None}
    singular = {"1"} if re.search(r"\b(?:an?|one)\b", text, re.IGNORECASE) else set()
    return figures | {str(end) for end in ends} | singular


def test_every_number_of_a_brief_stands_in_a_cited_source(view: View) -> None:
    """Days are composed from cited values, and so are totals (`composed_from`)."""
    composed = {
        str(figure.low)
        for filed in view.store.filed()
        for event in filed.reading.events
        for figure in event.figures
        if figure.composed_from
    }
    days = re.compile(r"\b\d{1,2} [A-Z][a-z]+(?: \d{4})?|\b[A-Z][a-z]+ \d{4}")
    for story in view.stories():
        for section in view.brief(story.id).sections:
            for entry in section.entries:
                cited = []
                for source in entry.sources:
                    article = view.article(source.article)
                    assert article is not None
                    holder = article
                    if source.span.related_index is not None:
                        holder = article.related[source.span.related_index]
                    part = holder.text if source.span.part == "text" else holder.headline
                    cited.append((part or "")[source.span.start : source.span.end])
                known = {number for words in cited for number in numbers_in(words)} | composed
                told = {
                    number.replace(",", "")
                    for number in re.findall(r"\d[\d,]*", days.sub("", entry.text))
                }
                assert told <= known, f"{told - known} of {entry.text!r} is in none of {cited!r}"


def test_files_of_one_day_may_come_in_any_order(tmp_path: Path) -> None:
    paths = sorted(SAMPLE.glob("*/2020-03-1*"))
    found = []
    for seed in range(3):
        random.Random(seed).shuffle(paths)
        store = Store(":memory:")
        pages = read_sources([str(path) for path in paths])
        take_in(pages, Desk(store), now=NOW, learned="published")
        found.append((list(store.incidents()), store.story_ids()))
    assert found[0] == found[1] == found[2]


def test_an_earlier_hour_shows_the_brief_as_it_stood(view: View, tmp_path: Path) -> None:
    evening = datetime(2020, 3, 11, 20, tzinfo=UTC)
    then = View(view.store, evening)
    story = then.find_story("taji")
    brief = then.brief(story.id)
    assert brief.as_of == evening
    for section in brief.sections:
        for entry in section.entries:
            for source in entry.sources:
                filed = view.store.find_filed(source.article, as_of=evening)
                assert filed is not None
    later = view.changes(story.id, evening)
    assert later
    assert all(change.learned_at and change.learned_at > evening for change in later)
