"""The site: what its pages show, what they lead to, and what they withstand."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path
from urllib.parse import unquote, urlsplit

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from livebrief.model import Change, Figure, Source, Span, Story, Tally
from livebrief.model import Page as SourcePage
from livebrief.pages import read_sources
from livebrief.pipeline import Desk, View, take_in
from livebrief.store import Store
from livebrief.web import (
    SiteError,
    create_app,
    write_lines_page,
    write_readings,
    write_site,
    write_story_page,
)
from livebrief.web.app import build_app
from livebrief.web.changes import write_changes
from livebrief.web.cuttings import Cutter
from livebrief.web.incidents import write_tally
from livebrief.web.links import Links, anchor_of, outward, parse_anchor
from livebrief.web.marked import Mark, write_marked
from livebrief.web.moments import BadMomentError, parse_moment
from livebrief.web.rendering import write_json
from livebrief.web.site import write_pages
from tests.web_fixtures import (
    EVIL,
    INCIDENT,
    LATER,
    NONE_KILLED,
    SECOND,
    THREE_KILLED,
    WIRE,
    MadeKnowledge,
    killed,
    make_article,
    open_made,
    report,
)
from tests.web_fixtures import at as at_hour
from tests.web_html import Page, squeeze


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(build_app(open_made)) as client:
        yield client


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store of the sample coverage, as if each page had been read when published."""
    path = tmp_path_factory.mktemp("web") / "sample.db"
    with resources.as_file(resources.files("livebrief") / "sample") as folder, Store(path) as store:
        take_in(
            read_sources([str(folder)]),
            Desk(store),
            now=datetime(2020, 3, 15, tzinfo=UTC),
            learned="published",
        )
    return path


@pytest.fixture(scope="module")
def sample_client(sample: Path) -> Iterator[TestClient]:
    with TestClient(create_app(sample)) as client:
        yield client


def get(client: TestClient, path: str, status: int = 200) -> Page:
    answer = client.get(path)
    assert answer.status_code == status
    page = Page(answer.text)
    assert page.wrong == []
    return page


# -- the desk ----------------------------------------------------------------------------------


def test_the_desk_lists_stories_with_their_last_change(client: TestClient) -> None:
    words = squeeze(get(client, "/").words)
    assert words.index("Harbour Courier on the Lamu base") < words.index("El río se llevó")
    assert "3 articles, 3 outlets, 2 independent origins" in words
    assert "Killed raised: none → 3 Rocket attack, Lamu" in words
    assert "3 killed 0 to 3 reported" in words
    assert "Developing" in words


def test_the_desk_since_shows_only_what_changed(client: TestClient) -> None:
    words = get(client, "/?since=2020-03-11T21:30%2B03:00").words
    assert "Lamu base" in words
    assert "El río" not in words
    assert "No story has changed" in get(client, "/?since=2020-03-12").words


def test_a_long_desk_shows_the_rest_when_asked(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("livebrief.web.app.FIRST_STORIES", 2)
    page = get(client, "/?as_of=2020-03-12")
    assert "The latest 2 stories" in page.words
    more = next(link for link in page.links if "all=1" in link)
    assert "The latest" not in get(client, more.removeprefix(".")).words
    assert "as_of=2020-03-12" in more


def test_an_empty_desk_says_what_to_do(tmp_path: Path) -> None:
    with TestClient(create_app(tmp_path / "new.db")) as client:
        assert "livebrief add FILE" in get(client, "/").words
        assert client.get("/stories.json").json() == []


# -- a story -----------------------------------------------------------------------------------


def test_a_sentence_shows_its_sources_and_their_words(client: TestClient) -> None:
    answer = client.get("/story/lamu1").text
    entry = answer[answer.index("Killed: between 0 and 3.") :]
    entry = entry[: entry.index("</details>")]
    assert "3 sources, 2 origins" in entry
    assert "<mark>Nobody</mark> was hurt, a spokesman said." in entry
    assert "Repeats a report of Meridian Wire" in entry
    # Two spans of one sentence are one cutting.
    assert "<mark>Three soldiers</mark> were killed when rockets hit a base " in entry
    assert "<mark>near Lamu</mark>" in entry
    assert 'href="https://later1.example/lamu"' in entry


def test_a_cutting_from_a_card_says_so_and_leads_to_the_card(client: TestClient) -> None:
    page = get(client, "/story/lamu1")
    assert "On a card of an earlier story: A strike in December" in page.words
    assert "29 December 2019" in page.words
    href = next(each for each in page.links if each.endswith("#c0-s0-38"))
    article = get(client, "/story/" + href)
    assert "c0-s0-38" in article.ids


def test_figures_group_copies_of_one_origin(client: TestClient) -> None:
    words = squeeze(get(client, "/story/lamu1").words)
    assert "none Meridian Wire (carried by Antilles Morning)" in words
    assert "Responsibility: blamed on the Coast Brigade" in words


def test_what_an_outlet_has_revised_says_so() -> None:
    reports = [
        report(WIRE, NONE_KILLED, "wire1"),
        report(LATER, THREE_KILLED, "later1"),
        report(UPDATE, killed(4, 4, UPDATE, "Four"), "update1"),
    ]
    tally = Tally(what="killed", best=4, low=0, high=4, rule="r", reports=tuple(reports))
    articles = {each.id: each for each in (WIRE, LATER, UPDATE)}
    line = write_tally(tally, Cutter(MadeKnowledge(), Links(), articles=articles, origins={}))
    said = [(voice.outlet, voice.value, voice.stands) for voice in line.voices]
    assert said == [
        ("Meridian Wire", "none", True),
        ("The Harbour Courier", "4", True),
        ("The Harbour Courier", "3", False),
    ]
    assert (line.value, line.spread) == ("4", "0 to 4")


UPDATE = make_article("update1", "The Harbour Courier", "Four are dead, it said.", at_hour(23))


def change(slot: str, before: Figure | str | None, after: Figure | str | None) -> Change:
    return Change(
        incident="incident1",
        slot=slot,
        before=before,
        after=after,
        kind="new" if before is None else "raised",
        report=report(LATER, THREE_KILLED, "later1"),
        reported_at="2020-03-11",
        learned_at=at_hour(22),
    )


def test_what_a_report_changed_is_told_together_and_what_counts_first() -> None:
    (brought,) = write_changes(
        [
            change("incident", None, "Rocket attack"),
            change("time", None, "2020-03-11TEV"),
            change("killed: Kenyan soldiers", None, THREE_KILLED),
            change("responsibility", None, "unknown"),
        ],
        {"incident1": INCIDENT},
    )
    (changed,) = brought.changed
    assert changed.is_new
    assert [line.words for line in changed.lines] == ["Killed (Kenyan soldiers): 3"]
    (brought,) = write_changes(
        [change("time", "2020-03", "2020-03-11TEV"), change("killed", NONE_KILLED, THREE_KILLED)],
        {},
    )
    lines = [line.words for line in brought.changed[0].lines]
    assert lines == [
        "Killed raised: none → 3",
        "Time raised: March 2020 → 11 March 2020, evening",
    ]


def test_the_parts_of_a_story_come_in_order(client: TestClient) -> None:
    words = get(client, "/story/lamu1").words
    labels = ["As known at", "What we know\n", "The background\n", "Figures, and who says so",
              "Timeline\n", "Changes\n", "Go deeper\n", "The coverage\n"]  # fmt: skip
    places = [words.rindex(label) for label in labels]
    assert places == sorted(places)
    assert "11 March 2020, 22:00 +03:00" in words


def test_a_story_describes_itself_to_machines(client: TestClient) -> None:
    (script,) = get(client, "/story/lamu1").scripts
    described = json.loads(script)
    assert described["@type"] == "NewsArticle"
    assert described["headline"] == LATER.headline
    assert described["isBasedOn"][0] == "https://wire1.example/lamu"
    assert "isBasedOn" not in json.loads(get(client, "/story/evil1").scripts[0])


def test_words_in_another_language_are_marked_as_such(client: TestClient) -> None:
    page = get(client, "/story/rio1")
    assert ("html", {"lang": "en"}) in page.tags
    assert ("h1", {"lang": "es"}) in page.tags
    assert ("span", {"class": "said", "lang": "es"}) in page.tags


def test_the_beginning_of_an_id_leads_on(client: TestClient) -> None:
    answer = client.get("/story/la?as_of=2020-03-11T20:00Z", follow_redirects=False)
    assert answer.status_code == 302
    assert answer.headers["location"].startswith("../story/lamu1?as_of=")


# -- an article --------------------------------------------------------------------------------


def test_an_article_marks_what_the_brief_cites(client: TestClient) -> None:
    page = get(client, "/article/later1")
    assert {"s0-14", "c0-s0-38", "card-0"} <= page.ids
    answer = client.get("/article/later1").text
    assert "<strong>What we know:</strong>" in answer
    assert "A strike in December" in page.words


def test_an_article_marks_the_words_asked_for(client: TestClient) -> None:
    assert "s5-13" not in get(client, "/article/later1").ids
    assert "s5-13" in get(client, "/article/later1?cite=s5-13").ids
    for cite in ("s9-5", "s0-999999", "x", "c7-h0-2", "s٣-٤", "%3Cscript%3E", "s1-2" * 400):
        get(client, f"/article/later1?cite={cite}")


def test_every_source_of_a_story_has_its_place_in_the_article(client: TestClient) -> None:
    for link in get(client, "/story/lamu1").links:
        if "#s" in link or "#c0" in link:
            assert urlsplit(link).fragment in get(client, "/story/" + link).ids


# -- other moments -----------------------------------------------------------------------------


def test_as_of_shows_what_was_known_then(client: TestClient) -> None:
    page = get(client, "/story/lamu1?as_of=2020-03-11T20:30%2B03:00")
    words = squeeze(page.words)
    assert "This is what was known at 11 March 2020, 20:30 +03:00" in words
    assert "Meridian Wire on the Lamu base" in words
    assert "Three soldiers" not in words
    assert any("as_of=2020-03-11T20%3A30" in link for link in page.links)
    assert 'value="2020-03-11T17:30"' in client.get("/?as_of=2020-03-11T20:30%2B03:00").text


def test_a_story_not_known_yet_says_so(client: TestClient) -> None:
    page = get(client, "/story/lamu1?as_of=2020-03-11T09:30%2B03:00", 404)
    assert "Nothing by that name was known" in page.words
    assert "Nothing had been learned yet" in get(client, "/?as_of=2019-01-01").words


@pytest.mark.parametrize(
    "words",
    ["yesterday", "2020-13-45", "9999-12-31T23:59-23:59", "0001-01-01T00:00%2B14:00", "1e9",
     "%00", "%F0%9F%95%90", "2020-03-11" * 50, "%3Cscript%3E"],
)  # fmt: skip
@pytest.mark.parametrize("name", ["as_of", "since"])
@pytest.mark.parametrize("path", ["/", "/story/lamu1"])
def test_what_is_no_moment_is_taught(client: TestClient, path: str, name: str, words: str) -> None:
    page = get(client, f"{path}?{name}={words}", 400)
    assert f"?{name}=2020-03-11T18:30" in page.words


def test_moments_are_read_as_people_write_them() -> None:
    assert parse_moment("as_of", "2020-03-11").isoformat() == "2020-03-11T23:59:59.999999+00:00"
    assert parse_moment("as_of", "2020-03-11T18:30Z") == at_hour(21, 30)
    assert parse_moment("as_of", "2020-03-11T21:30:00 03:00") == at_hour(21, 30)
    with pytest.raises(BadMomentError):
        parse_moment("since", "")


# -- answers that are no page ------------------------------------------------------------------


def test_json_is_of_the_model(client: TestClient) -> None:
    stories = msgspec.json.decode(client.get("/stories.json").content, type=list[Story])
    assert [each.id for each in stories] == ["lamu1", "rio1", "evil1"]
    given = client.get("/story/lamu1.json").json()
    assert set(given) == {"story", "brief", "incidents"}
    assert given["brief"]["sections"][0]["entries"][0]["sources"][0]["article"] == "later1"
    assert client.get("/article/later1.json").json()["text"] == SECOND
    for path in ("/story/none.json", "/article/none.json"):
        answer = client.get(path)
        assert answer.status_code == 404
        assert "none" in answer.json()["error"]


def test_what_is_not_there_helps_on(client: TestClient) -> None:
    assert "Perhaps one of these" in get(client, "/story/nosuch", 404).words
    assert "No such article" in get(client, "/article/nosuch", 404).words
    page = get(client, "/some/where/else", 404)
    assert "../../story/lamu1" in page.links
    assert client.post("/").status_code == 405


def test_search_finds_and_says_when_it_does_not(client: TestClient) -> None:
    assert "Rockets hit base" in get(client, "/search?q=Rockets").words
    assert "No article holds all" in get(client, "/search?q=zeppelin").words
    assert "Type words above" in get(client, "/search").words


def test_headers_let_nothing_in(client: TestClient) -> None:
    for path in ("/", "/nope", "/?as_of=x", "/static/livebrief.css", "/stories.json"):
        headers = client.get(path).headers
        assert "default-src 'self'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "path", ["/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py", "/static/"]
)
def test_static_files_are_the_only_files(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


# -- hostile coverage --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path", ["/", "/story/evil1", "/article/hostile1", "/search?q=%3Cscript%3E", f"/story/{EVIL}"]
)
def test_hostile_words_stay_words(client: TestClient, path: str) -> None:
    status = 404 if EVIL in path else 200
    page = get(client, path, status)
    assert not any(tag == "img" for tag, _ in page.tags)
    assert not any("javascript" in link for link in page.links)
    if status == 200:
        assert "<script>alert" in page.words


def test_json_inside_a_page_cannot_end_its_script() -> None:
    words = {"headline": "</script><script>alert(1)</script><!-- & ]]>"}
    written = str(write_json(words))
    assert "<" not in written
    assert json.loads(written) == words


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "JavaScript:alert(1)", " javascript:x", "java\nscript:x", "data:x,y",
     "//evil.example", "/path", "file:///etc/passwd", "https://", "http://[", "", None,
     "https://a.example/\n", "ftp://a.example/"],
)  # fmt: skip
def test_only_web_addresses_are_followed(url: str | None) -> None:
    assert outward(url) is None


@given(
    text=st.text(alphabet="ab <>&\"'\n", max_size=40),
    bounds=st.lists(st.tuples(st.integers(-3, 45), st.integers(-3, 45)), max_size=8),
)
def test_marks_change_no_word(text: str, bounds: list[tuple[int, int]]) -> None:
    marks = [Mark(start, end, f"s{start}-{end}") for start, end in bounds]
    written = str(write_marked(text, 0, len(text), marks))
    assert html.unescape(re.sub(r"</?mark[^>]*>", "", written)) == text
    depth = 0
    for slash in re.findall(r"<(/?)mark", written):
        depth += -1 if slash else 1
        assert depth >= 0
    assert depth == 0
    ids = re.findall(r'id="([^"]*)"', written)
    assert len(ids) == len(set(ids))


@given(st.builds(Span, start=st.integers(0, 9**8), end=st.integers(0, 9**8),
                 part=st.sampled_from(["text", "headline"]),
                 related_index=st.none() | st.integers(0, 999)))  # fmt: skip
def test_anchors_lead_back_to_their_spans(span: Span) -> None:
    assert parse_anchor(anchor_of(span)) == span


def test_a_cutting_withstands_any_span() -> None:
    knowledge = MadeKnowledge()
    long = make_article("long1", "Long", "word " * 5000 + "here " + "word " * 5000, at_hour(9))
    cutter = Cutter(knowledge, Links(), articles={"long1": long}, origins={})
    (cutting,) = cutter.cut([Source(article="long1", span=Span(start=25000, end=25004))]).each
    assert "<mark>here</mark>" in cutting.html
    assert cutting.html.startswith("… ")
    assert cutting.html.endswith(" …")
    assert len(cutting.html) < 700
    (cutting,) = cutter.cut([Source(article="long1", span=Span(start=0, end=50000))]).each
    assert len(cutting.html) < 2000
    for start, end, index in [(0, 0, None), (9, 5, None), (10**6, 10**7, None), (0, 5, 9)]:
        span = Span(start=start, end=end, related_index=index)
        (cutting,) = cutter.cut([Source(article="later1", span=span)]).each
        assert cutting.html == ""
    (cutting,) = cutter.cut([Source(article="gone", span=Span(start=0, end=5))]).each
    assert cutting.outlet == "an unnamed outlet"


def test_lone_surrogates_do_not_break_a_page() -> None:
    shown = write_lines_page("Changes", "a \ud800 b\x00")
    assert "a ? b" in shown


# -- pages as files ----------------------------------------------------------------------------


def crawl(folder: Path) -> dict[Path, Page]:
    """Return every page of a written site, each sound and all its links leading somewhere."""
    pages = {path: Page(path.read_text(encoding="utf-8")) for path in folder.rglob("*.html")}
    known = {path.resolve(): page.ids for path, page in pages.items()}
    for path, page in pages.items():
        assert (path, page.wrong) == (path, [])
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme in ("http", "https"):
                continue
            assert not parts.scheme
            assert not parts.query
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path.resolve()
            assert target.is_file(), f"{path.name}: {link}"
            if parts.fragment:
                assert parts.fragment in known[target], f"{path.name}: {link}"
    return pages


def test_a_written_site_hangs_together(tmp_path: Path) -> None:
    index = write_pages(MadeKnowledge(), tmp_path)
    pages = crawl(tmp_path)
    assert index == tmp_path / "index.html"
    assert {path.name for path in pages} >= {"index.html", "lamu1.html", "hostile1.html"}
    assert not any(tag == "form" for page in pages.values() for tag, _ in page.tags)


def test_writing_again_changes_nothing_and_spares_foreign_files(tmp_path: Path) -> None:
    write_pages(MadeKnowledge(), tmp_path)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()}
    foreign = tmp_path / "story" / "mine.html"
    foreign.write_text("<p>my notes</p>")
    write_pages(MadeKnowledge(), tmp_path)
    assert {path: path.stat().st_mtime_ns for path in before} == before
    # At an earlier moment two of the stories were not there: their pages go, the notes stay.
    write_pages(MadeKnowledge(at_hour(8, 30)), tmp_path)
    names = sorted(path.name for path in (tmp_path / "story").iterdir())
    assert names == ["evil1.html", "mine.html"]


def test_a_foreign_file_in_the_way_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<p>my own page</p>")
    with pytest.raises(SiteError, match=r"index\.html was not written by livebrief"):
        write_pages(MadeKnowledge(), tmp_path)
    assert (tmp_path / "index.html").read_text() == "<p>my own page</p>"
    assert not (tmp_path / "story").exists()


# -- the sample, through the whole pipeline ----------------------------------------------------


def test_every_page_of_the_sample_is_sound(sample: Path, tmp_path: Path) -> None:
    told: list[str] = []
    write_site(sample, tmp_path, progress=lambda step, done, total: told.append(step))
    pages = crawl(tmp_path)
    assert len(pages) > 80
    assert {"stories", "articles"} <= set(told)


def test_served_pages_of_the_sample_are_sound(sample_client: TestClient) -> None:
    desk = get(sample_client, "/")
    stories = [link for link in desk.links if link.startswith("./story/") or "story/" in link]
    assert len(stories) > 10
    for link in stories[:6]:
        story = get(sample_client, "/" + link.removeprefix("./"))
        for cited in [each for each in story.links if "#s" in each][:3]:
            assert urlsplit(cited).fragment in get(sample_client, "/story/" + cited).ids
    assert "Taji" in get(sample_client, "/search?q=taji").words
    early = squeeze(get(sample_client, "/?as_of=2020-01-10T00:00Z").words)
    assert "Taji" not in early
    assert "Soleimani" in early or "Iran" in early


def test_a_served_store_shows_what_is_added_meanwhile(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"

    def add(name: str, hour: int) -> None:
        line = {
            "id": name,
            "url": f"https://{name}.example/1",
            "outlet": name,
            "headline": f"Ferry {name} sinks off Lamu",
            "published": f"2020-03-11T{hour}:00Z",
            "text": f"A ferry named {name} sank off Lamu on Wednesday, police said.",
        }
        page = SourcePage(
            address=None, bytes=json.dumps(line).encode(), media_type="application/json"
        )
        with Store(path) as store:
            take_in([page], Desk(store), now=datetime(2020, 3, 12, hour, tzinfo=UTC))

    add("alpha", 10)
    with TestClient(create_app(path)) as client:
        assert "Ferry alpha" in get(client, "/").words
        add("beta", 12)
        assert "beta" in get(client, "/").words


def test_pages_that_stand_alone_lead_nowhere_else(sample: Path) -> None:
    with Store(sample) as store:
        view = View(store)
        story = view.stories()[0]
        readings = [each.reading for each in view.filed(story.id)][:4]
        alone = Page(write_story_page(view, story.id))
    parts = ("events", "claims", "times", "places", "names", "quantities")
    read = Page(write_readings(readings, parts))
    lines = Page(write_lines_page("Changes", "<b>one</b>\n  two"))
    for page in (alone, read, lines):
        assert page.wrong == []
        for link in page.links:
            assert link.startswith(("https://", "http://")) or link[1:] in page.ids
    assert "<b>one</b>\n  two" in lines.words
    assert any(attrs.get("class") == "times" for _, attrs in read.tags)
