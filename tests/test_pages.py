"""The pages room: every kind of source, and every way in which one can be bad."""

from __future__ import annotations

import gzip
import io
import json
import os
import zlib
from datetime import UTC, datetime
from pathlib import Path

import feedparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from livebrief.articles import read_article
from livebrief.model import Article, Page, Refusal
from livebrief.pages import read_sources
from livebrief.pages.sniffing import sniff
from livebrief.settings import Settings

HTML = b"<!DOCTYPE html><html><body><p>The river rose at night.</p></body></html>"
FEEDS = Path(__file__).parent / "pages" / "feeds"
SMALL = Settings(page_bytes=10_000)
RSS = b"""<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Harbour Daily</title>
<language>en</language><item><title>Rain &amp; wind</title><link>https://harbour.example/1</link>
<pubDate>Wed, 11 Mar 2020 10:00:00 GMT</pubDate><dc:creator>Ann Lee</dc:creator>
<category>World</category><source url="https://wire.example/feed">Blue Wire</source>
<description>Short&nbsp;words.</description><content:encoded><![CDATA[<p>Full words.</p>]]>
</content:encoded></item><item><title>Second</title><guid>https://harbour.example/2</guid></item>
</channel></rss>"""
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Harbour Daily</title><entry>
<id>tag:harbour.example,2020:1</id><title type="html">Rain</title>
<updated>2020-03-11T11:00:00Z</updated>
<published>2020-03-11T10:00:00Z</published><link rel="self" href="https://harbour.example/feed"/>
<link rel="alternate" href="https://harbour.example/1"/><author><name>Ann Lee</name></author>
<category term="World"/><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Full.</p>
</div></content></entry></feed>"""


def read(*sources: str | Path, **options: object) -> list[Page | Refusal]:
    return list(read_sources(sources, **options))  # type: ignore[arg-type]


def read_bytes(raw: bytes, tmp_path: Path, name: str = "page.html") -> list[Page | Refusal]:
    (tmp_path / name).write_bytes(raw)
    return read(tmp_path / name, settings=SMALL)


def fields(page: Page | Refusal) -> dict[str, object]:
    assert isinstance(page, Page)
    found: dict[str, object] = json.loads(page.bytes)
    return found


def test_html_is_untouched(tmp_path: Path) -> None:
    (page,) = read_bytes(HTML, tmp_path)
    assert page == Page(address=None, bytes=HTML, media_type="text/html")


def test_text_is_told_by_its_bytes(tmp_path: Path) -> None:
    (page,) = read_bytes(b"Rockets hit base\n\nThree people were killed.", tmp_path)
    assert isinstance(page, Page)
    assert page.media_type == "text/plain"


def test_html_is_told_by_its_bytes(tmp_path: Path) -> None:
    (page,) = read_bytes(HTML, tmp_path, "page.txt")
    assert isinstance(page, Page)
    assert page.media_type == "text/html"


def test_options_reach_every_page(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(HTML)
    at = datetime(2020, 3, 11, tzinfo=UTC)
    (page,) = read(tmp_path, captured_at=at, outlet="Harbour Daily")
    assert isinstance(page, Page)
    assert (page.captured_at, page.outlet) == (at, "Harbour Daily")


def test_lines(tmp_path: Path) -> None:
    lines = b'{"id": "a", "text": "One."}\n\n{"id": "b", "url": "https://x.example/b"}\n{"text": 1}'
    found = read_bytes(lines, tmp_path, "x.jsonl")
    assert [page.address for page in found][:2] == ["a", "https://x.example/b"]
    assert found[2].address == f"{tmp_path}/x.jsonl:4"
    assert isinstance(found[0], Page)
    assert found[0].bytes == b'{"id": "a", "text": "One."}'
    assert {page.media_type for page in found if isinstance(page, Page)} == {"application/json"}


def test_a_broken_line_is_named_and_the_rest_is_read(tmp_path: Path) -> None:
    lines = b'{"id": "a"}\n{"id": "b"\n[1]\n{"id": "c"}\n'
    found = read_bytes(lines, tmp_path, "x.jsonl")
    assert [isinstance(page, Page) for page in found] == [True, False, False, True]
    assert found[1].address == f"{tmp_path}/x.jsonl:2"
    assert "broken JSON" in found[1].reason  # type: ignore[union-attr]
    assert found[2].reason == "not a JSON object"  # type: ignore[union-attr]


def test_a_long_line_is_refused_and_the_rest_is_read(tmp_path: Path) -> None:
    lines = b'{"text": "' + b"a" * 30_000 + b'"}\n{"id": "b"}\n'
    long, short = read_bytes(lines, tmp_path, "x.jsonl")
    assert isinstance(long, Refusal)
    assert "larger than" in long.reason
    assert short.address == "b"


def test_gzip(tmp_path: Path) -> None:
    (page,) = read_bytes(gzip.compress(HTML), tmp_path, "page.html.gz")
    assert isinstance(page, Page)
    assert page.bytes == HTML
    found = read_bytes(gzip.compress(b'{"id": "a"}\n' * 500), tmp_path, "x.jsonl.gz")
    assert len(found) == 500


def test_truncated_gzip_gives_what_came_before(tmp_path: Path) -> None:
    lines = b"".join(b'{"id": "%d", "text": "%s"}\n' % (n, os.urandom(40).hex().encode())
                     for n in range(9000))  # fmt: skip
    found = read_bytes(gzip.compress(lines)[:-2000], tmp_path, "x.jsonl.gz")
    assert len(found) > 100
    assert isinstance(found[-1], Refusal)
    assert "cut short" in found[-1].reason


def test_rss(tmp_path: Path) -> None:
    first, second = read_bytes(RSS, tmp_path, "feed.xml")
    assert first.address == "https://harbour.example/1"
    assert first.media_type == "application/feed+json"  # type: ignore[union-attr]
    assert fields(first) | {"html": ""} == {
        "url": "https://harbour.example/1",
        "outlet": "Harbour Daily",
        "headline": "Rain & wind",
        "published": "Wed, 11 Mar 2020 10:00:00 GMT",
        "authors": ["Ann Lee"],
        "section": "World",
        "language": "en",
        "summary": "Short\u00a0words.",
        "html": "",
        "source": "Blue Wire",
        "source_url": "https://wire.example/feed",
    }
    assert "<p>Full words.</p>" in str(fields(first)["html"])
    assert second.address == "https://harbour.example/2"


def test_atom(tmp_path: Path) -> None:
    (page,) = read_bytes(ATOM, tmp_path, "feed.atom")
    entry = fields(page)
    assert (entry["url"], entry["authors"]) == ("https://harbour.example/1", ["Ann Lee"])
    assert entry["section"] == "World"
    assert entry["modified"] == "2020-03-11T11:00:00Z"
    assert "<p>Full.</p>" in str(entry["html"])


def test_json_feed(tmp_path: Path) -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Harbour Daily",
        "items": [{"id": "1", "url": "https://harbour.example/1", "content_text": "Rain."}],
    }
    (page,) = read_bytes(json.dumps(feed).encode(), tmp_path, "feed.json")
    assert fields(page)["text"] == "Rain."
    (refused,) = read_bytes(json.dumps(feed | {"items": []}).encode(), tmp_path, "feed.json")
    assert refused.reason == "the feed has no entries"  # type: ignore[union-attr]


@pytest.mark.parametrize("path", sorted(FEEDS.glob("[abr]*.xml")), ids=lambda path: path.stem)
@pytest.mark.filterwarnings("ignore:To avoid breaking existing software")
def test_feeds_are_read_as_feedparser_reads_them(path: Path) -> None:
    theirs = feedparser.parse(path.read_bytes())
    ours = [fields(page) for page in read(path)]
    assert len(ours) == len(theirs.entries) > 0
    for entry, other in zip(ours, theirs.entries, strict=True):
        assert entry["outlet"] == theirs.feed.title
        assert entry["url"] == other.link
        assert entry["headline"] == other.title
        assert entry.get("summary", entry.get("html")) == other.get("summary")
        assert entry.get("section") == next((t.term for t in other.get("tags", ())), None)
        source = other.get("source", {})
        assert entry.get("source") == source.get("title")
        assert entry.get("source_url") == source.get("link", source.get("href"))
        if entry.get("authors") != ["Omar Haddad"]:  # it cuts RSS's mailboxes in two
            names = [author.name for author in other.get("authors", ())]
            assert entry.get("authors", []) == names
        at = other.get("published_parsed") if "published" in entry else None
        article = read_article(Page(address=None, bytes=json.dumps(entry).encode(),
                                    media_type="application/feed+json"))  # fmt: skip
        assert isinstance(article, Article)
        if at is not None and article.published_at is not None:
            assert article.published_at.astimezone(UTC).timetuple()[:6] == tuple(at[:6])


def test_a_broken_feed_gives_its_whole_entries(tmp_path: Path) -> None:
    *whole, refused = read_bytes(RSS[: RSS.index(b"<guid>")], tmp_path, "feed.xml")
    assert [fields(page)["headline"] for page in whole] == ["Rain & wind"]
    assert isinstance(refused, Refusal)
    assert refused.reason.endswith("its 1 whole entries were read")


def test_a_news_sitemap_gives_headlines() -> None:
    told, untold = read(FEEDS / "news-sitemap.xml")
    article = read_article(told) if isinstance(told, Page) else told
    assert isinstance(article, Article)
    assert (article.headline, article.text) == ("Storm closes the port of Lindi", "")
    assert (article.outlet, str(article.published_on)) == ("Harbour Daily", "2020-03-11")
    assert fields(told)["keywords"] == ["storm", "ports"]
    assert isinstance(untold, Page)
    assert isinstance(read_article(untold), Refusal)


def record(
    body: bytes = HTML,
    name: str = "1",
    *,
    status: str = "200 OK",
    length: int | None = None,
    media_type: str = "text/html; charset=windows-1252",
    header: str = "",
) -> bytes:
    """Return one response of a web archive."""
    answer = f"HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\n{header}\r\n".encode() + body
    return (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/{name}\r\n"
        "WARC-Date: 2020-03-11T18:42:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(answer) if length is None else length}\r\n\r\n"
    ).encode() + answer + b"\r\n\r\n"  # fmt: skip


INFO = b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 2\r\n\r\nab\r\n\r\n"
ARCHIVE = (
    INFO, record(), record(b"moved", "2", status="301 Moved"),
    record(b"\x89PNG", "3.png", media_type="image/png"), record(HTML, "4", media_type="text/html"),
)  # fmt: skip


def heard(found: list[Page | Refusal]) -> list[str]:
    """Return the last part of each page's address, and why each refusal was made."""
    return [
        page.reason if isinstance(page, Refusal) else (page.address or "").rpartition("/")[2]
        for page in found
    ]


@pytest.mark.parametrize(
    "raw",
    [
        b"".join(ARCHIVE),
        gzip.compress(b"".join(ARCHIVE)),
        b"".join(gzip.compress(part) for part in ARCHIVE),
        b"".join(gzip.compress(part) for part in ARCHIVE) + b"\x00" * 9000,
    ],
    ids=["plain", "one member", "a member each", "padded"],
)
def test_archive(raw: bytes, tmp_path: Path) -> None:
    first, second = read_bytes(raw, tmp_path, "news.warc.gz")
    assert first == Page(
        address="https://a.example/1",
        bytes=HTML,
        media_type="text/html; charset=windows-1252",
        captured_at=datetime(2020, 3, 11, 18, 42, tzinfo=UTC),
    )
    assert (second.address, isinstance(second, Page)) == ("https://a.example/4", True)


ONE, TWO = record(), record(HTML, "2")
ZIP_ONE, ZIP_TWO = gzip.compress(ONE), gzip.compress(TWO)
CUT = "the archive is cut short within this record"
LOST = "a part of the archive is broken and was left out"
BROKEN_ARCHIVES = {
    "cut": (ONE + TWO[:-30], ["1", CUT]),
    "cut in a header": (ONE + TWO[:90], ["1", "the record holds no answer of a server"]),
    "cut gzip": (ZIP_ONE + ZIP_TWO[:-30], ["1", CUT, "the archive is cut short"]),
    "spoilt member": (ZIP_TWO + ZIP_ONE[:40] + b"\x00" * 30 + ZIP_ONE[70:] + ZIP_TWO,
                      ["2", LOST, "2"]),
    "spoilt sum": (ZIP_TWO + ZIP_ONE[:-8] + b"sumsum" + ZIP_ONE[-2:] + ZIP_TWO, ["2", LOST, "2"]),
    "noise between": (ONE + b"noise\r\n" + TWO, ["1", "2"]),
    "noise between members": (ZIP_ONE + b"noise" + ZIP_TWO, ["1", LOST, "2"]),
    "too long": (record(length=460) + TWO + ONE + TWO, ["the record says a wrong length", "2"]),
    "endless": (record(length=10**12) + TWO, [CUT]),
    "no length": (ONE.replace(b"Content-Length", b"Content") + TWO,
                  ["the record holds no answer of a server", "2"]),
    "large": (record(b"<p>" + b"a" * 90_000) + TWO, ["larger than 10,000 bytes", "2"]),
    "bomb": (record(gzip.compress(b"<p>" + b"a" * 9_000_000), header="Content-Encoding: gzip\r\n")
             + TWO, ["larger than 10,000 bytes", "2"]),
    "endless header": (b"WARC/1.0\r\nX: " + b"a" * 200_000 + b"\r\n\r\n" + ONE,
                       ["a record of the archive is broken", "1"]),
    "nothing": (INFO, ["the archive holds no page"]),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN_ARCHIVES)
def test_a_broken_archive_gives_the_rest(name: str, tmp_path: Path) -> None:
    raw, expected = BROKEN_ARCHIVES[name]
    found = heard(read_bytes(raw, tmp_path, "news.warc"))
    assert len(found) == len(expected)
    assert all(one.startswith(other) for one, other in zip(found, expected, strict=True)), found


@pytest.mark.parametrize(
    ("body", "header"),
    [
        (gzip.compress(HTML), "Content-Encoding: gzip\r\n"),
        (zlib.compress(HTML), "Content-Encoding: deflate\r\n"),
        (b"%x\r\n%s\r\n0\r\n\r\n" % (len(HTML), HTML), "Transfer-Encoding: chunked\r\n"),
        (HTML, "Content-Encoding: gzip\r\n"),
        (HTML, "Content-Encoding: br\r\nTransfer-Encoding: chunked\r\n"),
    ],
    ids=["gzip", "deflate", "chunked", "gzip undone", "both undone"],
)
def test_archived_bodies_are_unpacked(body: bytes, header: str, tmp_path: Path) -> None:
    (page,) = read_bytes(record(body, header=header), tmp_path, "news.warc")
    assert isinstance(page, Page)
    assert page.bytes == HTML


def test_the_charset_of_an_archived_page_is_used(tmp_path: Path) -> None:
    body = "<p>北京发生大雨，三人失踪，官员周一说。</p>".encode("gb18030")
    (page,) = read_bytes(record(body, media_type="text/html;charset=GBK"), tmp_path, "n.warc")
    assert isinstance(page, Page)
    article = read_article(page)
    assert isinstance(article, Article)
    assert article.text == "北京发生大雨，三人失踪，官员周一说。"


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 1200), st.integers(0, 40), st.binary(max_size=12)), max_size=6
    ),
    st.booleans(),
)
def test_any_archive_holds(cuts: list[tuple[int, int, bytes]], is_zipped: bool) -> None:
    raw = bytearray(b"".join(map(gzip.compress, ARCHIVE)) if is_zipped else b"".join(ARCHIVE))
    for start, size, put in cuts:
        raw[start : start + size] = put
    found = read("-", stdin=io.BytesIO(b"WARC/1.0" + raw), settings=SMALL)
    assert all(isinstance(page, Page) or page.reason for page in found)


def test_a_record_beside_its_page_is_not_taken_twice(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(HTML)
    (tmp_path / "a.json").write_text('{"url": "https://a.example/1", "text": "The river."}')
    (tmp_path / "b.html").write_bytes(HTML)
    (tmp_path / "b.html.json").write_text('{"headline": "The river"}')
    (tmp_path / "c.json").write_text('{"id": "c", "text": "A story of its own."}')
    (tmp_path / "d.html").write_bytes(HTML)
    (tmp_path / "d.json").write_text('{"version": "jsonfeed", "items": []}')
    found = read(tmp_path)
    assert [isinstance(page, Page) for page in found] == [True, True, True, True, False]
    assert found[2].address == "c"


def test_stdin() -> None:
    (page,) = read("-", stdin=io.BytesIO(HTML))
    assert isinstance(page, Page)
    (refused,) = read("-", stdin=io.BytesIO(b""))
    assert (refused.address, isinstance(refused, Refusal)) == ("-", True)


BAD = {
    "empty.html": (b"", "empty"),
    "blank.txt": (b" \n\n ", "empty"),
    "image.html": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, "a PNG image"),
    "noise.html": (bytes(range(256)) * 40, "no text"),
    "report.pdf": (b"%PDF-1.7\n" + b"x" * 99, "a PDF document"),
    "short.html.gz": (gzip.compress(HTML * 9)[:40], "cut short"),
    "bomb.html.gz": (gzip.compress(b"<p>" + b"a" * 5_000_000), "larger than"),
    "large.html": (HTML * 1000, "larger than"),
    "none.rss": (b"<rss version='2.0'><channel><title>A</title></channel></rss>", "no entries"),
    "broken.rss": (b"<rss><channel><item><title>A</channel></rss>", "not well-formed"),
    "laughs.rss": (
        b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><rss><channel><item><title>&b;'
        b"</title></item></channel></rss>",
        "",
    ),
    "map.xml": (b"<?xml version='1.0'?><urlset><url/></urlset>", "a sitemap of 1 addresses"),
    "index.xml": (
        b"<sitemapindex><sitemap><loc>https://a.example/1.xml</loc></sitemap></sitemapindex>",
        "a sitemap index: it names 1 other sitemaps",
    ),
    "list.json": (b"[1, 2]", "not a JSON object"),
    "number.json": (b"{", "broken JSON"),
    "empty.warc": (b"WARC/1.0\r\nWARC-Type: response\r\n", "the archive holds no page"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_files_are_refused(name: str, tmp_path: Path) -> None:
    raw, reason = BAD[name]
    found = read_bytes(raw, tmp_path, name)
    if reason:
        assert [type(page) for page in found] == [Refusal] * len(found)
        assert found
        assert reason in found[0].reason  # type: ignore[union-attr]


def test_a_bad_folder_gives_its_good_pages(tmp_path: Path) -> None:
    for name, (raw, _) in BAD.items():
        (tmp_path / name).write_bytes(raw)
    (tmp_path / "good.html").write_bytes(HTML)
    (tmp_path / ".hidden.html").write_bytes(HTML)
    (tmp_path / "README.md").write_bytes(HTML)
    (tmp_path / "good_files").mkdir()
    (tmp_path / "good_files" / "style.html").write_bytes(HTML)
    found = read(tmp_path, settings=SMALL)
    pages = [p for p in found if isinstance(p, Page) and p.media_type == "text/html"]
    assert len(pages) == 1
    assert read(tmp_path, settings=SMALL) == found


def test_sources_that_are_none(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    found = read("no/such", "https://a.example/", "a\x00b", tmp_path / "empty", tmp_path / "pipe")
    reasons = [page.reason for page in found if isinstance(page, Refusal)]
    assert len(reasons) == 5
    assert reasons[1].startswith("fetching is not built yet")
    assert reasons[3].startswith("nothing to read")
    assert all(isinstance(page, Refusal) for page in read(tmp_path / "loop"))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may open every folder")
def test_a_shut_folder_is_refused(tmp_path: Path) -> None:
    shut = tmp_path / "shut"
    shut.mkdir(mode=0)
    (refused,) = read(shut)
    assert isinstance(refused, Refusal)
    assert "cannot open" in refused.reason


def test_utf16_is_text() -> None:
    assert sniff("<p>Málaga".encode("utf-16"))[0] == "html"
    assert sniff("Málaga is wet".encode("utf-16-le"))[0] == "text"


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["", "<rss>", '{"id": ', "[", "<p>", "\x1f\x8b"]))
def test_any_stream_holds(raw: bytes, start: str) -> None:
    for page in read("-", stdin=io.BytesIO(start.encode("latin-1") + raw)):
        assert isinstance(page, Page | Refusal)
        assert isinstance(page, Page) or page.reason
