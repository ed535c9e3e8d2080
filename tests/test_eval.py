"""The measures: every loader on lines written here, every scorer against values worked by hand."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import msgspec
import pytest

from eval import (
    attribution,
    background,
    casualties,
    incidents,
    pages,
    places,
    results,
    stories,
    times,
)
from eval.__main__ import main
from eval.doors import page_of
from eval.kinds import KINDS, count_documents
from eval.records import (
    AttributedText,
    Attribution,
    Entry,
    GoldPlace,
    GoldTime,
    PlacedText,
    Record,
    SavedPage,
    TimedText,
    ToldToll,
    Toll,
)
from eval.scores import Judgement, Score, estimate, f1, share, sum_up
from eval.sets import (
    DataError,
    find_data,
    find_sets,
    read_pages,
    read_records,
    read_sentences,
    read_topic,
)
from livebrief.model import (
    Article,
    Block,
    Claim,
    Event,
    Figure,
    Incident,
    Place,
    Reading,
    Span,
    Tally,
    Time,
)

LINES: dict[str, dict[str, object]] = {
    "quantities": {
        "id": "1",
        "text": "Two dogs.",
        "quantities": [
            {
                "start": 0,
                "end": 3,
                "what": "other",
                "unit": "dogs",
                "low": 2,
                "high": 2,
                "about": False,
            }
        ],
    },
    "casualties": {
        "id": "1",
        "published": "2020-01-02",
        "outlet": "a.example",
        "headline": "Two killed",
        "text": "Two were killed in Ashford on Wednesday.",
        "incident": 7,
        "gold": {
            "on": "2020-01-01",
            "city": "Ashford",
            "state": "Kent",
            "killed": 2,
            "injured": 0,
            "victims": [{"name": "A", "age": 3, "status": "Killed"}],
        },
    },
    "times": {
        "id": "1",
        "published": "2020-01-02",
        "text": "On Wednesday it rained.",
        "times": [{"start": 3, "end": 12, "kind": "DATE", "value": "2020-01-01"}],
    },
    "places": {
        "id": "1",
        "published": None,
        "text": "Rain in Paris.",
        "places": [
            {"start": 8, "end": 13, "name": "Paris", "lat": 48.85, "lon": 2.35, "geoname_id": None}
        ],
    },
    "attribution": {
        "id": "1",
        "outlet": "a.example",
        "published": None,
        "text": "It rains, he said.",
        "attributions": [{"source": [[10, 12]], "cue": [[13, 17]], "content": [[0, 8]]}],
    },
    "causes": {
        "id": "1",
        "text": "Rain made floods.",
        "causal": 1,
        "relations": [{"cause": [0, 4], "effect": [10, 16], "signal": None}],
    },
    "templates": {
        "id": "1",
        "published": None,
        "text": "A BOMB WENT OFF.",
        "templates": [{"incident_type": [["BOMBING"]], "number": 1}],
    },
    "names": {
        "id": "1",
        "text": "Paris is old.",
        "names": [{"start": 0, "end": 5, "kind": "LOC"}],
    },
    "stories": {
        "id": "1",
        "published": "2020-01-02",
        "outlet": None,
        "headline": "Rain",
        "text": "It rains.",
        "story": "7",
    },
    "mentions": {
        "id": "1",
        "topic": "1",
        "subtopic": "1a",
        "text": "It rained .",
        "tokens": ["It", "rained", "."],
        "mentions": [{"token_start": 1, "token_end": 2, "chain": "a", "kind": "ACT"}],
    },
    "background": {
        "id": "1",
        "on": "2020-01-02",
        "text": "It rains.",
        "story": None,
        "section": "Weather",
        "outlets": [],
    },
}

CONLLU = """\
# sent_id = s1
# text = It's raining.
1-2\tIt's\t_\t_\t_\t_\t_\t_\t_\t_
1\tIt\tit\tPRON\tPRP\t_\t3\tnsubj:pass\t_\t_
2\t's\tbe\tAUX\tVBZ\t_\t3\taux\t_\t_
2.1\tstill\tstill\tADV\tRB\t_\t_\t_\t_\t_
3\training\train\tVERB\tVBG\t_\t0\troot\t_\t_

# sent_id = s2
# text = Yes
1\tYes\tyes\tINTJ\tUH\t_\t0\troot\t_\t_
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a folder with one small set of each kind."""
    for kind, line in LINES.items():
        folder = tmp_path / kind
        folder.mkdir()
        (folder / "small.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")
        (folder / "README.md").write_text("not a set")
    (tmp_path / "parses").mkdir()
    (tmp_path / "parses" / "small.conllu").write_text(CONLLU, encoding="utf-8")
    saved = tmp_path / "pages" / "small"
    saved.mkdir(parents=True)
    (saved / "one.html").write_text("<p>It rains.", encoding="utf-8")
    (saved / "one.json").write_text(json.dumps({"headline": "Rain", "text": "It rains."}))
    (saved / "without-html.json").write_text("{}")
    topic = tmp_path / "timelines" / "flood"
    (topic / "gold").mkdir(parents=True)
    article = {"id": "1", "published": "2020-01-02", "headline": None, "text": "It rained ."}
    (topic / "articles.jsonl").write_text(json.dumps(article) + "\n")
    (topic / "gold" / "1.jsonl").write_text(json.dumps({"on": "2020-01-01", "sentences": ["Rain"]}))
    (topic / "keywords.json").write_text('["rain"]')
    return tmp_path


# ── finding and reading sets ────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("kind", [kind for kind in KINDS if KINDS[kind].read])
def test_every_kind_is_read(data: Path, kind: str) -> None:
    (the_set,) = [found for found in find_sets(data, kind) if found.path.is_relative_to(data)]
    assert the_set.name == ("flood" if kind == "timelines" else "small")
    assert count_documents(kind, the_set) == (2 if kind == "parses" else 1)


def test_gzipped_lines_are_read_lazily(tmp_path: Path) -> None:
    (tmp_path / "background").mkdir()
    path = tmp_path / "background" / "x.jsonl.gz"
    with gzip.open(path, "wt", encoding="utf-8") as out:
        out.write(json.dumps(LINES["background"]) + "\n" + "broken\n")
    (the_set,) = find_sets(tmp_path, "background")
    assert the_set.name == "x"
    entries = read_records(path, Entry)
    assert next(entries).section == "Weather"
    with pytest.raises(DataError, match=r"x\.jsonl\.gz, line 2: not a line of the form of Entry"):
        next(entries)
    assert [entry.id for entry in read_records(path, Entry, limit=1)] == ["1"]


def test_a_line_of_another_form_is_told_where_it_stands(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text('{"id": "1"}\n')
    with pytest.raises(DataError, match=r"line 1.*missing required field `text`"):
        list(read_records(path, Record))


def test_ranges_and_empty_nodes_are_left_out_of_parses(data: Path) -> None:
    first, second = read_sentences(data / "parses" / "small.conllu")
    assert first.id == "s1"
    assert [word.form for word in first.words] == ["It", "'s", "raining"]
    assert [word.head for word in first.words] == [3, 3, 0]
    assert first.words[0].relation == "nsubj"
    assert second.text == "Yes"


def test_a_page_comes_with_its_bytes(data: Path) -> None:
    (page,) = read_pages(data / "pages" / "small")
    assert (page.id, page.html, page.text, page.authors) == (
        "one",
        b"<p>It rains.",
        "It rains.",
        None,
    )


def test_a_topic_has_articles_golds_and_keywords(data: Path) -> None:
    topic = read_topic(data / "timelines" / "flood")
    assert [article.text for article in topic.articles] == ["It rained ."]
    assert topic.golds["1"][0].on == "2020-01-01"
    assert topic.keywords == ("rain",)


def test_incidents_join_two_sets_of_one_name(data: Path) -> None:
    (the_set,) = find_sets(data, "incidents")
    assert the_set.path.parent.name == "stories"
    assert the_set.beside == data / "casualties" / "small.jsonl"
    (data / "casualties" / "small.jsonl").unlink()
    assert find_sets(data, "incidents") == []


def test_the_folder_is_the_chosen_then_the_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIVEBRIEF_DATA", str(tmp_path))
    assert find_data(None) == tmp_path
    (tmp_path / "other").mkdir()
    assert find_data(tmp_path / "other") == tmp_path / "other"


def test_a_record_becomes_a_page_with_its_text_as_it_is() -> None:
    page = page_of(Record(id="1", text=" A\r\n“b” ", headline="H", published="2020-01-02"))
    line = json.loads(page.bytes)
    assert page.media_type == "application/json"
    assert (line["text"], line["headline"], line["published"]) == (" A\r\n“b” ", "H", "2020-01-02")


# ── sums ────────────────────────────────────────────────────────────────────────────────────


def test_sums_give_metrics_with_other_methods_beside() -> None:
    judged = [
        Judgement({"a": (1, 2, 2), "b": (1, 1), "b:other": (0, 1)}),
        Judgement({"a": (1, 1, 3), "b": (0, 1), "b:other": (0, 1)}),
    ]
    a, b = sum_up("bar", "x", judged, {"a": f1, "b": share, "b:other": share})
    assert (a.value, a.n) == (2 * 2 / (3 + 5), 5)
    assert (b.value, b.n, b.reruns) == (0.5, 2, {"other": 0.0})


def test_an_interval_is_given_under_500_and_is_the_same_again() -> None:
    few = [(float(number % 2), 1.0) for number in range(100)]
    value, low, high = estimate(few, share)
    assert value == 0.5
    assert low is not None
    assert high is not None
    # The normal interval of 100 even draws is .5 ± .098.
    assert low == pytest.approx(0.402, abs=0.02)
    assert high == pytest.approx(0.598, abs=0.02)
    assert estimate(few, share) == (value, low, high)
    assert estimate(few * 5, share) == (0.5, None, None)


# ── scorers ─────────────────────────────────────────────────────────────────────────────────


def span(start: int, end: int) -> Span:
    return Span(start=start, end=end)


def time(start: int, end: int, value: str) -> Time:
    return Time(span=span(start, end), type="DATE", value=value)


def test_times() -> None:
    record = TimedText(
        id="1",
        text="." * 100,
        times=(
            GoldTime(start=0, end=5, kind="DATE", value="2020-01-01"),
            GoldTime(start=10, end=15, kind="DATE", value="2020-01-02"),
            GoldTime(start=20, end=25, kind="DATE", value="2020-01-03"),
            GoldTime(start=30, end=35, kind="DATE", value=None),
        ),
    )
    found = [
        time(0, 5, "2020-01-01"),  # right
        time(12, 18, "2020-01-02"),  # overlaps, right value
        time(20, 25, "2021"),  # strict, wrong value
        time(30, 35, "P1D"),  # strict, value not asked
        time(50, 52, "P1D"),  # not there
    ]
    assert times.judge(record, found).counts == {
        "strict_f1": (3, 5, 4),
        "relaxed_f1": (4, 5, 4),
        "value_f1": (2, 4, 3),
    }


def test_places() -> None:
    paris = GoldPlace(start=0, end=5, name="Paris", lat=48.85, lon=2.35)
    rome = GoldPlace(start=10, end=14, name="Rome", lat=41.9, lon=12.5)
    nowhere = GoldPlace(start=20, end=25, name="Erehwon")
    record = PlacedText(id="1", text="." * 40, places=(paris, rome, nowhere))

    def put(start: int, end: int, lat: float | None, lon: float | None) -> Place:
        return Place(name="x", span=span(start, end), kind="city", latitude=lat, longitude=lon)

    told = [put(0, 5, 48.0, 2.0), None, put(20, 25, 1.0, 1.0)]
    found = [put(0, 3, 33.66, -95.55), put(10, 14, 41.0, 12.0), put(30, 35, 1.0, 1.0)]
    assert places.judge(record, told, found).counts == {
        "acc161_gold_spans": (1, 2),  # Paris 98 km off, Rome unknown, Erehwon not asked
        "acc161_end_to_end": (1, 2),  # Paris put in Texas, Rome 108 km off
        "span_f1": (2, 3, 3),
    }


def claim(source: Span | None, cue: Span, content: Span) -> Claim:
    return Claim(
        id="c",
        by=None,
        span=cue,
        source_spans=(source,) if source else (),
        cue_spans=(cue,),
        content_spans=(content,),
    )


def test_attribution() -> None:
    text = "It rains a lot, the old man said. She told us so. He added: go away."
    record = AttributedText(
        id="1",
        text=text,
        attributions=(
            Attribution(source=((16, 27),), cue=((28, 32),), content=((0, 14),)),
            Attribution(source=((34, 37),), cue=((38, 42),), content=((46, 48),)),
            Attribution(source=(), cue=((53, 58),), content=((60, 67),)),
        ),
    )
    claims = [
        claim(span(20, 27), span(28, 32), span(0, 14)),  # source "old man" for "the old man"
        claim(span(34, 37), span(38, 45), span(46, 48)),  # cue "told us" for "told"
        claim(None, span(53, 58), span(60, 67)),  # all of it
        claim(span(43, 45), span(46, 48), span(0, 2)),  # no such attribution
    ]
    assert attribution.judge(record, claims).counts == {
        "cue_exact_f1": (2, 4, 3),
        "source_overlap_f1": (2 + 1 + 0, 2 + 1 + 0 + 1, 3 + 1 + 0),
        "content_overlap_f1": (4 + 1 + 2, 4 + 1 + 2 + 1, 4 + 1 + 2),
        "all_exact_f1": (1, 4, 3),
    }


def test_one_cue_with_two_contents_is_paired_by_content() -> None:
    text = "He said go and she said stay."
    both = (
        Attribution(source=((0, 2),), cue=((3, 7),), content=((8, 10),)),
        Attribution(source=((0, 2),), cue=((3, 7),), content=((24, 28),)),
    )
    record = AttributedText(id="1", text=text, attributions=both)
    claims = [
        claim(span(0, 2), span(3, 7), span(24, 28)),
        claim(span(0, 2), span(3, 7), span(8, 10)),
    ]
    assert attribution.judge(record, claims).counts["all_exact_f1"] == (2, 2, 2)


def reading(*figures: Figure, city: str | None = None, on: str | None = None) -> Reading:
    event = Event(
        id="e",
        kind="ASSAULT",
        span=span(0, 5),
        figures=figures,
        place=Place(name="x", span=span(0, 1), kind="city", city=city) if city else None,
        time=time(0, 1, on) if on else None,
    )
    return Reading(article=Article(id="1", revision="r"), main_event="e", events=(event,))


def figure(what: str, low: int | None, high: int | None, party: str | None = None) -> Figure:
    built = {"what": what, "low": low, "high": high, "party": party}
    return msgspec.convert({**built, "span": {"start": 0, "end": 1}}, Figure)


def told_toll(text: str = "Shots in St. Paul.", city: str = "Saint Paul") -> ToldToll:
    gold = Toll(on="2020-01-01", city=city, state="X", killed=2, injured=0)
    return ToldToll(id="1", text=text, headline=None, incident=1, gold=gold)


@pytest.mark.parametrize(
    ("ours", "expected"),
    [
        (reading(figure("killed", 2, 2), city="St. Paul", on="2020-01-01TNI"), (1, 1, 1, 1, 1)),
        (reading(figure("killed", 2, None), figure("injured", 0, 0), city="Paul"), (0, 1, 0, 0, 0)),
        (reading(figure("killed", 1, 1, "men"), figure("killed", 1, 1, "women")), (1, 1, 0, 0, 0)),
        (reading(figure("killed", 5, 5, "all"), figure("killed", 2, 2)), (1, 1, 0, 0, 0)),
        (reading(figure("injured", 1, 1), on="2020-01"), (0, 0, 0, 0, 0)),
        (None, (0, 1, 0, 0, 0)),
    ],
)
def test_casualties(ours: Reading | None, expected: tuple[int, ...]) -> None:
    usual = casualties.find_usual([told_toll()])
    counts = casualties.judge(told_toll(), ours, usual).counts
    metrics = ("killed_exact", "injured_exact", "day_exact", "city_exact", "city_exact_or_null")
    assert tuple(int(counts[metric][0]) for metric in metrics) == expected
    assert counts["killed_exact:most frequent"] == (1, 1)


def test_a_city_named_nowhere_is_right_as_unknown() -> None:
    usual = casualties.Numbers(0, 0)
    unnamed = casualties.judge(told_toll(text="Shots at the mall."), reading(), usual).counts
    assert (unnamed["city_exact"][0], unnamed["city_exact_or_null"][0]) == (0, 1)
    guessed = casualties.judge(told_toll(text="Shots."), reading(city="Ames"), usual).counts
    assert guessed["city_exact_or_null"][0] == 0
    within = casualties.judge(
        told_toll(city="Trenton (Hamilton Township)"), reading(city="Hamilton Township"), usual
    )
    assert within.counts["city_exact"][0] == 1


def test_a_day_is_read_from_value_or_bounds() -> None:
    assert casualties.find_day(time(0, 1, "2020-01-04T21:00")) == "2020-01-04"
    assert casualties.find_day(time(0, 1, "2020-W02")) is None
    bounded = Time(
        span=span(0, 1),
        type="DATE",
        value="PAST_REF",
        earliest="2020-01-04T01:00:00+00:00",
        latest="2020-01-04T05:00:00+00:00",
    )
    assert casualties.find_day(bounded) == "2020-01-04"


def test_stories() -> None:
    # Two groups found: {1, 2, 3} and {4}; gold {1, 2} and {3, 4}.
    found, gold = ["a", "a", "a", "b"], ["x", "x", "y", "y"]
    by_metric = {score.metric: score for score in stories.score("stories", "s", found, gold)}
    # Precision: 2/3, 2/3, 1/3, 1; recall: 1, 1, 1/2, 1/2.
    assert by_metric["b3_p"].value == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1) / 4)
    assert by_metric["b3_r"].value == pytest.approx(0.75)
    p = (2 / 3 + 2 / 3 + 1 / 3 + 1) / 4
    assert by_metric["b3_f1"].value == pytest.approx(2 * p * 0.75 / (p + 0.75))
    assert by_metric["groups"].value == 2
    assert by_metric["b3_f1"].n == 4
    perfect = {score.metric: score.value for score in stories.score("stories", "s", gold, gold)}
    assert perfect["b3_f1"] == 1
    assert perfect["ami"] == pytest.approx(1)


def entry(id: str, on: str, story: str | None) -> Entry:
    return Entry(id=id, on=on, text=id, story=story)


def test_background_asks_for_what_has_something_to_find() -> None:
    entries = [
        entry("a", "2020-01-01", "s"),
        entry("b", "2020-01-01", "s"),  # the same day: nothing earlier
        entry("c", "2020-01-02", "s"),
        entry("d", "2020-01-02", None),
        entry("e", "2020-01-03", "s"),
    ]
    right = background.find_queries(entries)
    assert right == {"c": frozenset("ab"), "e": frozenset("abc")}
    # MD5 of "e" is e167..., of "c" 4a8a...: "c" is asked first.
    assert list(background.find_queries(entries, queries=1)) == ["c"]


def test_background_counts() -> None:
    ranked = ["x", "a", "y", "z", "b", "w", "c"]
    counts = background.judge(entry("q", "2020-01-09", "s"), ranked, frozenset("abcd")).counts
    assert counts["recall_at_5"] == (2 / 4, 1)
    assert counts["recall_at_10"] == (3 / 4, 1)
    assert counts["mrr"] == (1 / 2, 1)
    none = background.judge(entry("q", "2020-01-09", "s"), [], frozenset("a")).counts
    assert none["mrr"] == (0.0, 1)


def test_pages() -> None:
    text = "Rain\nHeavy rain fell.\nA summary of it.\nPhoto: A. B."
    blocks = (
        Block(role="heading", start=0, end=4),
        Block(role="paragraph", start=5, end=21),
        Block(role="summary", start=22, end=38),
        Block(role="caption", start=39, end=51),
    )
    article = Article(
        id="1",
        revision="r",
        headline="“Rain”  falls",
        authors=("Ann Élan",),
        text=text,
        blocks=blocks,
    )
    gold = SavedPage(
        id="one",
        headline='"Rain" falls',
        authors=("ann elan",),
        published="2020-01-03T04:30:00+00:00",
        text="Heavy rain fell.",
    )
    counts = pages.judge(gold, article, {"trafilatura": "Heavy rain"}).counts
    # Found: Rain, Heavy rain fell (4 words); gold 3; shared 3.
    assert counts["f1"] == (2 * 3 / 7, 1)
    assert counts["f1:trafilatura"] == (2 * 2 / 5, 1)
    assert (counts["headline_exact"], counts["authors_exact"]) == ((1, 1), (1, 1))
    assert counts["day_exact"] == (0, 1)
    with_summary = msgspec.structs.replace(gold, text="Heavy rain fell. A summary of it.")
    # Found: 8 words; gold 7; shared 7.
    assert pages.judge(with_summary, article, {}).counts["f1"] == (2 * 7 / 15, 1)
    refused = pages.judge(gold, None, {}).counts
    assert (refused["f1"][0], refused["headline_exact"][0], refused["authors_exact"][0]) == (
        0,
        0,
        0,
    )


def test_the_day_of_a_page_is_compared_in_the_offset_of_the_gold() -> None:
    line = {"id": "1", "revision": "r", "published_at": "2020-01-02T23:30:00-05:00"}
    late = msgspec.convert({**line, "published_on": "2020-01-02"}, Article)
    assert pages.is_same_day(late, "2020-01-03T04:30:00+00:00")
    assert not pages.is_same_day(late, "2020-01-02T04:30:00+00:00")
    assert pages.is_same_day(late, "2020-01-02")


def incident(id: str, events: str, killed: tuple[int | None, int | None, int | None]) -> Incident:
    best, low, high = killed
    tally = Tally(what="killed", best=best, low=low, high=high, rule="")
    return Incident(id=id, kind="ASSAULT", figures=(tally,), events=tuple(events))


def test_incidents() -> None:
    tolls = {
        "x": Toll(on="2020-01-01", city="A", state="S", killed=3, injured=0),
        "y": Toll(on="2020-01-05", city="B", state="S", killed=1, injured=1),
        "z": Toll(on="2020-03-01", city="C", state="S", killed=1, injured=1),
    }
    # Merged: a, b and the look-alike c; e stands alone, d and f have no main event.
    known = {"1": incident("1", "abc", (3, 1, 3)), "2": incident("2", "e", (1, 1, 1))}
    early = incident("1", "a", (1, 1, None))
    followed = [
        incidents.Followed("x", "a", early),
        incidents.Followed("x", "b", known["1"]),
        incidents.Followed("y", "c", known["1"]),
        incidents.Followed("y", None, None),
        incidents.Followed("z", "e", known["2"]),
    ]
    scores = sum_up("incidents", "s", incidents.judge(followed, known, tolls), incidents.METRICS)
    values = {score.metric: score.value for score in scores}
    assert {score.metric: score.n for score in scores} == {
        "b3_f1": 4,
        "lookalike_pair_f1": 2,
        "killed_exact": 2,
        "injured_exact": 2,
        "first_in_range": 4,
    }
    # x: precision 2/3 twice, recall 1 twice; y: precision 1/3 and 1, recall 1/2 twice; z is single.
    p, r = (2 / 3 + 2 / 3 + 1 / 3 + 1) / 4, 3 / 4
    assert values["b3_f1"] == pytest.approx(2 * p * r / (p + r))
    # Within 7 days: x1 x2 x1-y1 x1-y2 x2-y1 x2-y2 y1-y2; same in gold 2, found same 3, right 1.
    assert values["lookalike_pair_f1"] == pytest.approx(2 / 5)
    # x: best 3 is right, injured unknown is right for 0; y: held by "1" (3 for 1), injured missed.
    assert values["killed_exact"] == 0.5
    assert values["injured_exact"] == 0.5
    # x after a: killed 1.. holds 3, injured unknown for 0; y after c: killed 1..3 holds 1.
    assert values["first_in_range"] == 0.75


def test_tallies_of_groups_are_summed_unless_the_whole_is_told() -> None:
    groups = tuple(
        Tally(what="killed", best=n, low=n, high=None, rule="", party=party)
        for n, party in ((1, "police"), (2, "civilians"))
    )
    holder = Incident(id="1", kind="ASSAULT", figures=groups)
    assert incidents.sum_tallies(holder, "killed") == (3, 3, None)
    whole = Tally(what="killed", best=4, low=4, high=4, rule="")
    holder = Incident(id="1", kind="ASSAULT", figures=(*groups, whole))
    assert incidents.sum_tallies(holder, "killed") == (4, 4, 4)
    assert incidents.sum_tallies(None, "killed") == (None, None, None)


# ── the command and what it writes ──────────────────────────────────────────────────────────


def test_the_command_prints_a_figure_a_line(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["times", "stories", "names", "--data", str(data), "--json"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert all(set(line) == {"bar", "set", "metric", "value", "n"} for line in lines)
    assert {line["bar"] for line in lines} == {"times", "stories"}
    assert {line["set"] for line in lines} == {"small"}


def test_the_command_teaches_when_it_is_used_wrongly(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["tymes"])
    assert stopped.value.code == 2
    assert "unknown kind 'tymes'" in capsys.readouterr().err
    assert main(["--data", str(tmp_path / "none")]) == 1
    assert "give --data DIR" in capsys.readouterr().err


def test_a_run_of_one_kind_keeps_the_other_kinds(tmp_path: Path) -> None:
    def result(value: float) -> results.Result:
        score = Score(bar="times", set="x", metric="strict_f1", value=value, n=9, low=0.1, high=0.9)
        return results.Result(
            on="2020-01-02",
            commit="commit abc",
            machine="a machine",
            seconds=1.0,
            answered=True,
            documents={"x": 9},
            scores=(score,),
        )

    results.save_results({"times": result(0.5)}, ("times", "names", "stories"), tmp_path)
    kept = results.load_results(tmp_path)
    unanswered = msgspec.structs.replace(result(0), scores=(), answered=False)
    results.save_results({**kept, "names": unanswered}, ("times", "names", "stories"), tmp_path)
    page = (tmp_path / "RESULTS.md").read_text()
    assert "| x | 9 | `strict_f1` | **.500** [.100, .900] |" in page
    assert "| x | 9 documents | | not answered yet |" in page
    assert "## stories" in page
    assert "Not measured yet." in page


def test_figures_of_another_copy_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "commit" in results.name_commit()
    monkeypatch.setattr("livebrief.__file__", "/elsewhere/livebrief/__init__.py")
    assert results.name_commit() == "not this checkout but /elsewhere/livebrief"


def test_every_kind_has_a_heading_for_its_table() -> None:
    page = results.write_results({}, tuple(KINDS))
    assert [line[3:] for line in page.splitlines() if line.startswith("## ")] == list(KINDS)
