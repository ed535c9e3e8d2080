"""The benchmarks run on small, made-up coverage; how fast is not tested."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.__main__ import main, measure_here, write_results
from benchmarks.coverage import stream_coverage, take_articles
from benchmarks.figures import Figure

PAGE = (
    "<html><head><title>Rain</title></head><body><article><h1>Rain floods Lamu</h1>"
    "<p>Heavy rain flooded Lamu on Sunday, police said.</p>"
    "<p>Two people were killed when a wall fell.</p></article></body></html>"
)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a folder with two sets of articles, a chronicle and a page."""
    (tmp_path / "stories").mkdir()
    for name in ("a", "b"):
        lines = [
            {
                "id": f"{name}{number}",
                "published": "2020-03-11",
                "outlet": None,
                "headline": f"Rain {number}",
                "text": f"Rain fell on {name} for {number} days, police said.",
                "story": "1",
            }
            for number in range(3)
        ]
        text = "".join(json.dumps(line) + "\n" for line in lines)
        (tmp_path / "stories" / f"{name}.jsonl").write_text(text)
    (tmp_path / "background").mkdir()
    item = {"id": "c", "on": "2020-03-12", "text": "Floods.", "story": None, "section": None}
    (tmp_path / "background" / "c.jsonl").write_text(json.dumps(item) + "\n")
    (tmp_path / "pages" / "p").mkdir(parents=True)
    (tmp_path / "pages" / "p" / "one.html").write_text(PAGE)
    (tmp_path / "pages" / "p" / "one.json").write_text(json.dumps({"text": "Heavy rain."}))
    return tmp_path


def test_articles_come_from_each_set_in_turn(data: Path) -> None:
    assert [record.id for record in take_articles(data, 4)] == ["a0", "b0", "a1", "b1"]
    assert len(take_articles(data, 100)) == 6


def test_coverage_is_articles_and_items_in_the_order_of_time(data: Path) -> None:
    items = [
        {"id": f"c{day}", "on": f"2020-03-{day}", "text": "Floods."} for day in (10, 11, 12, 13)
    ]
    text = "".join(json.dumps(item) + "\n" for item in items)
    (data / "background" / "c.jsonl").write_text(text)
    late = {"id": "late", "published": "2020-03-14", "text": "Rain.", "story": "1"}
    (data / "stories" / "b.jsonl").write_text(json.dumps(late) + "\n")
    articles = ["a0", "a1", "a2", "late"]
    assert [record.id for record in stream_coverage(data, 4)] == articles
    five = [record.id for record in stream_coverage(data, 5)]
    assert five == ["a0", "a1", "a2", "c11", "late"]
    every = [record.id for record in stream_coverage(data, 100)]
    assert every == ["a0", "a1", "a2", "c11", "c12", "c13", "late"]


def test_reading_is_measured_beside_another_reader(data: Path) -> None:
    figures = {figure.name: figure for figure in measure_here("read", data)}
    assert figures["read: text to Reading, claims included"].n == 6
    assert figures["trafilatura alone (fast): HTML to text"].n == 1
    assert figures["read_article / trafilatura"].unit == "x"
    assert figures["read: peak memory"].value > 1


def test_each_part_of_the_language_room_is_measured(data: Path) -> None:
    figures = {figure.name: figure for figure in measure_here("language", data)}
    parts = ("sentences", "times", "quantities", "places", "names")
    assert all(figures[f"language: {part}"].n == 6 * 9 for part in parts)
    assert figures["language: gazetteer loaded"].unit == "s"


def test_following_is_measured_part_by_part(data: Path) -> None:
    figures = {figure.name: figure for figure in measure_here("follow", data)}
    assert figures["place + file: all"].n == 7
    assert figures["place + file: 1 to 7, 0.0 MB"].n == 7
    assert figures["follow: all"].n == 7


def test_results_show_every_figure() -> None:
    page = write_results({"read": [Figure("a rate", 1234.5, "a second", 10)]})
    assert "| a rate | 1,234 | a second | 10 |" in page


def test_a_folder_that_is_not_there_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--data", str(tmp_path / "none")]) == 1
    assert "give --data DIR" in capsys.readouterr().err
