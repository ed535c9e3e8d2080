"""What a page says about itself for machines: JSON-LD, meta tags, the canonical link."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from html import unescape
from typing import Any

from msgspec import Struct

from livebrief.articles.addresses import canonicalize
from livebrief.articles.assemble import clean, squeeze
from livebrief.articles.bylines import Byline, read_names
from livebrief.articles.dom import Element, Node, find_meta
from livebrief.articles.jsonld import find_stories, is_of, rank
from livebrief.articles.stamps import parse_instant
from livebrief.articles.walk import Mark
from livebrief.articles.words import fold

# Of microdata: more is a biography.
LONGEST_AUTHOR = 120
# A live blog's year has a million letters; a page that would have us look through more than these
# is made to keep us busy (a real one takes two millions).
LONGEST_BODY, MOST_LOOKING = 1_000_000, 1_000_000_000

# The names of meta tags that hold a page's writer and its dates, most trusted first.
AUTHOR_NAMES = (
    "article:author", "author", "parsely-author", "byl", "dc.creator", "sailthru.author",
    "cxenseparse:author",
)  # fmt: skip
PUBLISHED_NAMES = (
    "article:published_time", "og:published_time", "article:published", "datepublished", "date",
    "pubdate", "publishdate", "publish-date", "parsely-pub-date", "dc.date.issued", "dc.date",
    "dcterms.created", "sailthru.date", "article.published", "og:article:published_time",
    "cxenseparse:recs:publishtime", "last-published", "published_at", "published-date",
)  # fmt: skip
MODIFIED_NAMES = (
    "article:modified_time", "og:updated_time", "og:article:modified_time", "article:modified",
    "datemodified", "last-modified", "lastmod",
)  # fmt: skip

# An outlet's article, which its address may leave out.
_THE = re.compile(r"^\s*(?:the|la|el|los|le|les|der|die|das|il|o)\s", re.IGNORECASE)


class Metadata(Struct, kw_only=True):
    """What the page declares."""

    url: str | None = None
    outlet: str | None = None
    headline: str | None = None
    title: str | None = None
    description: str | None = None
    descriptions: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    section: str | None = None
    language: str | None = None
    published_at: datetime | None = None
    published_on: date | None = None
    modified_at: datetime | None = None
    body: str | None = None
    live: tuple[tuple[datetime | None, str, str], ...] = ()
    """A live blog's posts: when, headline, words."""
    is_live: bool = False
    letters: str | None = None
    """The letters of the declared body, once they are asked for."""
    letters_looked_through: int = 0

    def tells(self, squeezed: str) -> bool:
        """Return whether the declared body holds these letters, as long as asking is cheap."""
        if not self.body or not squeezed:
            return False
        if self.letters is None:
            self.letters = squeeze(self.body[:LONGEST_BODY])
        self.letters_looked_through += len(self.letters)
        return self.letters_looked_through < MOST_LOOKING and squeezed in self.letters


def read_metadata(document: Node, scripts: list[Element], marks: Iterable[Mark] = ()) -> Metadata:
    """Return what a page declares about itself: its JSON-LD first, microdata, then meta tags."""
    found = Metadata()
    meta: dict[str, str] = {}
    authors: list[str] = []
    for name, content in find_meta(document):
        if name in AUTHOR_NAMES:
            authors.append(content)
        meta.setdefault(name, content)
    stories = [node for script in scripts for node in find_stories(script.text)]
    story = max(stories, key=rank, default=None)
    if story is not None:
        _read_story(found, story)
    _read_marks(found, marks)
    _read_meta(found, meta, authors)
    _read_links(found, document, meta)
    outlet = fold(found.outlet or "")
    found.authors = tuple(author for author in found.authors if fold(author) != outlet)
    return found


def _read_story(found: Metadata, story: dict[str, Any]) -> None:
    found.headline = _words(story.get("headline")) or _words(story.get("name"))
    found.description = _words(story.get("description"))
    found.published_at, found.published_on = parse_instant(story.get("datePublished"))
    found.modified_at = parse_instant(story.get("dateModified"))[0]
    found.section = _words(story.get("articleSection"))
    found.language = _words(story.get("inLanguage"))
    found.outlet = _name(story.get("publisher"))
    found.url = _address(story.get("url")) or _address(story.get("mainEntityOfPage"))
    body = story.get("articleBody")
    if isinstance(body, str) and len(body) > 80:
        found.body = unescape(body) if "&" in body else body
    _take_authors(found, _names(story.get("author")) or _names(story.get("creator")))
    found.is_live = is_of(story, "LiveBlogPosting")
    updates = story.get("liveBlogUpdate")
    if isinstance(updates, list):
        found.live = tuple(
            (
                parse_instant(post.get("datePublished"))[0],
                _words(post.get("headline")) or "",
                unescape(str(post.get("articleBody") or "")),
            )
            for post in updates[:2000]
            if isinstance(post, dict)
        )


def _take_authors(found: Metadata, names: list[str]) -> None:
    """Set the authors from declared names, each of which may list several."""
    authors: list[str] = []
    agencies: list[str] = []
    for name in names:
        byline = _read_declared(name)
        authors.extend(byline.authors)
        agencies.extend(byline.agencies)
    found.authors = tuple(dict.fromkeys(authors))
    found.agencies = tuple(dict.fromkeys(agencies))


def _read_declared(name: str) -> Byline:
    name = clean(unescape(re.sub(r"<[^>]{0,200}>", " ", name)))
    if not name or name.startswith(("http", "@", "/")) or len(name) > 300:
        return Byline()
    return read_names(name)


def _take_published(found: Metadata, value: object) -> None:
    """Set the publication date, or its hour where only the day was known."""
    at, on = parse_instant(value)
    if found.published_on is None:
        found.published_at, found.published_on = at, on
    elif found.published_at is None and found.published_on == on:
        found.published_at = at


def _read_marks(found: Metadata, marks: Iterable[Mark]) -> None:
    """Fill from the page's microdata what JSON-LD did not say."""
    authors: list[str] = []
    for mark in marks:
        if mark.name == "datepublished":
            _take_published(found, mark.value)
        elif mark.name == "datemodified":
            found.modified_at = found.modified_at or parse_instant(mark.value)[0]
        elif mark.name == "headline":
            found.headline = found.headline or mark.value or None
        elif mark.name == "articlesection":
            found.section = found.section or mark.value or None
        elif len(mark.value) < LONGEST_AUTHOR:
            authors.append(mark.value)
    if authors and not found.authors and not found.agencies:
        _take_authors(found, authors)


def _read_meta(found: Metadata, meta: dict[str, str], authors: list[str]) -> None:
    """Fill from meta tags what JSON-LD did not say."""

    def first(*names: str) -> str | None:
        return next((clean(unescape(meta[n])) for n in names if meta.get(n)), None)

    found.title = first("og:title", "twitter:title", "dc.title")
    described = [
        found.description,
        first("og:description"),
        first("description"),
        first("twitter:description"),
    ]
    found.descriptions = tuple(dict.fromkeys(d for d in (found.description, *described) if d))
    found.outlet = found.outlet or first("og:site_name", "application-name", "dc.publisher")
    found.section = found.section or first(
        "article:section", "og:section", "section", "parsely-section"
    )
    found.language = found.language or first("og:locale", "language", "dc.language")
    for name in PUBLISHED_NAMES:
        if name in meta and found.published_at is None:
            _take_published(found, meta[name])
    if found.modified_at is None:
        for name in MODIFIED_NAMES:
            if name in meta and (at := parse_instant(meta[name])[0]):
                found.modified_at = at
                break
    if not found.authors and not found.agencies:
        _take_authors(found, authors)


def _read_links(found: Metadata, document: Node, meta: dict[str, str]) -> None:
    for link in document.find_all("link"):
        if (link.attr("rel") or "").lower() == "canonical" and (href := link.attr("href")):
            if href.startswith(("http://", "https://")):
                found.url = href
            break
    found.url = found.url or _address(meta.get("og:url"))
    root = document.find("html")
    if root is not None and root.attr("lang"):
        found.language = root.attr("lang")
    title = document.find("title")
    printed = clean(title.text)[:500] if title is not None else None
    found.outlet = found.outlet or find_site_name(printed or "", found.url)
    found.title = found.title or printed


def find_site_name(title: str, url: str | None) -> str | None:
    """Return the part of a page's or a feed's title that its address also names.

    >>> find_site_name("Rockets hit base | Two Rivers Post", "https://tworiverspost.example/1")
    'Two Rivers Post'
    """
    host = (canonicalize(url) or "").partition("/")[0].replace("-", "")
    if not host:
        return None
    for part in reversed(re.split(r"\s+[|–—·•-]\s+|:\s+", title)):
        name = squeeze(part)
        bare = squeeze(_THE.sub("", part, count=1))
        if len(bare) > 3 and host.startswith((name, bare, f"the{bare}")):
            return part.strip()
    return None


def _words(value: Any) -> str | None:
    """Return the first string of a JSON-LD value, as plain words."""
    if isinstance(value, list):
        return next((words for v in value[:5] if (words := _words(v))), None)
    if isinstance(value, dict):
        return _words(value.get("name") or value.get("@value"))
    if not isinstance(value, str):
        return None
    return clean(re.sub(r"<[^<>]{0,300}>", "", unescape(value))) or None


def _name(value: Any) -> str | None:
    return _words(value)


def _names(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [name for v in values[:50] if (name := _words(v))]


def _address(value: Any) -> str | None:
    if isinstance(value, dict):
        value = value.get("@id") or value.get("url")
    return value if isinstance(value, str) and value.startswith(("http://", "https://")) else None
