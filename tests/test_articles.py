"""The articles room: its cases, its golden pages, and what holds for every page."""

from __future__ import annotations

import json
import os
import random
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import settings as trials
from hypothesis import strategies as st

from livebrief.articles import read_article
from livebrief.articles.assemble import squeeze
from livebrief.articles.bylines import parse_byline
from livebrief.articles.captions import split_credit
from livebrief.articles.lines import dateline_agency, find_dateline, find_label, is_furniture
from livebrief.articles.stamps import find_stamps
from livebrief.model import Article, Page, Refusal
from livebrief.settings import Settings
from tests.casefile import Case, parametrize

PAGES = Path(__file__).parent / "pages"
CAPTURED_AT = datetime.fromisoformat("2020-03-11T18:42:00-04:00")
FILLER = "<p>The river rose at night and the town was cut off, officials said on Monday.</p>"


def read(markup: str | bytes, media_type: str = "text/html", **known: object) -> Article:
    raw = markup.encode() if isinstance(markup, str) else markup
    page = Page(address=None, bytes=raw, media_type=media_type, **known)  # type: ignore[arg-type]
    found = read_article(page)
    assert isinstance(found, Article), found
    return found


def words(article: Article, role: str) -> list[str]:
    return [article.text[b.start : b.end] for b in article.blocks if b.role == role]


@parametrize("bylines.md")
def test_byline(case: Case) -> None:
    byline = parse_byline(case.text)
    said = dict(case.expected)
    if "none" in said:
        assert byline is None
    else:
        assert byline is not None
        assert "; ".join(byline.authors) == said.get("authors", "")
        assert "; ".join(byline.agencies) == said.get("agencies", "")


@parametrize("credits.md")
def test_credit(case: Case) -> None:
    caption, credit = split_credit(case.text)
    said = dict(case.expected)
    assert credit == said.get("credit")
    if credit is None:
        assert caption == case.text


@parametrize("datelines.md")
def test_dateline(case: Case) -> None:
    found = find_dateline(case.text)
    said = dict(case.expected)
    assert (found[0].rstrip() if found else None) == said.get("dateline")
    assert (dateline_agency(found) if found else None) == said.get("agency")


@parametrize("labels.md")
def test_label(case: Case) -> None:
    assert find_label(case.text) == dict(case.expected).get("label")


@parametrize("furniture.md")
def test_furniture(case: Case) -> None:
    assert is_furniture(case.text) == (dict(case.expected)["furniture"] == "yes")


@parametrize("stamps.md")
def test_stamp(case: Case) -> None:
    captured_at = None if case.context.get("captured") == "no" else CAPTURED_AT
    stamps, rest = find_stamps(case.text, captured_at)
    said = dict(case.expected)
    if "none" in said:
        assert stamps == []
        return
    (stamp,) = stamps
    assert (stamp.at.isoformat() if stamp.at else None) == said.get("at")
    assert stamp.on.isoformat() == said.get("on", said.get("at", "")[:10])
    assert stamp.is_change == ("change" in said)
    assert "; ".join(rest) == said.get("rest", "")


@parametrize("cards.md")
def test_cards(case: Case) -> None:
    article = read(case.text, "text/plain")
    cards = [write_card(card) for card in article.related]
    assert cards == [value for key, value in case.expected if key == "card"]
    for key, value in case.expected:
        if key == "keeps":
            assert value in article.text
        elif key == "drops":
            assert value not in article.text
        elif key == "published":
            assert str(article.published_on) == value
        elif key == "section":
            assert article.section == value


def write_card(card: Article) -> str:
    parts = ("; ".join(card.authors), str(card.published_on or ""), card.section or "")
    return " | ".join((card.headline or "", *parts)) if any(parts) else card.headline or ""


@pytest.mark.parametrize("path", sorted(PAGES.glob("*.*ml")) + sorted(PAGES.glob("*.txt")))
def test_golden(path: Path) -> None:
    """Each saved page gives the article that stands beside it; `ACCEPT=1` writes it anew."""
    media_type = "text/plain" if path.suffix == ".txt" else "text/html"
    found = outline(read(path.read_bytes(), media_type))
    golden = path.with_suffix(".json")
    if os.environ.get("ACCEPT"):
        golden.write_text(json.dumps(found, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    assert found == json.loads(golden.read_text(encoding="utf-8"))


def outline(article: Article) -> dict[str, object]:
    """Return an article as the golden files write it: empty fields left out, blocks as words."""
    fields: dict[str, object] = json.loads(msgspec.json.encode(article))
    for name in ("id", "revision", "text"):
        del fields[name]
    fields["blocks"] = [
        {
            "role": block.role,
            **{k: v for k, v in (("label", block.label), ("credit", block.credit)) if v},
            **({"at": block.at.isoformat()} if block.at else {}),
            "words": article.text[block.start : block.end],
        }
        for block in article.blocks
    ]
    fields["related"] = [outline(card) for card in article.related]
    return {name: value for name, value in fields.items() if value}


def test_record_is_kept() -> None:
    text = "  BAGHDAD (AP) — Rockets\u00a0hit.\r\n\n\nWhy it matters: Nobody knows.  \n"
    record = {"id": "a1", "outlet": "Paper", "published": "2020-03-11", "text": text}
    article = read(json.dumps(record), "application/json")
    assert article.text == text
    assert [b.role for b in article.blocks] == ["dateline", "paragraph", "paragraph"]
    assert article.blocks[2].label == "Why it matters"
    assert article.agencies == ("Associated Press",)
    assert (str(article.published_on), article.published_at) == ("2020-03-11", None)


def test_same_address_same_id() -> None:
    one = read(f'<link rel="canonical" href="https://www.paper.example/a?utm_source=x">{FILLER}')
    two = read(f'<link rel="canonical" href="http://paper.example/a/amp/">{FILLER}{FILLER[:40]}')
    assert one.id == two.id
    assert read(FILLER).id != one.id


def test_live_entries_have_their_times() -> None:
    entries = "".join(
        f'<section class="live-entry"><h2>News {n}</h2><time datetime="2020-01-03T0{n}:00:00Z">'
        f"</time><p>Report number {n} of the night, which was long and full of news.</p></section>"
        for n in (1, 2, 3)
    )
    article = read(f"<h1>Live: a long night</h1><article>{entries}</article>")
    entries_at = [b.at.hour for b in article.blocks if b.role == "live_entry" and b.at]
    assert entries_at == [1, 2, 3]


def test_a_cards_date_is_not_the_pages() -> None:
    card = (
        '<div class="related"><a href="/b">An older story of rain</a><time>1 May 2019</time></div>'
    )
    article = read(f"<h1>The river has risen</h1>{FILLER * 1}<p>{'It rains. ' * 20}</p>{card}")
    assert article.published_on is None
    assert [found.headline for found in article.related] == ["An older story of rain"]
    assert "older story" not in article.text


MICRODATA = f"""<article itemscope itemtype="https://schema.org/NewsArticle">
<h1 itemprop="headline">The river has risen</h1>
<div>By <span itemprop="author" itemscope><span itemprop="name">Ann Lee</span></span></div>
<meta itemprop="dateModified" content="2020-03-11T20:00:00+03:00">
<span itemprop="datePublished" content="2020-03-11T19:35:00+03:00">Wednesday</span>
<div itemprop="articleBody">{FILLER}</div>
<div class="comments"><div itemprop="comment"><time itemprop="datePublished"
 datetime="2021-01-01T00:00:00Z">2021</time><span itemprop="author">A Reader</span></div></div>
</article>"""


def test_microdata() -> None:
    article = read(MICRODATA)
    assert (article.headline, article.authors) == ("The river has risen", ("Ann Lee",))
    assert str(article.published_at) == "2020-03-11 19:35:00+03:00"
    assert str(article.modified_at) == "2020-03-11 20:00:00+03:00"
    assert article.text == FILLER[3:-4]


def ld(value: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


def test_nodes_of_a_graph_refer_to_each_other() -> None:
    graph = [
        {"@type": "WebSite", "@id": "#site", "name": "Harbour Daily"},
        {"@type": "NewsArticle", "headline": "The river has risen", "author": {"@id": "#ann"},
         "publisher": {"@id": "#paper"}, "datePublished": "2020-03-11"},
        {"@type": "Person", "@id": "#ann", "name": "Ann Lee"},
        {"@type": "Organization", "@id": "#paper", "name": "Harbour Daily"},
        {"@type": "Person", "@id": "#other", "name": "Omar Haddad"},
    ]  # fmt: skip
    article = read(ld({"@context": "https://schema.org", "@graph": graph}) + FILLER)
    assert (article.authors, article.outlet) == (("Ann Lee",), "Harbour Daily")


def test_a_lists_stories_are_not_the_pages() -> None:
    card = {"@type": "NewsArticle", "headline": "An older story", "datePublished": "2019-05-01",
            "author": {"name": "Omar Haddad"}}  # fmt: skip
    listed = {"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": card}]}
    article = read(f"{ld(listed)}<h1>The river has risen</h1>{FILLER}")
    assert (article.headline, article.authors) == ("The river has risen", ())
    assert article.published_on is None


def test_an_outlet_is_not_its_own_author() -> None:
    meta = '<meta property="og:site_name" content="Harbour Daily">'
    news = {"@type": "NewsArticle", "author": {"@type": "Organization", "name": "Harbour Daily"}}
    assert read(f"{meta}{ld(news)}<h1>The river</h1>{FILLER}").authors == ()


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ("json meta seen address", "2020-03-01 09:00:00+01:00"),
        ("mark meta seen address", "2020-03-02 09:00:00+01:00"),
        ("meta seen address", "2020-03-03 09:00:00+01:00"),
        ("seen address", "2020-03-04 09:00:00+01:00"),
        ("address", "2020-03-05"),
        ("day meta-of-day", "2020-03-01 11:00:00+01:00"),
        ("day meta", "2020-03-01"),
    ],
)
def test_dates_are_trusted_in_order(parts: str, expected: str) -> None:
    said = {
        "json": ld({"@type": "NewsArticle", "datePublished": "2020-03-01T09:00:00+01:00"}),
        "day": ld({"@type": "NewsArticle", "datePublished": "2020-03-01"}),
        "mark": '<i itemprop="datePublished" content="2020-03-02T09:00:00+01:00"></i>',
        "meta": '<meta property="article:published_time" content="2020-03-03T09:00:00+01:00">',
        "meta-of-day": '<meta name="date" content="2020-03-01T11:00:00+01:00">',
        "seen": "<p>4 March 2020, 9:00 CET</p>",
        "address": '<link rel="canonical" href="https://paper.example/2020/03/05/river">',
    }
    top = [said[part] for part in parts.split()]
    article = read(f"<h1>The river has risen again</h1>{''.join(top)}{FILLER}")
    assert str(article.published_at or article.published_on) == expected


LIVE: dict[str, Any] = {
    "@type": "LiveBlogPosting",
    "headline": "Live: a long night",
    "liveBlogUpdate": [
        {"@type": "BlogPosting", "datePublished": f"2020-01-03T0{hour}:00:00Z",
         "headline": f"News {hour}",
         "articleBody": f"<p>Report number {hour} of the night, which was long and full.</p>"}
        for hour in (2, 1)
    ],
}  # fmt: skip


def test_a_live_page_that_loads_its_posts_later_has_the_declared_ones() -> None:
    article = read(f"{ld(LIVE)}<h1>Live: a long night</h1><article>{FILLER}</article>")
    posts = [b for b in article.blocks if b.role == "live_entry"]
    assert [b.at.hour for b in posts if b.at] == [2, 1]
    assert article.text[posts[0].start : posts[0].end].startswith("Report number 2")


def test_a_live_page_that_shows_its_posts_has_them_once() -> None:
    shown = "".join(
        f"<div class=post><h3>{post['headline']}</h3>{post['articleBody']}</div>"
        for post in LIVE["liveBlogUpdate"]
    )
    article = read(f"{ld(LIVE)}<h1>Live: a long night</h1><article>{FILLER}{shown}</article>")
    assert article.text.count("Report number 1") == 1
    assert [b.at.hour for b in article.blocks if b.role == "live_entry" and b.at] == [2, 1]


def test_amp() -> None:
    article = read(
        "<html ⚡><amp-sidebar><ul><li>Home and all of our many sections</li></ul></amp-sidebar>"
        f"<h1>The river has risen</h1><amp-img src=a></amp-img>{FILLER}<amp-ad>Buy a boat today, "
        "before the river takes yours away from you.</amp-ad>"
        "<p>Boats are out.</p></body></html>"
    )
    assert words(article, "paragraph") == [FILLER[3:-4], "Boats are out."]


def test_two_line_breaks_end_a_paragraph() -> None:
    lines = [FILLER[3:-4], "Boats were sent from the coast, the mayor said.", "Nobody was hurt."]
    article = read(f"<h1>The river has risen</h1><td>{'<br> <BR/>'.join(lines)}<br></td>")
    assert words(article, "paragraph") == lines
    assert words(read(f"<p>{lines[0]}<br>{lines[1]}</p>"), "paragraph") == [" ".join(lines[:2])]


@pytest.mark.parametrize(
    "text",
    [
        "北京星期一发生大雨，三人失踪。",
        "وقال مسؤولون إن النهر ارتفع ليلا وانقطعت المدينة عن العالم يوم الاثنين.",
        "अधिकारियों ने सोमवार को कहा कि रात में नदी का जलस्तर बढ़ गया और शहर कट गया।",
        "Власти сообщили в понедельник, что ночью река поднялась и город отрезан.",
    ],
)
def test_any_script_is_read(text: str) -> None:
    article = read(f"<nav><a href=/>{text[:5]}</a></nav><article><p>{text}</p></article>")
    assert (article.text, words(article, "paragraph")) == (text, [text])


@pytest.mark.parametrize(
    "raw",
    [
        FILLER.encode("utf-16"),
        FILLER.encode("utf-8-sig"),
        f'<meta charset="windows-1252">{FILLER}<p>Café owners agreed.</p>'.encode("cp1252"),
        FILLER.encode() + "<p>Málaga and caf".encode() + b"\xe9 are wet.</p>",
    ],
)  # fmt: skip
def test_charsets(raw: bytes) -> None:
    assert "The river rose at night" in read(raw).text


@pytest.mark.parametrize(
    "raw", [b"", b"   ", b"<html></html>", b"<nav><a href=/>Home</a></nav>", b"\x00" * 99]
)
def test_no_text_is_refused(raw: bytes) -> None:
    found = read_article(Page(address="x", bytes=raw, media_type="text/html"))
    assert isinstance(found, Refusal)
    assert found.reason.startswith("no article text found")


@pytest.mark.parametrize("media_type", ["text/html", "text/plain"])
def test_a_page_too_large_is_refused_unless_it_may_be_so_large(media_type: str) -> None:
    page = Page(address="x", bytes=b"<p>" + b"It rains. " * 2_000_000, media_type=media_type)
    found = read_article(page)
    assert isinstance(found, Refusal)
    assert "larger than" in found.reason
    read_all = read_article(page, settings=Settings(page_bytes=30_000_000))
    assert isinstance(read_all, Article)
    assert len(read_all.text) >= 19_999_999


def test_a_declared_charset_is_used() -> None:
    text = "月曜日に川が増水し、三人が行方不明になったと当局が発表した。"
    raw = f"<p>{text}</p>".encode("iso-2022-jp")
    assert read(raw, "text/html; charset=ISO-2022-JP").text == text
    assert read(f"<p>{text}</p>".encode("shift_jis"), "text/html;charset=Shift_JIS").text == text
    assert read(f"<p>{text}</p>".encode(), "text/html; charset=windows-1252").text == text


HOSTILE = {
    "nested": "<div>" * 10_000 + FILLER + "</div>" * 10_000,
    "formats": "".join(f"<font id={n}>" for n in range(10_000)) + FILLER,
    "attributes": f"<p {' '.join(f'a{n}=1' for n in range(200_000))}>{FILLER}",
    "scripts": f"<p onclick=\"a('<script>')\" title='<p>&lt;b&gt;'>{FILLER}<a href='js:<b>'>",
    "title": "<title>" + FILLER * 100,
    "nested times": "<time>" * 300 + "word " * 50_000,
    "graph": ld([{"@type": "NewsArticle", "@id": "#a", "author": {"@id": "#a"}}] * 5_000) + FILLER,
    "body": ld({"@type": "Article", "articleBody": "word a " * 30_000})
    + '<div class="advert"><p>The river rose and the town was cut off, they said.</p></div>'
    * 3_000,
    "one line": "word " * 400_000,
    "one word": "x" * 2_000_000,
    "dots": ". " * 500_000,
    "slashes": "A/" * 300_000,
    "capitals": "ABCDE " * 200_000,
    "brackets": "(" * 200_000 + ")" * 200_000,
    "spaces": " \t" * 500_000 + FILLER,
    "json": '<script type="application/ld+json">' + "[" * 100_000 + "</script>" + FILLER,
    "entities": "&lt;p&gt;" * 200_000,
    "surrogates": "&#xD800;&#xDFFF;" * 1_000 + FILLER,
    "lists": "<ul><li>" * 5_000 + FILLER,
    "tables": "<table><tr><td>" * 3_000 + FILLER,
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("media_type", ["text/html", "text/plain"])
def test_hostile(name: str, media_type: str) -> None:
    holds(HOSTILE[name].encode("utf-8", "replace"), media_type)


def holds(raw: bytes, media_type: str) -> None:
    """Assert what holds for every page, however broken."""
    page = Page(address=None, bytes=raw, media_type=media_type, captured_at=CAPTURED_AT)
    found = read_article(page)
    assert read_article(page) == found
    if isinstance(found, Refusal):
        assert found.reason
        return
    msgspec.json.encode(found)
    for article in (found, *found.related):
        position = 0
        for block in article.blocks:
            assert position <= block.start < block.end <= len(article.text)
            position = block.end
    if media_type == "text/html":
        assert not any(sign in found.text for sign in ("\x00", "\ud800", "<script", "</p>", "<div"))


SNIPPETS = st.sampled_from(
    [
        FILLER, "<h1>Rain in the north of the country</h1>", "<aside>", "</aside>", "<li>", "<!--",
        '<time datetime="2020-01-01">', "<figure><figcaption>A bridge. Photo: Ann Lee/AP", "</div>",
        "By Ann Lee", "Go deeper Arrow Feb 14, 2020 - Politics", "19 mins ago", "<a href='/x'>",
        '<script type="application/ld+json">{"@type":"NewsArticle","author":[{}]}</script>',
        "Why it matters: It rains.", "\x00", "\n\n", "<table>", "&nbsp;", "Saved at: 2020-99-99",
        '{"text": "a", "id": 1}', "©", "(c)", "Photo:", "BAGHDAD (", "\u2028", "\ud83d",
    ]
)  # fmt: skip


@trials(max_examples=120, deadline=None)
@given(st.lists(st.one_of(SNIPPETS, st.text(max_size=20)), max_size=25), st.integers(0, 3))
def test_any_page_holds(parts: list[str], kind: int) -> None:
    media_types = ("text/html", "text/plain", "application/json", "application/feed+json")
    holds("".join(parts).encode("utf-8", "surrogatepass"), media_types[kind])


@trials(max_examples=80, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["text/html", "text/plain", "application/json"]))
def test_any_bytes_hold(raw: bytes, media_type: str) -> None:
    holds(raw, media_type)


@trials(max_examples=80, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["id", "url", "outlet", "published", "headline", "text", "authors", "html",
                         "summary", "section", "language", "modified"]),
        st.one_of(st.none(), st.integers(), st.text(max_size=60), st.lists(st.text(max_size=9)),
                  st.just("Rain.\n\nMore rain: It fell.")),
    ),
    st.booleans(),
)  # fmt: skip
def test_any_record_holds(record: dict[str, object], is_entry: bool) -> None:
    media_type = "application/feed+json" if is_entry else "application/json"
    holds(json.dumps(record).encode(), media_type)


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("path", sorted(PAGES.glob("*.html")))
def test_mutated_pages_hold(path: Path, seed: int) -> None:
    """Cut, shuffled and overwritten pages give an article or a refusal."""
    dice = random.Random(seed)
    raw = bytearray(path.read_bytes())
    for _ in range(dice.randrange(1, 30)):
        start = dice.randrange(len(raw))
        size = dice.randrange(1, 200)
        match dice.randrange(4):
            case 0:
                del raw[start : start + size]
            case 1:
                raw[start : start + 1] = bytes([dice.randrange(256)])
            case 2:
                raw[start:start] = raw[start // 2 : start // 2 + size]
            case _:
                raw[start:start] = b"</div></p>" if seed % 2 else b"<ul><td><b>"
        raw = raw or bytearray(b"<p>")
    holds(bytes(raw), "text/html")


def test_headline_is_not_in_the_text() -> None:
    article = read(f"<h1>The river has risen again</h1>{FILLER}")
    assert squeeze(article.headline or "") not in squeeze(article.text)
    assert words(article, "paragraph") == [FILLER[3:-4]]
