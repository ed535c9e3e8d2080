"""The command, as a user runs it."""

from __future__ import annotations

import gzip
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import pytest
from typer.testing import CliRunner, Result

from livebrief import __version__
from livebrief.cli import app
from livebrief.model import Article, Brief, Change, Incident, Reading, Story, TimelineEntry
from livebrief.store import Store
from tests.coverage_factory import make_records, write_records

runner = CliRunner()

COMMANDS = (
    *("read", "extract", "add", "stories", "incidents", "brief", "timeline", "changes"),
    *("search", "go-deeper", "serve", "demo"),
)


def run(*words: object, code: int = 0) -> Result:
    result = runner.invoke(app, [str(word) for word in words])
    assert result.exit_code == code, result.output + str(result.exception)
    return result


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store with some coverage in it."""
    folder = tmp_path_factory.mktemp("desk")
    store = folder / "desk.db"
    run("add", write_records(folder / "a.jsonl", 48), "--store", store, "--learned-at", "published")
    return store


def test_version_and_help() -> None:
    assert __version__ in run("--version").stdout
    page = run("--help").stdout
    for command in COMMANDS:
        assert command in page
        assert "xample" in run(command, "--help").stdout


def test_read_gives_articles_a_line_each(tmp_path: Path) -> None:
    path = write_records(tmp_path / "a.jsonl", 3)
    articles = [
        msgspec.json.decode(line, type=Article) for line in run("read", path).stdout.splitlines()
    ]
    assert [each.text for each in articles] == [each["text"] for each in make_records(3)]


def test_extract_gives_readings_or_the_parts_asked_for(tmp_path: Path) -> None:
    path = write_records(tmp_path / "a.jsonl", 1)
    reading = msgspec.json.decode(run("extract", path).stdout, type=Reading)
    assert reading.events
    part = json.loads(run("extract", path, "--only", "events,times").stdout)
    assert set(part) == {"article", "main_event", "events", "times"}
    assert "knows no 'colours'" in run("extract", path, "--only", "colours", code=2).stderr


def test_extract_writes_a_page_to_look_at(tmp_path: Path) -> None:
    path = write_records(tmp_path / "a.jsonl", 1)
    page = run("extract", path, "--format", "html").stdout
    assert page.lstrip().lower().startswith("<!doctype html>")
    assert "<mark" in page


@pytest.mark.parametrize(
    ("command", "noun"),
    [
        ("stories", Story),
        ("incidents", Incident),
        ("brief", Brief),
        ("timeline", TimelineEntry),
        ("changes", Change),
    ],
)
def test_every_question_is_answered_in_every_form(desk: Path, command: str, noun: type) -> None:
    for line in run(command, "--store", desk, "--format", "json").stdout.splitlines():
        msgspec.json.decode(line, type=noun)
    assert run(command, "--store", desk).stdout.strip()
    assert run(command, "--store", desk, "--format", "md").stdout.startswith("# ")
    page = run(command, "--store", desk, "--format", "html").stdout
    assert page.lstrip().lower().startswith("<!doctype html>")


def test_search_and_go_deeper(desk: Path) -> None:
    hits = run("search", "ferry", "capsized", "--store", desk, "--format", "json").stdout
    assert all("ferry" in json.loads(line)["headline"] for line in hits.splitlines())
    assert "holds all of these" in run("search", "zeppelin", "--store", desk).stderr
    run("go-deeper", "--store", desk)
    run("go-deeper", "--store", desk, "--format", "json")


def test_stories_explain_says_why(desk: Path) -> None:
    hit = json.loads(
        run("search", "ferry", "--store", desk, "--format", "json", "--limit", 1).stdout
    )
    assert "score" in run("stories", "explain", hit["article"], "--store", desk).stdout
    assert "search" in run("stories", "explain", "zzzz", "--store", desk, code=2).stderr


def test_as_of_and_since_look_into_the_past(desk: Path) -> None:
    assert run("stories", "--store", desk, "--as-of", "2019-01-01").stdout == ""
    early = run("stories", "--store", desk, "--as-of", "2020-03-02").stdout
    late = run("stories", "--store", desk).stdout
    assert "2 March 2020" in early
    assert "6 March 2020" not in early
    assert "6 March 2020" in late
    assert run("changes", "--store", desk, "--since", "2021-01-01").stdout == ""


def test_errors_teach(desk: Path, tmp_path: Path) -> None:
    missing = run("stories", "--store", tmp_path / "none.db", code=2)
    assert "livebrief add" in missing.stderr
    assert not (tmp_path / "none.db").exists()
    assert "livebrief stories" in run("brief", "zeppelins over", "--store", desk, code=2).stderr
    assert "2020-03-11" in run("brief", "--as-of", "soon", "--store", desk, code=2).stderr
    assert "livebrief add" in run("serve", "--store", tmp_path / "none.db", code=2).stderr


def make_bad_folder(folder: Path) -> Path:
    """Fill a folder with what the world sends: ten bad things beside three good ones."""
    folder.mkdir()
    record = next(make_records(1))
    page = "<html><head><title>{0}</title></head><body><h1>{0}</h1><p>{1}</p></body></html>"
    text = record["text"].replace("\n\n", "</p><p>") * 3
    good = page.format("Ferry — capsized", text)
    (folder / "empty.html").write_bytes(b"")
    (folder / "cut.html.gz").write_bytes(gzip.compress(good.encode() * 50)[:200])
    (folder / "picture.html").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40)
    (folder / "huge.html").write_bytes(b"<p>" + b"word " * 4_000_000)
    (folder / "lines.jsonl").write_text(f'{json.dumps(record)}\n{{"text": "cut off\n')
    (folder / "none.xml").write_text(
        '<?xml version="1.0"?><rss version="2.0"><channel><title>T</title></channel></rss>'
    )
    (folder / "utf16.html").write_bytes(good.replace("capsized", "sank").encode("utf-16"))
    (folder / "mixed.html").write_bytes(
        good.replace("Ferry", "Boat").encode() + "<p>“quoted”</p>".encode("cp1252")
    )
    (folder / "null.txt").write_bytes(b"\0" * 5_000)
    return folder


def test_bad_input_is_refused_with_reasons_and_the_rest_goes_on(tmp_path: Path) -> None:
    folder = make_bad_folder(tmp_path / "bad")
    store = tmp_path / "a.db"
    result = run("add", folder, "--store", store, "--format", "json", code=1)
    summary = json.loads(result.stdout)
    for name in ("empty.html", "cut.html.gz", "picture.html", "huge.html", "none.xml", "null.txt"):
        assert f"{name}: " in result.stderr
    assert "lines.jsonl:2: " in result.stderr
    assert summary["refused"] == 7
    assert summary["articles"] == 3
    with Store(store) as opened:
        before = (opened.count(), opened.refusals(), list(opened.incidents()))
    again = json.loads(run("add", folder, "--store", store, "--format", "json", code=1).stdout)
    assert (again["articles"], again["known"], again["changes"]) == (0, 3, 0)
    with Store(store) as opened:
        assert (opened.count(), opened.refusals(), list(opened.incidents())) == before


def _known(path: Path) -> tuple[int, int]:
    """Return how many readings the store keeps, and how many are placed; (0, 0) of none."""
    try:
        db = sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=1)
        try:
            row = db.execute(
                "SELECT (SELECT count(*) FROM readings), (SELECT count(*) FROM placements)"
            ).fetchone()
            return int(row[0]), int(row[1])
        finally:
            db.close()
    except sqlite3.OperationalError:
        return 0, 0


@pytest.mark.parametrize("phase", ["reading", "following"])
def test_a_killed_add_is_taken_up_again(tmp_path: Path, phase: str) -> None:
    source = write_records(tmp_path / "a.jsonl", 1_200)
    store = tmp_path / "killed.db"
    command = [sys.executable, "-m", "livebrief", "add", str(source), "--store", str(store)]
    command += ["--learned-at", "published"]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        for _ in range(6_000):
            kept, placed = _known(store)
            if (placed if phase == "following" else kept) >= 100:
                break
            time.sleep(0.01)
    finally:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    kept, placed = _known(store)
    assert kept >= 100
    assert placed < 1_200, "killed too late to tell anything"
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
    clean = tmp_path / "clean.db"
    run("add", source, "--store", clean, "--learned-at", "published")
    with Store(store) as one, Store(clean) as other:
        assert list(one.filed()) == list(other.filed())
        assert list(one.incidents()) == list(other.incidents())
        assert one.changes() == other.changes()
        assert one.count() == other.count()


def test_a_closed_pipe_ends_quietly(desk: Path) -> None:
    command = f"{sys.executable} -m livebrief stories --store {desk} --format json | head -c 1"
    result = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], capture_output=True, text=True, check=False
    )
    assert result.stderr == ""


def test_the_demo_runs_twice(tmp_path: Path) -> None:
    first = run("demo", "--dir", tmp_path / "demo")
    assert (tmp_path / "demo" / "site" / "index.html").exists()
    assert "livebrief serve" in first.stdout
    assert "Sources" in first.stdout
    second = run("demo", "--dir", tmp_path / "demo")
    assert "0 articles taken in" in second.stderr
